"""What a store survives: killed processes, readers beside writers, any order of units."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.model import AccountId
from store.errors import StoreError
from store.opening import open_reader, open_writer, problems
from store.values import Filter
from tests.support.store import (
    NOW,
    TODAY,
    add_account,
    add_client,
    make_store,
    post,
    reading,
    series,
    sync_unit,
)

_ENDLESS_SYNC = """
import sys
from dataclasses import replace
from store.changes import UnitOutcome
from store.values import UnitStatus
from store.opening import open_writer
from tests.support.store import NOW, post, series

store = open_writer(sys.argv[1])
run_id = store.start_run(NOW)
store.claim(run_id, [1])
number = int(store.cursors(1).get("posts", "0"))
while True:
    number += 1
    unit = UnitOutcome(
        1, UnitStatus.OK, NOW, cursors={"posts": str(number)},
        readings=[r._replace(value=float(number)) for r in series(1, [0.0] * 300)],
        posts=[post(f"{number}-{i}", figures={"views": number}) for i in range(20)],
    )
    store.commit_unit(unit, run_id)
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 4])
def test_a_killed_sync_leaves_data_and_cursor_agreeing(tmp_path: Path, commits: int) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        add_account(store, add_client(store))
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", _ENDLESS_SYNC, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(commits)]
        process.kill()
        process.communicate()
        assert problems(path) == []
        with open_writer(path) as store:
            cursor = int(store.cursors(AccountId(1))["posts"])
            values = {row.value for row in store.readings(Filter())}
            found = [row.post for row in store.posts(Filter())]
        assert cursor >= told[-1]
        assert values == {float(cursor)}
        assert len(found) == 20 * cursor
        assert all(item.figures for item in found)


def test_a_reader_sees_another_process_commit_and_only_whole_units(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    with make_store(path) as store:
        add_account(store, add_client(store))
    process = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS_SYNC, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    with open_reader(path) as reader:
        for _ in range(5):
            token = reader.change_token()
            while reader.change_token() == token:
                assert process.stdout.readline(), "the writer ended"
            assert len({row.value for row in reader.readings(Filter())}) == 1
    process.kill()
    process.communicate()


def test_a_full_disk_undoes_the_unit_and_leaves_the_store_readable(tmp_path: Path) -> None:
    path = tmp_path / "smm.db"
    make_store(path).close()
    with open_writer(path) as store:
        account_id = add_account(store, add_client(store))
        sync_unit(store, account_id, readings=series(account_id, [1, 2]))
        pages = store._db.value("PRAGMA page_count")
        store._db.run(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="the disk is full"):
            sync_unit(store, account_id, readings=series(account_id, range(9000)))
        assert [row.value for row in store.readings(Filter())] == [1, 2]
        assert add_client(store, "Свеча")
    assert problems(path) == []


DAYS = st.integers(0, 6).map(lambda back: TODAY - timedelta(days=back))
VALUES = st.integers(0, 4).map(float)
FIGURES = st.lists(st.tuples(st.sampled_from(["audience", "reach"]), DAYS, VALUES), max_size=8)
POSTS = st.lists(st.tuples(st.sampled_from("abc"), VALUES), max_size=4, unique_by=lambda item: item[0])


@settings(max_examples=30, deadline=None)
@given(units=st.lists(st.tuples(FIGURES, POSTS), max_size=6))
def test_whatever_comes_in_whatever_order_is_what_is_stored(
    units: list[tuple[list[tuple[str, date, float]], list[tuple[str, float]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, make_store(Path(folder) / "smm.db") as store:
        account_id = add_account(store, add_client(store))
        figures: dict[tuple[str, date], float] = {}
        views: dict[str, float] = {}
        for place, (told_figures, told_posts) in enumerate(units):
            before, before_views = dict(figures), dict(views)
            figures.update({(metric, day): value for metric, day, value in told_figures})
            views.update(told_posts)
            counts = sync_unit(
                store,
                account_id,
                readings=[reading(account_id, day, value, metric) for metric, day, value in told_figures],
                posts=[post(name, figures={"views": value}) for name, value in told_posts],
                now=NOW + timedelta(hours=place),
            )
            assert counts.readings == sum(before.get(key) != value for key, value in figures.items())
            assert counts.posts == sum(before_views.get(key) != value for key, value in views.items())
        stored = {(row.metric, row.day): row.value for row in store.readings(Filter())}
        assert stored == figures
        newest = {metric: max(day for name, day in figures if name == metric) for metric, _ in figures}
        assert {(found.metric, found.day, found.value) for found in store.latest([account_id])} == {
            (metric, day, figures[metric, day]) for metric, day in newest.items()
        }
        assert {row.post.network_id: row.post.figures["views"] for row in store.posts(Filter())} == views
