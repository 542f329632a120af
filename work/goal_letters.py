"""The five letters of a goal that is saved already: what it says, and what of its line is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.metrics import METRICS, UNNAMED
from goals.model import GoalKind
from goals.phrase import read
from goals.phrase.lacking import missing
from goals.smart import Finding, check, weighed
from store.evidence import evidence_of

if TYPE_CHECKING:
    from datetime import date

    from goals.forecast import Targets
    from goals.model import Account, Client, Goal
    from goals.records import Revision
    from goals.smart import Evidence
    from store.contract import Reader

#: What a reading of a line decides.
READ = ("kind", "amount", "period", "deadline")

#: The figures that some networks show, by the networks' names; None where one of them is unknown.
Offers = Callable[[Sequence[str]], "frozenset[str] | None"]


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a goal stand: the wish that it says by now, a finding for each letter.

    `targets` are the three amounts that its history allows, None where it allows none.
    """

    wish: Wish
    findings: Mapping[Letter, Finding]
    targets: Targets | None


def letters_of(
    reader: Reader, client: Client, goal: Goal, today: date, offers: Offers | None = None
) -> Letters:
    """How the letters of a saved goal stand today.

    Args:
        reader: where the goal is.
        client: whose goal it is.
        goal: the goal.
        today: the client's local day.
        offers: the figures that networks show; without it nothing is said against a figure.
    """
    readings = readings_of(reader, client, goal, today)
    settled = is_settled(goal, readings, reader.revisions(goal.id))
    said = _wish(goal, today)
    if not settled:
        said = replace(said, alternatives=readings[1:])
    evidence = known_of(reader, client, goal, today, priority=goal.priority, offers=offers)
    found = evidence.attainability
    return Letters(said, check(said, evidence), found.amounts if found else None)


def known_of(
    reader: Reader,
    client: Client,
    goal: Goal,
    today: date,
    *,
    priority: int | None,
    offers: Offers | None = None,
) -> Evidence:
    """The evidence for a goal, with the figures that its networks show."""
    evidence = evidence_of(reader, client, goal, today, priority=priority)
    networks = evidence.networks if goal.network is None else (goal.network,)
    shown = offers(networks) if offers is not None and networks else None
    return evidence if shown is None else replace(evidence, offers=shown)


def distinct(wish: Wish, meant: Callable[[Draft], Goal]) -> Wish:
    """The wish without the readings that come to one and the same goal."""
    found = {meant(wish.draft): wish.draft}
    for other in wish.alternatives:
        found.setdefault(meant(other), other)
    return replace(wish, alternatives=tuple(found.values())[1:])


def is_settled(goal: Goal, readings: tuple[Draft, ...], revisions: Iterable[Revision]) -> bool:
    """Whether it is decided how the line of a goal is meant: it was said, chosen, changed or agreed."""
    if len(readings) < 2 or goal.agreed_on is not None:
        return True
    known = list(revisions)
    undone = {revision.undoes for revision in known}
    return any(
        not revision.changes or not revision.changes.keys().isdisjoint(READ)
        for revision in known
        if revision.undoes is None and revision.number not in undone
    )


def readings_of(reader: Reader, client: Client, goal: Goal, today: date) -> tuple[Draft, ...]:
    """The readings of the line that a goal was made of, the likeliest first; empty where there was none."""
    if not goal.wish or goal.metric == UNNAMED:
        return ()
    said_on = min(goal.start, today)
    wish = next((each for each in read(goal.wish, said_on) if each.draft.metric == goal.metric), None)
    if wish is None:
        return ()
    wish = distinct(
        weighed(wish, evidence_of(reader, client, goal, today).baseline),
        lambda draft: read_as(goal, draft, said_on),
    )
    return (wish.draft, *wish.alternatives)


def read_as(goal: Goal, draft: Draft, said_on: date, account: Account | None = None) -> Goal:
    """The goal under a reading of its line: what the reading decides, and all else as it is."""
    meant = goal_of(draft, goal.client_id, said_on, account=account)
    return replace(goal, kind=meant.kind, amount=meant.amount, period=meant.period, deadline=meant.deadline)


def _wish(goal: Goal, today: date) -> Wish:
    """What the goal says by now, as a wish without other readings."""
    first = read(goal.wish, min(goal.start, today))[0] if goal.wish else None
    purpose = first.draft.purpose if first else None
    named = goal.metric != UNNAMED
    draft = Draft(
        network=goal.network,
        metric=goal.metric if named else None,
        kind=goal.kind,
        amount=goal.amount,
        unit=METRICS[goal.metric].unit.value if named else None,
        topic=goal.topic,
        period=goal.period if goal.kind is GoalKind.KEEP_RATE else None,
        start=goal.start,
        deadline=goal.deadline,
        baseline=goal.baseline,
        purpose=purpose,
    )
    lacks = set(missing(draft, today, viral=False, bought=False, as_rivals=False))
    if first is not None and Letter.RELEVANT in first.missing and purpose is None:
        lacks.add(Letter.RELEVANT)
    return Wish(goal.title or goal.wish, draft, (), tuple(letter for letter in Letter if letter in lacks))
