"""The form that logs by hand: a figure, or a piece of content that is done or planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from connectors.clean import clean
from goals.amounts import doubtful_amount
from goals.metrics import CATALOGUE, METRICS, Source, Unit
from goals.model import AccountId, ClientId, PostKind, PostState
from goals.records import Entry
from store.changes import ObservedPost
from store.days import today_of
from tui.changes import Done, Undo
from tui.jobs import start_job
from tui.screens.form import FormScreen
from tui.widgets.field import Field, choice_field, day_field, text_field
from wording.content import post_kind_word
from wording.goals import logged, metric_name, network_name
from wording.typed import day_problem, day_text, read_amount, read_day, read_topic

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.metrics import Metric
    from goals.workcalendar import WorkCalendar
    from store.contract import Writer
    from tui.changes import Change
    from tui.screens.goal_form import FormFacts
    from tui.services import Services

_POST = "post:"
_DAY_HOURS = 24.0


@dataclass
class LoggedRead(Message):
    """The figures that the client has so far, by metric."""

    known: dict[str, list[float]]


class LogForm(FormScreen):
    """Asks what was done, when, and how much of it."""

    def __init__(
        self, services: Services, facts: FormFacts, client_id: ClientId, goal: GoalRow | None
    ) -> None:
        client = next(client for client in facts.clients if client.id == client_id)
        super().__init__(services, services.words.text("Log by hand: {client}", client=client.name))
        self.facts = facts
        self.client_id = client_id
        self.goal = goal
        self.accounts = [account for account in facts.accounts if account.client_id == client_id]
        self.today = today_of(client, services.now())
        self.known: dict[str, list[float]] = {}
        self._asked: tuple[str, float] | None = None

    def on_mount(self) -> None:
        """Read what was logged so far, to tell what is hardly meant."""

        def read() -> Message:
            known: dict[str, list[float]] = {}
            with self.services.open_reader() as reader:
                for entry in reader.entries(self.client_id):
                    known.setdefault(entry.metric, []).append(entry.amount)
            return LoggedRead(known)

        start_job(self, read, group="logged", description="reading what was logged")

    @on(LoggedRead)
    def _take_logged(self, message: LoggedRead) -> None:
        self.known = message.known

    def action_save(self) -> None:
        """Save; a figure that is hardly meant is asked about first, and saved when that is said again."""
        what = self.value("what")
        if self.is_ready and not what.startswith(_POST):
            amount = read_amount(self.value("amount"), METRICS[what])
            doubt = "" if amount is None else self._doubt(METRICS[what], amount)
            if doubt and amount is not None and self._asked != (what, amount) and self.check() is not None:
                self._asked = (what, amount)
                self.verdict(doubt, wrong=True)
                return
        super().action_save()

    def _doubt(self, metric: Metric, amount: float) -> str:
        """The question about a figure far beyond what there was, or what a day can hold; empty: none."""
        words, known = self.services.words, self.known.get(metric.name, [])
        if doubtful_amount(metric, amount, known) is None:
            return ""
        told = f"{metric_name(words, metric.name)}, {logged(words, metric.name, amount)}"
        if known:
            largest = logged(words, metric.name, max(known, key=abs))
            doubt = words.text("{figure}: the most so far was {largest}", figure=told, largest=largest)
        else:
            doubt = words.text("{figure}: that is very much", figure=told)
        return words.text("{doubt}. Enter once more if it is meant", doubt=doubt)

    def build(self) -> list[Field]:
        """What, then either the figure or the content's account and topic."""
        text = self.services.words.text
        words = self.services.words
        accounts = [
            (str(a.id), f"{network_name(words, a.network)}: {a.title or a.handle}") for a in self.accounts
        ]
        topics = self.facts.topics.get(self.client_id, ())
        fields = [
            choice_field("what", text("what"), self._things(), self._likely()),
            text_field("amount", text("amount"), placeholder=text("4 875, 10K")),
        ]
        if accounts:
            fields += [
                choice_field("account", text("account"), accounts, self._account()),
                text_field(
                    "topic", text("topic"), (self.goal and self.goal.topic) or "", text("none"), topics
                ),
                text_field("link", text("link"), placeholder=text("of the post, if there is one")),
            ]
        return [
            *fields,
            day_field("day", text("day"), day_text(self.today)),
            text_field("note", text("note"), placeholder=text("in a few words, may be empty")),
        ]

    def _things(self) -> list[tuple[str, str]]:
        words = self.services.words
        posts = [(_POST + kind, post_kind_word(words, kind)) for kind in PostKind] if self.accounts else []
        manual = [(m.name, metric_name(words, m.name)) for m in CATALOGUE if m.source is Source.MANUAL]
        return posts + manual

    def _likely(self) -> str:
        """What is most likely logged for the goal under the cursor."""
        if self.goal is None:
            return _POST + PostKind.POST
        metric = METRICS[self.goal.metric]
        if metric.source is Source.MANUAL:
            return metric.name
        return _POST + (metric.post_kinds[0] if metric.post_kinds else PostKind.POST)

    def _account(self) -> str:
        goal = self.goal
        for account in self.accounts:
            if goal and (account.id == goal.account_id or account.network == goal.network):
                return str(account.id)
        return str(self.accounts[0].id)

    def check(self) -> Change | None:
        """Check the fields; what logs it, or None."""
        what = self.value("what")
        content = what.startswith(_POST)
        for name in ("account", "topic", "link"):
            if name in self.fields:
                self.fields[name].display = content
        self.fields["amount"].display = not content
        day = self._day(future=content)
        amount = None if content else self._amount(what)
        if day is None or (amount is None and not content):
            self.verdict("")
            return None
        if content:
            return self._content(PostKind(what.removeprefix(_POST)), day)
        return self._figure(what, day, amount or 0.0)

    def day_choice(self) -> tuple[date, WorkCalendar]:
        """The day that it is for the client, and the working days."""
        return self.today, self.facts.calendar

    def _day(self, *, future: bool) -> date | None:
        """The day that was typed; only what is planned may be still to come."""
        text = self.services.words.text
        said = self.value("day")
        day = read_day(said, self.today)
        wrong = "" if day else day_problem(self.services.words, said, self.today)
        if day is not None and day > self.today and not future:
            wrong = text("this day is still to come")
        self.judge("day", wrong)
        return None if wrong else day

    def _amount(self, metric: str) -> float | None:
        text = self.services.words.text
        number = read_amount(self.value("amount"), METRICS[metric])
        wrong = text("how much? For example 300, 10K or 1.5M") if number is None else ""
        if number is not None and METRICS[metric].unit is Unit.HOURS and not 0 < number <= _DAY_HOURS:
            wrong = text("A day has no {n} hours", n=self.services.words.number(number, 2))
        self.judge("amount", wrong)
        return None if wrong else number

    def _content(self, kind: PostKind, day: date) -> Change:
        words = self.services.words
        planned = day > self.today
        state = PostState.PLANNED if planned else PostState.PUBLISHED
        account_id = AccountId(int(self.value("account")))
        topic = read_topic(self.value("topic"), self.facts.topics.get(self.client_id, ()))
        post = ObservedPost(
            network_id=None,
            kind=kind,
            state=state,
            day=day,
            published_at=self.services.now() if day == self.today else None,
            url=clean(self.value("link")),
            text=clean(self.value("note")),
            topics=(topic,) if topic else (),
        )
        name, when = post_kind_word(words, kind), words.day(day, self.today)
        sentence = (
            words.text("Planned: {what} on {day}", what=name, day=when)
            if planned
            else words.text("Done: {what} on {day}", what=name, day=when)
        )
        self.verdict(sentence)
        return lambda writer: self._save_post(writer, account_id, post, sentence)

    def _save_post(self, writer: Writer, account_id: AccountId, post: ObservedPost, sentence: str) -> Done:
        from store.refresh import refresh_accounts

        now = self.services.now()
        post_id = writer.add_post(account_id, post, author=self.services.author, now=now)
        self.services.match(writer)
        refresh_accounts(writer, [account_id], now)

        def undo(later: Writer) -> str:
            later.remove_post(post_id)
            refresh_accounts(later, [account_id], self.services.now())
            return self.services.words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    def _figure(self, metric: str, day: date, amount: float) -> Change:
        words = self.services.words
        sentence = words.text(
            "{what}: {amount} on {day}",
            what=metric_name(words, metric),
            amount=logged(words, metric, amount),
            day=words.day(day, self.today),
        )
        self.verdict(sentence)
        note = clean(self.value("note"))
        entry = Entry(0, self.client_id, metric, day, amount, note, self.services.author, self.services.now())
        return lambda writer: self._save_entry(writer, entry, sentence)

    def _save_entry(self, writer: Writer, entry: Entry, sentence: str) -> Done:
        from store.refresh import refresh_accounts

        number = writer.log_entry(entry)
        account_id = writer.manual_account(entry.client_id)
        refresh_accounts(writer, [account_id], self.services.now())

        def undo(later: Writer) -> str:
            later.remove_entry(number)
            refresh_accounts(later, [account_id], self.services.now())
            return self.services.words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))
