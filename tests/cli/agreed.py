"""A client with an agreement, for the tests of the commands that work with one."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path

from goals.agreement.terms import Terms
from goals.model import Goal
from store.opening import open_reader
from tests.goals.agreement.build import COFFEE
from tests.support.program import Outcome, Program
from wording.words import Words
from work.agreement_file import write_agreement

CLIENT = "Кофейня «Зерно»"
#: The terms of some lines of COFFEE.
POSTS, STORIES, BATCH = "content:vk:post:week", "content:vk:story:month", "topic:старая партия:*:post"
#: A later version of COFFEE: more stories, more hours.
MORE = replace(
    COFFEE,
    content=(COFFEE.content[0], replace(COFFEE.content[1], amount=24), *COFFEE.content[2:]),
    hours=replace(COFFEE.hours, month=36),
)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def toml(terms: Terms = COFFEE) -> str:
    """The terms as the file of an editor."""
    return write_agreement(terms, CLIENT, Words("ru"))


def save(program: Program, terms: Terms = COFFEE, *more: str) -> Outcome:
    """Save the terms as the next version."""
    return program.ok("agreement", "edit", "зерно", "--file", "-", *more, stdin=toml(terms))


def accept(program: Program, *more: str) -> Outcome:
    """Note Olga's yes of the day."""
    return program.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "23.11", *more)


def goals(program: Program) -> dict[str | None, Goal]:
    """The goals by their lines; the last one of each line."""
    with open_reader(program.db) as store:
        return {goal.term: goal for goal in store.goals()}


def versions(program: Program) -> list[int]:
    """The numbers of the versions."""
    outcome = program.run("agreement", "history", "зерно", "--json")
    return [version["version"] for version in outcome.json()] if outcome.code == 0 else []


def editor(folder: Path, script: str = "") -> dict[str, str]:
    """The variables that name an editor: lines of Python, whose `path` is the file and `text` its text."""
    path = folder / "editor.py"
    head = "import os, signal, subprocess, sys, time\nfrom pathlib import Path\npath = Path(sys.argv[-1])"
    read = 'text = path.read_text(encoding="utf-8")'
    path.write_text(f"{head}\n{read}\n{script}", encoding="utf-8")
    return {"VISUAL": "", "EDITOR": shlex.join([sys.executable, str(path)]), "TMPDIR": str(temporary(folder))}


def temporary(folder: Path) -> Path:
    """Where the program puts the text that is edited."""
    found = folder / "tmp"
    found.mkdir(exist_ok=True)
    return found


def kept(folder: Path) -> list[Path]:
    """The texts that were left for the user."""
    return sorted(temporary(folder).rglob("*.toml"))
