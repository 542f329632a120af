"""`smm backup` and `smm restore` as a user has them."""

from __future__ import annotations

from pathlib import Path

from cli.exits import Exit
from sync.lock import lock_file_of, only_run
from tests.support.program import Program


def clients(program: Program) -> list[str]:
    return [row["name"] for row in program.ok("client", "list", "--json").json()]


def test_a_copy_goes_into_a_folder_and_comes_back(ready: Program, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    ready.ok("client", "add", "Зерно")
    made = ready.ok("backup", str(folder))
    [copy] = folder.iterdir()
    assert made.out.strip() == str(copy)
    assert copy.name.startswith("smm-2026")
    assert f"smm restore {copy}" in made.err
    ready.ok("client", "add", "Свеча")
    told = ready.ok("restore", str(copy))
    assert "before-restore" in told.err
    assert "Свеча" not in clients(ready)
    answer = ready.ok("restore", str(copy), "--json").json()
    assert set(answer) == {"store", "restored", "kept"}


def test_a_name_that_is_taken_is_refused(ready: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert ready.ok("backup", str(copy), "--json").json()["file"] == str(copy)
    outcome = ready.run("backup", str(copy))
    assert outcome.code == Exit.USAGE
    assert "уже есть" in outcome.err.replace("\u00a0", " ")


def test_what_cannot_be_brought_back_changes_nothing(ready: Program, tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"<html>" * 1000)
    assert ready.run("restore", str(junk)).code == Exit.DAMAGED
    assert ready.run("restore", str(tmp_path / "none.db")).code == Exit.USAGE
    assert ready.run("restore", str(ready.db)).code == Exit.USAGE
    assert list(ready.db.parent.glob("*before-restore*")) == []


def test_while_a_sync_runs_nothing_is_brought_back(ready: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ready.ok("backup", str(copy))
    with only_run(lock_file_of(ready.db)):
        assert ready.run("restore", str(copy)).code == Exit.LOCKED
