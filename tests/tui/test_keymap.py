"""Keys of one's own: they work in both layouts, are shown, and are checked before the dashboard opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.dashboard import screen_lines, services_on, shows
from tui.app import SmmApp
from tui.commands.command import every_command
from tui.keymap import is_key, key_problems, keymap_of
from wording.words import Words

EN = Words("en")


async def test_an_own_key_works_in_both_layouts_and_stands_in_the_footer(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, keys={"goal.add": ("v",), "app.help": ("f1",)}))
    async with app.run_test(size=(100, 30)) as pilot:
        assert " v цель" in screen_lines(app)[-1]
        await pilot.press("n")
        assert len(app.screen_stack) == 1
        await pilot.press("м")
        await shows(pilot, "Новая цель")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"goal.ad": ("n",)}, "there is no such command; the nearest is goal.add"),
        ({"goal.add": ("ctrl+ж+x",)}, "«ctrl+ж+x» is no key; keys are: n, f5, ctrl+n, space, enter"),
        ({"goal.add": ("e",)}, "«e» is the key of goal.edit already (Edit the goal)"),
        ({"goal.add": ("у",)}, "«у» is the key of goal.edit already (Edit the goal)"),
        ({"goal.add": ("/",)}, "«.» is the key of list.filter already (Filter)"),
    ],
)
def test_keys_that_cannot_be_are_told(keys: dict[str, tuple[str, ...]], told: str) -> None:
    assert [each.sentence for each in key_problems(EN, keys)] == [told]


def test_keys_that_change_places_are_no_clash() -> None:
    assert key_problems(EN, {"goal.add": ("e",), "goal.edit": ("n",)}) == []


def test_each_choice_of_the_editor_can_have_keys_of_its_own() -> None:
    assert key_problems(EN, {"editor.take.1": ("f12", "v"), "editor.take.7": ("f11",)}) == []
    [clash] = key_problems(EN, {"editor.take.2": ("f4",)})
    assert clash.sentence == "«f4» is the key of editor.take.1 already (First choice)"
    assert keymap_of({"editor.take.2": ("alt+2",)}) == {"editor.take.2": "alt+2,trade_mark_sign"}


def test_the_keys_as_they_are_would_pass_as_own_ones() -> None:
    assert key_problems(EN, {command.id: command.keys for command in every_command()}) == []


@pytest.mark.parametrize(
    "name", ["n", "N", "ж", "?", "+", "f12", "ctrl+n", "alt+shift+left", "space", "enter"]
)
def test_names_of_keys(name: str) -> None:
    assert is_key(name)


@pytest.mark.parametrize("name", ["", "foo", "ctrl+foo", "hyper+n", "nn"])
def test_no_names_of_keys(name: str) -> None:
    assert not is_key(name)
