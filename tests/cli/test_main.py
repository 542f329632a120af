"""The entry point: exit codes, and a sentence with the next step for whatever ends a command early."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cli import __version__
from tests.support.program import Program


def test_the_version(program: Program) -> None:
    assert program.run("--version").out == f"smm {__version__}\n"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"smm {__version__}\n"


def test_the_version_imports_next_to_nothing() -> None:
    code = (
        "import sys; from cli.__main__ import main; main(['--version']); "
        "print(sorted(m for m in sys.modules if m.partition('.')[0] in "
        "{'argparse', 'platformdirs', 'wording', 'goals', 'store', 'connectors', 'typing', 'dataclasses'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_list_imports_neither_network_nor_screen(ready: Program) -> None:
    code = (
        "import sys; from cli.__main__ import main; "
        f"main(['--db', {str(ready.db)!r}, 'client', 'list', '--json']); "
        "print([m for m in ('textual', 'httpx', 'vk_api', 'sqlite_utils', 'babel', 'holidays', 'asyncio') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_help_lists_every_command_in_both_languages(program: Program) -> None:
    from cli.__main__ import COMMANDS

    russian = program.ok("--help").out
    english = program.ok("--help", env={"LC_ALL": "en_US.UTF-8"}).out
    for name in COMMANDS:
        assert f"smm {name}" in russian
    assert "цели клиентов" in russian
    assert "goals" in english
    assert len(english.splitlines()) == len(russian.splitlines())


@pytest.mark.parametrize("name", ["init", "client", "token", "cron", "doctor"])
def test_help_of_a_command_speaks_russian(program: Program, name: str) -> None:
    out = program.ok(name, "--help").out
    assert out.startswith("как писать: smm")
    assert "показать эту справку" in out


def test_another_programs_database_is_left_alone(ready: Program, tmp_path: Path) -> None:
    other = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = other.read_bytes()
    for command in (("client", "list"), ("init",), ("sync",), ("doctor",)):
        outcome = ready.run("--db", str(other), *command)
        assert outcome.code == (1 if command == ("doctor",) else 2), outcome
        assert "другой программы" in outcome.out + outcome.err
        assert "копию" not in outcome.err
    assert other.read_bytes() == before
    assert [path.name for path in tmp_path.glob("places*")] == ["places.sqlite"]


def test_placeholders_are_russian(ready: Program) -> None:
    assert "ИМЯ" in ready.run("client", "add", "?!").err
    assert "ФАЙЛ" in ready.run("--config").err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("clinet",), "smm client"),
        (("--dbx", "x", "client"), "--dbx"),
        (("--db",), "--db: не хватает значения"),
        (("client", "add"), "Не хватает: ИМЯ"),
        (("client", "list", "--jsn"), "Непонятно: --jsn"),
        (("client",), "Не хватает"),
        (("client", "lst"), "«lst» здесь нет, а есть: add, list"),
        (("init", "--language", "de"), "«de» не подходит, нужно одно из: ru, en"),
        (("init", "--language"), "--language: не хватает значения"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_next_step(
    program: Program, args: tuple[str, ...], told: str
) -> None:
    outcome = program.run(*args)
    assert outcome.code == 2
    assert told in outcome.err
    assert "→ " in outcome.err
    assert outcome.out == ""


def test_no_store_is_10_and_says_what_to_do(program: Program) -> None:
    outcome = program.run("client", "list", "--json")
    assert (outcome.code, outcome.out) == (10, "")
    assert str(program.db) in outcome.err
    assert "smm init" in outcome.err
    assert not program.db.exists()


def test_an_empty_file_is_no_store(program: Program) -> None:
    program.db.touch()
    assert program.run("client", "list").code == 10


def test_a_file_that_is_no_database_is_13_and_stays_as_it_is(program: Program) -> None:
    program.db.write_bytes(b"<html>" * 500)
    outcome = program.run("client", "add", "Кофейня")
    assert outcome.code == 13
    assert "smm restore" in outcome.err
    assert program.db.read_bytes() == b"<html>" * 500


def test_a_url_is_told_to_be_no_file(program: Program) -> None:
    from cli.__main__ import main

    assert main(["--db", "postgresql://anna:secret@host/smm", "client", "list"]) == 1


def test_broken_settings_stop_everything_but_the_doctor(ready: Program) -> None:
    ready.write_config("[general]\nlangage = 'ru'\ntimezone = 'Moscow'\n")
    outcome = ready.run("client", "add", "Кофейня")
    assert outcome.code == 2
    assert "general.langage" in outcome.err
    assert "Europe/Moscow" in outcome.err
    assert "Traceback" not in outcome.err
    assert ready.run("--help").code == 0
    assert ready.run("client", "add", "--help").code == 0
    assert ready.run("doctor", "--offline").code == 1


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-23", "2026-11-23T09:00"])
def test_a_frozen_clock_needs_a_moment_with_its_offset(ready: Program, moment: str) -> None:
    outcome = ready.run("client", "add", "Кофейня", env={"SMM_NOW": moment})
    assert outcome.code == 2
    assert "2026-11-23T09:00+03:00" in outcome.err


def test_settings_that_were_named_must_be_there(program: Program) -> None:
    outcome = program.run("client", "list", env={"SMM_CONFIG": str(program.folder / "none.toml")})
    assert outcome.code == 2
    assert "none.toml" in outcome.err


def test_files_may_come_from_the_environment(ready: Program, tmp_path: Path) -> None:
    from cli.__main__ import main

    env = {"SMM_DB": str(ready.db), "SMM_CONFIG": str(ready.config)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "client", "list"],
        env={**os.environ, **env},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Я" in done.stdout.decode()
    assert main(["--db=" + str(ready.db), "client", "list"]) == 0


def test_a_reader_that_goes_away_is_no_error(ready: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            ready.argv("client", "list", "--json"), stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_behind_stdout_is_told(ready: Program) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(ready.argv("client", "list"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert "Вывод записать не удалось" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_closed_streams_do_no_harm(ready: Program) -> None:
    line = " ".join(f"'{word}'" for word in ready.argv("client", "add", "Кофейня"))
    done = subprocess.run(["/bin/sh", "-c", f"{line} <&- >&- 2>&-"], check=False)
    assert done.returncode == 0
    assert "Кофейня" in ready.ok("client", "list").out


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}]
)
def test_a_terminal_without_russian_letters_gets_no_traceback(ready: Program, env: dict[str, str]) -> None:
    outcome = ready.process("client", "list", env=env)
    assert (outcome.code, outcome.err) == (0, "")
    answer = ready.process("client", "list", "--json", env=env)
    assert answer.json()[0]["name"] == "Я"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_with_130(ready: Program, number: signal.Signals) -> None:
    slow = f"cmd = ['/bin/sh', '-c', 'echo > {ready.folder}/started; sleep 30']"
    ready.config.write_text(f"[networks.telegram]\ntoken = 'slow'\n\n[tokens.slow]\nkind = 'bot'\n{slow}\n")
    process = subprocess.Popen(ready.argv("token", "check"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 20
        while not (ready.folder / "started").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        _out, err = process.communicate(timeout=20)  # the program of the token takes 30 s
    finally:
        process.kill()
    assert process.returncode == 130
    assert err == b""
