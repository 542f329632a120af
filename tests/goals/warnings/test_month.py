"""A month without goals: told of the one that runs and of the next one shortly before it, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.agreement.terms import ContentLine, Dates, Hours, Terms, TopicLine
from goals.model import ClientKind, GoalKind, Period
from goals.warnings.finding import Step, Warning  # noqa: A004
from goals.warnings.month_rules import month_to_set, month_without_goals
from goals.warnings.situation import GoalState, Situation
from goals.workcalendar import WorkCalendar
from tests.goals.warnings.build import CLIENT, agreed, goal_state, situation

POSTS = ContentLine("post", 12, "vk", Period.MONTH)
WEEKLY = ContentLine("post", 3, "vk", Period.WEEK)
CALENDAR = WorkCalendar.of()
SINCE = {"content:vk:post:month": date(2026, 9, 1), "content:vk:post:week": date(2026, 9, 1)}


def month_goal(month: int, **more: object) -> GoalState:
    """A goal of a whole month of 2026."""
    first = date(2026, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return goal_state(**({"start": first, "deadline": last} | more))  # type: ignore[arg-type]


def rate(**more: object) -> GoalState:
    """Three posts a week since October, without an end."""
    known = {"period": Period.WEEK, "start": date(2026, 10, 1), "deadline": None}
    return goal_state("posts", GoalKind.KEEP_RATE, 3, **(known | more))  # type: ignore[arg-type]


def on(day: date, *goals: GoalState, terms: Terms | None = None, **more: object) -> Situation:
    return situation(today=day, calendar=CALENDAR, goals=goals, terms=terms, since=SINCE, **more)


def told(at: Situation) -> Warning | None:
    found = list(month_without_goals(at))
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2026, 11, 1)),
        (date(2026, 11, 25), date(2026, 11, 1)),
        (date(2026, 11, 26), date(2026, 12, 1)),  # Thursday, Friday and Monday are left
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_next_month_is_asked_for_three_working_days_before_it(today: date, first: date) -> None:
    assert month_to_set(today, CALENDAR).first == first


def test_the_lines_of_a_period_ask_for_goals_of_the_month_that_runs() -> None:
    at = on(date(2026, 12, 2), month_goal(11), terms=agreed(content=[POSTS], hours=Hours(month=30)))
    warning = told(at)
    assert warning is not None
    assert (warning.severity, warning.step, warning.key) == (
        "medium",
        Step.RENEW,
        "month_without_goals:7:2026-12",
    )
    assert warning.facts == {"month": date(2026, 12, 1), "runs": True, "asked": 2, "before": 1}
    assert told(replace(at, goals=(*at.goals, month_goal(12)))) is None


def test_the_month_ahead_is_no_more_than_a_notice() -> None:
    warning = told(on(date(2026, 11, 26), month_goal(11), terms=agreed(content=[POSTS])))
    assert warning is not None
    assert (warning.severity, warning.facts["runs"]) == ("low", False)


def test_a_share_of_content_begins_anew_each_month() -> None:
    assert told(on(date(2026, 12, 2), terms=agreed(topics=[TopicLine("партия", share=0.3)]))) is not None
    assert told(on(date(2026, 12, 2), terms=agreed(topics=[TopicLine("партия")]))) is None


def test_goals_of_last_month_are_missed_without_an_agreement_too() -> None:
    warning = told(on(date(2026, 12, 2), month_goal(11), month_goal(11)))
    assert warning is not None
    assert (warning.step, warning.facts["asked"], warning.facts["before"]) == (Step.SET_GOALS, 0, 2)
    assert told(on(date(2026, 12, 2), month_goal(10))) is None
    assert told(on(date(2026, 12, 2))) is None


def test_without_an_agreement_a_longer_goal_that_ends_in_the_month_is_enough() -> None:
    longer = month_goal(12, start=date(2026, 10, 1))
    assert told(on(date(2026, 12, 2), month_goal(11), longer)) is None
    assert told(on(date(2026, 12, 2), month_goal(11), longer, terms=agreed(content=[POSTS]))) is not None


def test_a_campaign_was_no_goal_of_the_month() -> None:
    campaign = month_goal(11, start=date(2026, 11, 9), deadline=date(2026, 11, 20))
    assert told(on(date(2026, 12, 2), campaign)) is None


@pytest.mark.parametrize(
    "running",
    [
        rate(),
        rate(deadline=date(2026, 12, 31)),
        month_goal(12, start=date(2026, 11, 20), deadline=date(2026, 12, 20)),  # mostly of December
        month_goal(12, start=date(2026, 12, 2), deadline=date(2027, 1, 2)),
    ],
)
def test_what_still_runs_in_the_month_is_enough(running: GoalState) -> None:
    assert told(on(date(2026, 12, 2), month_goal(11), running, terms=agreed(content=[WEEKLY]))) is None


@pytest.mark.parametrize(
    "other",
    [
        rate(deadline=date(2026, 11, 30)),
        month_goal(12, start=date(2026, 11, 2), deadline=date(2027, 6, 30)),  # of no month
        month_goal(12, start=date(2026, 10, 20), deadline=date(2026, 12, 5)),
        month_goal(12, amount=None),  # a wish
    ],
)
def test_what_is_of_another_month_is_not(other: GoalState) -> None:
    assert told(on(date(2026, 12, 2), other, terms=agreed(content=[WEEKLY]))) is not None


def test_a_month_whose_goals_the_client_dropped_has_had_them() -> None:
    dropped = replace(month_goal(12).goal, dropped=True)
    assert (
        told(on(date(2026, 12, 2), month_goal(11), terms=agreed(content=[POSTS]), dropped=[dropped])) is None
    )


def test_it_is_quiet_about_oneself_the_archive_and_what_has_ended() -> None:
    at = on(date(2026, 12, 2), month_goal(11), terms=agreed(content=[POSTS]))
    assert told(at) is not None
    assert told(replace(at, client=replace(CLIENT, kind=ClientKind.SELF))) is None
    assert told(replace(at, client=replace(CLIENT, archived=True))) is None
    assert told(replace(at, terms=None, is_over=True)) is None


@pytest.mark.parametrize(
    "dates", [Dates(end=date(2026, 11, 30)), Dates(start=date(2027, 1, 11)), Dates(end=date(2026, 12, 31))]
)
def test_no_goals_are_asked_for_outside_the_agreements_own_days(dates: Dates) -> None:
    ahead = on(date(2026, 11, 26), month_goal(11), terms=agreed(content=[POSTS], dates=dates))
    assert (told(ahead) is None) == (dates.end != date(2026, 12, 31))


def test_the_rest_of_a_month_that_brings_no_whole_piece_asks_for_nothing() -> None:
    one = ContentLine("video", 1, None, Period.MONTH)
    terms = agreed(topics=[TopicLine("партия", amount=1, format="post", period=Period.MONTH)], content=[one])
    at = on(date(2026, 11, 23), terms=terms)
    late = {"topic:партия:*:post": date(2026, 11, 23), "content:*:video:month": date(2026, 9, 1)}
    warning = told(replace(at, since=late))
    assert warning is not None
    assert warning.facts["asked"] == 1
