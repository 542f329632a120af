"""`smm log`: figures by hand, and the goals that they move at once."""

from __future__ import annotations

import pytest

from cli.exits import Exit
from tests.support.program import Program


def test_a_logged_figure_moves_the_goal_at_once(ready: Program) -> None:
    goal = ("--metric", "income", "--kind", "total_in_period", "--amount", "120 000", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "Я", *goal)
    ready.ok("log", "income", "1,5к", "--day", "вчера", "--note", "за макет")
    answer = ready.ok("log", "income", "5000", "--client", "Я", "--json").json()
    assert {**answer, "id": 0} == {
        "id": 0,
        "client": "Я",
        "metric": "income",
        "day": "2026-11-23",
        "amount": 5000,
        "unit": "RUB",
        "note": "",
    }
    (judged,) = ready.ok("goal", "list", "--json").json()
    assert judged["current"] == 5000
    ready.ok("goal", "edit", str(judged["id"]), "--start", "22.11", "--why", "считаем с воскресенья")
    assert ready.ok("goal", "list", "--json").json()[0]["current"] == 6500


def test_what_was_logged_is_listed_with_its_number(ready: Program) -> None:
    ready.ok("client", "add", "Зерно")
    ready.ok("log", "income", "1500", "--day", "вчера", "--note", "за макет")
    ready.ok("log", "hours", "2,5")
    ready.ok("log", "sales", "3", "--client", "зерно")
    found = ready.ok("log", "list", "--json").json()
    assert [(row["client"], row["metric"], row["amount"], row["note"]) for row in found] == [
        ("Зерно", "sales", 3, ""),
        ("Я", "income", 1500, "за макет"),
        ("Я", "hours", 2.5, ""),
    ]
    assert [row["metric"] for row in ready.ok("log", "list", "--client", "Я", "--json").json()] == [
        "income",
        "hours",
    ]
    (income,) = ready.ok("log", "list", "--metric", "доход", "--json").json()
    listed = ready.ok("log", "list", "--metric", "income").out.replace("\u00a0", " ")
    assert listed.splitlines()[1].split()[0] == str(income["id"])
    assert "1 500 ₽" in listed
    assert "22.11" in listed


def test_a_wrong_figure_is_taken_back_and_its_goal_is_judged_anew(ready: Program) -> None:
    goal = ("--metric", "income", "--kind", "total_in_period", "--amount", "120 000", "--deadline", "30.11")
    ready.ok("goal", "add", "--client", "Я", *goal)
    ready.ok("log", "income", "5000")
    wrong = ready.ok("log", "income", "50000", "--json").json()
    assert ready.ok("goal", "list", "--json").json()[0]["current"] == 55_000
    said = ready.ok("log", "remove", str(wrong["id"])).out.replace("\u00a0", " ")
    assert said == "Убрано, Я: доход, 50 000 ₽ за 23.11\n"
    assert ready.ok("goal", "list", "--json").json()[0]["current"] == 5000
    assert [row["amount"] for row in ready.ok("log", "list", "--json").json()] == [5000]


@pytest.mark.parametrize("args", [["remove"], ["income"]])
def test_what_is_missing_is_asked_for(ready: Program, args: list[str]) -> None:
    outcome = ready.run("log", *args)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "smm log" in outcome.err


def test_a_number_that_is_not_there_is_said(ready: Program) -> None:
    for number in ("99", "x"):
        outcome = ready.run("log", "remove", number)
        assert (outcome.code, outcome.out) == (Exit.FAILED, "")
        assert "smm log list" in outcome.err


def test_a_metric_may_be_named_in_words(ready: Program) -> None:
    assert ready.ok("log", "доход", "100", "--json").json()["metric"] == "income"


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["incom", "5"], "income"),
        (["audience", "5"], "smm sync"),
        (["подписчики", "5"], "smm sync"),
        (["income", "5", "--day", "0001-01-01"], "по 23.11.2036"),
        (["stories", "5"], "smm post add"),
        (["income", "much"], "1,5 млн"),
        (["income", "5", "--day", "завтра"], "ещё не наступило"),
        (["income", "5", "--day", "32.11"], "2026-11-23"),
    ],
)
def test_a_slip_is_answered_with_the_next_step(ready: Program, args: list[str], hint: str) -> None:
    outcome = ready.run("log", *args)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert hint in outcome.err
    assert ready.ok("export", "readings", "--format", "json").json() == []


def test_an_unknown_client_is_said(ready: Program) -> None:
    assert ready.run("log", "income", "5", "--client", "нет такого").code == Exit.FAILED


def test_a_figure_is_told_as_it_was_logged(ready: Program) -> None:
    assert "1,25\xa0часа" in ready.ok("log", "hours", "1.25").out
    assert "1\xa0234,56\xa0₽" in ready.ok("log", "income", "1234.56").out
    listed = ready.ok("log", "list").out
    assert "1,25\xa0часа" in listed


@pytest.mark.parametrize("hours", ["-3", "30", "0"])
def test_a_day_has_at_most_twenty_four_hours(ready: Program, hours: str) -> None:
    refused = ready.run("log", "hours", hours)
    assert refused.code == Exit.USAGE
    assert ready.ok("log", "list", "--json").json() == []


def test_an_absurd_amount_is_asked_about_or_refused(ready: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = ready.run("log", "income", "1000000000000")
    assert refused.code == Exit.USAGE
    assert "--anyway" in refused.err
    ready.ok("log", "income", "5000")
    refused = ready.run("log", "income", "600к")
    assert refused.code == Exit.USAGE
    assert "больше всего было 5 000 ₽" in refused.err.replace("\u00a0", " ")
    monkeypatch.setattr("cli.ask.can_ask", lambda _ctx: True)
    assert ready.run("log", "income", "600к", stdin="n\n").code == Exit.FAILED
    assert [row["amount"] for row in ready.ok("log", "list", "--json").json()] == [5000]
    ready.ok("log", "income", "600к", stdin="да\n")
    ready.ok("log", "income", "1000000000000", "--anyway", stdin="n\n")
    assert len(ready.ok("log", "list", "--json").json()) == 3


def test_hours_are_logged_as_the_clock_shows_them(ready: Program) -> None:
    for typed in ("2:30", "2 ч 30 мин", "2,5"):
        assert ready.ok("log", "hours", typed, "--json").json()["amount"] == 2.5
