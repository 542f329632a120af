"""What an account's own history says of a target before it is agreed: targets to offer, and the pace."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import ceil, floor, inf, log10
from typing import NamedTuple

from goals.forecast.means import (
    MIN_POSTS,
    Counted,
    chance_of_mean,
    fit_posts,
    mean_band,
    needed_mean,
    posts_a_day,
)
from goals.forecast.series import ENOUGH_CHANGES, MIN_CHANGES, History, band, chance_of_gap, changes_of, fit

MONTH_DAYS = 30
#: The chances of the safe, the even and the bold target.
OFFERED = (0.8, 0.5, 0.2)
#: Targets that are no whole numbers are told in round steps of at most this share of the band's half.
_FINENESS = 0.01
#: The mean of a post is searched from so many half bands below the expected one, where all are certain.
_WIDE = 20


class Targets(NamedTuple):
    """The hardest targets that are met with 80 %, 50 % and 20 %, in the metric's unit.

    One that equals today's value says that not even a step from it is that likely.
    """

    safe: float
    even: float
    bold: float


class BestMonth(NamedTuple):
    """The largest move (of a falling goal: the largest fall) over any 30 days, `first` to `last`."""

    gain: float
    first: date
    last: date


class PaceFacts(NamedTuple):
    """The pace beside what is needed: a day, or of means for each post.

    `now` is the recent pace (mean), `needed` what each day left, today included, has to bring (what
    the posts still to come have to reach). `known` daily changes or posts tell it; `missing` more are
    needed before there is a chance, and at the present rhythm there is one from the day `tells_from`
    (None: no rhythm). `little` says that there is one, but on little data.
    """

    now: float | None
    needed: float | None
    best_month: BestMonth | None
    known: int
    missing: int
    tells_from: date | None
    little: bool


def mirrored(history: History) -> list[tuple[date, float]]:
    """The history of a falling goal as that of a growing one."""
    return [(day, -value) for day, value in history]


def targets(
    history: History,
    deadline: date,
    *,
    whole: bool = True,
    cumulative: bool | None = None,
    falling: bool = False,
) -> Targets | None:
    """The targets to offer for `deadline`; None with fewer than 7 changes or no day left.

    The arguments are those of `probability`. A target is the last step with at least its chance:
    whole numbers of whole metrics, round figures of others. Falling ones stop at 0.
    """
    if falling:
        found = targets(mirrored(history), deadline, whole=whole, cumulative=cumulative)
        return found and _not_below(0.0 if history[-1][1] >= 0 else -inf, (-t for t in found))
    ends = band(history, deadline)
    horizon = (deadline - history[-1][0]).days if history else 0
    if ends is None or horizon <= 0:
        return None
    value = history[-1][1]
    model = fit(changes_of(history))
    step = 1.0 if whole else _round_step(ends[2] - ends[1])

    def chance(target: float) -> float:
        if target <= value:
            return 1.0
        return chance_of_gap(model, target - value, horizon, whole=whole, cumulative=cumulative)

    return Targets(*(_furthest(chance, level, floor(value / step), step) for level in OFFERED))


def mean_targets(values: Sequence[float], counted: Counted, *, falling: bool = False) -> Targets | None:
    """The means to offer, as `targets`; None with fewer than 7 posts."""
    lowest = 0.0 if min(values, default=-1.0) >= 0 else -inf
    if falling:
        turned = Counted(counted.done, -counted.done_sum, counted.left)
        mirror = mean_targets([-value for value in values], turned)
        return mirror and _not_below(lowest, (-t for t in mirror))
    ends = mean_band(values, counted)
    if ends is None:
        return None
    model = fit_posts(values)
    half = ends[2] - ends[1]
    step = _round_step(half)
    start = floor((ends[1] - _WIDE * half) / step)
    found = (_furthest(lambda t: chance_of_mean(model, t, counted), level, start, step) for level in OFFERED)
    return _not_below(lowest, found)


def _not_below(lowest: float, found: Iterable[float]) -> Targets:
    return Targets(*(max(lowest, target) for target in found))


def _round_step(half: float) -> float:
    """The power of ten that is at most a hundredth of half the band: no finer is worth telling."""
    return 10.0 ** floor(log10(half * _FINENESS))


def _furthest(chance: Callable[[float], float], level: float, start: int, step: float) -> float:
    """The furthest multiple of `step` from `start` on that has at least the chance `level`, by bisection.

    `chance` never rises; at `start` it is taken to be enough.
    """

    def at(steps: int) -> float:
        return round((start + steps) * step, max(0, -floor(log10(step))))

    enough, over = 0, 1
    while chance(at(over)) >= level:
        enough, over = over, over * 2
    while over - enough > 1:
        middle = (enough + over) // 2
        if chance(at(middle)) >= level:
            enough = middle
        else:
            over = middle
    return at(enough)


def pace_facts(
    history: History,
    target: float | None,
    first: date,
    deadline: date | None,
    today: date,
    *,
    falling: bool = False,
) -> PaceFacts:
    """The pace of a level or a running total; `first` is the first day from today on that counts."""
    changes = changes_of(history)
    known = len(changes.daily)
    missing = max(0, MIN_CHANGES - known)
    last = history[-1][0] if history else today
    return PaceFacts(
        now=fit(changes).pace if known else None,
        needed=_needed(history, target, first, deadline, falling=falling),
        best_month=best_month(history, falling=falling),
        known=known,
        missing=missing,
        tells_from=max(today, last + timedelta(days=missing)),
        little=MIN_CHANGES <= known < ENOUGH_CHANGES,
    )


def _needed(
    history: History, target: float | None, first: date, deadline: date | None, *, falling: bool
) -> float | None:
    if not history or target is None or deadline is None or deadline < first:
        return None
    rest = target - history[-1][1]
    if (rest >= 0) if falling else (rest <= 0):
        return 0.0
    return rest / ((deadline - first).days + 1)


def mean_facts(
    values: Sequence[float],
    days: Sequence[date],
    target: float | None,
    counted: Counted | None,
    today: date,
) -> PaceFacts:
    """The same of a mean per post; `days` are those of the posts, `counted` is None without a deadline."""
    known = len(values)
    missing = max(0, MIN_POSTS - known)
    rate = posts_a_day(days, today)
    tells_from = today if not missing else None
    if missing and rate:
        tells_from = today + timedelta(days=ceil(missing / rate))
    return PaceFacts(
        now=fit_posts(values).mean if known else None,
        needed=None if target is None or counted is None else needed_mean(target, counted),
        best_month=None,
        known=known,
        missing=missing,
        tells_from=tells_from,
        little=MIN_POSTS <= known < ENOUGH_CHANGES,
    )


def best_month(history: History, *, falling: bool = False) -> BestMonth | None:
    """The best 30 days of a history, the latest of equal ones; None where it is shorter.

    Between two readings the value moves evenly, as it does for the pace.
    """
    readings = {day.toordinal(): value for day, value in history}
    days, values = list(readings), list(readings.values())
    if not days or days[-1] - days[0] < MONTH_DAYS:
        return None

    def at(day: int) -> float:
        after = min(bisect_right(days, day), len(days) - 1)
        before = after - 1
        share = (day - days[before]) / (days[after] - days[before])
        return values[before] + share * (values[after] - values[before])

    ends = {day for day in days if day - MONTH_DAYS >= days[0]}
    ends |= {day + MONTH_DAYS for day in days if day + MONTH_DAYS <= days[-1]}
    gains = {end: at(end) - at(end - MONTH_DAYS) for end in ends}
    best = max(ends, key=lambda end: (-gains[end] if falling else gains[end], end))
    return BestMonth(gains[best], date.fromordinal(best - MONTH_DAYS + 1), date.fromordinal(best))
