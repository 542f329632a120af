"""From the lines of an agreement to goals in the store: what is new, what lives already, what cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.agreement.amended import share_days
from goals.agreement.goals import ProposedGoal
from goals.agreement.lines import folded
from goals.agreement.own import is_reached, renewals
from goals.agreement.plain import in_force
from goals.agreement.share import goals_since
from goals.evaluate import is_complete
from goals.measure import baseline_of
from goals.metrics import METRICS, Source
from goals.model import Goal, GoalId
from goals.validity import Flaw, problems_of
from goals.warnings.held import held_lines
from work.agreements import (
    agreements_of,
    amended_of,
    is_running,
    make_topics,
    new_topics,
    says_the_same,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.agreement.amended import Amendment
    from goals.agreement.terms import Agreement
    from goals.model import Client
    from store.contract import Reader, Writer
    from work.agreements import By, Match

#: How far back the figures lie that a goal may start from.
_HISTORY = timedelta(days=400)
#: What is still open is no reason against a goal: it is kept as a draft.
_OPEN = frozenset({Flaw.NO_AMOUNT, Flaw.NO_DEADLINE})


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one line: the goal that it asks for, unless one lives already or it cannot be set.

    `now` is the figure that the goal would start from if it began today. `decided` is what the client
    decided since about the goal that lives, or about the line's last one; `dropped` the goal of these days
    that was dropped, `again` says that it is wanted all the same. `is_reached` is a level that stands
    there already, `differs` says that the goal that lives says otherwise than its line.
    """

    asked: ProposedGoal
    goal: Goal
    live: Goal | None
    flaw: Flaw | None
    now: float | None
    decided: Amendment | None = None
    dropped: Goal | None = None
    again: bool = False
    is_reached: bool = False
    differs: bool = False

    @property
    def is_off(self) -> bool:
        """Whether the client dropped the line's goal for these days, and nobody wants it again."""
        by_client = self.decided is not None and self.decided.dropped and self.dropped == self.decided.goal
        return by_client and self.live is None and not self.again

    @property
    def is_new(self) -> bool:
        """Whether the goal is to be set."""
        return self.live is None and self.flaw is None and not (self.is_off or self.is_reached)

    @property
    def is_too_little(self) -> bool:
        """Whether the share of the month that is left is less than one piece."""
        return self.live is None and self.asked.per_month is not None and not self.asked.amount


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the terms in force ask for in a month; `topics` are those that the client has not got yet."""

    client: Client
    agreements: list[Agreement]
    today: date
    planned: list[Planned]
    topics: tuple[str, ...]

    @property
    def agreement(self) -> Agreement | None:
        """The version that holds; None for the specialist's own goals, which need none."""
        return in_force(self.agreements) if self.agreements else None

    @property
    def is_outdated(self) -> bool:
        """Whether there is a newer version that the client has not accepted yet."""
        return bool(self.agreements) and self.agreement is not self.agreements[-1]

    @property
    def news(self) -> int:
        """How many goals are new."""
        return sum(each.is_new for each in self.planned)

    @property
    def unserved(self) -> list[int]:
        """The ranks of the priorities that no goal of the month serves."""
        if self.agreement is None:
            return []
        served = {each.goal.priority for each in self.planned if each.live or each.is_new}
        ranks = range(1, len(self.agreement.terms.priorities) + 1)
        return [rank for rank in ranks if rank not in served]

    @property
    def numbers(self) -> list[GoalId | None]:
        """The goals that live already, line by line."""
        return [each.live.id if each.live is not None else None for each in self.planned]


def plan(
    reader: Reader,
    client: Client,
    agreement: Agreement,
    today: date,
    *,
    start: date | None = None,
    deadline: date | None = None,
    again: bool = False,
) -> list[Planned]:
    """What becomes of each line of a version in a month (see `goals.agreement.goals.window_of`).

    What the client dropped is left out unless it is wanted `again`.
    """
    names = [topic.name for topic in reader.topics(client.id)]
    names += new_topics(reader, client, agreement.terms)
    existing = reader.goals(client.id, dropped=True)
    amended = amended_of(reader, client, agreement.terms, today)
    calendar, since = reader.calendar(client.id), since_of(agreements_of(reader, client))
    planned = []
    for asked in goals_since(agreement.terms, today, since, calendar, start=start, deadline=deadline):
        goal = _goal_of(client, agreement, asked, names)
        same = [known for known in existing if known.term == asked.term and share_days(known, goal)]
        live = next((known for known in same if not known.dropped), None)
        flaws = (problem.flaw for problem in problems_of(goal, today) if problem.flaw not in _OPEN)
        planned.append(
            Planned(
                asked,
                goal,
                live,
                flaw=next(flaws, None) if live is None else None,
                now=now_of(reader, goal, today),
                decided=amended.get(asked.term),
                dropped=next((known for known in reversed(same) if known.dropped), None),
                again=again,
                differs=live is not None and not says_the_same(live, asked, calendar),
            )
        )
    return planned


def since_of(agreements: Sequence[Agreement]) -> dict[str, date]:
    """Since when each line holds, by term: through the accepted versions; without one, through all."""
    accepted = [each for each in agreements if each.acceptance is not None]
    return {term: line.since for term, line in held_lines(accepted or agreements).items()}


def own_proposal(reader: Reader, client: Client, today: date, first: date, last: date) -> Proposal:
    """The specialist's own goals again for a month, and what lines ask for where he has an agreement."""
    agreements = agreements_of(reader, client)
    topics: tuple[str, ...] = ()
    planned: list[Planned] = []
    if agreements:
        holding = in_force(agreements)
        planned = plan(reader, client, holding, today, start=first, deadline=last)
        topics = topics_of(reader, client, holding, today)
    for goal, live in renewals(reader.goals(client.id), today, first, last):
        now = now_of(reader, goal, today)
        flaws = (problem.flaw for problem in problems_of(goal, today) if problem.flaw not in _OPEN)
        flaw = next(flaws, None) if live is None else None
        asked = ProposedGoal(
            "", goal.metric, goal.kind, goal.amount, goal.start, goal.deadline, period=goal.period
        )
        reached = live is None and is_reached(goal, now)
        planned.append(Planned(asked, goal, live, flaw, now, is_reached=reached))
    return Proposal(client, agreements, today, planned, topics)


def _goal_of(client: Client, agreement: Agreement, asked: ProposedGoal, names: list[str]) -> Goal:
    """The goal of a line; the client's yes to the version is his yes to it, where nothing is left open."""
    source = METRICS[asked.metric].source
    goal = Goal(
        id=GoalId(0),
        client_id=client.id,
        metric=asked.metric,
        kind=asked.kind,
        amount=asked.amount,
        start=asked.start,
        network=None if source is Source.MANUAL else asked.network,
        topic=_topic(asked.topic, names) if asked.topic and source is Source.POSTS else None,
        period=asked.period,
        deadline=asked.deadline,
        baseline=asked.baseline,
        priority=asked.priority,
        term=asked.term,
    )
    yes = agreement.acceptance
    if yes is None or not is_complete(goal):
        return goal
    return replace(goal, agreed_by=clean(yes.by), agreed_on=yes.on)


def now_of(reader: Reader, goal: Goal, today: date) -> float | None:
    """The figure that a goal would start from if it began today."""
    facts = reader.facts(goal, min(goal.start, today) - _HISTORY, today)
    return baseline_of(replace(goal, baseline=None), facts, today)


def _topic(name: str, names: list[str]) -> str:
    """The topic as the client has it; in agreements case and «ё» make no difference."""
    key = folded(name)
    return next((known for known in names if folded(known) == key), clean(name))


def topics_of(reader: Reader, client: Client, agreement: Agreement, today: date) -> tuple[str, ...]:
    """The topics that a version needs and the client has not got yet; none where the agreement has ended."""
    if not is_running(agreement.terms, today):
        return ()
    return tuple(new_topics(reader, client, agreement.terms))


def save_proposal(by: By, writer: Writer, found: Proposal, match: Match | None = None) -> list[GoalId | None]:
    """Make the topics and set the goals that are new, all or none; the number of each line's goal.

    A new topic is told by its name; posts are looked through for it by `match`.
    """
    from store.refresh import refresh_goals

    with writer.together():
        make_topics(by, writer, found.client, found.topics)
        numbers, added = found.numbers, []
        for place, each in enumerate(found.planned):
            if each.is_new:
                numbers[place] = goal_id = writer.add_goal(each.goal, author=by.author, now=by.now)
                added.append(writer.goal(goal_id))
        refresh_goals(writer, added, by.now)
    if found.topics and match is not None:
        match(writer)
    return numbers
