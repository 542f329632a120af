"""Judging goals over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from goals.model import GoalKind, GoalStatus
from store.contract import Writer
from store.refresh import refresh_accounts, refresh_all, refresh_goals, refresh_stale_days
from tests.support.store import (
    NOW,
    TODAY,
    add_account,
    add_client,
    add_goal,
    days_ago,
    make_store,
    post,
    series,
    sync_unit,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Writer]:
    with make_store(tmp_path / "smm.db") as store:
        yield store


def test_a_verdict_reaches_the_board_with_its_baseline_filled_in(store: Writer) -> None:
    client_id = add_client(store)
    account_id = add_account(store, client_id)
    number = add_goal(store, client_id, account_id=account_id, amount=25.0)
    sync_unit(store, account_id, readings=series(account_id, [1000.0 + day for day in range(40)]))
    (verdict,) = refresh_accounts(store, [account_id], NOW)
    assert verdict.status is GoalStatus.ON_TRACK
    assert store.goal(number).baseline == 1018.0
    (row,) = store.board_rows()
    assert (row.current, row.target, row.progress) == (1039.0, 1043.0, 0.84)
    assert row.as_of == NOW.timestamp()
    assert store.revisions(number) == []


def test_nothing_known_is_stale_and_never_zero(store: Writer) -> None:
    client_id = add_client(store)
    account_id = add_account(store, client_id)
    add_goal(store, client_id, account_id=account_id)
    sync_unit(store, account_id, posts=[post("1")])
    (verdict,) = refresh_all(store, NOW)
    assert (verdict.status, verdict.current, verdict.progress) == (GoalStatus.STALE, None, None)


def test_a_goal_that_has_not_begun_gets_no_baseline_yet(store: Writer) -> None:
    client_id = add_client(store)
    account_id = add_account(store, client_id)
    number = add_goal(store, client_id, account_id=account_id, start=days_ago(-5), deadline=days_ago(-30))
    sync_unit(store, account_id, readings=series(account_id, [10.0, 11.0]))
    refresh_all(store, NOW)
    assert store.goal(number).baseline is None


def test_content_is_judged_by_the_clients_working_days(store: Writer) -> None:
    client_id = add_client(store)
    account_id = add_account(store, client_id)
    add_goal(
        store, client_id, "posts", GoalKind.TOTAL_IN_PERIOD, 12.0, topic="партия",
        start=days_ago(22), deadline=days_ago(-7),
    )  # fmt: skip
    told = [post(str(back), days_ago(back), topics=("партия",)) for back in (20, 10, 3)]
    sync_unit(store, account_id, posts=told)
    (before,) = refresh_all(store, NOW)
    assert (before.current, before.due_today, before.status) == (3.0, 2, GoalStatus.BEHIND)
    off = range((days_ago(0)).toordinal(), days_ago(-7).toordinal())
    store.set_holidays(client_id, free=map(type(TODAY).fromordinal, off), working=(), until=days_ago(-90))
    (after,) = refresh_all(store, NOW)
    assert after.due_today == 0


def test_each_goal_is_judged_on_its_clients_own_day(store: Writer) -> None:
    far = add_client(store, "Камчатка", timezone="Asia/Kamchatka")
    near = add_client(store, "Калининград", timezone="Europe/Kaliningrad")
    for client_id in (far, near):
        add_goal(store, client_id)
    evening = NOW + timedelta(hours=9)
    assert [verdict.judged_on for verdict in refresh_all(store, evening)] == [
        TODAY + timedelta(days=1),
        TODAY,
    ]


def test_only_verdicts_of_an_earlier_day_are_renewed(store: Writer) -> None:
    client_id = add_client(store)
    first, second = add_goal(store, client_id), add_goal(store, client_id)
    refresh_goals(store, [store.goal(first)], NOW)
    assert [verdict.goal_id for verdict in refresh_stale_days(store, NOW)] == [second]
    assert refresh_stale_days(store, NOW) == []
    assert len(refresh_stale_days(store, NOW + timedelta(days=1))) == 2
