"""Goals that say what another living one says already: they are added only after that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ask import asked, can_ask
from cli.exits import Exit, UserError
from work.goal_twins import twin_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from goals.model import Goal
    from store.contract import Reader


def without_twins(
    ctx: Context, reader: Reader, new: Sequence[Goal], today: date, *, anyway: bool
) -> list[Goal]:
    """The goals that are to be added: asks at a terminal about one that says what a living one says.

    Where nobody can be asked, such a goal is left out and told of, beside others that are new.

    Raises:
        UserError: each of the goals is there already, and nobody to be asked (exit code 2).
    """
    if anyway:
        return list(new)
    kept: list[Goal] = []
    known: list[UserError] = []
    for goal in new:
        living = reader.goals(goal.client_id)
        twin = twin_of(goal, living, reader.accounts(goal.client_id), today)
        if twin is None:
            kept.append(goal)
            continue
        message = _message(ctx, twin, today)
        if not can_ask(ctx):
            step = ctx.words.text("Change it: smm goal edit {id} …, or add one more: --anyway", id=twin.id)
            known.append(UserError(message, step, Exit.USAGE))
            continue
        if asked(ctx, ctx.words.text("{goal}. Add one more?", goal=message), default=False):
            kept.append(goal)
    if known and not kept:
        raise known[0]
    for error in known:
        ctx.say(f"{error.message}\n  → {error.next_step}")
    if not kept:
        ctx.say(ctx.words.text("Nothing was added"))
    return kept


def _message(ctx: Context, twin: Goal, today: date) -> str:
    from cli.goal.listing import goal_title

    words, title = ctx.words, goal_title(ctx, twin)
    if twin.deadline is None:
        return words.text("There is such a goal already: {id}. {title}", id=twin.id, title=title)
    day = words.day(twin.deadline, today)
    return words.text(
        "There is such a goal already: {id}. {title}, until {day}", id=twin.id, title=title, day=day
    )
