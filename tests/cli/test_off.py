"""`smm off`: days without work, and the pace that leaves them out."""

from __future__ import annotations

import pytest

from cli.exits import Exit
from tests.support.program import Program


def test_days_off_lower_what_is_expected_by_now(ready: Program) -> None:
    goal = (
        "--metric",
        "posts",
        "--kind",
        "total_in_period",
        "--amount",
        "10",
        "--start",
        "16.11",
        "--deadline",
        "27.11",
    )
    before = ready.ok("goal", "add", "--client", "Я", *goal, "--json").json()
    assert before["expected"] == 0.5
    answer = ready.ok("off", "2026-11-16..2026-11-20", "--client", "Я", "--reason", "отпуск", "--json").json()
    assert {**answer, "id": 0} == {
        "id": 0,
        "client": "Я",
        "first": "2026-11-16",
        "last": "2026-11-20",
        "reason": "отпуск",
    }
    (after,) = ready.ok("goal", "list", "--json").json()
    assert after["expected"] == 0


def test_days_off_for_all_and_for_one_are_listed(ready: Program) -> None:
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("off", "31.12..8.01", "--reason", "каникулы")
    ready.ok("off", "2026-12-01", "--client", "зерно", "--reason", "переезд")
    found = ready.ok("off", "list", "--json").json()
    assert [(row["client"], row["first"], row["last"]) for row in found] == [
        ("Кофейня «Зерно»", "2026-12-01", "2026-12-01"),
        (None, "2026-12-31", "2027-01-08"),
    ]
    assert len(ready.ok("off", "list", "--client", "Я", "--json").json()) == 1
    listed = ready.ok("off", "list").out
    assert "все клиенты" in listed
    assert "переезд" in listed


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ("yesterday..today", "2026-11-22", "2026-11-23"),
        ("вчера..завтра", "2026-11-22", "2026-11-24"),
        ("25.11..конец месяца", "2026-11-25", "2026-11-30"),
        ("20.11..05.12", "2026-11-20", "2026-12-05"),
        ("01.06..10.06", "2027-06-01", "2027-06-10"),
    ],
)
def test_named_days_are_counted_from_today(ready: Program, days: str, first: str, last: str) -> None:
    answer = ready.ok("off", days, "--reason", "отпуск", "--json").json()
    assert (answer["first"], answer["last"]) == (first, last)


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["2026-12-10..2026-12-01", "--reason", "x"], "2026-12-01..2026-12-10"),
        (["2026-12-10"], "--reason"),
        (["soon", "--reason", "x"], "2026-11-23"),
    ],
)
def test_a_slip_is_answered_with_the_next_step(ready: Program, args: list[str], hint: str) -> None:
    outcome = ready.run("off", *args)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert hint in outcome.err
    assert ready.ok("off", "list", "--json").json() == []


def test_days_off_are_taken_back_by_their_number_and_the_road_with_them(ready: Program) -> None:
    goal = ("--metric", "posts", "--kind", "total_in_period", "--amount", "10")
    dates = ("--start", "16.11", "--deadline", "27.11")
    ready.ok("goal", "add", "--client", "Я", *goal, *dates)
    number = str(ready.ok("off", "16.11..20.11", "--reason", "опечатка", "--json").json()["id"])
    assert ready.ok("off", "list").out.splitlines()[1].split()[0] == number
    (lower,) = ready.ok("goal", "list", "--json").json()
    assert "опечатка" in ready.ok("off", "remove", number).out
    assert ready.ok("off", "list", "--json").json() == []
    (back,) = ready.ok("goal", "list", "--json").json()
    assert (lower["expected"], back["expected"]) == (0, 0.5)


@pytest.mark.parametrize(
    ("args", "code", "hint"),
    [
        (["remove"], Exit.USAGE, "smm off list"),
        (["remove", "77"], Exit.FAILED, "77"),
        (["16.11", "20.11", "--reason", "x"], Exit.USAGE, "A..B"),
    ],
)
def test_a_removal_that_names_nothing_says_so(ready: Program, args: list[str], code: Exit, hint: str) -> None:
    outcome = ready.run("off", *args)
    assert (outcome.code, outcome.out) == (code, "")
    assert hint in outcome.err


def test_a_span_the_wrong_way_round_is_no_year_off(ready: Program) -> None:
    refused = ready.run("off", "05.12..01.12", "--reason", "отпуск")
    assert refused.code == Exit.USAGE
    assert "больше полугода" in refused.err
    assert ready.ok("off", "list", "--json").json() == []
    ready.ok("off", "28.12..08.01", "--reason", "отпуск")
    ready.ok("off", "2026-12-01..2027-08-01", "--reason", "декрет")


def test_the_same_days_are_off_once(ready: Program) -> None:
    ready.ok("off", "28.12..08.01", "--reason", "отпуск")
    twice = ready.run("off", "28.12..08.01", "--reason", "отпуск")
    assert twice.code == Exit.FAILED
    assert "уже отмечены" in twice.err
    assert len(ready.ok("off", "list", "--json").json()) == 1


def test_days_the_wrong_way_round_are_answered_with_the_command_that_is_right(ready: Program) -> None:
    outcome = ready.run("off", "2027-01-15..2027-01-11", "--reason", "отпуск")
    assert 'smm off 2027-01-11..2027-01-15 --reason "отпуск"' in outcome.err
    ready.ok("off", "2027-01-11..2027-01-15", "--reason", "отпуск")
