"""From the lines of an agreement to goals in the store, as commands do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.agreement.common import matcher, needed_agreements
from cli.exits import UserError
from goals.agreement.goals import window_of
from goals.agreement.plain import in_force
from work.agreement_goals import Proposal, plan, topics_of
from work.agreement_goals import save_proposal as save_goals
from work.agreements import By

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.model import Client, GoalId
    from store.contract import Reader, Writer


def propose(
    ctx: Context,
    reader: Reader,
    client: Client,
    today: date,
    *,
    start: date | None = None,
    deadline: date | None = None,
    again: bool = False,
) -> Proposal:
    """What the terms in force ask for (see `plan`). Raises UserError where nothing was agreed yet."""
    agreements = needed_agreements(ctx, reader, client)
    holding = in_force(agreements)
    planned = plan(reader, client, holding, today, start=start, deadline=deadline, again=again)
    return Proposal(client, agreements, today, planned, topics_of(reader, client, holding, today))


def save_proposal(ctx: Context, writer: Writer, found: Proposal) -> list[GoalId | None]:
    """Make the topics and set the goals that are new, all or none; the number of each line's goal."""
    return save_goals(By(ctx.words, ctx.author, ctx.now()), writer, found, matcher(ctx))


def refuse_outside(
    ctx: Context, found: Proposal, first: date | None = None, last: date | None = None
) -> None:
    """Refuse a month in which the agreement does not hold. Raises UserError."""
    if found.agreement is None:
        return
    terms = found.agreement.terms
    if window_of(terms, found.today, start=first, deadline=last) is not None:
        return
    text, start, end = ctx.words.text, terms.dates.start, terms.dates.end
    if start is not None and last is not None and start > last:
        raise UserError(
            text("The agreement begins on {day}", day=ctx.words.day(start, found.today)),
            text("Name a later month: {month}", month=f"--period {start:%Y-%m}"),
        )
    day = ctx.words.day(end or found.today, found.today)
    over = end is not None and end < found.today
    raise UserError(
        text("The agreement ended on {day}", day=day)
        if over
        else text("The agreement ends on {day}", day=day),
        text('Write down how it goes on: smm agreement edit "{client}"', client=found.client.name),
    )
