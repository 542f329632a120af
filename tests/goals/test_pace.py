"""Progress, expectation, safe days and what today asks, for each kind of goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.facts import DayValue, Facts, PostValue
from goals.measure import measure_of
from goals.metrics import CATALOGUE, METRICS, Nature
from goals.model import GoalKind, GoalStatus, Period, PostState
from goals.pace import PROGRESS, pace_of, period_of, streak_of, target_of
from goals.workcalendar import EVERYDAY, WorkCalendar
from tests.goals.build import DEADLINE, START, TODAY, goal, judge, levels, noon, published

WEEKEND = date(2026, 11, 21)
figures = st.floats(-1e6, 1e6).map(lambda x: round(x, 2))


def test_the_designs_vk_goal() -> None:
    """«ВК: +300 подписчиков до 30.11: +212, отстаём 1 день, нужно 11 в день»."""
    pace = pace_of(goal(baseline=4812), levels([4812, 5024]), EVERYDAY, TODAY)
    assert pace.target == 5112
    assert pace.progress == pytest.approx(212 / 300)
    assert pace.expected == pytest.approx(22 / 30)
    assert pace.safe_days == -1
    assert pace.needed_per_day == pytest.approx(11)


def test_the_designs_income_goal() -> None:
    """«Доход 120 000 ₽ до 30.11: 81 тыс., отстаём 2 дня, нужно 4 875 в день»."""
    facts = Facts(days=(DayValue(START, 41_000), DayValue(TODAY, 40_000)), as_of=noon(TODAY))
    pace = pace_of(goal("income", GoalKind.TOTAL_IN_PERIOD, 120_000), facts, EVERYDAY, TODAY)
    assert pace.current == 81_000
    assert pace.safe_days == -2
    assert pace.needed_per_day == pytest.approx(4875)


def test_content_is_paced_by_working_days_and_due_in_whole_pieces() -> None:
    """«Старая партия: 12 постов: 3/12, сегодня 2»: nine posts in six working days."""
    facts = published([date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)])
    pace = pace_of(goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None), facts, EVERYDAY, TODAY)
    assert pace.progress == pytest.approx(0.25)
    assert pace.expected == pytest.approx(15 / 21)
    assert pace.needed_per_day == pytest.approx(9 / 6)
    assert pace.due_today == 2


def test_what_was_published_today_is_taken_off_what_is_due() -> None:
    before = published([date(2026, 11, 3)])
    after = published([date(2026, 11, 3), TODAY])
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 7, baseline=None)
    assert pace_of(subject, before, EVERYDAY, TODAY).due_today == 1
    assert pace_of(subject, after, EVERYDAY, TODAY).due_today == 0


def test_behind_on_friday_asks_no_work_on_saturday() -> None:
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None)
    assert pace_of(subject, published([]), EVERYDAY, WEEKEND).due_today == 0
    working = WorkCalendar.of(working=[WEEKEND])
    assert pace_of(subject, published([]), working, WEEKEND).due_today == 2


def test_planned_posts_are_counted_apart() -> None:
    facts = Facts(posts=(PostValue(TODAY, PostState.PLANNED, None),), as_of=noon(TODAY))
    pace = pace_of(goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None), facts, EVERYDAY, TODAY)
    assert (pace.current, pace.planned_today) == (0, 1)


def test_deleted_posts_do_not_count() -> None:
    facts = Facts(posts=(PostValue(TODAY, PostState.DELETED, 1.0),), as_of=noon(TODAY))
    pace = pace_of(goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None), facts, EVERYDAY, TODAY)
    assert pace.current == 0


@pytest.mark.parametrize(
    ("metric", "kind", "amount", "baseline", "facts", "progress"),
    [
        ("audience", GoalKind.REACH_LEVEL, 1500, 1000.0, levels([1000, 1250]), 0.5),
        ("audience", GoalKind.GAIN, 300, 1000.0, levels([1000, 970]), -0.1),
        ("audience", GoalKind.GAIN_PERCENT, 50, 1000.0, levels([1000, 1600]), 1.2),
        ("audience", GoalKind.REACH_LEVEL, 500, 1000.0, levels([1000, 750]), 1.0),
        ("audience", GoalKind.REACH_LEVEL, 500, 1000.0, levels([1000, 400]), 0.8),
        ("cost_per_lead", GoalKind.REACH_LEVEL, 300, 500.0, levels([500] + [400] * 7), 0.5),
        ("cost_per_lead", GoalKind.GAIN_PERCENT, -60, 500.0, levels([500] + [350] * 7), 0.5),
        ("leads", GoalKind.TOTAL_IN_PERIOD, 30, None, levels([5, 10]), 0.5),
        ("leads", GoalKind.GAIN, 30, None, levels([5, 10]), 0.5),
        ("sales", GoalKind.GAIN_PERCENT, 20, 25.0, levels([5, 10]), 0.5),
        ("sales", GoalKind.GAIN_PERCENT, 20, None, levels([5, 10]), None),
        ("hours", GoalKind.TOTAL_IN_PERIOD, 30, None, levels([5, 10]), 0.5),
        ("reach", GoalKind.AVERAGE, 400, None, levels([200, 400, 5]), 0.75),
        ("reply_time", GoalKind.AVERAGE, 10, None, levels([20, 20]), 0.5),
        ("views", GoalKind.AVERAGE, 100, None, published([TODAY, TODAY], 80), 0.8),
        ("views", GoalKind.TOTAL_IN_PERIOD, 200, None, published([TODAY, TODAY], 80), 0.8),
        ("engagement_rate", GoalKind.AVERAGE, 5, None, published([TODAY], 4), 0.8),
        ("reach", GoalKind.GAIN_PERCENT, 100, 100.0, levels([150] * 7 + [9]), 0.5),
    ],
)
def test_progress_of_each_kind(
    metric: str, kind: GoalKind, amount: float, baseline: float | None, facts: Facts, progress: float | None
) -> None:
    subject = goal(metric, kind, amount, baseline=baseline)
    found = pace_of(subject, facts, EVERYDAY, TODAY).progress
    assert found == (None if progress is None else pytest.approx(progress))


def test_a_rate_counts_whole_weeks_and_the_running_one_once_it_is_met() -> None:
    first_weeks = [date(2026, 11, d) for d in (2, 4, 6, 9, 11)]
    subject = goal("posts", GoalKind.KEEP_RATE, 3, period=Period.WEEK, deadline=None, baseline=None)
    pace = pace_of(subject, published(first_weeks), EVERYDAY, TODAY)
    assert pace.progress == pytest.approx(1 / 3)
    this_week = [*first_weeks, *[TODAY] * 3]
    assert pace_of(subject, published(this_week), EVERYDAY, TODAY).progress == pytest.approx(2 / 4)


@pytest.mark.parametrize("later", [0, 1, 4, 5, 30])
def test_a_part_of_a_week_before_the_deadline_decides_nothing(later: int) -> None:
    wednesday = date(2026, 11, 18)
    subject = goal("posts", GoalKind.KEEP_RATE, 2, period=Period.WEEK, deadline=wednesday, baseline=None)
    kept = [date(2026, 11, d) for d in (2, 3, 9, 10, 17)]
    verdict = judge(subject, published(kept), today=wednesday + timedelta(days=1 + later))
    assert verdict.status is GoalStatus.MET
    assert verdict.progress == pytest.approx(1.0)


@pytest.mark.parametrize(("made", "status"), [(2, GoalStatus.MET), (1, GoalStatus.MISSED)])
def test_a_rate_too_short_for_a_whole_week_is_one_period(made: int, status: GoalStatus) -> None:
    tuesday, friday = date(2026, 11, 10), date(2026, 11, 13)
    subject = goal(
        "posts", GoalKind.KEEP_RATE, 2, period=Period.WEEK, start=tuesday, deadline=friday, baseline=None
    )
    assert judge(subject, published([tuesday] * made), today=date(2026, 11, 20)).status is status


def test_a_week_without_a_post_is_held_against_a_rate_of_views() -> None:
    subject = goal("views", GoalKind.KEEP_RATE, 100, period=Period.WEEK, deadline=None, baseline=None)
    silent = published([date(2026, 11, 3)], 120)
    assert pace_of(subject, silent, EVERYDAY, TODAY).progress == pytest.approx(1 / 3)
    unread = replace(silent, as_of=None)
    assert pace_of(subject, unread, EVERYDAY, TODAY).progress == pytest.approx(1.0)


def test_posts_whose_figures_are_not_known_are_not_zero_views() -> None:
    subject = goal("views", GoalKind.TOTAL_IN_PERIOD, 100, baseline=None)
    assert pace_of(subject, published([TODAY], None), EVERYDAY, TODAY).current is None
    assert pace_of(subject, published([]), EVERYDAY, TODAY).current == 0.0


def test_a_week_without_a_working_day_is_not_held_against_a_rate() -> None:
    off = WorkCalendar.of(free=[date(2026, 11, d) for d in range(9, 14)])
    kept = [date(2026, 11, d) for d in (2, 3, 4, 16, 17, 18)]
    subject = goal("posts", GoalKind.KEEP_RATE, 3, period=Period.WEEK, deadline=None, baseline=None)
    assert pace_of(subject, published(kept), off, TODAY).progress == pytest.approx(1.0)


def test_reach_of_days_never_adds_up() -> None:
    pace = pace_of(goal("reach", GoalKind.TOTAL_IN_PERIOD, 10_000), levels([500] * 20), EVERYDAY, TODAY)
    assert pace.current is None
    assert pace.progress is None


def test_every_metric_goes_with_every_kind_but_where_it_makes_no_sense() -> None:
    """No total of what does not add up, no mean of pieces, no way down to a sum that must stay small."""
    missing = {(m.nature, kind) for m in CATALOGUE for kind in GoalKind if measure_of(m, kind) is None}
    moves = (GoalKind.REACH_LEVEL, GoalKind.GAIN, GoalKind.GAIN_PERCENT)
    assert missing == {
        *((nature, GoalKind.TOTAL_IN_PERIOD) for nature in (Nature.LEVEL, Nature.FLOW, Nature.RATIO)),
        (Nature.CONTENT, GoalKind.AVERAGE),
        *((Nature.TOTAL, kind) for kind in moves),
    }
    assert all(measure_of(METRICS["hours"], kind) is None for kind in moves)
    assert all(measure_of(METRICS["sales"], kind) is not None for kind in moves)
    assert set(PROGRESS) == set(GoalKind)


def test_names_in_the_catalogue_are_unique() -> None:
    assert len(METRICS) == len(CATALOGUE)


@given(start=figures, target=figures, current=figures)
def test_moving_goals_measure_the_way_from_the_start(start: float, target: float, current: float) -> None:
    subject = goal("audience", GoalKind.REACH_LEVEL, target, baseline=start)
    progress = pace_of(subject, levels([current]), EVERYDAY, TODAY).progress
    if target > start:
        assert progress is not None
        assert progress * (target - start) == pytest.approx(current - start, abs=1e-3)
    elif current >= target:
        assert progress == 1


@given(figures, figures, st.dates(START, DEADLINE))
def test_nobody_is_further_behind_than_days_have_passed(start: float, current: float, today: date) -> None:
    subject = goal("audience", GoalKind.GAIN, 10, baseline=start)
    safe = pace_of(subject, levels([current], today), EVERYDAY, today).safe_days
    assert safe is not None
    assert -max(1, (today - START).days) <= safe <= (DEADLINE - today).days + 1


def test_a_mean_leaves_today_out_which_is_not_over() -> None:
    subject = goal("reach", GoalKind.AVERAGE, 900, baseline=None)
    assert pace_of(subject, levels([1000, 1000, 10]), EVERYDAY, TODAY).current == 1000
    after = pace_of(subject, levels([1000, 1000, 10]), EVERYDAY, TODAY + timedelta(days=1))
    assert after.current == 670


@given(st.dates(START, DEADLINE), st.dates(START, DEADLINE))
def test_what_is_expected_never_falls_and_stays_within_the_whole(one: date, two: date) -> None:
    early, late = sorted((one, two))
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None)
    for metric_goal in (subject, goal()):
        facts = published([]) if metric_goal is subject else levels([4812])
        a = pace_of(metric_goal, facts, EVERYDAY, early).expected
        b = pace_of(metric_goal, facts, EVERYDAY, late).expected
        assert a is not None
        assert b is not None
        assert 0 <= a <= b <= 1


@given(st.integers(0, 40), st.dates(START, DEADLINE))
def test_doing_what_is_needed_each_day_left_reaches_the_target(done: int, today: date) -> None:
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 30, baseline=None)
    pace = pace_of(subject, published([START] * done), EVERYDAY, today)
    left = EVERYDAY.count(today, DEADLINE + timedelta(days=1))
    if pace.needed_per_day is not None:
        assert done + pace.needed_per_day * left >= 30 - 1e-9
    else:
        assert left == 0


@given(st.integers(0, 40), st.integers(0, 40), st.dates(START, DEADLINE))
def test_more_done_is_never_further_behind(a: int, b: int, today: date) -> None:
    less, more = sorted((a, b))
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 30, baseline=None)
    behind = pace_of(subject, published([START] * less), EVERYDAY, today)
    ahead = pace_of(subject, published([START] * more), EVERYDAY, today)
    assert (behind.safe_days or 0) <= (ahead.safe_days or 0)
    assert (behind.progress or 0) <= (ahead.progress or 0)


@given(st.sampled_from(Period), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_periods_tile_the_calendar(period: Period, day: date) -> None:
    first, last = period_of(period, day)
    assert first <= day <= last
    assert period_of(period, last + timedelta(days=1))[0] == last + timedelta(days=1)
    assert period_of(period, first) == (first, last)


def test_targets() -> None:
    assert target_of(goal(amount=300, baseline=4812)) == 5112
    assert target_of(goal(kind=GoalKind.GAIN_PERCENT, amount=-60, baseline=100)) == pytest.approx(40)
    assert target_of(goal(amount=300, baseline=None)) is None
    assert target_of(goal(amount=None)) is None


def test_a_missing_figure_is_not_zero() -> None:
    verdict = judge(goal(), Facts(as_of=noon(TODAY)))
    assert verdict.current is None
    assert verdict.progress is None


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("ahead", [1, 8])
def test_a_rate_asks_for_nothing_before_its_start(period: Period, ahead: int) -> None:
    start = TODAY + timedelta(days=ahead)
    subject = goal(
        "posts", GoalKind.KEEP_RATE, 21, period=period, start=start, deadline=start + timedelta(days=90)
    )
    pace = pace_of(subject, published([TODAY]), EVERYDAY, TODAY)
    assert (pace.current, pace.safe_days, pace.due_today) == (0, 0, 0)


@pytest.mark.parametrize(
    ("kept", "streak"),
    [([], 0), ([False], 0), ([True, True], 2), ([True, False, True], 1), ([True, False], 0)],
)
def test_a_streak_is_what_was_kept_in_a_row_up_to_now(kept: list[bool], streak: int) -> None:
    assert streak_of(kept) == streak
