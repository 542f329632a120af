"""The form of a new client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.model import ClientKind
from store.changes import NewClient
from store.errors import ExistsError
from tui.screens.form import FormScreen, NotSaved
from tui.widgets.field import Field, choice_field, text_field

if TYPE_CHECKING:
    from store.contract import Writer
    from tui.services import Services


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

    def check(self) -> Callable[[Writer], str] | None:
        """Check the name; what adds the client, or None."""
        text = self.services.words.text
        name = clean(self.value("name"))
        missing = not name
        self.judge("name", text("a name is needed") if missing else "")
        self.verdict("")
        if missing:
            return None
        kind, manager = ClientKind(self.value("kind")), clean(self.value("manager")) or None
        zone = getattr(self.services.zone, "key", "Europe/Moscow")

        def save(writer: Writer) -> str:
            new = NewClient(name, kind, zone, manager)
            writer.add_client(new, author=self.services.author, now=self.services.now())
            return text("Added: {name}. Now its account: smm account add LINK", name=name)

        return save

    def on_not_saved(self, message: NotSaved) -> None:
        """A name that is there already."""
        if isinstance(message.error, ExistsError):
            message.prevent_default()
            self._saving = False
            self.judge("name", self.services.words.text("there is such a client already"))
