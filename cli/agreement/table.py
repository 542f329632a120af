"""The goals that an agreement asks for, shown: a table for people, a record for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.evaluate import is_complete

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.model import GoalId
    from work.agreement_goals import Planned, Proposal


def proposal_table(ctx: Context, found: Proposal, numbers: list[GoalId | None]) -> str:
    """The lines for people: goal, days, where it starts from, and what becomes of it."""
    from cli.goal.listing import goal_title
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

    text, decided = ctx.words.text, _decided(ctx, each, today)
    if each.is_off:
        return text("{dropped}, No. {id}", dropped=decided, id=each.decided.goal.id if each.decided else "")
    if each.is_too_little:
        return text("not even one falls on {days}: set it from the 1st", days=_days(ctx, each, today))
    if each.flaw is not None:
        return text("not set: {why}", why=flaw_sentence(ctx.words, each.flaw, each.goal, today).message)
    if each.live is not None:
        lives = text("lives already, No. {id}", id=each.live.id)
        otherwise = decided or (text("its line says otherwise now") if each.differs else "")
        return f"{lives}; {otherwise}" if otherwise else lives
    if each.is_reached:
        return text("reached already: set a new number")
    parts = [text("new") if number is None else text("new, No. {id}", id=number)]
    if decided:
        parts.append(text("the last one: {decided}", decided=decided))
    elif each.dropped is not None:
        parts.append(text("No. {id} was dropped without the client's yes", id=each.dropped.id))
    if not is_complete(each.goal):
        parts.append(text("a draft: not all is said yet"))
    if each.asked.per_month is not None:
        parts.append(_share(ctx, each, today))
    elif each.asked.partial:
        parts.append(text("the amount is for a whole month"))
    if each.asked.format is not None:
        parts.append(text("counted over all content: no goal counts the share of one format"))
    return "; ".join(parts)


def _share(ctx: Context, each: Planned, today: date) -> str:
    """«6 из 12: доля с 23.11 по 30.11»."""
    amount, whole = (ctx.words.number(n or 0, 2) for n in (each.asked.amount, each.asked.per_month))
    days = _days(ctx, each, today)
    return ctx.words.text("{amount} of {whole}: the share of {days}", amount=amount, whole=whole, days=days)


def _days(ctx: Context, each: Planned, today: date) -> str:
    """«с 23.11 по 30.11»."""
    first, last = each.asked.start, each.asked.deadline or each.asked.start
    return ctx.words.text(
        "{first} to {last}", first=ctx.words.day(first, today), last=ctx.words.day(last, today)
    )


def _decided(ctx: Context, each: Planned, today: date) -> str:
    """What the client decided about the line's goal since; empty where he did not."""
    from wording.agreements.amended import amendment_text

    return "" if each.decided is None else amendment_text(ctx.words, each.decided, today)


def _state(each: Planned) -> str:
    if each.is_off:
        return "dropped"
    if each.is_reached:
        return "reached"
    return "new" if each.is_new else "refused" if each.live is None else "lives"


def proposal_record(found: Proposal, numbers: list[GoalId | None], *, saved: bool) -> dict[str, object]:
    """The proposal for other programs."""
    yes = found.agreement.acceptance if found.agreement else None
    return {
        "client": found.client.name,
        "version": found.agreement.version if found.agreement else None,
        "agreed_on": yes.on if yes else None,
        "saved": saved,
        "topics": found.topics,
        "goals": _records(found.planned, numbers),
    }


def _records(planned: list[Planned], numbers: list[GoalId | None]) -> list[dict[str, object]]:
    """A record for each line; `baseline` is where the goal starts from, or would start today."""
    return [
        {
            "term": each.asked.term or None,
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
            "per_month": each.asked.per_month,
            "state": _state(each),
            "decided": None if each.decided is None else each.decided.on,
            "flaw": each.flaw,
            "goal": number,
        }
        for each, number in zip(planned, numbers, strict=True)
    ]
