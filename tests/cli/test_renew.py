"""`smm renew`: the goals of a month from the agreement, with fresh figures to start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goals.agreement.terms import ContentLine, Dates, Hours, KpiLine, Priority, Terms
from goals.model import GoalKind, Period
from store.opening import open_reader
from tests.cli.agreed import CLIENT, accept, goals, save
from tests.goals.agreement.build import COFFEE
from tests.support.answering import answered
from tests.support.program import Program, made_once
from wording.words import NBSP

TERMS = Terms(
    content=(
        ContentLine("post", 3, "vk", Period.WEEK),
        ContentLine("clip", 4, "vk", until=date(2027, 1, 15)),
    ),
    kpis=(KpiLine("audience", GoalKind.GAIN, "vk", baseline=4_812, amount=100, period=Period.MONTH),),
    hours=Hours(month=30),
    dates=Dates(start=date(2026, 11, 1)),
)
RATE, CLIPS, FOLLOWERS = "content:vk:post:week", "content:vk:clip:once", "kpi:audience:vk:gain"


@pytest.fixture
@made_once
def coffee(ready: Program) -> Program:
    """The program with a client whose agreement runs since November."""
    ready.ok("client", "add", CLIENT)
    save(ready, TERMS)
    return ready


def proposed(program: Program, *more: str) -> dict[str, dict[str, object]]:
    record = program.ok("renew", "зерно", "--json", *more).json()
    return {goal["term"]: goal for goal in record["goals"]}


def count(program: Program) -> int:
    with open_reader(program.db) as store:
        return len(store.goals())


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2027-02", "2027-02-01", "2027-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027-4", "2027-04-01", "2027-04-30"),
        ("2026-11", "2026-11-01", "2026-11-30"),
    ],
)
def test_a_month_has_its_own_length(coffee: Program, period: str, first: str, last: str) -> None:
    record = coffee.ok("renew", "зерно", "--period", period, "--json").json()
    assert (record["period"], record["saved"]) == (first[:7], False)
    rate = next(goal for goal in record["goals"] if goal["term"] == RATE)
    assert (rate["start"], rate["deadline"], rate["partial"]) == (first, last, False)
    assert count(coffee) == 0


def test_without_a_month_it_is_the_next_one(coffee: Program) -> None:
    assert coffee.ok("renew", "зерно", "--json").json()["period"] == "2026-12"
    env = {"SMM_NOW": "2026-12-31T23:30+03:00"}
    assert coffee.ok("renew", "зерно", "--json", env=env).json()["period"] == "2027-01"


def test_nothing_is_saved_before_a_yes(coffee: Program) -> None:
    for options in ((), ("--dry-run",), ("--dry-run", "--yes"), ("--json",)):
        coffee.ok("renew", "зерно", *options)
        assert count(coffee) == 0
    outcome = coffee.ok("renew", "зерно")
    assert "Ничего не сохранено" in outcome.err
    assert "--yes" in outcome.err
    saved = coffee.ok("renew", "зерно", "--yes")
    assert "Поставлены цели: 1, 2, 3, 4" in saved.err
    assert count(coffee) == 4
    assert goals(coffee)[RATE].start == date(2026, 12, 1)


def test_lines_that_have_a_goal_in_that_month_are_left_and_told(coffee: Program) -> None:
    coffee.ok("agreement", "goals", "зерно")
    states = {term: (goal["state"], goal["goal"]) for term, goal in proposed(coffee).items()}
    clips = goals(coffee)[CLIPS].id
    assert states == {
        RATE: ("new", None), CLIPS: ("lives", clips), FOLLOWERS: ("new", None), "hours": ("new", None),
    }  # fmt: skip
    assert f"уже есть, №\u00a0{clips}" in coffee.ok("renew", "зерно", "--yes").out
    assert count(coffee) == 7
    coffee.ok("renew", "зерно", "--yes")
    assert count(coffee) == 7
    assert {goal["state"] for goal in proposed(coffee).values()} == {"lives"}
    coffee.ok("goal", "drop", str(goals(coffee)[RATE].id), "--why", "ошибка")
    assert proposed(coffee)[RATE]["state"] == "new"


def test_the_baseline_is_fresh(coffee: Program) -> None:
    coffee.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    table = coffee.folder / "audience.csv"
    table.write_text("day,audience\n2026-10-31,4800\n2026-11-22,5012\n", encoding="utf-8")
    coffee.ok("import", str(table), "--account", "vk:zerno")
    assert proposed(coffee, "--period", "2026-11")[FOLLOWERS]["baseline"] == 4_812, "agreed for this month"
    assert proposed(coffee)[FOLLOWERS]["baseline"] == 5_012
    assert "5\u00a0012" in coffee.ok("renew", "зерно", "--yes").out
    assert goals(coffee)[FOLLOWERS].baseline is None, "it is measured when the month begins"
    december = {"SMM_NOW": "2026-12-01T09:00+03:00"}
    table.write_text("day,audience\n2026-11-30,5100\n", encoding="utf-8")
    coffee.ok("import", str(table), "--account", "vk:zerno", env=december)
    coffee.ok("goal", "list", env=december)
    assert goals(coffee)[FOLLOWERS].baseline == 5_100


def test_goals_of_an_accepted_version_are_agreed_and_of_another_wait(coffee: Program) -> None:
    outcome = coffee.ok("renew", "зерно", "--yes")
    assert "ещё не согласовал версию 1" in outcome.err
    assert goals(coffee)[RATE].agreed_on is None
    accept(coffee)
    assert goals(coffee)[RATE].agreed_on == date(2026, 11, 23)
    save(coffee, replace(TERMS, hours=Hours(month=40)))
    outcome = coffee.ok("renew", "зерно", "--period", "2027-02", "--yes")
    assert "Действует версия 1" in outcome.err
    found = goals(coffee)["hours"]
    assert (found.amount, found.agreed_by) == (30, "Ольга")


@pytest.mark.parametrize(
    ("period", "code", "said"),
    [
        ("2026-10", 2, "уже прошёл"),
        ("2026-13", 2, "2026-12"),
        ("декабрь", 2, "«декабрь» — не месяц"),
        ("2026-12-01", 2, "не месяц"),
        ("9999-12", 2, "не месяц"),
    ],
)
def test_what_is_no_month_ahead_is_refused(coffee: Program, period: str, code: int, said: str) -> None:
    outcome = coffee.run("renew", "зерно", "--period", period)
    assert outcome.code == code
    assert said in outcome.err


def test_an_agreement_holds_in_its_own_days_only(coffee: Program) -> None:
    terms = replace(TERMS, dates=Dates(date(2026, 12, 10), date(2027, 2, 14)))
    save(coffee, terms)
    early = coffee.run("renew", "зерно", "--period", "2026-11")
    assert early.code == 1
    assert "--period 2026-12" in early.err
    december, february = (proposed(coffee, "--period", period)[RATE] for period in ("2026-12", "2027-02"))
    assert (december["start"], december["deadline"]) == ("2026-12-10", "2026-12-31")
    assert (february["start"], february["deadline"]) == ("2027-02-01", "2027-02-14")
    assert proposed(coffee, "--period", "2027-02")["hours"]["partial"] is True
    shown = coffee.ok("renew", "зерно", "--period", "2027-02").out.replace(NBSP, " ")
    assert "15,8 из 30: доля с 01.02.27 по 14.02.27" in shown
    late = coffee.run("renew", "зерно", "--period", "2027-03")
    assert late.code == 1
    assert "действуют по 14.02.27" in late.err
    assert "smm agreement edit" in late.err
    save(coffee, replace(terms, dates=replace(terms.dates, renews=True)))
    assert proposed(coffee, "--period", "2027-03")[RATE]["deadline"] == "2027-03-31"


def test_the_whole_template_becomes_goals_of_a_later_month(coffee: Program) -> None:
    save(coffee, COFFEE)
    found = proposed(coffee, "--period", "2027-02")
    assert set(found) == {
        "topic:старая партия:*:post", "topic:дегустации", RATE, "content:vk:story:month",
        "content:telegram:post:week",
        "kpi:orders:*:total_in_period", "hours",
    }  # fmt: skip


def test_lines_that_ask_for_nothing_are_told(coffee: Program) -> None:
    save(coffee, Terms(dates=Dates(start=date(2026, 11, 1))))
    outcome = coffee.ok("renew", "зерно", "--yes")
    assert outcome.out == ""
    assert "целей не требуют" in outcome.err


@pytest.mark.parametrize(("typed", "saved"), [("да\n", 4), ("y\n", 4), ("\n", 0), ("нет\n", 0), ("\x04", 0)])
def test_at_a_terminal_somebody_is_asked(coffee: Program, typed: str, saved: int) -> None:
    code, shown = answered(coffee, "renew", "зерно", typed=typed)
    assert code == 0, shown
    assert "Поставить 4\u00a0новые цели? [д/Н]" in shown
    assert count(coffee) == saved


def test_a_month_that_has_just_begun_without_goals_is_not_skipped(coffee: Program) -> None:
    first = {"SMM_NOW": "2026-12-01T09:00+03:00"}
    assert coffee.ok("renew", "зерно", "--yes", "--json", env=first).json()["period"] == "2026-12"
    assert coffee.ok("renew", "зерно", "--json", env=first).json()["period"] == "2027-01"


def test_lines_that_ended_and_priorities_left_without_goals_are_told(coffee: Program) -> None:
    line = ContentLine("clip", 4, "vk", until=date(2026, 11, 30), priority=1)
    save(coffee, replace(TERMS, priorities=(Priority("Ролики"),), content=(line,)))
    outcome = coffee.ok("renew", "зерно", "--period", "2026-12")
    assert "Строка кончилась 30.11: ВК: 4" in outcome.err.replace(NBSP, " ")
    assert "останутся приоритеты: 1" in outcome.err
    assert "smm agreement edit" in outcome.err
    record = coffee.ok("renew", "зерно", "--period", "2026-12", "--json").json()
    assert (record["ended"], record["priorities_without_goal"]) == ([CLIPS], [1])
