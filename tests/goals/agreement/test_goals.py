"""From lines to goals: which, for which days, and by which stable term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.goals import ProposedGoal, goals_of, window_of
from goals.agreement.terms import ContentLine, Dates, Hours, KpiLine, Terms, TopicLine
from goals.evaluate import is_complete
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from tests.goals.agreement.build import COFFEE, TODAY, terms

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
RATE, TOTAL = GoalKind.KEEP_RATE, GoalKind.TOTAL_IN_PERIOD


def by_term(some: Terms, today: date = TODAY, **days: date) -> dict[str, ProposedGoal]:
    return {goal.term: goal for goal in goals_of(some, today, **days)}


def test_a_coffee_shop_gets_its_goals_of_december() -> None:
    found = by_term(COFFEE)
    assert list(found) == [
        "topic:старая партия:*:post",
        "topic:старая партия:*:story",
        "topic:дегустации",
        "content:vk:post:week",
        "content:vk:story:month",
        "content:telegram:post:week",
        "content:vk:clip:once",
        "kpi:audience:vk:gain",
        "kpi:orders:*:total_in_period",
        "hours",
    ]
    assert all((goal.start, goal.deadline) == DECEMBER for goal in found.values())
    assert not any(goal.partial for goal in found.values())
    about = found["topic:старая партия:*:post"]
    assert (about.metric, about.kind, about.amount, about.topic, about.priority) == (
        "posts", TOTAL, 12, "Старая партия", 1,
    )  # fmt: skip
    posts = found["content:vk:post:week"]
    assert (posts.metric, posts.kind, posts.amount, posts.period, posts.network) == (
        "posts", RATE, 3, Period.WEEK, "vk",
    )  # fmt: skip
    assert found["content:vk:story:month"].period is Period.MONTH
    clips = found["content:vk:clip:once"]
    assert (clips.kind, clips.period, clips.amount) == (TOTAL, None, 4)
    audience = found["kpi:audience:vk:gain"]
    assert (audience.kind, audience.baseline, audience.amount, audience.priority) == (
        GoalKind.GAIN, 4_812, 300, 2,
    )  # fmt: skip
    hours = found["hours"]
    assert (hours.metric, hours.kind, hours.amount) == ("hours", TOTAL, 30)


def test_the_next_month_has_the_same_terms_without_what_is_over() -> None:
    found = by_term(COFFEE, start=date(2027, 1, 1), deadline=date(2027, 1, 31))
    gone = {"topic:старая партия:*:story", "content:vk:clip:once", "kpi:audience:vk:gain"}
    assert set(by_term(COFFEE)) - set(found) == gone
    assert found["hours"].start == date(2027, 1, 1)
    assert found["hours"].deadline == date(2027, 1, 31)


def test_a_figure_is_measured_afresh_after_the_first_month() -> None:
    line = KpiLine("audience", GoalKind.GAIN, "vk", baseline=4_812, amount=100, period=Period.MONTH)
    some = Terms(dates=Dates(date(2026, 11, 10)), kpis=(line,))
    (first,) = goals_of(some, TODAY)
    (second,) = goals_of(some, TODAY, start=date(2026, 12, 1), deadline=date(2026, 12, 31))
    assert (first.start, first.baseline, first.partial) == (date(2026, 11, 10), 4_812, True)
    assert (second.start, second.baseline, second.partial) == (date(2026, 12, 1), None, False)


def test_the_window_is_cut_to_the_agreements_own_days() -> None:
    dates = Dates(date(2026, 11, 10), date(2026, 12, 15))
    some = Terms(dates=dates, hours=Hours(30))
    november = window_of(some, TODAY)
    assert november is not None
    assert (november.first, november.last) == (date(2026, 11, 10), date(2026, 11, 30))
    december = window_of(some, TODAY, start=date(2026, 12, 1))
    assert december is not None
    assert (december.first, december.last, december.whole) == (date(2026, 12, 1), date(2026, 12, 15), False)
    assert window_of(some, TODAY, start=date(2027, 1, 1)) is None
    assert goals_of(some, date(2027, 1, 10)) == ()
    renewed = replace(some, dates=replace(dates, renews=True))
    assert by_term(renewed, date(2027, 1, 10))["hours"].deadline == date(2027, 1, 31)


def test_without_a_first_day_goals_begin_today() -> None:
    found = by_term(Terms(hours=Hours(30)))
    assert (found["hours"].start, found["hours"].deadline, found["hours"].partial) == (
        TODAY, date(2026, 11, 30), True,
    )  # fmt: skip


def test_what_runs_until_a_day_beyond_the_month_keeps_its_day() -> None:
    spring = date(2027, 3, 1)
    some = Terms(
        topics=(TopicLine("весна", amount=20, format="post", until=spring),),
        content=(ContentLine("post", 2, "vk", Period.WEEK, until=spring),),
        kpis=(KpiLine("audience", GoalKind.REACH_LEVEL, "vk", amount=6_000, until=spring),),
    )
    found = by_term(some)
    assert found["topic:весна:*:post"].deadline == spring
    assert found["kpi:audience:vk:reach_level"].deadline == spring
    assert found["content:vk:post:week"].deadline == date(2026, 11, 30)


def test_a_topic_by_the_week_is_a_rate() -> None:
    (goal,) = goals_of(Terms(topics=(TopicLine("весна", None, 2, "story", "vk", Period.WEEK),)), TODAY)
    assert (goal.kind, goal.period, goal.metric, goal.term) == (
        RATE, Period.WEEK, "stories", "topic:весна:vk:story",
    )  # fmt: skip


def test_a_wish_without_number_or_day_is_proposed_as_it_is() -> None:
    (goal,) = goals_of(Terms(kpis=(KpiLine("leads", TOTAL),)), TODAY)
    assert (goal.amount, goal.deadline) == (None, None)


def test_a_share_of_content_is_a_goal_in_per_cent_that_begins_anew_each_month() -> None:
    share = by_term(COFFEE)["topic:дегустации"]
    assert (share.metric, share.kind, share.amount, share.topic, share.priority) == (
        "topic_share", GoalKind.AVERAGE, 20, "Дегустации", 2,
    )  # fmt: skip
    assert (share.start, share.deadline, share.format) == (*DECEMBER, None)
    january = by_term(COFFEE, start=date(2027, 1, 1), deadline=date(2027, 1, 31))["topic:дегустации"]
    assert january.deadline == date(2027, 1, 31)


def test_a_share_ends_with_its_day_and_remembers_its_format() -> None:
    line = TopicLine("Весна", share=0.29, format="post", network="vk", until=date(2026, 11, 27))
    (goal,) = goals_of(Terms(topics=(line,)), TODAY)
    assert (goal.amount, goal.deadline, goal.format, goal.network) == (29, date(2026, 11, 27), "post", "vk")
    assert goals_of(Terms(topics=(replace(line, share=0.0),)), TODAY) == ()
    assert goals_of(Terms(topics=(line,)), date(2026, 12, 1)) == ()


@pytest.mark.parametrize("name", ["Старая партия", "  старая   ПАРТИЯ ", "старая: партия"])
def test_the_spelling_of_a_topic_does_not_change_its_term(name: str) -> None:
    (goal,) = goals_of(Terms(topics=(TopicLine(name, None, 1, "post", until=TODAY),)), TODAY)
    assert goal.term == "topic:старая партия:*:post"


@settings(max_examples=30, deadline=None)
@given(terms(), st.data())
def test_terms_do_not_change_when_lines_move(some: Terms, data: st.DataObject) -> None:
    moved = replace(
        some,
        topics=tuple(data.draw(st.permutations(some.topics))),
        content=tuple(data.draw(st.permutations(some.content))),
        kpis=tuple(data.draw(st.permutations(some.kpis))),
    )
    found = by_term(some)
    assert len(found) == len(goals_of(some, TODAY)), "two goals of one term"
    assert by_term(moved) == found


@settings(max_examples=30, deadline=None)
@given(terms(), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_any_goal_proposed_can_be_judged_once_it_has_number_and_day(some: Terms, today: date) -> None:
    for found in goals_of(some, today):
        assert found.deadline is None or found.start <= found.deadline
        goal = Goal(
            GoalId(0),
            ClientId(1),
            found.metric,
            found.kind,
            found.amount or 1,
            found.start,
            topic=found.topic,
            period=found.period,
            deadline=found.deadline or found.start,
            baseline=found.baseline or 0,
        )
        assert is_complete(goal), found
