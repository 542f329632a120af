"""The client's yes to a goal: whether it can be of a day, and whether it was said already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.changes import ASKED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Goal
    from goals.revision import Revision
    from wording.words import Words

#: What was agreed longer ago was not this goal.
_OLDEST_YES = timedelta(days=366)


class WrongYes(NamedTuple):
    """Why a yes cannot be of a day, and the next step at the command line."""

    text: str
    step: str


def wrong_yes(words: Words, goal: Goal, on: date, today: date) -> WrongYes | None:
    """What speaks against a yes of the day `on`: it is long ago, or before the yes that is noted."""
    if goal.agreed_on is not None and on < goal.agreed_on:
        day = words.day(goal.agreed_on, today)
        return WrongYes(
            words.text("The client's yes is noted for {day}: it is not moved back", day=day),
            words.text("If that was a slip, take it back: smm goal undo {id}", id=goal.id),
        )
    if on < today - _OLDEST_YES:
        return WrongYes(
            words.text("{day} is more than a year ago", day=words.day(on, today)),
            words.text("Name the day of the yes: --on today"),
        )
    return None


def is_said(goal: Goal, revisions: Sequence[Revision], by: str, on: date) -> bool:
    """Whether this person's yes of this day holds for what the goal asks for now.

    Args:
        goal: the goal as it stands.
        revisions: all of its changes, oldest first.
        by: who says yes.
        on: on which day.
    """
    if (goal.agreed_by, goal.agreed_on) != (by, on):
        return False
    for revision in reversed(revisions):
        if revision.agreed_on == goal.agreed_on and revision.agreed_on is not None:
            return True
        if not ASKED.isdisjoint(revision.changes):
            return False
    return True
