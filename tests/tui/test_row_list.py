"""The list of any rows: its cursor, its choice, the mouse."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from textual.app import App, ComposeResult

from tui.themes import DARK
from tui.widgets.line import Span
from tui.widgets.row_list import RowList
from wording.words import Words


@dataclass(frozen=True, slots=True)
class Fruit:
    """A row of the tests."""

    key: str
    text: str = ""
    is_head: bool = False


def fruits(count: int, *, text: str = "свежий") -> list[Fruit]:
    """A head and so many rows under it."""
    return [Fruit("head", "Фрукты", is_head=True), *(Fruit(f"fruit {n}", text) for n in range(count))]


def drawn(row: Fruit, width: int) -> list[Span]:
    return [(f"{row.key} {row.text}"[:width], "dim" if row.is_head else "")]


class ListApp(App[None]):
    """The list alone."""

    def __init__(self, rows: list[Fruit]) -> None:
        super().__init__()
        self.list: RowList[Fruit] = RowList(Words("ru"), drawn, selects=True, empty="Пусто")
        self.first = rows
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.list.show(self.first)
        self.list.focus()

    def on_row_list_opened(self) -> None:
        if self.list.current is not None:
            self.opened.append(self.list.current.key)


def line(app: ListApp, y: int) -> str:
    return app.list.render_line(y).text.rstrip()


@pytest.mark.parametrize(
    ("down", "up", "bottom", "top"),
    [("j", "k", "G", "g"), ("down", "up", "end", "home"), ("о", "л", "П", "п")],
)
async def test_the_cursor_moves_and_passes_heads_by(down: str, up: str, bottom: str, top: str) -> None:
    app = ListApp(fruits(50))
    async with app.run_test(size=(60, 12)) as pilot:
        assert app.list.current == Fruit("fruit 0", "свежий")
        await pilot.press(down, down)
        assert app.list.cursor == 3
        await pilot.press(up, up, up)
        assert app.list.cursor == 1
        await pilot.press(bottom)
        assert app.list.cursor == 50
        assert "fruit 49" in line(app, 11)
        await pilot.press(top)
        assert app.list.cursor == 1
        assert "head" in line(app, 0)
        await pilot.press("pagedown")
        assert app.list.cursor == 12
        await pilot.press("ctrl+u")
        assert app.list.cursor == 1


async def test_the_cursor_stays_on_its_row_when_the_rows_come_anew() -> None:
    app = ListApp(fruits(50))
    async with app.run_test(size=(60, 12)) as pilot:
        app.list.move_to_key("fruit 30")
        app.list.toggle("fruit 29")
        app.list.toggle("fruit 3")
        await pilot.pause()
        above = app.list.cursor - app.list.scroll_offset.y
        app.list.show([fruit for fruit in fruits(50, text="спелый") if fruit.key != "fruit 3"])
        await pilot.pause()
        assert app.list.current == Fruit("fruit 30", "спелый")
        assert app.list.cursor - app.list.scroll_offset.y == above
        assert app.list.selected == {"fruit 29"}
        app.list.show(fruits(5))
        assert app.list.current == Fruit("fruit 4", "свежий")
        app.list.show([])
        assert app.list.chosen == ()
        await pilot.press("G", "g", "down", "pagedown", "up")
        assert line(app, 0).strip() == "Пусто"
        app.list.show(fruits(2))
        assert app.list.current == Fruit("fruit 0", "свежий")


async def test_a_command_is_about_what_is_chosen_else_about_the_cursor() -> None:
    app = ListApp(fruits(9))
    async with app.run_test(size=(60, 12)):
        assert [row.key for row in app.list.chosen] == ["fruit 0"]
        app.list.toggle()
        app.list.toggle("fruit 4")
        app.list.move_to(8)
        assert [row.key for row in app.list.chosen] == ["fruit 0", "fruit 4"]
        assert line(app, 1).startswith(" ✓ fruit 0")
        app.list.toggle("fruit 0")
        app.list.choose_all([])
        assert [row.key for row in app.list.chosen] == ["fruit 7"]


async def test_jumping_goes_round_the_end() -> None:
    app = ListApp(fruits(9))
    async with app.run_test(size=(60, 12)):
        wanted = ("fruit 2", "fruit 6")
        places = []
        for step in (1, 1, 1, -1):
            assert app.list.jump(lambda row: row.key in wanted, step)
            places.append(app.list.cursor)
        assert places == [3, 7, 3, 7]
        assert not app.list.jump(lambda row: row.is_head)


async def test_the_mouse() -> None:
    app = ListApp(fruits(50))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click("RowList", offset=(10, 3))
        assert app.list.cursor == 3
        await pilot.click("RowList", offset=(10, 0))
        assert app.list.cursor == 3
        await pilot.click("RowList", offset=(1, 5))
        await pilot.click("RowList", offset=(20, 7), control=True)
        assert app.list.selected == {"fruit 4", "fruit 6"}
        await pilot.double_click("RowList", offset=(10, 2))
        assert app.opened == ["fruit 1"]
