"""What every store must do with goals, revisions and verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.evaluate import Evaluation
from goals.model import (
    AccountId,
    ClientId,
    Goal,
    GoalId,
    GoalKind,
    GoalStatus,
)
from store.contract import Writer
from store.errors import ConflictError, NotFoundError
from tests.store.base import StoreCase, early
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    account,
    add_account,
    add_client,
    add_goal,
    days_ago,
)


class GoalContract(StoreCase):
    """Goals, revisions and verdicts."""

    def test_a_goal_names_its_account_where_the_client_has_several_there(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        add_goal(store, client, account_id=zerno)
        assert [row.account for row in store.board_rows()] == [None]
        other = add_account(store, client, handle="zerno_msk", network_id="888")
        assert [row.account for row in store.board_rows()] == [account(store, zerno).handle]
        store.update_account(replace(account(store, other), archived=True), author=AUTHOR, now=NOW)
        assert [row.account for row in store.board_rows()] == [None]

    def test_the_most_urgent_clients_come_first_and_whole(self, store: Writer, client: ClientId) -> None:
        calm = add_client(store, "Мастерская «Свеча»")
        late = [add_goal(store, client), add_goal(store, client)]
        add_goal(store, calm)
        store.put_evaluations([early(late[0])._replace(urgency=3004)])
        assert {row.goal_id for row in store.urgent_rows(1)} == set(late)
        assert len(store.urgent_rows(2)) == 3

    def test_a_goal_that_ends_before_it_starts_is_never_written(
        self, store: Writer, client: ClientId
    ) -> None:
        goal = store.goal(add_goal(store, client))
        wrong = replace(goal, deadline=goal.start - timedelta(days=1))
        with pytest.raises(ValueError, match="before its start"):
            store.add_goal(wrong, author=AUTHOR, now=NOW)
        with pytest.raises(ValueError, match="before its start"):
            store.update_goal(wrong, author=AUTHOR, now=NOW)
        assert store.goals() == [goal]
        assert store.revisions(goal.id) == []

    def test_a_goal_keeps_every_word(self, store: Writer, client: ClientId, zerno: AccountId) -> None:
        goal = Goal(
            id=GoalId(0),
            client_id=client,
            metric="posts",
            kind=GoalKind.TOTAL_IN_PERIOD,
            amount=12.0,
            start=date(2026, 11, 1),
            network="vk",
            account_id=zerno,
            topic="Старая партия",
            deadline=date(2026, 11, 30),
            baseline=0.0,
            priority=1,
            title="12 постов",
            agreed_by="Иван",
            agreed_on=date(2026, 10, 30),
        )
        number = store.add_goal(goal, author=AUTHOR, now=NOW)
        assert store.goal(number) == replace(goal, id=number, version=1, author=AUTHOR)
        assert [topic.name for topic in store.topics(client)] == ["Старая партия"]

    def test_a_goal_that_is_not_there_is_not_found(self, store: Writer) -> None:
        with pytest.raises(NotFoundError):
            store.goal(GoalId(1))

    def test_an_edited_goal_leaves_a_revision(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        read = store.goal(number)
        edited = replace(read, amount=500.0, deadline=date(2026, 12, 31))
        saved = store.update_goal(
            edited, author="Ольга", now=NOW, why="клиент передумал", agreed_on=days_ago(1)
        )
        assert saved == store.goal(number) == replace(edited, version=2, author="Ольга")
        (revision,) = store.revisions(number)
        assert (revision.number, revision.author, revision.why) == (1, "Ольга", "клиент передумал")
        assert (revision.made_at, revision.agreed_on) == (NOW, days_ago(1))
        assert revision.changes == {"amount": ("300", "500"), "deadline": ("2026-11-30", "2026-12-31")}

    def test_of_two_edits_of_a_goal_the_second_is_refused(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        read = store.goal(number)
        store.update_goal(replace(read, amount=500.0), author="Ольга", now=NOW)
        with pytest.raises(ConflictError):
            store.update_goal(replace(read, amount=400.0), author="Пётр", now=NOW)
        assert store.goal(number).amount == 500.0
        assert len(store.revisions(number)) == 1

    def test_saving_an_unchanged_goal_writes_nothing(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        assert store.update_goal(store.goal(number), author="Ольга", now=NOW).version == 1
        assert store.revisions(number) == []

    def test_a_baseline_is_filled_once_and_survives_an_edit_begun_before(
        self, store: Writer, client: ClientId
    ) -> None:
        number = add_goal(store, client)
        read = store.goal(number)
        store.set_baseline(number, 4812.0)
        store.set_baseline(number, 1.0)
        assert store.update_goal(replace(read, title="+300"), author=AUTHOR, now=NOW).baseline == 4812.0
        moved = replace(store.goal(number), start=days_ago(3), baseline=None)
        assert store.update_goal(moved, author=AUTHOR, now=NOW).baseline is None

    def test_the_board_shows_a_goal_at_once_as_a_draft(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client, title="+300 подписчиков", network="vk")
        (row,) = store.board_rows()
        assert (row.goal_id, row.client_id, row.network, row.title) == (
            number,
            client,
            "vk",
            "+300 подписчиков",
        )
        assert (row.status, row.metric, row.kind, row.amount) == ("draft", "audience", "gain", 300.0)
        assert (row.start, row.deadline) == (days_ago(20).toordinal(), days_ago(-7).toordinal())
        assert row.progress is None

    def test_the_board_shows_the_stored_verdict(self, store: Writer, client: ClientId) -> None:
        number, other = add_goal(store, client), add_goal(store, add_client(store, "Свеча"))
        verdict = Evaluation(
            goal_id=number,
            judged_on=TODAY,
            status=GoalStatus.BEHIND,
            current=5024.0,
            target=5112.0,
            progress=0.7,
            expected=0.73,
            safe_days=-1,
            needed_per_day=11.0,
            due_today=None,
            planned_today=2,
            chance=0.41,
            band_low=5050.0,
            band_high=5150.0,
            as_of=NOW,
            urgency=3001,
        )
        store.put_evaluations([verdict._replace(status=GoalStatus.MET), verdict])
        (row,) = store.board_rows([client])
        assert row[row._fields.index("status") :] == (
            *("behind", 5024.0, 5112.0, 0.7, 0.73, -1, 11.0, None, 2, 0.41),
            *(int(NOW.timestamp()), 3001),
        )
        assert {row.goal_id for row in store.board_rows()} == {number, other}
        assert store.bands() == store.bands(client) == {number: (5050.0, 5150.0)}

    def test_it_tells_whose_goals_were_written_since_a_mark(self, store: Writer, client: ClientId) -> None:
        mark = store.changes_since(0).mark
        assert store.changes_since(mark) == (mark, frozenset(), False)
        goal = add_goal(store, client)
        later, goals_of, clients = store.changes_since(mark)
        assert (goals_of, clients) == (frozenset({client}), False)
        store.set_baseline(goal, 4812.0)
        assert store.changes_since(later).goals_of == {client}
        others = add_client(store, "Свеча")
        last, goals_of, clients = store.changes_since(later)
        assert (goals_of, clients) == (frozenset({client, others}), True)
        store.put_evaluations([early(add_goal(store, others))])
        assert store.changes_since(last)[1:] == (frozenset({others}), False)
        assert store.changes_since(0).goals_of == {client, others}

    def test_a_client_renamed_or_put_away_is_told(self, store: Writer, client: ClientId) -> None:
        mark = store.changes_since(0).mark
        zerno = next(found for found in store.clients() if found.id == client)
        store.update_client(replace(zerno, archived=True), author=AUTHOR, now=NOW)
        assert store.changes_since(mark)[1:] == (frozenset({client}), True)

    def test_another_account_in_a_network_changes_its_clients_goals(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        add_goal(store, client, account_id=zerno)
        mark = store.changes_since(0).mark
        add_account(store, client, "second")
        assert store.changes_since(mark).goals_of == {client}

    def test_an_edit_is_on_the_board_at_once(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client, title="+300")
        store.set_baseline(number, 4812.0)
        store.update_goal(replace(store.goal(number), title="+500", amount=500.0), author=AUTHOR, now=NOW)
        (row,) = store.board_rows([client])
        assert (row.title, row.amount, row.baseline) == ("+500", 500.0, 4812.0)

    def test_the_top_of_the_board_is_the_most_urgent_clients_with_all_their_goals(
        self, store: Writer
    ) -> None:
        calm, late, gone = (add_client(store, name) for name in ("Альфа", "Бета", "Вега"))
        urgencies = {calm: (1000, 900), late: (3001, -1000), gone: (9000, 9000)}
        for client_id, pair in urgencies.items():
            for urgency in pair:
                store.put_evaluations([early(add_goal(store, client_id))._replace(urgency=urgency)])
        away = next(client for client in store.clients() if client.id == gone)
        store.update_client(replace(away, archived=True), author=AUTHOR, now=NOW)
        assert sorted(row.urgency for row in store.urgent_rows(1)) == [-1000, 3001]
        assert len(store.urgent_rows(5)) == 4

    def test_a_dropped_goal_is_off_the_board_and_kept(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        store.update_goal(replace(store.goal(number), dropped=True), author=AUTHOR, now=NOW)
        assert store.board_rows() == []
        assert store.goals() == []
        assert [goal.id for goal in store.goals(dropped=True)] == [number]

    def test_goals_are_touched_by_the_accounts_of_their_scope(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        telegram = add_account(store, client, network="telegram")
        stranger = add_account(store, add_client(store, "Свеча"))
        of_account = add_goal(store, client, account_id=zerno)
        of_network = add_goal(store, client, network="vk")
        of_all = add_goal(store, client)
        by_hand = add_goal(store, client, metric="leads")
        touched = {
            name: {goal.id for goal in store.goals_touched([number])}
            for name, number in (
                ("zerno", zerno),
                ("telegram", telegram),
                ("stranger", stranger),
                ("manual", store.manual_account(client)),
            )
        }
        assert touched == {
            "zerno": {of_account, of_network, of_all},
            "telegram": {of_all},
            "stranger": set(),
            "manual": {by_hand},
        }

    def test_goals_wait_for_a_verdict_until_they_have_todays(self, store: Writer, client: ClientId) -> None:
        number = add_goal(store, client)
        other = add_client(store, "Свеча")
        add_goal(store, other)
        assert [goal.id for goal in store.not_judged_on({client: TODAY})] == [number]
        store.put_evaluations([early(number)])
        assert store.not_judged_on({client: TODAY}) == []
        assert [goal.id for goal in store.not_judged_on({client: TODAY + timedelta(days=1)})] == [number]
        store.update_goal(replace(store.goal(number), amount=9.0), author=AUTHOR, now=NOW)
        assert [goal.id for goal in store.not_judged_on({client: TODAY})] == [number]
