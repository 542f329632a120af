"""Rules about the goals themselves: unfinished, eased, all too easy, all lost, losing confidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.changes import ASKED, changed_without_yes, eased_without_yes
from goals.evaluate import is_complete
from goals.metrics import UNNAMED
from goals.model import ClientKind, GoalStatus, Period
from goals.pace import period_of
from goals.rhythm import fell_twice
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.pace_rules import of_goal

if TYPE_CHECKING:
    from goals.model import Goal
    from goals.warnings.situation import Situation

#: A wish may stay a wish for so long.
UNFINISHED_AFTER = timedelta(days=7)
#: Fewer goals are no pattern: one lucky goal in each of two months is not «too easy» (ours).
LEAST_GOALS = 2

#: The field that a change is told by: the first of these that it has.
_TOLD_BY = ("amount", "deadline", "start", *sorted(ASKED - {"amount", "deadline", "start"}))
_DAYS = frozenset({"deadline", "start"})
_JUDGED = frozenset({GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY})


def unfinished(at: Situation) -> Iterator[Warning]:
    """A goal without a measure, an amount or a date for longer than a week."""
    for state in at.goals:
        if not is_complete(state.goal) and at.today - state.goal.start > UNFINISHED_AFTER:
            facts: dict[str, Fact] = {
                "lacks": _lacks(state.goal),
                "since": state.goal.start,
                "wish": state.goal.wish or None,
            }
            yield of_goal("unfinished", Severity.LOW, state, Step.COMPLETE_GOAL, facts)


def eased(at: Situation) -> Iterator[Warning]:
    """What the client had agreed to was changed, and he has not said yes to that."""
    if at.client.kind is ClientKind.SELF:
        return
    for state in at.goals:
        changes = changed_without_yes(state.goal, state.revisions) if state.is_open else []
        if changes:
            easing = eased_without_yes(state.goal, changes)
            revision = (easing or changes)[-1]
            field = next(name for name in _TOLD_BY if name in revision.changes)
            old, new = revision.changes[field]
            facts: dict[str, Fact] = {
                "field": field,
                "old": _value(field, old),
                "new": _value(field, new),
                "easier": bool(easing),
                "day": revision.made_at.date(),
                "author": revision.author,
            }
            yield of_goal("eased", Severity.MEDIUM, state, Step.ASK_YES, facts)


def all_green(at: Situation) -> Iterator[Warning]:
    """Every goal of the last two whole months was met: they are too easy."""
    month_end = at.today.replace(day=1) - timedelta(days=1)
    last = period_of(Period.MONTH, month_end)
    before = period_of(Period.MONTH, last[0] - timedelta(days=1))
    met = 0
    for first, end in (before, last):
        statuses = [s.status for s in at.goals if s.goal.deadline and first <= s.goal.deadline <= end]
        if len(statuses) < LEAST_GOALS or any(status is not GoalStatus.MET for status in statuses):
            return
        met += len(statuses)
    yield _of_client(at, "all_green", Severity.LOW, Step.RAISE_GOALS, met)


def all_red(at: Situation) -> Iterator[Warning]:
    """Every running goal that can be judged is behind or unlikely: the plan itself is wrong."""
    judged = [state.status for state in at.goals if state.status in _JUDGED]
    if len(judged) >= LEAST_GOALS and GoalStatus.ON_TRACK not in judged:
        yield _of_client(at, "all_red", Severity.MEDIUM, Step.RENEGOTIATE, len(judged))


def confidence(at: Situation) -> Iterator[Warning]:
    """Confidence in a goal fell at two check-ins running."""
    for state in at.goals:
        if state.is_open and fell_twice(state.check_ins):
            newest = state.check_ins[-1]
            facts: dict[str, Fact] = {
                "why": newest.why or None,
                "day": newest.day,
                "confidence": newest.confidence.value,
                "was": state.check_ins[-2].confidence.value,
            }
            yield of_goal("confidence", Severity.MEDIUM, state, Step.TALK, facts)


def _of_client(at: Situation, rule: str, severity: Severity, step: Step, n: int) -> Warning:
    return Warning(rule, severity, f"{rule}:{at.client.id}", at.client.id, step, facts={"n": n})


def _lacks(goal: Goal) -> str:
    if goal.metric == UNNAMED:
        return "metric"
    return "amount" if goal.amount is None else "deadline"


def _value(field: str, text: str | None) -> Fact:
    if text is None:
        return None
    if field == "amount":
        return float(text)
    return date.fromisoformat(text) if field in _DAYS else text
