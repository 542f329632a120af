"""The form of one's work: «15000» is income, «2,5» or «2:30» are hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.model import ClientId
from goals.records import Entry
from store.days import today_of
from tui.rewriting import telling
from tui.rhythm.own_changes import log_change
from tui.screens.form import FormScreen
from tui.widgets.field import Field, choice_field, day_field, text_field
from wording.goals import logged, metric_name
from wording.typed import day_problem, read_day
from work.hours import DAY_HOURS, read_work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.dom import DOMNode

    from goals.model import Client
    from tui.changes import Change
    from tui.services import Services


class WorkForm(FormScreen):
    """Asks how much, for whom and when; the first line alone is enough."""

    def __init__(
        self, services: Services, clients: Sequence[Client], client_id: ClientId, screen: DOMNode
    ) -> None:
        super().__init__(services, services.words.text("Income or hours"))
        self.clients = {str(client.id): client for client in clients}
        self.client_id = client_id
        self.told = screen

    def build(self) -> list[Field]:
        """How much, for whom, when."""
        text = self.services.words.text
        names = [(key, client.name) for key, client in self.clients.items()]
        return [
            text_field(
                "figure", text("how much"), placeholder=text("15000 is income, 2.5 or 2:30 are hours")
            ),
            choice_field("client", text("client"), names, str(self.client_id)),
            day_field("day", text("day"), text("today")),
        ]

    def check(self) -> Change | None:
        """Read the figure and say what it means; what logs it, or None."""
        words, client = self.services.words, self.clients[self.value("client")]
        today = today_of(client, self.services.now())
        found, day = read_work(self.value("figure")), self._day(today)
        wrong = "" if found else words.text("how much? For example 15000, 2.5 or 2:30")
        if found and found[0] == "hours" and not 0 < found[1] <= DAY_HOURS:
            wrong = words.text("A day has no {n} hours", n=words.number(found[1], 2))
        self.judge("figure", wrong)
        self.judge("client", "")
        if found is None or wrong or day is None:
            self.verdict("")
            return None
        metric, amount = found
        sentence = words.text(
            "{what}: {amount} on {day}",
            what=metric_name(words, metric),
            amount=logged(words, metric, amount),
            day=words.day(day, today),
        )
        sentence = f"{client.name} · {sentence}"
        self.verdict(sentence)
        entry = Entry(0, client.id, metric, day, amount, "", self.services.author, self.services.now())
        return telling(self.told, log_change(self.services, entry, sentence))

    def _day(self, today: date) -> date | None:
        said = self.value("day")
        day = read_day(said, today)
        wrong = "" if day else day_problem(self.services.words, said, today)
        if day is not None and day > today:
            wrong = self.services.words.text("this day is still to come")
        self.judge("day", wrong)
        return None if wrong else day
