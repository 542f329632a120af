"""Pace: how far a goal is, how far it should be by now, and what that asks of today.

`PROGRESS` is the one table that defines progress for each kind of goal. A day's share of the way
is due at the end of that day: on the morning of day k of n, (k - 1) / n is expected. Audience and
reach go by calendar days, content and hours by the client's working days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from goals.measure import counted_from_zero, last_whole_day, measure_of
from goals.metrics import METRICS, Metric, Nature
from goals.model import Goal, GoalKind, Period, PostState

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.facts import Facts
    from goals.workcalendar import WorkCalendar


class Pace(NamedTuple):
    """Where a goal stands on a day. Fractions are of the whole way; None where there is no answer.

    `current` and `target` are in the metric's unit; `safe_days` are whole days ahead of the road
    (negative: behind); `needed_per_day` is what each day left (today included) has to bring;
    `due_today` is whole pieces of content still to be published today.
    """

    current: float | None
    target: float | None
    progress: float | None
    expected: float | None
    safe_days: int | None
    needed_per_day: float | None
    due_today: int | None
    planned_today: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a goal, first and last included, as they stand on `today` (which may lie outside)."""

    first: date
    last: date
    today: date
    calendar: WorkCalendar | None

    def days(self, first: date, end: date) -> int:
        """Pacing days in [first, end)."""
        if self.calendar is not None:
            return self.calendar.count(first, end)
        return max(0, (end - first).days)

    @property
    def total(self) -> int:
        """Pacing days of the whole span; at least 1."""
        return max(1, self.days(self.first, self.last + timedelta(days=1)))

    @property
    def elapsed(self) -> int:
        """Pacing days that are over on the morning of `today`."""
        return min(self.total, self.days(self.first, self.today))

    @property
    def left(self) -> int:
        """Pacing days from `today` to the last one, both included."""
        return self.days(max(self.first, self.today), self.last + timedelta(days=1))


class Standing(NamedTuple):
    """A goal's figures on a day, as the progress table reads them.

    `falling` says that the target is to be come down to. `periods_met` of `periods_over` whole
    periods kept the rate (keep_rate only).
    """

    current: float | None
    start: float | None
    target: float | None
    falling: bool = False
    periods_met: int = 0
    periods_over: int = 0


def _from_start(at: Standing) -> float | None:
    """(current - start) / (target - start): negative below the start, over 1 past the target.

    A goal that stood past its target when it was set is at 1 as long as it stays there, and
    otherwise at the share of the target.
    """
    if at.current is None or at.start is None or at.target is None:
        return None
    way = at.target - at.start
    if (way < 0) == at.falling and way != 0:
        return (at.current - at.start) / way
    if at.current <= at.target if at.falling else at.current >= at.target:
        return 1.0
    return _inverse(at) if at.falling else _from_zero(at)


def _from_zero(at: Standing) -> float | None:
    if at.current is None or not at.target:
        return None
    return at.current / at.target


def _inverse(at: Standing) -> float | None:
    """Target / current, for means of which less is better."""
    if not at.current or at.target is None:
        return None
    return at.target / at.current


def _share_of_periods(at: Standing) -> float | None:
    return at.periods_met / at.periods_over if at.periods_over else None


class Rule(NamedTuple):
    """How one kind of goal measures progress; `less` is for metrics of which less is better.

    `by_road` says that a share of the way is expected each day; otherwise the whole (1.0) is
    expected at any time.
    """

    progress: Callable[[Standing], float | None]
    less: Callable[[Standing], float | None]
    by_road: bool


#: Progress of a ceiling (hours, leaves: total_in_period of which less is better) is the share used.
PROGRESS: dict[GoalKind, Rule] = {
    GoalKind.REACH_LEVEL: Rule(_from_start, _from_start, by_road=True),
    GoalKind.GAIN: Rule(_from_start, _from_start, by_road=True),
    GoalKind.GAIN_PERCENT: Rule(_from_start, _from_start, by_road=True),
    GoalKind.TOTAL_IN_PERIOD: Rule(_from_zero, _from_zero, by_road=True),
    GoalKind.AVERAGE: Rule(_from_zero, _inverse, by_road=False),
    GoalKind.KEEP_RATE: Rule(_share_of_periods, _share_of_periods, by_road=False),
}


def target_of(goal: Goal) -> float | None:
    """The figure that the goal has to arrive at, in the metric's unit."""
    if goal.amount is None or counted_from_zero(METRICS[goal.metric], goal.kind):
        return goal.amount
    if goal.kind is GoalKind.GAIN:
        return None if goal.baseline is None else goal.baseline + goal.amount
    if goal.kind is GoalKind.GAIN_PERCENT:
        return None if goal.baseline is None else goal.baseline * (1.0 + goal.amount / 100.0)
    return goal.amount


def is_ceiling(goal: Goal) -> bool:
    """Whether the amount is not to be exceeded (hours, leaves, cost, reply time)."""
    moves = goal.kind in {GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT}
    return METRICS[goal.metric].less_is_better and not moves


def is_falling(goal: Goal | GoalRow) -> bool:
    """Whether the goal comes down to its target: fewer of what is better less, or a negative gain."""
    loses = goal.kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT} and (goal.amount or 0) < 0
    return METRICS[goal.metric].less_is_better or loses


def period_of(period: Period, day: date) -> tuple[date, date]:
    """The first and last day of the period that `day` lies in; weeks begin on Monday."""
    if period is Period.DAY:
        return day, day
    if period is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def span_of(goal: Goal, today: date, calendar: WorkCalendar) -> Span:
    """The days that the goal is paced over; a keep_rate goal is paced within its current period.

    Before its start that is the first one, after its deadline the last.
    """
    metric = METRICS[goal.metric]
    work = calendar if metric.by_working_days else None
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        first, last = period_of(goal.period, max(goal.start, min(today, goal.deadline or today)))
        return Span(goal.start if today < goal.start else first, last, today, work)
    return Span(goal.start, goal.deadline or today, today, work)


def pace_of(goal: Goal, facts: Facts, calendar: WorkCalendar, today: date) -> Pace:
    """The pace of a complete goal on `today` (the client's local day)."""
    metric = METRICS[goal.metric]
    measure = measure_of(metric, goal.kind)
    target = target_of(goal)
    planned = sum(p.state is PostState.PLANNED and p.day == today for p in facts.posts)
    if measure is None:
        return Pace(None, target, None, None, None, None, None, planned)
    span = span_of(goal, today, calendar)
    last = min(last_whole_day(metric, goal.kind, today), span.last)
    current = measure(facts, span.first, last)
    if target is None:
        return Pace(current, None, None, None, None, None, None, planned)
    standing = _standing(goal, facts, calendar, current, target, today)
    rule = PROGRESS[goal.kind]
    progress = (rule.less if metric.less_is_better else rule.progress)(standing)
    expected = span.elapsed / span.total if rule.by_road else 1.0
    return Pace(
        current=current,
        target=target,
        progress=progress,
        expected=expected,
        safe_days=_safe_days(goal, span, standing, progress),
        needed_per_day=_needed(goal, span, standing),
        due_today=_due_today(goal, metric, facts, span, standing),
        planned_today=planned,
    )


def _standing(
    goal: Goal,
    facts: Facts,
    calendar: WorkCalendar,
    current: float | None,
    target: float,
    today: date,
) -> Standing:
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        kept = periods_kept(goal, facts, calendar, today)
        return Standing(current, 0.0, target, periods_met=sum(kept), periods_over=len(kept))
    return Standing(current, start_of(goal), target, is_falling(goal))


def start_of(goal: Goal) -> float | None:
    """The figure that the way to the target starts from: the baseline, or 0 for what adds up."""
    if METRICS[goal.metric].adds_up or goal.kind is GoalKind.TOTAL_IN_PERIOD:
        return 0.0
    return goal.baseline


def periods_kept(goal: Goal, facts: Facts, calendar: WorkCalendar, today: date) -> list[bool]:
    """Which of the periods that are over kept the rate, oldest first; the running one once it has.

    A period that the goal covers only in part, of which nothing is known, or that holds no working
    day, is left out; but a goal too short for a whole period is one period.
    """
    metric = METRICS[goal.metric]
    measure = measure_of(metric, goal.kind)
    if measure is None or goal.period is None or goal.amount is None:
        return []
    kept_each: list[bool] = []
    last_day = last_whole_day(metric, goal.kind, today)
    for first, last in _periods(goal.start, goal.deadline or date.max, goal.period, last_day):
        works = not metric.by_working_days or calendar.count(first, last + timedelta(days=1)) > 0
        value = measure(facts, first, min(last, last_day))
        finished = last < today
        if works and value is not None:
            kept = value <= goal.amount if metric.less_is_better else value >= goal.amount
            if finished or (kept and not metric.less_is_better):
                kept_each.append(kept)
    return kept_each


def streak_of(kept: Sequence[bool]) -> int:
    """How many periods in a row were kept up to the newest one."""
    return next((n for n, was_kept in enumerate(reversed(kept)) if not was_kept), len(kept))


def _periods(start: date, end: date, period: Period, last_day: date) -> Iterator[tuple[date, date]]:
    """The periods that lie wholly in [start, end] and have begun by `last_day`; failing any, all of it."""
    first, last = period_of(period, start)
    if first < start:
        first, last = period_of(period, last + timedelta(days=1))
    if last > end and start <= last_day:
        yield start, end
    while last <= end and first <= last_day:
        yield first, last
        first, last = period_of(period, last + timedelta(days=1))


def _safe_days(goal: Goal, span: Span, at: Standing, progress: float | None) -> int | None:
    """Whole days ahead or behind: never further behind than days have passed, or ahead than are left."""
    if goal.kind is GoalKind.AVERAGE:
        return None
    if goal.kind is GoalKind.KEEP_RATE:
        progress = _from_zero(at)
    if progress is None:
        return None
    ahead = progress - span.elapsed / span.total
    if is_ceiling(goal):
        ahead = -ahead
    days = floor(round(ahead * span.total, 6))
    return max(-max(1, span.elapsed), min(span.total - span.elapsed, days))


def _needed(goal: Goal, span: Span, at: Standing) -> float | None:
    """What each pacing day left has to bring; 0 once the target is reached."""
    if goal.kind is GoalKind.AVERAGE or is_ceiling(goal) or at.current is None or at.target is None:
        return None
    rest = at.target - at.current
    if (rest >= 0) if at.falling else (rest <= 0):
        return 0.0
    return rest / span.left if span.left else None


def _due_today(goal: Goal, metric: Metric, facts: Facts, span: Span, at: Standing) -> int | None:
    """Whole pieces still to publish today: an even share of what was left this morning."""
    current = 0.0 if facts.unread else at.current  # what nobody has collected lessens nothing
    if metric.nature is not Nature.CONTENT or current is None or at.target is None:
        return None
    if goal.kind not in {
        GoalKind.TOTAL_IN_PERIOD,
        GoalKind.GAIN,
        GoalKind.REACH_LEVEL,
        GoalKind.KEEP_RATE,
    }:
        return None
    if not span.first <= span.today <= span.last:
        return 0
    if span.calendar is not None and not span.calendar.is_working(span.today):
        return 0
    done = sum(p.state is PostState.PUBLISHED and p.day == span.today for p in facts.posts)
    rest = at.target - (current - done)
    return max(0, even_share(rest, span.left) - done)


def even_share(rest: float, days: int) -> int:
    """Whole pieces of content that one of the working days left asks for, if `rest` is shared evenly."""
    return max(0, ceil(round(rest / max(1, days), 9)))
