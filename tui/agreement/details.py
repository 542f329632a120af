"""What the agreement screen shows; read in one go, in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from goals.agreement.diff import swap_priorities
from goals.agreement.plain import in_force
from goals.agreement.terms import Terms
from goals.warnings.month_rules import month_to_set
from tui.client.promises import Card, card_of
from work.agreement_change import Change, change_of, change_text, shift_of
from work.agreement_file import OWN_NETWORKS
from work.agreement_goals import Proposal, plan, topics_of
from work.agreements import By, agreements_of, amended_of, decided_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from goals.agreement.terms import Agreement
    from goals.model import Client
    from goals.warnings.situation import Situation
    from store.contract import Reader


@dataclass(frozen=True, slots=True)
class AgreementDetail:
    """A client's agreement on its local day `today`: all versions, oldest first, none before the first.

    `card` is how the lines of the version in force stand, `decided` what was decided about them since, in
    words by term, `decided_newest` the same about those of the newest version. `waiting` is what the newest
    version changes, where it waits for a yes. `proposal` are the goals that the lines in force ask for this
    month, or for the one that begins on the day `coming`; `networks` are those that an agreement may name.
    """

    client: Client
    today: date
    agreements: tuple[Agreement, ...] = ()
    card: Card | None = None
    decided: Mapping[str, str] | None = None
    decided_newest: Mapping[str, str] = field(default_factory=dict)
    waiting: Change | None = None
    proposal: Proposal | None = None
    coming: date | None = None
    networks: tuple[str, ...] = OWN_NETWORKS

    @property
    def holding(self) -> Agreement | None:
        """The version in force; None before the first."""
        return in_force(self.agreements) if self.agreements else None

    @property
    def newest(self) -> Terms:
        """The terms of the newest version, which the next one is made from; empty before the first."""
        return self.agreements[-1].terms if self.agreements else Terms()


def read_agreement_detail(by: By, reader: Reader, client: Client) -> AgreementDetail:
    """Everything about a client's agreement at the moment of `by`."""
    from store.situation import situation_of

    at = situation_of(reader, client, by.now)
    agreements = tuple(agreements_of(reader, client))
    if not agreements:
        return AgreementDetail(client, at.today, networks=_networks(at, Terms()))
    holding, newest = in_force(agreements), agreements[-1]
    amended = amended_of(reader, client, holding.terms, at.today)
    planned, coming = plan(reader, client, holding, at.today), None
    month = month_to_set(at.today, at.calendar)
    if month.first > at.today and not any(each.is_new for each in planned):
        coming = month.first
        planned = plan(reader, client, holding, at.today, start=month.first, deadline=month.last)
    topics = topics_of(reader, client, holding, at.today)
    return AgreementDetail(
        client=client,
        today=at.today,
        agreements=agreements,
        card=card_of(by.words, reader, at),
        decided=decided_texts(by.words, amended, holding.terms, holding.terms, at.today),
        decided_newest=decided_texts(by.words, amended, holding.terms, newest.terms, at.today),
        waiting=None if newest is holding else change_of(by, reader, client, agreements, newest.terms),
        proposal=Proposal(client, list(agreements), at.today, planned, topics),
        coming=coming,
        networks=_networks(at, newest.terms),
    )


def _networks(at: Situation, newest: Terms) -> tuple[str, ...]:
    """The networks with a name of their own, and what a plug-in has brought here."""
    named: list[str | None] = [account.network for account in newest.accounts]
    named += [line.network for line in newest.topics]
    named += [line.network for line in newest.content]
    named += [line.network for line in newest.kpis]
    known = [state.account.network for state in at.accounts]
    return tuple(dict.fromkeys([*OWN_NETWORKS, *known, *filter(None, named)]))


@dataclass(frozen=True, slots=True)
class Swap:
    """The newest terms with their priorities in another `order` (old ranks), and the draft for the client."""

    order: tuple[int, ...]
    terms: Terms
    draft: str


def read_swaps(
    by: By, reader: Reader, client: Client, agreements: Sequence[Agreement]
) -> dict[tuple[tuple[int, ...], bool], Swap]:
    """Every other order of the priorities, with content going over (True) and without (False)."""
    newest = agreements[-1].terms
    found: dict[tuple[tuple[int, ...], bool], Swap] = {}
    orders = permutations(range(1, len(newest.priorities) + 1))
    for order in sorted(orders, key=lambda each: each != _first_two(len(each))):
        if list(order) == sorted(order):
            continue
        shift = shift_of(by, reader, client, agreements, order)
        change = change_of(by, reader, client, agreements, shift.terms, shift)
        found[order, True] = Swap(order, shift.terms, change_text(by.words, change))
        terms = swap_priorities(newest, order)
        change = change_of(by, reader, client, agreements, terms)
        found[order, False] = Swap(order, terms, change_text(by.words, change))
    return found


def _first_two(count: int) -> tuple[int, ...]:
    """The order that most want: the first two changed over."""
    return (2, 1, *range(3, count + 1))
