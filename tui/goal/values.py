"""A goal as it is typed: from the texts of a form to a Goal, or to a sentence about each field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from goals.drafting import named
from goals.measure import counted_from_zero
from goals.metrics import CATALOGUE, METRICS, Metric, Source
from goals.model import AccountId, ClientId, Goal, GoalId, GoalKind, Period
from goals.validity import kind_flaw, problems_of
from wording.typed import (
    day_problem,
    number_text,
    read_amount,
    read_baseline,
    read_day,
    read_topic,
    takes_fraction,
)
from wording.validity import field_problem, flaw_sentence
from work.goal_yes import wrong_yes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from goals.model import Account
    from wording.words import Words

_MOVES = frozenset({GoalKind.GAIN, GoalKind.GAIN_PERCENT, GoalKind.REACH_LEVEL})
#: The form's own names of what the goal calls otherwise.
_FORM_NAMES = {"agreed_on": "agreed"}
#: What may be wrong or open in a goal whose chance is asked for.
_OPEN = frozenset({"amount", "deadline", "agreed", "why"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the texts: a goal, or what is wrong by field.

    `meant` is the goal even where amount, deadline or what is said of a change are still wrong or open.
    """

    goal: Goal | None
    problems: Mapping[str, str]
    meant: Goal | None = None


def metric_choices(accounts: Collection[Account], known: Collection[str]) -> list[Metric]:
    """The metrics that can be measured for a client: by its accounts' figures, its posts, or by hand."""
    return [
        metric
        for metric in CATALOGUE
        if metric.source is Source.MANUAL
        or (accounts and (metric.source is Source.POSTS or metric.name in known or metric.name == "audience"))
    ]


def kind_choices(metric: Metric) -> list[GoalKind]:
    """The kinds of goal that make sense for a metric."""
    return [kind for kind in GoalKind if kind_flaw(metric, kind) is None]


def needs_baseline(metric: Metric, kind: GoalKind) -> bool:
    """Whether the goal starts from a figure that may be typed."""
    return kind in _MOVES and not counted_from_zero(metric, kind)


def scope_id(goal: Goal) -> str:
    """The id of a goal's scope in the form's choice: `account:7`, `network:vk` or `all`."""
    if goal.account_id is not None:
        return f"account:{goal.account_id}"
    return f"network:{goal.network}" if goal.network else "all"


def scope_of(scope: str, accounts: Collection[Account]) -> tuple[str | None, AccountId | None]:
    """The network and account of a scope's id."""
    kind, _, value = scope.partition(":")
    if kind == "account":
        account = next(a for a in accounts if a.id == int(value))
        return account.network, account.id
    return (value or None) if kind == "network" else None, None


class FormValues:
    """Checks the texts of a goal form.

    `today` is the client's local day, `base` the goal that is edited (None for a new one), `accounts` and
    `topics` are what the client has.
    """

    def __init__(
        self,
        words: Words,
        today: date,
        base: Goal | None,
        accounts: Collection[Account],
        topics: Collection[str] = (),
    ) -> None:
        self._words = words
        self._today = today
        self._base = base
        self._accounts = accounts
        self._topics = topics

    def check(self, texts: Mapping[str, str]) -> Checked:
        """The goal that the texts say, or the problems by field."""
        problems: dict[str, str] = {}
        goal = self._read(texts, problems)
        for problem in problems_of(goal, self._today, before=self._base):
            sentence = flaw_sentence(self._words, problem.flaw, goal, self._today)
            field = _FORM_NAMES.get(problem.field, problem.field)
            problems.setdefault(field, field_problem(sentence.message))
        yes = goal.agreed_on if texts["agreed"] and "agreed" not in problems else None
        if yes is not None:
            before = self._base or replace(goal, agreed_on=None)
            if wrong := wrong_yes(self._words, before, yes, self._today):
                problems["agreed"] = wrong.text
        if self._base is not None and not texts["why"]:
            problems["why"] = self._words.text("say why in a few words: it stays in the goal's history")
        meant = goal if problems.keys() <= _OPEN else None
        return Checked(None if problems else goal, problems, meant)

    def _read(self, texts: Mapping[str, str], problems: dict[str, str]) -> Goal:
        """The goal as far as the texts can be read; what cannot is a problem."""
        metric, kind = METRICS[texts["metric"]], GoalKind(texts["kind"])
        start = self._day(texts, "start", problems) or self._today
        network, account = scope_of(texts["scope"], self._accounts)
        by_hand = metric.source is Source.MANUAL
        base = self._base or Goal(GoalId(0), ClientId(0), metric.name, kind, None, start)
        goal = replace(
            base,
            client_id=ClientId(int(texts["client"])),
            network=None if by_hand else network,
            account_id=None if by_hand else account,
            metric=metric.name,
            kind=kind,
            amount=self._amount(texts["amount"], metric, kind, problems),
            period=Period(texts["period"]) if kind is GoalKind.KEEP_RATE else None,
            topic=read_topic(texts["topic"], self._topics),
            start=start,
            deadline=self._day(texts, "deadline", problems, after=max(start, self._today)),
            baseline=self._baseline(texts["baseline"], metric, kind, problems),
            agreed_on=self._day(texts, "agreed", problems) or base.agreed_on,
        )
        return named(goal)

    def _amount(self, typed: str, metric: Metric, kind: GoalKind, problems: dict[str, str]) -> float | None:
        text = self._words.text
        found = self._kept(typed, read_amount(typed, metric, kind), "amount")
        if typed and found is None:
            problems["amount"] = (
                text("this is no number: for example 4.5 or 10K")
                if takes_fraction(metric, kind)
                else text("this is no whole number: for example 300, 10K or 1.5M")
            )
        return found

    def _baseline(self, typed: str, metric: Metric, kind: GoalKind, problems: dict[str, str]) -> float | None:
        if not needs_baseline(metric, kind):
            return None
        found = self._kept(typed, read_baseline(typed, metric), "baseline")
        if typed and found is None:
            problems["baseline"] = self._words.text(
                "this is no number; leave it empty to take the figure of the start"
            )
        return found

    def _kept(self, typed: str, found: float | None, name: str) -> float | None:
        """The number that was read; a field that nobody touched holds the stored one to the last digit."""
        stored = getattr(self._base, name) if self._base else None
        return stored if found is not None and typed == number_text(self._words, stored) else found

    def _day(
        self, texts: Mapping[str, str], name: str, problems: dict[str, str], *, after: date | None = None
    ) -> date | None:
        typed = texts[name]
        if not typed:
            return None
        day = read_day(typed, self._today, after=after)
        if day is None:
            problems[name] = day_problem(self._words, typed, self._today, after=after)
        return day
