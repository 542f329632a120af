"""The pages of commands: every command stands there with an example, and every example is understood."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from cli.__main__ import COMMANDS, DASHBOARD
from cli.context import Context
from cli.exits import Exit
from cli.usage import command_parser

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = ("commands.md", "commands.ru.md")


def examples(page: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_understood(page: str) -> None:
    ctx = Context()
    for program, name, *rest in examples(page):
        assert program == "smm"
        parser = command_parser(f"smm {name}", ctx)
        import_module(COMMANDS[name]).add_arguments(parser, ctx)
        parser.parse_args(rest)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_has_an_example(page: str) -> None:
    assert {words[1] for words in examples(page)} == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_every_exit_code_is_told(page: str) -> None:
    told = re.findall(r"^\| (\d+) \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(code) for code in told} == {int(code) for code in Exit}


def test_both_pages_show_the_same_commands() -> None:
    shapes = [
        [(words[1], sorted(w for w in words if w.startswith("--"))) for words in examples(p)] for p in PAGES
    ]
    assert shapes[0] == shapes[1]


def test_every_command_module_keeps_the_contract() -> None:
    for module in (*COMMANDS.values(), DASHBOARD):
        command = import_module(module)
        assert callable(command.add_arguments)
        assert callable(command.run)
    assert all(import_module(module).HELP for module in COMMANDS.values())
