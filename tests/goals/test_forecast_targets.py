"""The targets that a history allows, and the facts of its pace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.forecast import (
    BestMonth,
    Counted,
    best_month,
    mean_facts,
    mean_probability,
    mean_targets,
    pace_facts,
    probability,
    targets,
)

FIRST = date(2026, 8, 1)
LEVELS = (0.8, 0.5, 0.2)
steps = st.lists(st.integers(-50, 80), min_size=7, max_size=100)
History = list[tuple[date, float]]


def _history(moves: list[int], start: float = 1000.0) -> History:
    values = [start]
    for move in moves:
        values.append(values[-1] + move)
    return [(FIRST + timedelta(days=i), value) for i, value in enumerate(values)]


@given(steps, st.integers(1, 90))
def test_each_target_is_the_last_whole_number_with_its_chance(moves: list[int], days: int) -> None:
    history = _history(moves)
    deadline = history[-1][0] + timedelta(days=days)
    offered = targets(history, deadline)
    assert offered is not None
    assert history[-1][1] <= offered.safe <= offered.even <= offered.bold
    for target, level in zip(offered, LEVELS, strict=True):
        at, over = (probability(history, goal, deadline) for goal in (target, target + 1))
        assert at is not None
        assert over is not None
        assert target == int(target)
        assert over < level <= at


@given(st.lists(st.floats(0, 9_000), min_size=7, max_size=60), st.integers(1, 90))
def test_targets_of_sums_of_money_are_round_and_near_their_chance(sums: list[float], days: int) -> None:
    history = _history([0])
    for amount in sums:
        history.append((history[-1][0] + timedelta(days=1), history[-1][1] + amount))
    deadline = history[-1][0] + timedelta(days=days)
    offered = targets(history, deadline, whole=False)
    assert offered is not None
    assert offered.safe <= offered.even <= offered.bold
    for target, level in zip(offered, LEVELS, strict=True):
        chance = probability(history, target, deadline, whole=False)
        assert chance is not None
        assert chance >= level
        if target > history[-1][1]:
            assert chance < level + 0.02


@given(steps, st.integers(1, 90))
def test_the_targets_of_a_falling_goal_are_the_mirror_and_stop_at_zero(moves: list[int], days: int) -> None:
    growing = _history(moves, start=0.0)
    deadline = growing[-1][0] + timedelta(days=days)
    high = 10_000.0 + sum(abs(move) for move in moves)
    falling = [(day, high - value) for day, value in growing]
    up, down = targets(growing, deadline), targets(falling, deadline, falling=True)
    assert up is not None
    assert down is not None
    assert down == tuple(max(0.0, high - target) for target in up)


def test_where_the_pace_allows_each_target_is_a_step_or_more_and_otherwise_none() -> None:
    month = FIRST + timedelta(days=60)
    growing = _history([3, 5, 4] * 10)
    fading = _history([-9, -8, -10] * 10)
    assert min(targets(growing, month) or ()) >= growing[-1][1] + 1
    assert targets(fading, month) == (fading[-1][1],) * 3


def test_there_is_nothing_to_offer_without_history_or_days_left() -> None:
    history = _history([5] * 20)
    assert targets(_history([5] * 6), FIRST + timedelta(days=90)) is None
    assert targets([], FIRST, falling=True) is None
    assert targets(history, history[-1][0]) is None


@given(
    st.lists(st.floats(0, 50_000), min_size=7, max_size=60),
    st.integers(0, 30),
    st.floats(1, 60),
    st.booleans(),
)
def test_the_means_to_offer_are_ordered_and_near_their_chance(
    values: list[float], done: int, left: float, falling: bool
) -> None:
    counted = Counted(min(done, len(values)), sum(values[len(values) - min(done, len(values)) :]), left)
    offered = mean_targets(values, counted, falling=falling)
    assert offered is not None
    assert list(offered) == sorted(offered, reverse=falling)
    sign = -1 if falling else 1
    turned = counted._replace(done_sum=sign * counted.done_sum)
    for target, level in zip(offered, LEVELS, strict=True):
        chance = mean_probability([sign * value for value in values], sign * target, turned)
        assert chance is not None
        if target > 0:
            assert chance == pytest.approx(level, abs=0.02)


def test_too_few_posts_offer_nothing() -> None:
    assert mean_targets([5.0] * 6, Counted(0, 0.0, 4)) is None
    assert mean_targets([], Counted(0, 0.0, 4), falling=True) is None


def test_the_pace_now_beside_the_pace_needed() -> None:
    history = _history([7] * 40)
    today = history[-1][0]
    facts = pace_facts(history, history[-1][1] + 300, today, today + timedelta(days=7), today)
    assert facts.now == pytest.approx(7)
    assert facts.needed == pytest.approx(300 / 8)
    assert (facts.known, facts.missing, facts.tells_from, facts.little) == (40, 0, today, False)
    met = pace_facts(history, history[-1][1], today, today, today)
    assert met.needed == 0
    assert pace_facts(history, None, today, None, today).needed is None
    falling = pace_facts(history, history[-1][1] - 80, today, today + timedelta(days=7), today, falling=True)
    assert falling.needed == -10


@pytest.mark.parametrize(
    ("changes", "days_ago", "missing", "wait", "little"),
    [(4, 0, 3, 3, False), (4, 2, 3, 1, False), (4, 9, 3, 0, False), (7, 0, 0, 0, True), (13, 0, 0, 0, True)],
)
def test_a_short_history_says_from_which_day_it_can_tell(
    changes: int, days_ago: int, missing: int, wait: int, little: bool
) -> None:
    history = _history([5] * changes)
    today = history[-1][0] + timedelta(days=days_ago)
    facts = pace_facts(history, 1100, today, today + timedelta(days=30), today)
    assert (facts.known, facts.missing, facts.little) == (changes, missing, little)
    assert facts.tells_from == today + timedelta(days=wait)
    assert facts.tells_from is not None
    if missing:
        assert (
            probability([*history, (facts.tells_from, 1050.0)], 1100, today + timedelta(days=30)) is not None
        )


def test_without_any_reading_a_week_of_them_is_missing() -> None:
    facts = pace_facts([], 1100, FIRST, FIRST + timedelta(days=30), FIRST)
    assert (facts.now, facts.needed, facts.best_month, facts.missing) == (None, None, None, 7)
    assert facts.tells_from == FIRST + timedelta(days=7)


def test_the_best_month_is_the_largest_gain_of_any_thirty_days() -> None:
    history = _history([1] * 20 + [9] * 30 + [2] * 30)
    assert best_month(history) == BestMonth(270, FIRST + timedelta(days=21), FIRST + timedelta(days=50))
    fallen = best_month(history, falling=True)
    assert fallen is not None
    assert fallen.gain == 60
    assert best_month(_history([5] * 29)) is None
    assert best_month([]) is None


def test_the_best_month_of_readings_far_apart_moves_evenly_between_them() -> None:
    history = [(FIRST + timedelta(days=days), value) for days, value in ((0, 0.0), (20, 20.0), (60, 220.0))]
    assert best_month(history) == BestMonth(150, FIRST + timedelta(days=31), FIRST + timedelta(days=60))


@given(steps, st.integers(1, 9))
def test_no_thirty_days_beat_the_best_month(moves: list[int], every: int) -> None:
    history = [(FIRST + timedelta(days=every * i), value) for i, (_, value) in enumerate(_history(moves))]
    best = best_month(history)
    known = dict(history)
    pairs = [(day, day + timedelta(days=30)) for day in known if day + timedelta(days=30) in known]
    for start, end in pairs:
        assert best is not None
        assert best.gain >= known[end] - known[start] - 1e-9


def test_the_mean_now_beside_the_mean_needed() -> None:
    today = FIRST + timedelta(days=27)
    days = [FIRST + timedelta(days=i) for i in range(0, 28, 2)]
    facts = mean_facts([900.0] * 14, days, 1000, Counted(4, 3600.0, 6.0), today)
    assert facts.now == pytest.approx(900)
    assert facts.needed == pytest.approx((1000 * 10 - 3600) / 6)
    assert (facts.known, facts.missing, facts.tells_from, facts.little) == (14, 0, today, False)
    young = mean_facts([900.0] * 4, days[-4:], 1000, None, today)
    assert (young.needed, young.known, young.missing) == (None, 4, 3)
    assert young.tells_from == today + timedelta(days=6)
    assert mean_facts([], [], 1000, None, today).tells_from is None
