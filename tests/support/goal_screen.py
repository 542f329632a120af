"""The goal screen in tests: goals picked, changed as a colleague does, and their screens opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from goals.model import Goal
from store.opening import open_reader, open_writer
from store.refresh import refresh_goals
from tests.support.dashboard import screen_lines, shows, until
from tests.support.store import NOW
from tui.screens.form import FormScreen
from tui.screens.goal import GoalScreen
from tui.services import ExitState


def goal_of(path: Path, wanted: Callable[[Goal], bool]) -> Goal:
    with open_reader(path) as store:
        return next(goal for goal in store.goals() if wanted(goal))


def about_the_batch(goal: Goal) -> bool:
    return goal.topic is not None


def about_people(goal: Goal) -> bool:
    return goal.metric == "audience"


def change(path: Path, wanted: Callable[[Goal], bool], **fields: object) -> Goal:
    """Change a goal as a colleague does; `why` and `yes` (the day of the client's yes) are of the change."""
    why, yes = str(fields.pop("why", "так решили")), fields.pop("yes", None)
    with open_writer(path) as store:
        goal = next(goal for goal in store.goals() if wanted(goal))
        saved = store.update_goal(
            replace(goal, **fields),  # type: ignore[arg-type]
            author="Пётр",
            now=NOW,
            why=why,
            agreed_on=yes,  # type: ignore[arg-type]
        )
        refresh_goals(store, [saved], NOW)
        return saved


async def opened(pilot: Pilot[ExitState], *texts: str, key: str = "down") -> GoalScreen:
    """The screen of the first goal, or with two `down` of the one about people."""
    await pilot.press(*key.split(), "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, GoalScreen) and bool(pilot.app.screen.detail))
    await shows(pilot, "Пять букв", *texts)
    screen = pilot.app.screen
    assert isinstance(screen, GoalScreen)
    return screen


async def form_of(pilot: Pilot[ExitState], kind: type[FormScreen]) -> FormScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_ready)
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


def title_of(app: App[ExitState]) -> str:
    return screen_lines(app)[0]
