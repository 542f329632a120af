"""What every store must do when a change of a goal is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goals.changes import changed_without_yes
from goals.metrics import UNNAMED
from goals.model import AccountId, ClientId, Goal, GoalId, GoalKind, Period
from store.changes import Profile, UnitOutcome
from store.contract import Writer
from store.errors import ConflictError, NotFoundError, NothingToUndoError
from store.values import UnitStatus
from tests.store.base import StoreCase, early
from tests.support.store import AUTHOR, NOW, TODAY, account, add_account, add_goal, days_ago

LATER = NOW + timedelta(hours=1)


def edit(store: Writer, number: GoalId, **changes: object) -> Goal:
    edited = replace(store.goal(number), **changes)  # type: ignore[arg-type]
    return store.update_goal(edited, author="Ольга", now=NOW, why="клиент передумал")


def undo(store: Writer, number: GoalId) -> Goal:
    return store.undo_goal(number, author="Пётр", now=LATER)


class UndoContract(StoreCase):
    """Undo, and what a goal remembers of its beginning."""

    def test_a_goal_keeps_its_wish_and_its_line_of_the_agreement(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(
            store,
            client,
            UNNAMED,
            amount=None,
            wish="хочу, чтобы нас узнавали",
            term="priority:1",
            network="vk",
        )
        assert (store.goal(number).wish, store.goal(number).term) == (
            "хочу, чтобы нас узнавали",
            "priority:1",
        )
        assert store.goals_touched([add_account(store, client)]) == [store.goal(number)]
        edit(store, number, metric="reach", term=None)
        assert store.revisions(number)[0].changes == {
            "metric": (UNNAMED, "reach"),
            "term": ("priority:1", None),
        }

    def test_every_field_comes_back(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        first = store.goal(
            add_goal(
                store, client, "posts", GoalKind.TOTAL_IN_PERIOD, 12.5, topic="партия", network="vk",
                account_id=zerno, priority=2, baseline=0.0, title="12 постов", wish="посты", term="content:1",
                agreed_by="Иван", agreed_on=days_ago(20),
            )
        )  # fmt: skip
        other = add_account(store, client, "second", network="telegram")
        changed = edit(
            store, first.id, metric="stories", kind=GoalKind.KEEP_RATE, amount=None, period=Period.WEEK,
            start=days_ago(1), deadline=None, topic=None, network="telegram", account_id=other, priority=None,
            baseline=None, title="", wish="", term=None, agreed_by=None, agreed_on=None, dropped=True,
        )  # fmt: skip
        undone = undo(store, first.id)
        assert undone == store.goal(first.id) == replace(first, version=3, author="Пётр")
        edited, back = store.revisions(first.id)
        assert (edited.undoes, back.undoes) == (None, 1)
        assert back.changes == {name: (new, old) for name, (old, new) in edited.changes.items()}
        assert (back.number, back.made_at, back.author, back.agreed_on) == (2, LATER, "Пётр", None)
        assert changed.version == 2

    def test_repeated_it_goes_back_to_the_beginning_and_no_further(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(store, client)
        for amount in (400.0, 500.0, 600.0):
            edit(store, number, amount=amount)
        assert [undo(store, number).amount for _ in range(3)] == [500.0, 400.0, 300.0]
        with pytest.raises(NothingToUndoError):
            undo(store, number)
        assert [revision.undoes for revision in store.revisions(number)] == [None, None, None, 3, 2, 1]

    def test_a_change_after_an_undo_is_the_next_to_go(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        edit(store, number, amount=400.0)
        edit(store, number, deadline=date(2026, 12, 31))
        undo(store, number)
        edit(store, number, amount=700.0)
        assert undo(store, number).amount == 400.0
        assert (undo(store, number).amount, store.goal(number).deadline) == (300.0, days_ago(-7))
        with pytest.raises(NothingToUndoError):
            undo(store, number)

    def test_a_dropped_goal_is_back_on_the_board_and_waits_for_a_verdict(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(store, client)
        store.put_evaluations([early(number)])
        edit(store, number, dropped=True)
        assert store.board_rows() == []
        assert not undo(store, number).dropped
        assert [row.goal_id for row in store.board_rows()] == [number]
        assert [goal.id for goal in store.not_judged_on({client: TODAY})] == [number]

    def test_a_word_without_a_change_is_passed_over(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        edit(store, number, amount=400.0)
        store.update_goal(store.goal(number), author=AUTHOR, now=NOW, why="созвон")
        assert undo(store, number).amount == 300.0

    def test_a_yes_to_the_goal_as_it_stands_is_taken_back_before_the_change(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(store, client, agreed_on=TODAY)
        edit(store, number, amount=400.0)
        changed = store.revisions(number)
        store.update_goal(store.goal(number), author=AUTHOR, now=NOW, why="созвон", agreed_on=TODAY)
        assert changed_without_yes(store.goal(number), store.revisions(number)) == []
        assert undo(store, number).amount == 400.0
        assert changed_without_yes(store.goal(number), store.revisions(number)) == changed
        assert undo(store, number).amount == 300.0

    def test_adding_a_goal_is_not_undone(self, store: Writer, client: ClientId) -> None:
        with pytest.raises(NothingToUndoError):
            undo(store, add_goal(store, client))
        with pytest.raises(NotFoundError):
            undo(store, GoalId(99))

    def test_who_was_editing_meanwhile_is_told(self, store: Writer, client: ClientId, path: Path) -> None:
        number = add_goal(store, client)
        edit(store, number, amount=400.0)
        being_edited = store.goal(number)
        with self.make(path) as other:
            undo(other, number)
        with pytest.raises(ConflictError) as caught:
            store.update_goal(replace(being_edited, title="+400"), author=AUTHOR, now=NOW)
        assert caught.value.author == "Пётр"
        assert store.goal(number).amount == 300.0

    def test_a_goal_goes_back_to_the_account_that_its_own_was_merged_into(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        numbered = add_account(store, client, "club42", network_id="42")
        other = add_account(store, client, "other")
        number = add_goal(store, client, account_id=zerno)
        edit(store, number, account_id=other)
        run_id = store.start_run(NOW)
        store.claim(run_id, [zerno])
        store.commit_unit(
            UnitOutcome(zerno, UnitStatus.OK, NOW, profile=Profile("42", "zerno", "Зерно")), run_id
        )
        assert account(store, zerno).archived
        assert undo(store, number).account_id == numbered
