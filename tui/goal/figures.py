"""Looking up what a goal is judged by, while it is being said or typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from goals.facts import Facts
from tui.jobs import start_job
from work.goal_draft import Scope, read_figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.timer import Timer

    from goals.model import Goal
    from tui.services import Services
    from work.goal_draft import Known

#: How long nothing is typed before the history of what was said is looked up, in seconds.
_PAUSE = 0.08


@dataclass
class FiguresRead(Message):
    """The figures that were asked for, and topics as they were said -> as they are called."""

    found: Mapping[Scope, Facts]
    names: Mapping[str, str]


class LookUp:
    """Reads what `known` lacks, once nothing was typed for a moment; posts FiguresRead to `node`."""

    def __init__(self, node: DOMNode, services: Services, known: Known) -> None:
        self._node = node
        self._services = services
        self._known = known
        self._pause: Timer | None = None

    def soon(self, topics: Iterable[str] = ()) -> None:
        """Read after a moment, where something is wanted; `topics` are to be named too."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        wanted, said = dict(self._known.figures.wanted), tuple(topics)
        if wanted:
            self._pause = self._node.set_timer(_PAUSE, lambda: self._read(wanted, said))

    def _read(self, wanted: Mapping[Scope, Goal], topics: Iterable[str]) -> None:
        services, today = self._services, self._known.today

        def work() -> Message:
            names = {topic: services.nominative(topic) for topic in topics}
            with services.open_reader() as reader:
                return FiguresRead(read_figures(reader, wanted, today), names)

        start_job(self._node, work, group="evidence", description="reading the history of a goal")
