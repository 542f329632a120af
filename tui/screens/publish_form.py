"""The form of one line that asks for the link of what came out today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.clean import clean
from tui.rewriting import telling
from tui.rhythm.today_ticks import Publishing
from tui.screens.form import FormScreen
from tui.widgets.field import Field, text_field
from wording.content import post_kind_word
from wording.goals import network_name

if TYPE_CHECKING:
    from datetime import date

    from textual.dom import DOMNode

    from goals.model import Client
    from store.values import PostRow
    from tui.changes import Change
    from tui.services import Services


class PublishForm(FormScreen):
    """Asks for the link of a planned piece that came out; it may be left empty."""

    def __init__(
        self, services: Services, client: Client, row: PostRow, today: date, screen: DOMNode
    ) -> None:
        super().__init__(services, services.words.text("It came out today: {client}", client=client.name))
        self.client = client
        self.row = row
        self.today = today
        self.told = screen

    def build(self) -> list[Field]:
        """The link."""
        text = self.services.words.text
        return [text_field("link", text("link"), self.row.post.url, text("of the post, if there is one"))]

    def check(self) -> Change | None:
        """Check the link; what notes that it came out, or None."""
        words, link = self.services.words, clean(self.value("link"))
        wrong = bool(link) and not link.startswith(("http://", "https://"))
        self.judge("link", words.text("a link begins with https://") if wrong else "")
        kind, network = post_kind_word(words, self.row.post.kind), network_name(words, self.row.network)
        self.verdict(
            words.text(
                "Done: {what} on {day}", what=f"{kind} · {network}", day=words.day(self.today, self.today)
            )
        )
        if wrong:
            return None
        return telling(self.told, Publishing(self.services, self.client, self.row.post, self.today, link))
