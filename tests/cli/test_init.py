"""`smm init`: a new user's first command."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from cli.commands.dashboard import _opened
from cli.commands.init import system_timezone
from cli.config.reading import load_config
from cli.context import Context
from store.errors import StoreMissingError
from store.opening import open_reader
from tests.support.program import Program


def test_it_makes_settings_store_and_the_specialist(program: Program) -> None:
    outcome = program.ok("init", "--timezone", "Asia/Omsk", env={"SMM_CONFIG": str(program.config)})
    config = load_config(program.config, required=True, language=lambda: "en")
    assert (config.language, config.timezone) == ("ru", "Asia/Omsk")
    (me,) = program.ok("client", "list", "--json").json()
    assert (me["name"], me["kind"], me["timezone"]) == ("Я", "self", "Asia/Omsk")
    assert outcome.out.count("smm ") >= 3
    assert str(program.db) in outcome.err
    assert stat.S_IMODE(program.db.stat().st_mode) == 0o600


def test_public_holidays_are_known_two_years_ahead(ready: Program) -> None:
    with open_reader(ready.db) as store:
        (me,) = store.clients()
        until = store.holidays_until(me.id)
        calendar = store.calendar(me.id)
    assert until is not None
    assert until.year == 2028
    assert not calendar.is_working(date(2027, 1, 4))


def test_a_second_run_changes_nothing(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня")
    before = ready.config.read_bytes()
    outcome = ready.ok("init", "--language", "en")
    assert ready.config.read_bytes() == before
    assert "остались прежними" in outcome.err
    assert "исправьте этот файл" in outcome.err
    assert [client["name"] for client in ready.ok("client", "list", "--json").json()] == ["Кофейня", "Я"]


def test_the_usual_places_are_the_users_own_folders(tmp_path: Path) -> None:
    from cli.__main__ import main

    assert main(["init"]) == 0
    home = tmp_path / "home"
    assert (home / ".config" / "smart-smm" / "config.toml").exists()
    assert (home / ".local" / "share" / "smart-smm" / "smm.db").exists()


def test_english_speaks_english(program: Program) -> None:
    env = {"SMM_CONFIG": str(program.config)}
    outcome = program.ok("init", "--language", "en", env=env)
    assert "What to do next" in outcome.out
    assert program.ok("client", "list", "--json").json()[0]["name"] == "Me"


def test_broken_settings_are_told_and_kept(program: Program) -> None:
    program.write_config("langage = 1")
    outcome = program.run("init")
    assert outcome.code == 2
    assert program.config.read_text() == "langage = 1"
    assert not program.db.exists()


def test_an_unknown_time_zone_writes_nothing(program: Program) -> None:
    outcome = program.run("init", "--timezone", "Moscow", env={"SMM_CONFIG": str(program.config)})
    assert outcome.code == 2
    assert "Europe/Moscow" in outcome.err
    assert not program.config.exists()


def test_a_folder_that_cannot_be_made_is_told(program: Program) -> None:
    (program.folder / "file").touch()
    target = program.folder / "file" / "config.toml"
    outcome = program.run("init", env={"SMM_CONFIG": str(target)})
    assert outcome.code in {1, 2}
    assert "Traceback" not in outcome.err
    assert str(target) in outcome.err


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Asia/Omsk", "Asia/Omsk"),
        (":Asia/Omsk", "Asia/Omsk"),
        ("UTC", "Europe/Moscow"),
        ("MSK-3", "Europe/Moscow"),
    ],
)
def test_the_time_zone_of_the_computer_is_taken_where_it_names_a_place(tz: str, zone: str) -> None:
    assert system_timezone({"TZ": tz}) == zone


def test_the_dashboard_makes_all_for_a_newcomer_and_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    ctx = _opened(Context())
    assert "Настройки записаны" in capsys.readouterr().err
    with ctx.reader() as store:
        (me,) = store.clients()
    assert me.name == "Я"
    assert ctx.config_path.exists()
    again = Context()
    assert _opened(again) is again
    assert capsys.readouterr().err == ""


def test_no_empty_store_takes_the_place_of_one_that_is_missed(tmp_path: Path) -> None:
    named = Context(db=str(tmp_path / "typo.db"))
    with pytest.raises(StoreMissingError):
        _opened(named)
    usual = Context()
    usual.config_path.parent.mkdir(parents=True)
    usual.config_path.write_text('[general]\nlanguage = "en"\n', encoding="utf-8")
    with pytest.raises(StoreMissingError):
        _opened(usual)
    assert not Path(usual.db).exists()
    assert not Path(named.db).exists()
