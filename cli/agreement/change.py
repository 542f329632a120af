"""What the next version of an agreement means, for the client's yes: off, on, goals touched, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.agreement.plain import to_plain
from goals.agreement.terms import CONTENT_METRICS, lacking
from work.agreement_change import change_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.context import Context
    from goals.agreement.goals import ProposedGoal
    from goals.agreement.shift import Lot, Move
    from goals.model import Client
    from work.agreement_change import Change


def goal_steps(ctx: Context, client: Client, change: Change) -> Iterator[str]:
    """What to do with goals that stand on no line: they do not follow the agreement by themselves."""
    for move in change.shift.moves if change.shift else ():
        for lot, amount in (
            (move.off, move.off.amount - move.amount),
            (move.on, move.on.amount + move.amount),
        ):
            if lot.goal is not None:
                command = f'smm call "{client.name}" --goal {lot.goal.id}={amount:g}'
                yield ctx.words.text(
                    "Goal {id} stands on no line; after the yes: {command}", id=lot.goal.id, command=command
                )


def change_record(ctx: Context, change: Change) -> dict[str, object]:
    """The change for another program."""
    draft, shift = change.draft, change.shift
    moves = shift.moves if shift else ()
    return {
        "terms": to_plain(change.new),
        "lacking": lacking(change.new),
        "removed": [_asked_record(goal) for goal in draft.removed],
        "added": [_asked_record(goal) for goal in draft.added],
        "changed": [
            {"before": _asked_record(before), "after": _asked_record(after)}
            for before, after in draft.changed
        ],
        "affected": [
            {"goal": each.goal.id, "why": each.why, "priority": each.priority} for each in draft.affected
        ],
        "moves": [_move_record(move) for move in moves],
        "hours": {
            "before": draft.hours_before,
            "after": draft.hours_after,
            "a_piece": change.each,
            "moved": sum(move.a_month for move in moves) * change.each if moves and change.each else None,
        },
        "decided": change.decided,
        "text": None if change.old is None else change_text(ctx.words, change),
    }


def _asked_record(goal: ProposedGoal) -> dict[str, object]:
    names = ("term", "metric", "kind", "amount", "period", "topic", "network", "deadline", "priority")
    return {name: getattr(goal, name) for name in names}


def _move_record(move: Move) -> dict[str, object]:
    return {"amount": move.amount, "off": _lot_record(move.off), "on": _lot_record(move.on)}


def _lot_record(lot: Lot) -> dict[str, object]:
    return {
        "term": lot.term,
        "goal": None if lot.goal is None else lot.goal.id,
        "topic": lot.topic,
        "metric": CONTENT_METRICS.get(lot.format or ""),
        "network": lot.network,
        "period": lot.period,
        "until": lot.until,
        "amount": lot.amount,
        "done": lot.done,
        "is_share": lot.is_share,
    }
