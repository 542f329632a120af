"""What the dashboard is handed: the store, the clock, the words and a way to run a sync."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals.model import AccountId, Topic
    from goals.topics.verdict import Match
    from store.contract import Reader, Writer
    from tui.choices import Look
    from tui.keymap import OwnKeys
    from wording.words import Words


class SyncScope(NamedTuple):
    """Which accounts an update reads: those of a client (by name), or one; nothing given: all."""

    client: str | None = None
    account: AccountId | None = None


#: An update of every account.
EVERYTHING = SyncScope()


class SyncRunner(Protocol):
    """Runs a sync in a process of its own and tells how it goes."""

    def __call__(self, scope: SyncScope = EVERYTHING) -> AsyncGenerator[Mapping[str, object], None]:
        """The events of one run, as `smm sync --progress jsonl` prints them.

        Closing the iterator, or cancelling it, ends the process.
        """


class Ran(NamedTuple):
    """How a command ended: its exit code, its answer, and what it said beside that."""

    code: int
    answer: str
    said: str


class CommandRunner(Protocol):
    """Runs one command of the program in a process of its own, on the same store and settings."""

    async def __call__(self, *arguments: str) -> Ran:
        """Run `smm ARGUMENTS` to its end; cancelling the call ends the process."""


class OtherStoreError(Exception):
    """Another file lies where the store was that a form was opened on; nothing was written."""


class FiltersUnreadableError(Exception):
    """The file of saved filters is there and is not what this program writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True, slots=True)
class Services:
    """Everything from outside that the dashboard uses; made by its caller.

    `now` gives aware moments, `zone` is where the specialist works, `path` is the store's file.
    `command` runs a command of the program, `network_tokens` are the names of the tokens by the network that
    they serve.
    `keys` stand in the place of commands' own, `theme` is the name of the colours to begin with.
    `settings` is the look that the settings and the terminal ask for; what the user chooses in its place is
    remembered (None: is not). `greeting` is said first.
    `state_folder` is where the user's own things are remembered (None: beside the store).
    Readers and writers belong to the thread that opened them. `match` finds out what the posts that wait
    for it are about and judges their goals; it gives how many it has looked through. `recognise` says what
    is found of a topic in each text (None: nothing). `nominative` makes a name of what was said in another
    case («старую партию»). These three read a dictionary first, so they are only for jobs. So is `offers`,
    the figures that networks of these names show (None: one is unknown), which imports connectors.
    """

    words: Words
    author: str
    zone: tzinfo
    path: Path
    now: Callable[[], datetime]
    open_reader: Callable[[], Reader]
    open_writer: Callable[[], Writer]
    sync: SyncRunner
    command: CommandRunner
    match: Callable[[Writer], int]
    recognise: Callable[[Topic, Sequence[str]], list[Match | None]]
    nominative: Callable[[str], str] = str
    offers: Callable[[Sequence[str]], frozenset[str] | None] | None = None
    network_tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: OwnKeys = field(default_factory=dict)
    theme: str | None = None
    settings: Look | None = None
    state_folder: Callable[[], Path] | None = None
    greeting: str = ""

    def own_folder(self) -> Path:
        """Where the user's own things are remembered."""
        return self.state_folder() if self.state_folder is not None else self.path.parent

    def filters_path(self) -> Path:
        """The file of the user's saved filters."""
        return self.own_folder() / "filters.json"

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
