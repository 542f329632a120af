"""The first screen of a store without goals: three steps to the first live one, each with Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from goals.model import ClientId, ClientKind, Exactness
from tui.commands.command import Area, bindings_of
from tui.commands.everywhere import Sync
from tui.commands.welcome import NextStep
from tui.drawing.cells import cell, fit
from tui.jobs import start_job
from tui.keyed import first_key
from tui.screens.form import FormScreen
from wording.goals import network_name
from wording.words import NBSP

if TYPE_CHECKING:
    from textual.app import RenderResult

    from goals.board import Board
    from goals.model import Account, Client
    from store.contract import Reader
    from tui.services import Services
    from wording.words import Words

#: The metric that a newcomer knows, and that every network tells.
_AUDIENCE = "audience"
#: The example of a goal: so much more of the audience, a whole number that is easily said.
_SHARE, _LEAST_EXAMPLE = 0.05, 10


class Begun(NamedTuple):
    """How far a newcomer is: the first client, its account, and how many follow that (None: not known).

    `rounded` says that the network tells the audience only so far: «12.3K».
    """

    client: Client | None = None
    account: Account | None = None
    audience: float | None = None
    rounded: bool = False


@dataclass
class BegunRead(Message):
    """How far one is."""

    begun: Begun


@dataclass
class StepReady(Message):
    """What a step's form needs has been read: `make` builds it, `example` is typed into it."""

    make: Callable[[], FormScreen]
    example: str = ""


def read_begun(reader: Reader) -> Begun:
    """The first client with an account, and what is known of it; else the first client."""
    clients = [client for client in reader.clients() if client.kind is not ClientKind.SELF]
    for client in clients:
        accounts = reader.accounts(client.id)
        if accounts:
            account = max(accounts, key=lambda one: (one.last_ok_at is not None, -one.id))
            found = next((one for one in reader.latest([account.id]) if one.metric == _AUDIENCE), None)
            if found is None:
                return Begun(client, account)
            return Begun(client, account, found.value, found.exactness is not Exactness.EXACT)
    return Begun(clients[0] if clients else None)


def example_goal(words: Words, begun: Begun) -> str:
    """A goal that a newcomer may begin with, for the account that is there."""
    if begun.account is None:
        return ""
    wanted = max(_LEAST_EXAMPLE, (begun.audience or 0) * _SHARE)
    step = 10 ** (len(str(int(wanted))) - 1)
    return words.text(
        "+{n} followers in {network} by the end of the month",
        n=int(wanted // step * step),
        network=network_name(words, begun.account.network),
    )


class Welcome(Widget, can_focus=True):
    """The three steps, those that are done ticked; Enter goes on with the next one."""

    AREA: ClassVar[Area] = Area.WELCOME
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.WELCOME))
    DEFAULT_CSS = """
    Welcome { height: 1fr; width: 1fr; padding: 1 3; }
    """

    board: reactive[Board | None] = reactive(None)
    begun: reactive[Begun] = reactive(Begun())

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.words = services.words

    def watch_board(self, board: Board | None) -> None:
        """Something was written: look how far one is."""
        if board is not None:
            start_job(self, self._read, group="welcome", description="reading the first steps")

    def _read(self) -> Message:
        with self.services.open_reader() as reader:
            return BegunRead(read_begun(reader))

    @on(BegunRead)
    def _take(self, message: BegunRead) -> None:
        self.begun = message.begun

    def on_click(self) -> None:
        """A click goes on, as Enter does."""
        self.action_next_step()

    def render(self) -> RenderResult:
        """The steps."""
        text = self.words.text
        parts = [
            Content.styled(text("No goals here yet. Three steps to the first live one:"), "bold"),
            Content(""),
        ]
        for number, (name, done, told, more) in enumerate(self._steps(), 1):
            parts += self._step(number, name, done, told, more)
        parts += [
            Content(""),
            Content.styled(text("To look around first: smm demo"), "$foreground-muted"),
            Content.styled(text("Figures every day by themselves: smm cron install"), "$foreground-muted"),
        ]
        return Content("\n").join(parts)

    def _step(self, number: int, name: str, done: bool, told: str, more: str) -> list[Content]:  # noqa: FBT001 - a step's state
        is_next = number == self._next
        glyph, style = (
            ("✓", "$text-success") if done else ("▸", "bold $text-accent") if is_next else (" ", "")
        )
        said = told if done or not is_next else f"{first_key(self, NextStep)}: {told}"
        room = max(10, self.content_size.width - 20)
        lines = [Content.assemble((f" {glyph} {number}  {fit(name, 11)} ", style), fit(said, room).rstrip())]
        if more and is_next:
            lines.append(Content.styled(" " * 18 + fit(more, room).rstrip(), "$foreground-muted"))
        return lines

    @property
    def _next(self) -> int:
        """The number of the step that comes next."""
        begun = self.begun
        return 1 if begun.client is None else 2 if begun.account is None else 3

    def _steps(self) -> list[tuple[str, bool, str, str]]:
        """Name, whether it is done, what is said, and a line more for the next one."""
        text, begun = self.words.text, self.begun
        client = cell(begun.client.name) if begun.client is not None else text("add it by its name")
        return [
            (text("client"), begun.client is not None, client, ""),
            (
                text("account"),
                begun.account is not None,
                self.account_text(),
                text("Telegram is read without a token: figures are there within a minute"),
            ),
            (text("goal"), False, text("say it in one line, as to a colleague"), self._example()),
        ]

    def account_text(self) -> str:
        """The account with its figure, or how to come to one."""
        words, begun = self.words, self.begun
        if begun.account is None:
            return words.text("paste the link of a channel or community")
        account = begun.account
        name = f"{network_name(words, account.network)} {cell(account.title or account.handle)}"
        if begun.audience is not None:
            told = words.plural("{n} follower", "{n} followers", begun.audience)
            told = f"≈{NBSP}{told}" if begun.rounded else told
        else:
            told = words.text("no figures yet, {key} updates", key=first_key(self, Sync))
        return f"{name}: {told}"

    def _example(self) -> str:
        example = example_goal(self.words, self.begun)
        return self.words.text("for example: {goal}", goal=example) if example else ""

    def action_next_step(self) -> None:
        """Open the form of the next step."""
        begun = self.begun
        if begun.client is None:
            from tui.screens.client_form import ClientForm

            self.post_message(StepReady(partial(ClientForm, self.services)))
            return
        client_id = begun.client.id
        read = self._read_account_form if begun.account is None else self._read_editor
        start_job(self, partial(read, client_id), group="form", description="reading what the form offers")

    def _read_account_form(self, client_id: ClientId) -> Message:
        from tui.screens.account_form import AccountForm, read_account_facts

        with self.services.open_reader() as reader:
            facts = read_account_facts(reader, client_id)
        return StepReady(lambda: AccountForm(self.services, facts))

    def _read_editor(self, client_id: ClientId) -> Message:
        from store.days import today_of
        from tui.screens.goal_editor import GoalEditor
        from tui.screens.goal_form import read_form_facts
        from work.goal_draft import read_known

        with self.services.open_reader() as reader:
            facts = read_form_facts(reader, client_id, None)
            client = next(client for client in facts.clients if client.id == client_id)
            known = read_known(reader, client, today_of(client, self.services.now()), self.services.offers)
            example = example_goal(self.words, read_begun(reader))
        return StepReady(lambda: GoalEditor(self.services, known, facts), example)

    @on(StepReady)
    async def _open(self, message: StepReady) -> None:
        from tui.screens.goal_editor import GoalEditor

        form = message.make()
        await self.app.push_screen(form, self.app.finished)  # type: ignore[attr-defined]
        if isinstance(form, GoalEditor):
            form.line.value = message.example
