"""Language and colours that a person chose are there at the next start, until the settings say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.dashboard import services_on, shows, until
from tui.app import SmmApp
from tui.choices import Look, choices_path, chosen_look, keep_look
from tui.themes import DARK, LIGHT

SETTINGS = Look("ru", DARK.name)


def test_without_a_choice_the_settings_hold(tmp_path: Path) -> None:
    assert chosen_look(choices_path(tmp_path / "none"), SETTINGS) == SETTINGS


def test_a_choice_stays_until_the_settings_say_something_else(tmp_path: Path) -> None:
    path = choices_path(tmp_path / "new" / "folder")
    keep_look(path, SETTINGS, lambda: Look("en", LIGHT.name))
    assert chosen_look(path, SETTINGS) == Look("en", LIGHT.name)
    assert chosen_look(path, Look("en", DARK.name)) == Look("en", LIGHT.name)
    assert chosen_look(path, Look("ru", "nord")) == Look("en", "nord")
    keep_look(path, SETTINGS, lambda: SETTINGS)
    assert chosen_look(path, SETTINGS) == SETTINGS


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        '{"chosen": {"language": "en"}}',
        '{"chosen": {"language": "x", "theme": "?"}, "settings": {"language": "ru", "theme": "smm-dark"}}',
        '{"chosen": {"language": [], "theme": 1}, "settings": {"language": "ru", "theme": "smm-dark"}}',
    ],
)
def test_a_file_that_says_nothing_sensible_is_as_none(tmp_path: Path, said: str) -> None:
    path = choices_path(tmp_path)
    path.write_text(said, encoding="utf-8")
    assert chosen_look(path, SETTINGS) == SETTINGS


async def test_the_keys_for_language_and_colours_are_remembered(store_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    path = choices_path(folder)
    app = SmmApp(services_on(store_path, settings=SETTINGS, state_folder=lambda: folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("L")
        await shows(pilot, "data:")
        await until(pilot, lambda: chosen_look(path, SETTINGS) == Look("en", DARK.name))
        await pilot.press("T")
        await until(pilot, lambda: chosen_look(path, SETTINGS) == Look("en", LIGHT.name))
