"""Failures in any order: what was acknowledged is there, and what failed took nothing with it."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.base import Fetched, Target, Trouble, TroubleKind
from goals.model import AccountId
from store.changes import UnitOutcome
from store.errors import StoreError
from store.sqlite.writer import SqliteWriter
from store.values import Filter, UnitStatus
from sync.plan import Selection
from tests.support.store import account, add_account, add_client
from tests.sync.scripted import (
    Answer,
    Bench,
    Script,
    breaking,
    hanging,
    make_bench,
    ordinary,
    parts,
    posts,
    profile,
    stories,
    troubled,
    unit_of,
)

HANDLES = ("a", "b", "c")
FAULTS = ("fine", "gone", "denied", "breaks", "stops")
DENIED = Trouble(TroubleKind.AUTH, "vk.15", "Access denied")

#: For each run, what each account does.
RUNS = st.lists(
    st.tuples(*[st.sampled_from(FAULTS) for _ in HANDLES]),
    min_size=1,
    max_size=4,
)


@contextmanager
def bench_in_new_folder() -> Iterator[Bench]:
    """A bench for one example, whose expected failures are not logged."""
    folder = Path(tempfile.mkdtemp())
    logging.disable(logging.CRITICAL)
    try:
        yield make_bench(folder)
    finally:
        logging.disable(logging.NOTSET)
        shutil.rmtree(folder)


def answer_of(fault: str, audience: float, bench: Bench) -> Answer:
    match fault:
        case "gone":
            return troubled(DENIED)
        case "denied":
            return parts(
                lambda target: profile(target, audience),
                lambda target: posts(target, 0, trouble=DENIED, cursor=None),
                stories,
            )
        case "breaks":
            return breaking(ValueError("odd"))
        case "stops":
            return hanging(reached=bench.stop.set)
        case _:
            return ordinary(audience)


def stored(bench: Bench, accounts: dict[str, AccountId]) -> dict[str, dict[date, float]]:
    with bench.open() as store:
        return {
            handle: {
                row.day: row.value for row in store.readings(Filter(account_id=number, metric="audience"))
            }
            for handle, number in accounts.items()
        }


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=RUNS)
def test_what_was_acknowledged_is_there(script: Script, runs: list[tuple[str, ...]]) -> None:
    """After each run the store holds exactly the figures of the units that it called ok or partial."""
    with bench_in_new_folder() as bench:
        with bench.open() as store:
            client = add_client(store)
            accounts = {handle: add_account(store, client, handle, network="scripted") for handle in HANDLES}
        known: dict[str, dict[date, float]] = {handle: {} for handle in HANDLES}
        for number, faults in enumerate(runs):
            today = bench.now.date()
            audience = 1000.0 + number
            bench.stop = type(bench.stop)()
            script.answers = {
                handle: answer_of(fault, audience, bench)
                for handle, fault in zip(HANDLES, faults, strict=True)
            }
            report = bench.run()
            for handle in HANDLES:
                status = unit_of(report, handle).status
                if status in {UnitStatus.OK, UnitStatus.PARTIAL}:
                    fault = faults[HANDLES.index(handle)]
                    known[handle][today] = 1000.0 if fault == "breaks" else audience
            assert stored(bench, accounts) == known
            with bench.open() as store:
                records = {u.account_id: u for u in store.units(store.runs()[0].id)}
            assert {
                handle for handle in HANDLES if unit_of(report, handle).status is not UnitStatus.CANCELLED
            } == {handle for handle, number in accounts.items() if number in records}


def test_full_disk_ends_the_run_with_the_finished_accounts_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench.open() as store:
        client = add_client(store)
        first = add_account(store, client, "first", network="scripted")
        add_account(store, client, "second", network="scripted")
    commit = SqliteWriter.commit_unit

    def full(self: SqliteWriter, unit: UnitOutcome, fence: int) -> object:
        if unit.account_id != first:
            raise StoreError("smm.db", "the disk is full")
        return commit(self, unit, fence)

    monkeypatch.setattr(SqliteWriter, "commit_unit", full)
    with pytest.raises(StoreError, match="the disk is full"):
        bench.run()
    with bench.open() as store:
        assert {row.account for row in store.readings(Filter())} == {"first"}
    monkeypatch.undo()


def test_account_that_another_run_has_claimed_is_left_to_it(bench: Bench, script: Script) -> None:
    with bench.open() as store:
        client = add_client(store)
        mine = add_account(store, client, "mine", network="scripted")
        taken = add_account(store, client, "taken", network="scripted")

        def claimed_meanwhile() -> None:
            store.claim(store.start_run(bench.now), [taken])

        async def answer(target: Target) -> AsyncIterator[Fetched]:
            claimed_meanwhile()
            async for fetched in ordinary()(target):
                yield fetched

        script.answers["taken"] = answer
        report = bench.run()
        trouble = unit_of(report, "taken").trouble
        assert trouble is not None
        assert trouble.code == "sync.lease_lost"
        assert unit_of(report, "mine").status is UnitStatus.OK
        assert account(store, taken).last_ok_at is None
        assert account(store, mine).last_ok_at == bench.now


def test_unit_that_breaks_our_own_code_fails_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with bench.open() as store:
        client = add_client(store)
        odd = add_account(store, client, "odd", network="scripted")
        add_account(store, client, "fine", network="scripted")
    commit = SqliteWriter.commit_unit

    def fussy(self: SqliteWriter, unit: UnitOutcome, fence: int) -> object:
        if unit.account_id == odd and unit.readings:
            raise ValueError("never seen before")
        return commit(self, unit, fence)

    monkeypatch.setattr(SqliteWriter, "commit_unit", fussy)
    with caplog.at_level(logging.ERROR):
        report = bench.run(Selection())
    assert unit_of(report, "odd").status is UnitStatus.FAILED
    assert unit_of(report, "fine").status is UnitStatus.OK
    assert "never seen before" in caplog.text
