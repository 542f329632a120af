"""What a call decided about goals: `--goal 3=200`, `--goal 3=31.12`, `--goal "3=200 31.12"`, yes, drop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goals.evaluate import is_complete
from goals.metrics import METRICS
from goals.model import GoalKind
from wording import typed

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Client, Goal
    from store.contract import Reader
    from wording.words import Words

#: `31.12`, `31.12.2026`, `2026-12-31`: an amount is written with a comma (12,5) where it looks like a day.
_NUMERIC = r"\d{1,2}\.\d{2}(?:\.\d{2,4})?|\d{4}-\d{1,2}-\d{1,2}"
_DAY = re.compile(rf"(?:(?:до|by|until)\s+)?({_NUMERIC}|[^\W\d_]{{4,}}(?:\s.*)?)", re.IGNORECASE)
_BOTH = re.compile(rf"(.*?\S)\s+(?:(?:до|by|until)\s+(.+)|({_NUMERIC}))", re.IGNORECASE)
_YES = frozenset({"yes", "y", "да", "ок", "ok"})
_DROP = frozenset({"drop", "снять", "снимаем"})


class DecisionError(Exception):
    """What was decided cannot be kept; `incomplete` says that the goal is a draft."""

    def __init__(self, message: str, next_step: str, *, incomplete: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.incomplete = incomplete


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said on the command line, in its order: a decision, or what becomes of a goal."""

    text: str
    is_goal: bool = False


@dataclass(frozen=True, slots=True)
class GoalDecision:
    """A goal as it was and as it was decided, with the words of the decision."""

    before: Goal
    after: Goal
    why: str


def decision(text: str) -> Said:
    """A decision in words."""
    return Said(text)


def goal_change(text: str) -> Said:
    """What becomes of a goal."""
    return Said(text, is_goal=True)


def decided(
    words: Words,
    reader: Reader,
    client: Client,
    said: Sequence[Said],
    today: date,
    *,
    by: str | None,
    approver: str,
    on: date,
) -> list[GoalDecision]:
    """The goals as they were decided, in the order of the decisions; several changes of one goal are one.

    A change belongs to the decision in words that stands before it, or to the first one.

    Args:
        words: the language of the errors.
        reader: where the goals are.
        client: whose call it was.
        said: everything that was said.
        today: the client's local day.
        by: who said yes; None for whoever agreed the goal before.
        approver: who says yes to a goal that nobody has agreed yet.
        on: the day of the call.

    Raises:
        DecisionError: a goal is not the client's, or cannot be changed so (nothing is saved then).
    """
    goals = {str(goal.id): goal for goal in reader.goals(client.id)}
    reasons = [each.text for each in said if not each.is_goal]
    why = reasons[0] if reasons else ""
    found: dict[str, GoalDecision] = {}
    for each in said:
        if not each.is_goal:
            why = each.text
            continue
        number, value = _parts(each.text)
        if number not in goals:
            raise _unknown(words, client, number)
        known = found.get(number) or GoalDecision(goals[number], goals[number], why)
        after = replace(
            _changed(words, known.after, value, today),
            agreed_on=on,
            agreed_by=by or known.before.agreed_by or approver,
        )
        found[number] = GoalDecision(known.before, after, known.why)
    for each_goal in found.values():
        _check(words, each_goal, today)
    return list(found.values())


def _parts(text: str) -> tuple[str, str]:
    """`3=200` as the goal's number and what was decided."""
    number, _, value = text.partition("=")
    return number.strip().removeprefix("#"), value.strip()


def _changed(words: Words, goal: Goal, value: str, today: date) -> Goal:
    """The goal with the amount, the deadline, or both that were typed."""
    said = value.casefold()
    if said in _YES:
        return goal
    if said in _DROP:
        return replace(goal, dropped=True)
    if only := _DAY.fullmatch(value):
        return _until(words, goal, only[1], today)
    if both := _BOTH.fullmatch(value):
        goal, value = _until(words, goal, both[2] or both[3], today), both[1]
    return replace(goal, amount=_amount(words, goal, value))


def _until(words: Words, goal: Goal, day: str, today: date) -> Goal:
    since = max(goal.start, today)
    found, nearest = typed.read_day(day, today, after=since), typed.read_day(day, today)
    if found is not None and nearest is not None and nearest < today < found:
        raise DecisionError(
            words.text("{day} has passed", day=words.day(nearest, today)),
            words.text("Name a later day, or the year: {day}", day=f"{found:%d.%m.%Y}"),
        )
    if found is not None:
        return replace(goal, deadline=found)
    message = words.text("«{text}» is no date", text=day)
    far = typed.far_day(day, today, after=since)
    if far is not None:
        message = typed.far_text(words, far, today)
    elif typed.missing_day(day, today, after=since):
        message = words.text("There is no such day: {text}", text=day)
    step = words.text("Write it like {iso} or {short}", iso=today.isoformat(), short=f"{today:%d.%m.%Y}")
    raise DecisionError(message, step)


def _amount(words: Words, goal: Goal, value: str) -> float:
    metric = METRICS[goal.metric]
    found = typed.read_amount(value, metric, goal.kind)
    if found is not None:
        return found
    if typed.read_amount(value, metric, GoalKind.AVERAGE) is not None:
        step = words.text("Write it like 300, 10k or 1.5M")
        raise DecisionError(words.text("A whole number is needed, not «{text}»", text=value), step)
    step = words.text("Write it like 300, 10k, 1.5M or 4.5")
    raise DecisionError(words.text("«{text}» is no amount", text=value), step)


def _check(words: Words, decision: GoalDecision, today: date) -> None:
    from goals.validity import problems_of
    from wording.validity import flaw_sentence

    if decision.after.dropped:
        return
    if not is_complete(decision.after):
        raise DecisionError(
            words.text("The goal is a draft: there is nothing yet to say yes to"),
            words.text(
                "Finish it first: smm goal edit {goal} --amount N --deadline DAY", goal=decision.after.id
            ),
            incomplete=True,
        )
    for problem in problems_of(decision.after, today, before=decision.before):
        sentence = flaw_sentence(words, problem.flaw, decision.after, today)
        raise DecisionError(sentence.message, sentence.next_step)


def _unknown(words: Words, client: Client, number: str) -> DecisionError:
    return DecisionError(
        words.text("«{client}» has no goal «{typed}»", client=client.name, typed=number),
        words.text(
            "Write a number of smm goal list and what was decided: --goal 3=200, --goal 3=31.12, "
            "--goal 3=yes, --goal 3=drop"
        ),
    )
