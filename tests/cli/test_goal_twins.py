"""A goal that a living one says already is added only after that was told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from cli.commands import goal as command
from cli.context import Context
from cli.exits import Exit
from cli.usage import command_parser
from tests.support.program import Program, made_once

LINE = "12 постов про старую партию до 30.11"


class Terminal(io.StringIO):
    """A stream that somebody sits at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
@made_once
def cafe(ready: Program) -> Program:
    """A client with an account in VK and one goal."""
    ready.ok("client", "add", "Кофейня «Зерно»")
    ready.ok("account", "add", "vk.com/zerno", "--client", "зерно", "--no-sync")
    ready.ok("goal", "add", LINE, "--client", "зерно")
    return ready


def count(program: Program) -> int:
    return len(program.ok("goal", "list", "--json").json())


@pytest.mark.parametrize(
    "options",
    [
        (LINE,),
        ("20 постов о старой партии до 25.12",),
        ("--metric", "posts", "--kind", "total_in_period", "--amount", "9", "--deadline", "15.12",
         "--topic", "старую партию", "--network", "vk"),
    ],
)  # fmt: skip
def test_the_same_goal_is_refused_with_the_next_step(cafe: Program, options: tuple[str, ...]) -> None:
    title = cafe.ok("goal", "show", "1", "--json").json()["topic"]
    options = tuple(title if option == "старую партию" else option for option in options)
    refused = cafe.run("goal", "add", *options, "--client", "зерно")
    assert (refused.code, refused.out) == (Exit.USAGE, "")
    assert "Такая цель уже есть: 1. " in refused.err
    assert "smm goal edit 1" in refused.err
    assert "--anyway" in refused.err
    assert count(cafe) == 1
    cafe.ok("goal", "add", *options, "--client", "зерно", "--anyway")
    assert count(cafe) == 2


@pytest.mark.parametrize(
    "line",
    [
        "6 историй про старую партию до 30.11",
        "12 постов про новую партию до 30.11",
        "3 поста в неделю про старую партию",
        "12 постов до 30.11",
    ],
)
def test_a_goal_about_something_else_is_added(cafe: Program, line: str) -> None:
    cafe.ok("goal", "add", line, "--client", "зерно")
    assert count(cafe) == 2


def test_other_days_and_dropped_goals_do_not_count(cafe: Program) -> None:
    cafe.ok("goal", "add", "+5 постов про старую партию до 31.12", "--client", "зерно", "--start", "01.12")
    cafe.ok("goal", "drop", "1", "--why", "передумали")
    cafe.ok("goal", "add", LINE, "--client", "зерно")
    assert count(cafe) == 2


@pytest.fixture
def at_terminal(cafe: Program) -> Iterator[Terminal]:
    """Somebody's terminal: what is asked stands in it."""
    terminal = Terminal()
    with patch.dict(os.environ, {**cafe.env}), patch.object(sys, "stderr", terminal):
        yield terminal


@pytest.mark.parametrize(("answer", "goals"), [("да\n", 2), ("\n", 1), ("", 1)])
def test_at_a_terminal_it_is_asked(cafe: Program, at_terminal: Terminal, answer: str, goals: int) -> None:
    out = io.StringIO()
    with patch.object(sys, "stdin", Terminal(answer)):
        ctx = Context(db=str(cafe.db), config_path=str(cafe.config), stdout=out, stderr=at_terminal)
        parser = command_parser("smm goal", ctx)
        command.add_arguments(parser, ctx)
        code = command.run(ctx, parser.parse_args(["add", LINE, "--client", "зерно"]))
    assert code == Exit.OK
    assert "Добавить ещё одну?" in at_terminal.getvalue()
    assert count(cafe) == goals


def test_other_periods_and_far_ends_are_no_twins(cafe: Program) -> None:
    for line in (
        "не больше 30 часов в неделю",
        "максимум 40 часов в месяц",
        "+3 клиента до 31.12",
        "10 клиентов до лета",
    ):
        cafe.ok("goal", "add", line, "--client", "зерно")


def test_what_is_new_in_a_line_is_kept_and_a_wish_always(cafe: Program) -> None:
    told = cafe.run("goal", "add", "12 постов про старую партию и 5 клипов до 30.11", "--client", "зерно")
    assert told.code == Exit.OK
    assert "Такая цель уже есть: 1. " in told.err
    assert count(cafe) == 2
    cafe.ok("goal", "add", "хочу больше постов про старую партию", "--client", "зерно")
    assert count(cafe) == 3
