"""What every store must do with figures, imports and exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goals.model import AccountId, ClientId, Exactness, Gap, PostState
from goals.records import DayOff, Entry
from store.changes import ImportBatch, UnitOutcome
from store.contract import Writer
from store.errors import ExistsError, NotFoundError
from store.values import MANUAL_NETWORK, Filter, ImportCounts, UnitStatus
from tests.store.base import StoreCase
from tests.support.store import (
    AUTHOR,
    NOW,
    TODAY,
    account,
    add_account,
    add_client,
    add_goal,
    days_ago,
    post,
    reading,
    series,
    sync_unit,
)


class FigureContract(StoreCase):
    """Figures, gaps, entries, imports and exports."""

    def test_a_unit_counts_what_is_new_or_changed(self, store: Writer, zerno: AccountId) -> None:
        assert sync_unit(store, zerno, readings=series(zerno, [1, 2, 3])).readings == 3
        assert sync_unit(store, zerno, readings=series(zerno, [1, 2, 5])).readings == 1
        assert [row.value for row in store.readings(Filter())] == [1, 2, 5]

    def test_latest_is_the_newest_day_whatever_comes_last(self, store: Writer, zerno: AccountId) -> None:
        sync_unit(store, zerno, readings=[reading(zerno, TODAY, 100)])
        sync_unit(store, zerno, readings=[reading(zerno, days_ago(5), 90)])
        assert store.latest([zerno]) == [reading(zerno, TODAY, 100)]

    def test_a_rounded_figure_does_not_replace_an_exact_one(self, store: Writer, zerno: AccountId) -> None:
        rounded = reading(zerno, TODAY, 12_300, exactness=Exactness.ROUNDED)
        sync_unit(store, zerno, readings=[rounded])
        sync_unit(store, zerno, readings=[reading(zerno, TODAY, 12_345)])
        assert sync_unit(store, zerno, readings=[rounded]).readings == 0
        assert store.latest([zerno])[0].value == 12_345

    def test_a_figure_that_is_no_number_is_refused_and_the_unit_with_it(
        self, store: Writer, zerno: AccountId
    ) -> None:
        bad = [reading(zerno, days_ago(1), 5), reading(zerno, TODAY, float("nan"))]
        with pytest.raises(Exception, match="reading"):
            sync_unit(store, zerno, readings=bad)
        assert list(store.readings(Filter())) == []
        assert account(store, zerno).last_ok_at is None

    def test_a_day_told_twice_in_one_unit_is_one_figure_the_better_one(
        self, store: Writer, zerno: AccountId
    ) -> None:
        told = [
            reading(zerno, days_ago(1), 5),
            reading(zerno, days_ago(1), 7),
            reading(zerno, TODAY, 12_345),
            reading(zerno, TODAY, 12_300, exactness=Exactness.ROUNDED),
        ]
        assert sync_unit(store, zerno, readings=told).readings == 2
        assert [row.value for row in store.readings(Filter())] == [7, 12_345]
        assert store.latest([zerno])[0].value == 12_345

    def test_gaps_that_touch_become_one(self, store: Writer, zerno: AccountId) -> None:
        def gap(first: int, last: int, reason: str = "hidden") -> Gap:
            return Gap(zerno, "stories", days_ago(first), days_ago(last), reason)

        run_id = store.start_run(NOW)
        store.claim(run_id, [zerno])
        for gaps in ([gap(9, 8), gap(3, 2)], [gap(7, 4), gap(7, 7, "not_collected")]):
            store.commit_unit(UnitOutcome(zerno, UnitStatus.PARTIAL, NOW, gaps=gaps), run_id)
        assert store.gaps(zerno) == [gap(9, 2), gap(7, 7, "not_collected")]

    def test_logged_totals_add_up_on_their_day(self, store: Writer, client: ClientId) -> None:
        def leads(amount: float) -> int:
            return store.log_entry(Entry(0, client, "leads", TODAY, amount, "звонок", AUTHOR, NOW))

        first, _ = leads(3), leads(4)
        hidden = store.manual_account(client)
        assert [row.value for row in store.latest([hidden])] == [7]
        store.remove_entry(first)
        assert [row.value for row in store.latest([hidden])] == [4]
        assert [(entry.amount, entry.note) for entry in store.entries(client, "leads")] == [(4, "звонок")]

    def test_a_logged_level_is_the_last_one_said(self, store: Writer, client: ClientId) -> None:
        numbers = [
            store.log_entry(Entry(0, client, "clients", day, amount, "", AUTHOR, NOW))
            for day, amount in ((days_ago(1), 4.0), (TODAY, 5.0), (TODAY, 6.0))
        ]
        hidden = store.manual_account(client)
        assert store.latest([hidden])[0].value == 6
        for number in numbers[1:]:
            store.remove_entry(number)
        assert store.latest([hidden])[0][2:4] == (days_ago(1), 4.0)
        store.remove_entry(numbers[0])
        assert store.latest([hidden]) == []
        with pytest.raises(NotFoundError):
            store.remove_entry(numbers[0])

    def test_what_is_logged_adds_to_what_was_imported(self, store: Writer, client: ClientId) -> None:
        hidden = store.manual_account(client)
        batch = ImportBatch(hidden, [reading(hidden, TODAY, 5, "leads")])
        store.import_batches([batch], now=NOW)
        number = store.log_entry(Entry(0, client, "leads", TODAY, 2, "", AUTHOR, NOW))
        assert store.latest([hidden])[0].value == 7
        store.remove_entry(number)
        assert store.latest([hidden])[0].value == 5

    def test_the_calendar_joins_holidays_and_days_off(self, store: Writer, client: ClientId) -> None:
        monday = TODAY
        saturday = monday + timedelta(days=5)
        store.set_holidays(client, free=[monday], working=[saturday], until=date(2028, 12, 31))
        store.set_holidays(
            client, free=[monday + timedelta(days=1)], working=[saturday], until=date(2028, 12, 31)
        )
        off = DayOff(0, None, monday + timedelta(days=2), monday + timedelta(days=3), "отпуск")
        number = store.add_day_off(off, author=AUTHOR, now=NOW)
        other = add_client(store, "Свеча")
        store.add_day_off(replace(off, client_id=other, first=monday, last=monday), author=AUTHOR, now=NOW)
        calendar = store.calendar(client)
        assert [calendar.is_working(monday + timedelta(days=step)) for step in range(6)] == [
            *(True, False, False, False, True, True)
        ]
        assert store.days_off()[1] == replace(off, id=number)
        assert (store.holidays_until(client), store.holidays_until(other)) == (date(2028, 12, 31), None)

    def test_a_store_is_no_demo_until_it_is_marked(self, store: Writer) -> None:
        assert not store.is_demo()
        store.mark_demo()
        assert store.is_demo()

    def test_an_import_is_idempotent(self, store: Writer, zerno: AccountId) -> None:
        batch = ImportBatch(
            zerno,
            readings=series(zerno, [10, 11]),
            posts=[
                post("1", text="раз", figures={"views": 100}),
                post(None, days_ago(-3), text="план", topics=("партия",)),
            ],
        )
        assert store.import_batches([batch], now=NOW) == ImportCounts(4, 0, 0)
        assert store.import_batches([batch], now=NOW) == ImportCounts(0, 0, 4)
        changed = replace(batch, readings=series(zerno, [10, 12]))
        assert store.import_batches([changed], now=NOW) == ImportCounts(0, 1, 3)
        assert store.data_as_of() == NOW

    def test_an_import_is_all_or_nothing(self, store: Writer, zerno: AccountId) -> None:
        good = ImportBatch(zerno, series(zerno, [1]))
        with pytest.raises(NotFoundError):
            store.import_batches([good, ImportBatch(AccountId(99), [])], now=NOW)
        assert list(store.readings(Filter())) == []

    def test_an_import_is_as_old_as_it_says_and_plans_make_nothing_fresher(
        self, store: Writer, zerno: AccountId
    ) -> None:
        plan = ImportBatch(zerno, posts=[post(None, days_ago(-3), state=PostState.PLANNED)])
        store.import_batches([plan], now=NOW)
        assert store.data_as_of() is None
        old = NOW - timedelta(days=30)
        store.import_batches([ImportBatch(zerno, series(zerno, [1]), as_of=old)], now=NOW)
        assert store.data_as_of() == old

    def test_several_writes_together_are_one_and_a_rehearsal_leaves_nothing(
        self, store: Writer, path: Path, client: ClientId
    ) -> None:
        with self.open_reader(path) as reader:
            with store.together():
                add_account(store, client, "first_one")
                add_account(store, client, "second_one")
                assert reader.accounts() == []
            assert len(reader.accounts()) == 2
            with store.together(keep=False):
                add_account(store, client, "third_one")
                assert len(store.accounts()) == 3
            assert len(store.accounts()) == len(reader.accounts()) == 2
            with pytest.raises(ExistsError):
                _add_two(store, client, "fourth_one", "first_one")
            assert len(reader.accounts()) == 2

    def test_a_reader_is_told_of_anothers_commit(self, store: Writer, path: Path, client: ClientId) -> None:
        with self.open_reader(path) as reader:
            token = reader.change_token()
            assert reader.change_token() == token
            add_goal(store, client)
            assert reader.change_token() != token
            assert len(reader.goals()) == 1

    def test_exports_are_filtered_and_ordered(
        self, store: Writer, client: ClientId, zerno: AccountId
    ) -> None:
        other = add_account(store, add_client(store, "Альфа"), "alfa", network="telegram", network_id="7")
        sync_unit(store, zerno, readings=series(zerno, [1, 2, 3]) + series(zerno, [9], "reach"))
        sync_unit(store, other, readings=series(other, [5]))
        rows = list(store.readings(Filter()))
        assert [(row.client, row.metric, row.value) for row in rows] == [
            ("Альфа", "audience", 5),
            ("Кофейня «Зерно»", "audience", 1),
            ("Кофейня «Зерно»", "audience", 2),
            ("Кофейня «Зерно»", "audience", 3),
            ("Кофейня «Зерно»", "reach", 9),
        ]
        assert rows[0][1:4] == ("telegram", "alfa", "7")
        assert rows[0].taken_at == NOW

        def values(which: Filter) -> list[float]:
            return [row.value for row in store.readings(which)]

        assert values(Filter(network="telegram")) == [5]
        assert values(Filter(client_id=client, metric="reach")) == [9]
        assert values(Filter(account_id=zerno, since=days_ago(1), until=days_ago(1))) == [2]
        assert values(Filter(network=MANUAL_NETWORK)) == []

    def test_several_writes_can_be_one_or_a_rehearsal(self, store: Writer, path: Path) -> None:
        with store.together(keep=False):
            add_client(store, "Черновик")
            assert len(store.clients()) == 1
        assert store.clients() == []
        with self.open_reader(path) as reader, store.together():
            add_client(store, "Раз")
            add_client(store, "Два")
            assert reader.clients() == []
        assert len(store.clients()) == 2

    def test_a_write_that_fails_among_several_is_undone_alone(self, store: Writer, zerno: AccountId) -> None:
        good = ImportBatch(zerno, series(zerno, [1]))
        with store.together():
            add_client(store, "Раз")
            with pytest.raises(NotFoundError):
                store.import_batches([good, ImportBatch(AccountId(99), [])], now=NOW)
        assert list(store.readings(Filter())) == []
        assert "Раз" in {client.name for client in store.clients()}


def _add_two(store: Writer, client: ClientId, *handles: str) -> None:
    with store.together():
        for handle in handles:
            add_account(store, client, handle)
