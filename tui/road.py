"""What a goal's plot shows: its figures day by day, the road to the target, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.measure import counted_from_zero, last_value, measure_of
from goals.metrics import METRICS, Nature
from goals.model import Goal, GoalKind
from goals.pace import PROGRESS, period_of, target_of

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.facts import Facts

Points = tuple[tuple[int, float], ...]

#: Days before the start that are shown of a level.
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
    start = target if flat else _start(goal)
    road: Points = ()
    expected = None
    if start is not None:
        road = ((goal.start.toordinal(), start), (end.toordinal(), target))
        if row.expected is not None and goal.start <= today <= end:
            expected = (today.toordinal(), target if flat else start + (target - start) * row.expected)
    deadline = goal.deadline.toordinal() if goal.deadline else None
    return Road(history, road, expected, deadline, band)


def _start(goal: Goal) -> float | None:
    total = goal.kind is GoalKind.TOTAL_IN_PERIOD
    return 0.0 if total or counted_from_zero(METRICS[goal.metric], goal.kind) else goal.baseline


def _history(goal: Goal, facts: Facts, today: date) -> Points:
    metric = METRICS[goal.metric]
    measure = measure_of(metric, goal.kind)
    if measure is None:
        return ()
    last = min(today, goal.deadline or today)
    first = goal.start
    if measure is last_value and metric.nature is Nature.LEVEL and facts.days:
        first = max(facts.days[0].day, goal.start - timedelta(days=LEAD_DAYS))
    points: list[tuple[int, float]] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        since = goal.start
        if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
            since = max(goal.start, period_of(goal.period, day)[0])
        value = measure(facts, since, day)
        if value is not None:
            points.append((day.toordinal(), value))
    return tuple(points)
