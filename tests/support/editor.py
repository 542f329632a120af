"""The goal editor, opened and typed into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import Paste

from goals.model import ClientId, Goal
from store.opening import open_reader
from tests.support.dashboard import type_text, until
from tui.app import SmmApp
from tui.screens.goal_editor import GoalEditor

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.services import ExitState


def zerno(path: Path) -> ClientId:
    with open_reader(path) as store:
        return next(client.id for client in store.clients() if "Зерно" in client.name)


def goals(path: Path) -> list[Goal]:
    with open_reader(path) as store:
        return store.goals(dropped=True)


def editor(app: SmmApp) -> GoalEditor:
    assert isinstance(app.screen, GoalEditor)
    return app.screen


async def say(pilot: Pilot[ExitState], line: str, key: str = "n") -> None:
    """Open the editor, paste a line but for its last letter and type that; wait for the line's history."""
    app = pilot.app
    assert isinstance(app, SmmApp)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, GoalEditor))
    editor(app).line.post_message(Paste(line[:-1]))
    await until(pilot, lambda: editor(app).line.value == line[:-1])
    await type_text(pilot, line[-1])
    await until(pilot, lambda: editor(app).line.value == line and not any(g.waits for g in editor(app).goals))
    await pilot.pause()
