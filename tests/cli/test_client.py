"""`smm client`: add, list, edit, archive; and names by any unique part."""

from __future__ import annotations

import pytest

from store.opening import open_reader
from tests.support.program import Program


def names(program: Program, *options: str) -> list[str]:
    return [client["name"] for client in program.ok("client", "list", "--json", *options).json()]


def test_a_client_is_added_with_its_holidays(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня «Зерно»", "--manager", "Анна", "--timezone", "Asia/Omsk")
    client = ready.ok("client", "list", "--json").json()[0]
    assert client == {
        "id": client["id"],
        "name": "Кофейня «Зерно»",
        "kind": "client",
        "timezone": "Asia/Omsk",
        "manager": "Анна",
        "archived": False,
        "accounts": 0,
        "goals": 0,
    }
    with open_reader(ready.db) as store:
        until = store.holidays_until(client["id"])
    assert until is not None
    assert until.year == 2028


def test_a_table_for_people(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня")
    ready.ok("client", "add", "漢字 ☕️")
    lines = ready.ok("client", "list").out.splitlines()
    assert lines[0].split() == ["клиент", "часовой", "пояс", "менеджер", "аккаунты", "цели"]
    assert len(lines) == 4


@pytest.mark.parametrize("twin", ["кофейня «зерно»", 'КОФЕЙНЯ "Зерно"', "  Кофейня   «Зерно» "])
def test_a_name_is_there_once(ready: Program, twin: str) -> None:
    ready.ok("client", "add", "Кофейня «Зерно»")
    outcome = ready.run("client", "add", twin)
    assert outcome.code == 1
    assert "«Кофейня „Зерно“»" in outcome.err
    assert names(ready) == ["Кофейня «Зерно»", "Я"]


def test_the_specialist_is_there_once(ready: Program) -> None:
    outcome = ready.run("client", "add", "Мария", "--self")
    assert outcome.code == 1
    assert "«Я»" in outcome.err
    assert names(ready) == ["Я"]


@pytest.mark.parametrize("name", ["", "   ", "\x1b[", "«»", "\u202e\u200b"])
def test_a_name_needs_letters(ready: Program, name: str) -> None:
    outcome = ready.run("client", "add", name)
    assert outcome.code == 2
    assert "буквы или цифры" in outcome.err


def test_a_name_has_an_end(ready: Program) -> None:
    assert ready.run("client", "add", "я" * 121).code == 2
    ready.ok("client", "add", "я" * 120)


def test_escape_codes_and_markup_are_harmless(ready: Program) -> None:
    ready.ok("client", "add", "[/x] \x1b]0;gotcha\x07Сбой\u202e")
    out = ready.ok("client", "list").out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[/x] Сбой" in out
    assert "gotcha" not in out


def test_an_edit_keeps_what_was_not_named(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня", "--manager", "Анна")
    ready.ok("client", "edit", "коф", "--name", "Чайная")
    ready.ok("client", "edit", "чай", "--timezone", "Asia/Omsk")
    client = ready.ok("client", "list", "--json").json()[0]
    assert (client["name"], client["manager"], client["timezone"]) == ("Чайная", "Анна", "Asia/Omsk")
    ready.ok("client", "edit", "чай", "--manager", "")
    assert ready.ok("client", "list", "--json").json()[0]["manager"] is None


def test_an_edit_may_change_the_case_of_a_name(ready: Program) -> None:
    ready.ok("client", "add", "кофейня")
    ready.ok("client", "edit", "кофейня", "--name", "Кофейня")
    assert "Кофейня" in names(ready)


def test_an_edit_needs_something_to_change_and_a_free_name(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня")
    ready.ok("client", "add", "Чайная")
    assert ready.run("client", "edit", "Чайная").code == 2
    assert ready.run("client", "edit", "Чайная", "--name", "кофейня").code == 1
    assert ready.run("client", "edit", "Чайная", "--timezone", "Omsk").code == 2


def test_an_archived_client_comes_back_with_everything(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня")
    ready.ok("client", "archive", "коф")
    assert names(ready) == ["Я"]
    assert names(ready, "--all") == ["Кофейня", "Я"]
    assert "archive --undo" in ready.run("client", "add", "Кофейня").err
    ready.ok("client", "archive", "коф", "--undo")
    assert names(ready) == ["Кофейня", "Я"]


def test_the_specialist_is_not_archived(ready: Program) -> None:
    assert ready.run("client", "archive", "Я").code == 1
    assert names(ready) == ["Я"]


def test_an_exact_name_wins_over_a_part(ready: Program) -> None:
    ready.ok("client", "add", "Кафе")
    ready.ok("client", "add", "Кафе на углу")
    ready.ok("client", "archive", "КАФЕ")
    assert names(ready) == ["Кафе на углу", "Я"]


def test_a_part_that_several_have_lists_them(ready: Program) -> None:
    ready.ok("client", "add", "Пёстрый кот")
    ready.ok("client", "add", "Пёстрый пёс")
    outcome = ready.run("client", "archive", "пестрый")
    assert outcome.code == 1
    assert "Пёстрый кот, Пёстрый пёс" in outcome.err
    ready.ok("client", "archive", "пестрый пес")


def test_an_unknown_name_offers_the_nearest(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня")
    outcome = ready.run("client", "archive", "Кафейня")
    assert outcome.code == 1
    assert "Кофейня" in outcome.err
    assert "smm client add" in outcome.err
