"""The chance of a mean per post: average views of the period's posts, average engagement rate.

The line is not an account's total but the posts that count: those done stand fast, those still to
come are drawn from the recent ones, newer posts counting more. The same serves the mean of figures
logged by hand (reply time), each entry standing for a post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import NamedTuple

from goals.forecast.series import BAND_DOUBT, BAND_Z, FLOOR, MIN_CHANGES, T3_QUANTILES, phi

HALF_LIFE_POSTS = 20.0
#: Older posts weigh less than 1 % and are left out.
WINDOW_POSTS = 140
#: The posting rate is that of these days.
RATE_DAYS = 28
LEAST_RATE_DAYS = 7
#: Fewer posts than this give no chance, as fewer changes of a level do.
MIN_POSTS = MIN_CHANGES
_LEAST_NOISE = 1e-12


class Counted(NamedTuple):
    """The posts that a mean is taken over: how many are done with which sum, how many are expected."""

    done: int
    done_sum: float
    left: float


@dataclass(frozen=True, slots=True)
class PostModel:
    """The recent mean of a post, its noise (variance of one post) and the doubt about the mean (variance)."""

    mean: float
    noise: float
    doubt: float


def fit_posts(values: Sequence[float]) -> PostModel:
    """The model of the figures of posts, oldest first (at least one)."""
    recent = values[-WINDOW_POSTS:]
    n = len(recent)
    weights = [0.5 ** ((n - 1 - i) / HALF_LIFE_POSTS) for i in range(n)]
    total = sum(weights)
    n_eff = total * total / sum(w * w for w in weights)
    mean = sum(w * x for w, x in zip(weights, recent, strict=True)) / total
    spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, recent, strict=True)) / total
    noise = max(spread * n_eff / max(n_eff - 1.0, 0.5), _LEAST_NOISE)
    return PostModel(mean, noise, 2.0 * noise / n_eff + (0.1 * mean) ** 2)


def posts_a_day(days: Sequence[date], today: date) -> float:
    """The posting rate up to `today`; `days` are the days of the posts known, oldest first.

    It is that of the last 28 days, or of those since the first post, but at least of a week.
    """
    if not days:
        return 0.0
    known = max(LEAST_RATE_DAYS, min(RATE_DAYS, (today - days[0]).days + 1))
    return sum(0 <= (today - day).days < known for day in days) / known


def posts_left(days: Sequence[date], today: date, first: date, last: date) -> float:
    """How many posts are expected on the days of [first, last] after `today`: at least 1."""
    horizon = min((last - today).days, (last - first).days + 1)
    return max(1.0, posts_a_day(days, today) * horizon)


def mean_probability(values: Sequence[float], target: float, counted: Counted) -> float | None:
    """P(the mean of the counted posts ends at `target` or over); None with fewer than 7 posts known."""
    if len(values) < MIN_POSTS:
        return None
    return chance_of_mean(fit_posts(values), target, counted)


def chance_of_mean(model: PostModel, target: float, counted: Counted) -> float:
    """The chance that the counted posts end at a mean of `target` or over."""
    doubt = sqrt(model.doubt)
    spread = sqrt(model.noise / counted.left)
    needed = needed_mean(target, counted)
    chances = sum(phi((model.mean + q * doubt - needed) / spread) for q in T3_QUANTILES)
    return FLOOR + (1.0 - 2.0 * FLOOR) * chances / len(T3_QUANTILES)


def needed_mean(target: float, counted: Counted) -> float:
    """The mean that the posts still to come need, so that the mean of all counted ones is `target`."""
    return (target * (counted.done + counted.left) - counted.done_sum) / counted.left


def mean_band(values: Sequence[float], counted: Counted) -> tuple[float, float, float] | None:
    """The 80 % band (low, expected, high) of the mean of all counted posts; None with fewer than 7."""
    if len(values) < MIN_POSTS:
        return None
    model = fit_posts(values)
    posts = counted.done + counted.left
    middle = (counted.done_sum + counted.left * model.mean) / posts
    half = BAND_Z * sqrt(model.noise / counted.left + BAND_DOUBT * model.doubt) * counted.left / posts
    return middle - half, middle, middle + half
