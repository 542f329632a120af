"""A goal as it is typed: from the texts of a form to a Goal, or to a sentence about each field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from connectors.numbers import parse_number
from goals.measure import counted_from_zero, measure_of
from goals.metrics import CATALOGUE, METRICS, Metric, Source
from goals.model import AccountId, ClientId, Goal, GoalId, GoalKind, Period
from tui.dates import day_problem, parse_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from goals.model import Account
    from wording.words import Words

_MOVES = frozenset({GoalKind.GAIN, GoalKind.GAIN_PERCENT, GoalKind.REACH_LEVEL})
_LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the texts: a goal, or what is wrong by field. `hints` are no hindrance."""

    goal: Goal | None
    problems: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)


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
    return [kind for kind in GoalKind if measure_of(metric, kind) is not None]


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


class Draft:
    """Checks the texts of a goal form. `base` is the goal that is edited, None for a new one."""

    def __init__(self, words: Words, today: date, base: Goal | None, accounts: Collection[Account]) -> None:
        self._words = words
        self._today = today
        self._base = base
        self._accounts = accounts

    def check(self, texts: Mapping[str, str]) -> Checked:
        """The goal that the texts say, or the problems by field."""
        text = self._words.text
        problems: dict[str, str] = {}
        metric, kind = METRICS[texts["metric"]], GoalKind(texts["kind"])
        amount = self._amount(texts["amount"], metric, kind, problems)
        start = self._day(texts, "start", problems, ahead=False) or self._today
        deadline = self._day(texts, "deadline", problems, ahead=True)
        if kind is not GoalKind.KEEP_RATE and deadline is None and "deadline" not in problems:
            problems["deadline"] = text("until when? For example 30.11")
        if deadline is not None and deadline < start:
            problems["deadline"] = text("the deadline is before the start")
        elif deadline is not None and (deadline - start).days > _LONGEST_DAYS:
            problems["deadline"] = text("that is more than ten years: check the year")
        baseline = self._number(texts["baseline"], metric, "baseline", problems)
        agreed = self._day(texts, "agreed", problems, ahead=False)
        if agreed is not None and agreed > self._today:
            problems["agreed"] = text("this day is still to come")
        if self._base is not None and not texts["why"]:
            problems["why"] = text("say why in a few words: it stays in the goal's history")
        if problems:
            return Checked(None, problems)
        network, account = scope_of(texts["scope"], self._accounts)
        by_hand = metric.source is Source.MANUAL
        base = self._base or Goal(GoalId(0), ClientId(0), metric.name, kind, amount, start)
        goal = replace(
            base,
            client_id=ClientId(int(texts["client"])),
            network=None if by_hand else network,
            account_id=None if by_hand else account,
            metric=metric.name,
            kind=kind,
            amount=amount,
            period=Period(texts["period"]) if kind is GoalKind.KEEP_RATE else None,
            topic=texts["topic"] or None,
            start=start,
            deadline=deadline,
            baseline=baseline if needs_baseline(metric, kind) else None,
            agreed_on=agreed or base.agreed_on,
        )
        return Checked(goal, {})

    def _amount(self, typed: str, metric: Metric, kind: GoalKind, problems: dict[str, str]) -> float | None:
        text = self._words.text
        if not typed:
            problems["amount"] = text("how much? For example 300, 10K or 1.5M")
            return None
        whole = metric.whole and kind not in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}
        amount = parse_number(typed, whole=whole)
        if amount is None:
            problems["amount"] = (
                text("this is no whole number: for example 300, 10K or 1.5M")
                if whole
                else text("this is no number: for example 4.5 or 10K")
            )
            return None
        if amount.value == 0 or (amount.value < 0 and kind not in _MOVES):
            problems["amount"] = text("the amount has to be more than nothing")
        return amount.value

    def _number(self, typed: str, metric: Metric, name: str, problems: dict[str, str]) -> float | None:
        if not typed:
            return None
        number = parse_number(typed, whole=metric.whole)
        if number is None:
            problems[name] = self._words.text(
                "this is no number; leave it empty to take the figure of the start"
            )
            return None
        return number.value

    def _day(
        self, texts: Mapping[str, str], name: str, problems: dict[str, str], *, ahead: bool
    ) -> date | None:
        typed = texts[name]
        if not typed:
            return None
        day = parse_day(typed, self._today, ahead=ahead)
        if day is None:
            problems[name] = day_problem(self._words, typed, self._today, ahead=ahead)
        return day
