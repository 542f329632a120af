"""The client changes his mind: what changes, line by line, and what that does to the goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.diff import Change, Why, change_draft, completed, diff, swap_priorities
from goals.agreement.goals import goals_of
from goals.agreement.terms import Hours, Priority, Terms, TopicLine
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from tests.goals.agreement.build import COFFEE, TODAY, terms


def goals_agreed(some: Terms) -> list[Goal]:
    """The goals of the month as they were set, numbered from 1."""
    return [
        Goal(
            GoalId(number),
            ClientId(1),
            found.metric,
            found.kind,
            found.amount,
            found.start,
            network=found.network,
            topic=found.topic,
            period=found.period,
            deadline=found.deadline,
            priority=found.priority,
            term=found.term,
        )
        for number, found in enumerate(goals_of(some, TODAY), 1)
    ]


def test_a_swap_lets_lines_serve_the_same_priorities() -> None:
    swapped = swap_priorities(COFFEE, (2, 1))
    assert [each.text for each in swapped.priorities] == ["Запись на дегустации", "Распродать старую партию"]
    assert [line.priority for line in swapped.topics] == [2, 2, 1]
    assert [line.priority for line in swapped.content] == [None] * 4
    assert [line.priority for line in swapped.kpis] == [1, 2]
    assert swap_priorities(swapped, (2, 1)) == COFFEE


def test_an_order_of_the_first_is_completed_by_the_others() -> None:
    assert completed([2, 1], 3) == [2, 1, 3]
    assert completed([3], 3) == [3, 1, 2]


@pytest.mark.parametrize("order", [(), (1,), (1, 1), (1, 2, 3), (0, 1)])
def test_a_swap_names_each_priority_once(order: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="1-2"):
        swap_priorities(COFFEE, order)


def test_a_swap_changes_the_ranks_and_nothing_else() -> None:
    changes = diff(COFFEE, swap_priorities(COFFEE, (2, 1)))
    assert [(change.section, change.line) for change in changes] == [
        ("priorities", "priority:распродать старую партию"),
        ("priorities", "priority:запись на дегустации"),
    ]
    assert [(change.old["rank"], change.new["rank"]) for change in changes] == [(1, 2), (2, 1)]


def test_a_swap_lists_every_goal_that_serves_them() -> None:
    goals = goals_agreed(COFFEE)
    draft = change_draft(COFFEE, swap_priorities(COFFEE, (2, 1)), goals, TODAY)
    assert {each.goal.term: (each.why, each.priority) for each in draft.affected} == {
        "topic:старая партия:*:post": ((Why.PRIORITY,), 2),
        "topic:старая партия:*:story": ((Why.PRIORITY,), 2),
        "topic:дегустации": ((Why.PRIORITY,), 1),
        "kpi:audience:vk:gain": ((Why.PRIORITY,), 1),
        "kpi:orders:*:total_in_period": ((Why.PRIORITY,), 2),
    }
    assert (draft.removed, draft.added, draft.changed) == ((), (), ())
    assert (draft.hours_before, draft.hours_after) == (30, 30)


def test_what_is_taken_off_added_and_changed() -> None:
    less, _, tastings = COFFEE.topics
    new = replace(
        COFFEE,
        topics=(
            tastings,
            replace(less, amount=4),
            TopicLine("Новый год", None, 5, "post", "vk", until=date(2026, 12, 31)),
        ),
        hours=replace(COFFEE.hours, month=36),
    )
    draft = change_draft(COFFEE, new, goals_agreed(COFFEE), TODAY)
    assert [goal.term for goal in draft.removed] == ["topic:старая партия:*:story"]
    assert [goal.term for goal in draft.added] == ["topic:новый год:vk:post"]
    assert [(before.term, before.amount, after.amount) for before, after in draft.changed] == [
        ("topic:старая партия:*:post", 12, 4),
        ("hours", 30, 36),
    ]
    assert (draft.hours_before, draft.hours_after) == (30, 36)
    assert {each.goal.term: each.why for each in draft.affected} == {
        "topic:старая партия:*:post": (Why.CHANGED,),
        "topic:старая партия:*:story": (Why.REMOVED,),
        "hours": (Why.CHANGED,),
    }


def test_a_goal_of_no_line_is_touched_through_its_topic_or_its_priority() -> None:
    own = Goal(
        GoalId(1),
        ClientId(1),
        "likes",
        GoalKind.TOTAL_IN_PERIOD,
        50,
        TODAY,
        topic="старая ПАРТИЯ",
        priority=1,
    )
    other = replace(own, id=GoalId(2), topic="Меню", priority=2)
    new = replace(
        COFFEE,
        priorities=COFFEE.priorities[1:],
        topics=tuple(replace(line, priority=1) for line in COFFEE.topics[2:]),
        kpis=(),
    )
    draft = change_draft(COFFEE, new, [own, other], TODAY)
    assert [(each.goal.id, each.why, each.priority) for each in draft.affected] == [
        (1, (Why.TOPIC, Why.PRIORITY), None),
        (2, (Why.PRIORITY,), 1),
    ]


def test_a_changed_field_is_named_with_both_values() -> None:
    new = replace(
        COFFEE,
        hours=Hours(20),
        priorities=(*COFFEE.priorities, Priority("Имя")),
        content=(replace(COFFEE.content[0], amount=5), *COFFEE.content[1:]),
    )
    changes = {change.line: change for change in diff(COFFEE, new)}
    assert changes["hours.month"] == Change("hours", "hours.month", 30, 20)
    assert changes["hours.days_off"].new is None
    assert changes["priority:имя"] == Change("priorities", "priority:имя", None, {"text": "Имя", "rank": 3})
    posts = changes["content:vk:post:week"]
    assert (posts.old["amount"], posts.new["amount"]) == (3, 5)


def test_a_later_first_day_does_not_hide_the_goals() -> None:
    new = replace(COFFEE, dates=replace(COFFEE.dates, start=date(2026, 12, 10)))
    draft = change_draft(COFFEE, new, goals_agreed(COFFEE), TODAY)
    assert (draft.removed, draft.added) == ((), ())
    assert {after.start for _, after in draft.changed} == {date(2026, 12, 10)}


def test_terms_that_are_over_ask_for_nothing() -> None:
    over = Terms(dates=replace(COFFEE.dates, end=date(2026, 12, 31), renews=False), hours=Hours(30))
    draft = change_draft(over, over, [], date(2027, 2, 1))
    assert (draft.changes, draft.removed, draft.added, draft.affected) == ((), (), (), ())


@settings(max_examples=30, deadline=None)
@given(terms(), st.data())
def test_moving_lines_is_no_change_and_the_same_terms_touch_nothing(some: Terms, data: st.DataObject) -> None:
    moved = replace(
        some,
        accounts=tuple(data.draw(st.permutations(some.accounts))),
        topics=tuple(data.draw(st.permutations(some.topics))),
        content=tuple(data.draw(st.permutations(some.content))),
    )
    draft = change_draft(some, moved, goals_agreed(some), TODAY)
    assert diff(some, moved) == ()
    assert (draft.removed, draft.added, draft.changed, draft.affected) == ((), (), (), ())


@settings(max_examples=30, deadline=None)
@given(terms(), terms())
def test_a_change_has_two_sides(old: Terms, new: Terms) -> None:
    there = {change.line: (change.old, change.new) for change in diff(old, new)}
    back = {change.line: (change.new, change.old) for change in diff(new, old)}
    assert there == back
    same_days = replace(new, dates=old.dates)
    forth, again = (change_draft(*pair, [], TODAY) for pair in ((old, same_days), (same_days, old)))
    assert [goal.term for goal in forth.added] == [goal.term for goal in again.removed]
    assert [goal.term for goal in forth.removed] == [goal.term for goal in again.added]


def test_a_period_of_a_line_is_a_part_of_its_name() -> None:
    daily = replace(COFFEE.content[0], period=Period.DAY)
    draft = change_draft(COFFEE, replace(COFFEE, content=(daily, *COFFEE.content[1:])), [], TODAY)
    assert [goal.term for goal in draft.removed] == ["content:vk:post:week"]
    assert [goal.term for goal in draft.added] == ["content:vk:post:day"]
