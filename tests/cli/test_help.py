"""Help in Russian: no English word but what is typed as it stands, and every placeholder has its word."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from cli.__main__ import COMMANDS, DASHBOARD
from cli.context import Context
from cli.usage import PLACEHOLDERS, command_parser, placeholder_text
from wording.words import Words

#: What is typed as it stands: options, their values, names of things, examples.
_TYPED = re.compile(
    r"--?[a-z][a-z-]*|\{[\w,]+\}|[\w/]+\|[\w|]*|https?://\S+|[\w.]+/[\w./]+|(?<=smm )[\w ]+|SMART SMM|SMM\w*"
)
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")


def parsers(ctx: Context) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and sub-command with its parser, its options declared."""
    for name, module in {"": DASHBOARD, **COMMANDS}.items():
        parser = command_parser(f"smm {name}".strip(), ctx)
        import_module(module).add_arguments(parser, ctx)
        yield parser.prog, parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for each in action.choices.values():
                    if each._declare is not None:
                        each._declare(each)
                    yield each.prog, each


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    ctx = Context(environ={"LANG": "ru_RU.UTF-8", "HOME": "/nonexistent", "SMM_CONFIG": ""})
    ctx.words = Words("ru")
    return {prog: parser.format_help() for prog, parser in parsers(ctx)}


def test_no_placeholder_is_english(helps: dict[str, str]) -> None:
    left = {
        (prog, word)
        for prog, text in helps.items()
        for word in re.findall(r"(?<![\w-])[A-Z][A-Z-]{2,}(?![\w-])", text)
        if word not in {"JSON", "CSV", "XLSX", "UTC", "UTF-8", "UTF", "SMART", "SMM", "TOML"}
    }
    assert not left


def test_no_sentence_is_english(helps: dict[str, str]) -> None:
    left = {
        (prog, found)
        for prog, text in helps.items()
        for found in _ENGLISH.findall(_TYPED.sub(" ", text.partition("\n\n")[2]))
    }
    assert not left


def test_every_option_of_a_goal_is_explained(helps: dict[str, str]) -> None:
    bare = {
        (prog, line.strip())
        for prog, text in helps.items()
        if prog.startswith("smm goal")
        for line in text.splitlines()
        if re.fullmatch(r"\s+--[a-z-]+(?: [А-Я]+)?", line)
    }
    assert not bare


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_placeholder_has_a_russian_word(name: str) -> None:
    assert not re.search("[A-Z]", placeholder_text(Words("ru"), name))
    assert placeholder_text(Words("en"), name) == name


def test_what_is_typed_as_it_stands_stays(helps: dict[str, str]) -> None:
    assert placeholder_text(Words("ru"), "ID=AMOUNT|DAY|yes|drop") == "НОМЕР=ЧИСЛО|ДЕНЬ|yes|drop"
    assert "add|list|edit|archive" in helps["smm client"]
    assert "--client ИМЯ" in helps["smm goal add"]
