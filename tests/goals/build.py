"""Goals and facts for the tests of goals/, with everything that a test does not care about filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from goals.evaluate import Evaluation, evaluate
from goals.facts import DayValue, Facts, PostValue
from goals.model import ClientId, Goal, GoalId, GoalKind, PostState
from goals.workcalendar import EVERYDAY, WorkCalendar

START = date(2026, 11, 1)
DEADLINE = date(2026, 11, 30)
TODAY = date(2026, 11, 23)


def goal(
    metric: str = "audience",
    kind: GoalKind = GoalKind.GAIN,
    amount: float | None = 300,
    **changes: object,
) -> Goal:
    """A complete goal from 1 to 30 November 2026."""
    base = Goal(GoalId(1), ClientId(1), metric, kind, amount, START, deadline=DEADLINE, baseline=4812)
    return replace(base, **changes)  # type: ignore[arg-type]


def noon(day: date) -> datetime:
    """Noon of a day, UTC."""
    return datetime.combine(day, time(12), UTC)


def levels(values: Iterable[float], last: date = TODAY) -> Facts:
    """Day values that end on `last`, one a day, taken at its noon."""
    figures = list(values)
    first = last - timedelta(days=len(figures) - 1)
    days = tuple(DayValue(first + timedelta(days=i), v) for i, v in enumerate(figures))
    return Facts(days=days, as_of=noon(last))


def published(days: Iterable[date], value: float | None = 1.0, as_of: date = TODAY) -> Facts:
    """Published posts on the given days."""
    posts = tuple(PostValue(day, PostState.PUBLISHED, value) for day in sorted(days))
    return Facts(posts=posts, as_of=noon(as_of))


def judge(subject: Goal, facts: Facts, today: date = TODAY, calendar: WorkCalendar = EVERYDAY) -> Evaluation:
    """The verdict at noon of `today`."""
    return evaluate(subject, facts, calendar, noon(today), today)
