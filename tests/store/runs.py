"""What every store must do with runs, leases, cursors and tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from goals.model import (
    AccountId,
)
from store.changes import Profile, UnitOutcome
from store.contract import Writer
from store.errors import LeaseLostError, NotFoundError
from store.values import Block, Filter, RunStatus, TroubleRecord, UnitStatus
from tests.store.base import StoreCase
from tests.support.store import (
    NOW,
    account,
    series,
    sync_unit,
)


class RunContract(StoreCase):
    """Runs, leases, cursors and tokens."""

    def test_a_unit_is_written_with_its_cursor_and_its_ending(self, store: Writer, zerno: AccountId) -> None:
        run_id = store.start_run(NOW)
        store.claim(run_id, [zerno])
        trouble = TroubleRecord("auth", "vk.15", "Access denied", {"method": "wall.get"})
        unit = UnitOutcome(
            account_id=zerno,
            status=UnitStatus.PARTIAL,
            finished_at=NOW,
            readings=series(zerno, [1, 2]),
            cursors={"posts": "77"},
            profile=Profile("-42", "zerno_coffee", "Кофейня"),
            requests=4,
            trouble=trouble,
        )
        store.commit_unit(unit, run_id)
        store.commit_unit(replace(unit, cursors={"stats": "2026-11-22"}), run_id)
        store.finish_run(run_id, RunStatus.INCOMPLETE, 8, NOW)
        assert store.cursors(zerno) == {"posts": "77", "stats": "2026-11-22"}
        (record,) = store.units(run_id)
        assert (record.status, record.requests, record.trouble) == (UnitStatus.PARTIAL, 4, trouble)
        (run,) = store.runs()
        assert (run.id, run.status, run.requests, run.finished_at) == (run_id, RunStatus.INCOMPLETE, 8, NOW)
        found = account(store, zerno)
        assert (found.network_id, found.handle, found.title) == ("-42", "zerno_coffee", "Кофейня")

    def test_a_failed_unit_leaves_the_data_as_old_as_they_are(self, store: Writer, zerno: AccountId) -> None:
        sync_unit(store, zerno, readings=series(zerno, [1]))
        sync_unit(store, zerno, status=UnitStatus.FAILED, now=NOW + timedelta(days=1))
        assert store.data_as_of() == account(store, zerno).last_ok_at == NOW
        assert [unit.status for unit in store.last_units()] == [UnitStatus.FAILED]

    def test_an_account_was_read_when_something_of_it_came(self, store: Writer, zerno: AccountId) -> None:
        hour = timedelta(hours=1)
        assert store.last_reads() == {}
        for step, status in enumerate((UnitStatus.FAILED, UnitStatus.PARTIAL, UnitStatus.FAILED)):
            sync_unit(store, zerno, status=status, now=NOW + step * hour)
        assert store.last_reads() == {zerno: NOW + hour}
        assert account(store, zerno).last_ok_at is None
        sync_unit(store, zerno, now=NOW + 3 * hour)
        sync_unit(store, zerno, status=UnitStatus.PARTIAL, now=NOW + 4 * hour)
        assert store.last_reads() == {zerno: NOW + 4 * hour}

    def test_a_later_claim_takes_the_account_away(self, store: Writer, zerno: AccountId) -> None:
        first, second = store.start_run(NOW), store.start_run(NOW)
        store.claim(first, [zerno])
        store.claim(second, [zerno])
        unit = UnitOutcome(zerno, UnitStatus.OK, NOW, readings=series(zerno, [1]))
        with pytest.raises(LeaseLostError):
            store.commit_unit(unit, first)
        with pytest.raises(LeaseLostError):
            store.claim(first, [zerno])
        assert list(store.readings(Filter())) == []
        assert store.commit_unit(unit, second).readings == 1
        with pytest.raises(NotFoundError):
            store.claim(second, [zerno, AccountId(99)])

    def test_a_block_holds_until_its_time_and_the_longer_one_wins(self, store: Writer) -> None:
        long = Block("main", "wall.get", NOW + timedelta(hours=5), "vk.29")
        store.block(long)
        store.block(long._replace(until=NOW + timedelta(hours=1)))
        scoped = Block("main", "stories.get", NOW + timedelta(hours=1), "vk.15", "-42")
        store.block(scoped)
        assert store.blocks(NOW) == [scoped, long]
        assert store.blocks(NOW + timedelta(hours=2)) == [long]
        store.unblock("main")
        assert store.blocks(NOW) == []

    def test_calls_are_counted_over_a_rolling_day(self, store: Writer) -> None:
        day = timedelta(days=1)
        for hours in (30, 20, 0):
            store.count_calls("main", "wall.get", 10, NOW - timedelta(hours=hours))
        store.count_calls("main", "wall.get", 5, NOW)
        store.count_calls("main", "stats.get", 1, NOW)
        assert store.calls_since("main", "wall.get", NOW - day) == 25
        assert store.calls_since("other", "wall.get", NOW - day) == 0
