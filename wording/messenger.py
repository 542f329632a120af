"""How a goal or a client stands, as a message that can be sent to the client as it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from goals.model import GoalStatus
from wording.goals import done_cell, reserve_cell, row_title, standing_word
from wording.limits import figure_text, shows_gain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals.board import GoalRow
    from goals.records import Material
    from wording.words import Words

#: What stands by itself when there is no verdict in days.
_STANDING = frozenset(
    {GoalStatus.DRAFT, GoalStatus.STALE, GoalStatus.MET, GoalStatus.MISSED, GoalStatus.DROPPED}
)


def goal_message(words: Words, row: GoalRow, materials: Sequence[Material], today: date) -> str:
    """One goal: «Старая партия: 12 постов до 30.11: сделано 3/12, сегодня 2, ждём фото с 18.11».

    Figures that are not known are said to be so; nothing is told of the chance, which is ours to know.
    """
    parts = [_done(words, row)]
    if row.due_today:
        parts.append(words.text("today {n}", n=words.number(row.due_today)))
    if reserve := reserve_cell(words, row):
        parts.append(reserve)
    parts += [
        words.text("waiting for {what} since {day}", what=each.what, day=words.day(each.asked_on, today))
        for each in materials
    ]
    head = row_title(words, row)
    if row.deadline is not None:
        head = words.text("{goal} by {day}", goal=head, day=words.day(date.fromordinal(row.deadline), today))
    return f"{head}: {', '.join(parts)}"


def client_message(
    words: Words, name: str, rows: Sequence[GoalRow], materials: Sequence[Material], today: date
) -> str:
    """A client: a line for the day, one for each goal that is not over, and what is awaited."""
    lines = [f"{name}, {words.day(today, today)}"]
    lines += [
        f"• {goal_message(words, row, (), today)}" for row in rows if not GoalStatus(row.status).is_over
    ]
    lines += [
        "• "
        + words.text("waiting for {what} since {day}", what=each.what, day=words.day(each.asked_on, today))
        for each in materials
    ]
    return "\n".join(lines)


def _done(words: Words, row: GoalRow) -> str:
    status = GoalStatus(row.status)
    if row.current is None:
        return standing_word(words, row)
    done = done_cell(words, row)
    if shows_gain(row):
        done = words.text("{done}, now {now}", done=done, now=figure_text(words, row, row.current))
    told = words.text("done {done}", done=done)
    return f"{standing_word(words, row)}, {told}" if status in _STANDING else told
