"""Situations for the tests of warnings, with everything that a test does not care about filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from goals.agreement.terms import Terms
from goals.board import GoalRow
from goals.facts import DayValue
from goals.model import (
    Account,
    AccountId,
    Client,
    ClientId,
    Gap,
    Goal,
    GoalKind,
    PostKind,
    PostState,
    Topic,
    TopicId,
)
from goals.records import CheckIn, Confidence, Verdict
from goals.revision import Revision
from goals.warnings.situation import AccountState, GoalState, Piece, Situation, UnitTrouble
from tests.goals.build import TODAY, goal

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CLIENT = Client(ClientId(7), "Кофейня «Зерно»")


def ago(days: int) -> date:
    """The day so many days before TODAY."""
    return TODAY - timedelta(days=days)


def situation(**facts: object) -> Situation:
    """A situation in which nothing is known but what is given; lists may be given for tuples.

    The client has the topics that the terms name, unless others are given.
    """
    known = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    found = replace(Situation(CLIENT, TODAY, NOW), **known)  # type: ignore[arg-type]
    return (
        found if "topics" in facts or found.terms is None else replace(found, topics=topics_of(found.terms))
    )


def topics_of(terms: Terms) -> tuple[Topic, ...]:
    """The topics that terms name, as the store has them."""
    names = dict.fromkeys(line.topic for line in terms.topics)
    return tuple(Topic(TopicId(number), CLIENT.id, name) for number, name in enumerate(names, 1))


def goal_state(
    metric: str = "audience",
    kind: GoalKind = GoalKind.GAIN,
    amount: float | None = 300,
    *,
    row: Mapping[str, object] | None = None,
    verdicts: Sequence[Verdict] = (),
    check_ins: Sequence[CheckIn] = (),
    revisions: Sequence[Revision] = (),
    **changes: object,
) -> GoalState:
    """A goal from 1 to 30 November with its verdict: on track unless `row` says otherwise."""
    subject = goal(metric, kind, amount, **({"client_id": CLIENT.id} | changes))
    return GoalState(subject, _row(subject, row or {}), tuple(verdicts), tuple(check_ins), tuple(revisions))


def _row(subject: Goal, more: Mapping[str, object]) -> GoalRow:
    known: dict[str, object] = {
        "goal_id": int(subject.id),
        "client_id": int(subject.client_id),
        "account_id": subject.account_id,
        "account": None,
        "network": subject.network,
        "metric": subject.metric,
        "kind": subject.kind.value,
        "amount": subject.amount,
        "period": subject.period.value if subject.period else None,
        "topic": subject.topic,
        "title": subject.title,
        "start": subject.start.toordinal(),
        "deadline": subject.deadline.toordinal() if subject.deadline else None,
        "baseline": subject.baseline,
        "status": "on_track",
        "planned_today": 0,
        "urgency": 0,
    }
    return GoalRow._make((known | dict(more)).get(name) for name in GoalRow._fields)


def verdict(days: int, *, chance: float | None = None, progress: float | None = None) -> Verdict:
    """How a goal stood so many days ago."""
    from goals.model import GoalStatus

    return Verdict(ago(days), GoalStatus.ON_TRACK, chance, progress)


def check_in(days: int, confidence: Confidence) -> CheckIn:
    """A check-in so many days ago."""
    return CheckIn(days, goal().id, ago(days), NOW, "Мария", confidence, "клиент молчит")


def posts(
    days: Iterable[int],
    *topics: str,
    kind: PostKind = PostKind.POST,
    state: PostState = PostState.PUBLISHED,
    network: str = "vk",
    engagement: float | None = None,
    views: float | None = None,
) -> list[Piece]:
    """A piece of content for each day so many days ago (negative: ahead)."""
    about = frozenset(topics)
    return [
        Piece(ago(number), kind, state, network, AccountId(1), about, engagement, views) for number in days
    ]


def account(
    *,
    trouble: UnitTrouble | None = None,
    last_ok: int | None = 0,
    gaps: Sequence[Gap] = (),
    network: str = "vk",
    **series: Sequence[float],
) -> AccountState:
    """The account, read so many days ago (None: never); a series has a figure a day up to TODAY."""
    at = None if last_ok is None else NOW - timedelta(days=last_ok)
    told = {
        metric: tuple(DayValue(ago(len(values) - 1 - place), value) for place, value in enumerate(values))
        for metric, values in series.items()
    }
    return AccountState(
        Account(AccountId(1), CLIENT.id, network, "zerno", last_ok_at=at), told, tuple(gaps), trouble
    )


def grown(gain: float, start: float = 4800.0, days: int = 57) -> list[float]:
    """An audience that grows by `gain` in its last four weeks and stood still before."""
    return [start + gain * max(0, place - days + 29) / 28 for place in range(days)]


def agreed(**sections: object) -> Terms:
    """Terms with these sections; lists may be given for tuples."""
    known = {name: tuple(value) if isinstance(value, list) else value for name, value in sections.items()}
    return Terms(**known)  # type: ignore[arg-type]
