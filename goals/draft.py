"""A goal as far as words tell it: what a line of speech gives before it is agreed, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goals.model import GoalKind, Period


class Letter(StrEnum):
    """A letter of SMART, in the order of the alphabet of the word."""

    SPECIFIC = "S"
    MEASURABLE = "M"
    ATTAINABLE = "A"
    RELEVANT = "R"
    TIMED = "T"


#: The order in which a person is asked: what, how much, by when, what for; what history shows comes last.
ASKING_ORDER = (Letter.SPECIFIC, Letter.MEASURABLE, Letter.TIMED, Letter.RELEVANT, Letter.ATTAINABLE)


@dataclass(frozen=True, slots=True)
class Draft:
    """One goal as it was said; None for what was not.

    `unit` is people, percent, count, RUB, USD, EUR, minutes or hours. `start` is the first day of the
    window where words name one («за декабрь»), `baseline` the figure to start from («с 1200 до 1500»).
    `purpose` is the clause that says what for («чтобы распродать партию»).
    """

    network: str | None = None
    metric: str | None = None
    kind: GoalKind | None = None
    amount: float | None = None
    unit: str | None = None
    topic: str | None = None
    period: Period | None = None
    start: date | None = None
    deadline: date | None = None
    baseline: float | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """One goal of a line: the likeliest reading, other honest ones, and the letters that the words lack.

    `alternatives` are readings that a person has to choose from («до 1000 всего» or «+1000»).
    """

    text: str
    draft: Draft
    alternatives: tuple[Draft, ...] = ()
    missing: tuple[Letter, ...] = ()
