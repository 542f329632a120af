"""One goal, one figure: the table of how each nature of metric is measured for each kind of goal.

`MEASURES[(nature, kind)]` is a function of (facts, first day, last day), both days included, that
gives the current figure or None where nothing is known. `BASELINES` gives the figure to start
from. Figures of days that never add up (reach) have no total, so that pair is not in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from goals.metrics import Metric, Nature
from goals.model import GoalKind, PostState

if TYPE_CHECKING:
    from goals.facts import Facts

Measure = Callable[["Facts", date, date], float | None]

#: A level of a daily flow is the mean of the newest week, so that weekdays cancel out.
FLOW_DAYS = 7
#: A level of a figure of posts is the mean of the newest posts, as in the per-post forecast.
RECENT_POSTS = 20


def last_value(facts: Facts, first: date, last: date) -> float | None:  # noqa: ARG001 - one shape for all
    """The newest day's value up to `last`."""
    for point in reversed(facts.days):
        if point.day <= last:
            return point.value
    return None


def _values(facts: Facts, first: date, last: date) -> list[float]:
    return [point.value for point in facts.days if first <= point.day <= last]


def day_sum(facts: Facts, first: date, last: date) -> float | None:
    """The sum of the days; None where there is no day at all and a network feeds them."""
    values = _values(facts, first, last)
    return sum(values) if values or facts.by_hand else None


def day_mean(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the days that have a value."""
    values = _values(facts, first, last)
    return fmean(values) if values else None


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
    """How many pieces of content were published."""
    return float(sum(p.state is PostState.PUBLISHED and first <= p.day <= last for p in facts.posts))


def _post_values(facts: Facts, first: date, last: date) -> list[float]:
    return [
        post.value
        for post in facts.posts
        if post.state is PostState.PUBLISHED and first <= post.day <= last and post.value is not None
    ]


def post_sum(facts: Facts, first: date, last: date) -> float | None:
    """The sum of the figures of the posts published."""
    values = _post_values(facts, first, last)
    return sum(values) if values else None


def post_mean(facts: Facts, first: date, last: date) -> float | None:
    """The mean of the figures of the posts published."""
    values = _post_values(facts, first, last)
    return fmean(values) if values else None


def recent_post_mean(facts: Facts, first: date, last: date) -> float | None:  # noqa: ARG001
    """The mean of the newest posts up to `last`."""
    values = _post_values(facts, date.min, last)[-RECENT_POSTS:]
    return fmean(values) if values else None


_MOVES = (GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT)


def _row(
    nature: Nature, moves: Measure, total: Measure | None, mean: Measure, rate: Measure
) -> dict[tuple[Nature, GoalKind], Measure]:
    row = {(nature, kind): moves for kind in _MOVES}
    if total is not None:
        row[nature, GoalKind.TOTAL_IN_PERIOD] = total
    return row | {(nature, GoalKind.AVERAGE): mean, (nature, GoalKind.KEEP_RATE): rate}


#                       level, gain, percent  total          average          keep_rate (a period)
MEASURES: dict[tuple[Nature, GoalKind], Measure] = {
    **_row(Nature.LEVEL, last_value, level_gain, day_mean, level_gain),
    **_row(Nature.FLOW, recent_day_mean, None, day_mean, day_mean),
    **_row(Nature.TOTAL, day_sum, day_sum, day_mean, day_sum),
    **_row(Nature.CONTENT, content_count, content_count, content_count, content_count),
    **_row(Nature.PER_POST, recent_post_mean, post_sum, post_mean, post_sum),
    **_row(Nature.RATIO, recent_post_mean, None, post_mean, post_mean),
}


def measure_of(metric: Metric, kind: GoalKind) -> Measure | None:
    """The way to measure `metric` for a goal of `kind`; None where the two do not go together."""
    if metric.nature is Nature.RATIO and metric.source.value == "manual":
        return {"keep_rate": day_mean, "average": day_mean}.get(kind.value, recent_day_mean)
    return MEASURES.get((metric.nature, kind))


def counted_from_zero(metric: Metric, kind: GoalKind) -> bool:
    """Whether progress starts at 0 although the kind speaks of a level or a gain.

    Days of a total and pieces of content add up, so «+20 leads» counts the leads since the start.
    """
    adds_up = metric.nature in {Nature.TOTAL, Nature.CONTENT}
    return adds_up and kind in {GoalKind.REACH_LEVEL, GoalKind.GAIN}


def baseline_of(
    metric: Metric, kind: GoalKind, facts: Facts, start: date, deadline: date | None
) -> float | None:
    """The figure that a moving goal starts from.

    A level starts as it stood on `start` (or, with nothing before, at the first figure after); a mean
    starts from the days or posts before `start`; a percentage of something that adds up starts from
    the sum of the equally long time before.
    """
    if kind not in _MOVES:
        return None
    if counted_from_zero(metric, kind):
        return 0.0
    measure = measure_of(metric, kind)
    if measure is None:
        return None
    if metric.nature is Nature.LEVEL:
        value = last_value(facts, start, start)
        return facts.days[0].value if value is None and facts.days else value
    eve = start - timedelta(days=1)
    length = (deadline - start).days if deadline else 0
    return measure(facts, eve - timedelta(days=length), eve)
