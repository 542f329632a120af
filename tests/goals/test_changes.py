"""Which changes of a goal count as easing it without the client's yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.changes import changed_without_yes, eased_without_yes
from goals.model import Goal, GoalKind, Period
from goals.phrase.parse import read
from goals.revision import Revision
from tests.goals.build import DEADLINE, goal, noon

DAY = date(2026, 11, 12)


Changes = dict[str, tuple[object, object]]


def revision(
    number: int, changes: Changes, *, agreed_on: date | None = None, undoes: int | None = None
) -> Revision:
    texts = {
        name: (None if old is None else str(old), None if new is None else str(new))
        for name, (old, new) in changes.items()
    }
    made_at = noon(DAY + timedelta(days=number))
    return Revision(goal().id, number, made_at, "Анна", "так", agreed_on, texts, undoes)


def rate(amount: float, period: Period = Period.WEEK, **changes: object) -> Goal:
    return goal("posts", GoalKind.KEEP_RATE, amount, period=period, **changes)


def numbers(subject: Goal, *revisions: Revision) -> list[int]:
    return [each.number for each in eased_without_yes(subject, revisions)]


LATER, EARLIER = DEADLINE + timedelta(days=7), DEADLINE - timedelta(days=7)


@pytest.mark.parametrize(
    ("subject", "changes", "easier"),
    [
        (goal(amount=200), {"amount": (300, 200)}, True),
        (goal(amount=400), {"amount": (300, 400)}, False),
        (goal(amount=None), {"amount": (300, None)}, True),
        (goal(amount=300), {"amount": (None, 300)}, False),
        (goal(deadline=LATER), {"deadline": (DEADLINE, LATER)}, True),
        (goal(deadline=EARLIER), {"deadline": (DEADLINE, EARLIER)}, False),
        (goal(deadline=None), {"deadline": (DEADLINE, None)}, True),
        (goal(title="x"), {"title": ("", "x")}, False),
        # What must come down to its amount, or stay below it.
        (goal("reply_time", GoalKind.AVERAGE, 40), {"amount": (30, 40)}, True),
        (goal("reply_time", GoalKind.AVERAGE, 20), {"amount": (30, 20)}, False),
        (goal("hours", GoalKind.TOTAL_IN_PERIOD, 40), {"amount": (30, 40)}, True),
        (goal("hours", GoalKind.TOTAL_IN_PERIOD, 30, deadline=LATER), {"deadline": (DEADLINE, LATER)}, False),
        (
            goal("hours", GoalKind.TOTAL_IN_PERIOD, 30, deadline=EARLIER),
            {"deadline": (DEADLINE, EARLIER)},
            True,
        ),
        (
            goal("cost_per_lead", GoalKind.REACH_LEVEL, 300, deadline=LATER),
            {"deadline": (DEADLINE, LATER)},
            True,
        ),
        # A rate has to be kept up to its end.
        (rate(3), {"amount": (5, 3)}, True),
        (rate(5), {"amount": (3, 5)}, False),
        (rate(3), {"period": (Period.DAY, Period.WEEK)}, True),
        (
            rate(10, Period.MONTH),
            {"amount": (3, 10), "period": ("week", "month")},
            True,
        ),
        (rate(3), {"amount": (10, 3), "period": ("month", "week")}, False),
        (rate(3, deadline=EARLIER), {"deadline": (DEADLINE, EARLIER)}, True),
        (rate(3, deadline=EARLIER), {"deadline": (None, EARLIER)}, True),
        (rate(3, deadline=LATER), {"deadline": (DEADLINE, LATER)}, False),
    ],
)
def test_what_is_easier(subject: Goal, changes: Changes, *, easier: bool) -> None:
    assert numbers(subject, revision(1, changes)) == ([1] if easier else [])


def test_with_the_clients_yes_nothing_is_held_against_anybody() -> None:
    assert numbers(goal(amount=200), revision(1, {"amount": (300, 200)}, agreed_on=DAY)) == []


def test_a_later_yes_or_a_harder_goal_does_not_take_it_off_the_list() -> None:
    history = (
        revision(1, {"amount": (300, 200)}),
        revision(2, {"agreed_on": (None, DAY)}, agreed_on=DAY),
        revision(3, {"amount": (200, 300)}),
    )
    assert numbers(goal(), *history) == [1]


def test_what_was_undone_is_no_easing_and_undoing_is_none() -> None:
    assert (
        numbers(goal(), revision(1, {"amount": (300, 200)}), revision(2, {"amount": (200, 300)}, undoes=1))
        == []
    )
    assert (
        numbers(goal(), revision(1, {"amount": (300, 400)}), revision(2, {"amount": (400, 300)}, undoes=1))
        == []
    )


def test_each_change_is_measured_by_what_stood_before_it() -> None:
    subject = rate(2, Period.DAY)
    history = (
        revision(1, {"amount": (9, 5)}),  # 9 -> 5 a week
        revision(2, {"period": ("week", "day")}),  # 5 a week -> 5 a day
        revision(3, {"amount": (5, 2)}),  # 5 -> 2 a day
    )
    assert numbers(subject, *reversed(history)) == [1, 3]


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=8))
def test_exactly_the_steps_down_are_found(amounts: list[int]) -> None:
    steps = list(pairwise(amounts))
    history = [revision(number, {"amount": step}) for number, step in enumerate(steps, 1)]
    down = [number for number, (old, new) in enumerate(steps, 1) if new < old]
    assert numbers(goal(amount=amounts[-1]), *history) == down


def changed(subject: Goal, *revisions: Revision) -> list[int]:
    return [each.number for each in changed_without_yes(replace(subject, agreed_on=DAY), revisions)]


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({"amount": (300, 900)}, True),
        ({"metric": ("audience", "reach")}, True),
        ({"deadline": (DEADLINE, EARLIER)}, True),
        ({"network": (None, "vk")}, True),
        ({"title": ("", "x"), "priority": (None, "1")}, False),
    ],
)
def test_a_change_of_what_was_agreed_takes_the_yes_away(changes: Changes, *, stands: bool) -> None:
    assert changed(goal(), revision(1, changes)) == ([1] if stands else [])
    assert changed_without_yes(goal(), [revision(1, changes)]) == []


def test_a_new_yes_an_undo_and_the_old_figure_give_the_yes_back() -> None:
    raised = revision(1, {"amount": (300, 900)})
    assert changed(goal(), raised, revision(2, {"agreed_on": (DAY, DAY)}, agreed_on=DAY)) == []
    assert changed(goal(), raised, revision(2, {"amount": (900, 300)}, undoes=1)) == []
    assert changed(goal(), raised, revision(2, {"amount": (900, 300)})) == []
    assert changed(goal(), raised, revision(2, {"topic": (None, "x")})) == [1, 2]


def test_a_yes_that_was_taken_back_settles_nothing() -> None:
    yes = revision(2, {"agreed_on": (DAY, DAY + timedelta(days=5))}, agreed_on=DAY)
    back = revision(3, {"agreed_on": (DAY + timedelta(days=5), DAY)}, undoes=2)
    assert changed(goal(), revision(1, {"amount": (300, 900)}), yes, back) == [1]


def test_settling_a_reading_of_ones_own_line_before_any_yes_is_no_easing() -> None:
    line = "ER 4 % к февралю"
    wish = read(line, date(2026, 11, 1))[0]
    assert wish.draft.metric is not None
    own = goal(wish.draft.metric, GoalKind.REACH_LEVEL, 4, start=date(2026, 11, 1), wish=line)
    first, last = sorted({each.deadline for each in (wish.draft, *wish.alternatives) if each.deadline})[::2]
    later = replace(own, deadline=last)
    settled = revision(1, {"deadline": (first, last)})
    assert numbers(later, settled) == []
    assert numbers(
        replace(later, deadline=last + timedelta(days=9)),
        settled,
        revision(2, {"deadline": (last, last + timedelta(days=9))}),
    ) == [2], "no reading says that day"
    assert numbers(replace(later, agreed_on=DAY), settled) == [1], "it was agreed before"
    yes = revision(1, {"agreed_on": (None, DAY)}, agreed_on=DAY)
    assert numbers(replace(later, agreed_on=DAY), yes, replace(settled, number=2)) == [2]
    plain = replace(later, wish="ER 4 % до 15.02.2027")
    assert numbers(plain, settled) == [1], "its line has one reading"
