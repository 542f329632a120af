"""The overview looked at in other ways: by manager, by urgency, through saved filters, by the mouse."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from goals.board import GoalRow
from store.opening import open_writer
from tests.support.dashboard import screen_lines, screen_text, services_on, shows, type_text, until
from tests.support.store import NOW, add_client, add_goal, make_store
from tests.tui.test_feed import publish
from tests.tui.test_overview import cursor_line, overview
from tui.app import SmmApp
from tui.commands.filters import Leave
from tui.overview.lines import ClientLine, Grouping, ManagerLine
from tui.overview.saved_filters import SavedFilter, keep_filter, read_filters
from tui.screens.client import ClientScreen
from tui.screens.filters import FiltersScreen
from tui.screens.goal import GoalScreen
from tui.screens.overview import OverviewScreen
from tui.services import FiltersUnreadableError
from tui.widgets.heads import Headline, KeyBar


def kind_of(line: object) -> type:
    return type(line)


@pytest.fixture
def managed(store_path: Path) -> Path:
    """The filled store, with a manager for one client."""
    with open_writer(store_path) as store:
        zerno = next(client for client in store.clients() if "Зерно" in client.name)
        store.update_client(replace(zerno, manager="Марина"), author="Пётр", now=NOW)
    return store_path


async def test_one_key_groups_by_manager_then_by_urgency_then_by_client(managed: Path) -> None:
    app = SmmApp(services_on(managed))
    async with app.run_test(size=(100, 30)) as pilot:
        listed = overview(app).list
        by_client = list(listed.lines)
        await pilot.press("v")
        await shows(pilot, "Марина  1 клиент · 2 цели", "Без менеджера  2 клиента · 3 цели")
        assert isinstance(listed.lines[0], ManagerLine)
        assert isinstance(listed.lines[1], ClientLine)
        await pilot.press("м")
        await shows(pilot, "клиент ", "цель ")
        assert all(isinstance(line, GoalRow) for line in listed.lines)
        urgencies = [line.urgency for line in listed.lines if isinstance(line, GoalRow)]
        assert urgencies == sorted(urgencies, reverse=True)
        line = next(line for line in screen_lines(app) if "Доход" in line)
        assert line.split()[1:3] == ["Я", "Доход"]
        await pilot.press("v")
        await until(pilot, lambda: listed.lines == by_client)


async def test_the_cursor_stays_on_its_goal_in_every_grouping(managed: Path) -> None:
    app = SmmApp(services_on(managed))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.press("down", "down")
        goal = listed.current
        assert isinstance(goal, GoalRow)
        for _ in Grouping:
            await pilot.press("v")
            assert getattr(listed.current, "goal_id", 0) == goal.goal_id
            assert cursor_line(app)


async def test_a_manager_is_folded_and_unfolded(managed: Path) -> None:
    app = SmmApp(services_on(managed))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.press("v", "g")
        await until(pilot, lambda: isinstance(listed.current, ManagerLine))
        everything = len(listed.lines)
        await pilot.press("enter")
        assert len(listed.lines) == everything - 3
        await pilot.press("right", "right")
        assert len(listed.lines) == everything
        assert kind_of(listed.current) is ClientLine
        await pilot.press("left", "left")
        assert kind_of(listed.current) is ManagerLine
        await pilot.press("space")
        assert len(listed.lines) == everything - 3
        await pilot.press("n")
        await until(pilot, lambda: not isinstance(app.screen, OverviewScreen))


async def test_a_flat_list_goes_on_after_a_commit_of_another(managed: Path) -> None:
    app = SmmApp(services_on(managed))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await pilot.press("v", "v")
        await shows(pilot, "3/12")
        publish(managed, 1)
        await shows(pilot, "4/12")
        assert overview(app).list.view.grouping is Grouping.FLAT


async def test_a_filter_is_saved_brought_back_and_forgotten(managed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "smart-smm"
    app = SmmApp(services_on(managed, state_folder=lambda: folder))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = overview(app).list
        await pilot.press("v", "/")
        await type_text(pilot, "марина партия")
        await until(pilot, lambda: len(listed.lines) == 3)
        await pilot.press("enter", "f")
        await shows(pilot, "Пока нет", "имя для того, что показано: «марина партия» · по менеджерам")
        assert app.screen.query_one(KeyBar).offered == (Leave,)
        await type_text(pilot, "Старое у Марины")
        await pilot.press("enter")
        await shows(pilot, "Старое у Марины", "«марина партия» · по менеджерам")
        assert app.screen.query_one(KeyBar).offered == ()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await pilot.press("escape", "v", "v")
        await until(pilot, lambda: not listed.view.words and listed.view.grouping is Grouping.CLIENT)
        await pilot.press("а")
        await shows(pilot, "Старое у Марины")
        await pilot.press("enter")
        await until(pilot, lambda: listed.view.words == ("марина", "партия"))
        assert listed.view.grouping is Grouping.MANAGER
        assert len(listed.lines) == 3
        await pilot.press("f")
        await shows(pilot, "Старое у Марины")
        await pilot.press("d")
        await shows(pilot, "Пока нет")
    assert read_filters(folder / "filters.json") == ()


def test_the_file_of_filters_is_its_owners_alone_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "filters.json"
    keep_filter(path, SavedFilter("Б", ("а",)))
    kept = keep_filter(path, SavedFilter("а [/x]", ("свеча",), Grouping.FLAT))
    assert kept == read_filters(path) == (SavedFilter("а [/x]", ("свеча",), Grouping.FLAT), kept[1])
    assert keep_filter(path, SavedFilter("б", ("в",)))[1] == SavedFilter("б", ("в",))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["filters.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"filters": [{"name": "x"}]}', '{"filters": 7}', "\ufeff{"])
def test_a_file_that_is_no_list_of_filters_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "filters.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FiltersUnreadableError):
        keep_filter(path, SavedFilter("x"))
    assert path.read_text("utf-8") == text


async def test_filters_that_cannot_be_read_are_told_with_the_next_step(store_path: Path) -> None:
    store_path.with_name("filters.json").write_text("?", "utf-8")
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.press("f")
        await shows(pilot, "Сохранённые фильтры не читаются", "Исправьте файл")


async def test_the_footer_is_clicked(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(200, 30)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        bar = app.screen.query_one(KeyBar)
        line = next(line for line in screen_lines(app) if "выход" in line)
        await pilot.click(bar, offset=(line.index(" группы") + 2, 0))
        await until(pilot, lambda: overview(app).list.view.grouping is Grouping.MANAGER)
        await pilot.click(bar, offset=(line.index("поиск") + 1, 0))
        await until(pilot, lambda: overview(app).box is not None)
        await pilot.click(bar, offset=(line.index("открыть"), 0))
        await until(pilot, lambda: isinstance(app.screen, ClientScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        await pilot.click(app.screen.query_one(KeyBar), offset=(line.index("справка"), 0))
        await shows(pilot, "Справка")


async def test_the_headline_is_clicked(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(120, 30)) as pilot:
        await shows(pilot, "не прочитан", "неделя")
        head = screen_lines(app)[0]
        for part, name in (("не прочитан", "AccountsScreen"), ("неделя", "PostsScreen")):
            await pilot.click(app.screen.query_one(Headline), offset=(head.index(part) + 1, 0))
            await until(pilot, lambda name=name: type(app.screen).__name__ == name)  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_a_double_click_opens_the_goal_and_the_wheel_scrolls(tmp_path: Path) -> None:
    with make_store(tmp_path / "many.db") as store:
        client = add_client(store)
        for number in range(60):
            add_goal(store, client, amount=100.0 + number)
    app = SmmApp(services_on(tmp_path / "many.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await app.workers.wait_for_complete()
        listed = overview(app).list
        for _ in range(5):
            await pilot._post_mouse_events([MouseScrollDown], listed, (5, 5))
        await until(pilot, lambda: listed.scroll_offset.y > 3)
        top = listed.scroll_offset.y
        with open_writer(tmp_path / "many.db") as store:
            add_client(store, "Другой")
        await until(pilot, lambda: len(listed.board.groups if listed.board else ()) == 2)
        assert listed.cursor == 0
        assert listed.scroll_offset.y == top
        await pilot.double_click(listed, offset=(10, 4))
        await until(pilot, lambda: isinstance(app.screen, GoalScreen))


async def test_the_window_of_filters_can_be_left_and_asked_for_help(store_path: Path) -> None:
    app = SmmApp(services_on(store_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, FiltersScreen))
        await pilot.press("tab", "f1")
        await shows(pilot, "В окне сохранённых фильтров")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
        assert "Сохранённые фильтры" not in screen_text(app)
