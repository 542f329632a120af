"""Agreements in the middle of a month, contradictions in them, and their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goals.agreement.terms import (
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    Report,
    Terms,
    TopicLine,
)
from goals.model import GoalKind, Period
from tests.cli.agreed import BATCH, MORE, accept, goals, save, toml, versions
from tests.goals.agreement.build import COFFEE
from tests.support.program import Program


def test_a_yes_to_a_later_version_is_not_older_than_its_text(coffee: Program) -> None:
    save(coffee)
    first = coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "01.11")
    assert "раньше, чем записан текст (23.11)" in first.err
    save(coffee, MORE)
    early = coffee.run("agreement", "accept", "зерно", "--by", "Ольга", "--on", "22.11")
    assert early.code == 2
    assert "Версия 2 записана 23.11" in early.err


def test_a_yes_in_the_middle_of_a_month_brings_its_share(coffee: Program) -> None:
    terms = Terms(
        content=(ContentLine("post", 12, "vk", Period.MONTH),),
        kpis=(KpiLine("audience", GoalKind.GAIN, "vk", amount=300, period=Period.MONTH),),
        hours=Hours(month=30),
    )
    save(coffee, terms)
    accept(coffee)
    shown = coffee.ok("agreement", "goals", "зерно").out.replace("\u00a0", " ")
    assert "3 из 12: доля с 23.11 по 30.11" in shown
    found = goals(coffee)
    assert {term: goal.amount for term, goal in found.items()} == {
        "content:vk:post:month": 3, "kpi:audience:vk:gain": 80, "hours": 9,
    }  # fmt: skip
    assert {(goal.start, goal.deadline) for goal in found.values()} == {
        (date(2026, 11, 23), date(2026, 11, 30))
    }
    again = coffee.ok("agreement", "goals", "зерно").out
    assert "строка теперь другая" not in again
    save(coffee, replace(terms, hours=Hours(month=40)))
    accept(coffee)
    assert goals(coffee)["hours"].amount == 12, "the goal follows its line by the same share"


def test_what_is_agreed_today_is_not_counted_from_the_first_of_the_month(coffee: Program) -> None:
    november = replace(COFFEE, dates=replace(COFFEE.dates, start=date(2026, 11, 1)))
    save(coffee, november)
    coffee.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "01.11")
    new = TopicLine("Подарки", amount=4, format="post", period=Period.MONTH, priority=1)
    save(coffee, replace(november, topics=(*november.topics, new)))
    accept(coffee)
    coffee.ok("agreement", "goals", "зерно")
    found = goals(coffee)
    assert found[BATCH].start == date(2026, 11, 1)
    assert (found["topic:подарки:*:post"].start, found["topic:подарки:*:post"].amount) == (
        date(2026, 11, 23), 1,
    )  # fmt: skip


def test_contradictions_are_refused_with_their_places(coffee: Program) -> None:
    terms = Terms(
        topics=(TopicLine("А", share=0.9), TopicLine("Б", share=0.9)),
        content=(ContentLine("story", 9_999, period=Period.DAY),),
    )
    outcome = coffee.run("agreement", "edit", "зерно", "--file", "-", stdin=toml(terms))
    assert outcome.code == 2
    assert "topics[1].share: доли тем вместе дают 180 %" in outcome.err
    assert "content[0].amount" in outcome.err
    assert versions(coffee) == []


def test_days_before_it_was_written_are_refused_where_no_start_is_named(coffee: Program) -> None:
    told = Report(day=3, next_call=date(2025, 11, 30))
    line = TopicLine("А", amount=4, format="post", until=date(2025, 12, 31))
    typed = toml(Terms(topics=(line,), report=told))
    outcome = coffee.run("agreement", "edit", "зерно", "--file", "-", stdin=typed)
    assert outcome.code == 2
    problem = "раньше 2026-11-23 — дня, когда договорённости записаны"
    assert f"topics[0].until: {problem}" in outcome.err
    assert f"report.next_call: {problem}" in outcome.err
    assert versions(coffee) == []
    late = Terms(report=replace(told, next_call=date(2026, 11, 30)))
    save(coffee, late)
    later = {"SMM_NOW": "2026-12-10T09:00+03:00"}  # a day that has come since is no slip
    more = toml(replace(late, hours=Hours(month=30)))
    coffee.ok("agreement", "edit", "зерно", "--file", "-", stdin=more, env=later)


def test_an_agreement_that_has_ended_says_so_and_makes_no_topics(coffee: Program) -> None:
    ended = replace(COFFEE, dates=Dates(date(2025, 1, 1), date(2025, 6, 1)))
    ended = replace(ended, report=replace(ended.report, next_call=None))
    assert "кончились 01.06.25" in save(coffee, ended).err
    outcome = coffee.run("agreement", "goals", "зерно")
    assert (outcome.code, "кончились 01.06.25" in outcome.err) == (1, True)
    assert coffee.ok("topic", "list", "--json").json() == []
