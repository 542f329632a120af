"""Opening, making, migrating and refusing stores; what happens to files that are none."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from store import opening
from store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreMissingError,
    StoreNewerError,
    StoreOlderError,
)
from store.opening import SchemaState, back_up, open_reader, open_writer, prepare, problems, schema_state
from store.sqlite import driver, migrations
from store.values import Filter
from tests.support.store import AUTHOR, NOW, TODAY, add_account, add_client, make_store, series, sync_unit

OPENERS = (schema_state, open_reader, open_writer)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "smm.db"


def execute(path: Path, *statements: str) -> None:
    """Change the file behind the store's back."""
    session = driver.connect(path, write=True)
    for statement in statements:
        session.run(statement)
    session.run("PRAGMA wal_checkpoint(TRUNCATE)")
    session.close()


def python(*lines: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_new_store_is_current_and_only_its_owners(path: Path) -> None:
    prepare(path)
    assert schema_state(path) is SchemaState.CURRENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    prepare(path)
    assert [found.name for found in path.parent.iterdir()] == ["smm.db"]


def test_there_are_as_many_steps_as_the_version_says(path: Path) -> None:
    prepare(path)
    assert len(migrations.MIGRATIONS._migrations) == driver.SCHEMA_VERSION
    assert driver.stored_version(path) == driver.SCHEMA_VERSION


def test_four_processes_may_start_together_on_a_fresh_file(path: Path) -> None:
    started = [
        python(
            "import sys",
            "from store.opening import prepare, open_writer",
            "from tests.support.store import add_client",
            f"prepare({str(path)!r})",
            f"with open_writer({str(path)!r}) as store: add_client(store, {name!r})",
        )
        for name in ("Один", "Два", "Три", "Четыре")
    ]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    with open_reader(path) as store:
        assert len(store.clients()) == 4


@pytest.mark.parametrize("opener", OPENERS)
def test_no_file_and_an_empty_file_are_missing(path: Path, opener: Callable[[Path], object]) -> None:
    with pytest.raises(StoreMissingError):
        opener(path)
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreMissingError):
        opener(path)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("opener", [*OPENERS, prepare])
@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html>" + b" " * 5000, b"SQLite"])
def test_a_page_saved_over_the_store_is_damage(
    path: Path, opener: Callable[[Path], object], content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError):
        opener(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("opener", [*OPENERS, prepare])
def test_another_programs_database_is_left_alone(path: Path, opener: Callable[[Path], object]) -> None:
    path.parent.mkdir()
    connection = driver.dbapi.connect(path)  # type: ignore[attr-defined]
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreForeignError, match="another program"):
        opener(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [*OPENERS, prepare])
def test_a_newer_store_is_refused_untouched(path: Path, opener: Callable[[Path], object]) -> None:
    prepare(path)
    execute(path, f"PRAGMA user_version = {driver.SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreNewerError):
        opener(path)
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["smm.db"]


def test_a_newer_version_is_seen_while_it_is_still_in_the_log(path: Path) -> None:
    prepare(path)
    session = driver.connect(path, write=True)
    session.run(f"PRAGMA user_version = {driver.SCHEMA_VERSION + 1}")
    with pytest.raises(StoreNewerError):
        schema_state(path)
    session.close()


RELEASED = tuple(migrations.MIGRATIONS._migrations)


def known_steps() -> Migrations:
    """A set of the steps that there are, to which a test adds its own."""
    steps = Migrations("smart_smm")
    for step in RELEASED:
        steps(name=step.name)(step.fn)
    return steps


@pytest.fixture
def older(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with data in it, and a program whose newest step it has not seen."""
    with make_store(path) as store:
        account_id = add_account(store, add_client(store))
        sync_unit(store, account_id, readings=series(account_id, [1, 2, 3]))
    newer, version = known_steps(), driver.SCHEMA_VERSION + 1

    @newer()
    def with_colours(db: Database) -> None:
        db.table("client").add_column("colour", str)
        db.execute(f"PRAGMA user_version = {version}")

    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", version)
    return path


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.backup-*"))


def test_a_reader_waits_for_the_migration(older: Path) -> None:
    assert schema_state(older) is SchemaState.OLDER
    with pytest.raises(StoreOlderError):
        open_reader(older)
    assert backups(older) == []


@pytest.mark.parametrize("opener", [prepare, open_writer])
def test_an_older_store_is_backed_up_and_migrated(older: Path, opener: Callable[[Path], object]) -> None:
    opened = opener(older)
    if opened is not None:
        opened.close()  # type: ignore[attr-defined]
    assert schema_state(older) is SchemaState.CURRENT
    with open_reader(older) as store:
        assert [row.value for row in store.readings(Filter())] == [1, 2, 3]
    (backup,) = backups(older)
    assert backup.name.startswith(f"smm.db.backup-{driver.SCHEMA_VERSION - 1}-20")
    assert driver.stored_version(backup) == driver.SCHEMA_VERSION - 1
    assert problems(backup) == []
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_failing_step_leaves_the_older_store_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = known_steps()

    @broken()
    def broken_step(db: Database) -> None:
        db.execute("ALTER TABLE client ADD COLUMN colour TEXT")
        db.execute("SELECT * FROM missing")

    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(StoreError, match="no such table"):
        prepare(older)
    assert schema_state(older) is SchemaState.OLDER
    session = driver.connect(older, write=False)
    assert "colour" not in {row[1] for row in session.rows("PRAGMA table_info(client)")}
    session.close()


def test_a_store_that_another_process_is_writing_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with make_store(path) as first, open_writer(path) as second:
        blocking = driver.connect(path, write=True)
        with blocking.transaction(), pytest.raises(StoreBusyError):
            add_client(second)
        blocking.close()
        assert len(first.clients()) == 0
        add_client(second)
        assert len(first.clients()) == 1


def test_a_truncated_store_is_damage(path: Path) -> None:
    with make_store(path) as store:
        account_id = add_account(store, add_client(store))
        sync_unit(store, account_id, readings=series(account_id, range(4000)))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreDamagedError), open_reader(path) as reader:
        list(reader.readings(Filter()))


def test_a_sound_store_has_no_problems(path: Path) -> None:
    prepare(path)
    assert problems(path) == []


def test_a_backup_holds_what_is_still_in_the_log(path: Path, tmp_path: Path) -> None:
    with make_store(path) as store:
        add_client(store)
        back_up(path, tmp_path / "copy.db")
    with open_reader(tmp_path / "copy.db") as copy:
        assert len(copy.clients()) == 1


def test_a_backup_into_no_folder_says_so(path: Path, tmp_path: Path) -> None:
    prepare(path)
    with pytest.raises(StoreError, match="No such file"):
        back_up(path, tmp_path / "none" / "copy.db")


def test_a_url_of_another_kind_of_store_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError, match="only SQLite") as caught:
        prepare("postgresql://smm:secret@host/smm")
    assert "secret" not in str(caught.value)


def test_a_path_with_signs_of_a_url_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "50% a?b#c d.db"
    with make_store(path) as store:
        add_client(store)
    assert path.stat().st_size > 0
    with open_reader(path) as reader:
        assert len(reader.clients()) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"smm\.db"):
        prepare(tmp_path / "file" / "smm.db")


def test_a_reader_cannot_write(path: Path) -> None:
    make_store(path).close()
    with open_reader(path) as reader, pytest.raises(StoreError, match="read-only"):
        reader._db.run("DELETE FROM client")


def test_revisions_cannot_be_rewritten(path: Path) -> None:
    with make_store(path) as store:
        client_id = add_client(store)
    revision = "INSERT INTO revision VALUES (1, 1, 0, 'x', '', NULL, '{}', NULL)"
    goal = (
        "INSERT INTO goal (id, client_id, metric, kind, title, start, author, changed_at)"
        f" VALUES (1, {client_id}, 'audience', 'gain', '', 1, 'x', 0)"
    )
    execute(path, goal, revision)
    for statement in ("UPDATE revision SET why = 'other'", "DELETE FROM revision"):
        with pytest.raises(StoreError, match="append-only"):
            execute(path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement SET terms = '{}'",
        "DELETE FROM agreement",
        "UPDATE acceptance SET accepted_by = 'other'",
        "DELETE FROM acceptance",
    ],
)
def test_agreements_and_the_clients_yes_cannot_be_rewritten(path: Path, statement: str) -> None:
    with make_store(path) as store:
        client_id = add_client(store)
        store.add_agreement(client_id, {"hours": 20}, reason="", based_on=0, author=AUTHOR, now=NOW)
        store.accept_agreement(client_id, 1, by="Иван", on=TODAY, author=AUTHOR, now=NOW)
        before = store.agreements(client_id)
        with pytest.raises(StoreError, match="append-only"):
            execute(path, statement)
        assert store.agreements(client_id) == before


def test_a_current_store_is_opened_without_sqlite_utils(path: Path) -> None:
    prepare(path)
    process = python(
        "import sys",
        "from store.opening import open_reader, open_writer",
        f"open_reader({str(path)!r}).board_rows()",
        f"open_writer({str(path)!r}).close()",
        "print([name for name in ('sqlite_utils', 'click', 'numpy') if name in sys.modules])",
    )
    answer, errors = process.communicate(timeout=60)
    assert (answer.strip(), errors) == ("[]", "")


def test_the_file_is_found_from_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opening.file_of("~/smm.db") == tmp_path / "smm.db"


def test_a_store_in_a_folder_that_cannot_be_written_is_readable() -> None:
    """Tried as another user where the tests run as root, whom no mode of a folder stops."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smm.db"
        with make_store(path) as store:
            add_client(store)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        process = python(
            "import os",
            "from store.opening import open_reader, open_writer",
            "from store.errors import StoreError",
            "if os.getuid() == 0: os.setuid(65534)",
            f"print(len(open_reader({str(path)!r}).clients()))",
            f"try: open_writer({str(path)!r}).mark_demo()",
            "except StoreError as error: print(error.detail)",
        )
        answer, errors = process.communicate(timeout=60)
        Path(folder).chmod(0o700)
    assert errors == ""
    assert answer.startswith("1\nthe file or its folder is read-only")
