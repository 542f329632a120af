"""The verdict: statuses, their order, urgency, and where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.facts import DayValue, Facts, PostValue
from goals.measure import baseline_of
from goals.metrics import METRICS, UNNAMED
from goals.model import Goal, GoalKind, GoalStatus, Period, PostState
from tests.goals.build import DEADLINE, START, TODAY, goal, judge, levels, noon, published

STEADY = [4000 + 10 * i for i in range(83)]


def _ending(total_gain: float, today: date) -> Facts:
    """An audience that stood at 4812 on the start and moved evenly to +`total_gain` by `today`."""
    days = (today - START).days
    return levels([4812 + total_gain * i / max(1, days) for i in range(days + 1)], today)


def test_no_verdict_in_the_first_fifth() -> None:
    assert judge(goal(), _ending(0, date(2026, 11, 6)), date(2026, 11, 6)).status is GoalStatus.EARLY
    assert judge(goal(), _ending(0, date(2026, 11, 7)), date(2026, 11, 7)).status is not GoalStatus.EARLY


def test_on_track_behind_and_unlikely() -> None:
    assert judge(goal(), _ending(260, TODAY)).status is GoalStatus.ON_TRACK
    assert judge(goal(), _ending(40, TODAY)).status is GoalStatus.UNLIKELY
    few_changes = Facts(days=(DayValue(START, 4812), DayValue(date(2026, 11, 4), 4822)), as_of=noon(TODAY))
    assert judge(goal(), few_changes).status is GoalStatus.BEHIND


def test_the_deadline_includes_its_whole_day() -> None:
    facts = _ending(200, DEADLINE)
    assert judge(goal(), facts, DEADLINE).status is GoalStatus.UNLIKELY
    assert judge(goal(), facts, DEADLINE + timedelta(days=1)).status is GoalStatus.MISSED


def test_a_goal_is_met_while_it_stands_at_its_target_and_the_deadline_decides() -> None:
    assert judge(goal(), levels([4812, 5120])).status is GoalStatus.MET
    assert judge(goal(), levels([4812, 5120, 5050])).status is not GoalStatus.MET
    later = DEADLINE + timedelta(days=90)
    assert judge(goal(), levels([5120, 5050], DEADLINE), later).status is GoalStatus.MISSED
    assert judge(goal(), levels([5050, 5120], DEADLINE), later).status is GoalStatus.MET


def test_a_goal_of_less_is_met_from_above() -> None:
    subject = goal("cost_per_lead", GoalKind.REACH_LEVEL, 300, baseline=500)
    assert judge(subject, levels([500] + [290] * 7)).status is GoalStatus.MET
    assert judge(subject, levels([500] + [480] * 7)).status is GoalStatus.BEHIND


def test_a_level_already_passed_is_met_and_asks_for_nothing() -> None:
    verdict = judge(goal("audience", GoalKind.REACH_LEVEL, 4000, baseline=4812), levels([4812, 4900]))
    assert (verdict.status, verdict.needed_per_day) == (GoalStatus.MET, 0)


def test_a_goal_that_starts_later_is_early_even_without_fresh_data() -> None:
    subject = goal(start=date(2026, 12, 1), deadline=date(2026, 12, 31), baseline=None)
    assert judge(subject, levels([4812], TODAY - timedelta(days=9))).status is GoalStatus.EARLY


def test_stale_data_are_neither_good_nor_bad() -> None:
    facts = _ending(260, TODAY - timedelta(days=5))
    verdict = judge(goal(), facts)
    assert verdict.status is GoalStatus.STALE
    assert verdict.as_of == noon(TODAY - timedelta(days=5))


@pytest.mark.parametrize("kind", [GoalKind.TOTAL_IN_PERIOD, GoalKind.KEEP_RATE])
@pytest.mark.parametrize("metric", ["leads", "hours", "reply_time"])
def test_what_was_never_logged_is_neither_good_nor_bad(metric: str, kind: GoalKind) -> None:
    subject = goal(metric, kind, 30, period=Period.DAY, baseline=None)
    verdict = judge(subject, Facts(by_hand=True))
    assert verdict.current is None
    assert verdict.status is GoalStatus.STALE


def test_a_mean_without_a_whole_day_yet_is_early_not_stale() -> None:
    today = START
    subject = goal("reach", GoalKind.AVERAGE, 50, baseline=None)
    verdict = judge(subject, levels([40, 45, 20], today), today)
    assert (verdict.status, verdict.current) == (GoalStatus.EARLY, None)
    assert judge(subject, Facts(), today).status is GoalStatus.STALE


def test_a_mean_of_posts_is_early_until_one_appears_and_without_figures_unknown() -> None:
    subject = goal("views", GoalKind.AVERAGE, 50, baseline=None)
    before = published([date(2026, 10, 20)], 40)
    assert judge(subject, before).status is GoalStatus.EARLY
    assert judge(subject, published([START], None)).status is GoalStatus.STALE
    assert judge(subject, before, date(2026, 12, 1)).status is GoalStatus.UNKNOWN


@pytest.mark.parametrize(
    "subject",
    [
        goal(baseline=None),
        goal("sales", GoalKind.TOTAL_IN_PERIOD, 30, baseline=None),
        goal("engagement_rate", GoalKind.AVERAGE, 3, baseline=None),
    ],
    ids=["gain", "total", "mean"],
)
def test_past_its_deadline_a_goal_without_figures_is_unknown_until_they_come(subject: Goal) -> None:
    after = DEADLINE + timedelta(days=1)
    verdict = judge(subject, Facts(by_hand=True), after)
    assert verdict.status is GoalStatus.UNKNOWN
    assert verdict.status.is_over
    assert judge(subject, Facts(by_hand=True), DEADLINE).status is GoalStatus.STALE
    assert judge(replace(subject, baseline=0.0), levels([1] * 5, DEADLINE), after).status is GoalStatus.MISSED


def test_a_file_may_be_as_old_as_what_is_logged_by_hand() -> None:
    facts = replace(_ending(40, TODAY - timedelta(days=5)), as_of=noon(TODAY - timedelta(days=5)))
    assert judge(goal(), facts).status is GoalStatus.STALE
    assert judge(goal(), replace(facts, from_file=True)).status is GoalStatus.UNLIKELY
    older = replace(facts, from_file=True, as_of=noon(TODAY - timedelta(days=8)))
    assert judge(goal(), older).status is GoalStatus.STALE


def test_a_file_of_some_days_ago_calls_nothing_behind() -> None:
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None)
    of_file = replace(published([START], as_of=TODAY - timedelta(days=5)), from_file=True)
    assert judge(subject, of_file).status is GoalStatus.STALE
    assert judge(subject, replace(of_file, as_of=noon(TODAY))).status is GoalStatus.BEHIND
    rate = goal("posts", GoalKind.KEEP_RATE, 5, period=Period.WEEK, baseline=None)
    friday = TODAY + timedelta(days=4)
    assert judge(rate, replace(of_file, as_of=noon(TODAY)), friday).status is GoalStatus.STALE


@pytest.mark.parametrize("from_file", [True, False])
def test_figures_that_end_before_the_deadline_do_not_decide_it(from_file: bool) -> None:
    over = DEADLINE + timedelta(days=1)
    level = replace(_ending(40, TODAY), from_file=from_file)
    content = replace(published([START]), from_file=from_file)
    twelve = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None)
    assert judge(goal(), level, over).status is GoalStatus.UNKNOWN
    assert judge(twelve, content, over).status is GoalStatus.UNKNOWN
    assert judge(twelve, replace(content, as_of=noon(over)), over).status is GoalStatus.MISSED
    assert judge(replace(twelve, amount=1), content, over).status is GoalStatus.MET
    there = replace(_ending(310, TODAY), from_file=from_file)
    assert judge(goal(), there, over).status is GoalStatus.UNKNOWN
    assert judge(goal(), replace(there, as_of=noon(DEADLINE)), over).status is GoalStatus.MET


def test_content_that_was_never_collected_is_no_zero() -> None:
    subject = goal("posts", GoalKind.TOTAL_IN_PERIOD, 10, baseline=None)
    verdict = judge(subject, Facts(by_hand=True, unread=True))
    assert (verdict.status, verdict.current, verdict.due_today) == (GoalStatus.STALE, None, 2)
    early = judge(subject, Facts(by_hand=True, unread=True), START + timedelta(days=1))
    assert (early.status, early.current, early.due_today) == (GoalStatus.EARLY, None, 1)
    over = judge(subject, Facts(by_hand=True, unread=True), DEADLINE + timedelta(days=1))
    assert over.status is GoalStatus.UNKNOWN


def test_a_ceiling_of_each_week_is_late_only_once_it_is_passed() -> None:
    subject = goal("hours", GoalKind.KEEP_RATE, 30, period=Period.WEEK, baseline=None)
    assert judge(subject, levels([5.75])).status is GoalStatus.ON_TRACK
    assert judge(subject, levels([35])).status is GoalStatus.BEHIND


def test_a_rate_is_not_judged_in_a_month_that_it_covers_in_part() -> None:
    subject = goal(
        "income", GoalKind.KEEP_RATE, 120_000, period=Period.MONTH, start=TODAY, deadline=None, baseline=None
    )
    assert judge(subject, levels([15_000])).status is GoalStatus.EARLY
    second = date(2026, 12, 2)
    assert judge(replace(subject, start=date(2026, 12, 1)), levels([9], second), second).status is (
        GoalStatus.EARLY
    )
    whole = date(2026, 12, 20)
    assert judge(subject, levels([15_000], whole), whole).status is GoalStatus.BEHIND
    short = replace(subject, deadline=DEADLINE - timedelta(days=1))
    assert judge(short, levels([15_000]), DEADLINE - timedelta(days=2)).status is not GoalStatus.EARLY


def test_an_unconfirmed_jump_feeds_no_chance() -> None:
    values = [5000.0 + n for n in range(60)] + [9700.0]
    subject = goal("audience", GoalKind.REACH_LEVEL, 9600, baseline=5000)
    assert judge(subject, levels(values)).status is GoalStatus.MET
    jumped = replace(levels([*values[:-1], 9000.0]), doubtful_from=TODAY)
    verdict = judge(subject, jumped)
    assert verdict.chance is not None
    assert verdict.band_high is not None
    assert verdict.chance < 0.04
    assert verdict.band_high < 5200


@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 2)])
def test_a_gain_without_a_figure_to_start_from_is_a_draft_that_shows_its_figure(today: date) -> None:
    subject = goal("audience", GoalKind.GAIN_PERCENT, 10, baseline=None)
    verdict = judge(subject, levels([1000, 1013, 1013, 1013], today), today)
    assert (verdict.status, verdict.current, verdict.target) == (GoalStatus.DRAFT, 1013, None)


def test_a_wish_without_a_measure_is_a_draft() -> None:
    assert judge(goal(UNNAMED, GoalKind.GAIN, 10), levels([1.0])).status is GoalStatus.DRAFT


def test_content_kept_by_hand_is_counted_from_the_first_day() -> None:
    verdict = judge(goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None), Facts(by_hand=True))
    assert (verdict.current, verdict.status) == (0, GoalStatus.BEHIND)


def test_drafts_and_dropped_goals() -> None:
    assert judge(goal(amount=None), levels([1])).status is GoalStatus.DRAFT
    assert judge(goal(deadline=None), levels([1])).status is GoalStatus.DRAFT
    assert judge(goal(kind=GoalKind.KEEP_RATE, period=None), levels([1])).status is GoalStatus.DRAFT
    assert judge(goal(dropped=True), levels([1])).status is GoalStatus.DROPPED


def test_a_ceiling_is_kept_until_it_is_passed() -> None:
    subject = goal("hours", GoalKind.TOTAL_IN_PERIOD, 30, baseline=None)
    assert judge(subject, levels([10, 10])).status is GoalStatus.ON_TRACK
    assert judge(subject, levels([14, 15])).status is GoalStatus.BEHIND
    assert judge(subject, levels([20, 15])).status is GoalStatus.UNLIKELY
    over = DEADLINE + timedelta(days=1)
    assert judge(subject, levels([14, 15]), over).status is GoalStatus.MET
    assert judge(subject, levels([20, 15]), over).status is GoalStatus.MISSED


def test_a_ceiling_that_is_passed_is_passed_in_the_first_days_too() -> None:
    subject = goal("hours", GoalKind.TOTAL_IN_PERIOD, 10, baseline=None)
    third = date(2026, 11, 3)
    assert judge(subject, levels([6, 6], third), third).status is GoalStatus.UNLIKELY
    assert judge(subject, levels([5, 5], third), third).status is GoalStatus.EARLY


def test_means_are_judged_by_the_mean() -> None:
    subject = goal("engagement_rate", GoalKind.AVERAGE, 5, baseline=None)
    assert judge(subject, published([TODAY], 5.5)).status is GoalStatus.ON_TRACK
    assert judge(subject, published([TODAY], 4.5)).status is GoalStatus.BEHIND
    over = DEADLINE + timedelta(days=1)
    assert judge(subject, published([TODAY], 4.5, over), over).status is GoalStatus.MISSED


def test_a_rate_is_behind_after_a_missed_week() -> None:
    subject = goal("posts", GoalKind.KEEP_RATE, 1, period=Period.WEEK, deadline=None, baseline=None)
    kept = [date(2026, 11, d) for d in (2, 9, 16)]
    assert judge(subject, published(kept)).status is GoalStatus.ON_TRACK
    assert judge(subject, published(kept[:2])).status is GoalStatus.BEHIND


def test_a_rate_that_runs_ahead_after_a_missed_week_is_on_track_again() -> None:
    subject = goal("posts", GoalKind.KEEP_RATE, 5, period=Period.WEEK, deadline=None, baseline=None)
    verdict = judge(subject, published([date(2026, 11, 3), TODAY]))
    assert (verdict.progress, verdict.safe_days) == (0, 1)
    assert verdict.status is GoalStatus.ON_TRACK


def test_today_without_a_figure_does_not_pull_the_pace_of_a_total_down() -> None:
    subject = goal("leads", GoalKind.TOTAL_IN_PERIOD, 115, baseline=None)
    morning = levels([4.0] * 59, TODAY - timedelta(days=1))
    verdict = judge(subject, Facts(days=morning.days, as_of=noon(TODAY)))
    assert verdict.current == 88
    assert verdict.chance is not None
    assert verdict.chance > 0.6


def test_content_has_no_chance_and_levels_have_one() -> None:
    content = judge(goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, baseline=None), published([START]))
    assert content.chance is None
    audience = judge(goal(baseline=STEADY[-23]), levels(STEADY))
    assert audience.chance is not None
    assert audience.band_low is not None
    assert audience.band_high is not None
    assert audience.band_low <= STEADY[-1] + 70 <= audience.band_high


def test_the_chance_of_a_total_looks_at_days_before_the_start_for_the_pace() -> None:
    facts = levels([4.0] * 60)
    likely = judge(goal("leads", GoalKind.TOTAL_IN_PERIOD, 115, baseline=None), facts)
    unlikely = judge(goal("leads", GoalKind.TOTAL_IN_PERIOD, 160, baseline=None), facts)
    assert likely.current == unlikely.current == 92
    assert likely.chance is not None
    assert unlikely.chance is not None
    assert likely.chance > 0.6 > 0.1 > unlikely.chance


def test_the_chance_of_a_falling_goal_is_its_mirror() -> None:
    falling = [5000 - 10 * i for i in range(60)]
    verdict = judge(goal("audience", GoalKind.GAIN, -290, baseline=4640), levels(falling))
    assert verdict.chance is not None
    assert verdict.chance > 0.7
    assert verdict.band_low is not None
    assert verdict.band_high is not None
    assert verdict.band_low < 4410 < verdict.band_high + 100


def test_urgency_puts_what_is_late_first_and_what_is_over_last() -> None:
    late = judge(goal(), _ending(20, TODAY))
    later = judge(goal(amount=600), _ending(20, TODAY))
    fine = judge(goal(), _ending(260, TODAY))
    stale = judge(goal(), _ending(260, TODAY - timedelta(days=9)))
    met = judge(goal(), _ending(310, TODAY))
    order = sorted([met, fine, stale, late, later], key=lambda e: -e.urgency)
    assert order == [later, late, stale, fine, met]


@pytest.mark.parametrize(
    ("metric", "kind", "values", "expected"),
    [
        ("audience", GoalKind.GAIN, STEADY, STEADY[-24]),
        ("leads", GoalKind.GAIN, STEADY, 0.0),
        ("leads", GoalKind.GAIN_PERCENT, [1.0] * 83, 30.0),
        ("reach", GoalKind.GAIN_PERCENT, [3.0] * 83, 3.0),
        ("audience", GoalKind.KEEP_RATE, STEADY, None),
    ],
)
def test_baselines(metric: str, kind: GoalKind, values: list[float], expected: float | None) -> None:
    assert baseline_of(goal(metric, kind, baseline=None), levels(values), TODAY) == expected


def test_a_goal_set_today_starts_from_the_figure_of_now() -> None:
    assert baseline_of(goal(start=TODAY, baseline=None), levels([4800, 4812]), TODAY) == 4812


def test_a_baseline_is_taken_from_the_first_days_or_not_at_all() -> None:
    subject = goal(baseline=None)
    early = levels([700, 710], START + timedelta(days=3))
    assert baseline_of(subject, early, TODAY) == 700
    late = levels([700, 710], START + timedelta(days=9))
    assert baseline_of(subject, late, TODAY) is None
    assert baseline_of(subject, Facts(), TODAY) is None


@given(
    st.sampled_from(sorted(METRICS)),
    st.sampled_from(GoalKind),
    st.lists(st.floats(-1e9, 1e9), max_size=40),
    st.floats(0.1, 1e7),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.dates(date(2026, 10, 1), date(2027, 2, 1)),
)
def test_every_goal_gets_a_verdict(
    metric: str,
    kind: GoalKind,
    values: list[float],
    amount: float,
    baseline: float | None,
    today: date,
) -> None:
    topic = "Партия" if METRICS[metric].needs_topic else None
    subject = goal(metric, kind, amount, baseline=baseline, period=Period.WEEK, topic=topic)
    facts = levels(values, today) if values else Facts()
    verdict = judge(subject, facts, today)
    if metric == UNNAMED:
        assert verdict.status is GoalStatus.DRAFT
    elif verdict.status is GoalStatus.DRAFT:
        assert (verdict.target, verdict.current is None) == (None, False)
    assert (verdict.status is not GoalStatus.MET) or verdict.progress is not None
    assert verdict.chance is None or 0 <= verdict.chance <= 1
    assert verdict.due_today is None or verdict.due_today >= 0
    if today > DEADLINE and verdict.current is not None and verdict.progress is not None:
        assert verdict.status in {GoalStatus.MET, GoalStatus.MISSED}


def test_a_share_of_content_is_judged_as_it_stands_and_has_no_chance() -> None:
    subject = goal("topic_share", GoalKind.AVERAGE, 30, baseline=None, topic="Партия")
    days = [date(2026, 11, n) for n in range(2, 22)]
    about = [PostValue(day, PostState.PUBLISHED, 100.0 if n % 4 == 0 else 0.0) for n, day in enumerate(days)]
    verdict = judge(subject, Facts(posts=tuple(about), as_of=noon(TODAY)))
    assert (verdict.current, verdict.target, verdict.status) == (25.0, 30, GoalStatus.BEHIND)
    assert (verdict.chance, verdict.due_today, verdict.band_low) == (None, None, None)
    enough = judge(replace(subject, amount=25), Facts(posts=tuple(about), as_of=noon(TODAY)))
    assert enough.status is GoalStatus.ON_TRACK


def test_a_share_of_content_without_a_topic_is_a_draft() -> None:
    subject = goal("topic_share", GoalKind.AVERAGE, 30, baseline=None)
    assert judge(subject, published([TODAY], 100.0)).status is GoalStatus.DRAFT
