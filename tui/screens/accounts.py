"""Accounts and updates: how fresh each account is, what went wrong, and a running update as it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from goals.model import AccountId, ClientId
from tui.accounts.lines import (
    AccountPainter,
    AccountRow,
    AccountRowLine,
    AccountsData,
    AccountSeen,
    account_rows,
    read_accounts,
    run_rows,
)
from tui.commands.accounts import AddAccount, EveryClient, StopUpdate
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Help, NewClient, Undo
from tui.jobs import start_job
from tui.keyed import first_key
from tui.screens.work import OpenClient, SectionScreen, Selection
from tui.services import EVERYTHING, SyncScope
from tui.widgets.block import Block
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowHeads, RowList
from tui.widgets.sync_progress import SyncProgress, totals_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.worker import Worker

    from goals.board import Board
    from store.contract import Reader
    from tui.app import SmmApp
    from tui.screens.form import FormScreen
    from tui.services import Services
    from tui.sync_state import SyncState


@dataclass
class AccountsRead(Message):
    """The accounts of a client (None: of all) as they are stored now."""

    client_id: ClientId | None
    data: AccountsData


@dataclass
class FormRead(Message):
    """What a form needs has been read: `make` builds it."""

    make: Callable[[], FormScreen]


class AccountsScreen(SectionScreen):
    """Accounts by client; under them the one under the cursor, and the last updates.

    `account_id` is where the cursor begins.
    """

    AREA: ClassVar[Area | None] = Area.ACCOUNTS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.ACCOUNTS))
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    AccountsScreen Block { margin: 0; border-top: solid $panel; }
    AccountsScreen #account { height: 6; }
    AccountsScreen #runs { height: auto; max-height: 4; }
    AccountsScreen.-tall #account { height: 9; }
    AccountsScreen.-tall #runs { max-height: 10; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012 - declared so by Textual

    def __init__(
        self, services: Services, client_id: ClientId | None, account_id: AccountId | None = None
    ) -> None:
        super().__init__(services, client_id)
        words = services.words
        painter = AccountPainter(words)
        self.data: AccountsData | None = None
        self._home = client_id
        self._at = account_id
        self._job: Worker[None] | None = None
        self._read_again = False
        self.crumbs = Crumbs(words)
        self.progress = SyncProgress(words)
        self.list: RowList[AccountRowLine] = RowList(words, painter.draw)
        self.heads = RowHeads(words, painter.titles, self.list.lead)
        self.about = Block(words, id="account")
        self.runs = Block(words, words.text("Last updates"), id="runs")
        self.keys = KeyBar(words, [*commands_of(Area.ACCOUNTS), Undo, Help])
        for block in (self.about, self.runs):
            block.can_focus = False

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        yield self.crumbs
        yield self.progress
        yield self.heads
        yield self.list
        yield self.about
        yield self.runs
        yield self.keys

    def on_mount(self) -> None:
        """From the overview all accounts are shown, the cursor on those of the client; else the client's."""
        from tui.screens.overview import OverviewScreen

        if any(isinstance(under, OverviewScreen) for under in self.app.screen_stack[-2:-1]):
            self.client_id = None

    @property
    def smm(self) -> SmmApp:
        """The app, as what runs updates and is written through."""
        from tui.app import SmmApp

        app = self.app
        if not isinstance(app, SmmApp):
            raise TypeError(type(app).__name__)
        return app

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the accounts again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    def watch_sync_state(self, state: SyncState) -> None:
        """Show how the update goes; at its end, read what came of it."""
        self.keys.offered = (StopUpdate, AddAccount, EveryClient, Help) if state.running else ()
        self._show_progress()
        if not state.running and state.ended is not None:
            self._read()

    def _show_progress(self) -> None:
        state, data = self.sync_state, self.data
        seen = data.seen.values() if data is not None else ()
        totals = totals_of(((one.account, one.client.name) for one in seen), state.scope)
        self.progress.show_state(state, totals, data.running if data is not None else {})

    def _read(self) -> None:
        """Read in a thread; while that lasts, another reading waits for its end."""
        if self._job is not None and not self._job.is_finished:
            self._read_again = True
            return
        self._read_again = False
        work = partial(self._accounts_of, self.client_id)
        self._job = start_job(self, work, group="accounts", description="reading the accounts")

    def _accounts_of(self, client_id: ClientId | None) -> Message:
        with self.services.open_reader() as reader:
            return AccountsRead(client_id, read_accounts(self.services, reader, client_id))

    @on(AccountsRead)
    def _take(self, message: AccountsRead) -> None:
        self._job = None
        if message.client_id == self.client_id:
            self._show(message.data)
        if self._read_again or message.client_id != self.client_id:
            self._read()

    def _show(self, data: AccountsData) -> None:
        words, first = self.services.words, self.data is None
        self.data = data
        client = data.clients.get(self.client_id) if self.client_id is not None else None
        name = client.name if client is not None else words.text("All clients")
        count = words.plural("{n} account", "{n} accounts", len(data.seen))
        self.crumbs.parts = (name, words.text("Accounts and updates"), count)
        self.list.show(data.rows, self._nothing())
        self.runs.show(partial(run_rows, self.services, data.runs))
        if first:
            self._begin()
        self._show_progress()

    def _begin(self) -> None:
        """Put the cursor on the account that was asked for, else on the first of the client."""
        seen = self.data.seen.values() if self.data is not None else ()
        wanted = [one.account.id for one in seen if self._at is None and one.client.id == self._home]
        for account_id in (self._at, *wanted[:1]):
            if account_id is not None:
                self.list.move_to_key(account_id)

    def _nothing(self) -> str:
        """What is said where there is no account."""
        text = self.services.words.text
        if self.data is None or not self.data.clients:
            return text("No client yet: {key} adds one", key=first_key(self, NewClient))
        return text("No account yet: {key} adds one by its link", key=first_key(self, AddAccount))

    @property
    def seen(self) -> AccountSeen | None:
        """The account under the cursor."""
        row = self.list.current
        return self.data.seen.get(row.key) if self.data is not None and isinstance(row, AccountRow) else None

    @on(RowList.Moved)
    def _describe(self) -> None:
        seen = self.seen
        if seen is None:
            self.about.show(lambda width: ())  # noqa: ARG005 - what a block asks for
        else:
            self.about.show(partial(account_rows, self.services, seen))

    def selection(self) -> Selection:
        """The client of the account under the cursor."""
        seen = self.seen
        return Selection(seen.client.id if seen is not None else self.client_id, None)

    @on(RowList.Opened)
    def action_open_client(self) -> None:
        """Open the client of the account."""
        if self.seen is not None:
            self.post_message(OpenClient(self.seen.client.id))

    def action_sync_all(self) -> None:
        """Update every account."""
        self._sync(EVERYTHING)

    def action_sync_one(self) -> None:
        """Update the account under the cursor."""
        if self.seen is not None:
            self._sync(SyncScope(account=self.seen.account.id))

    def action_sync_client(self) -> None:
        """Update the accounts of the client under the cursor."""
        if self.seen is not None:
            self._sync(SyncScope(client=self.seen.client.name))

    def _sync(self, scope: SyncScope) -> None:
        if self.sync_state.running:
            self._tell(self.services.words.text("An update is running already: wait for it, or stop it"))
        else:
            self.smm.start_sync(scope)

    def action_stop(self) -> None:
        """End the running update."""
        if self.sync_state.running:
            self.smm.stop_sync()
        else:
            self._tell(self.services.words.text("No update is running from here"))

    def _tell(self, sentence: str) -> None:
        self.smm.tell(sentence, severity="warning")

    def action_add_account(self) -> None:
        """Ask for the link of a new account."""
        from tui.screens.account_form import AccountForm, read_account_facts

        here = self.selection().client_id
        if self.data is not None and not self.data.clients:
            self.smm.action_new_client()
            return

        def read(reader: Reader) -> Callable[[], FormScreen]:
            facts = read_account_facts(reader, ClientId(here) if here is not None else None)
            return lambda: AccountForm(self.services, facts)

        self._open(read)

    def action_rename_account(self) -> None:
        """Ask for another name, where no network tells its own."""
        from tui.screens.account_changes import RenameAccountForm

        seen, words = self.seen, self.services.words
        if seen is None:
            return
        if seen.account.network_id is not None or seen.unit is not None:
            self._tell(
                words.text("The network names this account: the name would come back with the next update")
            )
            return
        self.app.push_screen(RenameAccountForm(self.services, seen.account), self.smm.finished)

    def action_remove_account(self) -> None:
        """Ask whether the account is to be put away."""
        from tui.screens.account_changes import RemoveAccountForm

        seen = self.seen
        if seen is None:
            return

        def read(reader: Reader) -> Callable[[], FormScreen]:
            goals = sum(goal.account_id == seen.account.id for goal in reader.goals(seen.client.id))
            return lambda: RemoveAccountForm(self.services, seen.account, goals)

        self._open(read)

    def _open(self, read: Callable[[Reader], Callable[[], FormScreen]]) -> None:
        """Read in a thread what a form needs, then show it."""

        def work() -> Message:
            with self.services.open_reader() as reader:
                return FormRead(read(reader))

        self.smm.typeahead.hold()
        start_job(self, work, group="form", description="reading what the form needs")

    @on(FormRead)
    async def _show_form(self, message: FormRead) -> None:
        await self.app.push_screen(message.make(), self.smm.finished)
        self.smm.typeahead.release()

    def action_every_client(self) -> None:
        """The accounts of all clients, or those of the one under the cursor."""
        here = self.selection().client_id
        self.client_id = None if self.client_id is not None else ClientId(here) if here else self._home
        self._read()
