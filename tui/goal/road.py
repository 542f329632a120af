"""What a goal's plot shows: its figures day by day, the roads to its targets, and where it leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from goals.measure import FLOW_DAYS, counted_from_zero, measure_of
from goals.metrics import METRICS, Nature
from goals.model import Goal, GoalKind, GoalStatus, Period, PostState
from goals.outlook import fan
from goals.pace import PROGRESS, Span, period_of, start_of, target_of

if TYPE_CHECKING:
    from datetime import tzinfo

    from goals.board import GoalRow
    from goals.facts import Facts
    from goals.outlook import FanDay
    from goals.revision import Revision
    from goals.workcalendar import WorkCalendar

#: (Day as an ordinal, figure), by day.
Points = tuple[tuple[int, float], ...]

#: Days before the start that are shown of a level or a mean, at most and at least.
LEAD_DAYS, _LEAST_LEAD = 30, 7
#: What of a goal its road depends on, and how it is read from a revision.
_READERS: dict[str, Callable[[str], object]] = {
    "amount": float,
    "baseline": float,
    "deadline": date.fromisoformat,
    "start": date.fromisoformat,
    "kind": GoalKind,
    "period": Period,
}


class OldRoad(NamedTuple):
    """The road as it was until somebody changed it on `day` (an ordinal)."""

    day: int
    road: Points


@dataclass(frozen=True, slots=True)
class Road:
    """What is drawn of a goal; days are ordinals.

    A road has the figure that is due at the end of each day. `expected` is what was due by the morning of
    `today`. `fan` is the forecast, `planned` the figure with the content that stands in the plan, day by day.
    """

    today: int
    history: Points
    road: Points
    expected: tuple[int, float] | None
    fan: tuple[FanDay, ...] = ()
    planned: Points = ()
    old: tuple[OldRoad, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: neither figures nor a road."""
        return not self.road and len(self.history) < 2


def road_of(
    goal: Goal,
    row: GoalRow,
    facts: Facts,
    today: date,
    *,
    calendar: WorkCalendar | None = None,
    revisions: Iterable[Revision] = (),
    zone: tzinfo = UTC,
) -> Road:
    """The plot of `goal` as it stands on `today`.

    Args:
        goal: the goal.
        row: its stored verdict.
        facts: its figures, from some time before its start and enough for a forecast.
        today: the client's local day.
        calendar: the client's working days; without it, every day is one.
        revisions: the goal's changes.
        zone: where the client is: on which day a change was made.
    """
    road = _road(goal, today, calendar)
    is_open = not GoalStatus(row.status).is_over and row.status != GoalStatus.DRAFT
    return Road(
        today=today.toordinal(),
        history=_history(goal, facts, today),
        road=road,
        expected=_expected(goal, road, today) if is_open else None,
        fan=fan(goal, facts, today) if is_open else (),
        planned=_planned(goal, row, facts, today) if is_open else (),
        old=tuple(_old_roads(goal, today, calendar, revisions, zone)),
    )


def _road(goal: Goal, today: date, calendar: WorkCalendar | None) -> Points:
    """What is due at the end of each day: a share of the way for each working day of content and hours."""
    target, end = target_of(goal), goal.deadline or today
    if target is None or end < goal.start:
        return ()
    if not PROGRESS[goal.kind].by_road:
        return (
            (goal.start.toordinal(), target),
            (max(end, goal.start + timedelta(days=1)).toordinal(), target),
        )
    start = start_of(goal)
    if start is None or goal.deadline is None:
        return ()
    by_work = METRICS[goal.metric].by_working_days
    span = Span(goal.start, end, today, calendar if by_work else None)
    eve = goal.start.toordinal() - 1
    ends = [goal.start + timedelta(days=n) for n in range((end - goal.start).days + 2)]
    way = target - start
    shares = (min(1.0, span.days(goal.start, day) / span.total) for day in ends)
    return tuple((eve + n, start + way * share) for n, share in enumerate(shares))


def _expected(goal: Goal, road: Points, today: date) -> tuple[int, float] | None:
    """What was due by this morning; for what goes by no road, its target."""
    if not road or not goal.start <= today <= (goal.deadline or today):
        return None
    if not PROGRESS[goal.kind].by_road:
        return today.toordinal(), road[0][1]
    morning = today.toordinal() - 1
    return next(((day, value) for day, value in road if day == morning), None)


def _history(goal: Goal, facts: Facts, today: date) -> Points:
    """The goal's figure as it stood each day; what is no sum from the start, also on the days before it."""
    measure = measure_of(METRICS[goal.metric], goal.kind)
    if measure is None:
        return ()
    first = goal.start - timedelta(days=_lead(goal) if _has_past(goal) else 0)
    last = min(today, goal.deadline or today)
    points: list[tuple[int, float]] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        value = measure(facts, _since(goal, day), day)
        if value is not None:
            points.append((day.toordinal(), value))
    return tuple(points)


def _lead(goal: Goal) -> int:
    """So many days before the start stand beside a goal; a short goal is not to be crowded out."""
    if goal.deadline is None:
        return LEAD_DAYS
    return max(_LEAST_LEAD, min(LEAD_DAYS, (goal.deadline - goal.start).days // 2))


def _has_past(goal: Goal) -> bool:
    if goal.kind in {GoalKind.KEEP_RATE, GoalKind.TOTAL_IN_PERIOD}:
        return False
    return not counted_from_zero(METRICS[goal.metric], goal.kind)


def _since(goal: Goal, day: date) -> date:
    """From which day the figure of a day counts: before the start, a mean is that of a week."""
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        return max(goal.start, period_of(goal.period, day)[0])
    return goal.start if day >= goal.start else day - timedelta(days=FLOW_DAYS - 1)


def _planned(goal: Goal, row: GoalRow, facts: Facts, today: date) -> Points:
    """The count of content with the pieces in the plan, from today on to the goal's last day."""
    if METRICS[goal.metric].nature is not Nature.CONTENT or row.current is None or goal.start > today:
        return ()
    end = goal.deadline
    if goal.kind is GoalKind.KEEP_RATE:
        end = period_of(goal.period or Period.WEEK, today)[1]
    if end is None or end < today:
        return ()
    pieces = Counter(p.day for p in facts.posts if p.state is PostState.PLANNED and today <= p.day <= end)
    days = [today + timedelta(days=n) for n in range((end - today).days + 1)]
    counts = accumulate((pieces[day] for day in days), initial=row.current)
    next(counts)
    return (
        (today.toordinal() - 1, row.current),
        *((d.toordinal(), n) for d, n in zip(days, counts, strict=True)),
    )


def _old_roads(
    goal: Goal,
    today: date,
    calendar: WorkCalendar | None,
    revisions: Iterable[Revision],
    zone: tzinfo,
) -> list[OldRoad]:
    """The road before each change of it, the newest first; changes that were taken back are left out."""
    newest_first: Sequence[Revision] = sorted(revisions, key=lambda one: one.number, reverse=True)
    undone = {revision.undoes for revision in newest_first}
    found = []
    for revision in newest_first:
        before = _before(goal, revision)
        counts = revision.undoes is None and revision.number not in undone
        if counts and not _READERS.keys().isdisjoint(revision.changes):
            was, now = _road(before, today, calendar), _road(goal, today, calendar)
            if was and was != now:
                day = revision.made_at.astimezone(zone).date()
                found.append(OldRoad(day.toordinal(), was))
        goal = before
    return found


def _before(goal: Goal, revision: Revision) -> Goal:
    """The goal as its road was before a revision."""
    old = {
        name: None if pair[0] is None else _READERS[name](pair[0])
        for name, pair in revision.changes.items()
        if name in _READERS
    }
    return replace(goal, **old)  # type: ignore[arg-type]
