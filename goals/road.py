"""The road ahead: the day on which a goal would fall off its road, worked out from its pace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.pace import Span

#: A share of the way that is no more than a rounding error.
_NOTHING = 1e-9


def falls_off_on(
    span: Span,
    progress: float,
    *,
    per_day: float = 0.0,
    planned: Mapping[date, float] | None = None,
    until: date | None = None,
) -> date | None:
    """The first day at whose end the goal would be behind its road; None where it stays on it.

    Args:
        span: the goal's days as they stand on the morning of `span.today`.
        progress: the share of the way that is done by now.
        per_day: the share that a pacing day brings at the present pace.
        planned: what stands in the plan by day, as shares; where it is more than the pace brings, it counts.
        until: the last day to look at; the goal's last day without it.
    """
    last = min(span.last, until or span.last)
    day = max(span.first, span.today)
    in_plan = 0.0
    while day <= last:
        after = day + timedelta(days=1)
        in_plan += (planned or {}).get(day, 0.0)
        brought = max(per_day * span.days(span.today, after), in_plan)
        if progress + brought < span.days(span.first, after) / span.total - _NOTHING:
            return day
        day = after
    return None
