"""The chance of a mean per post: its rules, and its score on the posts of real channels."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.forecast import FLOOR, Counted, mean_band, mean_probability, posts_left
from goals.measure import RECENT_POSTS

TODAY = date(2026, 11, 23)
figures = st.lists(st.floats(0, 1e5), min_size=7, max_size=200)
counts = st.builds(Counted, st.integers(0, 50), st.floats(0, 1e6), st.floats(1, 100))


@given(figures, counts, st.floats(0, 1e5), st.floats(0, 1e5))
def test_a_higher_mean_is_never_likelier(
    values: list[float], counted: Counted, target: float, more: float
) -> None:
    near = mean_probability(values, target, counted)
    far = mean_probability(values, target + more, counted)
    assert near is not None
    assert far is not None
    assert FLOOR <= far <= near + 1e-9 <= 1 - FLOOR + 2e-9


@given(figures, counts, st.floats(0, 1e5), st.floats(0, 1e5))
def test_better_posts_done_never_lower_the_chance(
    values: list[float], counted: Counted, target: float, more: float
) -> None:
    before = mean_probability(values, target, counted)
    after = mean_probability(values, target, counted._replace(done_sum=counted.done_sum + more))
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9


@given(figures, counts, st.floats(1, 1e5))
def test_the_scale_does_not_matter(values: list[float], counted: Counted, target: float) -> None:
    large = mean_probability(
        [10 * value for value in values], 10 * target, counted._replace(done_sum=10 * counted.done_sum)
    )
    assert large == pytest.approx(mean_probability(values, target, counted), abs=0.03)


@given(figures, counts)
def test_the_band_holds_the_expected_mean_and_narrows_as_posts_are_done(
    values: list[float], counted: Counted
) -> None:
    ends = mean_band(values, counted)
    fresh = mean_band(values, Counted(0, 0.0, counted.left))
    assert ends is not None
    assert fresh is not None
    assert ends[0] <= ends[1] <= ends[2]
    assert ends[2] - ends[0] <= fresh[2] - fresh[0] + 1e-6


def test_fewer_than_seven_posts_give_none_and_seven_equal_ones_a_number() -> None:
    counted = Counted(2, 10.0, 5.0)
    assert mean_probability([5.0] * 6, 5.5, counted) is None
    assert mean_band([5.0] * 6, counted) is None
    likely, unlikely = (mean_probability([5.0] * 7, target, counted) for target in (4.0, 6.0))
    assert likely is not None
    assert unlikely is not None
    assert unlikely < 0.2 < 0.8 < likely
    assert mean_probability([0.0] * 7, 1.0, Counted(0, 0.0, 5.0)) == pytest.approx(FLOOR)


def test_newer_posts_count_more() -> None:
    rising = [100.0] * 30 + [200.0] * 30
    up = mean_probability(rising, 150, Counted(0, 0.0, 10.0))
    down = mean_probability(rising[::-1], 150, Counted(0, 0.0, 10.0))
    assert up is not None
    assert down is not None
    assert down < 0.5 < up


def test_posts_left_go_by_the_rate_of_the_last_four_weeks() -> None:
    every_second = [TODAY - timedelta(days=days) for days in range(60, -1, -2)]
    end = TODAY + timedelta(days=10)
    assert posts_left(every_second, TODAY, TODAY, end) == pytest.approx(5)
    assert posts_left(every_second, TODAY, TODAY + timedelta(days=7), end) == pytest.approx(2)
    assert posts_left(every_second, TODAY, TODAY, TODAY) == 1
    assert posts_left([], TODAY, TODAY, end) == 1
    assert posts_left([TODAY] * 7, TODAY, TODAY, end) == pytest.approx(10)


class _Asked(NamedTuple):
    """A goal on a mean, asked on a day: all posts known, those that count, and how it ended."""

    values: list[float]
    counted: Counted
    target: float
    ended: float


def _channels(shared_dir: Path, metric: str) -> dict[str, list[tuple[date, float]]]:
    """Channel -> (day, figure) of its posts, oldest first; channels with 30 posts or more."""
    channels: dict[str, list[tuple[datetime, float]]] = defaultdict(list)
    with (shared_dir / "data" / "telegram_channels" / "posts.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            views, reactions = float(row["views"]), float(row["reactions"])
            figure = views if metric == "views" else 100 * reactions / views
            channels[row["channel"]].append((datetime.fromisoformat(row["published_at"]), figure))
    return {
        name: [(moment.date(), figure) for moment, figure in sorted(posts)]
        for name, posts in sorted(channels.items())
        if len(posts) >= 30
    }


def _asked(posts: list[tuple[date, float]], dice: random.Random) -> _Asked | None:
    """One goal: 0.7 to 1.3 times the mean of the last 20 posts, over 14, 30 or 60 days."""
    length, share = dice.choice((14, 30, 60)), dice.choice((0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3))
    gone = dice.choice((0.0, 0.0, 0.0, 0.25, 0.5, 0.75))
    room = (posts[-1][0] - posts[0][0]).days - length
    if room < 1:
        return None
    eve = posts[0][0] + timedelta(days=dice.randrange(room))
    today, end = eve + timedelta(days=round(gone * length)), eve + timedelta(days=length)
    before = [figure for day, figure in posts if day <= eve]
    done = [figure for day, figure in posts if eve < day <= today]
    rest = [figure for day, figure in posts if today < day <= end]
    if len(before) < 7 or not rest:
        return None
    days = [day for day, _ in posts if day <= today]
    left = posts_left(days, today, eve + timedelta(days=1), end)
    target = share * fmean(before[-RECENT_POSTS:])
    return _Asked([*before, *done], Counted(len(done), sum(done), left), target, fmean([*done, *rest]))


def _goals(shared_dir: Path, metric: str) -> Iterator[_Asked]:
    for name, posts in _channels(shared_dir, metric).items():
        dice = random.Random(f"20261123:{name}")
        found = (_asked(posts, dice) for _ in range(94 * 60))
        yield from [goal for _, goal in zip(range(94), (goal for goal in found if goal), strict=False)]


@pytest.mark.parametrize(
    ("metric", "brier", "ece", "covers"),
    [("views", 0.115, 0.075, (0.72, 0.85)), ("engagement_rate", 0.165, 0.05, (0.75, 0.87))],
)
def test_the_score_on_the_posts_of_real_channels(
    shared_dir: Path, metric: str, brier: float, ece: float, covers: tuple[float, float]
) -> None:
    """Brier, ECE and the cover of the 80 % band on some 2,070 goals of 22 channels (base rate: 0.25)."""
    told: list[tuple[float, bool]] = []
    covered = []
    for goal in _goals(shared_dir, metric):
        chance, ends = (
            mean_probability(goal.values, goal.target, goal.counted),
            mean_band(goal.values, goal.counted),
        )
        assert chance is not None
        assert ends is not None
        told.append((chance, goal.ended >= goal.target))
        covered.append(ends[0] <= goal.ended <= ends[2])
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, met in told:
        bins[int(chance * 10)].append((chance, met))
    assert len(told) > 2000
    assert fmean((chance - met) ** 2 for chance, met in told) <= brier
    apart = sum(abs(sum(chance - met for chance, met in bin_)) for bin_ in bins.values())
    assert apart / len(told) <= ece
    assert covers[0] <= fmean(covered) <= covers[1]
