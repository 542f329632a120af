"""What a call decided about goals: `--goal 3=200`, `--goal 3=31.12`, `--goal "3=200 31.12"`, yes, drop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from goals.evaluate import is_complete
from goals.metrics import METRICS

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.model import Client, Goal
    from store.contract import Reader

#: `31.12`, `31.12.2026`, `2026-12-31`: an amount is written with a comma (12,5) where it looks like a day.
_NUMERIC = r"\d{1,2}\.\d{2}(?:\.\d{2,4})?|\d{4}-\d{1,2}-\d{1,2}"
_DAY = re.compile(rf"(?:(?:до|by|until)\s+)?({_NUMERIC}|[^\W\d_]{{4,}}(?:\s.*)?)", re.IGNORECASE)
_BOTH = re.compile(rf"(.*?\S)\s+(?:(?:до|by|until)\s+(.+)|({_NUMERIC}))", re.IGNORECASE)
_YES = frozenset({"yes", "y", "да", "ок", "ok"})
_DROP = frozenset({"drop", "снять", "снимаем"})


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
    ctx: Context,
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
        ctx: the language of the errors.
        reader: where the goals are.
        client: whose call it was.
        said: everything that was said.
        today: the client's local day.
        by: who said yes; None for whoever agreed the goal before.
        approver: who says yes to a goal that nobody has agreed yet.
        on: the day of the call.

    Raises:
        UserError: a goal is not the client's, or cannot be changed so (nothing is saved then).
    """
    goals = {str(goal.id): goal for goal in reader.goals(client.id)}
    words = [each.text for each in said if not each.is_goal]
    why = words[0] if words else ""
    found: dict[str, GoalDecision] = {}
    for each in said:
        if not each.is_goal:
            why = each.text
            continue
        number, value = _parts(each.text)
        if number not in goals:
            raise _unknown(ctx, client, each.text)
        known = found.get(number) or GoalDecision(goals[number], goals[number], why)
        after = replace(
            _changed(ctx, known.after, value, today),
            agreed_on=on,
            agreed_by=by or known.before.agreed_by or approver,
        )
        found[number] = GoalDecision(known.before, after, known.why)
    for each_goal in found.values():
        _check(ctx, each_goal, today)
    return list(found.values())


def _parts(text: str) -> tuple[str, str]:
    """`3=200` as the goal's number and what was decided."""
    number, _, value = text.partition("=")
    return number.strip().removeprefix("#"), value.strip()


def _changed(ctx: Context, goal: Goal, value: str, today: date) -> Goal:
    """The goal with the amount, the deadline, or both that were typed."""
    from cli.amounts import read_amount

    said = value.casefold()
    if said in _YES:
        return goal
    if said in _DROP:
        return replace(goal, dropped=True)
    if only := _DAY.fullmatch(value):
        return _until(ctx, goal, only[1], today)
    if both := _BOTH.fullmatch(value):
        goal, value = _until(ctx, goal, both[2] or both[3], today), both[1]
    return replace(goal, amount=read_amount(ctx.words, value, METRICS[goal.metric], goal.kind))


def _until(ctx: Context, goal: Goal, day: str, today: date) -> Goal:
    from cli.amounts import read_day

    return replace(goal, deadline=read_day(ctx.words, day, today, after=max(goal.start, today)))


def _check(ctx: Context, decision: GoalDecision, today: date) -> None:
    from goals.validity import problems_of
    from wording.validity import flaw_sentence

    if decision.after.dropped:
        return
    if not is_complete(decision.after):
        raise UserError(
            ctx.words.text("The goal is a draft: there is nothing yet to say yes to"),
            ctx.words.text(
                "Finish it first: smm goal edit {goal} --amount N --deadline DAY", goal=decision.after.id
            ),
            Exit.INCOMPLETE,
        )
    for problem in problems_of(decision.after, today, before=decision.before):
        sentence = flaw_sentence(ctx.words, problem.flaw, decision.after, today)
        raise UserError(sentence.message, sentence.next_step, Exit.USAGE)


def _unknown(ctx: Context, client: Client, typed: str) -> UserError:
    return UserError(
        ctx.words.text("«{client}» has no goal «{typed}»", client=client.name, typed=typed),
        ctx.words.text(
            "Write a number of smm goal list and what was decided: {examples}",
            examples="--goal 3=200, --goal 3=31.12, --goal 3=yes, --goal 3=drop",
        ),
        Exit.USAGE,
    )
