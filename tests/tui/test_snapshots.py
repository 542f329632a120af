"""A few pictures of how the screens look, in Russian; looked at by eye when they change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.dashboard import screen_lines, services_on, shows, until
from tui.app import SmmApp
from tui.screens.goal_form import GoalForm
from tui.services import ExitState

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]
Before = Callable[[Pilot[ExitState]], Awaitable[None]]


async def _list(pilot: Pilot[ExitState]) -> None:
    await _settled(pilot)
    await shows(pilot, "Старая партия")


async def _goal(pilot: Pilot[ExitState]) -> None:
    await _settled(pilot)
    await pilot.press("down", "enter")
    await shows(pilot, "дорога к цели")


async def _form(pilot: Pilot[ExitState]) -> None:
    await _settled(pilot)
    await pilot.press("n", "tab")
    await until(pilot, lambda: isinstance(pilot.app.screen, GoalForm) and pilot.app.screen.is_ready)
    await pilot.press("tab", "tab", "tab", "tab", "3", "0", "0")
    await until(pilot, lambda: any("число" in line and "300" in line for line in screen_lines(pilot.app)))
    await pilot.pause()


async def _settled(pilot: Pilot[ExitState]) -> None:
    app = pilot.app
    assert isinstance(app, SmmApp)
    await until(pilot, lambda: app.feed.is_watching)
    await shows(pilot, "1 не прочитан")
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("before", [_list, _goal, _form], ids=lambda before: before.__name__[1:])
def test_looks(snap_compare: Compare, store_path: Path, before: Before, size: tuple[int, int]) -> None:
    assert snap_compare(SmmApp(services_on(store_path)), terminal_size=size, run_before=before)


def test_the_light_theme(snap_compare: Compare, store_path: Path) -> None:
    async def light(pilot: Pilot[ExitState]) -> None:
        await _list(pilot)
        await pilot.press("T")

    assert snap_compare(SmmApp(services_on(store_path)), terminal_size=(80, 24), run_before=light)
