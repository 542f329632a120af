"""The overview: every client and goal by urgency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from goals.board import GoalRow
from tui.commands import Area, Help, NewClient, NewGoal, Quit, Sync, commands_of
from tui.details import count_unread
from tui.jobs import start_job
from tui.lines import ClientLine
from tui.screens.work import OpenClient, OpenGoal, Selection, WorkScreen
from tui.sync_state import short_text
from tui.widgets.goal_list import GoalList
from tui.widgets.heads import ColumnHeads, Detail, Headline, KeyBar
from tui.widgets.notice import Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from tui.services import Services
    from tui.sync_state import SyncState
    from tui.widgets.filter_box import FilterBox
    from tui.widgets.welcome import Welcome

#: What the footer offers as long as there is no goal.
FIRST_STEPS = (NewClient, NewGoal, Sync, Help, Quit)


@dataclass
class UnreadCounted(Message):
    """How many accounts could not be read the last time."""

    count: int


class OverviewScreen(WorkScreen):
    """What to do first, over all clients."""

    AUTO_FOCUS = "GoalList"
    DEFAULT_CSS = """
    OverviewScreen.-beginning GoalList { height: auto; max-height: 50%; }
    """

    def __init__(self, services: Services, board: Board | None) -> None:
        super().__init__(services, board)
        words = services.words
        self.headline = Headline(words)
        self.notice = Notice(words)
        self.headline.set_reactive(Headline.board, board)
        self.notice.set_reactive(Notice.board, board)
        self.list = GoalList(words, board)
        self.heads = ColumnHeads(words)
        self.detail = Detail(words)
        self.detail.set_reactive(Detail.board, board)
        self.keys = KeyBar(words, commands_of(Area.EVERYWHERE, Area.LIST))
        self.welcome: Welcome | None = None
        self.box: FilterBox | None = None

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.headline.data_bind(OverviewScreen.board)
        yield self.notice.data_bind(OverviewScreen.board)
        yield self.heads
        yield self.list.data_bind(OverviewScreen.board)
        yield self.detail.data_bind(OverviewScreen.board)
        yield self.keys

    def watch_board(self, board: Board | None) -> None:
        """Say what the whole board asks for."""
        if board is None:
            return
        beginning = not board.goal_count
        if beginning and self.welcome is None:
            from tui.widgets.welcome import Welcome

            self.welcome = Welcome(self.services.words)
            self.mount(self.welcome, before=self.detail)
        elif not beginning and self.welcome is not None:
            self.welcome.remove()
            self.welcome = None
        if self.welcome is not None:
            self.welcome.board = board
        self.set_class(beginning, "-beginning")
        self.keys.offered = FIRST_STEPS if beginning else ()
        self.heads.display = not beginning
        for widget in (self.list, self.detail):
            widget.display = bool(board.groups)
        self.call_after_refresh(self._look_for_unread)

    def _look_for_unread(self) -> None:
        start_job(self, self._count_unread, group="unread", description="counting unread accounts")

    def _count_unread(self) -> Message:
        with self.services.open_reader() as reader:
            return UnreadCounted(count_unread(reader))

    @on(UnreadCounted)
    def _show_unread(self, message: UnreadCounted) -> None:
        self.headline.unread = message.count

    def watch_sync_state(self, state: SyncState) -> None:
        """Show a running sync in the headline."""
        self.headline.sync_text = short_text(self.services.words, state)
        self.notice.busy = state.running

    def selection(self) -> Selection:
        """What the cursor is on."""
        line = self.list.current
        if line is None:
            return Selection(None, None)
        return Selection(line.client_id, line if isinstance(line, GoalRow) else None)

    @on(GoalList.Moved)
    def _describe(self, message: GoalList.Moved) -> None:
        self.detail.line = message.line

    @on(GoalList.Opened)
    def _open(self, message: GoalList.Opened) -> None:
        if isinstance(message.line, ClientLine):
            self.post_message(OpenClient(message.line.client_id))
        else:
            self.post_message(OpenGoal(message.line.goal_id))

    def action_filter(self) -> None:
        """Type words to leave only the lines that hold them."""
        if self.box is None:
            from tui.widgets.filter_box import FilterBox

            self.box = FilterBox(self.services.words, self.list.view.words)
            self.mount(self.box, before=self.detail)
        self.box.focus()

    def on_filter_box_filtered(self, message: FilterBox.Filtered) -> None:
        """Show only the lines that hold all words."""
        if message.words != self.list.view.words:
            self.list.view = self.list.view.filtered(message.words)

    def on_filter_box_left(self, message: FilterBox.Left) -> None:
        """Back to the list, with the filter or without it."""
        if message.cleared:
            self.go_back()
        self.list.focus()

    def go_back(self) -> None:
        """Clear the filter."""
        if self.box is not None:
            self.box.remove()
            self.box = None
        self.list.view = self.list.view.filtered(())
        self.list.focus()
