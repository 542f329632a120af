"""The outlook of a goal: what its chance is told from, and what may be offered before it is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.facts import Facts, PostValue
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus, Period, PostState
from goals.outlook import attainability, is_rough, outlook
from tests.goals.build import DEADLINE, START, TODAY, goal, judge, levels, published

GROWING = [4000.0 + 10 * i for i in range(83)]


def _posts(values: list[float], last: date = TODAY) -> Facts:
    """A post a day with these figures, the newest on `last`."""
    first = last - timedelta(days=len(values) - 1)
    posts = [PostValue(first + timedelta(days=i), PostState.PUBLISHED, v) for i, v in enumerate(values)]
    return Facts(posts=tuple(posts))


@pytest.mark.parametrize("metric", ["views", "likes", "engagement_rate"])
def test_an_average_per_post_has_a_chance_and_a_band(metric: str) -> None:
    facts = published([TODAY - timedelta(days=days) for days in range(60)], 5.0)
    near, far = (judge(goal(metric, GoalKind.AVERAGE, amount, baseline=None), facts) for amount in (4, 6))
    assert near.chance is not None
    assert far.chance is not None
    assert far.chance < 0.1 < 0.9 < near.chance
    assert near.band_low is not None
    assert near.band_high is not None
    assert near.band_low < 5 < near.band_high
    assert (near.status, far.status) == (GoalStatus.ON_TRACK, GoalStatus.UNLIKELY)


def test_posts_done_in_the_period_stand_fast() -> None:
    """With 23 of about 30 posts done, the mean can hardly move; with none it can."""
    done = _posts([4.0, 6.0] * 30)
    late = outlook(goal("views", GoalKind.AVERAGE, 5.5, baseline=None), done, TODAY)
    fresh = outlook(
        goal("views", GoalKind.AVERAGE, 5.5, start=TODAY, deadline=TODAY + timedelta(days=29), baseline=None),
        done,
        TODAY,
    )
    assert late.chance is not None
    assert fresh.chance is not None
    assert late.chance < fresh.chance
    assert late.band is not None
    assert fresh.band is not None
    assert late.band[1] - late.band[0] < fresh.band[1] - fresh.band[0]


def test_fewer_than_seven_posts_give_no_chance() -> None:
    subject = goal("views", GoalKind.AVERAGE, 5, baseline=None)
    assert outlook(subject, _posts([5.0] * 6), TODAY) == (None, None)
    unknown = Facts(posts=tuple(PostValue(TODAY, PostState.PUBLISHED, None) for _ in range(9)))
    assert outlook(subject, unknown, TODAY) == (None, None)


def test_a_level_of_posts_counts_the_newest_on_the_deadline() -> None:
    """A post a week leaves most of the newest twenty as they are; a post a day replaces many of them."""
    seldom = Facts(
        posts=tuple(
            PostValue(TODAY - timedelta(days=7 * weeks), PostState.PUBLISHED, 100.0 + weeks % 2)
            for weeks in range(30, -1, -1)
        )
    )
    subject = goal("views", GoalKind.REACH_LEVEL, 105, baseline=90)
    often = _posts([100.0, 101.0] * 20)
    rare_band, frequent_band = (outlook(subject, facts, TODAY).band for facts in (seldom, often))
    assert rare_band is not None
    assert frequent_band is not None
    assert rare_band[1] - rare_band[0] < frequent_band[1] - frequent_band[0]


def test_a_mean_of_which_less_is_better_is_mirrored() -> None:
    facts = levels([28.0, 32.0] * 20)
    easy, hard = (goal("reply_time", GoalKind.AVERAGE, amount, baseline=None) for amount in (35, 25))
    likely, unlikely = outlook(easy, facts, TODAY), outlook(hard, facts, TODAY)
    assert likely.chance is not None
    assert unlikely.chance is not None
    assert unlikely.chance < 0.1 < 0.9 < likely.chance
    assert likely.band is not None
    assert likely.band[0] < 30 < likely.band[1]
    offered = attainability(easy, facts, TODAY)
    assert offered is not None
    assert offered.targets is not None
    assert offered.targets.safe > 30 > offered.targets.bold


@pytest.mark.parametrize(
    ("metric", "kind"),
    [
        ("posts", GoalKind.TOTAL_IN_PERIOD),
        ("reach", GoalKind.AVERAGE),
        ("audience", GoalKind.AVERAGE),
        ("income", GoalKind.KEEP_RATE),
        ("hours", GoalKind.TOTAL_IN_PERIOD),
        ("views", GoalKind.TOTAL_IN_PERIOD),
        ("reply_time", GoalKind.REACH_LEVEL),
    ],
)
def test_what_has_no_chance(metric: str, kind: GoalKind) -> None:
    subject = goal(metric, kind, 12, period=Period.WEEK)
    facts = Facts(days=levels(GROWING).days, posts=_posts(GROWING).posts)
    assert outlook(subject, facts, TODAY) == (None, None)
    assert attainability(subject, facts, TODAY) is None


def test_a_gain_again_and_again_is_judged_by_one_period() -> None:
    found = attainability(
        goal(kind=GoalKind.KEEP_RATE, amount=50, period=Period.WEEK, deadline=None),
        levels([4000.0 + 7 * day for day in range(90)]),
        TODAY,
    )
    assert found is not None
    assert found.amounts is not None
    assert found.pace.needed is not None
    assert found.each is Period.WEEK
    assert found.outlook.chance is not None
    assert found.outlook.chance < 0.5
    assert round(found.pace.needed, 2) == 7.14
    assert found.amounts.safe <= found.amounts.even <= found.amounts.bold < 70


def test_a_goal_that_comes_down_is_rough() -> None:
    assert is_rough(goal(amount=-50))
    assert is_rough(goal("cost_per_lead", GoalKind.AVERAGE, 300))
    assert not is_rough(goal())


def test_a_met_goal_is_certain_to_stand() -> None:
    assert outlook(goal(amount=5), levels(GROWING), TODAY).chance == 1


def test_attainability_says_the_pace_and_offers_amounts() -> None:
    subject = goal(baseline=4810, amount=38 * 8)
    found = attainability(subject, levels([4000.0 + 10 * i for i in range(82)]), TODAY)
    assert found is not None
    assert found.outlook.chance is not None
    assert found.pace.now == pytest.approx(10)
    assert found.pace.needed == pytest.approx(38)
    assert found.pace.best_month is not None
    assert found.pace.best_month.gain == pytest.approx(300)
    assert found.targets is not None
    assert found.amounts == tuple(target - 4810 for target in found.targets)
    assert found.amounts.safe < 70 < found.amounts.bold
    assert (found.per_post, found.rough) == (False, False)


def test_attainability_needs_neither_amount_nor_deadline() -> None:
    facts = levels(GROWING)
    wish = attainability(goal(amount=None), facts, TODAY)
    assert wish is not None
    assert (wish.outlook.chance, wish.pace.needed) == (None, None)
    assert wish.targets is not None
    endless = attainability(goal(deadline=None), facts, TODAY)
    assert endless is not None
    assert (endless.outlook, endless.targets) == ((None, None), None)
    assert endless.pace.now is not None
    unset = attainability(goal(baseline=None), facts, TODAY)
    assert unset is not None
    assert unset.targets is not None
    assert unset.amounts is None
    mean = attainability(goal("views", GoalKind.AVERAGE, deadline=None), _posts([5.0] * 9), TODAY)
    assert mean is not None
    assert (mean.targets, mean.per_post, mean.pace.now) == (None, True, 5)


def test_amounts_of_a_percentage_and_of_a_total() -> None:
    percent = attainability(goal(kind=GoalKind.GAIN_PERCENT, amount=5, baseline=4000), levels(GROWING), TODAY)
    assert percent is not None
    assert percent.targets is not None
    assert percent.amounts is not None
    assert percent.amounts.even == pytest.approx(100 * (percent.targets.even - 4000) / 4000)
    leads = attainability(goal("leads", GoalKind.GAIN, 115, baseline=None), levels([4.0] * 60), TODAY)
    assert leads is not None
    assert leads.amounts == leads.targets
    assert leads.amounts is not None
    assert leads.amounts.safe < 120 < leads.amounts.bold + 5


@pytest.mark.parametrize(
    ("metric", "kind"), [("audience", GoalKind.GAIN), ("leads", GoalKind.TOTAL_IN_PERIOD)]
)
def test_a_goal_of_next_month_has_only_the_days_of_next_month(metric: str, kind: GoalKind) -> None:
    """What is gained between today and the start counts for nothing: a later start changes nothing."""
    values = [4812.0 + 9 * i for i in range(80)] if metric == "audience" else [7.0, 9.0, 8.0] * 20
    facts = levels(values)
    baseline = values[-1] if metric == "audience" else None
    now = goal(metric, kind, 240, baseline=baseline, start=TODAY + timedelta(days=1))
    soon = replace(now, deadline=TODAY + timedelta(days=30))
    later = replace(now, start=TODAY + timedelta(days=21), deadline=TODAY + timedelta(days=50))
    assert outlook(soon, facts, TODAY).chance == outlook(later, facts, TODAY).chance
    before, after = (attainability(each, facts, TODAY) for each in (soon, later))
    assert before is not None
    assert after is not None
    assert before.targets == after.targets
    assert before.pace.needed == pytest.approx(after.pace.needed)
    assert before.pace.needed == pytest.approx(8)


def test_a_level_to_reach_has_all_days_from_today() -> None:
    facts = levels(GROWING)
    subject = goal(kind=GoalKind.REACH_LEVEL, amount=GROWING[-1] + 200, start=DEADLINE)
    assert outlook(subject, facts, TODAY) == outlook(replace(subject, start=START), facts, TODAY)


@given(
    st.sampled_from(sorted(METRICS)),
    st.sampled_from(GoalKind),
    st.lists(st.floats(-1e9, 1e9), max_size=40),
    st.one_of(st.none(), st.floats(-1e6, 1e7)),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.one_of(st.none(), st.integers(-40, 90)),
    st.integers(-40, 40),
)
def test_every_goal_gets_an_answer(
    metric: str,
    kind: GoalKind,
    values: list[float],
    amount: float | None,
    baseline: float | None,
    ends_in: int | None,
    starts_in: int,
) -> None:
    deadline = None if ends_in is None else TODAY + timedelta(days=ends_in)
    start = TODAY + timedelta(days=starts_in)
    subject = goal(metric, kind, amount, baseline=baseline, deadline=deadline, start=start)
    facts = Facts(days=levels(values).days, posts=_posts(values).posts)
    found = attainability(subject, facts, TODAY)
    if found is None:
        return
    assert found.outlook.chance is None or 0 <= found.outlook.chance <= 1
    assert found.outlook.band is None or found.outlook.band[0] <= found.outlook.band[1]
    if found.targets is not None:
        assert list(found.targets) == sorted(found.targets, reverse=is_rough(subject))
    assert (found.pace.missing == 0) == (found.pace.known >= 7)


def test_a_day_that_a_network_did_not_tell_does_not_pull_the_pace_down() -> None:
    subject = goal("page_views", GoalKind.TOTAL_IN_PERIOD, 300, baseline=None)
    whole = levels([10.0] * 40)
    holes = replace(whole, days=tuple(point for point in whole.days if point.day.day % 2))
    told = attainability(subject, holes, TODAY)
    assert told is not None
    assert told.pace.now == pytest.approx(10.0)
    by_hand = attainability(replace(subject, metric="leads"), holes, TODAY)
    assert by_hand is not None
    assert (by_hand.pace.now or 0.0) < 6.0


def test_a_jump_that_waits_for_confirmation_is_offered_nothing_from() -> None:
    facts = replace(levels([*GROWING, 9701.0]), doubtful_from=TODAY)
    found = attainability(goal(baseline=9701), facts, TODAY)
    assert found is not None
    assert (found.targets, found.amounts, found.pace.needed) == (None, None, None)
    assert found.doubtful_from == TODAY
    assert found.outlook.chance == pytest.approx(0.03)


def test_a_mean_of_typed_figures_is_one_of_entries_not_of_posts() -> None:
    found = attainability(goal("reply_time", GoalKind.AVERAGE, 30, baseline=None), levels([20.0] * 9), TODAY)
    assert found is not None
    assert (found.per_post, found.per_entry) == (False, True)
