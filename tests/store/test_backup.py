"""Copies of a whole store: made while others write, brought back with the old one kept."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.backup import make_backup, restore
from store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreForeignError,
    StoreMissingError,
    StoreNewerError,
)
from store.opening import open_reader, open_writer, prepare, problems
from store.sqlite import driver
from tests.support.store import add_client

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEPT = "smm.db.before-restore-20261123T060000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one client."""
    made = tmp_path / "smm.db"
    prepare(made)
    with open_writer(made) as store:
        add_client(store, "Зерно")
    return made


def names(path: Path) -> list[str]:
    with open_reader(path) as store:
        return sorted(client.name for client in store.clients())


def test_a_copy_is_whole_while_others_write_and_only_its_owner_may_read_it(
    path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    with open_writer(path) as store, store.together():
        add_client(store, "Свеча")
        size = make_backup(path, target)
    assert names(target) == ["Зерно"]
    assert names(path) == ["Зерно", "Свеча"]
    assert size == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert problems(target) == []


def test_a_copy_takes_the_place_of_no_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        make_backup(path, target)
    assert target.read_text() == "mine"
    with pytest.raises(FileExistsError):
        make_backup(path, path)


def test_what_is_no_store_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        make_backup(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_comes_back_and_the_old_store_is_kept(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    make_backup(path, target)
    with open_writer(path) as store:
        add_client(store, "Свеча")
    before = target.read_bytes()
    kept = restore(path, target, NOW)
    assert kept == tmp_path / KEPT
    assert names(path) == ["Зерно"]
    assert names(kept) == ["Зерно", "Свеча"]
    assert target.read_bytes() == before
    again = restore(path, kept, NOW)
    assert again is not None
    assert again.name == f"{KEPT}-2"
    assert names(path) == ["Зерно", "Свеча"]


def test_who_has_the_store_open_goes_on_with_what_came_back(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    make_backup(path, target)
    with open_reader(path) as reader, open_writer(path) as writer:
        add_client(writer, "Свеча")
        assert len(reader.clients()) == 2
        restore(path, target, NOW)
        assert [client.name for client in reader.clients()] == ["Зерно"]
        add_client(writer, "Шар")
        assert [client.name for client in reader.clients()] == ["Зерно", "Шар"]
    assert problems(path) == []


def test_where_there_is_no_store_the_copy_becomes_one(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "new" / "smm.db"
    fresh.parent.mkdir()
    assert restore(fresh, path, NOW) is None
    assert names(fresh) == ["Зерно"]
    assert [file.name for file in fresh.parent.iterdir()] == ["smm.db"]


def test_a_damaged_store_is_put_aside_with_its_log(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    make_backup(path, target)
    path.write_bytes(b"<html>" * 1000)
    Path(f"{path}-wal").write_bytes(b"log")
    kept = restore(path, target, NOW)
    assert kept is not None
    assert kept.read_bytes().startswith(b"<html>")
    assert Path(f"{kept}-wal").read_bytes() == b"log"
    assert names(path) == ["Зерно"]


def test_what_is_no_sound_copy_changes_nothing(path: Path, tmp_path: Path) -> None:
    junk, foreign, newer = (tmp_path / name for name in ("junk.db", "foreign.db", "newer.db"))
    junk.write_bytes(b"<html>" * 1000)
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE t (x)")
    make_backup(path, newer)
    with sqlite3.connect(newer) as other:
        other.execute(f"PRAGMA user_version = {driver.SCHEMA_VERSION + 1}")
    for source, error in ((junk, StoreDamagedError), (foreign, StoreForeignError), (newer, StoreNewerError)):
        with pytest.raises(error):
            restore(path, source, NOW)
    assert names(path) == ["Зерно"]
    assert not (tmp_path / KEPT).exists()


def test_another_programs_database_is_not_put_aside(path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE t (x)")
    before = foreign.read_bytes()
    with pytest.raises(StoreForeignError):
        restore(foreign, path, NOW)
    assert foreign.read_bytes() == before


def test_a_writer_that_does_not_end_is_not_waited_for_without_end(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    make_backup(path, target)
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)
    with open_writer(path) as store, store.together():
        add_client(store, "Свеча")
        with pytest.raises(StoreBusyError):
            restore(path, target, NOW)
    assert names(path) == ["Зерно", "Свеча"]
