"""The letter A: what is attainable by the account's own history, and from when on that can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.draft import Letter, Wish
from goals.drafting import goal_of
from goals.effort import Effort, effort_of
from goals.facts import Facts
from goals.measure import baseline_of
from goals.model import ClientId, GoalKind, Period
from goals.outlook import attainability
from goals.phrase import read
from goals.smart import (
    State,
    Why,
    weighed,
)
from goals.workcalendar import EVERYDAY
from tests.goals.build import TODAY, goal, levels, published
from tests.goals.wishes import KNOWN, WHOLE, changed, growing, letter


@pytest.mark.parametrize(
    ("a_day", "amount", "state", "why"),
    [
        (50.0, 100, State.OK, Why.LIKELY),
        (5.0, 35, State.WEAK, Why.AT_RISK),
        (5.0, 900, State.WEAK, Why.UNLIKELY),
    ],
)
def test_attainable_by_the_accounts_own_history(a_day: float, amount: float, state: State, why: Why) -> None:
    found = letter(Letter.ATTAINABLE, changed(amount=amount), growing(a_day, amount))
    assert (found.state, found.why) == (state, why), found.facts


def test_a_level_said_to_be_come_down_to_is_a_fall() -> None:
    facts = levels([6000.0 - 10 * day for day in range(90)])
    said = Wish("", replace(WHOLE.draft, kind=GoalKind.REACH_LEVEL, amount=4500, baseline=5110))
    wish = weighed(said, lambda _: None)
    assert (wish.draft.kind, wish.draft.amount) == (GoalKind.GAIN, -610)
    subject = goal_of(wish.draft, ClientId(1), TODAY)
    evidence = replace(KNOWN, attainability=attainability(subject, facts, TODAY))
    found = letter(Letter.ATTAINABLE, wish, evidence)
    assert found.facts["rough"]
    assert found.why is Why.UNLIKELY
    assert evidence.attainability is not None
    assert evidence.attainability.targets is not None
    assert max(evidence.attainability.targets) <= 5110


def test_content_without_history_says_from_which_day_it_can_tell() -> None:
    found = letter(Letter.ATTAINABLE, evidence=replace(KNOWN, effort=Effort(2.0)))
    assert found.facts["from"] == TODAY + timedelta(days=7)


def test_posts_without_a_rhythm_are_told_from_a_day() -> None:
    subject = goal("engagement_rate", GoalKind.AVERAGE, 4, start=TODAY)
    evidence = replace(KNOWN, attainability=attainability(subject, Facts(), TODAY))
    facts = letter(Letter.ATTAINABLE, changed(metric="engagement_rate"), evidence).facts
    assert (facts["missing"], facts["per_post"], facts["from"]) == (7, True, TODAY + timedelta(days=7))


def test_what_stands_there_already_is_no_goal() -> None:
    subject = goal(kind=GoalKind.REACH_LEVEL, amount=4100, start=TODAY)
    facts = levels([4000.0 + 5 * day for day in range(90)])
    evidence = replace(KNOWN, attainability=attainability(subject, facts, TODAY))
    assert letter(Letter.ATTAINABLE, changed(amount=4100), evidence).why is Why.ALREADY


def test_attainable_without_history_says_from_which_day_it_can_tell() -> None:
    facts = levels([4000.0, 4010.0, 4020.0])
    found = letter(
        Letter.ATTAINABLE,
        evidence=replace(KNOWN, attainability=attainability(goal(start=TODAY), facts, TODAY)),
    )
    assert (found.state, found.why, found.facts["missing"]) == (State.WEAK, Why.NO_HISTORY, 5)
    assert found.facts["from"] == TODAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("effort", "state", "why"),
    [
        (Effort(2.0, 1.0, 1.5), State.OK, Why.EFFORT_FITS),
        (Effort(2.0, 0.5, 1.0), State.WEAK, Why.EFFORT_HARD),
        (Effort(2.0), State.WEAK, Why.NO_HISTORY),
    ],
)
def test_attainable_for_content_is_effort(effort: Effort, state: State, why: Why) -> None:
    wish = changed(metric="posts", kind=GoalKind.TOTAL_IN_PERIOD)
    found = letter(Letter.ATTAINABLE, wish, replace(KNOWN, effort=effort))
    assert (found.state, found.why) == (state, why)


def test_an_absurd_wish_is_missing_until_history_says_otherwise() -> None:
    absurd = replace(WHOLE, missing=(Letter.ATTAINABLE,))
    assert letter(Letter.ATTAINABLE, absurd).why is Why.ABSURD
    assert letter(Letter.ATTAINABLE, absurd, growing(50.0, 100)).why is Why.LIKELY


def test_without_number_or_date_attainability_waits() -> None:
    assert letter(Letter.ATTAINABLE, changed(amount=None)).why is Why.NOT_YET
    assert letter(Letter.ATTAINABLE, changed(deadline=None)).why is Why.NOT_YET
    assert letter(Letter.ATTAINABLE).why is Why.NOT_FORECAST
    own = replace(KNOWN, own=True)
    assert letter(Letter.ATTAINABLE, evidence=own).why is Why.OWN_NOT_FORECAST


def test_an_absurd_wish_that_history_calls_unlikely_is_missing() -> None:
    absurd = replace(changed(amount=900), missing=(Letter.ATTAINABLE,))
    found = letter(Letter.ATTAINABLE, absurd, growing(5.0, 900))
    assert (found.state, found.why) == (State.MISSING, Why.UNLIKELY)


def test_a_goal_of_the_next_month_starts_from_the_figures_of_now() -> None:
    days = [200.0] * 23 + [700.0] * 7
    subject = goal(
        "reach",
        GoalKind.GAIN_PERCENT,
        20,
        start=date(2026, 12, 1),
        deadline=date(2026, 12, 31),
        baseline=None,
    )
    assert baseline_of(subject, levels(days, TODAY - timedelta(days=1)), TODAY) == 700


def test_the_effort_of_content_is_told_by_working_days() -> None:
    weekly = [date(2026, 11, 2) + timedelta(days=n) for n in (0, 1, 2, 3, 4)]
    twelve = goal("posts", GoalKind.TOTAL_IN_PERIOD, 12, start=TODAY, baseline=None)
    found = effort_of(twelve, published(weekly), EVERYDAY, TODAY)
    assert found is not None
    assert (found.needed, found.most) == (2.0, 1.0)
    assert found.lately == pytest.approx(5 / 20)
    assert effort_of(twelve, published([]), EVERYDAY, TODAY) == Effort(2.0)
    rate = goal("posts", GoalKind.KEEP_RATE, 10, period=Period.WEEK, deadline=None, baseline=None)
    assert effort_of(rate, published(weekly), EVERYDAY, TODAY) == replace(found, needed=2.0)
    assert effort_of(goal(), levels([1.0]), EVERYDAY, TODAY) is None
    assert effort_of(replace(twelve, amount=None), published(weekly), EVERYDAY, TODAY) is None


def test_a_level_is_weighed_by_the_figure_of_its_own_network() -> None:
    [wish] = read("1000 подписчиков в вк или телеге до 30.11", TODAY)
    left = weighed(wish, lambda draft: {"vk": 4812.0, "telegram": 200.0}[draft.network or ""])
    found = {(each.network, each.kind) for each in (left.draft, *left.alternatives)}
    assert found == {
        ("vk", GoalKind.GAIN), ("telegram", GoalKind.REACH_LEVEL), ("telegram", GoalKind.GAIN),
    }  # fmt: skip
