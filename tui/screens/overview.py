"""The overview: every client and goal by urgency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.board import GoalRow
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help, NewClient, NewGoal, Quit, Sync
from tui.commands.welcome import NextStep
from tui.goal.details import count_unread
from tui.jobs import start_job
from tui.overview.lines import ClientLine, Grouping, ManagerLine
from tui.overview.warning_count import WarningCount, WarningsCounted
from tui.screens.work import OpenClient, OpenGoal, Selection, WorkScreen
from tui.sync_state import short_text
from tui.widgets.goal_list import GoalList
from tui.widgets.heads import ColumnHeads, Detail, Headline, KeyBar
from tui.widgets.notice import Notice

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.timer import Timer

    from goals.board import Board
    from tui.overview.lines import View
    from tui.overview.saved_filters import SavedFilter
    from tui.overview.week import Week
    from tui.services import Services
    from tui.sync_state import SyncState
    from tui.widgets.filter_box import FilterBox
    from tui.widgets.welcome import Welcome
    from wording.words import Words

#: How long after a board the headline is read, in seconds: the picture comes first, and several boards
#: in a row are one.
_HEADLINE_AFTER = 0.3
#: What the footer offers as long as there is no goal.
FIRST_STEPS = (NextStep, NewClient, NewGoal, Sync, Help, Quit)


@dataclass
class HeadlineRead(Message):
    """How many accounts could not be read the last time, and what came out this week."""

    unread: int
    week: Week


class OverviewScreen(WorkScreen):
    """What to do first, over all clients."""

    AREA: ClassVar[Area | None] = Area.OVERVIEW
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.OVERVIEW))
    AUTO_FOCUS = "GoalList"
    DEFAULT_CSS = """
    OverviewScreen.-beginning GoalList { height: auto; max-height: 50%; }
    """

    def __init__(self, services: Services, board: Board | None) -> None:
        super().__init__(services, board)
        self._warnings = WarningCount(self)
        self._looking: Timer | None = None
        self._make(services.words, board)

    def _make(self, words: Words, board: Board | None, *, first: int = 0) -> None:
        self.headline = Headline(words)
        self.notice = Notice(words)
        self.headline.set_reactive(Headline.board, board)
        self.notice.set_reactive(Notice.board, board)
        self.list = GoalList(words, board, first=first)
        self.heads = ColumnHeads(words)
        self.detail = Detail(words)
        self.detail.set_reactive(Detail.board, board)
        self.keys = KeyBar(words, commands_of(Area.EVERYWHERE, Area.LIST, Area.OVERVIEW))
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

    async def speak(self, services: Services) -> None:
        """Say everything in the language of `services` from now on; folds, filter and cursor stay."""
        view, place = self.list.view, self.list.cursor
        self.services = services
        self._make(services.words, self.board, first=place)
        self.list.set_reactive(GoalList.view, view)
        self.heads.flat = self.detail.flat = view.grouping is Grouping.FLAT
        await self.recompose()
        self.watch_board(self.board)
        self.watch_sync_state(self.sync_state)
        self.list.focus()

    def watch_board(self, board: Board | None) -> None:
        """Say what the whole board asks for."""
        if board is None:
            return
        beginning = not board.goal_count
        if beginning and self.welcome is None:
            from tui.widgets.welcome import Welcome

            self.welcome = Welcome(self.services)
            self.mount(self.welcome, before=self.detail)
            self.call_after_refresh(self.welcome.focus)
        elif not beginning and self.welcome is not None:
            self.welcome.remove()
            self.welcome = None
            self.list.focus()
        if self.welcome is not None:
            self.welcome.board = board
        self.set_class(beginning, "-beginning")
        self.keys.offered = FIRST_STEPS if beginning else ()
        self.heads.display = not beginning
        for widget in (self.list, self.detail):
            widget.display = bool(board.groups)
        if self._looking is None:
            self._looking = self.set_timer(_HEADLINE_AFTER, self._look_around)

    def _look_around(self) -> None:
        self._looking = None
        if self.board is not None:
            work = partial(self._read_headline, self.board.today)
            start_job(self, work, group="headline", description="unread accounts and the week")
            self._warnings.look(self.services, self.board)

    def _read_headline(self, today: date) -> Message:
        from tui.overview.week import read_week

        with self.services.open_reader() as reader:
            return HeadlineRead(count_unread(reader), read_week(reader, today))

    @on(HeadlineRead)
    def _show_headline(self, message: HeadlineRead) -> None:
        from tui.overview.week import week_text

        self.headline.unread = message.unread
        self.headline.week = week_text(self.services.words, message.week)

    @on(WarningsCounted)
    def _show_warnings(self, message: WarningsCounted) -> None:
        self.headline.warnings = message.count
        self._warnings.counted(message)

    def watch_sync_state(self, state: SyncState) -> None:
        """Show a running sync in the headline."""
        self.headline.sync_text = short_text(self.services.words, state)
        self.notice.busy = state.running

    def selection(self) -> Selection:
        """What the cursor is on."""
        line = self.list.current
        if line is None or isinstance(line, ManagerLine):
            return Selection(None, None)
        return Selection(line.client_id, line if isinstance(line, GoalRow) else None)

    @on(GoalList.Moved)
    def _describe(self, message: GoalList.Moved) -> None:
        self.detail.line = message.line

    @on(GoalList.Opened)
    def _open(self, message: GoalList.Opened) -> None:
        line = message.line
        if isinstance(line, ClientLine):
            self.post_message(OpenClient(line.client_id))
        elif isinstance(line, GoalRow):
            self.post_message(OpenGoal(line.goal_id))

    def action_group(self) -> None:
        """By client, then by manager, then by urgency over all."""
        self._look(self.list.view.grouped(self.list.view.grouping.following))

    def _look(self, view: View) -> None:
        """Look at the board in another way."""
        self.list.view = view
        self.heads.flat = self.detail.flat = view.grouping is Grouping.FLAT

    def action_saved_filters(self) -> None:
        """Choose a saved filter, or give what is shown a name."""
        from tui.screens.filters import FiltersScreen

        self.app.push_screen(FiltersScreen(self.services, self.list.view), self._use)

    def _use(self, chosen: SavedFilter | None) -> None:
        """Look through a saved filter."""
        if chosen is None:
            return
        self._close_box()
        if chosen.words:
            self._open_box(chosen.words)
        self._look(self.list.view.filtered(chosen.words).grouped(chosen.grouping))
        self.list.focus()

    def action_filter(self) -> None:
        """Type words to leave only the lines that hold them."""
        self._open_box(self.list.view.words).focus()

    def _open_box(self, typed: tuple[str, ...]) -> FilterBox:
        if self.box is None:
            from tui.widgets.filter_box import FilterBox

            self.box = FilterBox(self.services.words, typed)
            self.mount(self.box, before=self.detail)
        return self.box

    def _close_box(self) -> None:
        if self.box is not None:
            self.box.remove()
            self.box = None

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
        self._close_box()
        self.list.view = self.list.view.filtered(())
        self.list.focus()
