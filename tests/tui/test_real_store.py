"""Every screen on the true history of Russian Telegram channels: opened, drawn whole, left again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from rich.segment import Segment
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

import tui.screens
from goals.agreement.plain import to_stored
from goals.agreement.terms import ContentLine, MaterialLine, Priority, Terms, TopicLine
from goals.model import ClientKind, GoalKind, Period, PostState
from goals.records import Entry, Material
from store.opening import open_writer
from store.refresh import refresh_all
from tests.support.dashboard import screen_lines, screen_text, services_on, until
from tests.support.program import Program
from tests.support.store import AUTHOR, add_goal, post
from tests.test_real_channels import END, NOW, import_all, set_goals
from tui.app import SmmApp
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

    from tui.services import ExitState

MARCH, MARCH_END = date(2025, 3, 1), date(2025, 3, 31)
TERMS = Terms(
    priorities=(Priority("Набор на курс"), Priority("Имя среди аналитиков")),
    topics=(TopicLine("Курс", share=0.3, priority=1),),
    content=(ContentLine("post", 3, network="telegram", period=Period.WEEK),),
    materials=(MaterialLine("Отзывы учеников", who="Ольга", by_day=25),),
)


@dataclass(frozen=True)
class Place:
    """A screen, the steps that lead to it from the place it is listed in, and the places it leads to.

    A step is a key, or `=text`: the cursor goes to where the list or the text says so.
    """

    name: str
    steps: tuple[str, ...] = ()
    inside: tuple[Place, ...] = ()


def place(name: str, *steps: str, inside: tuple[Place, ...] = ()) -> Place:
    """A place in one line."""
    return Place(name, steps, inside)


#: All screens by the names of their classes, from the overview with the cursor on its first row.
OVERVIEW = place("OverviewScreen", inside=(
    place("HelpScreen", "f1"),
    place("FiltersScreen", "f"),
    place("SyncScreen", "s"),
    place("ClientForm", "c"),
    place("GoalEditor", "n", inside=(place("DatePicker", "5", "f3"), place("GoalForm", "tab"))),
    place("GoalForm", "down", "e"),
    place("LogForm", "+"),
    place("DropForm", "d"),
    place("GoalScreen", "enter", inside=(
        place("AgreeForm", "g"), place("SureForm", "y"), place("PriorityForm", "space"),
    )),
    place("ClientScreen", "home", "enter", inside=(
        place("DaysOffForm", "O"), place("DayScreen", "v", "enter"),
    )),
    place("TodayScreen", "1", inside=(place("PublishForm", "=Набор на курс", "space"),)),
    place("WarningsScreen", "3", inside=(place("SnoozeForm", "z"),)),
    place("PostsScreen", "4", inside=(place("MarkingScreen", "t"),)),
    place("AgreementScreen", "5", inside=(
        place("AmountsForm", "f"), place("OrderForm", "o"), place("YesForm", "y"),
        place("LineGoalsForm", "b"),
        place("AgreementEditor", "e", inside=(place("SaveForm", '=about = "', "x", "f2"),)),
    )),
    place("CheckInScreen", "6"),
    place("CallScreen", "7"),
    place("AccountsScreen", "8", inside=(
        place("AccountForm", "n"), place("RenameAccountForm", "e"), place("RemoveAccountForm", "d"),
    )),
    place("OwnScreen", "9", inside=(place("WorkForm", "+"),)),
    place("TopicsScreen", "0", inside=(place("TopicForm", "enter"),)),
))  # fmt: skip
#: It shows only where the others have no room.
ELSEWHERE = {"TooSmallScreen"}


def add_work(path: Path) -> None:
    """What the data does not have: an agreement, a topic, a plan, materials, money of one's own."""
    now = datetime.fromisoformat(NOW)
    with open_writer(path) as store:
        me, client = sorted(store.clients(), key=lambda each: each.kind is not ClientKind.SELF)
        account = store.accounts(client.id)[0]
        store.add_agreement(client.id, to_stored(TERMS), reason="", based_on=0, author=AUTHOR, now=now)
        store.topic(client.id, "Курс")
        planned = post(None, now.date(), state=PostState.PLANNED, text="Набор на курс открыт")
        store.add_post(account.id, planned, author=AUTHOR, now=now)
        asked = Material(0, client.id, "отзывы учеников", now.date() - timedelta(days=5))
        store.add_material(asked, author=AUTHOR, now=now)
        span = {"start": MARCH, "deadline": MARCH_END}
        add_goal(store, me.id, "income", GoalKind.TOTAL_IN_PERIOD, 120_000.0, **span)
        store.log_entry(Entry(0, client.id, "income", MARCH, 40_000.0, "", AUTHOR, now))
        store.log_entry(Entry(0, client.id, "hours", MARCH, 26.0, "", AUTHOR, now))
        refresh_all(store, now)


@contextmanager
def cut_texts() -> Iterator[list[str]]:
    """The texts that are drawn longer than their place, and lose more than spaces there."""
    cut: list[str] = []
    adjust = Strip.adjust_cell_length

    def watched(strip: Strip, cell_length: int, *more: object) -> Strip:
        if strip.cell_length > cell_length and strip.crop(cell_length).text.strip("\xa0 "):
            cut.append(f"{cell_length} cells: {strip.text}")
        return adjust(strip, cell_length, *more)  # type: ignore[arg-type]

    with patch.object(Strip, "adjust_cell_length", watched):
        yield cut


class Walk:
    """A walk through all screens of one dashboard, which notes what is wrong with them."""

    def __init__(self, pilot: Pilot[ExitState], cut: list[str], look: Callable[[str], None]) -> None:
        self.pilot = pilot
        self.cut = cut
        self.look = look
        self.wrong: list[str] = []

    async def visit(self, place: Place) -> None:
        """Open a place, look at it, visit what it leads to, leave it."""
        app = self.pilot.app
        depth = len(app.screen_stack)
        self.cut.clear()
        for step in place.steps:
            await self.do(step)
        name = type(app.screen).__name__
        told = [f"told: {note.message}" for note in app._notifications if note.severity != "information"]
        if name != place.name:
            told.append(f"{place.steps} opened {name}:\n{screen_text(app)}")
        told += [f"cut: {text}" for text in dict.fromkeys(self.cut)]
        self.wrong += [f"{place.name}: {what}" for what in [*told, *faults(app)]]
        self.look(place.name)
        for inside in place.inside:
            await self.visit(inside)
        await self.leave(depth)

    async def do(self, step: str) -> None:
        """Take a step, and let the app work until nothing is read any more."""
        screen = self.pilot.app.screen
        if not step.startswith("="):
            await self.pilot.press(step)
        elif areas := screen.query(TextArea):
            lines = areas.first().text.splitlines()
            row = next(number for number, line in enumerate(lines) if step[1:] in line)
            areas.first().move_cursor((row, lines[row].index(step[1:]) + len(step[1:])))
        else:
            assert screen.query_one(RowList).jump(lambda row: step[1:] in repr(row)), screen_lines(screen.app)
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def leave(self, depth: int) -> None:
        """Back to the screen that had been there; Esc leads out of each in a few steps."""
        app = self.pilot.app
        for _ in range(4):
            if len(app.screen_stack) > depth:
                await self.do("escape")
        assert len(app.screen_stack) <= depth, screen_text(app)
        app.clear_notifications()


def faults(app: App[ExitState]) -> Iterator[str]:
    """What is wrong with the picture."""
    lines = screen_lines(app)
    if len([line for line in lines if line.strip()]) < 4:
        yield f"nearly empty: {lines}"
    for widget in app.screen.walk_children():
        if isinstance(widget, Widget) and widget.display and widget.show_horizontal_scrollbar:
            yield f"wider than its place: {widget!r}"


async def walk(
    path: Path, lang: str, size: tuple[int, int], look: Callable[[SmmApp, str], None] = lambda app, name: None
) -> list[str]:
    """Go through all screens; what was wrong with them."""
    now = datetime.fromisoformat(NOW)
    app = SmmApp(services_on(path, lang, now=lambda: now))
    with cut_texts() as cut:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: app.feed.is_watching)
            await app.workers.wait_for_complete()
            walk = Walk(pilot, cut, partial(look, app))
            await walk.visit(OVERVIEW)
    return walk.wrong


def names_in(place: Place) -> set[str]:
    """The screens of a place and of all that it leads to."""
    return {place.name}.union(*(names_in(inside) for inside in place.inside))


def screen_names() -> set[str]:
    """Every screen of the dashboard by the name of its class, but those that others stand on."""
    modules = [import_module(f"tui.screens.{found.name}") for found in iter_modules(tui.screens.__path__)]
    classes = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    screens = {each for each in classes if issubclass(each, Screen) and each.__module__.startswith("tui.")}
    return {each.__name__ for each in screens if not screens.intersection(each.__subclasses__())}


def test_a_text_that_loses_letters_is_noticed_and_one_that_loses_spaces_is_not() -> None:
    with cut_texts() as cut:
        Strip([Segment("дорога")]).adjust_cell_length(4)
        Strip([Segment("путь  ")]).adjust_cell_length(4)
    assert cut == ["4 cells: дорога"]


def test_the_walk_leaves_no_screen_out() -> None:
    assert names_in(OVERVIEW) | ELSEWHERE == screen_names()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, shared_dir: Path) -> Path:
    """The store with the history of all channels and the work on them, never changed."""
    folder = tmp_path_factory.mktemp("channels")
    home = {
        name: str(folder / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    }
    program = Program(folder, {**home, "SMM_NOW": END})
    program.ok("init")
    program.ok("client", "add", "Каналы")
    import_all(program, shared_dir / "data" / "telegram_channels")
    set_goals(program)
    add_work(program.db)
    return program.db


@pytest.mark.e2e
@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_opens_and_nothing_is_cut(
    real: Path, tmp_path: Path, lang: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "smm.db"
    shutil.copyfile(real, path)
    wrong = await walk(path, lang, size)
    assert not wrong, "\n".join(wrong)
