"""Commands: their keys do not clash in either layout, and everything made from them is complete."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.app import App

import tui
from tui.commands.command import Area, Command, bindings_of, commands_of, every_command
from tui.keys import shown, textual_name, twin
from wording.compile import read_catalogue

PLACES = [
    (Area.EVERYWHERE, Area.LIST),
    (Area.EVERYWHERE, Area.GOAL),
    (Area.FORM,),
    (Area.SYNC,),
]


#: What a key means on the goal screen in the place of its meaning everywhere: about this goal, this post.
OVERRIDES = frozenset({"goal.check_in", "goal.topics"})


@pytest.mark.parametrize("areas", PLACES)
def test_no_key_does_two_things_in_one_place(areas: tuple[Area, ...]) -> None:
    taken: dict[str, str] = {}
    for command in commands_of(*areas):
        for key in command.keys:
            for sent in {key, twin(key) or key}:
                clash = f"{sent}: {taken.get(sent)} and {command.id}"
                assert sent not in taken or command.id in OVERRIDES, clash
                taken[sent] = command.id


def test_ids_are_unique() -> None:
    assert len({command.id for command in every_command()}) == len(every_command())


def test_every_letter_key_works_in_the_russian_layout() -> None:
    for command in every_command():
        keys = command.binding().key.split(",")
        for key in command.keys:
            other = twin(key)
            if other:
                assert textual_name(other) in keys


@pytest.mark.parametrize(("latin", "russian"), [("n", "т"), ("/", "."), ("?", ","), ("G", "П"), (":", "Ж")])
def test_the_layout(latin: str, russian: str) -> None:
    assert twin(latin) == russian


@pytest.mark.parametrize("command", every_command())
def test_what_is_on_ctrl_has_a_plain_twin(command: type[Command]) -> None:
    assert any("ctrl+" not in key for key in command.keys)


@pytest.mark.parametrize("command", every_command())
def test_a_command_is_told_in_russian(command: type[Command]) -> None:
    russian = read_catalogue("ru")
    for message in (command.title, command.help, command.short):
        assert not message or russian.get(message)


@pytest.mark.parametrize("command", every_command())
def test_a_command_has_an_action_somewhere(command: type[Command]) -> None:
    from tui.app import SmmApp

    name = command.action.partition("(")[0]
    namespace, _, action = name.rpartition(".")
    owners = [SmmApp] if namespace == "app" else places()
    if not namespace:
        owners = [place for place in owners if getattr(place, "AREA", None) is command.area]
    assert any(hasattr(owner, f"action_{action}") for owner in owners)


@cache
def places() -> list[type]:
    """Every screen and widget of the dashboard."""
    found: list[object] = []
    for package in ("screens", "widgets"):
        for module in iter_modules([str(Path(tui.__file__).parent / package)]):
            found += vars(import_module(f"tui.{package}.{module.name}")).values()
    return [each for each in found if isinstance(each, type)]


def test_keys_are_shown_as_people_know_them() -> None:
    assert [shown(key) for key in ("ctrl+d", "f1", "pagedown", "n", "escape")] == [
        "Ctrl+D",
        "F1",
        "PgDn",
        "n",
        "Esc",
    ]


def test_bindings_are_names_that_textual_knows() -> None:
    app: App[None] = App()
    for binding in bindings_of(*Area):
        app.bind(binding.key, binding.action)
    assert "question_mark" in app._bindings.key_to_bindings
    assert "comma" in app._bindings.key_to_bindings
