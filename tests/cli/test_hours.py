"""`smm hours`: income and hours by client, the agreed hours, RUB an hour; and the specialist's own goals."""

from __future__ import annotations

import pytest

from cli.exits import Exit
from goals.agreement.terms import Hours, Terms
from tests.cli.agreed import save
from tests.support.program import Program, made_once
from wording.words import NBSP


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with thirty agreed hours a month."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    save(ready, Terms(hours=Hours(month=30)))
    return ready


def test_the_rate_is_of_what_was_logged_for_the_client(cafe: Program) -> None:
    cafe.ok("log", "income", "15000", "--client", "Зерно")
    cafe.ok("log", "hours", "2.5", "--client", "Зерно", "--note", "съёмка")
    cafe.ok("log", "hours", "10", "--client", "Зерно", "--day", "02.11")
    assert cafe.ok("hours", "--json").json() == [
        {"client": "Кофейня «Зерно»", "income": 15000, "hours": 12.5, "agreed_hours": 30, "rate": 1200}
    ]
    shown = cafe.ok("hours").out.replace(NBSP, " ").splitlines()
    assert shown[0].split() == ["клиент", "доход", "часы", "оговорено", "израсходовано", "₽", "за", "час"]
    assert shown[1].endswith("15 000 ₽  12,5         30           42 %  1 200 ₽/ч")


def test_without_hours_there_is_no_rate_and_no_nought(cafe: Program) -> None:
    cafe.ok("log", "income", "15000", "--client", "Зерно")
    (row,) = cafe.ok("hours", "--json").json()
    assert (row["hours"], row["rate"]) == (None, None)
    outcome = cafe.ok("hours")
    assert outcome.out.splitlines()[1].rstrip().endswith("—")
    assert "ставки нет" in outcome.err


def test_agreed_hours_are_shown_before_anything_was_logged(cafe: Program) -> None:
    assert cafe.ok("hours", "--json").json() == [
        {"client": "Кофейня «Зерно»", "income": None, "hours": None, "agreed_hours": 30, "rate": None}
    ]


def test_a_month_is_named_and_only_its_days_count(cafe: Program) -> None:
    cafe.ok("log", "hours", "4", "--client", "Зерно", "--day", "31.10")
    cafe.ok("log", "hours", "5", "--client", "Зерно", "--day", "01.11")
    for month, hours in (("2026-10", 4), ("11.2026", 5)):
        assert cafe.ok("hours", "--period", month, "--json").json()[0]["hours"] == hours
    assert cafe.ok("hours", "--json").json()[0]["hours"] == 5


@pytest.mark.parametrize("month", ["2026", "2026-13", "ноябрь", "0001-01"])
def test_what_is_no_month_is_said(cafe: Program, month: str) -> None:
    outcome = cafe.run("hours", "--period", month)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "2026-11" in outcome.err


def test_several_clients_are_added_up_and_one_may_be_named(cafe: Program) -> None:
    cafe.ok("client", "add", "Свеча")
    for client, income, hours in (("Зерно", "15000", "10"), ("Свеча", "9000", "2")):
        cafe.ok("log", "income", income, "--client", client)
        cafe.ok("log", "hours", hours, "--client", client)
    total = cafe.ok("hours").out.replace(NBSP, " ").splitlines()[-1]
    assert total.split()[:4] == ["всего", "24", "000", "₽"]
    assert total.endswith("2 000 ₽/ч")
    assert [row["rate"] for row in cafe.ok("hours", "--client", "св", "--json").json()] == [4500]


def test_a_client_that_was_put_away_keeps_its_months(cafe: Program) -> None:
    cafe.ok("log", "hours", "4", "--client", "Зерно", "--day", "31.10")
    cafe.ok("client", "archive", "Зерно")
    assert [row["hours"] for row in cafe.ok("hours", "--period", "2026-10", "--json").json()] == [4]
    assert cafe.ok("hours", "--json").json() == []
    assert "не записано" in cafe.run("hours").err


def test_what_clients_bring_counts_for_ones_own_goals_at_once(cafe: Program) -> None:
    for metric, amount in (("income", "120000"), ("hours", "100")):
        goal = ("--metric", metric, "--kind", "total_in_period", "--amount", amount, "--deadline", "30.11")
        cafe.ok("goal", "add", "--client", "Я", *goal, "--start", "01.11")
    cafe.ok("log", "income", "15000", "--client", "Зерно")
    cafe.ok("log", "hours", "2.5", "--client", "Зерно", "--note", "правки")
    cafe.ok("log", "income", "5000")
    current = {goal["metric"]: goal["current"] for goal in cafe.ok("goal", "list", "--json").json()}
    assert current == {"income": 20000, "hours": 2.5}
