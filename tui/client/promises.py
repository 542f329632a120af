"""What was promised to a client, line by line, beside what came out and what is planned.

A line with a goal stands as its goal does; an agreed topic without one as the warnings count it; any
other line as a goal would that said what the line says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded, topic_term
from goals.agreement.plain import in_force
from goals.agreement.share import goals_since
from goals.board import GoalRow
from goals.evaluate import evaluate
from goals.measure import FLOW_DAYS, baseline_of
from goals.metrics import METRICS, Source
from goals.model import Goal, GoalId, GoalKind, GoalStatus
from goals.pace import period_of
from goals.warnings.coverage import Coverage, coverages
from goals.warnings.situation import GoalState
from work.agreements import agreements_of, amended_of, decided_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.agreement.goals import ProposedGoal
    from goals.agreement.terms import Agreement, Terms
    from goals.warnings.situation import Situation
    from store.contract import Reader
    from wording.words import Words

#: How far back the figures lie that a line without a goal is judged by.
_HISTORY = timedelta(days=100)
_SHORT = frozenset({GoalStatus.BEHIND, GoalStatus.UNLIKELY, GoalStatus.MISSED})


class Promise(NamedTuple):
    """One line: its goal or a would-be one with the verdict on it, and the pieces planned until its end.

    `goal` is None for a topic without an amount. `coverage` is what the warnings say of a topic.
    """

    term: str
    goal: Goal | None = None
    row: GoalRow | None = None
    planned: int = 0
    coverage: Coverage | None = None

    @property
    def goal_id(self) -> GoalId | None:
        """The goal that stands on the line; None where none does."""
        return GoalId(self.row.goal_id) if self.row is not None and self.row.goal_id else None

    @property
    def is_short(self) -> bool:
        """Whether there is less than was promised by now."""
        if self.coverage is not None and (self.coverage.is_short or self.coverage.is_idle):
            return True
        return self.row is not None and self.row.status in _SHORT


@dataclass(frozen=True, slots=True)
class Card:
    """The version in force with its lines on `today`; `newest` is the number of the newest version.

    `decided` is what was decided about lines since, in words by term.
    """

    agreement: Agreement
    newest: int
    promises: tuple[Promise, ...]
    decided: Mapping[str, str]
    today: date


def card_of(words: Words, reader: Reader, at: Situation) -> Card | None:
    """The agreement in force and how its lines stand; None where nothing was agreed."""
    agreements = agreements_of(reader, at.client)
    if not agreements:
        return None
    holding = in_force(agreements)
    terms = holding.terms
    amended = amended_of(reader, at.client, terms, at.today)
    return Card(
        agreement=holding,
        newest=agreements[-1].version,
        promises=_promises(reader, at, terms),
        decided=decided_texts(words, amended, terms, terms, at.today),
        today=at.today,
    )


def _promises(reader: Reader, at: Situation, terms: Terms) -> tuple[Promise, ...]:
    asked = {each.term: each for each in goals_since(terms, at.today, at.since, at.calendar)}
    covered = _covered(at, terms)
    wishes = [topic_term(line) for line in terms.topics if topic_term(line) not in asked]
    found = [_promise(reader, at, each, covered.get(term)) for term, each in asked.items()]
    return (*found, *(Promise(term, coverage=covered[term]) for term in wishes if term in covered))


def _covered(at: Situation, terms: Terms) -> dict[str, Coverage]:
    """What the warnings say of the agreed topics, by term."""
    left = list(coverages(at))
    found: dict[str, Coverage] = {}
    for line in terms.topics:
        key = (folded(line.topic), line.format)
        one = next((each for each in left if (folded(each.topic), each.format) == key), None)
        if one is not None:
            left.remove(one)
            found[topic_term(line)] = one
    return found


def _promise(reader: Reader, at: Situation, asked: ProposedGoal, coverage: Coverage | None) -> Promise:
    states = [
        each
        for each in at.goals
        if each.goal.term == asked.term and (each.goal.deadline is None or each.goal.deadline >= at.today)
    ]
    state = states[-1] if states else _would_be(reader, at, asked)
    return Promise(asked.term, state.goal, state.row, _planned(at, state), coverage)


def _would_be(reader: Reader, at: Situation, asked: ProposedGoal) -> GoalState:
    """The goal that the line asks for with the verdict that it would have."""
    goal = would_be_goal(at, asked)
    facts = reader.facts(goal, min(goal.start, at.today) - _HISTORY - timedelta(days=FLOW_DAYS), at.today)
    if goal.baseline is None:
        goal = replace(goal, baseline=baseline_of(goal, facts, at.today))
    return GoalState(goal, _row(goal, evaluate(goal, facts, at.calendar, at.now, at.today)._asdict()))


def would_be_goal(at: Situation, asked: ProposedGoal) -> Goal:
    """The goal that a line asks for, as if it were set; its number is 0."""
    is_manual = METRICS[asked.metric].source is Source.MANUAL
    return Goal(
        id=GoalId(0),
        client_id=at.client.id,
        metric=asked.metric,
        kind=asked.kind,
        amount=asked.amount,
        start=asked.start,
        network=None if is_manual else asked.network,
        topic=_known_topic(at, asked.topic) if asked.topic else None,
        period=asked.period,
        deadline=asked.deadline,
        baseline=asked.baseline,
        priority=asked.priority,
        term=asked.term,
    )


def _known_topic(at: Situation, name: str) -> str:
    return next((each.name for each in at.topics if folded(each.name) == folded(name)), name)


def unjudged_row(goal: Goal) -> GoalRow:
    """A goal as a row without a verdict."""
    return _row(goal, {"status": GoalStatus.DRAFT.value, "planned_today": 0, "urgency": 0})


def _row(goal: Goal, verdict: dict[str, object]) -> GoalRow:
    said = {
        "account": None,
        "start": goal.start.toordinal(),
        "deadline": goal.deadline.toordinal() if goal.deadline else None,
        "goal_id": int(goal.id),
        "as_of": None,
    }
    both = {name: verdict.get(name, getattr(goal, name, None)) for name in GoalRow._fields}
    return GoalRow(**(both | said))  # type: ignore[arg-type]


def _planned(at: Situation, state: GoalState) -> int:
    """The pieces that stand in the plan until the end of the line's running period."""
    if not state.is_content:
        return 0
    return sum(
        state.counts(piece) for piece in at.planned(at.today) if piece.day <= last_day(state.goal, at.today)
    )


def last_day(goal: Goal, today: date) -> date:
    """The last day of what a goal counts now: of its running period, or its deadline."""
    end = goal.deadline or date.max
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        return min(end, period_of(goal.period, max(goal.start, today))[1])
    return end
