"""How many warnings there are, counted beside the screen: the figure that leads to the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from tui.jobs import start_job

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.timer import Timer
    from textual.worker import Worker

    from goals.board import Board
    from tui.services import Services

#: Over more goals than this, what the last look has left in the store is counted.
_MOST_LOOKED = 2_000
#: After a look the next one waits for so many times its length.
_RESTS = 10


@dataclass
class WarningsCounted(Message):
    """How many warnings are told as things are; `seconds` is how long the look took."""

    count: int
    seconds: float


class WarningCount:
    """Posts `WarningsCounted` to `node`: one look at a time, and a rest after each."""

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._job: Worker[None] | None = None
        self._rest: Timer | None = None
        self._again: tuple[Services, Board] | None = None

    def look(self, services: Services, board: Board) -> None:
        """Count again, now or after the rest."""
        busy = self._rest is not None or (self._job is not None and not self._job.is_finished)
        self._again = (services, board) if busy else None
        if not busy:
            work = partial(_count, services, is_large=board.goal_count > _MOST_LOOKED)
            self._job = start_job(self._node, work, group="count", description="counting the warnings")

    def counted(self, message: WarningsCounted) -> None:
        """A look has ended: rest, then look again where something was written meanwhile."""
        self._job = None
        self._rest = self._node.set_timer(_RESTS * message.seconds, self._rested)

    def _rested(self) -> None:
        self._rest = None
        if self._again is not None:
            self.look(*self._again)


def _count(services: Services, *, is_large: bool) -> Message:
    began, now = monotonic(), services.now()
    today = now.astimezone(services.zone).date()
    with services.open_reader() as reader:
        if is_large:
            from work.told_warnings import count_stored

            count = count_stored(reader, today)
        else:
            from work.warnings import count_shown

            count = count_shown(reader, now, today)
    return WarningsCounted(count, monotonic() - began)
