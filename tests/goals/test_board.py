"""The board: every goal once, under its client, the most urgent first."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from goals.board import Board, GoalRow, build_board
from goals.model import Client, ClientId

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CLIENTS = [Client(ClientId(1), "Зерно"), Client(ClientId(2), "Свеча"), Client(ClientId(3), "Я")]


def row(goal_id: int, client_id: int, urgency: int) -> GoalRow:
    return GoalRow(
        goal_id=goal_id,
        client_id=client_id,
        account_id=None,
        account=None,
        network=None,
        metric="posts",
        kind="total_in_period",
        amount=12,
        period=None,
        topic=None,
        title="",
        start=1,
        deadline=2,
        baseline=None,
        status="behind",
        current=3,
        target=12,
        progress=0.25,
        expected=0.7,
        safe_days=-4,
        needed_per_day=1.5,
        due_today=2,
        planned_today=0,
        chance=None,
        as_of=None,
        urgency=urgency,
    )


rows = st.lists(st.tuples(st.integers(1, 4), st.integers(-3000, 3000)), max_size=40).map(
    lambda pairs: [row(i, client, urgency) for i, (client, urgency) in enumerate(pairs)]
)


def _board(some: list[GoalRow]) -> Board:
    return build_board(CLIENTS, some, now=NOW, today=TODAY, data_as_of=NOW)


@given(rows)
def test_every_goal_of_a_known_client_once_and_by_urgency(some: list[GoalRow]) -> None:
    board = _board(some)
    shown = [goal.goal_id for group in board.groups for goal in group.goals]
    assert sorted(shown) == sorted(g.goal_id for g in some if g.client_id <= 3)
    assert board.goal_count == len(shown)
    for group in board.groups:
        urgencies = [goal.urgency for goal in group.goals]
        assert urgencies == sorted(urgencies, reverse=True)
        assert {goal.client_id for goal in group.goals} <= {group.client.id}
    leading = [group.urgency for group in board.groups]
    assert leading == sorted(leading, reverse=True)


@given(rows, rows, st.frozensets(st.sampled_from([1, 2, 3])))
def test_with_kept_groups_it_is_as_built_anew(
    before: list[GoalRow], after: list[GoalRow], changed: frozenset[int]
) -> None:
    kept = {g.client.id: g for g in _board(before).groups if g.client.id not in changed}
    read = [goal for goal in after if goal.client_id in changed]
    board = build_board(CLIENTS, read, now=NOW, today=TODAY, data_as_of=NOW, kept=kept)
    assert board == _board([*(goal for goal in before if goal.client_id not in changed), *read])
    for group in board.groups:
        assert group.client.id not in kept or group is kept[group.client.id]


def test_archived_clients_are_left_out() -> None:
    archived = Client(ClientId(4), "Ушёл", archived=True)
    board = build_board([*CLIENTS, archived], [row(1, 4, 5)], now=NOW, today=TODAY)
    assert board.goal_count == 0
    assert [group.client.id for group in board.groups] == [1, 2, 3]
