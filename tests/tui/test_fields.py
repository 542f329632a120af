"""What the fields of a form show, and what is typed in a list of choices."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Select

from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tui.app import SmmApp
from tui.screens.form import FormScreen
from tui.screens.goal_form import GoalForm
from tui.screens.too_small import TooSmallScreen


def form(app: SmmApp) -> FormScreen:
    assert isinstance(app.screen, FormScreen)
    return app.screen


@pytest.mark.parametrize(("typed", "metric"), [("сто", "stories"), ("Прод", "sales")])
async def test_typing_in_an_open_list_goes_to_the_option(store_path: Path, typed: str, metric: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        widget = form(app).fields["metric"].widget
        assert isinstance(widget, Select)
        widget.focus()
        await pilot.press("enter")
        await until(pilot, lambda: widget.expanded)
        await type_text(pilot, typed)
        await pilot.press("enter")
        await until(pilot, lambda: not widget.expanded)
        assert form(app).value("metric") == metric


async def test_the_focused_field_is_marked_and_no_other(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await shows(pilot, "▸ имя")
        await pilot.press("tab")
        await shows(pilot, "▸ кто это")
        await pilot.press("tab")
        await shows(pilot, "▸ менеджер")
        assert [line.count("▸ ") for line in screen_lines(app) if "▸ " in line] == [1]
        assert form(app).fields["manager"].has_class("-focused")
        assert not form(app).fields["name"].has_class("-focused")


async def test_a_day_that_does_not_exist_is_named(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        await shows(pilot, "например, 30.11")
        form(app).fields["deadline"].widget.focus()
        await type_text(pilot, "29.02")
        await shows(pilot, "29 февраля 2027 года нет")
        await type_text(pilot, "!")
        await shows(pilot, "это не дата", "завтра")


async def test_the_drop_form_offers_to_drop(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "d")
        await shows(pilot, "уйдёт из списка", "F2 снять")
        assert "сохранить" not in screen_text(app)


@pytest.mark.parametrize("key", ["q", "й"])
async def test_a_window_that_is_too_small_shows_nothing_else_and_can_be_left(
    store_path: Path, key: str
) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "tab")
        await until(pilot, lambda: isinstance(app.screen, GoalForm) and app.screen.is_ready)
        await pilot.resize_terminal(40, 10)
        await shows(pilot, "Окно слишком мало")
        shown = " ".join(screen_text(app).split())
        assert shown == "Окно слишком мало: сейчас 40 × 10, нужно 60 × 15. q — выход"
        await pilot.press("1", "u", "ctrl+p")
        assert isinstance(app.screen, TooSmallScreen)
        await pilot.press(key, "tab")
        await pilot.pause()
    assert app.return_value is not None
