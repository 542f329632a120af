"""Since when each line that asks for a goal holds, through the versions of an agreement, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import HOURS_TERM, content_term, kpi_term, topic_term
from goals.agreement.terms import ContentLine, Hours, KpiLine, TopicLine

if TYPE_CHECKING:
    from goals.agreement.terms import Agreement, Terms

#: How many pieces a line asked for, from which day on; oldest first.
Amounts = tuple[tuple[date, int], ...]
_Line = TopicLine | ContentLine | KpiLine | Hours


class Held(NamedTuple):
    """A line as it holds now: its first day, and the amounts that it had since, where it is about content."""

    line: _Line
    since: date
    amounts: Amounts = ()


def held_lines(versions: Iterable[Agreement]) -> dict[str, Held]:
    """The lines of the newest version by their terms, each from the first day on which it held.

    A line holds from the start that its first version names, else from the yes to that version; what a
    later version adds without naming another start, from the yes to that one. A line goes on
    through later versions, also with another amount or an earlier start; one that was left out, or that
    counts by another period, begins anew.

    Args:
        versions: those that count, oldest first.
    """
    held: dict[str, Held] = {}
    start: date | None = None
    for version in versions:
        said = version.acceptance.on if version.acceptance else version.made_at.date()
        named = version.terms.dates.start
        begins = max(named or said, said) if named == start else named or said
        held = {term: _gone_on(held.get(term), line, begins) for term, line in _lines(version.terms)}
        start = named
    return held


def _lines(terms: Terms) -> Iterator[tuple[str, _Line]]:
    for topic in terms.topics:
        yield topic_term(topic), topic
    for content in terms.content:
        yield content_term(content), content
    for kpi in terms.kpis:
        yield kpi_term(kpi), kpi
    if terms.hours.month is not None:
        yield HOURS_TERM, terms.hours


def _gone_on(known: Held | None, line: _Line, begins: date) -> Held:
    """The line in a version whose news hold from `begins` on."""
    pieces = line.amount if isinstance(line, TopicLine | ContentLine) else None
    if known is None or not _is_same(known.line, line):
        return Held(line, begins, () if pieces is None else ((begins, pieces),))
    amounts = known.amounts
    if amounts and pieces is not None and pieces != amounts[-1][1]:
        amounts = (*amounts, (begins, pieces))
    return Held(line, min(known.since, begins), amounts)


def _is_same(old: _Line, new: _Line) -> bool:
    """Whether a line goes on: it counts by the same period, and asks for no greater share."""
    if isinstance(old, Hours) or isinstance(new, Hours):
        return True
    if old.period != new.period or (old.amount is None) != (new.amount is None):
        return False
    if isinstance(old, TopicLine) and isinstance(new, TopicLine) and None not in {old.share, new.share}:
        return (new.share or 0.0) <= (old.share or 0.0)
    return _share(old) == _share(new)


def _share(line: _Line) -> float | None:
    return line.share if isinstance(line, TopicLine) else None
