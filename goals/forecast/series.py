"""Method S: the chance that a level or a running total reaches its target.

The recent daily pace (newer days count more), daily ups and downs, and the doubt whether the pace
itself will stay: the share of fifteen equally likely futures in which the goal is reached, never
less than 3 % or more than 97 %. The reasons and the measured figures are in docs/forecast.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from math import erfc, exp, sqrt
from operator import mul, sub
from statistics import median
from typing import NamedTuple

History = Sequence[tuple[date, float]]

WINDOW_DAYS = 90
HALF_LIFE = 14.0
CAP_MADS = 4.0
PRIOR_DAYS = 3.0
MIN_CHANGES = 7
#: With fewer daily changes than this a chance is given, but rests on little data.
ENOUGH_CHANGES = 14
FLOOR = 0.03
BAND_Z = 1.2816
#: The doubt's share in the band: 80 % of fifteen t-distributed paces are wider than of a normal one.
BAND_DOUBT = 1.35
#: Quantiles (j - 0.5) / 15 of Student's t with 3 degrees of freedom.
_HALF = (0.183, 0.374, 0.584, 0.832, 1.150, 1.638, 2.821)
T3_QUANTILES = (*(-q for q in reversed(_HALF)), 0.0, *_HALF)
_MAX_EXPONENT = 60.0
#: A deviation that is this small beside the largest one is what adding up floats leaves of 0.
_ROUNDING = 1e-9
#: A normal distribution's standard deviation by its median and by its mean absolute deviation.
_MAD_TO_SIGMA = 1.4826
_MEAN_TO_SIGMA = 1.2533


class Changes(NamedTuple):
    """What a history moved by: `daily` changes, oldest first, over the last 90 days at most.

    A step of j days between two readings is j equal changes. `steps` are the lengths of the steps in
    days, oldest first; empty where each is one day.
    """

    daily: list[float]
    steps: list[int]


@dataclass(frozen=True, slots=True)
class PaceModel:
    """The recent pace a day, its daily noise (variance) and the doubt about it (variance)."""

    pace: float
    noise: float
    doubt: float
    only_grows: bool


def changes_of(history: History) -> Changes:
    """The changes of readings (day, value), oldest first; of two on one day the later counts."""
    if not history:
        return Changes([], [])
    days = [day.toordinal() for day, _ in history]
    values = [value for _, value in history]
    first = max(0, bisect_right(days, days[-1] - WINDOW_DAYS) - 1)
    if days[first:] == list(range(days[first], days[-1] + 1)):  # every day has a value, as it mostly has
        return Changes(list(map(sub, values[first + 1 :], values[first:])), [])
    readings = dict(zip(days[first:], values[first:], strict=True))
    daily: list[float] = []
    steps: list[int] = []
    window = days[-1] - WINDOW_DAYS
    for (before, old), (day, value) in pairwise(readings.items()):
        steps.append(day - max(before, window))
        daily.extend([(value - old) / (day - before)] * steps[-1])
    return Changes(daily, steps)


@lru_cache(maxsize=WINDOW_DAYS)
def _weights(n: int) -> tuple[tuple[float, ...], float, float]:
    """The weights of n changes, oldest first, their sum, and how many equal ones they are worth."""
    weights = tuple(0.5 ** ((n - 1 - i) / HALF_LIFE) for i in range(n))
    total = sum(weights)
    return weights, total, total * total / sum(w * w for w in weights)


def fit(changes: Changes) -> PaceModel:
    """The pace model of changes (at least one)."""
    daily = changes.daily
    n = len(daily)
    weights, total, n_eff = _weights(n)
    middle = median(daily)
    cap = CAP_MADS * max(_usual_deviation(daily, middle), 0.5, 0.25 * abs(middle))
    low, high = middle - cap, middle + cap
    within = low <= min(daily) and max(daily) <= high
    capped = daily if within else [min(max(d, low), high) for d in daily]
    pace = sum(map(mul, weights, capped)) / total
    spread, seen = _spread(changes, pace) if changes.steps else _daily_spread(daily, pace)
    prior = max(abs(pace), 1.0 / max(7, n))
    noise = (spread * seen + PRIOR_DAYS * prior) / (max(seen - 1.0, 0.5) + PRIOR_DAYS)
    doubt = 2.0 * noise / n_eff + (0.1 * pace) ** 2 + 0.01 * noise
    return PaceModel(pace, noise, doubt, only_grows=min(daily) >= 0)


def _usual_deviation(daily: Sequence[float], middle: float) -> float:
    """A robust standard deviation round the median.

    Where most days are alike (money that comes every third day) the median deviation is 0 and would
    cut off all that ever came: the mean one takes its place then.
    """
    apart = [abs(d - middle) for d in daily]
    mad = median(apart)
    if mad > _ROUNDING * max(apart):
        return _MAD_TO_SIGMA * mad
    return _MEAN_TO_SIGMA * sum(apart) / len(apart)


def _daily_spread(daily: Sequence[float], pace: float) -> tuple[float, float]:
    """The weighted variance of a day's change, and how many equally weighted days it rests on."""
    weights, total, n_eff = _weights(len(daily))
    return sum([w * (d - pace) ** 2 for w, d in zip(weights, daily, strict=True)]) / total, n_eff


def _spread(changes: Changes, pace: float) -> tuple[float, float]:
    """The same of readings some days apart, told by whole steps.

    The days within a step are unknown: that they seem equal says nothing of a day's noise. A step of
    j days varies by j days' noise, so its rate's square is taken j times; it weighs as its last day.
    """
    weights, _, _ = _weights(len(changes.daily))
    ends = [end - 1 for end in accumulate(changes.steps)]
    by_step = [weights[end] for end in ends]
    total = sum(by_step)
    squares = [j * (changes.daily[end] - pace) ** 2 for j, end in zip(changes.steps, ends, strict=True)]
    return sum(map(mul, by_step, squares)) / total, total * total / sum(w * w for w in by_step)


def probability(
    history: History,
    target: float,
    deadline: date,
    *,
    whole: bool = True,
    cumulative: bool | None = None,
) -> float | None:
    """P(the value stands at `target` or over on some day up to `deadline`), for a growing goal.

    `history` is (day, value), oldest first, up to today; days left are counted from its last one.
    `whole` metrics get the half-unit correction. `cumulative` says that the value can never fall
    (None: judged by the history). None where fewer than 7 daily changes are known. A goal already
    met has probability 1.
    """
    changes = changes_of(history)
    if len(changes.daily) < MIN_CHANGES:
        return None
    value = history[-1][1]
    if value >= target:
        return 1.0
    horizon = (deadline - history[-1][0]).days
    if horizon <= 0:
        return 0.0
    return chance_of_gap(fit(changes), target - value, horizon, whole=whole, cumulative=cumulative)


def chance_of_gap(
    model: PaceModel, gap: float, horizon: int, *, whole: bool, cumulative: bool | None
) -> float:
    """The chance to gain `gap` (over 0) in `horizon` days (at least 1)."""
    gap -= 0.5 if whole else 0.0
    never_falls = model.only_grows if cumulative is None else cumulative
    doubt = sqrt(model.doubt)
    spread = sqrt(model.noise * horizon)
    chances = 0.0
    for quantile in T3_QUANTILES:
        pace = model.pace + quantile * doubt
        if model.only_grows and pace < 0:
            pace = 0.0
        chance = phi((pace * horizon - gap) / spread)
        if not never_falls:
            weight = exp(min(2.0 * pace * gap / model.noise, _MAX_EXPONENT))
            chance = min(1.0, chance + weight * phi((-gap - pace * horizon) / spread))
        chances += chance
    return FLOOR + (1.0 - 2.0 * FLOOR) * chances / len(T3_QUANTILES)


def band(history: History, deadline: date) -> tuple[float, float, float] | None:
    """The 80 % band (low, expected, high) of the value on `deadline`; None with fewer than 7 changes."""
    changes = changes_of(history)
    if len(changes.daily) < MIN_CHANGES:
        return None
    value = history[-1][1]
    horizon = max(0, (deadline - history[-1][0]).days)
    model = fit(changes)
    middle = value + model.pace * horizon
    half = BAND_Z * sqrt(model.noise * horizon + BAND_DOUBT * model.doubt * horizon * horizon)
    low = max(middle - half, value) if model.only_grows else middle - half
    return low, middle, middle + half


def phi(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * erfc(-z / sqrt(2.0))
