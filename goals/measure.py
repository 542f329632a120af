"""One goal, one figure: the table of how each nature of metric is measured for each kind of goal.

`MEASURES[(nature, kind)]` is a function of (facts, first day, last day), both days included, that
gives the current figure or None where nothing is known. `baseline_of` gives the figure to start
from. Levels and figures of days that never add up (reach) have no total: such a pair is not in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import fsum
from typing import TYPE_CHECKING

from goals.metrics import METRICS, Metric, Nature
from goals.model import Goal, GoalKind, PostState

if TYPE_CHECKING:
    from goals.facts import Facts

Measure = Callable[["Facts", date, date], float | None]

#: A level of a daily flow is the mean of the newest week, so that weekdays cancel out.
FLOW_DAYS = 7
#: A level of a figure of posts is the mean of the newest posts, as in the per-post forecast.
RECENT_POSTS = 20
#: A level that is first known later than this after the start is none to start from.
STARTING_DAYS = 7


def last_value(facts: Facts, first: date, last: date) -> float | None:  # noqa: ARG001 - one shape for all
    """The newest day's value up to `last`."""
    for point in reversed(facts.days):
        if point.day <= last:
            return point.value
    return None


def _values(facts: Facts, first: date, last: date) -> list[float]:
    return [point.value for point in facts.days if first <= point.day <= last]


def _mean(values: list[float]) -> float | None:
    # As statistics.fmean, whose module costs more to import than a list of goals has to spare.
    return fsum(values) / len(values) if values else None


def day_sum(facts: Facts, first: date, last: date) -> float | None:
    """The sum of the days; None where no day was ever known."""
    return sum(_values(facts, first, last)) if facts.days else None


def day_mean(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the days that have a value."""
    return _mean(_values(facts, first, last))


def recent_day_mean(facts: Facts, first: date, last: date) -> float | None:  # noqa: ARG001
    """The mean of the week that ends on `last`."""
    return day_mean(facts, last - timedelta(days=FLOW_DAYS - 1), last)


def level_gain(facts: Facts, first: date, last: date) -> float | None:
    """How far a level moved from the eve of `first` to `last`."""
    start = last_value(facts, first, first - timedelta(days=1))
    if start is None:
        start = next((point.value for point in facts.days if first <= point.day <= last), None)
    end = last_value(facts, first, last)
    return None if start is None or end is None else end - start


def content_count(facts: Facts, first: date, last: date) -> float | None:
    """How many pieces of content were published; None where none was ever collected."""
    if facts.unread:
        return None
    return float(sum(p.state is PostState.PUBLISHED and first <= p.day <= last for p in facts.posts))


def _post_values(facts: Facts, first: date, last: date) -> list[float]:
    return [
        post.value
        for post in facts.posts
        if post.state is PostState.PUBLISHED and first <= post.day <= last and post.value is not None
    ]


def post_sum(facts: Facts, first: date, last: date) -> float | None:
    """The sum of the figures of the posts published; 0 where content was read and there was none.

    Where only figures of whole days are known, as files have them, their sum.
    """
    values = _post_values(facts, first, last)
    if values:
        return sum(values)
    if facts.days:
        return day_sum(facts, first, last)
    return 0.0 if facts.as_of is not None and not content_count(facts, first, last) else None


def post_mean(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the figures of the posts published."""
    return _mean(_post_values(facts, first, last))


def recent_post_mean(facts: Facts, first: date, last: date) -> float | None:  # noqa: ARG001
    """The mean of the newest posts up to `last`."""
    values = _post_values(facts, date.min, last)[-RECENT_POSTS:]
    return _mean(values)


def mean_share(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the posts' shares; where only those of whole days are known, of the days' shares."""
    return day_mean(facts, first, last) if facts.days else post_mean(facts, first, last)


def recent_share(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the newest posts' shares up to `last`; of whole days, of the week that ends then."""
    return recent_day_mean(facts, first, last) if facts.days else recent_post_mean(facts, first, last)


_MOVES = (GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT)


def _row(
    nature: Nature, moves: Measure, total: Measure | None, mean: Measure | None, rate: Measure
) -> dict[tuple[Nature, GoalKind], Measure]:
    row = {(nature, kind): moves for kind in _MOVES}
    if total is not None:
        row[nature, GoalKind.TOTAL_IN_PERIOD] = total
    if mean is not None:
        row[nature, GoalKind.AVERAGE] = mean
    return row | {(nature, GoalKind.KEEP_RATE): rate}


#                       level, gain, percent  total          average          keep_rate (a period)
MEASURES: dict[tuple[Nature, GoalKind], Measure] = {
    **_row(Nature.LEVEL, last_value, None, day_mean, level_gain),
    **_row(Nature.FLOW, recent_day_mean, None, day_mean, day_mean),
    **_row(Nature.TOTAL, day_sum, day_sum, day_mean, day_sum),
    **_row(Nature.CONTENT, content_count, content_count, None, content_count),
    **_row(Nature.PER_POST, recent_post_mean, post_sum, post_mean, post_sum),
    **_row(Nature.RATIO, recent_share, None, mean_share, mean_share),
}


def measure_of(metric: Metric, kind: GoalKind) -> Measure | None:
    """The way to measure `metric` for a goal of `kind`; None where the two do not go together.

    A sum that must stay small (hours, leaves) starts at its best, so no way leads down to a target.
    """
    if metric.nature is Nature.RATIO and metric.source.value == "manual":
        return {"keep_rate": day_mean, "average": day_mean}.get(kind.value, recent_day_mean)
    if metric.adds_up and metric.less_is_better and kind in _MOVES:
        return None
    return MEASURES.get((metric.nature, kind))


def counted_from_zero(metric: Metric, kind: GoalKind) -> bool:
    """Whether the amount itself is the target although the kind speaks of a level or a gain.

    What adds up counts from 0, so «+20 leads» is 20 leads since the start.
    """
    return metric.adds_up and kind in {GoalKind.REACH_LEVEL, GoalKind.GAIN}


def last_whole_day(metric: Metric, kind: GoalKind, today: date) -> date:
    """The last day that a measure may look at: a mean of days leaves today out, which is not over."""
    by_day = metric.nature in {Nature.FLOW, Nature.TOTAL}
    mean = kind is GoalKind.AVERAGE or metric.nature is Nature.FLOW
    return today - timedelta(days=1) if by_day and mean else today


def baseline_of(goal: Goal, facts: Facts, today: date) -> float | None:
    """The figure that a moving goal starts from; None where nothing tells it.

    A level starts as it stood on the morning of the start: on its eve, for a goal set today as it stands
    now, otherwise at the first figure of its first days. A mean starts from the days or posts
    before the start; a percentage of something that adds up starts from the sum of the equally
    long time before.
    """
    metric = METRICS[goal.metric]
    if goal.kind not in _MOVES:
        return None
    if counted_from_zero(metric, goal.kind):
        return 0.0
    measure = measure_of(metric, goal.kind)
    if measure is None:
        return None
    # What starts later is told by the figures of now until it does.
    eve = min(goal.start, today) - timedelta(days=1)
    if metric.nature is Nature.LEVEL:
        return _starting_level(facts, goal.start, goal.start if goal.start >= today else eve)
    length = (goal.deadline - goal.start).days if goal.deadline else 0
    return measure(facts, eve - timedelta(days=length), eve)


def _starting_level(facts: Facts, start: date, morning: date) -> float | None:
    known = last_value(facts, start, morning)
    if known is not None:
        return known
    first_days = (p.value for p in facts.days if start <= p.day < start + timedelta(days=STARTING_DAYS))
    return next(first_days, None)
