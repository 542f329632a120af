"""What was agreed with a client: the version in force, what waits for a yes, all versions; to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from goals.model import ClientKind, GoalId
from tui.agreement.details import AgreementDetail, Swap, read_agreement_detail, read_swaps
from tui.agreement.saving import by_now
from tui.agreement.texts import page_rows, page_text, version_note, version_rows, waiting_rows
from tui.client.promise_texts import agreement_note, agreement_rows
from tui.commands.command import Area, bindings_of, commands_of
from tui.jobs import start_job
from tui.screens.work import OpenGoal, SectionScreen, Selection, WorkScreen, group_of, row_of
from tui.widgets.block import Block, Row, folded
from tui.widgets.heads import Crumbs, KeyBar
from work.agreement_accept import agreed_already
from work.agreement_change import change_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from goals.agreement.terms import Agreement
    from goals.board import Board, GoalRow
    from goals.model import Client, ClientId
    from tui.changes import Done
    from tui.services import Services


@dataclass
class AgreementRead(Message):
    """What was agreed with the client."""

    detail: AgreementDetail


@dataclass
class SwapsRead(Message):
    """The drafts of every other order of the priorities."""

    detail: AgreementDetail
    swaps: Mapping[tuple[tuple[int, ...], bool], Swap]


class AgreementScreen(SectionScreen):
    """The agreement with one client."""

    AREA: ClassVar[Area | None] = Area.AGREEMENT
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.AGREEMENT))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual
    DEFAULT_CSS = """
    AgreementScreen {
        & #agreement-page { height: 1fr; scrollbar-size-vertical: 1; }
        & #columns { height: auto; layout: vertical; }
        & #left, & #right { height: auto; width: 1fr; }
        &.-wide #columns { layout: horizontal; }
        &.-wide #right { margin: 0 0 0 1; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words, text = services.words, services.words.text
        self.detail: AgreementDetail | None = None
        self.version: int | None = None
        self.crumbs = Crumbs(words)
        self.blocks = {
            "waiting": Block(words, text("Waits for a yes"), id="waiting"),
            "lines": Block(words, text("How it is kept"), id="lines"),
            "versions": Block(words, text("Versions"), id="versions"),
            "terms": Block(words, text("Agreement"), id="terms"),
        }

    def compose(self) -> ComposeResult:
        """The page from top to bottom; on a wide screen the terms stand on the right."""
        blocks = self.blocks
        yield self.crumbs
        with VerticalScroll(id="agreement-page", can_focus=False), Vertical(id="columns"):
            with Vertical(id="left"):
                yield blocks["waiting"]
                yield blocks["lines"]
                yield blocks["versions"]
            with Vertical(id="right"):
                yield blocks["terms"]
        mine = commands_of(Area.AGREEMENT)
        taken = {key for command in mine for key in command.keys}
        others = [command for command in commands_of(Area.EVERYWHERE) if not taken.intersection(command.keys)]
        yield KeyBar(self.services.words, [*mine, *others])

    def watch_board(self, board: Board | None) -> None:
        """Something changed: read the agreement again."""
        client = self._client(board)
        if board is None or client is None:
            return
        self.client_id = client.id
        self.crumbs.parts = (client.name, self.services.words.text("Agreement"))
        self.crumbs.demo = board.demo
        start_job(self, partial(self._read, client), group="agreement", description="reading the agreement")

    def _client(self, board: Board | None) -> Client | None:
        """The client under the cursor; where there was none, the first one."""
        if self.client_id is not None:
            group = group_of(board, self.client_id)
            return group.client if group else None
        clients = [group.client for group in board.groups] if board else []
        return next((each for each in clients if each.kind is not ClientKind.SELF), None)

    def _read(self, client: Client) -> Message:
        with self.services.open_reader() as reader:
            return AgreementRead(read_agreement_detail(by_now(self.services), reader, client))

    @on(AgreementRead)
    def _show(self, message: AgreementRead) -> None:
        detail = self.detail = message.detail
        if detail.client.id != self.client_id:
            return
        words, blocks = self.services.words, self.blocks
        if not detail.agreements:
            blocks["terms"].show(self._nothing)
            for name in ("lines", "waiting", "versions"):
                blocks[name].show(lambda width: ())  # noqa: ARG005
        else:
            note = agreement_note(words, detail.card, detail.today)
            blocks["lines"].show(partial(agreement_rows, words, detail.card), note)
            blocks["waiting"].show(partial(waiting_rows, words, detail))
            blocks["versions"].show(partial(version_rows, words, detail))
            self._show_terms()
        if self.focused is None or not self.focused.display:
            next(block for block in blocks.values() if block.display).focus()

    def _nothing(self, width: int) -> list[Row]:
        text, detail = self.services.words.text, self.detail
        if detail is not None and detail.client.kind is ClientKind.SELF:
            said = text("There is no agreement with yourself: your own goals need none")
            return [Row(((line, ""),)) for line in folded(said, width)]
        said = text("Nothing is agreed yet: a client who named no reason will name one at the call")
        step = text("e writes it down, as a text to fill in")
        return [Row(((line, ""),)) for line in folded(said, width)] + [Row(((step, "dim"),), "none")]

    def _shown(self) -> Agreement | None:
        """The version that is shown: the chosen one, else the one in force."""
        detail = self.detail
        if detail is None:
            return None
        return next((each for each in detail.agreements if each.version == self.version), detail.holding)

    def _show_terms(self) -> None:
        detail, agreement = self.detail, self._shown()
        if detail is not None and agreement is not None:
            words = self.services.words
            note = version_note(words, agreement, detail)
            self.blocks["terms"].show(partial(page_rows, words, detail, agreement), note)

    def selection(self) -> Selection:
        """The goal of the line under the cursor."""
        row = self._goal_of(self.blocks["lines"].key) if self.blocks["lines"].has_focus else None
        return Selection(self.client_id, row)

    def _goal_of(self, term: object) -> GoalRow | None:
        card = self.detail.card if self.detail else None
        promises = card.promises if card else ()
        goal_id = next((each.goal_id for each in promises if each.term == term), None)
        return row_of(self.board, goal_id) if goal_id else None

    @on(Block.Opened)
    def _open_block(self, message: Block.Opened) -> None:
        if message.block.id == "versions" and isinstance(message.key, int):
            self.version = message.key
            self._show_terms()
            self.blocks["terms"].focus()
        elif message.block.id == "lines":
            row = self._goal_of(message.key)
            if row is not None:
                self.post_message(OpenGoal(GoalId(row.goal_id)))
            else:
                self._say(self.services.words.text("No goal stands on this line yet: b sets the goals"))

    @on(Block.Left)
    def _leave_block(self, message: Block.Left) -> None:
        self.action_part(message.step)

    def action_part(self, step: int) -> None:
        """To the next part of the page, or the one before."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def _say(self, sentence: str) -> None:
        self.notify(sentence, markup=False)

    def _ready(self, *, agreed: bool = True) -> AgreementDetail | None:
        """What was read; None, with the reason told, where the command has nothing to work on."""
        detail, text = self.detail, self.services.words.text
        if detail is None:
            return None
        if detail.client.kind is ClientKind.SELF:
            self._say(text("There is no agreement with yourself: your own goals need none"))
            return None
        if agreed and not detail.agreements:
            self._say(text("Nothing is agreed yet: e writes it down"))
            return None
        return detail

    def _finished(self, done: Done | None) -> None:
        self.version = None if done is not None else self.version
        self.app.finished(done)  # type: ignore[attr-defined]

    def action_edit(self) -> None:
        """Edit the newest version as a text."""
        from tui.screens.agreement_editor import AgreementEditor

        detail = self._ready(agreed=False)
        if detail is not None:
            self.app.push_screen(AgreementEditor(self.services, detail), self._finished)

    def action_amounts(self) -> None:
        """Change amounts in a form."""
        from tui.screens.agreement_forms import AmountsForm

        detail = self._ready()
        if detail is not None:
            self.app.push_screen(AmountsForm(self.services, detail), self._finished)

    def action_accept(self) -> None:
        """Note the client's yes to the newest version."""
        from tui.screens.agreement_forms import YesForm

        detail = self._ready()
        if detail is None:
            return
        newest = detail.agreements[-1]
        if agreed_already(detail.agreements, newest) is not None:
            self._say(self.services.words.text("Version {n} was agreed already", n=newest.version))
            return
        self.app.push_screen(YesForm(self.services, detail, newest), self._finished)

    def action_line_goals(self) -> None:
        """Set the goals that the lines ask for."""
        from tui.screens.agreement_forms import LineGoalsForm

        detail = self._ready()
        if detail is not None:
            self.app.push_screen(LineGoalsForm(self.services, detail), self._finished)

    def action_order(self) -> None:
        """Draft the other orders of the priorities, then ask for one."""
        detail = self._ready()
        if detail is None:
            return
        if len(detail.newest.priorities) < 2:
            self._say(self.services.words.text("The agreement names fewer than two priorities: e adds one"))
            return

        def read() -> Message:
            with self.services.open_reader() as reader:
                swaps = read_swaps(by_now(self.services), reader, detail.client, detail.agreements)
                return SwapsRead(detail, swaps)

        start_job(self, read, group="swaps", description="drafting the orders of priorities")

    @on(SwapsRead)
    def _ask_order(self, message: SwapsRead) -> None:
        from tui.screens.agreement_forms import OrderForm

        self.app.push_screen(OrderForm(self.services, message.detail, message.swaps), self._finished)

    def action_copy_page(self) -> None:
        """Copy what is to be sent: the draft where a change waits for a yes, else the page."""
        detail, agreement = self._ready(), self._shown()
        if detail is None or agreement is None:
            return
        words = self.services.words
        if detail.waiting is not None and self.version is None:
            self.app.copy_to_clipboard(change_text(words, detail.waiting))
            self._say(words.text("The draft for the client is copied"))
            return
        self.app.copy_to_clipboard(page_text(words, detail, agreement))
        self._say(words.text("Version {n} is copied as one page for the client", n=agreement.version))

    def go_back(self) -> None:
        """Back to the version in force, then leave."""
        if self.version is not None:
            self.version = None
            self._show_terms()
        else:
            WorkScreen.go_back(self)
