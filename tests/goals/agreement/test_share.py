"""The share of a month that a line begins in the middle of: one rule for goals and for warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.agreement.share import forms_of, goals_since, month_share
from goals.agreement.terms import ContentLine, Dates, Hours, KpiLine, Terms, TopicLine
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from goals.warnings.coverage import coverages
from goals.workcalendar import EVERYDAY, WorkCalendar
from tests.goals.warnings.build import situation

FIRST, LAST, MONDAY = date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 23)
WORK = WorkCalendar.of(free=[date(2026, 11, 4)])
BATCH = TopicLine("Партия", amount=12, format="post", period=Period.MONTH)
BATCH_TERM = "topic:партия:*:post"


@pytest.mark.parametrize(
    ("metric", "amount", "share"),
    [("posts", 12, 3), ("hours", 30, 9), ("audience", 300, 80), ("leaves", 10, 2), ("posts", 2, 0)],
)
def test_content_and_hours_go_by_working_days_and_figures_by_the_calendar(
    metric: str, amount: float, share: float
) -> None:
    assert month_share(amount, metric, MONDAY, LAST, WORK) == share


@given(st.integers(1, 300), st.integers(1, 30))
def test_a_share_is_a_part_of_the_whole_and_a_later_beginning_brings_no_more(amount: int, day: int) -> None:
    first = date(2026, 11, day)
    share = month_share(amount, "posts", first, LAST, WORK)
    assert 0 <= share <= amount
    assert share == int(share)
    assert month_share(amount, "posts", FIRST, LAST, WORK) == amount
    assert month_share(amount, "posts", max(first, MONDAY), LAST, WORK) <= share


def test_lines_begin_when_they_hold_and_bring_their_share() -> None:
    terms = Terms(
        dates=Dates(FIRST),
        topics=(BATCH, replace(BATCH, topic="Гости")),
        content=(ContentLine("story", 21, "vk", Period.MONTH),),
        kpis=(KpiLine("audience", GoalKind.REACH_LEVEL, "vk", amount=6_000, period=Period.MONTH),),
        hours=Hours(30),
    )
    level, stories = "kpi:audience:vk:reach_level", "content:vk:story:month"
    since = {BATCH_TERM: MONDAY, stories: MONDAY, level: MONDAY, "topic:гости:*:post": date(2026, 12, 7)}
    found = {asked.term: asked for asked in goals_since(terms, MONDAY, since, WORK)}
    assert set(found) == {BATCH_TERM, stories, level, "hours"}, "what begins in December is not asked for"
    batch, story = found[BATCH_TERM], found[stories]
    assert (batch.start, batch.amount, batch.per_month, batch.partial) == (MONDAY, 3, 12, True)
    assert (story.kind, story.period, story.amount) == (GoalKind.TOTAL_IN_PERIOD, None, 6)
    assert (found[level].start, found[level].amount, found[level].per_month) == (MONDAY, 6_000, None)
    assert (found["hours"].start, found["hours"].amount, found["hours"].partial) == (FIRST, 30, False)


def test_without_a_first_day_lines_begin_with_the_yes_however_late_goals_are_made() -> None:
    (asked,) = goals_since(Terms(topics=(BATCH,)), date(2026, 11, 25), {BATCH_TERM: MONDAY}, WORK)
    assert (asked.start, asked.amount) == (MONDAY, 3)


def test_a_goal_of_a_started_month_is_told_against_its_share() -> None:
    terms = Terms(dates=Dates(FIRST), topics=(BATCH,))
    (asked,) = goals_since(terms, MONDAY, {}, WORK)
    goal = Goal(GoalId(1), ClientId(1), "posts", asked.kind, 3, MONDAY, deadline=LAST, term=BATCH_TERM)
    whole, own = forms_of(goal, asked, WORK)
    assert (whole.amount, own.amount) == (12, 3)
    assert [form.amount for form in forms_of(replace(goal, start=FIRST), asked, WORK)] == [12, 12]


@pytest.mark.parametrize("day", [23, 24, 27, 30])
def test_a_goal_and_the_coverage_of_its_topic_ask_for_as_much(day: int) -> None:
    terms, today = Terms(topics=(BATCH,)), date(2026, 11, day)
    since = {BATCH_TERM: MONDAY}
    (asked,) = goals_since(terms, today, since, EVERYDAY)
    at = situation(terms=terms, today=today, since=since, calendar=EVERYDAY)
    (covered,) = coverages(at)
    assert (covered.agreed, covered.first, covered.per_month) == (asked.amount, asked.start, asked.per_month)
