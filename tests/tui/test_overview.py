"""The overview, driven by keys and the mouse."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from store.opening import open_writer
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, add_client, add_goal, make_store
from tui.app import SmmApp
from tui.overview.lines import ClientLine
from tui.screens.client import ClientScreen
from tui.screens.goal import GoalScreen
from tui.screens.overview import OverviewScreen


def overview(app: SmmApp) -> OverviewScreen:
    assert isinstance(app.screen, OverviewScreen)
    return app.screen


def cursor_line(app: SmmApp) -> str:
    return next(line for line in screen_lines(app) if line.startswith("›"))


async def test_the_first_picture_tells_where_each_goal_stands(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "пн 23 ноября 2026" in text
        assert "данные: " in text
        line = next(line for line in screen_lines(app) if "Старая партия: 12 постов" in line)
        for cell in ("▲", "до 30.11", "┃", "3/12", "план 0"):
            assert cell in line
        assert re.search(r"отстаём \d+ дней", line)
        folded = next(line for line in screen_lines(app) if "Мастерская «Свеча»" in line)
        assert "▾" in folded
        assert "2 цели · всё по плану" in folded


async def test_eighty_by_twenty_four_shows_the_same_shortened(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = next(line for line in screen_lines(app) if "Старая партия" in line)
        for cell in ("▲", "30.11", "┃", "3/12", "2, план 0"):
            assert cell in line
        assert re.search(r"−\d+ дней", line)


@pytest.mark.parametrize(
    ("down", "up", "bottom", "top"),
    [
        ("j", "k", "G", "g"),
        ("down", "up", "end", "home"),
        ("о", "л", "П", "п"),
        ("pagedown", "pageup", "end", "home"),
    ],
)
async def test_the_cursor_moves(store_path: Path, down: str, up: str, bottom: str, top: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.press(down)
        assert listed.cursor > 0
        await pilot.press(up)
        assert listed.cursor == 0
        await pilot.press(bottom)
        assert listed.cursor == len(listed.lines) - 1
        await pilot.press(top)
        assert listed.cursor == 0


async def test_the_line_under_the_list_says_it_in_a_sentence(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        index = next(
            i for i, line in enumerate(listed.lines) if getattr(line, "topic", None) == "Старая партия"
        )
        listed.move_to(index)
        await shows(pilot, "Сегодня: 2 поста, в плане пока нет")


async def test_folding(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        before = len(listed.lines)
        await pilot.press("down", "left")
        assert listed.cursor == 0
        await pilot.press("left")
        assert len(listed.lines) == before - 2
        await pilot.press("right", "right")
        assert len(listed.lines) == before
        assert listed.cursor == 1
        await pilot.press("space")
        assert len(listed.lines) == before - 2
        await pilot.press("z")
        assert len(listed.lines) == 3
        await pilot.press("z")
        assert len(listed.lines) == 3 + 5
        await pilot.press("я")
        assert len(listed.lines) == before


@pytest.mark.parametrize("key", ["slash", "full_stop"])
async def test_the_filter(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        everything = list(listed.lines)
        await pilot.press(key)
        await type_text(pilot, "партия зерно")
        await until(pilot, lambda: len(listed.lines) == 2)
        await pilot.press("enter")
        assert listed.has_focus
        assert len(listed.lines) == 2
        await pilot.press("escape")
        await until(pilot, lambda: listed.lines == everything)
        assert "client" not in screen_text(app)


async def test_the_filter_finds_a_status_and_says_nothing_is_found(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.press("/")
        await type_text(pilot, "под угр" if "под угр" in screen_text(app) else "отста")
        await until(pilot, lambda: 0 < len(listed.lines) < 6)
        await type_text(pilot, "xyz")
        await until(pilot, lambda: not listed.lines)
        await shows(pilot, "Ничего не найдено: Esc снимает фильтр")
        await pilot.press("escape")
        await until(pilot, lambda: len(listed.lines) > 3)
        assert "Ничего не найдено" not in screen_text(app)


async def test_enter_opens_goals_and_clients_and_escape_comes_back(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))
        await pilot.press("backspace")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        assert overview(app).list.cursor == 1


async def test_the_mouse(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.click("GoalList", offset=(10, 2))
        assert listed.cursor == 2
        client = next(i for i, line in enumerate(listed.lines) if isinstance(line, ClientLine))
        await pilot.click("GoalList", offset=(1, client))
        assert not any(
            getattr(line, "client_id", 0) == 1 and hasattr(line, "goal_id") for line in listed.lines[1:2]
        )
        await pilot.double_click("GoalList", offset=(10, 0))
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))


async def test_old_figures_are_offered_to_be_updated(store_path: Path) -> None:
    later = services_on(store_path, now=lambda: NOW + timedelta(hours=7))
    app = SmmApp(later)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "Данным больше 6 часов: нажмите s")


async def test_figures_that_never_came_are_not_said_to_be_old(tmp_path: Path) -> None:
    with make_store(tmp_path / "new.db") as store:
        add_goal(store, add_client(store))
    app = SmmApp(services_on(tmp_path / "new.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "Данных ещё нет: нажмите s")
        assert "больше 6 часов" not in screen_text(app)


async def test_fresh_figures_are_not(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "больше 6 часов" not in screen_text(app)


async def test_an_empty_store_says_the_next_steps(tmp_path: Path) -> None:
    make_store(tmp_path / "empty.db").close()
    app = SmmApp(services_on(tmp_path / "empty.db"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await shows(pilot, "Три шага", "smm cron install", "smm demo")
        await pilot.press("n")
        await shows(pilot, "Новый клиент")
        await type_text(pilot, "Ателье")
        await pilot.press("enter")
        await shows(pilot, "Добавлен клиент: Ателье")
        await until(pilot, lambda: bool(overview(app).list.lines))
        await shows(pilot, "▾ Ателье")


async def test_a_demo_is_marked_and_never_asks_the_networks(tmp_path: Path) -> None:
    with make_store(tmp_path / "demo.db") as store:
        store.mark_demo()
    app = SmmApp(services_on(tmp_path / "demo.db"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await shows(pilot, "ДЕМО")
        await pilot.press("s")
        await shows(pilot, "обновлять нечего")
        assert not app.sync_state.running


async def test_every_screen_of_a_demo_says_so(store_path: Path) -> None:
    with open_writer(store_path) as store:
        store.mark_demo()
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientScreen) and "ДЕМО" in screen_lines(app)[0])
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, GoalScreen) and "ДЕМО" in screen_lines(app)[0])


@pytest.mark.parametrize("width", [80, 120, 160])
async def test_the_names_of_columns_are_whole_in_english_too(store_path: Path, width: int) -> None:
    app = SmmApp(services_on(store_path, "en"))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert re.search(r"reserve +chance +today", screen_text(app))


async def test_english(store_path: Path) -> None:
    app = SmmApp(services_on(store_path, "en"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "Mon 23 November 2026" in text
        assert re.search(r"−\d+ days", text)
        assert "Nov 30" in text


async def test_the_theme_switches(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("T")
        assert app.theme == "smm-light"
        await pilot.press("Е")
        assert app.theme == "smm-dark"


@pytest.mark.parametrize("theme", ["ansi-dark", "textual-light", "nord"])
async def test_other_themes_draw_the_list_too(store_path: Path, theme: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await pilot.pause()
        await shows(pilot, "Старая партия")


@pytest.mark.parametrize("key", ["q", "й", "ctrl+q"])
async def test_quitting(store_path: Path, key: str) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert app.return_code == 0
