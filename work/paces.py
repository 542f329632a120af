"""What a day cannot do at once: the goals whose pace is too slow, and figures past what they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.model import GoalStatus
from wording.limits import exceeded
from wording.rhythm import pace_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.board import GoalRow
    from goals.model import Client
    from wording.words import Words
    from work.day_values import Day

_LATE = frozenset({GoalStatus.BEHIND.value, GoalStatus.UNLIKELY.value})


class Pace(NamedTuple):
    """A goal of a client, and what is said of its pace or of its limit."""

    client: Client
    row: GoalRow
    said: str


def slow_goals(words: Words, days: Iterable[Day]) -> list[Pace]:
    """Goals that lag and that nothing can be published for: what they need a day, the most urgent first."""
    found = [
        Pace(day.client, row, said)
        for day in days
        for row in day.rows
        if row.status in _LATE and (said := pace_text(words, row))
    ]
    return sorted(found, key=lambda each: -each.row.urgency)


def passed_limits(words: Words, days: Iterable[Day]) -> list[Pace]:
    """Goals whose figure has passed what it may be at most, with by how much; missed ones left out."""
    return [
        Pace(day.client, row, said)
        for day in days
        for row in day.rows
        if row.status != GoalStatus.MISSED and (said := exceeded(words, row))
    ]
