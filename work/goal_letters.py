"""The five letters of a goal that is saved already: what it says, and what of its line is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

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
    from goals.revision import Revision
    from goals.smart import Evidence
    from store.contract import Reader
    from store.evidence import EvidenceStore

#: What a reading of a line decides, beside the figure and the place.
READ = ("kind", "amount", "period", "deadline")
#: What says of which figure a goal is, and where; readings differ in it where the line names several.
PLACE = ("metric", "network", "account_id")

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
    revisions = reader.revisions(goal.id)
    said, line = _wish(goal, today), _line_of(reader, client, goal, today)
    if line is not None and not is_settled(goal, line, revisions):
        elsewhere = len(_here(goal, line.alternatives)) < len(line.alternatives)
        said = replace(said, alternatives=line.alternatives, either=line.either and elsewhere)
    evidence = known_of(reader, client, goal, today, priority=goal.priority, offers=offers)
    evidence = replace(evidence, offered=_offered(reader, client, goal, revisions, today))
    found = evidence.attainability
    return Letters(said, check(said, evidence), found.amounts if found else None)


def known_of(
    reader: EvidenceStore,
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


def is_settled(goal: Goal, line: Wish, revisions: Sequence[Revision]) -> bool:
    """Whether it is decided how the line of a goal is meant: it was said, chosen, changed or agreed."""
    if not line.alternatives or goal.agreed_on is not None:
        return True
    decided = (*READ, *PLACE) if line.either else READ
    return any(not each.changes for each in _standing(revisions)) or bool(_changed(revisions, decided))


def _standing(revisions: Sequence[Revision]) -> list[Revision]:
    """The changes that were not taken back, oldest first."""
    undone = {revision.undoes for revision in revisions}
    return [each for each in revisions if each.undoes is None and each.number not in undone]


def _changed(revisions: Sequence[Revision], names: Iterable[str]) -> list[Revision]:
    """The changes that stand of one of these fields, oldest first."""
    return [each for each in _standing(revisions) if not each.changes.keys().isdisjoint(names)]


def _here(goal: Goal, readings: Sequence[Draft]) -> tuple[Draft, ...]:
    """The readings about the goal's own figure in its own place."""
    return tuple(
        each for each in readings if each.metric == goal.metric and each.network in {None, goal.network}
    )


def _offered(
    reader: Reader, client: Client, goal: Goal, revisions: Sequence[Revision], today: date
) -> Targets | None:
    """The targets that there were to choose from on the day on which amount and deadline were set."""
    changed = _changed(revisions, ("amount", "deadline"))
    day = min(goal.start, today)
    if changed:
        day = changed[-1].made_at.astimezone(ZoneInfo(client.timezone)).date()
    if day >= today:
        return None
    then = evidence_of(reader, client, goal, day).attainability
    return None if then is None else then.amounts


def readings_of(reader: Reader, client: Client, goal: Goal, today: date) -> tuple[Draft, ...]:
    """The readings of the line that a goal was made of, the likeliest first; empty where there was none."""
    line = _line_of(reader, client, goal, today)
    return () if line is None else (line.draft, *line.alternatives)


def _line_of(reader: Reader, client: Client, goal: Goal, today: date) -> Wish | None:
    """What the line says that a goal was made of; None where there was none."""
    if not goal.wish or goal.metric == UNNAMED:
        return None
    said_on = min(goal.start, today)
    wish = next((each for each in read(goal.wish, said_on) if each.draft.metric == goal.metric), None)
    if wish is None:
        return None
    places = reader.accounts(client.id)

    def meant(draft: Draft) -> Goal:
        return read_as(goal, draft, said_on, places)

    def baseline_of(draft: Draft) -> float | None:
        return evidence_of(reader, client, meant(draft), today).baseline

    return distinct(weighed(wish, baseline_of), meant)


def read_as(goal: Goal, draft: Draft, said_on: date, places: Sequence[Account]) -> Goal:
    """The goal under a reading of its line: what the reading decides, and all else as it is.

    Args:
        goal: the goal.
        draft: the reading.
        said_on: the day on which the line was said.
        places: the client's accounts.
    """
    meant = goal_of(draft, goal.client_id, said_on, account=account_of(draft, places))
    read_so = replace(
        goal, kind=meant.kind, amount=meant.amount, period=meant.period, deadline=meant.deadline
    )
    if _here(goal, (draft,)):
        return read_so
    return replace(
        read_so,
        metric=meant.metric,
        network=meant.network,
        account_id=meant.account_id,
        topic=meant.topic,
        baseline=meant.baseline,
    )


def account_of(draft: Draft, places: Sequence[Account]) -> Account | None:
    """The only account that a draft can be about; None where there are several, or none."""
    fitting = [account for account in places if draft.network in {None, "", account.network}]
    return fitting[0] if len(fitting) == 1 else None


def _wish(goal: Goal, today: date) -> Wish:
    """What the goal says by now, as a wish without other readings."""
    first = read(goal.wish, min(goal.start, today))[0] if goal.wish else None
    purpose, given = (first.draft.purpose, first.draft.given) if first else (None, None)
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
        given=given,
    )
    lacks = set(missing(draft, today, viral=False, bought=False, as_rivals=False))
    same = first is not None and first.draft.metric in {None, draft.metric}
    if first is not None and same and Letter.RELEVANT in first.missing and purpose is None:
        lacks.add(Letter.RELEVANT)
    return Wish(goal.title or goal.wish, draft, (), tuple(letter for letter in Letter if letter in lacks))
