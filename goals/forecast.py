"""The chance that a goal is met: recent pace with honest doubt.

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
from math import erfc, exp, sqrt
from operator import mul, sub
from statistics import median

History = Sequence[tuple[date, float]]

WINDOW_DAYS = 90
HALF_LIFE = 14.0
CAP_MADS = 4.0
PRIOR_DAYS = 3.0
MIN_CHANGES = 7
FLOOR = 0.03
BAND_Z = 1.2816
#: Quantiles (j - 0.5) / 15 of Student's t with 3 degrees of freedom.
_HALF = (0.183, 0.374, 0.584, 0.832, 1.150, 1.638, 2.821)
T3_QUANTILES = (*(-q for q in reversed(_HALF)), 0.0, *_HALF)
_MAX_EXPONENT = 60.0
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class PaceModel:
    """The recent pace a day, its daily noise (variance) and the doubt about it (variance)."""

    pace: float
    noise: float
    doubt: float
    only_grows: bool


def daily_changes(history: History) -> list[float]:
    """The changes a day, oldest first, over the last 90 days; a step of j days is j equal changes."""
    if not history:
        return []
    days = [day.toordinal() for day, _ in history]
    values = [value for _, value in history]
    first = max(0, bisect_right(days, days[-1] - WINDOW_DAYS) - 1)
    if days[first:] == list(range(days[first], days[-1] + 1)):  # every day has a value, as it mostly has
        return list(map(sub, values[first + 1 :], values[first:]))
    changes: list[float] = []
    for index in range(first + 1, len(days)):
        step = days[index] - days[index - 1]
        if step > 0:
            changes.extend([(values[index] - values[index - 1]) / step] * step)
    return changes[-WINDOW_DAYS:]


@lru_cache(maxsize=WINDOW_DAYS)
def _weights(n: int) -> tuple[tuple[float, ...], float, float]:
    """The weights of n changes, oldest first, their sum, and how many equal ones they are worth."""
    weights = tuple(0.5 ** ((n - 1 - i) / HALF_LIFE) for i in range(n))
    total = sum(weights)
    return weights, total, total * total / sum(w * w for w in weights)


def fit(changes: Sequence[float]) -> PaceModel:
    """The pace model of daily changes, oldest first (at least one)."""
    n = len(changes)
    weights, total, n_eff = _weights(n)
    middle = median(changes)
    mad = median([abs(d - middle) for d in changes])
    cap = CAP_MADS * max(_MAD_TO_SIGMA * mad, 0.5, 0.25 * abs(middle))
    low, high = middle - cap, middle + cap
    within = low <= min(changes) and max(changes) <= high
    capped = changes if within else [min(max(d, low), high) for d in changes]
    pace = sum(map(mul, weights, capped)) / total
    spread = sum([w * (d - pace) ** 2 for w, d in zip(weights, changes, strict=True)]) / total
    prior = max(abs(pace), 1.0 / max(7, n))
    noise = (spread * n_eff + PRIOR_DAYS * prior) / (max(n_eff - 1.0, 0.5) + PRIOR_DAYS)
    doubt = 2.0 * noise / n_eff + (0.1 * pace) ** 2 + 0.01 * noise
    return PaceModel(pace, noise, doubt, only_grows=min(changes) >= 0)


def probability(
    history: History,
    target: float,
    deadline: date,
    *,
    whole: bool = True,
    cumulative: bool | None = None,
) -> float | None:
    """P(the value stands at `target` or over on some day up to `deadline`), for a growing goal.

    `history` is (day, value), oldest first, up to today. `whole` metrics get the half-unit
    correction. `cumulative` says that the value can never fall (None: judged by the history).
    None where fewer than 7 daily changes are known. A goal already met has probability 1.
    """
    changes = daily_changes(history)
    if len(changes) < MIN_CHANGES:
        return None
    value = history[-1][1]
    if value >= target:
        return 1.0
    horizon = (deadline - history[-1][0]).days
    if horizon <= 0:
        return 0.0
    gap = target - value - (0.5 if whole else 0.0)
    return FLOOR + (1.0 - 2.0 * FLOOR) * _mean_over_futures(fit(changes), gap, horizon, cumulative=cumulative)


def _mean_over_futures(model: PaceModel, gap: float, horizon: int, *, cumulative: bool | None) -> float:
    never_falls = model.only_grows if cumulative is None else cumulative
    doubt = sqrt(model.doubt)
    spread = sqrt(model.noise * horizon)
    chances = 0.0
    for quantile in T3_QUANTILES:
        pace = model.pace + quantile * doubt
        if model.only_grows and pace < 0:
            pace = 0.0
        chance = _phi((pace * horizon - gap) / spread)
        if not never_falls:
            weight = exp(min(2.0 * pace * gap / model.noise, _MAX_EXPONENT))
            chance = min(1.0, chance + weight * _phi((-gap - pace * horizon) / spread))
        chances += chance
    return chances / len(T3_QUANTILES)


def band(history: History, deadline: date) -> tuple[float, float, float] | None:
    """The 80 % band (low, expected, high) of the value on `deadline`; None with fewer than 7 changes."""
    changes = daily_changes(history)
    if len(changes) < MIN_CHANGES:
        return None
    value = history[-1][1]
    horizon = max(0, (deadline - history[-1][0]).days)
    model = fit(changes)
    middle = value + model.pace * horizon
    half = BAND_Z * sqrt(model.noise * horizon + 1.35 * model.doubt * horizon * horizon)
    low = max(middle - half, value) if model.only_grows else middle - half
    return low, middle, middle + half


def _phi(z: float) -> float:
    return 0.5 * erfc(-z / sqrt(2.0))
