"""The evidence for the five letters of a draft: what the store knows around it, over its contract only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from goals.agreement.plain import agreement_of, in_force
from goals.effort import effort_of
from goals.measure import baseline_of
from goals.metrics import UNNAMED
from goals.model import ClientKind
from goals.outlook import attainability
from goals.smart import Evidence
from goals.warnings.coverage import priority_of_topic

if TYPE_CHECKING:
    from goals.agreement.terms import Terms
    from goals.facts import Facts
    from goals.model import Account, Client, ClientId, Goal
    from goals.records import AgreementVersion
    from goals.workcalendar import WorkCalendar

#: The best month is looked for in a year and a little of history.
_HISTORY = timedelta(days=400)


class EvidenceStore(Protocol):
    """What evidence is taken from: a store's reader, or what was read from one."""

    def agreements(self, client_id: ClientId) -> list[AgreementVersion]:
        """The versions of a client's agreement."""

    def accounts(self, client_id: ClientId | None = None) -> list[Account]:
        """A client's accounts."""

    def facts(self, goal: Goal, since: date, today: date) -> Facts:
        """What is known in a goal's scope."""

    def calendar(self, client_id: ClientId) -> WorkCalendar:
        """A client's working days."""


def terms_in_force(store: EvidenceStore, client_id: ClientId) -> Terms | None:
    """The terms that hold for a client: the newest version that was accepted, else the newest one."""
    versions = store.agreements(client_id)
    return agreement_of(in_force(versions)).terms if versions else None


def told_since(goal: Goal, today: date) -> date:
    """The first day whose figures a goal is judged by."""
    return min(goal.start, today) - _HISTORY


def evidence_of(
    store: EvidenceStore, client: Client, goal: Goal | None, today: date, *, priority: int | None = None
) -> Evidence:
    """The evidence for a would-be `goal` of `client`; without one, only what does not depend on it."""
    terms = terms_in_force(store, client.id)
    known = Evidence(
        today=today,
        networks=tuple(dict.fromkeys(account.network for account in store.accounts(client.id))),
        priorities=tuple(line.text for line in terms.priorities) if terms else (),
        priority=priority,
        likely=priority_of_topic(terms, goal.topic) if terms and goal and goal.topic else None,
        own=client.kind is ClientKind.SELF,
        hours=terms.hours.month if terms else None,
        budget=terms.ads.budget if terms else None,
    )
    if goal is None or goal.metric == UNNAMED:
        return known
    facts = store.facts(goal, told_since(goal, today), today)
    if goal.baseline is None:
        goal = replace(goal, baseline=baseline_of(goal, facts, today))
    return replace(
        known,
        baseline=goal.baseline,
        attainability=attainability(goal, facts, today),
        effort=effort_of(goal, facts, store.calendar(client.id), today),
    )
