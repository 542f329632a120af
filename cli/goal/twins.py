"""Goals that say what another living one says already: they are added only after that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ask import asked, can_ask
from cli.exits import Exit, UserError
from work.goal_twins import twin_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cli.context import Context
    from goals.model import Goal
    from store.contract import Reader


def agree_to_twins(ctx: Context, reader: Reader, new: Iterable[Goal], today: date, *, anyway: bool) -> bool:
    """Whether goals are to be added although some say what a living one says; asks at a terminal.

    Raises:
        UserError: there is such a goal, and nobody to be asked (exit code 2).
    """
    if anyway:
        return True
    for goal in new:
        living = reader.goals(goal.client_id)
        twin = twin_of(goal, living, reader.accounts(goal.client_id), today)
        if twin is None:
            continue
        message = _message(ctx, twin, today)
        if not can_ask(ctx):
            step = ctx.words.text("Change it: smm goal edit {id} …, or add one more: --anyway", id=twin.id)
            raise UserError(message, step, Exit.USAGE)
        if not asked(ctx, ctx.words.text("{goal}. Add one more?", goal=message), default=False):
            ctx.say(ctx.words.text("Nothing was added"))
            return False
    return True


def _message(ctx: Context, twin: Goal, today: date) -> str:
    from cli.goal.listing import goal_title

    words, title = ctx.words, goal_title(ctx, twin)
    if twin.deadline is None:
        return words.text("There is such a goal already: {id}. {title}", id=twin.id, title=title)
    day = words.day(twin.deadline, today)
    return words.text(
        "There is such a goal already: {id}. {title}, until {day}", id=twin.id, title=title, day=day
    )
