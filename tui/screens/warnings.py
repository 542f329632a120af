"""The inbox of warnings: what goes wrong over all clients, the most urgent first, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.model import ClientId, ClientKind, GoalId
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help, Undo
from tui.commands.warnings import OpenWarning, ShowHidden
from tui.jobs import start_job
from tui.keyed import first_key
from tui.screens.work import OpenClient, OpenGoal, SectionScreen, Selection, row_of
from tui.sections import make_section
from tui.warnings.changes import acknowledging, showing_again, snoozing
from tui.warnings.lines import Cause, Seen, WarningPainter, WarningRow, WarningsData, pane_rows, read_warnings
from tui.warnings.steps import step_text
from tui.widgets.block import Block
from tui.widgets.filter_box import FilterBox
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowHeads, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.worker import Worker

    from goals.board import Board
    from tui.services import Services

_WEEK = timedelta(days=7)


@dataclass
class WarningsRead(Message):
    """All warnings as they are now."""

    data: WarningsData


class WarningsScreen(SectionScreen):
    """Warnings of all clients, or of one."""

    AREA: ClassVar[Area | None] = Area.WARNINGS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.WARNINGS))
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    WarningsScreen #pane {
        margin: 0; border-top: solid $panel; height: 8;
    }
    WarningsScreen.-tall #pane { height: 10; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012 - declared so by Textual

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        self.data: WarningsData | None = None
        self.hidden = False
        self.needles: tuple[str, ...] = ()
        self.box: FilterBox | None = None
        self._home = client_id
        self._job: Worker[None] | None = None
        self._read_again = False
        painter = WarningPainter(words, every_client=True)
        self.crumbs = Crumbs(words)
        self.list: RowList[WarningRow] = RowList(words, painter.draw)
        self.heads = RowHeads(words, painter.titles, self.list.lead)
        self.pane = Block(words, id="pane")
        self.pane.can_focus = False

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.heads
        yield self.list
        yield self.pane
        yield KeyBar(self.services.words, [*commands_of(Area.WARNINGS), Undo, Help])

    def on_mount(self) -> None:
        """From the overview, whose headline counts them, all are shown; else those of the client."""
        from tui.screens.overview import OverviewScreen

        if any(isinstance(under, OverviewScreen) for under in self.app.screen_stack[-2:-1]):
            self.client_id = None

    def watch_board(self, board: Board | None) -> None:
        """Something was written: look again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    def _read(self) -> None:
        """Look in a thread; while that lasts, another look waits for its end."""
        if self._job is not None and not self._job.is_finished:
            self._read_again = True
            return
        self._read_again = False
        work = partial(_read, self.services)
        self._job = start_job(self, work, group="warnings", description="looking for warnings")

    @on(WarningsRead)
    def _take(self, message: WarningsRead) -> None:
        self._job = None
        self.data = message.data
        self._show()
        if self._read_again:
            self._read()

    def _wanted(self) -> list[Seen]:
        """The warnings of the client in question that hold all words of the filter."""
        seen = self.data.seen.values() if self.data is not None else ()
        return [
            each
            for each in seen
            if (self.client_id is None or self.client_id in {one.id for one in each.line.clients})
            and all(needle in each.haystack for needle in self.needles)
        ]

    def _show(self) -> None:
        """Draw what is wanted."""
        if self.data is None:
            return
        painter = WarningPainter(self.services.words, every_client=self.client_id is None)
        self.list.draw_with(painter.draw)
        self.heads.titles = painter.titles
        self.heads.refresh()
        wanted = self._wanted()
        rows = [each.row for each in wanted if self.hidden or not each.row.hidden]
        quiet = sum(bool(each.row.hidden) for each in wanted)
        self._entitle(len(wanted) - quiet, quiet)
        self.list.show(rows, self._nothing(any_hidden=len(rows) < len(wanted)))

    def _nothing(self, *, any_hidden: bool) -> str:
        """What is said where no warning is left."""
        text = self.services.words.text
        if self.needles:
            return text("No such warnings: Esc shows all")
        if any_hidden:
            return text("All is quiet: {key} shows what is hidden", key=first_key(self, ShowHidden))
        return text("All is quiet")

    def _entitle(self, shown: int, hidden: int) -> None:
        words = self.services.words
        clients = {client.id: client.name for client in self.board.clients} if self.board else {}
        name = words.text("All clients") if self.client_id is None else clients.get(self.client_id, "")
        count = words.plural("{n} warning", "{n} warnings", shown)
        if hidden:
            count += " · " + words.plural("{n} hidden", "{n} hidden", hidden)
        self.crumbs.parts = tuple(part for part in (name, words.text("Warnings"), count) if part)

    @property
    def seen(self) -> Seen | None:
        """The warning under the cursor."""
        row = self.list.current
        return self.data.seen.get(row.key) if self.data is not None and row is not None else None

    @on(RowList.Moved)
    def _describe(self) -> None:
        seen = self.seen
        if seen is None:
            self.pane.show(lambda width: ())  # noqa: ARG005 - what a block asks for
        else:
            words, client = self.services.words, seen.client
            own = client.kind is ClientKind.SELF
            key_of = partial(first_key, self)
            step = step_text(words, seen.line.warning, client.name, key_of, Area.WARNINGS, own=own)
            self.pane.show(partial(pane_rows, words, seen, step, key_of(OpenWarning)))

    def selection(self) -> Selection:
        """The client, and the goal, of the warning under the cursor."""
        seen = self.seen
        if seen is None:
            return Selection(self.client_id, None)
        goal = seen.line.warning.goal
        row = row_of(self.board, goal.goal_id) if goal is not None else None
        return Selection(seen.client.id, row)

    @on(RowList.Opened)
    def action_open_cause(self) -> None:
        """Open what the warning is about; Esc comes back here."""
        seen = self.seen
        if seen is None:
            return
        warning, client = seen.line.warning, seen.client
        if seen.cause is Cause.GOAL and warning.goal is not None:
            self.post_message(OpenGoal(GoalId(warning.goal.goal_id)))
        elif seen.cause is Cause.POSTS:
            from tui.screens.posts import PostsScreen

            self._push(PostsScreen(self.services, client.id, warning.topic))
        elif seen.cause is Cause.ACCOUNT:
            from tui.screens.accounts import AccountsScreen

            self._push(AccountsScreen(self.services, client.id, warning.account_id))
        elif seen.cause in {Cause.AGREEMENT, Cause.CALL}:
            self._push(make_section(seen.cause.value, self.services, client.id))
        else:
            self.post_message(OpenClient(client.id))

    def _push(self, screen: SectionScreen) -> None:
        from tui.app import SmmApp

        self.app.push_screen(screen.data_bind(SmmApp.board, SmmApp.sync_state))

    def action_acknowledge(self) -> None:
        """Note that one knows of the warning; show a hidden one again."""
        seen = self.seen
        if seen is not None:
            change = showing_again if seen.row.hidden else acknowledging
            self.writing.change(change(self.services, seen.line))

    def action_snooze(self) -> None:
        """Ask until when the warning is to be hidden."""
        from tui.screens.snooze_form import SnoozeForm

        if self.seen is not None and self.data is not None:
            form = SnoozeForm(self.services, self.seen.line, self.data.today)
            self.app.push_screen(form, self.writing.finished)

    def action_snooze_week(self) -> None:
        """Hide the warning for a week."""
        if self.seen is not None and self.data is not None:
            today = self.data.today
            self.writing.change(snoozing(self.services, self.seen.line, today + _WEEK, today))

    def action_show_hidden(self) -> None:
        """Show what is hidden too, or hide it again."""
        self.hidden = not self.hidden
        self._show()

    def action_every_client(self) -> None:
        """The warnings of all clients, or those of the one under the cursor."""
        here = self.selection().client_id
        self.client_id = None if self.client_id is not None else ClientId(here) if here else self._home
        self._show()

    def action_filter(self) -> None:
        """Type words to leave only the warnings that hold them."""
        if self.box is None:
            self.box = FilterBox(self.services.words, self.needles)
            self.box.placeholder = self.services.words.text("client, manager or words of the warning")
            self.mount(self.box, before=self.pane)
        self.box.focus()

    @on(FilterBox.Filtered)
    def _filter(self, message: FilterBox.Filtered) -> None:
        self.needles = message.words
        self._show()

    @on(FilterBox.Left)
    def _left_filter(self, message: FilterBox.Left) -> None:
        if message.cleared:
            self._clear_filter()
        self.list.focus()

    def _clear_filter(self) -> None:
        if self.box is not None:
            self.box.remove()
            self.box = None
        self.needles = ()
        self._show()

    def go_back(self) -> None:
        """Take the filter away, else leave."""
        if self.box is not None or self.needles:
            self._clear_filter()
            self.list.focus()
        else:
            super().go_back()


def _read(services: Services) -> Message:
    return WarningsRead(read_warnings(services))
