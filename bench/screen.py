"""What drawing costs: a page of ten thousand goals, and all of them at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from bench.apps import OneStatic
from bench.harness import Budget, Sampler, in_turn, others_aside
from bench.terminal import COLUMNS, ROWS
from bench.world import NOW, TODAY, World
from goals.board import Board, ClientGroup, GoalRow, build_board
from store.opening import open_reader
from tui.drawing import bar
from tui.overview.lines import View
from tui.overview.texts import goal_cells
from tui.widgets.goal_list import GoalList
from wording.words import Words

if TYPE_CHECKING:
    from textual.pilot import Pilot

_WARM_UP, _PAGES, _UPDATES = 5, 25, 20
#: So many clients are more than a screen shows, and so many boards more than the list remembers drawn.
_ON_SHOW, _VERSIONS = 10, 30
_BAR = 12
WORDS = Words("ru")


class ListApp(App[None]):
    """Our list with a board, all clients open."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board

    def compose(self) -> ComposeResult:
        """One list."""
        goals = GoalList(WORDS)
        goals.view = View({group.client.id: True for group in self._board.groups})
        goals.board = self._board
        yield goals


class TableApp(App[None]):
    """Textual's own table with the same rows."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """One table."""
        table: DataTable[str] = DataTable(cursor_type="row")
        table.add_columns("", "цель", "срок", "", "сделано", "запас", "шанс", "сегодня")
        table.add_rows(self._rows)
        yield table


def _in_app(app: App[None], work: Callable[[Pilot[None]], Awaitable[float]]) -> float:
    async def run() -> float:
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause()
            return await work(pilot)

    with others_aside():
        return asyncio.run(run())


async def _page_down(pilot: Pilot[None]) -> float:
    """CPU milliseconds of one page."""
    await pilot.press("tab", *["pagedown"] * _WARM_UP)
    start = time.process_time()
    for _ in range(_PAGES):
        await pilot.press("pagedown")
    return (time.process_time() - start) * 1000 / _PAGES


async def _repeat(change: Callable[[App[None]], object], pilot: Pilot[None]) -> float:
    """CPU milliseconds of one change with its repaint."""
    change(pilot.app)
    await pilot.pause()
    start = time.process_time()
    for _ in range(_UPDATES):
        change(pilot.app)
        await pilot.pause()
    return (time.process_time() - start) * 1000 / _UPDATES


def _boards(world: World) -> list[Board]:
    """The board of 10,000 goals, again and again: on show every figure differs from all the boards before."""
    with open_reader(world.large) as reader:
        board = build_board(reader.clients(), reader.board_rows(), now=NOW, today=TODAY, data_as_of=NOW)
    rest = tuple(_moved(group, 1) for group in board.groups[_ON_SHOW:])
    return [
        replace(board, groups=(*(_moved(group, number) for group in board.groups[:_ON_SHOW]), *rest))
        for number in range(_VERSIONS)
    ]


def _moved(group: ClientGroup, number: int) -> ClientGroup:
    step = number / 1_000
    return replace(
        group, goals=tuple(row._replace(progress=(row.progress or 0.0) + step) for row in group.goals)
    )


def _cells(row: GoalRow) -> tuple[str, ...]:
    texts = goal_cells(WORDS, row, TODAY, wide=True)
    drawn = "".join(piece.text for piece in bar.draw(row.progress, row.expected, _BAR))
    return (
        texts.glyph,
        texts.title,
        texts.deadline,
        drawn,
        texts.done,
        texts.reserve,
        texts.chance,
        texts.today,
    )


def _paging(world: World) -> Sampler:
    board = _boards(world)[0]
    table = [_cells(row) for group in board.groups for row in group.goals]
    return in_turn(lambda: _in_app(ListApp(board), _page_down), lambda: _in_app(TableApp(table), _page_down))


def _updating(world: World) -> Sampler:
    boards = cycle(_boards(world))

    def change(app: App[None]) -> None:
        app.query_one(GoalList).board = next(boards)

    first = next(boards)
    return in_turn(
        lambda: _in_app(ListApp(first), partial(_repeat, change)),
        lambda: _in_app(OneStatic(), partial(_repeat, lambda app: app.screen.refresh())),
    )


BUDGETS = (
    Budget("screen-page", "page-down in 10,000 goals / in a DataTable of the same rows", 0.4, "ms", _paging),
    Budget("screen-update", "all figures of the list change / an empty app repaints", 10.0, "ms", _updating),
)
