"""The client and the goal screen, help and the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.events import Key

from tests.support.dashboard import screen_text, services_on, shows, type_text, until
from tui.app import SmmApp
from tui.screens.goal import GoalScreen
from tui.screens.goal_form import GoalForm
from tui.screens.help import HelpScreen
from tui.screens.overview import OverviewScreen


async def test_the_client_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("enter")
        await shows(
            pilot,
            "Старая партия",
            "Аккаунты",
            "12 мин назад",
            "ещё не читали",
            "→",
            "В плане на две недели",
            "Дегустация",
        )
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))


@pytest.mark.parametrize("key", ["f1", "question_mark", "comma"])
async def test_help_begins_with_where_one_is(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await shows(pilot, "В списке целей", "Прячет или показывает цели")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_help_on_the_goal_screen(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("down", "enter")
        await shows(pilot, "дорога к цели")
        await pilot.press("f1")
        await shows(pilot, "На экране цели", "Открывает клиента этой цели")


@pytest.mark.parametrize("key", ["ctrl+p", "colon", "Ж"])
async def test_the_palette_runs_a_command_by_a_part_of_its_name(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "новый кли")
        await shows(pilot, "Добавляет клиента по имени")
        await pilot.press("down", "enter")
        await shows(pilot, "как вы называете клиента")


async def test_the_palette_reaches_the_list(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "развернуть всё")
        await shows(pilot, "Показывает только клиентов")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await until(pilot, lambda: "Старая партия" not in screen_text(app))


async def test_the_palette_says_when_there_is_no_such_command(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await type_text(pilot, "xyz")
        await shows(pilot, "Такой команды нет")


async def test_ctrl_c_says_how_to_leave(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await shows(pilot, "Чтобы выйти, нажмите q")


async def test_keys_typed_ahead_go_where_they_were_meant(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in (".", "с", "в", "е", "ч", "а"):
            app.post_message(Key("full_stop" if key == "." else key, key))
        await shows(pilot, "1", "Свеча")
        screen = app.screen
        assert isinstance(screen, OverviewScreen)
        await until(pilot, lambda: screen.list.view.words == ("свеча",))
        for key in ("escape", "n", "tab", "tab", "tab", "tab", "tab", "7", "7"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        form = app.screen
        assert isinstance(form, GoalForm)
        await until(pilot, lambda: form.fields["amount"].value == "77")
