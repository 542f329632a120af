"""The specialist's own goals of the next month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goals.agreement.own import is_reached, renewals
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from tests.goals.agreement.build import TODAY

INCOME = Goal(
    GoalId(1),
    ClientId(1),
    "income",
    GoalKind.TOTAL_IN_PERIOD,
    120_000,
    date(2026, 11, 1),
    deadline=date(2026, 11, 30),
    baseline=5,
    agreed_by="я",
    agreed_on=TODAY,
)
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


def test_a_goal_of_this_month_goes_on_in_the_next_with_its_amount_and_afresh() -> None:
    ((goal, live),) = renewals([INCOME], TODAY, *DECEMBER)
    assert live is None
    assert (goal.amount, goal.start, goal.deadline) == (120_000, *DECEMBER)
    assert (goal.baseline, goal.agreed_by, goal.agreed_on) == (None, None, None)


def test_a_goal_that_lives_in_the_month_is_left_and_of_several_months_the_newest_goes_on() -> None:
    october = replace(
        INCOME, id=GoalId(2), start=date(2026, 10, 1), deadline=date(2026, 10, 31), amount=90_000
    )
    rate = replace(INCOME, id=GoalId(3), metric="posts", kind=GoalKind.KEEP_RATE, period=Period.WEEK)
    forever = replace(rate, deadline=None)
    found = renewals([INCOME, october, forever], TODAY, *DECEMBER)
    assert [(goal.metric, goal.amount, live and live.id) for goal, live in found] == [
        ("income", 120_000, None), ("posts", 120_000, 3),
    ]  # fmt: skip


def test_what_was_over_long_ago_and_what_stands_on_a_line_is_left_out() -> None:
    old = replace(INCOME, start=date(2026, 9, 1), deadline=date(2026, 9, 30))
    assert renewals([old, replace(INCOME, term="hours")], TODAY, *DECEMBER) == []
    spring = renewals([INCOME], TODAY, date(2027, 3, 1), date(2027, 3, 31))
    assert [goal.start for goal, _ in spring] == [date(2027, 3, 1)]


@pytest.mark.parametrize(("now", "reached"), [(None, False), (7.0, False), (8.0, True), (9.0, True)])
def test_a_level_that_is_reached_asks_for_nothing_more(now: float | None, reached: bool) -> None:
    level = replace(INCOME, metric="clients", kind=GoalKind.REACH_LEVEL, amount=8)
    assert is_reached(level, now) is reached
    assert not is_reached(INCOME, 200_000)
