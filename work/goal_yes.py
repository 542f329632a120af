"""The client's yes to a goal: whether it was said already to what the goal asks for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.changes import ASKED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Goal
    from goals.records import Revision


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
