"""Two of amount, date and weekly rate give the third; all three may contradict one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Draft, Letter, Wish
from goals.model import GoalKind
from goals.phrase import read
from goals.third import contradiction, with_rate, with_third
from tests.goals.build import DEADLINE, TODAY

GAIN = Draft("vk", "audience", GoalKind.GAIN, 300, "people", deadline=DEADLINE)
LEVEL = replace(GAIN, kind=GoalKind.REACH_LEVEL, amount=1000, deadline=None)


@given(st.floats(1, 1e6), st.floats(0.5, 1e4))
def test_two_of_amount_date_and_weekly_rate_give_the_third(amount: float, per_week: float) -> None:
    draft = replace(GAIN, amount=amount, deadline=None)
    if amount / per_week > 500:
        return
    dated = with_third(draft, per_week, TODAY)
    assert dated.deadline is not None
    assert amount / ((dated.deadline - TODAY).days + 1) * 7 <= per_week * 1.001
    back = with_third(replace(dated, amount=None), per_week, TODAY)
    assert back.amount is not None
    assert back.amount >= amount - 1
    assert contradiction(dated, TODAY) is None or amount < 7 * per_week


def test_all_three_are_kept_side_by_side() -> None:
    assert with_third(GAIN, 70, TODAY) == replace(GAIN, per_week=70)
    assert with_third(GAIN, None, TODAY) == GAIN
    assert with_third(GAIN, 0, TODAY) == GAIN


@pytest.mark.parametrize(
    ("metric", "kind", "amount"),
    [("audience", GoalKind.GAIN, 80), ("posts", GoalKind.TOTAL_IN_PERIOD, 80), (None, None, None)],
)
def test_a_measure_without_a_word_of_growth_moves_by_the_rate(
    metric: str | None, kind: GoalKind | None, amount: float | None
) -> None:
    found = with_third(Draft(metric=metric, deadline=DEADLINE), 70, TODAY)
    assert (found.kind, found.amount) == (kind, amount)


def test_the_way_to_a_level_starts_from_what_there_is() -> None:
    assert with_third(LEVEL, 70, TODAY).deadline is None
    assert with_third(LEVEL, 70, TODAY, 860.0).deadline == TODAY + timedelta(days=13)
    assert with_third(replace(LEVEL, baseline=930), 70, TODAY, 5.0).deadline == TODAY + timedelta(days=6)
    assert with_third(LEVEL, 70, TODAY, 1000.0).deadline is None


def test_a_rate_counts_from_the_first_day_of_the_window() -> None:
    december = Draft(metric="posts", start=date(2026, 12, 1), deadline=date(2026, 12, 31))
    assert with_third(december, 7, TODAY).amount == 31


def test_a_rate_that_brings_the_amount_when_nobody_plans_any_more_gives_no_date() -> None:
    draft = replace(GAIN, amount=1e15, deadline=None)
    assert with_third(draft, 0.001, TODAY).deadline is None
    slow = with_rate(Wish("", replace(GAIN, amount=1e9)), 0.001, TODAY)
    assert {other.deadline for other in slow.alternatives} == {DEADLINE}


def test_a_contradiction_is_told_with_its_figures() -> None:
    [wish] = read("12 постов до конца месяца, по 5 в неделю", TODAY)
    found = contradiction(wish.draft, TODAY)
    assert found is not None
    assert (found.amount, found.needed, found.said) == (12, 10.5, 5)
    assert found.brings == pytest.approx(5 * 8 / 7)
    assert found.until == date(2026, 12, 9)


@pytest.mark.parametrize(
    "line",
    [
        "12 постов до 9 декабря, по 5 в неделю",
        "12 постов за месяц, по 3 в неделю",
        "12 постов до конца месяца",
        "12 постов по 5 в неделю",
        "12 постов до 15.11.2026, по 5 в неделю",
    ],
)
def test_what_agrees_or_lacks_one_of_the_three_is_no_contradiction(line: str) -> None:
    [wish] = read(line, TODAY)
    assert contradiction(wish.draft, TODAY) is None


def test_of_three_that_contradict_each_two_are_offered() -> None:
    [wish] = read("12 постов до конца месяца, по 5 в неделю", TODAY)
    found = with_rate(wish, None, TODAY)
    assert (found.draft.amount, found.draft.deadline) == (12, DEADLINE)
    assert [(other.amount, other.deadline) for other in found.alternatives] == [
        (6, DEADLINE),
        (12, date(2026, 12, 9)),
    ]
    level = Wish("до 1000", replace(LEVEL, deadline=DEADLINE))
    [later] = with_rate(level, 10, TODAY, 500.0).alternatives
    assert (later.amount, later.deadline) == (1000, TODAY + timedelta(days=349))


def test_the_rate_answers_the_letters_that_it_gives() -> None:
    wish = Wish("подписчики до 31.12", Draft(metric="audience", deadline=DEADLINE), (), (Letter.MEASURABLE,))
    assert with_rate(wish, 70, TODAY).missing == ()
    assert with_rate(wish, None, TODAY) == wish


def test_a_reading_that_the_rate_dates_is_the_likeliest() -> None:
    [wish] = read("1000 подписчиков", TODAY)
    assert wish.draft.kind is GoalKind.REACH_LEVEL
    found = with_rate(wish, 70, TODAY)
    assert (found.draft.kind, found.missing) == (GoalKind.GAIN, ())
    assert [other.kind for other in found.alternatives] == [GoalKind.REACH_LEVEL]
    known = with_rate(wish, 70, TODAY, 860.0)
    assert (known.draft.kind, known.draft.deadline) == (GoalKind.REACH_LEVEL, TODAY + timedelta(days=13))
