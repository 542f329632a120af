"""The form of a goal: a new one, or one that is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Static

from goals.draft import Letter
from goals.metrics import METRICS, UNNAMED, Source
from goals.model import Account, AccountId, Client, ClientId, Goal, GoalKind, Period
from goals.workcalendar import EVERYDAY, WorkCalendar
from store.days import today_of
from tui.changes import Done, added_goal_undo, goal_undo
from tui.commands.form import Cancel, Save, ToWhatIf
from tui.commands.what_if import Faster, Later, Less, More
from tui.drawing.cells import cell
from tui.goal.editor_texts import letter_text
from tui.goal.figures import FiguresRead, LookUp
from tui.goal.values import FormValues, kind_choices, metric_choices, needs_baseline, scope_id
from tui.screens.form import FormScreen, Newest, NotSaved, read_newest
from tui.widgets.field import LABEL, Field, choice_field, day_field, text_field
from tui.widgets.heads import KeyBar
from tui.widgets.what_if import WhatIf
from wording.changes import Names, changes_text
from wording.goals import PERIODS, kind_word, metric_name, network_name, title
from wording.typed import day_text, number_text
from work.goal_draft import said_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.commands.command import Command
    from tui.services import Services
    from work.goal_draft import Known


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form offers: clients, all their accounts, the metrics that each account has, topics.

    `calendar` is that of the client that the form is opened for.
    """

    clients: tuple[Client, ...]
    accounts: tuple[Account, ...]
    known: dict[AccountId, frozenset[str]]
    topics: dict[ClientId, tuple[str, ...]]
    goal: Goal | None
    calendar: WorkCalendar = EVERYDAY


def read_form_facts(reader: Reader, client_id: ClientId, goal: Goal | None) -> FormFacts:
    """Read what the form of a client's goal offers."""
    accounts = tuple(reader.accounts())
    known: dict[AccountId, set[str]] = {account.id: set() for account in accounts}
    mine = [account.id for account in accounts if account.client_id == client_id]
    for reading in reader.latest(mine):
        known[reading.account_id].add(reading.metric)
    topics: dict[ClientId, tuple[str, ...]] = {}
    for topic in reader.topics():
        topics[topic.client_id] = (*topics.get(topic.client_id, ()), topic.name)
    found = {key: frozenset(names) for key, names in known.items()}
    calendar = reader.calendar(client_id)
    return FormFacts(tuple(reader.clients()), accounts, found, topics, goal, calendar)


class GoalForm(FormScreen):
    """Asks for everything that a goal says; checks each field as it is typed.

    `seed` is a new goal as far as it was said already; the fields begin with it. `known` is what the
    client's goals are judged by: with it, the form tells whether the goal can be attained, and what if.
    """

    DEFAULT_CSS = """
    GoalForm {
        & #attainable { height: auto; }
        & #verdict { margin: 0; }
        & WhatIf { margin: 1 0 0 0; }
    }
    """

    def __init__(
        self,
        services: Services,
        facts: FormFacts,
        client_id: ClientId,
        *,
        seed: Goal | None = None,
        known: Known | None = None,
    ) -> None:
        text = services.words.text
        super().__init__(services, text("Edit the goal") if facts.goal else text("New goal"))
        self.facts = facts
        self.base = facts.goal
        self.seed = seed if seed is not None and seed.metric != UNNAMED else None
        self.client_id = client_id
        self.known = known
        self._look_up = LookUp(self, services, known) if known is not None else None
        self.what_if = WhatIf(services.words, self.today, LABEL)
        self.attainable = Static(id="attainable", markup=False)

    @property
    def today(self) -> date:
        """The local day of the client that is chosen."""
        client = next(client for client in self.facts.clients if client.id == self.client_id)
        return today_of(client, self.services.now())

    def build(self) -> list[Field]:
        """The fields of a goal."""
        text, goal = self.services.words.text, self.base
        now = self._texts(goal or self.seed)
        clients = [(str(client.id), client.name) for client in self.facts.clients]
        metrics = self._metrics(self._accounts(self.client_id))
        fields = [
            choice_field("client", text("client"), clients, now["client"]),
            choice_field("scope", text("where"), self._scopes(), now["scope"]),
            choice_field("metric", text("figure"), metrics, now["metric"]),
            choice_field("kind", text("kind"), self._kinds(now["metric"]), now["kind"]),
            text_field("amount", text("amount"), now["amount"], text("+300, 10K")),
            choice_field("period", text("how often"), self._periods(), now["period"]),
            text_field(
                "topic", text("topic"), now["topic"], text("any"), self.facts.topics.get(self.client_id, ())
            ),
            day_field("start", text("start"), now["start"]),
            day_field("deadline", text("deadline"), now["deadline"], text("for example 30.11")),
            text_field(
                "baseline", text("baseline"), now["baseline"], text("the figure on the day of the start")
            ),
        ]
        if goal is None:
            return [*fields, day_field("agreed", text("agreed on"), placeholder=text("not yet"))]
        return [
            *fields,
            day_field("agreed", text("change agreed on"), placeholder=self._agreed_before(goal)),
            text_field("why", text("why"), placeholder=text("the reason for the change")),
        ]

    def under_fields(self) -> ComposeResult:
        """What if, and what the history says."""
        if self.known is not None:
            yield self.what_if
            yield self.attainable

    def footer(self) -> list[type[Command]]:
        """The keys of a form, and the way to «what if»."""
        offered = super().footer()
        return offered if self.known is None else [*offered, ToWhatIf]

    def _texts(self, goal: Goal | None) -> dict[str, str]:
        """What the fields say of a goal (None: of a new one); a change's own fields are not among them."""
        words = self.services.words
        if goal is None:
            return {
                "client": str(self.client_id), "scope": self._likely_scope(), "metric": "audience",
                "kind": GoalKind.GAIN.value, "amount": "", "period": Period.WEEK.value, "topic": "",
                "start": day_text(self.today), "deadline": "", "baseline": "",
            }  # fmt: skip
        return {
            "client": str(goal.client_id), "scope": scope_id(goal), "metric": goal.metric,
            "kind": goal.kind.value, "amount": number_text(words, goal.amount),
            "period": (goal.period or Period.WEEK).value, "topic": goal.topic or "",
            "start": day_text(goal.start), "deadline": day_text(goal.deadline),
            "baseline": number_text(words, goal.baseline),
        }  # fmt: skip

    def _agreed_before(self, goal: Goal) -> str:
        words = self.services.words
        if goal.agreed_on is None:
            return words.text("not yet")
        day = words.day(goal.agreed_on, self.today)
        return words.text("not yet; the goal itself was agreed on {day}", day=day)

    def _accounts(self, client_id: ClientId) -> list[Account]:
        return [account for account in self.facts.accounts if account.client_id == client_id]

    def _likely_scope(self) -> str:
        """The first account whose audience is known; a sum over all would wait for every account."""
        known = (a for a in self._accounts(self.client_id) if "audience" in self.facts.known.get(a.id, ()))
        first = next(known, None)
        return f"account:{first.id}" if first else "all"

    def _scopes(self) -> list[tuple[str, str]]:
        words = self.services.words
        accounts = self._accounts(self.client_id)
        networks = dict.fromkeys(account.network for account in accounts)
        options = [("all", words.text("everything the client has"))]
        options += [(f"network:{name}", network_name(words, name)) for name in networks]
        options += [
            (f"account:{a.id}", f"{network_name(words, a.network)}: {a.title or a.handle}") for a in accounts
        ]
        return options

    def _metrics(self, accounts: Sequence[Account]) -> list[tuple[str, str]]:
        known = {name for account in accounts for name in self.facts.known.get(account.id, ())}
        words = self.services.words
        choices = [
            (metric.name, metric_name(words, metric.name)) for metric in metric_choices(accounts, known)
        ]
        if self.base is not None and self.base.metric not in {name for name, _ in choices}:
            choices.append((self.base.metric, metric_name(words, self.base.metric)))
        return choices

    def _kinds(self, metric: str) -> list[tuple[str, str]]:
        kinds = kind_choices(METRICS[metric])
        if self.base is not None and self.base.metric == metric and self.base.kind not in kinds:
            kinds.append(self.base.kind)
        return [(kind.value, kind_word(self.services.words, kind)) for kind in kinds]

    def _periods(self) -> list[tuple[str, str]]:
        return [(period, self.services.words.text(PERIODS[period])) for period in Period]

    @on(Field.Changed)
    def _adapt(self, message: Field.Changed) -> None:
        """Another client or figure changes what the other fields offer."""
        if message.field.is_ready:
            self._offer_after(message.field.key)

    def _offer_after(self, name: str) -> None:
        value = self.fields[name].value
        if name == "client" and int(value) != self.client_id:
            self.client_id = ClientId(int(value))
            self.fields["scope"].offer(self._scopes())
            self.fields["metric"].offer(self._metrics(self._accounts(self.client_id)))
        if name == "metric":
            self.fields["kind"].offer(self._kinds(value))

    def check(self) -> Change | None:
        """Check every field; what saves the goal, or None."""
        self._show_what_matters()
        texts = {"why": "", **{name: self.value(name) for name in self.fields}}
        accounts = self._accounts(self.client_id)
        if texts["scope"].startswith("account:") and not any(
            texts["scope"] == f"account:{a.id}" for a in accounts
        ):
            return None
        topics = self.facts.topics.get(self.client_id, ())
        checked = FormValues(self.services.words, self.today, self.base, accounts, topics).check(texts)
        for name in self.fields:
            self.judge(name, checked.problems.get(name, ""))
        self._tell_what_if(checked.meant)
        goal = self._as_said(checked.goal)
        if goal is None:
            self.verdict("")
            return None
        self.verdict(self._preview(goal))
        why, agreed = texts["why"], goal.agreed_on if texts["agreed"] else None
        return lambda writer: self._save(writer, goal, why, agreed)

    def _as_said(self, goal: Goal | None) -> Goal | None:
        """The goal with what the line said that no field holds."""
        if goal is None or self.seed is None or goal.client_id != self.seed.client_id:
            return goal
        return replace(goal, wish=self.seed.wish, priority=self.seed.priority)

    def day_choice(self) -> tuple[date, WorkCalendar]:
        """The day that it is for the client, and the working days."""
        return self.today, self.facts.calendar

    def _show_what_matters(self) -> None:
        metric, kind = METRICS[self.fields["metric"].value], GoalKind(self.fields["kind"].value)
        self.fields["scope"].display = metric.source is not Source.MANUAL
        self.fields["topic"].display = metric.source is Source.POSTS
        self.fields["period"].display = kind is GoalKind.KEEP_RATE
        self.fields["baseline"].display = needs_baseline(metric, kind)

    def _preview(self, goal: Goal) -> str:
        """The goal in its own words, with the days that there are for it."""
        words = self.services.words
        name = goal.title or title(
            words, metric=goal.metric, kind=goal.kind, amount=goal.amount, period=goal.period,
            head=goal.topic or self._telling_handle(goal), network=goal.network,
        )  # fmt: skip
        if goal.deadline is None:
            return name
        days = (goal.deadline - max(goal.start, self.today)).days + 1
        if days < 1:
            return words.text("{goal}: the deadline is over", goal=name)
        left = words.plural("{n} day", "{n} days", days)
        until = words.day(goal.deadline, self.today)
        return words.text("{goal} by {day}: {days}", goal=name, day=until, days=left)

    def _tell_what_if(self, goal: Goal | None) -> None:
        """What the history says of the goal that is meant; of another client's nothing is known."""
        known = self.known
        if known is None or self._look_up is None:
            return
        said = None
        if goal is not None and known.client.id == goal.client_id:
            known.figures.wanted.clear()
            said = said_of(known, goal)
            self._look_up.soon()
        self.what_if.said = said
        self.what_if.display = self.attainable.display = said is not None
        if said is not None:
            width = self.attainable.size.width or self.query_one("#fields").size.width
            self.attainable.update(
                letter_text(self.services.words, said, Letter.ATTAINABLE, self.today, width, LABEL)
            )

    @on(WhatIf.Moved)
    def _take_moved(self, message: WhatIf.Moved) -> None:
        if message.amount is not None:
            self.fields["amount"].put(number_text(self.services.words, message.amount))
        if message.deadline is not None:
            self.fields["deadline"].put(day_text(message.deadline))
        self._check_when_ready()

    def action_what_if(self) -> None:
        """Go to «what if», where there is one."""
        if self.what_if.is_attached and self.what_if.display:
            self.what_if.focus()

    def action_cancel(self) -> None:
        """From «what if» back to the amount, from there away."""
        if self.what_if.has_focus:
            self.fields["amount"].widget.focus()
        else:
            super().action_cancel()

    def on_descendant_focus(self) -> None:
        """Name the keys as they are where the cursor is now."""
        offered = (Save, Less, More, Later, Faster, Cancel) if self.what_if.has_focus else ()
        self.query_one(KeyBar).offered = offered

    @on(FiguresRead)
    def _take_figures(self, message: FiguresRead) -> None:
        if self.known is not None:
            self.known.figures.take(message.found)
            if not self.query_one("#verdict").has_class("-wrong"):  # what went wrong stays to be read
                self._check_when_ready()

    def _telling_handle(self, goal: Goal) -> str | None:
        """The handle of the goal's account, where the client has others in that network: as in the list."""
        mine = [account for account in self._accounts(goal.client_id) if account.network == goal.network]
        found = next((account.handle for account in mine if account.id == goal.account_id), None)
        return found if len(mine) > 1 else None

    def _save(self, writer: Writer, goal: Goal, why: str, agreed: date | None) -> Done:
        from store.refresh import refresh_goals

        now, author = self.services.now(), self.services.author
        if self.base is None:
            goal_id = writer.add_goal(goal, author=author, now=now)
        else:
            goal_id = goal.id
            writer.update_goal(goal, author=author, now=now, why=why, agreed_on=agreed)
        refresh_goals(writer, [writer.goal(goal_id)], now)
        is_new = self.base is None
        undo = (
            added_goal_undo(self.services, writer, goal_id)
            if is_new
            else goal_undo(self.services, writer, goal_id)
        )
        return Done(self.services.words.text("Saved: {goal}", goal=self._preview(goal)), undo)

    def newest(self, reader: Reader) -> Newest | None:
        """What became of the goal; None for a new one."""
        return read_newest(reader, self.base) if self.base is not None else None

    def refused(self, message: NotSaved) -> None:
        """After a conflict: fields that nobody touched here take what the other wrote."""
        if message.newest is None or self.base is None:
            super().refused(message)
            return
        goal = message.newest.goal
        before, after = self._texts(self.base), self._texts(goal)
        untouched = [name for name, text in before.items() if self.fields[name].value == text]
        self.base = goal
        for name in untouched:
            if after[name] != before[name]:
                self.fields[name].put(after[name])
                self._offer_after(name)
        words = self.services.words
        names = Names.of(words, self.facts.clients, self.facts.accounts)
        sentence = words.text(
            "Others have changed the goal meanwhile ({author}): {changes}. What you typed is still here:"
            " save again",
            author=cell(goal.author),
            changes=changes_text(words, message.newest.changes, self.today, names),
        )
        self.notice(sentence)
