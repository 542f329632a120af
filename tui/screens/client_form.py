"""The form of a new client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goals.model import ClientKind
from store.changes import NewClient
from store.errors import ExistsError
from tui.changes import Done
from tui.commands.accounts import AddAccount
from tui.commands.everywhere import Accounts
from tui.keyed import first_key
from tui.screens.form import FormScreen, NotSaved
from tui.widgets.field import Field, choice_field, text_field
from wording.names import (
    name_problem,
    read_manager,
    read_name,
    second_self_sentence,
    twin_of,
    twin_sentence,
)
from wording.validity import field_problem

if TYPE_CHECKING:
    from goals.model import Client
    from store.contract import Writer
    from tui.changes import Change
    from tui.services import Services
    from wording.words import Words


class TakenError(ExistsError):
    """Another client has what the field asks for."""

    def __init__(self, field: str, existing: int, sentence: str) -> None:
        super().__init__(existing)
        self.field = field
        self.sentence = sentence


class ClientForm(FormScreen):
    """Asks for a client's name."""

    def __init__(self, services: Services) -> None:
        super().__init__(services, services.words.text("New client"))

    def build(self) -> list[Field]:
        """Name and kind."""
        text = self.services.words.text
        kinds = [
            (ClientKind.CLIENT.value, text("a client")),
            (ClientKind.SELF.value, text("myself: my own goals")),
        ]
        return [
            text_field("name", text("name"), placeholder=text("as you call the client")),
            choice_field("kind", text("who"), kinds, ClientKind.CLIENT.value),
            text_field(
                "manager", text("manager"), placeholder=text("who looks after the client, if not you")
            ),
        ]

    def check(self) -> Change | None:
        """Check the name; what adds the client, or None."""
        words = self.services.words
        name = read_name(self.value("name"))
        problem = name_problem(words, name)
        self.judge("name", field_problem(problem))
        self.judge("kind", "")
        self.verdict("")
        if problem:
            return None
        kind, manager = ClientKind(self.value("kind")), read_manager(self.value("manager"))
        keys = f"{first_key(self, Accounts)}, {first_key(self, AddAccount)}"
        zone = getattr(self.services.zone, "key", "Europe/Moscow")
        new = NewClient(name, kind, zone, manager)

        def save(writer: Writer) -> Done:
            with writer.together():
                _refuse_taken(words, writer.clients(archived=True), new)
                writer.add_client(new, author=self.services.author, now=self.services.now())
            return Done(words.text("Added: {name}. Now its account: {keys}", name=name, keys=keys))

        return save

    def refused(self, message: NotSaved) -> None:
        """A name that is there already, or a second specialist, is told by its field."""
        if isinstance(message.error, TakenError):
            self.verdict("")
            self.judge(message.error.field, field_problem(message.error.sentence))
        else:
            super().refused(message)


def _refuse_taken(words: Words, clients: Sequence[Client], new: NewClient) -> None:
    """Refuse what another client is already. Raises TakenError."""
    twin = twin_of(clients, new.name)
    if twin is not None:
        raise TakenError("name", twin.id, twin_sentence(words, twin))
    me = next((client for client in clients if client.kind is ClientKind.SELF), None)
    if new.kind is ClientKind.SELF and me is not None:
        raise TakenError("kind", me.id, second_self_sentence(words, me))
