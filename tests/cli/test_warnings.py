"""`smm warnings`: told once, acknowledged, snoozed, back again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goals.records import Material
from store.opening import open_writer
from tests.support.program import Program, made_once
from tests.support.store import AUTHOR, NOW, TODAY, days_ago
from wording.words import NBSP

LATER = {"SMM_NOW": "2026-11-27T09:00+03:00"}


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """Two clients who owe something, the one Anna's and the other Boris's."""
    for name, manager, days in (("Кофейня «Зерно»", "Анна", 9), ("Мастерская «Свеча»", "Борис", 20)):
        ready.ok("client", "add", name, "--manager", manager)
        with open_writer(ready.db) as store:
            client = next(one for one in store.clients() if one.name == name)
            store.add_material(Material(0, client.id, "фото", days_ago(days)), author=AUTHOR, now=NOW)
    return ready


def numbers(program: Program, *options: str, env: dict[str, str] | None = None) -> list[int]:
    return [one["number"] for one in program.ok("warnings", "--json", *options, env=env).json()]


def test_the_most_urgent_comes_first_with_its_next_step(cafe: Program) -> None:
    first, step, second, _ = cafe.ok("warnings").out.replace(NBSP, " ").splitlines()
    assert first == "  1. ▲ Мастерская «Свеча» · Ждём от клиента 20 дней: фото"
    assert step == "       → Напомните клиенту, а когда придёт: smm material received 2"
    assert second == "  2. △ Кофейня «Зерно» · Ждём от клиента 9 дней: фото"


def test_json_names_everything(cafe: Program) -> None:
    first, _ = cafe.ok("warnings", "--json").json()
    assert list(first) == [
        "number", "key", "rule", "severity", "clients", "goal_id", "account_id", "topic", "sentence", "step",
        "next_step", "facts", "first_seen", "new", "acknowledged_by", "snoozed_until",
    ]  # fmt: skip
    assert (first["rule"], first["severity"], first["clients"]) == (
        "materials",
        "high",
        ["Мастерская «Свеча»"],
    )
    assert first["facts"] == {"what": "фото", "days": 20, "asked_on": "2026-11-03", "material": 2}


def test_all_is_quiet_where_nothing_is_wrong(ready: Program) -> None:
    assert ready.ok("warnings", "--json").json() == []
    assert ready.ok("warnings").out == "Всё спокойно\n"


def test_a_client_or_a_managers_clients_keep_their_numbers(cafe: Program) -> None:
    assert numbers(cafe, "--client", "зерно") == [2]
    assert numbers(cafe, "--manager", "борис") == [1]
    assert numbers(cafe, "--manager", "анна", "--client", "свеча") == []


def test_what_is_new_is_told_once_and_again_after_it_was_gone(cafe: Program) -> None:
    assert numbers(cafe) == [1, 2]
    assert numbers(cafe, "--new", "--client", "зерно") == [2]
    assert numbers(cafe, "--new") == [1]
    assert cafe.ok("warnings", "--new").out == "Ничего нового\n"
    assert numbers(cafe) == [1, 2]
    for came in (TODAY, None):
        with open_writer(cafe.db) as store:
            material = store.materials(received=True)[0]
            store.update_material(replace(material, received_on=came), author=AUTHOR, now=NOW)
        told = cafe.ok("warnings", "--new", "--json").json()
        assert [one["clients"][0] for one in told] == ([] if came else ["Мастерская «Свеча»"])


def test_an_acknowledged_one_is_quiet(cafe: Program) -> None:
    shown = cafe.ok("warnings", "ack", "1").out
    assert "Принято к сведению" in shown
    assert "Свеча" in shown
    assert numbers(cafe) == [2]
    assert numbers(cafe, "--all") == [1, 2]
    assert "[знает " in cafe.ok("warnings", "--all").out


def test_what_was_said_of_one_is_there_as_json(cafe: Program) -> None:
    known = cafe.ok("warnings", "ack", "1", "--json").json()
    assert (known["rule"], known["clients"], known["new"]) == ("materials", ["Мастерская «Свеча»"], False)
    assert known["acknowledged_by"]
    assert known["snoozed_until"] is None
    later = cafe.ok("warnings", "--json", "snooze", "2", "--until", "27.11").json()
    assert (later["number"], later["snoozed_until"]) == (2, "2026-11-27")
    assert later["acknowledged_by"] is None
    assert numbers(cafe) == []


def test_an_acknowledged_one_that_grows_is_told_again(cafe: Program) -> None:
    key = cafe.ok("warnings", "--json").json()[1]["key"]
    cafe.ok("warnings", "ack", key)
    grown = {"SMM_NOW": "2026-11-28T09:00+03:00"}
    told = {one["key"]: one for one in cafe.ok("warnings", "--json", env=grown).json()}
    assert (told[key]["severity"], told[key]["acknowledged_by"], told[key]["new"]) == ("high", None, True)


def test_a_snoozed_one_comes_back_on_its_day(cafe: Program) -> None:
    assert "Отложено до 27.11" in cafe.ok("warnings", "snooze", "1", "--until", "27.11").out
    assert numbers(cafe) == [2]
    assert "[до 27.11]" in cafe.ok("warnings", "--all").out
    assert numbers(cafe, env=LATER) == [1, 2]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ack", "9"), 1),
        (("snooze", "9", "--until", "27.11"), 1),
        (("snooze", "1", "--until", "сегодня"), 2),
        (("snooze", "1", "--until", "никогда"), 2),
        (("snooze", "1"), 2),
    ],
)
def test_what_cannot_be_is_refused(cafe: Program, words: tuple[str, ...], code: int) -> None:
    outcome = cafe.run("warnings", *words)
    assert outcome.code == code
    assert "→" in outcome.err
    assert numbers(cafe) == [1, 2]


def test_looking_changes_nothing_that_was_said(cafe: Program) -> None:
    cafe.ok("warnings", "ack", "2")
    with open_writer(cafe.db) as store:
        before = store.warning_states()
    cafe.ok("warnings")
    with open_writer(cafe.db) as store:
        assert store.warning_states() == before
