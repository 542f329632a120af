"""The overview: every client and goal by urgency."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from textual import on

from goals.board import GoalRow
from tui.commands import Area, commands_of
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

#: Older figures are offered to be updated.
OLD_DATA = timedelta(hours=6)


class OverviewScreen(WorkScreen):
    """What to do first, over all clients."""

    AUTO_FOCUS = "GoalList"

    def __init__(self, services: Services, board: Board | None) -> None:
        super().__init__(services, board)
        words = services.words
        self.headline = Headline(words)
        self.notice = Notice(words)
        self.headline.set_reactive(Headline.board, board)
        self.list = GoalList(words, board)
        self.heads = ColumnHeads(words)
        self.detail = Detail(words)
        self.detail.set_reactive(Detail.board, board)
        self.welcome: Welcome | None = None
        self.box: FilterBox | None = None

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        words = self.services.words
        yield self.headline.data_bind(OverviewScreen.board)
        yield self.notice
        yield self.heads
        yield self.list.data_bind(OverviewScreen.board)
        yield self.detail.data_bind(OverviewScreen.board)
        yield KeyBar(words, commands_of(Area.EVERYWHERE, Area.LIST))

    def watch_board(self, board: Board | None) -> None:
        """Say what the whole board asks for."""
        if board is None:
            return
        empty = not board.groups
        if empty and self.welcome is None:
            from tui.widgets.welcome import Welcome

            self.welcome = Welcome(self.services.words)
            self.mount(self.welcome, before=self.detail)
        elif not empty and self.welcome is not None:
            self.welcome.remove()
            self.welcome = None
        for widget in (self.heads, self.list, self.detail):
            widget.display = not empty
        age = None if board.data_as_of is None else board.now - board.data_as_of
        self.notice.offer = bool(board.goal_count) and not board.demo and (age is None or age > OLD_DATA)

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
