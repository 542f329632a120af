"""The form of a goal: a new one, or one that is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on

from goals.metrics import METRICS, Source
from goals.model import Account, AccountId, Client, ClientId, Goal, GoalKind, Period
from tui.dates import typed
from tui.goal_draft import Draft, kind_choices, metric_choices, needs_baseline, scope_id
from tui.screens.form import FormScreen, NotSaved
from tui.widgets.field import Field, choice_field, text_field
from wording.goals import PERIODS, kind_word, metric_name, network_name, title

if TYPE_CHECKING:
    from store.contract import Reader, Writer
    from tui.services import Services


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form offers: clients, all their accounts, the metrics that each account has, topics."""

    clients: tuple[Client, ...]
    accounts: tuple[Account, ...]
    known: dict[AccountId, frozenset[str]]
    topics: dict[ClientId, tuple[str, ...]]
    goal: Goal | None


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
    return FormFacts(tuple(reader.clients()), accounts, found, topics, goal)


class GoalForm(FormScreen):
    """Asks for everything that a goal says; checks each field as it is typed."""

    def __init__(self, services: Services, facts: FormFacts, client_id: ClientId) -> None:
        text = services.words.text
        super().__init__(services, text("Edit the goal") if facts.goal else text("New goal"))
        self.facts = facts
        self.base = facts.goal
        self.client_id = client_id
        self.today = services.now().astimezone(services.zone).date()

    def build(self) -> list[Field]:
        """The fields of a goal."""
        text, goal = self.services.words.text, self.base
        metric = goal.metric if goal else "audience"
        clients = [(str(client.id), client.name) for client in self.facts.clients]
        number = self._typed_number
        scope = scope_id(goal) if goal else self._likely_scope()
        fields = [
            choice_field("client", text("client"), clients, str(self.client_id)),
            choice_field("scope", text("where"), self._scopes(), scope),
            choice_field("metric", text("figure"), self._metrics(self._accounts(self.client_id)), metric),
            choice_field("kind", text("kind"), self._kinds(metric), goal.kind if goal else GoalKind.GAIN),
            text_field("amount", text("amount"), number(goal.amount if goal else None), text("+300, 10K")),
            choice_field("period", text("how often"), self._periods(), (goal and goal.period) or Period.WEEK),
            text_field(
                "topic", text("topic"), (goal and goal.topic) or "", text("any"),
                self.facts.topics.get(self.client_id, ()),
            ),
            text_field("start", text("start"), typed(goal.start if goal else self.today)),
            text_field("deadline", text("deadline"), typed(goal.deadline if goal else None), text("30.11")),
            text_field(
                "baseline", text("baseline"), number(goal.baseline if goal else None),
                text("the figure on the day of the start"),
            ),
            text_field("agreed", text("agreed on"), "", text("not yet")),
        ]  # fmt: skip
        if goal is not None:
            fields.append(text_field("why", text("why"), "", text("the reason for the change")))
        return fields

    def _typed_number(self, value: float | None) -> str:
        return "" if value is None else self.services.words.number(value, 2).replace("\u2212", "-")

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
        return [(kind.value, kind_word(self.services.words, kind)) for kind in kinds]

    def _periods(self) -> list[tuple[str, str]]:
        return [(period, self.services.words.text(PERIODS[period])) for period in Period]

    @on(Field.Changed)
    def _adapt(self, message: Field.Changed) -> None:
        """Another client or figure changes what the other fields offer."""
        if not message.field.is_ready:
            return
        if message.field.key == "client" and int(message.field.value) != self.client_id:
            self.client_id = ClientId(int(message.field.value))
            self.fields["scope"].offer(self._scopes())
            self.fields["metric"].offer(self._metrics(self._accounts(self.client_id)))
        if message.field.key == "metric":
            self.fields["kind"].offer(self._kinds(message.field.value))

    def check(self) -> Callable[[Writer], str] | None:
        """Check every field; what saves the goal, or None."""
        self._show_what_matters()
        texts = {name: self.value(name) for name in self.fields}
        texts.setdefault("why", "")
        accounts = self._accounts(self.client_id)
        if texts["scope"].startswith("account:") and not any(
            texts["scope"] == f"account:{a.id}" for a in accounts
        ):
            return None
        checked = Draft(self.services.words, self.today, self.base, accounts).check(texts)
        for name in self.fields:
            self.judge(name, checked.problems.get(name, ""))
        goal = checked.goal
        if goal is None:
            self.verdict("")
            return None
        self.verdict(self._preview(goal))
        why, agreed = texts["why"], goal.agreed_on if texts["agreed"] else None
        return lambda writer: self._save(writer, goal, why, agreed)

    def _show_what_matters(self) -> None:
        metric, kind = METRICS[self.fields["metric"].value], GoalKind(self.fields["kind"].value)
        self.fields["scope"].display = metric.source is not Source.MANUAL
        self.fields["topic"].display = metric.source is Source.POSTS
        self.fields["period"].display = kind is GoalKind.KEEP_RATE
        self.fields["baseline"].display = needs_baseline(metric, kind)

    def _preview(self, goal: Goal) -> str:
        """The goal in its own words, with the days that there are for it."""
        words = self.services.words
        name = title(
            words, metric=goal.metric, kind=goal.kind, amount=goal.amount, period=goal.period,
            head=goal.topic, network=goal.network,
        )  # fmt: skip
        if goal.deadline is None:
            return name
        days = (goal.deadline - max(goal.start, self.today)).days + 1
        if days < 1:
            return words.text("{goal}: the deadline is over", goal=name)
        left = words.plural("{n} day", "{n} days", days)
        until = words.day(goal.deadline, self.today)
        return words.text("{goal} by {day}: {days}", goal=name, day=until, days=left)

    def _save(self, writer: Writer, goal: Goal, why: str, agreed: date | None) -> str:
        from store.refresh import refresh_goals

        now, author = self.services.now(), self.services.author
        if self.base is None:
            goal_id = writer.add_goal(goal, author=author, now=now)
        else:
            goal_id = goal.id
            writer.update_goal(goal, author=author, now=now, why=why, agreed_on=agreed)
        refresh_goals(writer, [writer.goal(goal_id)], now)
        return self.services.words.text("Saved: {goal}", goal=self._preview(goal))

    def newest_version(self, reader: Reader) -> int | None:
        """The version of the goal as it is stored now."""
        return reader.goal(self.base.id).version if self.base is not None else None

    @on(NotSaved)
    def _take_newest(self, message: NotSaved) -> None:
        """After a conflict, the next save is meant over the other's change."""
        if message.newest is not None and self.base is not None:
            self.base = replace(self.base, version=message.newest)
