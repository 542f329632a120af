"""The form of days off: from when to when, why, for one client or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.records import DayOff
from store.days import today_of
from tui.client.days import add_with_undo
from tui.screens.form import FormScreen
from tui.widgets.field import Field, choice_field, text_field
from wording.typed import day_problem, day_text, read_day

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Client
    from tui.changes import Change
    from tui.services import Services


class DaysOffForm(FormScreen):
    """Asks for days off, beginning with one day."""

    def __init__(self, services: Services, client: Client, day: date) -> None:
        super().__init__(services, services.words.text("Days off: {client}", client=client.name))
        self.client = client
        self.day = day
        self.today = today_of(client, services.now())

    def build(self) -> list[Field]:
        """The days, the reason, and whose they are."""
        text = self.services.words.text
        whose = [("one", text("of this client")), ("all", text("of all clients"))]
        return [
            text_field("why", text("why"), placeholder=text("holiday, illness, the client is away")),
            text_field("first", text("from"), day_text(self.day)),
            text_field("last", text("until"), day_text(self.day)),
            choice_field("whose", text("whose"), whose, "one"),
        ]

    def check(self) -> Change | None:
        """Check the days; what adds them, or None."""
        text = self.services.words.text
        reason = clean(self.value("why"))
        first, last = self._day("first"), self._day("last")
        self.judge("why", "" if reason else text("say why in a few words"))
        if first is None or last is None:
            return None
        if last < first:
            self.judge("last", text("the last day comes before the first"))
            return None
        days = (last - first).days + 1
        self.verdict(self.services.words.plural("{n} day off", "{n} days off", days))
        if not reason:
            return None
        owner = self.client.id if self.value("whose") == "one" else None
        day_off = DayOff(0, owner, first, last, reason)
        return lambda writer: add_with_undo(self.services, writer, day_off)

    def _day(self, name: str) -> date | None:
        said = self.value(name)
        day = read_day(said, self.today)
        self.judge(name, "" if day else day_problem(self.services.words, said, self.today))
        return day
