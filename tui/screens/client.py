"""One client: its goals, its accounts and how fresh they are, what is planned, days off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from goals.board import GoalRow
from goals.model import GoalId
from tui.client_texts import accounts_text, days_off_text, planned_text
from tui.commands import Area, commands_of
from tui.details import ClientDetail, read_client
from tui.jobs import start_job
from tui.lines import View
from tui.screens.work import OpenGoal, Selection, WorkScreen, group_of
from tui.widgets.goal_list import GoalList
from tui.widgets.heads import ColumnHeads, Crumbs, Detail, KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import Client, ClientId
    from tui.services import Services


@dataclass
class ClientRead(Message):
    """What is known about the client."""

    detail: ClientDetail


class ClientScreen(WorkScreen):
    """A client's own screen."""

    AUTO_FOCUS = "GoalList"
    DEFAULT_CSS = """
    ClientScreen {
        & GoalList { height: auto; max-height: 50%; }
        & #client-page { height: 1fr; scrollbar-size-vertical: 1; }
        & Static { padding: 0 1; height: auto; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId) -> None:
        super().__init__(services)
        words = services.words
        self.client_id = client_id
        self.crumbs = Crumbs(words)
        self.list = GoalList(words, first=1)
        self.line = Detail(words)
        self.accounts = Static(markup=False)
        self.planned = Static(markup=False)
        self.days_off = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        words = self.services.words
        yield self.crumbs
        yield ColumnHeads(words)
        yield self.list
        yield self.line.data_bind(WorkScreen.board)
        with VerticalScroll(id="client-page"):
            yield self.accounts
            yield self.planned
            yield self.days_off
        yield KeyBar(words, commands_of(Area.EVERYWHERE, Area.LIST))

    def watch_board(self, board: Board | None) -> None:
        """New figures: this client's goals, and the rest read again."""
        group = group_of(board, self.client_id)
        if board is None or group is None:
            return
        self.crumbs.parts = (group.client.name,)
        self.crumbs.demo = board.demo
        self.list.view = View({group.client.id: True})
        self.list.board = replace(board, groups=(group,))
        start_job(self, partial(self._read, group.client), group="client", description="reading the client")

    def _read(self, client: Client) -> Message:
        with self.services.open_reader() as reader:
            return ClientRead(read_client(reader, client, self.services.now()))

    @on(ClientRead)
    def _show(self, message: ClientRead) -> None:
        if self.board is None:
            return
        words, board, detail = self.services.words, self.board, message.detail
        self.accounts.update(accounts_text(words, detail, board.now))
        self.planned.update(planned_text(words, detail))
        self.days_off.update(days_off_text(words, detail))

    def selection(self) -> Selection:
        """The goal under the cursor."""
        line = self.list.current
        return Selection(self.client_id, line if isinstance(line, GoalRow) else None)

    @on(GoalList.Moved)
    def _describe(self, message: GoalList.Moved) -> None:
        self.line.line = message.line

    @on(GoalList.Opened)
    def _open(self, message: GoalList.Opened) -> None:
        if isinstance(message.line, GoalRow):
            self.post_message(OpenGoal(GoalId(message.line.goal_id)))
