"""A call with a client on one screen to share: wanted, done, why, to ask; decisions are typed in lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from connectors.clean import TEXT_LIMIT, clean
from goals.model import ClientId, ClientKind
from store.days import today_of
from tui.commands.call import Decide
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import NewClient, NewGoal
from tui.jobs import start_job
from tui.keyed import first_key
from tui.rewriting import Rewritten, telling
from tui.rhythm.call_changes import Keeping, NotKept
from tui.rhythm.call_lines import LEFT, RIGHT, done_rows, part_rows, parts_of
from tui.screens.work import SectionScreen, Selection, group_of, row_of
from tui.widgets.block import Block
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.said import Said
from work.call_page import page_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import Client
    from tui.services import Services
    from work.call_page import Page


@dataclass
class CallRead(Message):
    """What is to be told to the client."""

    page: Page


class CallScreen(SectionScreen):
    """The page of a call; what is one's own business stands on it only where a key asks for it."""

    AREA: ClassVar[Area | None] = Area.CALL
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.CALL))
    AUTO_FOCUS = "#call-done"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual
    DEFAULT_CSS = """
    CallScreen {
        & #call-page { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1; }
        & #call-columns { height: auto; layout: vertical; }
        & #call-left, & #call-right { height: auto; width: 1fr; }
        &.-wide #call-columns { layout: horizontal; }
        &.-wide #call-right { width: 40%; min-width: 48; max-width: 80; margin: 0 0 0 2; }
        & #line { display: none; width: 1fr; padding: 0 1; }
        & #line.-asked { display: block; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        self.page: Page | None = None
        self.internal = False
        self.is_note = False
        self.crumbs = Crumbs(words)
        self.blocks = {name: Block(words, id=f"call-{name}") for name in (*LEFT, *RIGHT)}
        self.line = Input(id="line", compact=True, max_length=TEXT_LIMIT, select_on_focus=False)
        self.hint = Said(words)
        self.hint.display = False

    def compose(self) -> ComposeResult:
        """The page, side by side where there is room; under it the line to type in."""
        yield self.crumbs
        with VerticalScroll(id="call-page", can_focus=False), Vertical(id="call-columns"):
            with Vertical(id="call-left"):
                for name in LEFT:
                    yield self.blocks[name]
            with Vertical(id="call-right"):
                for name in RIGHT:
                    yield self.blocks[name]
        yield self.hint
        yield self.line
        yield KeyBar(self.services.words, commands_of(Area.CALL, Area.EVERYWHERE))

    @property
    def client(self) -> Client | None:
        """The client whose call it is; without one under the cursor, the one with the most urgent goal."""
        groups = self.board.groups if self.board else ()
        if self.client_id is None and groups:
            people = [group.client for group in groups if group.client.kind is not ClientKind.SELF]
            self.client_id = (people or [groups[0].client])[0].id
        group = group_of(self.board, self.client_id) if self.client_id is not None else None
        return group.client if group else None

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the page again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    @on(Rewritten)
    def _read(self) -> None:
        client = self.client
        if client is None:
            self._say_nothing()
            return
        start_job(self, partial(self._page, client), group="call", description="reading the page of the call")

    def _page(self, client: Client) -> Message:
        services = self.services
        today = today_of(client, services.now())
        with services.open_reader() as reader:
            return CallRead(page_of(reader, client, today, today))

    @on(CallRead)
    def _take(self, message: CallRead) -> None:
        if message.page.client.id == self.client_id:
            first = self.page is None
            self.page = message.page
            self._show()
            if first:
                self._focus_first()

    def _show(self) -> None:
        page, words = self.page, self.services.words
        if page is None:
            return
        day = words.day(page.day, page.today)
        self.crumbs.parts = (words.text("Call"), page.client.name, day)
        parts = parts_of(words, page)
        for name, block in self.blocks.items():
            head, lines = parts.get(name, ("", ()))
            block.title = head
            if name == "done":
                block.show(partial(done_rows, words, page, lines, self.internal))
            else:
                block.show(partial(part_rows, name, lines))
        self._say_nothing()

    def _say_nothing(self) -> None:
        """Lead on where there is nothing to show."""
        text = self.services.words.text
        said = ""
        if self.client is None:
            said = text("No client yet: {key} adds one", key=first_key(self, NewClient))
        elif self.page is not None and not self.page.rows:
            said = text(
                "No goals to speak of yet: {goal} adds one, {decide} notes a decision",
                goal=first_key(self, NewGoal),
                decide=first_key(self, Decide),
            )
        self.hint.said = ((said, ""),) if said else ()
        self.hint.display = bool(said)

    def _focus_first(self) -> None:
        shown = [block for block in self.blocks.values() if block.display]
        if shown and (self.focused is None or not self.focused.display):
            shown[0].focus()

    def selection(self) -> Selection:
        """The client, and the goal under the cursor."""
        block = self.blocks["done"]
        goal_id = block.key if block.has_focus else None
        goal = row_of(self.board, goal_id) if isinstance(goal_id, int) else None
        return Selection(self.client_id, goal)

    @on(Block.Opened)
    def _decide_about(self, message: Block.Opened) -> None:
        """A decision; on a goal, one about it."""
        self._ask(f"{message.key}=" if isinstance(message.key, int) else "", is_note=False)

    @on(Block.Left)
    def _leave_block(self, message: Block.Left) -> None:
        if message.step > 0:
            self.focus_next(Block)
        else:
            self.focus_previous(Block)

    def action_decide(self) -> None:
        """Type what was decided."""
        self._ask("", is_note=False)

    def action_note(self) -> None:
        """Type what else was said."""
        self._ask("", is_note=True)

    def _ask(self, typed: str, *, is_note: bool) -> None:
        if self.client is None:
            return
        text = self.services.words.text
        self.is_note = is_note
        decide = text("what was decided · goal 3: 3=200, 3=31.12, 3=yes, 3=drop")
        self.line.placeholder = text("what else was said") if is_note else decide
        self.line.value = typed
        self.line.cursor_position = len(typed)
        self.line.add_class("-asked")
        self.line.focus()

    @on(Input.Submitted, "#line")
    def _typed(self) -> None:
        """Keep the line and wait for the next one; an empty line ends it."""
        typed, client = clean(self.line.value, TEXT_LIMIT), self.client
        if not typed or client is None:
            self._close_line()
            return
        self.line.value = ""
        self.writing.change(telling(self, Keeping(self.services, client, typed, self, self.is_note)))

    @on(NotKept)
    def _give_back(self, message: NotKept) -> None:
        """What could not be kept stands in the line again."""
        if not self.line.value:
            self.line.value = message.typed
            self.line.cursor_position = len(message.typed)

    def _close_line(self) -> None:
        self.line.remove_class("-asked")
        shown = [self.blocks["done"], *self.blocks.values()]
        next((block for block in shown if block.display), self).focus()

    def action_show_own(self) -> None:
        """Show what the client need not see, or hide it again."""
        self.internal = not self.internal
        self._show()

    def action_next_client(self, step: int) -> None:
        """The page of another client, in the order of the store; after the last comes the first."""
        clients = [client.id for client in self.board.clients if not client.archived] if self.board else []
        if self.client_id in clients:
            self.client_id = clients[(clients.index(self.client_id) + step) % len(clients)]
            self.page = None
            self._read()

    def go_back(self) -> None:
        """Leave the line that is typed in, else the screen."""
        if self.line.has_class("-asked"):
            self._close_line()
        else:
            self.dismiss()
