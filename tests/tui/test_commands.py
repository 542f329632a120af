"""Commands: their keys do not clash in either layout, and everything made from them is complete."""

from __future__ import annotations

import pytest
from textual.app import App

from tui.commands import COMMANDS, Area, Command, bindings_of, commands_of
from tui.keys import shown, textual_name, twin
from wording.compile import read_catalogue

PLACES = [
    (Area.EVERYWHERE, Area.LIST),
    (Area.EVERYWHERE, Area.GOAL),
    (Area.FORM,),
    (Area.SYNC,),
]


@pytest.mark.parametrize("areas", PLACES)
def test_no_key_does_two_things_in_one_place(areas: tuple[Area, ...]) -> None:
    taken: dict[str, str] = {}
    for command in commands_of(*areas):
        for key in command.keys:
            for sent in {key, twin(key) or key}:
                assert sent not in taken, f"{sent}: {taken.get(sent)} and {command.id}"
                taken[sent] = command.id


def test_ids_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_every_letter_key_works_in_the_russian_layout() -> None:
    for command in COMMANDS:
        keys = command.binding().key.split(",")
        for key in command.keys:
            other = twin(key)
            if other:
                assert textual_name(other) in keys


@pytest.mark.parametrize(("latin", "russian"), [("n", "т"), ("/", "."), ("?", ","), ("G", "П"), (":", "Ж")])
def test_the_layout(latin: str, russian: str) -> None:
    assert twin(latin) == russian


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_on_ctrl_has_a_plain_twin(command: type[Command]) -> None:
    assert any("ctrl+" not in key for key in command.keys)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_told_in_russian(command: type[Command]) -> None:
    russian = read_catalogue("ru")
    for message in (command.title, command.help, command.short):
        assert not message or russian.get(message)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_an_action_somewhere(command: type[Command]) -> None:
    from tui.app import SmmApp
    from tui.screens.form import FormScreen
    from tui.screens.goal import GoalScreen
    from tui.screens.overview import OverviewScreen
    from tui.screens.sync import SyncScreen
    from tui.widgets.goal_list import GoalList

    name = command.action.partition("(")[0]
    namespace, _, action = name.rpartition(".")
    owners: dict[str, tuple[type, ...]] = {
        "app": (SmmApp,),
        "screen": (OverviewScreen,),
        "": (GoalList, GoalScreen, FormScreen, SyncScreen),
    }
    assert any(hasattr(owner, f"action_{action}") for owner in owners[namespace])


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
