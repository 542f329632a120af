"""Help tells the keys that work where one is, and no key that does something else there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from rich.cells import cell_len

from tui.commands.command import Area, every_command
from tui.screens.help import help_text, working_keys
from wording.words import Words

if TYPE_CHECKING:
    from textual.dom import DOMNode

NODE = cast("DOMNode", SimpleNamespace(app=None))
PLACES = [(Area.ROWS, Area.POSTS), (Area.ROWS, Area.TOPICS), (Area.CHECK_IN,), (Area.ROWS, Area.ACCOUNTS)]


@pytest.mark.parametrize("places", PLACES, ids=str)
def test_no_key_is_told_twice(places: tuple[Area, ...]) -> None:
    for_area = dict(working_keys(NODE, (*places, Area.EVERYWHERE)))
    told = {area: {key for _, keys in entries for key in keys} for area, entries in for_area.items()}
    for area in places:
        assert not told[area] & told[Area.EVERYWHERE]
    assert all(keys for entries in for_area.values() for _, keys in entries)


def test_a_command_keeps_the_keys_that_are_still_its_own() -> None:
    everywhere = dict(dict(working_keys(NODE, (Area.POSTS, Area.EVERYWHERE)))[Area.EVERYWHERE])
    known = {command.id: command for command in every_command()}
    assert everywhere[known["open.topics"]] == ("0",)
    assert everywhere[known["app.help"]] == ("?", "f1")


def test_a_command_without_a_key_of_its_own_is_left_out() -> None:
    told = dict(working_keys(NODE, (Area.ACCOUNTS, Area.EVERYWHERE)))[Area.EVERYWHERE]
    assert {"goal.add", "goal.drop", "app.sync"}.isdisjoint(command.id for command, _ in told)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("width", [55, 73])
def test_what_a_key_does_stands_beside_it_to_the_last_line(lang: str, width: int) -> None:
    lines = help_text(NODE, Words(lang), (Area.POSTS, Area.EVERYWHERE), width).plain.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith(" " * 15) for line in lines) > 3
