"""How much of a goal is done and how much should be, as its bar and its own screen show it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from goals.metrics import METRICS
from goals.model import GoalKind, Period
from goals.pace import period_of

if TYPE_CHECKING:
    from goals.board import GoalRow

_SATURDAY = 5


def shares(row: GoalRow, today: date) -> tuple[float | None, float | None]:
    """The fraction done and the fraction expected by now; None where there is no answer.

    A rate shows its running period: what it has brought, against the part of it that is over. What
    is made on working days is expected from Monday to Friday.
    """
    if row.kind != GoalKind.KEEP_RATE or row.period is None:
        return row.progress, row.expected
    if row.current is None or not row.target:
        return None, None
    work = METRICS[row.metric].by_working_days
    return row.current / row.target, _share_over(Period(row.period), today, by_working_days=work)


@lru_cache(maxsize=16)
def _share_over(period: Period, today: date, *, by_working_days: bool) -> float | None:
    """The part of the running period that is over on the morning of `today`."""
    first, last = period_of(period, today)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    if by_working_days:
        days = [day for day in days if day.weekday() < _SATURDAY]
    return sum(day < today for day in days) / len(days) if days else None
