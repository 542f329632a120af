"""How much of a goal is done and how much should be, as its bar and its own screen show it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from goals.metrics import METRICS
from goals.model import GoalKind, Period
from goals.pace import period_of

if TYPE_CHECKING:
    from goals.board import GoalRow

_SATURDAY = 5


def shares(row: GoalRow, today: date) -> tuple[float | None, float | None]:
    """The fraction done and the fraction expected by now; None where there is no answer.

    A rate shows its running period: what it has brought, against the part of it that is over.
    """
    if row.kind != GoalKind.KEEP_RATE or row.period is None:
        return row.progress, row.expected
    if row.current is None or not row.target:
        return None, None
    done = row.current / row.target
    metric = METRICS[row.metric]
    days = _days_of(Period(row.period), today, by_working_days=metric.by_working_days)
    if not days:
        return done, None
    over = bisect_left(days, today) / len(days)
    if row.safe_days is not None and not (metric.less_is_better and done >= 1):
        over = _agreeing(over, done, row.safe_days, len(days), is_ceiling=metric.less_is_better)
    return done, over


def _agreeing(over: float, done: float, safe_days: int, days: int, *, is_ceiling: bool) -> float:
    """The part of the period that is over, as the verdict's safe days have it.

    The verdict knows the client's holidays, days off and local day, of which a week of Monday to
    Friday knows nothing. Safe days are whole days of what is done beyond what is over, rounded down:
    where `over` does not make so many, the middle of those that do is taken.
    """
    done = max(0.0, min(1.0, done))
    ahead = over - done if is_ceiling else done - over
    if floor(round(ahead * days, 6)) == safe_days:
        return over
    middle = (safe_days + 0.5) / days
    return max(0.0, min(1.0, done + middle if is_ceiling else done - middle))


@lru_cache(maxsize=16)
def _days_of(period: Period, today: date, *, by_working_days: bool) -> tuple[date, ...]:
    """The days of the running period on which something is expected, Monday to Friday for work."""
    first, last = period_of(period, today)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(day for day in days if not by_working_days or day.weekday() < _SATURDAY)
