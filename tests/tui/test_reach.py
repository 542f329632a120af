"""How far away things are: each section from each other by its key, nothing over three keys away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.dashboard import services_on, until
from tui.app import SmmApp
from tui.commands.command import Area, Command, commands_of, every_command
from tui.keys import twin
from tui.screens.overview import OverviewScreen
from tui.sections import SECTIONS

#: Where a command works -> the keys from the overview to there. A window is as far as what opens it.
AWAY = {
    Area.EVERYWHERE: 0, Area.OVERVIEW: 0, Area.LIST: 0, Area.ROWS: 1, Area.TODAY: 1, Area.CLIENT: 1,
    Area.BLOCK: 1, Area.CALENDAR: 2, Area.GOAL: 1, Area.EDITOR: 1, Area.POSTS: 1, Area.MARKING: 2,
    Area.TOPICS: 1, Area.WARNINGS: 1, Area.AGREEMENT: 1, Area.CHECK_IN: 1, Area.CALL: 1, Area.OWN: 1,
    Area.ACCOUNTS: 1, Area.FILTERS: 1, Area.FORM: 2, Area.WHAT_IF: 2, Area.DAYS: 2, Area.SYNC: 1,
    Area.WELCOME: 0,
}  # fmt: skip
OPENING = {
    command.action.split("'")[1]: command
    for command in commands_of(Area.EVERYWHERE)
    if command.action.startswith("app.section(")
}


@pytest.mark.parametrize("command", every_command(), ids=lambda command: command.id)
def test_nothing_needs_more_than_three_keys(command: type[Command]) -> None:
    assert command.keys
    assert AWAY[command.area] + 1 <= 3


def test_every_section_has_a_key_of_its_own() -> None:
    assert OPENING.keys() == {"overview", *SECTIONS}
    keys = [key for command in OPENING.values() for key in command.keys]
    assert len(keys) == len(set(keys))


def class_of(name: str) -> str:
    return SECTIONS[name].partition(":")[2] if name != "overview" else OverviewScreen.__name__


@pytest.mark.e2e
@pytest.mark.parametrize("start", sorted(OPENING))
async def test_every_section_opens_from_every_other(store_path: Path, start: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        for name, command in OPENING.items():
            await pilot.press("escape", OPENING[start].keys[0])
            await until(pilot, lambda: type(app.screen).__name__ == class_of(start))
            own = {key for each in commands_of(*here(app)) for key in each.keys}
            free = [key for key in command.keys if key not in own]
            assert free, name
            await pilot.press(twin(free[0]) or free[0])
            await until(pilot, lambda name=name: type(app.screen).__name__ == class_of(name))  # type: ignore[misc]


def here(app: SmmApp) -> list[Area]:
    """The areas whose keys outweigh those of everywhere on the screen that shows."""
    places = [app.screen, *app.screen.focused.ancestors_with_self] if app.screen.focused else [app.screen]
    return [area for place in places if isinstance(area := getattr(place, "AREA", None), Area)]
