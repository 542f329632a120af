"""What goes over when the client puts his priorities in another order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.diff import swap_priorities
from goals.agreement.plain import from_plain, to_plain
from goals.agreement.shift import Shift, hours_a_piece, more_pieces, shifted
from goals.agreement.terms import ContentLine, Hours, KpiLine, Priority, Terms, TopicLine
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from tests.goals.agreement.build import COFFEE, TODAY, terms

UNTIL = date(2026, 11, 30)
BATCH = TopicLine("Партия", amount=12, format="post", until=UNTIL, priority=1)
TASTING = TopicLine("Дегустации", amount=4, format="post", until=UNTIL, priority=2)
TWO = Terms(priorities=(Priority("Распродать"), Priority("Гости")), topics=(BATCH, TASTING))
GOAL = Goal(
    GoalId(7),
    ClientId(1),
    "posts",
    GoalKind.TOTAL_IN_PERIOD,
    12,
    date(2026, 11, 1),
    topic="Партия",
    deadline=UNTIL,
    priority=1,
    term="topic:партия:*:post",
)


def pieces(some: Terms) -> int:
    return sum(line.amount or 0 for line in some.topics) + sum(line.amount for line in some.content)


def shift(some: Terms, *goals: Goal, done: float | None = None, order: tuple[int, ...] = (2, 1)) -> Shift:
    figures = {} if done is None else {goal.id: done for goal in goals}
    return shifted(some, order, goals, figures, TODAY)


def amounts(found: Shift) -> dict[str, float | None]:
    return {line.topic: line.amount or line.share for line in found.terms.topics}


@pytest.mark.parametrize(
    ("done", "left"),
    [
        (None, {"Партия": 4, "Дегустации": 12}),
        (0, {"Партия": 4, "Дегустации": 12}),
        (3, {"Партия": 4, "Дегустации": 12}),
        (10, {"Партия": 10, "Дегустации": 6}),
        (12, {"Партия": 12, "Дегустации": 4}),
        (15, {"Партия": 12, "Дегустации": 4}),
    ],
)
def test_lines_exchange_their_amounts_but_what_is_made_stays(
    done: float | None, left: dict[str, float]
) -> None:
    found = shift(TWO, GOAL, done=done)
    assert amounts(found) == left
    assert [line.priority for line in found.terms.topics] == [2, 1]
    assert found.lost == ("Распродать",)


def test_where_there_is_nothing_to_exchange_with_half_of_what_is_left_goes_over() -> None:
    wish = TopicLine("Дегустации", priority=2)
    found = shift(replace(TWO, topics=(BATCH, wish)), GOAL, done=3)
    (move,) = found.moves
    assert (move.amount, move.off.done, move.on.amount, move.on.topic) == (5, 3, 0, "Дегустации")
    assert [(line.topic, line.amount, line.priority) for line in found.terms.topics] == [
        ("Партия", 7, 2), ("Дегустации", None, 1), ("Дегустации", 5, 1),
    ]  # fmt: skip
    without = shift(replace(TWO, topics=(BATCH,)), GOAL, done=3)
    assert without.moves[0].on.topic == "Гости", "a priority without a topic names one"


def test_what_already_has_more_gives_and_takes_nothing() -> None:
    found = shift(replace(TWO, topics=(replace(BATCH, amount=2), TASTING)))
    assert (found.moves, amounts(found)) == ((), {"Партия": 2, "Дегустации": 4})
    assert (found.bare, found.unmoved) == ((), ())


def test_content_that_serves_a_priority_becomes_content_about_the_other() -> None:
    some = Terms(
        priorities=TWO.priorities,
        topics=(TopicLine("Дегустации", priority=2),),
        content=(ContentLine("post", 5, "vk", Period.WEEK, priority=1),),
    )
    found = shift(some)
    assert found.terms.content[0].amount == 2
    new = found.terms.topics[-1]
    assert (new.topic, new.amount, new.network, new.period, new.priority) == (
        "Дегустации", 3, "vk", Period.WEEK, 1,
    )  # fmt: skip
    assert found.moves[0].a_month == pytest.approx(3 * 365.25 / 84)


def test_shares_are_exchanged_or_halved() -> None:
    much, little = TopicLine("Партия", share=0.3, priority=1), TopicLine("Дегустации", share=0.1, priority=2)
    both = shift(replace(TWO, topics=(much, little)))
    assert amounts(both) == {"Партия": 0.1, "Дегустации": 0.3}
    alone = shift(replace(TWO, topics=(much, TopicLine("Дегустации", priority=2))))
    assert [line.share for line in alone.terms.topics] == [0.15, 0.15]


def test_a_goal_of_no_line_gives_too_and_is_left_to_a_call() -> None:
    some = replace(TWO, topics=(TopicLine("Дегустации", priority=2),))
    found = shift(some, replace(GOAL, term=None), done=4)
    (move,) = found.moves
    assert (move.off.goal is not None, move.amount) == (True, 4)
    assert [(line.topic, line.amount, line.until) for line in found.terms.topics[1:]] == [
        ("Дегустации", 4, UNTIL)
    ]


def test_a_priority_without_amounts_is_named_and_another_rhythm_too() -> None:
    assert shift(replace(TWO, topics=(TASTING,))).bare == ("Распродать",)
    weekly = replace(TASTING, amount=2, until=None, period=Period.WEEK)
    found = shift(replace(TWO, topics=(BATCH, weekly)))
    assert [lot.topic for lot in found.unmoved] == ["Партия"]
    assert found.moves == ()


def test_what_is_over_does_not_move() -> None:
    over = replace(BATCH, until=date(2026, 11, 22))
    assert shift(replace(TWO, topics=(over, TASTING))).bare == ("Распродать",)


def test_of_three_only_the_one_that_went_down_gives() -> None:
    third = replace(TASTING, topic="Имя", amount=1, priority=3)
    some = replace(TWO, priorities=(*TWO.priorities, Priority("Имя")), topics=(BATCH, TASTING, third))
    found = shift(some, order=(2, 3, 1))
    assert amounts(found) == {"Партия": 4, "Дегустации": 12, "Имя": 1}
    assert found.lost == ("Распродать",)


def test_hours_for_a_piece_are_what_was_agreed_for_the_month() -> None:
    lines = (ContentLine("post", 20, "vk", Period.MONTH), ContentLine("clip", 4, until=UNTIL))
    assert hours_a_piece(Terms(content=lines, hours=Hours(30))) == 30 / 24
    assert hours_a_piece(Terms(topics=(BATCH,), hours=Hours(30))) == 30 / 12
    assert hours_a_piece(Terms(content=lines)) is None
    assert hours_a_piece(Terms(hours=Hours(30))) is None


@settings(max_examples=60, deadline=None)
@given(terms(), st.data())
def test_any_order_leaves_terms_that_can_be_agreed_and_as_many_pieces(
    some: Terms, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(1, len(some.priorities) + 1)))
    found = shifted(some, order, [], {}, TODAY)
    assert from_plain(to_plain(found.terms)) == found.terms
    swapped = swap_priorities(some, order)
    assert found.terms.priorities == swapped.priorities
    assert pieces(found.terms) == pieces(swapped), "what is taken off is added"
    assert all(move.amount > 0 for move in found.moves)


def test_the_coffee_shop_keeps_a_half_for_what_lost_its_rank() -> None:
    found = shifted(COFFEE, (2, 1), [], {}, TODAY)
    assert [(move.off.amount, move.amount) for move in found.moves] == [(12, 6), (6, 3)]


def test_a_priority_that_is_told_by_figures_takes_no_topics() -> None:
    more = KpiLine("audience", GoalKind.GAIN, "vk", amount=300, period=Period.MONTH, priority=2)
    found = shift(replace(TWO, topics=(BATCH,), kpis=(more,)), GOAL, done=3)
    assert (found.moves, found.figures) == ((), ("Гости",))
    assert amounts(found) == {"Партия": 12}


def test_more_content_is_counted_a_month() -> None:
    old = Terms(content=(ContentLine("post", 12, "vk", Period.MONTH),))
    new = Terms(content=(ContentLine("post", 16, "vk", Period.MONTH),), topics=(BATCH,))
    assert (more_pieces(old, new), more_pieces(new, old), more_pieces(new, new)) == (4, -4, 0)
    assert more_pieces(Terms(), Terms(topics=(BATCH,))) == BATCH.amount
