"""Changes that a screen shows at once, though no goal has another verdict for them, and reading again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.changes import Done, Undo
from tui.jobs import start_job

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

    from store.contract import Writer
    from tui.changes import Change


@dataclass
class Rewritten(Message):
    """Something that the screen shows is written, or taken back."""


def telling(screen: DOMNode, change: Change) -> Change:
    """The change, after which (and after whose undo) the screen is told to read again."""

    def work(writer: Writer) -> Done:
        done = change(writer)
        screen.post_message(Rewritten())
        return Done(done.sentence, done.undo and Undo(_telling_undo(screen, done.undo)))

    return work


def _telling_undo(screen: DOMNode, undo: Undo) -> Callable[[Writer], str]:
    def work(writer: Writer) -> str:
        sentence = undo.work(writer)
        screen.post_message(Rewritten())
        return sentence

    return work


class Rereader:
    """Reads for a screen whenever that is asked for; while a reading lasts, one more waits for its end.

    `work` is done in a thread; the screen calls `taken` when its message has come.
    """

    def __init__(self, screen: DOMNode, work: Callable[[], Message], *, group: str, description: str) -> None:
        self._screen = screen
        self._work = work
        self._group = group
        self._description = description
        self._job: Worker[None] | None = None
        self._again = False

    def ask(self) -> None:
        """Read now, or once more after the reading that is under way."""
        if self._job is not None and not self._job.is_finished:
            self._again = True
            return
        self._again = False
        self._job = start_job(self._screen, self._work, group=self._group, description=self._description)

    def taken(self) -> None:
        """What was read has come."""
        self._job = None
        if self._again:
            self.ask()
