"""`smm material`: what the client was asked for, and for how long it is awaited."""

from __future__ import annotations

import pytest

from cli.exits import Exit
from tests.support.program import Program, made_once
from wording.words import NBSP


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """Two clients."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("client", "add", "Свеча")
    return ready


def test_what_was_asked_for_is_awaited_until_it_comes(cafe: Program) -> None:
    added = cafe.ok(
        "material", "add", "фото новой партии", "--client", "зерно", "--asked", "18.11", "--json"
    ).json()
    assert added == {
        "id": added["id"],
        "client": "Кофейня «Зерно»",
        "what": "фото новой партии",
        "asked_on": "2026-11-18",
        "received_on": None,
        "waiting_days": 5,
    }
    assert "ждём 5 дней" in cafe.ok("material", "list").out.replace(NBSP, " ")
    came = cafe.ok("material", "received", str(added["id"]), "--on", "вчера", "--json").json()
    assert (came["received_on"], came["waiting_days"]) == ("2026-11-22", None)
    assert cafe.ok("material", "list", "--json").json() == []
    assert "Ни от кого ничего не ждём" in cafe.run("material", "list").err
    assert [each["id"] for each in cafe.ok("material", "list", "--all", "--json").json()] == [added["id"]]
    assert "получено 22.11" in cafe.ok("material", "list", "--all").out


def test_the_longest_awaited_comes_first_and_a_client_may_be_named(cafe: Program) -> None:
    cafe.ok("material", "add", "прайс", "--client", "Свеча", "--asked", "20.11")
    cafe.ok("material", "add", "фото", "--client", "зерно", "--asked", "10.11")
    cafe.ok("material", "add", "тексты", "--client", "зерно")
    listed = cafe.ok("material", "list", "--json").json()
    assert [(each["what"], each["waiting_days"]) for each in listed] == [
        ("фото", 13),
        ("прайс", 3),
        ("тексты", 0),
    ]
    assert [each["what"] for each in cafe.ok("material", "list", "--client", "св", "--json").json()] == [
        "прайс"
    ]


def test_it_is_named_by_its_number_or_by_a_part_of_it(cafe: Program) -> None:
    cafe.ok("material", "add", "фото новой партии", "--client", "зерно")
    cafe.ok("material", "add", "фото витрины", "--client", "зерно")
    assert "Под «фото» подходит несколько" in cafe.run("material", "received", "фото").err
    assert cafe.ok("material", "received", "витрин", "--json").json()["what"] == "фото витрины"
    missing = cafe.run("material", "received", "прайс")
    assert missing.code == Exit.FAILED
    assert "smm material list" in missing.err


@pytest.mark.parametrize(
    ("args", "code", "hint"),
    [
        (("add", " ", "--client", "зерно"), Exit.USAGE, "smm material add"),
        (("add", "фото", "--client", "зерно", "--asked", "завтра"), Exit.USAGE, "24.11"),
        (("add", "ПРАЙС", "--client", "зерно"), Exit.FAILED, "smm material received 1"),
        (("received", "1", "--on", "завтра"), Exit.USAGE, "24.11"),
        (("received", "1", "--on", "19.11"), Exit.USAGE, "20.11"),
        (("received", "99"), Exit.FAILED, "smm material list"),
    ],
)
def test_a_slip_is_answered_and_changes_nothing(
    cafe: Program, args: tuple[str, ...], code: Exit, hint: str
) -> None:
    cafe.ok("material", "add", "прайс", "--client", "зерно", "--asked", "20.11")
    before = cafe.ok("material", "list", "--all", "--json").out
    outcome = cafe.run("material", *args)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err
    assert cafe.ok("material", "list", "--all", "--json").out == before


def test_what_came_does_not_come_twice(cafe: Program) -> None:
    cafe.ok("material", "add", "прайс", "--client", "зерно")
    cafe.ok("material", "received", "1")
    again = cafe.run("material", "received", "1")
    assert again.code == Exit.FAILED
    assert "уже получили 23.11" in again.err
    cafe.ok("material", "add", "прайс", "--client", "зерно")
