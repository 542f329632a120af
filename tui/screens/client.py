"""One client: its warnings and goals, what was promised, its calendar of content, topics, work, accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from goals.board import GoalRow
from goals.model import GoalId
from tui.client.days import day_off_change
from tui.client.details import ClientDetail, ClientMonth, read_client, read_month
from tui.client.promise_texts import agreement_note, agreement_rows
from tui.client.texts import (
    account_rows,
    material_rows,
    planned_rows,
    topic_rows,
    warning_rows,
    work_rows,
)
from tui.commands.command import Area, bindings_of, commands_of
from tui.jobs import start_job
from tui.overview.lines import View
from tui.screens.work import OpenGoal, Selection, WorkScreen, group_of, row_of
from tui.widgets.block import Block
from tui.widgets.goal_list import GoalList
from tui.widgets.heads import ColumnHeads, Crumbs, Detail, KeyBar
from tui.widgets.heat_calendar import HeatCalendar

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import Client, ClientId
    from tui.client.promises import Card
    from tui.services import Services

#: How many lines the goals have before they scroll by themselves.
_MOST_GOALS = 12
#: What the lines of a block open, where they are not about one goal.
_SECTIONS = {
    "warnings": "warnings",
    "agreement": "agreement",
    "topics": "topics",
    "materials": "call",
    "accounts": "accounts",
    "work": "own",
    "planned": "posts",
}


@dataclass
class ClientRead(Message):
    """What is known about the client."""

    detail: ClientDetail


@dataclass
class MonthRead(Message):
    """The month that the calendar asked for."""

    month: ClientMonth


class ClientScreen(WorkScreen):
    """A client's own screen: parts of a page, side by side where there is room."""

    AREA: ClassVar[Area | None] = Area.CLIENT
    AUTO_FOCUS = "GoalList"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.CLIENT))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual
    DEFAULT_CSS = """
    ClientScreen {
        & #client-page { height: 1fr; scrollbar-size-vertical: 1; }
        & #columns { height: auto; layout: vertical; }
        & #left, & #right { height: auto; width: 1fr; }
        & #warnings { margin: 0; }
        & ColumnHeads { margin: 1 0 0 0; }
        &.-wide #columns { layout: horizontal; }
        &.-wide #left { width: 1fr; }
        &.-wide #right { width: 34%; min-width: 42; max-width: 72; margin: 0 0 0 1; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId) -> None:
        super().__init__(services)
        words, text = services.words, services.words.text
        self.client_id = client_id
        self.detail: ClientDetail | None = None
        self.crumbs = Crumbs(words)
        self.list = GoalList(words, first=1)
        self.line = Detail(words)
        self.calendar = HeatCalendar(words, id="calendar")
        self.blocks = {
            "warnings": Block(words, id="warnings"),
            "agreement": Block(words, text("Agreement"), id="agreement"),
            "topics": Block(words, text("What content is about"), id="topics"),
            "work": Block(words, text("Hours and money"), id="work"),
            "materials": Block(words, text("Awaited from the client"), id="materials"),
            "accounts": Block(words, text("Accounts"), id="accounts"),
            "planned": Block(words, text("Planned for the next two weeks"), id="planned"),
        }

    def compose(self) -> ComposeResult:
        """The page from top to bottom; on a wide screen goals and days stand on the left."""
        blocks = self.blocks
        yield self.crumbs
        with VerticalScroll(id="client-page", can_focus=False):
            yield blocks["warnings"]
            with Vertical(id="columns"):
                with Vertical(id="left"):
                    yield ColumnHeads(self.services.words)
                    yield self.list
                    yield self.line.data_bind(WorkScreen.board)
                    yield blocks["agreement"]
                    yield self.calendar
                with Vertical(id="right"):
                    for name in ("topics", "work", "materials", "accounts", "planned"):
                        yield blocks[name]
        yield KeyBar(self.services.words, commands_of(Area.EVERYWHERE, Area.LIST, Area.CLIENT))

    def watch_board(self, board: Board | None) -> None:
        """New figures: this client's goals, and the rest read again."""
        group = group_of(board, self.client_id)
        if board is None or group is None:
            return
        self.crumbs.parts = (group.client.name,)
        self.crumbs.demo = board.demo
        self.list.view = View({group.client.id: True})
        self.list.board = replace(board, groups=(group,))
        self.list.styles.height = min(len(group.goals) + 1, _MOST_GOALS)
        month = self.calendar.day if self.calendar.month is not None else None
        work = partial(self._read, group.client, month)
        start_job(self, work, group="client", description="reading the client")

    def _read(self, client: Client, month: date | None) -> Message:
        services = self.services
        with services.open_reader() as reader:
            return ClientRead(read_client(services.words, reader, client, services.now(), month))

    @on(ClientRead)
    def _show(self, message: ClientRead) -> None:
        if self.board is None:
            return
        self.detail = detail = message.detail
        words, now, blocks = self.services.words, self.board.now, self.blocks
        blocks["warnings"].show(partial(warning_rows, words, detail))
        note = agreement_note(words, detail.card, detail.today)
        blocks["agreement"].show(partial(agreement_rows, words, detail.card), note)
        pieces = words.plural("{n} piece in four weeks", "{n} pieces in four weeks", detail.pieces)
        blocks["topics"].show(partial(topic_rows, words, detail), pieces)
        blocks["work"].show(partial(work_rows, words, detail))
        blocks["materials"].show(partial(material_rows, words, detail))
        blocks["accounts"].show(partial(account_rows, words, detail, now))
        blocks["planned"].show(partial(planned_rows, words, detail))
        self.calendar.show_month(detail.month)

    @on(HeatCalendar.MonthWanted)
    def _read_month(self, message: HeatCalendar.MonthWanted) -> None:
        group = group_of(self.board, self.client_id)
        if group is not None:
            work = partial(self._month, group.client, message.day)
            start_job(self, work, group="month", description="reading a month")

    def _month(self, client: Client, day: date) -> Message:
        from store.situation import situation_of

        with self.services.open_reader() as reader:
            return MonthRead(read_month(reader, situation_of(reader, client, self.services.now()), day))

    @on(MonthRead)
    def _show_month(self, message: MonthRead) -> None:
        if message.month.plan.day(self.calendar.day) is not None:
            self.calendar.show_month(message.month)

    def selection(self) -> Selection:
        """The goal under the cursor, in the list or on a line of the agreement."""
        block = self.blocks["agreement"]
        if block.has_focus:
            return Selection(self.client_id, self._goal_of(block.key))
        line = self.list.current
        return Selection(self.client_id, line if isinstance(line, GoalRow) else None)

    def _goal_of(self, term: object) -> GoalRow | None:
        card: Card | None = self.detail.card if self.detail else None
        promises = card.promises if card else ()
        goal_id = next((each.goal_id for each in promises if each.term == term), None)
        return row_of(self.board, goal_id) if goal_id else None

    @on(GoalList.Moved)
    def _describe(self, message: GoalList.Moved) -> None:
        self.line.line = message.line

    @on(GoalList.Opened)
    def _open(self, message: GoalList.Opened) -> None:
        if isinstance(message.line, GoalRow):
            self.post_message(OpenGoal(GoalId(message.line.goal_id)))

    @on(Block.Opened)
    def _open_block(self, message: Block.Opened) -> None:
        if message.block is self.calendar:
            self._show_day()
            return
        row = self._goal_of(message.key) if message.block.id == "agreement" else None
        if row is not None:
            self.post_message(OpenGoal(GoalId(row.goal_id)))
        else:
            self.app.call_later(self.app.action_section, _SECTIONS[message.block.id or ""])  # type: ignore[attr-defined]

    def _show_day(self) -> None:
        from tui.screens.day import DayScreen

        month = self.calendar.month
        plan = month.plan.day(self.calendar.day) if month else None
        if month is not None and plan is not None:
            self.app.push_screen(DayScreen(self.services, plan, month.posts.get(plan.day, ())))

    @on(Block.Left)
    def _leave_block(self, message: Block.Left) -> None:
        self.action_part(message.step)

    def action_part(self, step: int) -> None:
        """To the next part of the page, or the one before."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_calendar(self) -> None:
        """To the calendar; from there to today."""
        if self.calendar.has_focus:
            self.calendar.action_home()
        self.calendar.focus()

    def action_day_off(self) -> None:
        """Make the day in the calendar a day off, or a working day again."""
        month = self.calendar.month
        plan = month.plan.day(self.calendar.day) if month else None
        if plan is None:
            return
        text = self.services.words.text
        if plan.for_all:
            self.notify(text("This is a day off of all clients: smm off list"), markup=False)
            return
        self.calendar.focus()
        self.app.change(day_off_change(self.services, self.client_id, plan))  # type: ignore[attr-defined]

    def action_days_off(self) -> None:
        """Ask for days off with a reason."""
        from tui.screens.days_off_form import DaysOffForm

        group = group_of(self.board, self.client_id)
        if group is not None and self.calendar.month is not None:
            form = DaysOffForm(self.services, group.client, self.calendar.day)
            self.app.push_screen(form, self.app.finished)  # type: ignore[attr-defined]
