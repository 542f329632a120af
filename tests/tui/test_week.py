"""The bars of the week: what came out, and never «nothing» for a day that nobody has read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.model import AccountId, Gap, PostState
from store.changes import UnitOutcome
from store.contract import Writer
from store.opening import open_reader
from store.values import UnitStatus
from tests.support.store import NOW, TODAY, add_account, add_client, days_ago, make_store, post
from tui.overview.week import Week, read_week, week_text
from wording.words import Words

RU = Words("ru")


def read(store: Writer, account: AccountId, days: list[int], *, at_days_ago: int = 0, **more: object) -> None:
    """The account is read so many days ago; posts came out on `days` (days ago)."""
    run = store.start_run(NOW)
    store.claim(run, [account])
    posts = [post(f"{account}-{n}", days_ago(day), text=str(n)) for n, day in enumerate(days)]
    moment = NOW - timedelta(days=at_days_ago)
    store.commit_unit(UnitOutcome(account, UnitStatus.OK, moment, posts=posts, **more), run)  # type: ignore[arg-type]


def week_of(path: Path) -> Week:
    with open_reader(path) as reader:
        return read_week(reader, TODAY)


def test_all_clients_are_counted_and_a_day_without_anything_is_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        for name in ("Зерно", "Свеча"):
            read(store, add_account(store, add_client(store, name), name), [1, 1, 3, 6, 7])
        planned = post(None, TODAY, state=PostState.PLANNED, text="план")
        store.add_post(store.accounts()[0].id, planned, author="Пётр", now=NOW)
    week = week_of(path)
    assert week == Week((2, 0, 0, 2, 0, 4, 0))
    assert week_text(RU, week) == "неделя ▅▁▁▅▁█▁"


def test_days_after_the_last_reading_are_not_zero(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        client = add_client(store)
        read(store, add_account(store, client, "a"), [6])
        late = add_account(store, client, "b", network="telegram")
        read(store, late, [5], at_days_ago=3)
    assert week_of(path) == Week((1, 1, 0, None, None, None, None))
    assert week_text(RU, week_of(path)) == "неделя ██▁····"


def test_an_account_that_was_never_read_leaves_every_empty_day_open(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        client = add_client(store)
        read(store, add_account(store, client, "a"), [2])
        add_account(store, client, "b", network="telegram")
    assert week_of(path) == Week((None, None, None, None, 1, None, None))


def test_a_day_of_which_stories_were_not_collected_is_not_zero(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        account = add_account(store, add_client(store))
        gap = Gap(account, "stories", days_ago(2), days_ago(1), "not_collected")
        read(store, account, [1], gaps=[gap])
    assert week_of(path) == Week((0, 0, 0, 0, None, 1, 0))


def test_without_an_account_there_is_no_week(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        add_client(store)
    assert week_of(path) == Week()
    assert week_text(RU, Week()) == ""
    assert week_text(RU, Week((None,) * 7)) == ""


@given(st.lists(st.none() | st.integers(0, 10_000), min_size=7, max_size=7))
def test_more_is_never_a_lower_bar_and_nothing_never_looks_like_something(days: list[int | None]) -> None:
    text = week_text(RU, Week(tuple(days))).removeprefix("неделя ")
    if all(count is None for count in days):
        assert not text
        return
    order = "▁▂▃▄▅▆▇█"
    known = sorted(
        (count, order.index(bar)) for count, bar in zip(days, text, strict=True) if count is not None
    )
    assert [height for _, height in known] == sorted(height for _, height in known)
    assert all((height == 0) == (count == 0) for count, height in known)
    assert all((bar == "·") == (count is None) for count, bar in zip(days, text, strict=True))


@pytest.mark.parametrize(("lang", "word"), [("ru", "неделя"), ("en", "week")])
def test_it_is_named(lang: str, word: str) -> None:
    assert week_text(Words(lang), Week((1,) * 7)) == f"{word} ███████"
