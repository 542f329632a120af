"""A whole run on a real store: what is written, what fails alone, what is told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from connectors.base import Fetched, Part, Target, TokenKind, Trouble, TroubleKind
from goals.model import GoalKind, GoalStatus
from store.values import Filter, RunStatus, UnitStatus
from sync.plan import Selection
from sync.progress import EventKind
from sync.settings import NetworkSettings
from tests.support.store import TODAY, account, add_account, add_client, add_goal
from tests.sync.scripted import (
    DELETED,
    REFUSED,
    Bench,
    Script,
    add,
    breaking,
    fetched_post,
    ordinary,
    parts,
    posts,
    profile,
    readings,
    stories,
    troubled,
    unit_of,
)


def test_figures_posts_and_cursors_are_written(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    report = bench.run()
    assert report.status is RunStatus.OK
    unit = unit_of(report, "zerno")
    assert (unit.status, unit.readings, unit.posts, unit.requests) == (UnitStatus.OK, 1, 3, 2)
    assert unit.client == "Кофейня «Зерно»"
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}
        views = [row.post.figures["views"] for row in store.posts(Filter(account_id=zerno))]
        assert sorted(views) == [10, 20, 30]
        assert store.cursors(zerno)["posts"] == "p3"
        known = account(store, zerno)
        assert (known.network_id, known.title, known.last_ok_at) == ("id-zerno", "Zerno", bench.now)
        [run] = store.runs()
        assert (run.status, run.requests) == (RunStatus.OK, 2)
    assert script.closed == 1


def test_second_run_changes_nothing(bench: Bench) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    with bench.open() as store:
        before = readings(store, zerno), [row.post for row in store.posts(Filter())]
    report = bench.run()
    unit = unit_of(report, "zerno")
    assert (unit.status, unit.readings, unit.posts) == (UnitStatus.OK, 0, 0)
    with bench.open() as store:
        assert before == (readings(store, zerno), [row.post for row in store.posts(Filter())])


def test_one_failing_account_stops_no_other(bench: Bench, script: Script) -> None:
    gone, fine = add(bench, "gone", "fine")
    script.answers["gone"] = troubled(DELETED)
    report = bench.run()
    assert report.status is RunStatus.INCOMPLETE
    assert unit_of(report, "fine").status is UnitStatus.OK
    failed = unit_of(report, "gone")
    assert failed.status is UnitStatus.FAILED
    assert failed.trouble is not None
    assert (failed.trouble.kind, failed.trouble.code) == ("skip", "vk.18")
    with bench.open() as store:
        assert readings(store, gone) == {}
        assert readings(store, fine)
        assert account(store, gone).last_ok_at is None


def test_failure_keeps_what_is_known(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = troubled(DELETED)
    bench.later(days=1).run()
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}
        assert len(list(store.posts(Filter()))) == 3
        assert store.cursors(zerno)["posts"] == "p3"


def test_part_that_is_denied_leaves_the_others(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    script.answers["zerno"] = parts(
        profile, lambda target: posts(target, 0, trouble=REFUSED, cursor=None), stories
    )
    report = bench.run()
    unit = unit_of(report, "zerno")
    assert (unit.status, unit.readings) == (UnitStatus.PARTIAL, 1)
    assert unit.trouble is not None
    assert unit.trouble.code == "vk.5"
    with bench.open() as store:
        assert readings(store, zerno)


def test_connector_that_breaks_fails_only_what_it_did_not_give(
    bench: Bench, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    with bench.open() as store:
        client = add_client(store)
        for handle in ("first", "second", "third"):
            add_account(store, client, handle, network="scripted")
    script.answers["second"] = breaking(ValueError("unexpected shape"))
    with caplog.at_level(logging.ERROR):
        report = bench.run()
    by_status = {unit.account: unit.status for unit in report.units}
    assert by_status == {
        "first": UnitStatus.OK,
        "second": UnitStatus.PARTIAL,
        "third": UnitStatus.FAILED,
    }
    assert {unit.trouble.code for unit in report.units if unit.trouble} == {"sync.internal"}
    assert "unexpected shape" in caplog.text


def test_bar_moves_while_the_run_goes_on(bench: Bench, script: Script) -> None:
    first, _second = add(bench, "first", "second")
    with bench.open() as store:
        goal = add_goal(store, account(store, first).client_id, account_id=first, baseline=900.0)

        async def look(target: Target) -> AsyncIterator[Fetched]:
            [row] = [row for row in store.board_rows() if row.goal_id == goal]
            assert row.progress == pytest.approx(1 / 3)
            async for fetched in ordinary()(target):
                yield fetched

        script.answers["second"] = look
        assert bench.run().status is RunStatus.OK


def test_goal_of_a_moved_account_is_judged(bench: Bench) -> None:
    [zerno] = add(bench, "zerno")
    with bench.open() as store:
        client = account(store, zerno).client_id
        add_goal(store, client, kind=GoalKind.REACH_LEVEL, amount=1000.0, baseline=900.0)
    bench.run()
    with bench.open() as store:
        [row] = store.board_rows()
        assert row.status == GoalStatus.MET


def test_network_without_a_connector_is_skipped_quietly(bench: Bench) -> None:
    with bench.open() as store:
        client = add_client(store)
        add_account(store, client, "zerno", network="scripted")
        add_account(store, client, "photos", network="tiktok")
    report = bench.run()
    assert report.status is RunStatus.OK
    unit = unit_of(report, "photos")
    assert (unit.status, unit.trouble) == (UnitStatus.SKIPPED, None)


@pytest.mark.parametrize("base_url", [None, "http://127.0.0.1:1"])
def test_a_demo_is_neither_asked_about_nor_changed(
    bench: Bench, script: Script, base_url: str | None
) -> None:
    add(bench, "made-up")
    with bench.open() as store:
        store.mark_demo()
    bench.network = NetworkSettings(base_url=base_url)
    report = bench.run()
    assert (report.status, report.units, script.setups) == (RunStatus.OK, [], [])
    assert bench.events[-1].event is EventKind.END
    with bench.open() as store:
        assert store.runs() == []
        assert [store.holidays_until(client.id) for client in store.clients()] == [None]


def test_account_that_no_token_opens_names_the_kinds(bench: Bench, script: Script) -> None:
    script.needs = frozenset({TokenKind.SERVICE, TokenKind.USER})
    add(bench, "zerno")
    report = bench.run()
    assert report.status is RunStatus.FAILED
    trouble = unit_of(report, "zerno").trouble
    assert trouble is not None
    assert (trouble.kind, trouble.code) == ("auth", "sync.no_token")
    assert trouble.facts == {"network": "scripted", "kinds": "service, user"}
    assert not script.asked


def test_tokens_of_network_and_account_are_handed_over(bench: Bench, script: Script) -> None:
    script.needs = frozenset({TokenKind.SERVICE})
    bench.network = NetworkSettings(tokens=("shared",), base_url="http://127.0.0.1:1", proxy="socks5://p")
    bench.tokens = {"shared": TokenKind.SERVICE, "own": TokenKind.COMMUNITY}
    with bench.open() as store:
        add_account(store, add_client(store), "zerno", network="scripted", tokens=("own",))
    assert bench.run().status is RunStatus.OK
    [setup] = script.setups
    assert [token.name for token in setup.tokens] == ["shared"]
    assert (setup.base_url, setup.proxy) == ("http://127.0.0.1:1", "socks5://p")
    assert [token.name for token in script.asked[0].tokens] == ["own"]


def test_token_that_cannot_be_had_is_told_beside_the_data(bench: Bench) -> None:
    with bench.open() as store:
        add_account(store, add_client(store), "zerno", network="scripted", tokens=("lost",))
    unit = unit_of(bench.run(), "zerno")
    assert (unit.status, unit.readings) == (UnitStatus.PARTIAL, 1)
    assert unit.trouble is not None
    assert unit.trouble.code == "token.unknown"


def test_blocked_token_is_told_with_its_reason(bench: Bench, script: Script) -> None:
    script.needs = frozenset({TokenKind.SERVICE})
    bench.network = NetworkSettings(tokens=("shared",))
    bench.tokens = {"shared": TokenKind.SERVICE}
    add(bench, "zerno")

    async def captcha(target: Target) -> AsyncIterator[Fetched]:
        script.setups[-1].memory.block("shared", "*", bench.now + timedelta(hours=1), "vk.14")
        trouble = Trouble(TroubleKind.AUTH, "vk.14", "Captcha needed", {"token": "shared"})
        async for fetched in troubled(trouble)(target):
            yield fetched

    script.answers["zerno"] = captcha
    bench.run()
    script.answers.clear()
    unit = unit_of(bench.later(minutes=30).run(), "zerno")
    assert unit.trouble is not None
    assert (unit.trouble.code, unit.trouble.detail) == ("vk.14", "Captcha needed")
    assert len(script.asked) == 1
    assert bench.later(minutes=31).run().status is RunStatus.OK


def test_days_are_the_clients(bench: Bench, script: Script) -> None:
    with bench.open() as store:
        client = add_client(store, timezone="Asia/Kamchatka")
        far = add_account(store, client, "far", network="scripted")
    bench.now = bench.now.replace(hour=13)  # already the 24th there
    late = fetched_post(1, when=bench.now - timedelta(minutes=30))
    script.answers["far"] = parts(lambda target: posts(target, posts=[late]), profile, stories)
    bench.run()
    with bench.open() as store:
        [row] = store.posts(Filter(account_id=far))
        assert row.post.day == date(2026, 11, 24)
        assert row.post.published_at == late.when


def test_stories_alone(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    report = bench.run(Selection(stories_only=True))
    assert report.status is RunStatus.OK
    assert script.asked[0].parts == {Part.STORIES}
    with bench.open() as store:
        assert readings(store, zerno) == {}


def test_stories_that_no_token_opens_leave_the_account_as_it_was(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.needs = frozenset({TokenKind.COMMUNITY})
    report = bench.run(Selection(stories_only=True))
    unit = unit_of(report, "zerno")
    assert (report.status, unit.status) == (RunStatus.OK, UnitStatus.SKIPPED)
    assert unit.trouble is not None
    assert unit.trouble.code == "sync.no_token"
    with bench.open() as store:
        [last] = store.last_units()
        assert (last.account_id, last.status) == (zerno, UnitStatus.OK)


def test_no_accounts_at_all(bench: Bench) -> None:
    report = bench.run()
    assert (report.status, report.units, report.requests) == (RunStatus.OK, [], 0)
    assert [event.event for event in bench.events] == [EventKind.START, EventKind.END]


def test_events_count_up_to_the_total(bench: Bench) -> None:
    add(bench, "first", "second")
    bench.run()
    told = [(event.event, event.done, event.total) for event in bench.events]
    assert told == [
        (EventKind.START, 0, 2),
        (EventKind.UNIT, 1, 2),
        (EventKind.UNIT, 2, 2),
        (EventKind.END, 2, 2),
    ]
    assert bench.events[0].eta_seconds is None
    assert bench.events[1].eta_seconds is not None
    assert "first" in str(bench.events[1].unit)
