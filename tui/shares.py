"""How much of a goal is done and how much should be, as its bar and its own screen show it."""

from __future__ import annotations

from datetime import date, timedelta
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
    first, last = period_of(Period(row.period), today)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    if METRICS[row.metric].by_working_days:
        days = [day for day in days if day.weekday() < _SATURDAY]
    over = sum(day < today for day in days)
    return row.current / row.target, over / len(days) if days else None
