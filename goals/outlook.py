"""The outlook of a goal: which figures its chance is told from, the chance, and what may be offered.

A level is forecast as it stands, a total added up day by day, a mean by the posts that it counts.
Content and what it is about are one's own work and have no chance, nor has a rate, a ceiling that
adds up (hours) or a figure of days that never adds up (reach).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, islice
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from goals.forecast.attain import (
    PaceFacts,
    Targets,
    mean_facts,
    mean_targets,
    mirrored,
    pace_facts,
    targets,
)
from goals.forecast.means import Counted, mean_band, mean_probability, posts_left
from goals.forecast.series import band, probability
from goals.measure import RECENT_POSTS, counted_from_zero
from goals.metrics import METRICS, Nature, Source
from goals.model import Goal, GoalKind, Period, PostState
from goals.pace import is_ceiling, is_falling, target_of

if TYPE_CHECKING:
    from goals.facts import Facts

_MOVES = frozenset({GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT})

_PERIOD_DAYS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30}
#: So many days of a fan are told at most.
_FAN_DAYS = 40


class Outlook(NamedTuple):
    """The chance that a goal is met (0 to 1) and the 80 % band of its value on the deadline.

    None where there is no answer.
    """

    chance: float | None = None
    band: tuple[float, float] | None = None


class FanDay(NamedTuple):
    """The 80 % band of a goal's figure at the end of a day, and its middle."""

    day: date
    low: float
    middle: float
    high: float


class Attainability(NamedTuple):
    """What the account's own history says of a goal before it is agreed.

    `targets` are figures to arrive at, `amounts` the same as the goal's amount says them (a gain, a
    percentage); None where the goal has no deadline, start figure or history enough. `rough` marks a
    chance to be told as rough only. The pace is one of each post (`per_post`), of each figure put in by
    hand (`per_entry`), or else a day. From `doubtful_from` on a jump waits for confirmation: the chance is
    told without it, and nothing is offered that it would be reckoned from. `each` says that it is the chance
    of one such period, of a gain to be made again and again.
    """

    outlook: Outlook
    targets: Targets | None
    amounts: Targets | None
    pace: PaceFacts
    per_post: bool
    rough: bool
    per_entry: bool = False
    doubtful_from: date | None = None
    each: Period | None = None


@dataclass(frozen=True, slots=True)
class _Series:
    """A level or running total to forecast up to `until`; `first` is the first day still to come."""

    history: list[tuple[date, float]]
    first: date
    until: date | None
    whole: bool
    falling: bool

    def outlook(self, target: float | None) -> Outlook:
        if self.until is None:
            return Outlook()
        history = mirrored(self.history) if self.falling else self.history
        chance = None
        if target is not None:
            sought = -target if self.falling else target
            chance = probability(history, sought, self.until, whole=self.whole)
        return Outlook(chance, _ends(band(history, self.until), falling=self.falling))

    def fan(self, deadline: date, today: date) -> list[FanDay]:  # noqa: ARG002 - one shape for both
        if self.until is None or not self.history:
            return []
        history = mirrored(self.history) if self.falling else self.history
        later = deadline - self.until
        days = _some_days(history[-1][0], self.until)
        ends = [(day + later, band(history, day)) for day in days]
        return [_fan_day(day, each, falling=self.falling) for day, each in ends if each is not None]

    def targets(self) -> Targets | None:
        if self.until is None:
            return None
        return targets(self.history, self.until, whole=self.whole, falling=self.falling)


@dataclass(frozen=True, slots=True)
class _Mean:
    """A mean over posts (or figures logged by hand): all that are known, and which of them count."""

    days: list[date]
    values: list[float]
    counted: Counted | None
    falling: bool

    def outlook(self, target: float | None) -> Outlook:
        if self.counted is None:
            return Outlook()
        sign = -1.0 if self.falling else 1.0
        values = [sign * value for value in self.values]
        counted = self.counted._replace(done_sum=sign * self.counted.done_sum)
        chance = None if target is None else mean_probability(values, sign * target, counted)
        return Outlook(chance, _ends(mean_band(values, counted), falling=self.falling))

    def fan(self, deadline: date, today: date) -> list[FanDay]:
        if self.counted is None or deadline <= today:
            return []
        sign = -1.0 if self.falling else 1.0
        values = [sign * value for value in self.values]
        found = []
        for day in _some_days(today, deadline)[1:]:
            left = self.counted.left * (day - today).days / (deadline - today).days
            ends = mean_band(values, Counted(self.counted.done, sign * self.counted.done_sum, left))
            if ends is not None:
                found.append(_fan_day(day, ends, falling=self.falling))
        return found

    def targets(self) -> Targets | None:
        return None if self.counted is None else mean_targets(self.values, self.counted, falling=self.falling)


def _ends(ends: tuple[float, float, float] | None, *, falling: bool) -> tuple[float, float] | None:
    if ends is None:
        return None
    low, _, high = ends
    return (-high, -low) if falling else (low, high)


def outlook(goal: Goal, facts: Facts, today: date) -> Outlook:
    """The chance and the band of `goal` on `today` (the client's local day)."""
    line = _line_of(goal, facts, today)
    return Outlook() if line is None else line.outlook(target_of(goal))


def fan(goal: Goal, facts: Facts, today: date) -> tuple[FanDay, ...]:
    """How the band of `outlook` opens, from the newest figure to the deadline, which is the last of its days.

    Not more than some forty days, evenly apart; empty where nothing is forecast.
    """
    line = _line_of(goal, facts, today)
    if line is None or goal.deadline is None or goal.deadline < today:
        return ()
    return tuple(line.fan(goal.deadline, today))


def _some_days(first: date, last: date) -> list[date]:
    """Days from `first` to `last`, both included, evenly apart."""
    length = (last - first).days
    step = max(1, -(-length // _FAN_DAYS))
    return [*(first + timedelta(days=offset) for offset in range(0, length, step)), last]


def _fan_day(day: date, ends: tuple[float, float, float], *, falling: bool) -> FanDay:
    low, middle, high = ends
    return FanDay(day, -high, -middle, -low) if falling else FanDay(day, low, middle, high)


def attainability(goal: Goal, facts: Facts, today: date) -> Attainability | None:
    """What history says of `goal`, which may lack its amount or deadline; None where nothing is forecast."""
    if goal.kind is GoalKind.KEEP_RATE and METRICS[goal.metric].nature is Nature.LEVEL:
        return _of_one_period(goal, facts, today)
    line = _line_of(goal, facts, today)
    if line is None:
        return None
    target = target_of(goal)
    doubtful_from = facts.doubtful_from if METRICS[goal.metric].nature is Nature.LEVEL else None
    offered = None if doubtful_from else line.targets()
    by_posts = METRICS[goal.metric].source is Source.POSTS
    if isinstance(line, _Series):
        pace = pace_facts(line.history, target, line.first, goal.deadline, today, falling=line.falling)
    else:
        pace = mean_facts(line.values, line.days, target, line.counted, today)
    return Attainability(
        outlook=line.outlook(target),
        targets=offered,
        amounts=_amounts(goal, offered),
        pace=pace._replace(needed=None) if doubtful_from else pace,
        per_post=isinstance(line, _Mean) and by_posts,
        per_entry=isinstance(line, _Mean) and not by_posts,
        doubtful_from=doubtful_from,
        rough=is_rough(goal),
    )


def _of_one_period(goal: Goal, facts: Facts, today: date) -> Attainability | None:
    """What history says of a gain again and again: that of one whole period, from the newest figure on."""
    if goal.period is None:
        return None
    length, history = _PERIOD_DAYS[goal.period], _levels(facts, today)
    last, level = history[-1] if history else (today, None)
    end = last + timedelta(days=length)
    once = replace(goal, kind=GoalKind.GAIN, period=None, start=today, baseline=level, deadline=end)
    found = attainability(once, facts, today)
    if found is None:
        return None
    needed = None if goal.amount is None or found.doubtful_from else goal.amount / length
    return found._replace(pace=found.pace._replace(needed=needed), each=goal.period)


def is_rough(goal: Goal) -> bool:
    """Whether the goal's chance is rough: coming down to a target is measured as too hopeful."""
    return is_falling(goal)


def _amounts(goal: Goal, offered: Targets | None) -> Targets | None:
    """Targets as amounts of the goal: the inverse of `goals.pace.target_of`."""
    gains = goal.kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT}
    if offered is None or not gains or counted_from_zero(METRICS[goal.metric], goal.kind):
        return offered
    start = goal.baseline
    if start is None:
        return None
    if goal.kind is GoalKind.GAIN:
        return Targets(*(target - start for target in offered))
    return Targets(*(100.0 * (target / start - 1.0) for target in offered)) if start else None


def _line_of(goal: Goal, facts: Facts, today: date) -> _Series | _Mean | None:
    metric = METRICS[goal.metric]
    if metric.needs_topic:
        return None
    moves = goal.kind in _MOVES
    if metric.nature in {Nature.LEVEL, Nature.TOTAL}:
        sums = goal.kind is GoalKind.TOTAL_IN_PERIOD
        return _series(goal, facts, today) if (moves or sums) and not is_ceiling(goal) else None
    if metric.nature not in {Nature.PER_POST, Nature.RATIO}:
        return None
    by_posts = metric.source is Source.POSTS
    if goal.kind is GoalKind.AVERAGE or (moves and by_posts):
        return _mean(goal, facts, today, by_posts=by_posts)
    return None


def _series(goal: Goal, facts: Facts, today: date) -> _Series:
    """The series of a level or a total.

    What is to be gained from a later start has only the days from then on: the deadline is moved
    nearer by the days up to the start.
    """
    metric = METRICS[goal.metric]
    total = metric.nature is Nature.TOTAL
    history = _added_up(goal, facts, today) if total else _levels(facts, today)
    until = goal.deadline
    later = goal.start > today and (total or goal.kind is not GoalKind.REACH_LEVEL)
    if later and until is not None:
        told = history[-1][0] if total and history else today
        until -= goal.start - timedelta(days=1) - told
    first = goal.start if later else today
    return _Series(history, first, until, metric.whole, is_falling(goal))


def _levels(facts: Facts, today: date) -> list[tuple[date, float]]:
    """The days up to today; a jump that waits for confirmation and all that follows it are left out."""
    end = facts.doubtful_from
    return [(p.day, p.value) for p in facts.days if p.day <= today and (end is None or p.day < end)]


def _added_up(goal: Goal, facts: Facts, today: date) -> list[tuple[date, float]]:
    """A total added up day by day.

    It runs from 0 at the start of its period; the days before the start, which tell the pace, lead
    up to that 0 from below. A day for which nothing was logged brought nothing, but today is left out
    until it has a figure: it is not over. A day that a network did not tell is none of that: for the
    pace it brought as much as the others on average, and the total is the one that is known.
    """
    amounts = {point.day: point.value for point in facts.days if point.day <= today}
    if not amounts:
        return []
    by_hand = METRICS[goal.metric].source is Source.MANUAL
    untold = 0.0 if by_hand else fmean(amounts.values())
    first, last = min(amounts), today if today in amounts else today - timedelta(days=1)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    brought = [amounts.get(day, untold) for day in days]
    known = sum(value for day, value in amounts.items() if day >= goal.start)
    totals = accumulate(brought, initial=known - sum(brought))
    return list(zip(days, islice(totals, 1, None), strict=True))


def _mean(goal: Goal, facts: Facts, today: date, *, by_posts: bool) -> _Mean:
    """The mean of the posts of the goal's days; of a level, of the newest posts on the deadline."""
    if by_posts:
        posts = (post for post in facts.posts if post.state is PostState.PUBLISHED)
        known = [(post.day, post.value) for post in posts if post.value is not None and post.day <= today]
    else:
        known = _levels(facts, today)
    days, values = [day for day, _ in known], [value for _, value in known]
    counted = None
    if goal.deadline is not None and today <= goal.deadline:
        if goal.kind is GoalKind.AVERAGE:
            done = [value for day, value in known if day >= goal.start]
            left = posts_left(days, today, goal.start, goal.deadline)
        else:
            left = min(float(RECENT_POSTS), posts_left(days, today, today, goal.deadline))
            done = values[len(values) - min(len(values), RECENT_POSTS - round(left)) :]
        counted = Counted(len(done), sum(done), left)
    return _Mean(days, values, counted, is_falling(goal))
