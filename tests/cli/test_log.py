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


def test_a_metric_may_be_named_in_words(ready: Program) -> None:
    assert ready.ok("log", "доход", "100", "--json").json()["metric"] == "income"


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["incom", "5"], "income"),
        (["audience", "5"], "smm sync"),
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
