"""Own goals: one's own income, hours and posts, and what an hour brings with each client."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.board import GoalRow
from goals.model import GoalId, Period
from goals.pace import period_of
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import NewGoal
from tui.commands.own import LogWork, OpenOwn
from tui.jobs import start_job
from tui.keyed import first_key
from tui.overview.lines import View
from tui.rewriting import Rewritten, telling
from tui.rhythm.own_changes import add_self
from tui.rhythm.own_texts import Own, WorkLine, WorkPainter, kept_rows, read_own
from tui.screens.work import OpenClient, OpenGoal, SectionScreen, Selection, WorkScreen, group_of
from tui.widgets.block import Block
from tui.widgets.goal_list import GoalList
from tui.widgets.heads import ColumnHeads, Crumbs, Detail, KeyBar
from tui.widgets.heat_calendar import month_name
from tui.widgets.row_list import RowHeads, RowList
from tui.widgets.said import Said

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import ClientId
    from tui.services import Services

#: How many lines the goals have before they scroll by themselves.
_MOST_GOALS = 9


@dataclass
class OwnRead(Message):
    """The month that begins on `first`, and the streaks."""

    first: date
    own: Own


class OwnScreen(SectionScreen):
    """The specialist's goals, the month of all clients, streaks."""

    AREA: ClassVar[Area | None] = Area.OWN
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.OWN))
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    OwnScreen {
        & RowHeads { margin: 1 0 0 0; }
        & RowList { min-height: 3; }
        & Block { margin: 0; padding: 0 2; max-height: 6; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        today = services.now().astimezone(services.zone).date()
        self.this_month = self.month = today.replace(day=1)
        self.own: Own | None = None
        painter = WorkPainter(words)
        self.crumbs = Crumbs(words)
        self.heads = ColumnHeads(words)
        self.goals = GoalList(words, first=1)
        self.detail = Detail(words)
        self.list: RowList[WorkLine] = RowList(words, painter.draw)
        self.titles = RowHeads(words, painter.titles, self.list.lead)
        self.kept = Block(words, words.text("Regularity"), id="kept")
        self.hint = Said(words)
        self.keys = KeyBar(words, commands_of(Area.OWN, Area.EVERYWHERE))

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.heads
        yield self.goals
        yield self.detail.data_bind(WorkScreen.board)
        yield self.titles
        yield self.list
        yield self.kept
        yield self.hint
        yield self.keys

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the month again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    @on(Rewritten)
    def _read(self) -> None:
        work = partial(self._read_month, self.month)
        start_job(self, work, group="own", description="reading one's own month")

    def _read_month(self, month: date) -> Message:
        services = self.services
        first, last = period_of(Period.MONTH, month)
        with services.open_reader() as reader:
            return OwnRead(first, read_own(services.words, reader, first, last, services.now()))

    @on(OwnRead)
    def _take(self, message: OwnRead) -> None:
        if message.first != self.month:
            return
        words, first = self.services.words, self.own is None
        self.own = own = message.own
        self.crumbs.parts = (words.text("Own goals"), month_name(words, self.month))
        self._show_goals(own)
        self.list.show(own.lines, self._nothing())
        self.titles.display = bool(own.lines)
        self.kept.show(partial(kept_rows, own))
        self._say(own)
        if first and self.goals.display:
            self.goals.focus()

    def _show_goals(self, own: Own) -> None:
        """The goals of the specialist, where there are any."""
        group = group_of(self.board, own.me.id) if own.me is not None else None
        has_goals = group is not None and bool(group.goals)
        for widget in (self.heads, self.goals, self.detail):
            widget.display = has_goals
        if group is not None and self.board is not None and has_goals:
            self.goals.view = View({group.client.id: True})
            self.goals.board = replace(self.board, groups=(group,))
            self.goals.styles.height = min(len(group.goals) + 1, _MOST_GOALS)

    def _say(self, own: Own) -> None:
        """What to do next, where something is missing."""
        text = self.services.words.text
        said = ""
        if own.me is None:
            said = text(
                "There is no place for your own goals yet: {key} makes it", key=first_key(self, OpenOwn)
            )
        elif not self.goals.display:
            said = text("No goals of your own yet: {key} adds one", key=first_key(self, NewGoal))
        elif any(line.income is not None and line.hours is None for line in own.lines):
            said = text(
                "Where no hours were logged there is no rate: {key} logs them", key=first_key(self, LogWork)
            )
        self.hint.said = ((said, ""),) if said else ()
        self.hint.display = bool(said)

    def _nothing(self) -> str:
        key, month = first_key(self, LogWork), month_name(self.services.words, self.month)
        return self.services.words.text(
            "No income and no hours in {month}: {key} logs them", month=month, key=key
        )

    @on(GoalList.Moved)
    def _describe(self, message: GoalList.Moved) -> None:
        self.detail.line = message.line

    def selection(self) -> Selection:
        """The goal under the cursor, or in the month the client."""
        me = self.own.me if self.own is not None else None
        if self.list.has_focus and self.list.current is not None and self.list.current.client_id is not None:
            return Selection(self.list.current.client_id, None)
        line = self.goals.current if self.goals.display else None
        return Selection(me.id if me else self.client_id, line if isinstance(line, GoalRow) else None)

    def action_log_work(self) -> None:
        """Log income or hours: of the client under the cursor, else one's own."""
        from tui.screens.work_form import WorkForm

        own = self.own
        if own is None:
            return
        if own.me is None:
            self.writing.change(telling(self, partial(add_self, self.services)))
            return
        wanted = self.selection().client_id
        owner = next((client.id for client in own.clients if client.id == wanted), own.me.id)
        self.app.push_screen(WorkForm(self.services, own.clients, owner, self), self.writing.finished)

    @on(RowList.Opened)
    def action_open(self) -> None:
        """Open the client under the cursor; without a place for own goals, make it."""
        if self.own is not None and self.own.me is None:
            self.writing.change(telling(self, partial(add_self, self.services)))
        elif self.list.current is not None and self.list.current.client_id is not None:
            self.post_message(OpenClient(self.list.current.client_id))

    @on(GoalList.Opened)
    def _open_goal(self, message: GoalList.Opened) -> None:
        if isinstance(message.line, GoalRow):
            self.post_message(OpenGoal(message.line.goal_id))
        elif self.own is not None and self.own.me is not None:
            self.post_message(OpenClient(self.own.me.id))

    @on(Block.Opened)
    def _open_kept(self, message: Block.Opened) -> None:
        if isinstance(message.key, int):
            self.post_message(OpenGoal(GoalId(message.key)))

    @on(Block.Left)
    def _leave_block(self, message: Block.Left) -> None:
        (self.goals if message.step > 0 and self.goals.display else self.list).focus()

    def action_month(self, step: int) -> None:
        """Another month, up to this one."""
        month = (self.month + timedelta(days=31) if step > 0 else self.month - timedelta(days=1)).replace(
            day=1
        )
        if month > self.this_month:
            self.writing.tell(self.services.words.text("This is the newest month"))
            return
        self.month = month
        self._read()
