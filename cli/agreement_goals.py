"""From the lines of an agreement to goals in the store: what is new, what lives already, what cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cli.agreements import needed_agreements, says_the_same
from connectors.clean import clean
from goals.agreement.goals import goals_of
from goals.agreement.lines import folded
from goals.agreement.plain import in_force
from goals.evaluate import is_complete
from goals.measure import baseline_of
from goals.metrics import METRICS, Source
from goals.model import Goal, GoalId
from goals.validity import Flaw, problems_of

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.agreement.goals import ProposedGoal
    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client
    from store.contract import Reader, Writer

#: How far back the figures lie that a goal may start from.
_HISTORY = timedelta(days=400)
#: What is still open is no reason against a goal: it is kept as a draft.
_OPEN = frozenset({Flaw.NO_AMOUNT, Flaw.NO_DEADLINE})


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one line: the goal that it asks for, unless one lives already or it cannot be set.

    `now` is the figure that the goal would start from if it began today.
    """

    asked: ProposedGoal
    goal: Goal
    live: Goal | None
    flaw: Flaw | None
    now: float | None

    @property
    def is_new(self) -> bool:
        """Whether the goal is to be set."""
        return self.live is None and self.flaw is None

    @property
    def differs(self) -> bool:
        """Whether the goal that lives already says otherwise than its line."""
        return self.live is not None and not says_the_same(self.live, self.asked)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the terms in force ask for in a month; `topics` are those that the client has not got yet."""

    client: Client
    agreements: list[Agreement]
    today: date
    planned: list[Planned]
    topics: tuple[str, ...]

    @property
    def agreement(self) -> Agreement:
        """The version that holds."""
        return in_force(self.agreements)

    @property
    def is_outdated(self) -> bool:
        """Whether there is a newer version that the client has not accepted yet."""
        return self.agreement is not self.agreements[-1]

    @property
    def news(self) -> int:
        """How many goals are new."""
        return sum(each.is_new for each in self.planned)

    @property
    def numbers(self) -> list[GoalId | None]:
        """The goals that live already, line by line."""
        return [each.live.id if each.live is not None else None for each in self.planned]


def propose(
    ctx: Context,
    reader: Reader,
    client: Client,
    today: date,
    *,
    start: date | None = None,
    deadline: date | None = None,
) -> Proposal:
    """What the terms in force ask for (see `plan`). Raises UserError where nothing was agreed yet."""
    agreements = needed_agreements(ctx, reader, client)
    holding = in_force(agreements)
    planned = plan(reader, client, holding, today, start=start, deadline=deadline)
    return Proposal(client, agreements, today, planned, tuple(new_topics(reader, client, holding.terms)))


def plan(
    reader: Reader,
    client: Client,
    agreement: Agreement,
    today: date,
    *,
    start: date | None = None,
    deadline: date | None = None,
) -> list[Planned]:
    """What becomes of each line of a version in a month (see `goals.agreement.goals.window_of`)."""
    names = [topic.name for topic in reader.topics(client.id)]
    names += new_topics(reader, client, agreement.terms)
    existing = reader.goals(client.id)
    planned = []
    for asked in goals_of(agreement.terms, today, start=start, deadline=deadline):
        goal = _goal_of(client, agreement, asked, names)
        live = next((known for known in existing if _is_same(known, asked)), None)
        flaws = (problem.flaw for problem in problems_of(goal, today) if problem.flaw not in _OPEN)
        flaw = next(flaws, None) if live is None else None
        planned.append(Planned(asked, goal, live, flaw, _now(reader, goal, today)))
    return planned


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


def _is_same(goal: Goal, asked: ProposedGoal) -> bool:
    """Whether a goal stands on the line in days that the asked one has too."""
    return (
        goal.term == asked.term
        and (goal.deadline is None or goal.deadline >= asked.start)
        and (asked.deadline is None or goal.start <= asked.deadline)
    )


def _now(reader: Reader, goal: Goal, today: date) -> float | None:
    facts = reader.facts(goal, min(goal.start, today) - _HISTORY, today)
    return baseline_of(replace(goal, baseline=None), facts, today)


def _topic(name: str, names: list[str]) -> str:
    """The topic as the client has it; in agreements case and «ё» make no difference."""
    key = folded(name)
    return next((known for known in names if folded(known) == key), clean(name))


def new_topics(reader: Reader, client: Client, terms: Terms) -> list[str]:
    """The topics of the agreement that the client has not got yet."""
    known = {folded(topic.name) for topic in reader.topics(client.id)}
    names = {folded(line.topic): clean(line.topic) for line in reversed(terms.topics)}
    return [names[key] for key in reversed(names) if key not in known]


def save_proposal(ctx: Context, writer: Writer, found: Proposal) -> list[GoalId | None]:
    """Make the topics and set the goals that are new, all or none; the number of each line's goal.

    A new topic is told by its name.
    """
    from store.refresh import refresh_goals

    with writer.together():
        for name in found.topics:
            number = writer.topic(found.client.id, name)
            topic = next(each for each in writer.topics(found.client.id) if each.id == number)
            writer.update_topic(replace(topic, words=(name,)), author=ctx.author, now=ctx.now())
        numbers, added = found.numbers, []
        for place, each in enumerate(found.planned):
            if each.is_new:
                numbers[place] = goal_id = writer.add_goal(each.goal, author=ctx.author, now=ctx.now())
                added.append(writer.goal(goal_id))
        refresh_goals(writer, added, ctx.now())
    return numbers


def match_topics(ctx: Context, writer: Writer, found: Proposal) -> None:
    """Look the posts through for the topics that were made, a batch a transaction."""
    if found.topics:
        from cli.topics import match_new

        match_new(writer, ctx.now())


def proposal_table(ctx: Context, found: Proposal, numbers: list[GoalId | None]) -> str:
    """The lines for people: goal, days, where it starts from, and what becomes of it."""
    from cli.goals import goal_title
    from cli.output import table

    words, text, today = ctx.words, ctx.words.text, found.today
    rows = [
        (
            goal_title(ctx, each.goal),
            words.day(each.goal.start, today),
            "—" if each.goal.deadline is None else words.day(each.goal.deadline, today),
            _number(ctx, each.goal.baseline if each.goal.baseline is not None else each.now),
            _fate(ctx, each, number, today),
        )
        for each, number in zip(found.planned, numbers, strict=True)
    ]
    headers = (text("goal"), text("since"), text("until"), text("starts at"), text("what becomes of it"))
    return table(headers, rows, right={3})


def _number(ctx: Context, value: float | None) -> str:
    return "—" if value is None else ctx.words.number(value)


def _fate(ctx: Context, each: Planned, number: GoalId | None, today: date) -> str:
    """«новая, № 5», «уже есть, № 4», or why there is none."""
    from wording.validity import flaw_sentence

    text = ctx.words.text
    if each.flaw is not None:
        return text("not set: {why}", why=flaw_sentence(ctx.words, each.flaw, each.goal, today).message)
    if each.live is not None:
        lives, otherwise = (
            text("lives already, No. {id}", id=each.live.id),
            text("its line says otherwise now"),
        )
        return f"{lives}; {otherwise}" if each.differs else lives
    parts = [text("new") if number is None else text("new, No. {id}", id=number)]
    if not is_complete(each.goal):
        parts.append(text("a draft: not all is said yet"))
    if each.asked.partial:
        parts.append(text("the amount is for a whole month"))
    return "; ".join(parts)


def proposal_record(found: Proposal, numbers: list[GoalId | None], *, saved: bool) -> dict[str, object]:
    """The proposal for other programs."""
    yes = found.agreement.acceptance
    return {
        "client": found.client.name,
        "version": found.agreement.version,
        "agreed_on": yes.on if yes else None,
        "saved": saved,
        "topics": found.topics,
        "goals": _records(found.planned, numbers),
    }


def _records(planned: list[Planned], numbers: list[GoalId | None]) -> list[dict[str, object]]:
    """A record for each line; `baseline` is where the goal starts from, or would start today."""
    return [
        {
            "term": each.asked.term,
            "metric": each.goal.metric,
            "kind": each.goal.kind,
            "amount": each.goal.amount,
            "period": each.goal.period,
            "topic": each.goal.topic,
            "network": each.goal.network,
            "start": each.goal.start,
            "deadline": each.goal.deadline,
            "baseline": each.goal.baseline if each.goal.baseline is not None else each.now,
            "priority": each.goal.priority,
            "partial": each.asked.partial,
            "state": "new" if each.is_new else "refused" if each.live is None else "lives",
            "flaw": each.flaw,
            "goal": number,
        }
        for each, number in zip(planned, numbers, strict=True)
    ]
