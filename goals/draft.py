"""A goal as far as words tell it: what a line of speech gives before it is agreed, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from goals.metrics import METRICS
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

#: Money that is not counted: an amount in it is none until it is said in roubles.
OTHER_MONEY = frozenset({"USD", "EUR"})


@dataclass(frozen=True, slots=True)
class Draft:
    """One goal as it was said; None for what was not.

    `unit` is people, percent, count, RUB, USD, EUR, minutes or hours. `start` is the first day of the
    window where words name one («за декабрь»), `baseline` the figure to start from («с 1200 до 1500»).
    `purpose` is the clause that says what for («чтобы распродать партию»). `per_week` is the weekly rate
    that was said beside an amount («12 постов, по 5 в неделю»); `ceiling` says that the amount is the most
    there may be («не больше 30 часов»). `given` is the clause that says what is put into it («на это даём 10
    часов в неделю»).
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
    per_week: float | None = None
    ceiling: bool = False
    given: str | None = None


class NoSuchDay(NamedTuple):
    """A day that was named and that no calendar has: «31 ноября»; `days` is how many the month has."""

    day: int
    month: int
    days: int


def is_monthly_level(draft: Draft) -> bool:
    """Whether a level of something that adds up is said of each period: «выйти на доход 200к в месяц».

    It says the same as a rate, unless there is a day by which it is to be reached.
    """
    adds_up = draft.metric is not None and METRICS[draft.metric].adds_up
    level = draft.kind is GoalKind.REACH_LEVEL and draft.period is not None
    return level and adds_up and draft.deadline is None


@dataclass(frozen=True, slots=True)
class Wish:
    """One goal of a line: the likeliest reading, other honest ones, and the letters that the words lack.

    `alternatives` are readings that a person has to choose from («до 1000 всего» or «+1000»); `either` says
    that the line itself names several («300 подписчиков или 20 заявок»). `passed` is the day that the words
    name and that is over this year, so that the next one was taken; `no_day` one that there is not, `far` one
    that nobody can mean.
    `uncounted` is a figure of the trade that was named and that no metric counts («конверсия»). `places` are
    networks that the line names and that none of its goals is about: the names of those that goals know, else
    the word. `loss` is the number of a «минус 100» of what ought to grow. `hidden` says that the networks do
    not show the figure, `exact` that the weekly rate was typed as a figure of its own.
    """

    text: str
    draft: Draft
    alternatives: tuple[Draft, ...] = ()
    missing: tuple[Letter, ...] = ()
    either: bool = False
    passed: date | None = None
    no_day: NoSuchDay | None = None
    far: date | None = None
    uncounted: str | None = None
    places: tuple[str, ...] = ()
    loss: float | None = None
    hidden: bool = False
    exact: bool = False
