"""Lines that say more than a goal: told at their letter, offered to choose from, kept as they were meant."""

from __future__ import annotations

from typing import Any

import pytest

from cli.exits import Exit
from tests.support.program import Program, made_once


@pytest.fixture
@made_once
def channel(ready: Program) -> Program:
    """A client with a channel in Telegram of which nothing is known yet."""
    ready.ok("client", "add", "Зерно")
    ready.ok("account", "add", "t.me/zerno", "--client", "зерно", "--no-sync")
    return ready


def letters(program: Program, line: str, *options: str, code: int = Exit.OK) -> dict[str, Any]:
    outcome = program.run("goal", "check", line, "--client", "зерно", *options, "--json")
    assert outcome.code == code, outcome.err
    found: dict[str, Any] = outcome.json()
    return found


def why(found: dict[str, Any], letter: str) -> str:
    return str(found["letters"][letter]["why"]).replace("\u00a0", " ")


def test_a_share_of_content_is_set_as_one(channel: Program) -> None:
    line = "половина постов про новую коллекцию до 31.12"
    [goal] = channel.ok("goal", "add", line, "--client", "зерно", "--json").json()
    assert (goal["metric"], goal["kind"], goal["amount"]) == ("topic_share", "average", 50)
    assert (goal["topic"], goal["draft"]) == ("Новая коллекция", False)


def test_a_contradiction_is_told_and_settled_by_a_reading(channel: Program) -> None:
    for line, options in (
        ("12 постов до конца месяца, по 5 в неделю", ()),
        ("12 постов до конца месяца", ("--per-week", "5")),
    ):
        found = letters(channel, line, *options)
        assert why(found, "T") == "12 постов к 30.11 — это 10,5 в неделю, а не 5"
        assert [(other["amount"], other["deadline"]) for other in found["alternatives"]] == [
            (6, "2026-11-30"),
            (12, "2026-12-09"),
        ]
        later = letters(channel, line, *options, "--reading", "3")
        assert later["draft"]["deadline"] == "2026-12-09"
        assert later["letters"]["T"]["state"] == "ok"


def test_a_weekly_rate_counts_where_no_kind_is_named(channel: Program) -> None:
    bare = letters(channel, "подписчики до 31.12", "--per-week", "70")
    assert (bare["draft"]["kind"], bare["draft"]["amount"]) == ("gain", 390)
    dated = letters(channel, "1000 подписчиков", "--per-week", "70")
    assert (dated["draft"]["kind"], dated["draft"]["deadline"]) == ("gain", "2027-03-02")


def test_a_figure_that_the_network_never_shows_is_told(channel: Program) -> None:
    found = letters(channel, "охват +20 % до 31.12")
    assert why(found, "S") == "Telegram: такую цифру сеть не показывает (охват в день)"
    assert "smm import" in found["letters"]["S"]["question"]
    assert letters(channel, "+20 подписчиков до 31.12")["letters"]["S"]["state"] == "ok"


def test_a_day_that_there_is_not_leaves_the_goal_open(channel: Program) -> None:
    found = letters(channel, "12 постов до 31 ноября", code=Exit.INCOMPLETE)
    assert why(found, "T") == "нет такого числа 31.11: в этом месяце 30 дней"
    assert letters(channel, "12 постов до 31 ноября", "--deadline", "30.11")["letters"]["T"]["state"] == "ok"


def test_one_of_two_goals_is_chosen_by_its_number(channel: Program) -> None:
    line = "+300 подписчиков или 20 заявок до конца месяца"
    assert why(letters(channel, line), "S") == "две цели в одной: подписчики или заявки"
    [goal] = channel.ok("goal", "add", line, "--client", "зерно", "--reading", "2", "--json").json()
    assert (goal["metric"], goal["amount"]) == ("leads", 20)
