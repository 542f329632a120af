"""The days of which a count knows nothing, so that it is told as «at least»."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from goals.metrics import METRICS
from goals.model import Gap, Goal, GoalKind
from goals.pace import period_of

#: A stretch of days: the first and the last one.
Days = tuple[date, date]


def missing_days(goal: Goal, gaps: Iterable[Gap], today: date) -> list[Days]:
    """The stretches of days missing of what the goal adds up, oldest first, none touching another.

    Only what adds up is «at least»: a level or a mean is neither more nor less for a missing day. A
    rate is counted within its running period.

    Args:
        goal: what is counted.
        gaps: the known gaps of the accounts in its scope.
        today: the client's local day.
    """
    if not METRICS[goal.metric].adds_up:
        return []
    last = min(today, goal.deadline or today)
    first = goal.start
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        first = max(first, period_of(goal.period, last)[0])
    within = sorted((max(gap.first, first), min(gap.last, last)) for gap in gaps if gap.metric == goal.metric)
    found: list[Days] = []
    for start, end in within:
        if start > end:
            continue
        if found and start <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
