"""Which accounts are read, how far back, and what was missed or left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from connectors.base import Target
from store.values import RunStatus, UnitStatus
from sync.api import backfill
from sync.plan import Selection
from tests.support.store import TODAY, account, add_account, add_client
from tests.sync.scripted import (
    DELETED,
    Bench,
    Script,
    add,
    fetched_post,
    hanging,
    parts,
    posts,
    profile,
    readings,
    stories,
    unit_of,
)


def test_days_without_a_look_at_stories_are_a_gap(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    bench.later(hours=20).run()
    with bench.open() as store:
        assert store.gaps(zerno) == []
    bench.later(days=3).run()
    with bench.open() as store:
        [gap] = store.gaps(zerno)
    assert (gap.metric, gap.first, gap.last, gap.reason) == (
        "stories",
        TODAY + timedelta(days=1),
        TODAY + timedelta(days=2 + 1),
        "not_collected",
    )


def test_selection_reads_only_what_was_asked(bench: Bench, script: Script) -> None:
    with bench.open() as store:
        cafe, shop = add_client(store), add_client(store, "Свечи")
        add_account(store, cafe, "zerno", network="scripted")
        candle = add_account(store, shop, "candle", network="scripted")
        add_account(store, shop, "wax", network="scripted")
    bench.run(Selection(client_id=shop))
    assert sorted(target.handle for target in script.asked) == ["candle", "wax"]
    script.asked.clear()
    bench.run(Selection(account_id=candle))
    assert [target.handle for target in script.asked] == ["candle"]
    script.asked.clear()
    assert bench.run(Selection(network="vk")).units == []
    assert script.asked == []


def test_stop_keeps_finished_accounts(bench: Bench, script: Script) -> None:
    first, second, third = add(bench, "first", "second", "third")
    script.answers["second"] = hanging(reached=bench.stop.set)
    report = bench.run()
    assert (report.status, report.interrupted) == (RunStatus.INCOMPLETE, True)
    assert [unit.status for unit in report.units] == [
        UnitStatus.OK,
        UnitStatus.CANCELLED,
        UnitStatus.CANCELLED,
    ]
    with bench.open() as store:
        assert readings(store, first)
        assert not readings(store, second)
        assert {unit.account_id for unit in store.last_units()} == {first}
        assert third not in {unit.account_id for unit in store.last_units()}
    assert script.closed == 1
    assert report.seconds < 2


def test_deadline_cancels_what_is_left(bench: Bench, script: Script) -> None:
    add(bench, "first", "slow")
    script.answers["slow"] = hanging()
    report = bench.run(deadline=0.05)
    slow = unit_of(report, "slow")
    assert slow.status is UnitStatus.CANCELLED
    assert slow.trouble is not None
    assert slow.trouble.code == "sync.deadline"
    assert (report.status, report.interrupted) == (RunStatus.INCOMPLETE, False)


def test_backfill_says_what_history_there_is(bench: Bench, script: Script) -> None:
    first, zerno = add(bench, "first", "zerno")
    old = [fetched_post(n, when=bench.now - timedelta(days=n)) for n in (1, 40)]
    script.answers["zerno"] = parts(profile, lambda target: posts(target, posts=old), stories)
    found = backfill(bench.open, bench.settings, zerno, now=lambda: bench.now, stop=bench.stop)
    assert [unit.account for unit in found.report.units] == ["zerno"]
    assert (found.history.posts, found.history.first_post) == (2, TODAY - timedelta(days=40))
    assert (found.history.readings, found.history.first_reading) == (1, TODAY)
    assert [target.since for target in script.asked] == [None]
    with bench.open() as store:
        assert account(store, first).last_ok_at is None


def test_backfill_says_whether_more_of_the_past_is_there(bench: Bench, script: Script) -> None:
    first, second = add(bench, "first", "second")
    script.answers["first"] = parts(profile, lambda target: replace(posts(target), goes_on=True), stories)
    for account_id, goes_on in ((first, True), (second, False)):
        found = backfill(bench.open, bench.settings, account_id, now=lambda: bench.now, stop=bench.stop)
        assert [unit.goes_on for unit in found.report.units] == [goes_on]


def since_days(asked: Sequence[Target]) -> list[int | None]:
    return [None if target.since is None else (TODAY - target.since).days for target in asked]


def test_how_far_back_is_read(bench: Bench, script: Script) -> None:
    """Whole at first; a month once a day; the last days otherwise; from the last good reading on."""
    add(bench, "zerno")
    bench.run()
    bench.run()
    bench.later(days=1).run()
    bench.later(hours=1).run()
    assert since_days(script.asked) == [None, 3, 30, 2]
    script.asked.clear()
    script.answers["zerno"] = parts(
        profile, lambda target: posts(target, 0, trouble=DELETED, cursor=None), stories
    )
    bench.later(days=4).run()
    bench.later(days=1).run()
    assert since_days(script.asked) == [29, 29]


def test_longest_unread_come_first(bench: Bench, script: Script) -> None:
    a, b, _new = add(bench, "a", "b", "new")
    bench.run(Selection(account_id=b))
    bench.later(hours=1).run(Selection(account_id=a))
    script.asked.clear()
    bench.run()
    assert [target.handle for target in script.asked] == ["new", "b", "a"]
