"""Where the demo store lies, and when it is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from store.errors import StoreDamagedError, StoreMissingError, StoreOlderError
from store.opening import open_reader, open_writer, prepare

if TYPE_CHECKING:
    from wording.words import Words

#: What SQLite keeps beside a store that is open.
_COMPANIONS = ("-wal", "-shm")


def demo_path() -> Path:
    """The demo store of the user: `demo.db` in the data directory."""
    from platformdirs import user_data_path

    from cli.context import APP

    return user_data_path(APP, appauthor=False) / "demo.db"


def create_demo(path: Path, now: datetime) -> None:
    """Write a demo store as of `now` (UTC) to `path`, whole or not at all; what was there is replaced.

    A dashboard that is open on the old one keeps reading that. Raises StoreError, OSError.
    """
    with _beside(path) as part:
        from cli.demo.build import build_demo

        prepare(part)
        with open_writer(part) as store:
            build_demo(store, now)
        _remove(path)
        part.replace(path)


def ensure_demo(path: Path, now: datetime, zone: tzinfo, words: Words) -> None:
    """Make the demo store at `path` unless the one there was made today.

    Raises UserError where the file is somebody's real store, StoreError, OSError.
    """
    try:
        with open_reader(path) as store:
            is_demo, runs = store.is_demo(), store.runs(1)
    except (StoreMissingError, StoreOlderError, StoreDamagedError):
        create_demo(path, now)
        return
    if not is_demo:
        raise UserError(
            words.text("This file is a real store, not the demo: {path}", path=path),
            words.text("Move it elsewhere, then run again: smm demo"),
            Exit.USAGE,
        )
    if not runs or runs[0].started_at.astimezone(zone).date() != now.astimezone(zone).date():
        create_demo(path, now)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.name}.new-{getpid()}")
    try:
        yield part
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + end for end in _COMPANIONS)):
        path.with_name(name).unlink(missing_ok=True)
