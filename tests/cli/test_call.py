"""`smm call`: the page of a call, and decisions that change goals with the client's yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cli.exits import Exit
from goals.agreement.terms import ClientSide, Priority, Report, Terms
from goals.model import AccountId, Gap
from store.changes import UnitOutcome
from store.opening import open_writer
from store.values import UnitStatus
from tests.cli.agreed import save
from tests.support.program import Program, made_once
from tests.support.store import NOW, days_ago
from wording.words import NBSP

TERMS = Terms(
    client=ClientSide(approver="Ольга"),
    priorities=(Priority("распродать старую партию"), Priority("имя в районе")),
    report=Report(questions=("что дальше",)),
)


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an agreement and two goals; the first serves the first priority."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("client", "add", "Свеча")
    save(ready, TERMS)
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    line = "12 постов про старую партию до 30.11"
    ready.ok("goal", "add", line, "--client", "зерно", "--priority", "1")
    hours = ("--metric", "hours", "--kind", "total_in_period", "--amount", "30", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "зерно", *hours)
    ready.ok("post", "add", "--client", "зерно", "--day", "вчера")
    ready.ok("post", "add", "--client", "зерно", "--day", "вчера", "--topic", "старая партия")
    return ready


def history(program: Program, goal: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = program.ok("goal", "history", str(goal), "--json").json()
    return found


def test_the_page_says_what_was_wanted_done_and_why(cafe: Program) -> None:
    cafe.ok("checkin", "--set", "1=risk:нет фото")
    cafe.ok("material", "add", "фото", "--client", "зерно", "--asked", "18.11")
    outcome = cafe.ok("call", "зерно")
    shown = outcome.out.replace(NBSP, " ")
    parts = ["Что хотели", "Что вышло", "Почему", "Спросить"]
    assert [line for line in shown.splitlines() if line in parts] == parts
    for line in (
        "1. распродать старую партию — цель 1",
        "2. имя в районе — цели нет",
        "· до 30.11 · 0/12 ·",
        "вышло с 23.10: 2 поста",
        "тема «Старая партия»: 1 из 2",
        "23.11 под угрозой: нет фото",
        "материалы: фото, ждём 5 дней",
        "что дальше",
    ):
        assert line in shown
    assert "--decision" in outcome.err
    assert cafe.ok("call", "зерно", "--history", "--json").json() == []


def test_the_page_for_another_program(cafe: Program) -> None:
    page = cafe.ok("call", "зерно", "--json").json()
    assert (page["client"], page["day"], page["since"]) == ("Кофейня «Зерно»", "2026-11-23", "2026-10-23")
    assert page["priorities"][0] == {"rank": 1, "text": "распродать старую партию", "goals": [1]}
    assert {goal["id"] for goal in page["goals"]} == {1, 2}
    assert (page["published"], page["questions"]) == ({"posts": 2}, ["что дальше"])
    assert page["check_ins"] == page["gaps"] == page["materials"] == page["calls"] == []


def test_what_is_not_known_is_said_with_its_reason(cafe: Program) -> None:
    account = AccountId(cafe.ok("account", "list", "--json").json()[0]["id"])
    old, new = (Gap(account, "stories", day, day, "not_collected") for day in (days_ago(60), days_ago(3)))
    with open_writer(cafe.db) as store:
        run = store.start_run(NOW)
        store.claim(run, [account])
        store.commit_unit(UnitOutcome(account, UnitStatus.OK, NOW, gaps=(old, new)), run)
    assert "нет данных: истории, vk:zerno, 20.11 (не успели собрать)" in cafe.ok("call", "зерно").out
    (gap,) = cafe.ok("call", "зерно", "--json").json()["gaps"]
    assert (gap["metric"], gap["first"], gap["reason"]) == ("stories", "2026-11-20", "not_collected")


def test_a_decision_on_a_goal_is_a_revision_with_the_days_yes(cafe: Program) -> None:
    said = ("--decision", "партия больше, чем думали", "--goal", "1=20 10.12", "--notes", "довольна")
    call = cafe.ok("call", "зерно", "--day", "вчера", *said, "--json").json()
    assert (call["client"], call["day"], call["goals"]) == ("Кофейня «Зерно»", "2026-11-22", [1])
    assert (call["decisions"], call["notes"]) == (["партия больше, чем думали"], "довольна")
    (revision,) = history(cafe, 1)
    assert (revision["why"], revision["agreed_on"]) == ("партия больше, чем думали", "2026-11-22")
    assert revision["changes"] == {
        "amount": ["12", "20"],
        "deadline": ["2026-11-30", "2026-12-10"],
        "agreed_on": [None, "2026-11-22"],
        "agreed_by": [None, "Ольга"],
    }
    (goal,) = [goal for goal in cafe.ok("goal", "list", "--json").json() if goal["id"] == 1]
    assert (goal["amount"], goal["deadline"], goal["target"]) == (20, "2026-12-10", 20)


def test_each_goal_follows_the_decision_before_it(cafe: Program) -> None:
    said = ("--decision", "постов больше", "--goal", "1=20", "--decision", "часов хватит", "--goal", "2=да")
    cafe.ok("call", "зерно", *said, "--by", "Ольга Петровна")
    assert [history(cafe, goal)[0]["why"] for goal in (1, 2)] == ["постов больше", "часов хватит"]
    assert "согласовано с клиентом 23.11" in cafe.ok("goal", "history", "2").out
    assert history(cafe, 2)[0]["changes"] == {
        "agreed_on": [None, "2026-11-23"],
        "agreed_by": [None, "Ольга Петровна"],
    }


@pytest.mark.parametrize(
    ("typed", "amount", "deadline"),
    [
        ("1,5к", 1500, "2026-11-30"),
        ("1,5 тыс", 1500, "2026-11-30"),
        ("20 до 10.12", 20, "2026-12-10"),
        ("20 до конец года", 20, "2026-12-31"),
        ("до 2026-12-10", 12, "2026-12-10"),
        ("конец года", 12, "2026-12-31"),
        ("5.12", 12, "2026-12-05"),
    ],
)
def test_an_amount_and_a_day_as_people_write_them(
    cafe: Program, typed: str, amount: int, deadline: str
) -> None:
    cafe.ok("call", "зерно", "--goal", f"1={typed}")
    (goal,) = [goal for goal in cafe.ok("goal", "list", "--json").json() if goal["id"] == 1]
    assert (goal["amount"], goal["deadline"]) == (amount, deadline)


def test_without_words_the_change_itself_is_the_decision(cafe: Program) -> None:
    shown = cafe.ok("call", "зерно", "--goal", "1=15", "--goal", "1=05.12").out.replace(NBSP, " ")
    assert "число: 12 → 15, срок: 30.11 → 05.12" in shown
    (call,) = cafe.ok("call", "зерно", "--history", "--json").json()
    assert len(call["decisions"]) == 1
    assert len(history(cafe, 1)) == 1


def test_a_goal_is_dropped_with_the_clients_yes(cafe: Program) -> None:
    cafe.ok("call", "зерно", "--decision", "партию продали", "--goal", "1=снять")
    assert [goal["id"] for goal in cafe.ok("goal", "list", "--json").json()] == [2]
    assert history(cafe, 1)[0]["agreed_on"] == "2026-11-23"
    cafe.ok("goal", "undo", "1")
    assert {goal["id"] for goal in cafe.ok("goal", "list", "--json").json()} == {1, 2}


def test_the_history_names_each_day_once(cafe: Program) -> None:
    cafe.ok("call", "зерно", "--day", "20.11", "--decision", "снимаем по средам")
    cafe.ok("call", "зерно", "--decision", "больше кофе")
    cafe.ok("call", "зерно", "--notes", "звонить после обеда")
    shown = cafe.ok("call", "зерно", "--history").out.replace(NBSP, " ")
    assert shown.splitlines() == [
        "Созвон: Кофейня «Зерно», 23.11",
        "  Заметка: звонить после обеда",
        "  • больше кофе",
        "Созвон: Кофейня «Зерно», 20.11",
        "  • снимаем по средам",
    ]


def test_the_next_call_begins_where_the_last_one_ended(cafe: Program) -> None:
    cafe.ok("call", "зерно", "--day", "20.11", "--decision", "снимаем по средам")
    page = cafe.ok("call", "зерно", "--json").json()
    assert (page["since"], page["published"]) == ("2026-11-20", {"posts": 2})
    assert page["calls"][0]["decisions"] == ["снимаем по средам"]
    shown = cafe.ok("call", "зерно").out
    assert "Решили раньше\n  20.11 снимаем по средам" in shown
    told = cafe.ok("call", "зерно", "--history").out
    assert told == "Созвон: Кофейня «Зерно», 20.11\n  • снимаем по средам\n"
    assert cafe.ok("call", "свеча", "--history").out == ""


@pytest.mark.parametrize(
    ("said", "code", "hint"),
    [
        (("--goal", "99=5"), Exit.USAGE, "smm goal list"),
        (("--goal", "1=много"), Exit.USAGE, "«много»"),
        (("--goal", "1=32.11"), Exit.USAGE, "32.11"),
        (("--goal", "1=5 01.11"), Exit.USAGE, "01.11.2027"),
        (("--goal", "1=01.11"), Exit.USAGE, "01.11"),
        (("--goal", "1=0"), Exit.USAGE, ""),
        (("--goal", "1="), Exit.USAGE, ""),
        (("--decision", " "), Exit.USAGE, "--decision"),
        (("--decision", "так", "--day", "завтра"), Exit.USAGE, "24.11"),
        (("--goal", "1=20", "--goal", "2=0"), Exit.USAGE, ""),
    ],
)
def test_a_slip_saves_nothing_at_all(cafe: Program, said: tuple[str, ...], code: Exit, hint: str) -> None:
    outcome = cafe.run("call", "зерно", *said)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err
    assert history(cafe, 1) == history(cafe, 2) == []
    assert cafe.ok("call", "зерно", "--history", "--json").json() == []


def test_nobody_says_yes_to_a_draft_or_to_anothers_goal(cafe: Program) -> None:
    cafe.ok("goal", "add", "больше подписчиков", "--client", "свеча")
    assert cafe.run("call", "свеча", "--goal", "3=да").code == Exit.INCOMPLETE
    assert cafe.run("call", "зерно", "--goal", "3=да").code == Exit.USAGE


def test_what_is_ahead_and_what_is_to_be_agreed_is_no_outcome(cafe: Program) -> None:
    with open_writer(cafe.db) as store:
        goal = store.goal(store.goals()[0].id)
        later = replace(goal, start=date(2026, 12, 1), deadline=date(2026, 12, 31), topic=None)
        store.add_goal(replace(later, agreed_by="Ольга", agreed_on=days_ago(1)), author="Анна", now=NOW)
        store.add_goal(replace(goal, amount=None, topic=None, metric="clips"), author="Анна", now=NOW)
    shown = cafe.ok("call", "зерно").out.replace(NBSP, " ")
    parts = dict.fromkeys(("Что вышло", "Впереди", "Согласовать"), "")
    part = ""
    for line in shown.splitlines():
        part = line if line in parts or not line.startswith(" ") else part
        if part in parts:
            parts[part] += line + "\n"
    assert [number in parts["Что вышло"] for number in ("1. ", "2. ", "3. ", "4. ")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert "3. ВК: 12 постов · с 01.12 · до 31.12" in parts["Впереди"]
    assert "4. ВК: клипы · до 30.11 · черновик" in parts["Согласовать"]
    assert "1. Старая партия: 12 постов · клиент ещё не согласовал" in parts["Согласовать"]
    page = cafe.ok("call", "зерно", "--json").json()
    assert (page["ahead"], sorted(page["to_agree"])) == ([3], [1, 2, 4])


def test_decisions_that_were_taken_back_are_marked(cafe: Program) -> None:
    said = (
        "--decision",
        "больше всего",
        "--goal",
        "1=20",
        "--goal",
        "2=40",
        "--decision",
        "созвон раз в неделю",
    )
    cafe.ok("call", "зерно", *said)
    cafe.ok("call", "зерно", "--goal", "1=25")
    assert "отменено" not in cafe.ok("call", "зерно", "--history").out
    cafe.ok("goal", "undo", "1")
    told = cafe.ok("call", "зерно", "--history").out.replace(NBSP, " ").splitlines()
    assert told[1].startswith("  • 1. Старая партия: 20 постов: число: 20 → 25")
    assert told[1].endswith(" — отменено")
    cafe.ok("goal", "undo", "1")
    told = cafe.ok("call", "зерно", "--history").out.splitlines()
    assert told[2:] == ["  • больше всего — отменено по цели 1", "  • созвон раз в неделю"]
    cafe.ok("goal", "undo", "2")
    assert "больше всего — отменено\n" in cafe.ok("call", "зерно", "--history").out
    assert "больше всего — отменено\n" in cafe.ok("call", "зерно").out
    first, second = cafe.ok("call", "зерно", "--history", "--json").json()
    assert first["undone"] == [{"decision": 0, "goals": [1, 2], "wholly": True}]
    assert second["undone"] == [{"decision": 0, "goals": [1], "wholly": True}]
