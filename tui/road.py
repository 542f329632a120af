"""What a goal's plot shows: its figures day by day, the road to the target, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.measure import FLOW_DAYS, counted_from_zero, measure_of
from goals.metrics import METRICS
from goals.model import Goal, GoalKind
from goals.pace import PROGRESS, period_of, start_of, target_of

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.facts import Facts

Points = tuple[tuple[int, float], ...]

#: Days before the start that are shown of a level or a mean.
LEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Road:
    """Points are (day as an ordinal, figure). `band` is (low, high) on the deadline."""

    history: Points
    road: Points
    expected: tuple[int, float] | None
    deadline: int | None
    band: tuple[float, float] | None

    @property
    def is_empty(self) -> bool:
        """Whether there is too little for a plot."""
        return len(self.history) < 2


def road_of(
    goal: Goal, row: GoalRow, facts: Facts, today: date, band: tuple[float, float] | None = None
) -> Road:
    """The plot of `goal` as it stands on `today`, with the 80 % band of its forecast."""
    history = _history(goal, facts, today)
    target = target_of(goal)
    end = goal.deadline or today
    if target is None:
        return Road(history, (), None, None, None)
    flat = not PROGRESS[goal.kind].by_road
    start = target if flat else start_of(goal)
    road: Points = ()
    expected = None
    if start is not None:
        road = ((goal.start.toordinal(), start), (end.toordinal(), target))
        if row.expected is not None and goal.start <= today <= end:
            expected = (today.toordinal(), target if flat else start + (target - start) * row.expected)
    deadline = goal.deadline.toordinal() if goal.deadline else None
    return Road(history, road, expected, deadline, band)


def _history(goal: Goal, facts: Facts, today: date) -> Points:
    """The goal's figure as it stood each day; what is no sum from the start, also on the days before it."""
    measure = measure_of(METRICS[goal.metric], goal.kind)
    if measure is None:
        return ()
    first = goal.start - timedelta(days=LEAD_DAYS if _has_past(goal) else 0)
    last = min(today, goal.deadline or today)
    points: list[tuple[int, float]] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        value = measure(facts, _since(goal, day), day)
        if value is not None:
            points.append((day.toordinal(), value))
    return tuple(points)


def _has_past(goal: Goal) -> bool:
    if goal.kind in {GoalKind.KEEP_RATE, GoalKind.TOTAL_IN_PERIOD}:
        return False
    return not counted_from_zero(METRICS[goal.metric], goal.kind)


def _since(goal: Goal, day: date) -> date:
    """From which day the figure of a day counts: before the start, a mean is that of a week."""
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        return max(goal.start, period_of(goal.period, day)[0])
    return goal.start if day >= goal.start else day - timedelta(days=FLOW_DAYS - 1)
