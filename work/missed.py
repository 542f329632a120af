"""What the client named and gets too little of, beyond what goals ask for by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded
from goals.model import Period
from goals.pace import even_share, period_of
from goals.warnings.coverage import coverages
from store.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date, datetime

    from goals.model import Client
    from goals.warnings.coverage import Coverage
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader


class Missed(NamedTuple):
    """A topic that is short of what was agreed, or left alone; `pieces` are what today asks for."""

    coverage: Coverage
    pieces: int


def missed_topics(reader: Reader, client: Client, now: datetime, *, counted: Container[str]) -> list[Missed]:
    """What today asks for about topics by the rules of the warnings, where nothing of today is about them.

    Args:
        reader: the store.
        client: whose topics they are.
        now: the moment.
        counted: the topics (folded) whose goals tell by themselves what is due.
    """
    at = situation_of(reader, client, now, {})
    if not at.content_is_fresh:
        return []
    pieces = (*at.published(at.today, at.today), *(p for p in at.planned(at.today) if p.day == at.today))
    served = {topic for piece in pieces for topic in piece.topics}
    found: dict[tuple[str, str | None], Missed] = {}
    for coverage in coverages(at):
        topic = folded(coverage.topic)
        if topic in counted or topic in served or not (coverage.is_short or coverage.is_idle):
            continue
        pieces_due = _pieces(coverage, at.calendar, at.today)
        found.setdefault((topic, coverage.format), Missed(coverage, pieces_due))
    return list(found.values())


def _pieces(coverage: Coverage, calendar: WorkCalendar, today: date) -> int:
    """An even share of what is left of a month's amount; of anything else one piece."""
    if not coverage.monthly or coverage.agreed is None:
        return 1
    _, last = period_of(Period.MONTH, today)
    left = calendar.count(today, last) + calendar.is_working(last)
    return max(1, even_share(coverage.agreed - coverage.done, left))
