"""What the dashboard is handed: the store, the clock, the words and a way to run a sync."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from store.contract import Reader, Writer
    from wording.words import Words


class SyncRunner(Protocol):
    """Runs a sync in a process of its own and tells how it goes."""

    def __call__(self) -> AsyncGenerator[Mapping[str, object], None]:
        """The events of one run, as `smm sync --progress jsonl` prints them.

        Closing the iterator, or cancelling it, ends the process.
        """


class OtherStoreError(Exception):
    """Another file lies where the store was that a form was opened on; nothing was written."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything from outside that the dashboard uses; made by its caller.

    `now` gives aware moments, `zone` is where the specialist works, `path` is the store's file.
    Readers and writers belong to the thread that opened them.
    """

    words: Words
    author: str
    zone: tzinfo
    path: Path
    now: Callable[[], datetime]
    open_reader: Callable[[], Reader]
    open_writer: Callable[[], Writer]
    sync: SyncRunner

    def store_identity(self) -> tuple[int, int] | None:
        """Which file the store is (device and inode); None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


@dataclass(frozen=True, slots=True)
class ExitState:
    """How the dashboard was left. `sync_stopped` says that quitting ended a running sync."""

    sync_stopped: bool = False
