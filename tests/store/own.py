"""What every store must know of the specialist's own goals: figures over all clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from goals.facts import DayValue
from goals.model import ClientId, ClientKind, GoalKind
from goals.records import Entry, Hourly
from store.changes import NewClient
from store.contract import Writer
from tests.store.base import StoreCase, early
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    add_self,
    days_ago,
    reading,
    sync_unit,
)


def log(
    store: Writer, client_id: ClientId, metric: str, amount: float, day: date = TODAY, at: datetime = NOW
) -> int:
    return store.log_entry(Entry(0, client_id, metric, day, amount, "", AUTHOR, at))


def archive(store: Writer, client_id: ClientId, now: datetime, *, archived: bool = True) -> None:
    found = next(item for item in store.clients(archived=True) if item.id == client_id)
    store.update_client(replace(found, archived=archived), author=AUTHOR, now=now)


def days(
    store: Writer, client_id: ClientId, metric: str, kind: GoalKind = GoalKind.TOTAL_IN_PERIOD
) -> list[DayValue]:
    goal = store.goal(add_goal(store, client_id, metric, kind))
    return list(store.facts(goal, days_ago(30), TODAY).days)


class OwnContract(StoreCase):
    """The specialist's own figures."""

    @pytest.mark.parametrize("metric", ["income", "hours", "cases", "courses"])
    def test_own_figures_are_those_of_all_clients_and_a_clients_its_own(
        self, store: Writer, client: ClientId, metric: str
    ) -> None:
        me, gone = add_self(store), add_client(store, "Ушедший")
        log(store, client, metric, 5, days_ago(1))
        log(store, gone, metric, 3, days_ago(1), at=NOW + timedelta(hours=1))
        log(store, me, metric, 2)
        archive(store, gone, NOW)
        assert days(store, me, metric) == [(days_ago(1), 8), (TODAY, 2)]
        assert days(store, client, metric) == [(days_ago(1), 5)]
        goal = store.goal(add_goal(store, me, metric))
        facts = store.facts(goal, days_ago(30), TODAY)
        assert (facts.as_of, facts.by_hand) == (NOW + timedelta(hours=1), False)

    def test_nothing_logged_is_not_zero(self, store: Writer, client: ClientId) -> None:
        assert days(store, add_self(store), "income") == []

    def test_other_manual_figures_stay_each_clients_own(self, store: Writer, client: ClientId) -> None:
        me = add_self(store)
        log(store, client, "leads", 5)
        log(store, me, "leads", 1)
        assert days(store, me, "leads") == [(TODAY, 1)]

    def test_figures_that_a_network_tells_are_added_to_those_by_hand(
        self, store: Writer, client: ClientId
    ) -> None:
        counter = add_account(store, client, "24226447", network="metrika")
        others = add_account(store, add_client(store, "Другой"), "1", network="metrika")
        sync_unit(store, counter, readings=[reading(counter, days_ago(1), 7, "leads")])
        sync_unit(store, others, readings=[reading(others, TODAY, 50, "leads")])
        assert days(store, client, "leads") == [(days_ago(1), 7)]
        log(store, client, "leads", 2, days_ago(1))
        log(store, client, "leads", 1)
        assert days(store, client, "leads") == [(days_ago(1), 9), (TODAY, 1)]
        goal = add_goal(store, client, "leads")
        assert goal in {touched.id for touched in store.goals_touched([counter])}
        assert goal not in {touched.id for touched in store.goals_touched([others])}
        put_away = next(each for each in store.accounts(client) if each.id == counter)
        store.update_account(replace(put_away, archived=True), author=AUTHOR, now=NOW)
        assert days(store, client, "leads") == [(days_ago(1), 2), (TODAY, 1)]

    def test_own_goals_are_touched_by_what_is_logged_for_any_client(
        self, store: Writer, client: ClientId
    ) -> None:
        me = add_self(store)
        own = {name: add_goal(store, me, name) for name in ("income", "hours", "leads", "clients")}
        of_client = add_goal(store, client, "income")
        dropped = store.goal(add_goal(store, me, "cases"))
        store.update_goal(replace(dropped, dropped=True), author=AUTHOR, now=NOW)
        touched = store.goals_touched([store.manual_account(client)])
        assert {goal.id for goal in touched} == {own["income"], own["hours"], of_client}
        mine = store.goals_touched([store.manual_account(me)])
        assert {goal.id for goal in mine} == set(own.values())

    # --- how many clients

    def test_clients_are_counted_on_each_day(self, store: Writer) -> None:
        def moment(back: int) -> datetime:
            return NOW - timedelta(days=back)

        me = store.add_client(NewClient("Я", kind=ClientKind.SELF), author=AUTHOR, now=moment(6))
        first, _ = (
            store.add_client(NewClient(name), author=AUTHOR, now=moment(back))
            for name, back in (("Зерно", 4), ("Свеча", 3))
        )
        archive(store, first, moment(1))
        assert days(store, me, "clients", GoalKind.REACH_LEVEL) == [
            (days_ago(6), 0), (days_ago(5), 0), (days_ago(4), 1),
            (days_ago(3), 2), (days_ago(2), 2), (days_ago(1), 1), (TODAY, 1),
        ]  # fmt: skip
        goal = store.goal(add_goal(store, me, "clients", GoalKind.REACH_LEVEL))
        facts = store.facts(goal, days_ago(1), TODAY)
        assert (len(facts.days), facts.as_of, facts.by_hand) == (2, None, True)
        archive(store, first, NOW, archived=False)
        assert days(store, me, "clients", GoalKind.REACH_LEVEL)[-1] == (TODAY, 2)

    def test_an_edit_of_an_archived_client_does_not_move_the_day(self, store: Writer) -> None:
        me, first = add_self(store), add_client(store)
        archive(store, first, NOW)
        found = next(item for item in store.clients(archived=True) if item.id == first)
        store.update_client(replace(found, manager="Ольга"), author=AUTHOR, now=NOW + timedelta(days=2))
        assert days(store, me, "clients", GoalKind.REACH_LEVEL) == [(TODAY, 0)]

    def test_a_client_joins_on_the_specialists_own_day(self, store: Writer) -> None:
        new = NewClient("Я", kind=ClientKind.SELF, timezone="Asia/Kamchatka")
        me = store.add_client(new, author=AUTHOR, now=datetime(2026, 11, 20, 6, tzinfo=UTC))
        store.add_client(NewClient("Зерно"), author=AUTHOR, now=datetime(2026, 11, 22, 20, tzinfo=UTC))
        assert days(store, me, "clients", GoalKind.REACH_LEVEL)[-2:] == [(days_ago(1), 0), (TODAY, 1)]

    def test_a_number_logged_by_hand_stands_instead(self, store: Writer, client: ClientId) -> None:
        me = add_self(store)
        number = log(store, me, "clients", 7)
        assert days(store, me, "clients", GoalKind.REACH_LEVEL) == [(TODAY, 7)]
        store.remove_entry(number)
        assert days(store, me, "clients", GoalKind.REACH_LEVEL) == [(TODAY, 1)]

    def test_a_clients_clients_are_not_ours(self, store: Writer, client: ClientId) -> None:
        assert days(store, client, "clients", GoalKind.REACH_LEVEL) == []

    def test_a_client_that_joins_or_leaves_has_the_goal_judged_anew(self, store: Writer) -> None:
        me = add_self(store)
        number = add_goal(store, me, "clients", GoalKind.REACH_LEVEL)
        other = add_goal(store, me, "income")
        store.put_evaluations([early(number), early(other)])

        def waits() -> bool:
            waiting = [goal.id for goal in store.not_judged_on({me: TODAY})]
            store.put_evaluations([early(number)])
            assert other not in waiting
            return number in waiting

        assert not waits()
        client = add_client(store)
        assert waits()
        archive(store, client, NOW)
        assert waits()

    # --- an hour's worth

    def test_income_and_hours_of_each_client(self, store: Writer, client: ClientId) -> None:
        me, other, silent = add_self(store), add_client(store, "Свеча"), add_client(store, "Бета")
        log(store, client, "income", 15_000, days_ago(2))
        log(store, client, "income", 5_000, days_ago(9))
        log(store, client, "hours", 2.5, days_ago(2))
        log(store, client, "hours", 1.5)
        log(store, other, "income", 0)
        log(store, me, "hours", 3)
        log(store, silent, "leads", 4)
        assert store.hourly(days_ago(5), TODAY) == [
            Hourly(client, 15_000, 4),
            Hourly(other, 0, None),
            Hourly(me, None, 3),
        ]
        assert store.hourly(days_ago(1), days_ago(1)) == []
