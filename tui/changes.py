"""Changes of the store made from the dashboard, and how each is taken back.

A change is a function that is given a writer in a thread. It gives back what it did as a sentence and,
where that can be taken back, an `Undo`; `u` takes back the newest one of this sitting first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wording.goals import goal_title

if TYPE_CHECKING:
    from goals.model import GoalId
    from goals.revision import Revision
    from store.contract import Reader, Writer
    from tui.services import Services


class ChangedSinceError(Exception):
    """Somebody has changed it again since: nothing was taken back."""

    def __init__(self, author: str) -> None:
        super().__init__(f"changed since by {author}")
        self.author = author


@dataclass(frozen=True, slots=True)
class Undo:
    """How a change is taken back: `work` does it and says so. It raises ChangedSinceError."""

    work: Callable[[Writer], str]


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did, in a sentence, and how it is taken back (None: it is not)."""

    sentence: str
    undo: Undo | None = None


Change = Callable[["Writer"], Done]


def goal_undo(services: Services, writer: Writer, goal_id: GoalId) -> Undo | None:
    """How the newest change of a goal is taken back; None where it has none."""
    made = newest_change(writer.revisions(goal_id))
    if made is None:
        return None

    def work(later: Writer) -> str:
        from store.refresh import refresh_goals

        now = services.now()
        with later.together():
            _refuse_if_changed(later, goal_id, made)
            goal = later.undo_goal(goal_id, author=services.author, now=now)
            refresh_goals(later, [goal], now)
        return services.words.text("Taken back: {goal}", goal=goal_title(services.words, goal))

    return Undo(work)


def added_goal_undo(services: Services, writer: Writer, goal_id: GoalId) -> Undo:
    """How a goal that was just added is taken back: it is dropped, and its history says why."""
    made = newest_change(writer.revisions(goal_id))

    def work(later: Writer) -> str:
        why = services.words.text("added by mistake")
        with later.together():
            _refuse_if_changed(later, goal_id, made)
            goal = replace(later.goal(goal_id), dropped=True)
            later.update_goal(goal, author=services.author, now=services.now(), why=why)
        return services.words.text("Taken back: {goal}", goal=goal_title(services.words, goal))

    return Undo(work)


def _refuse_if_changed(reader: Reader, goal_id: GoalId, made: Revision | None) -> None:
    """Raises ChangedSinceError where `made` is not the goal's newest change any more."""
    revisions = reader.revisions(goal_id)
    newest = newest_change(revisions)
    if (newest and newest.number) != (made and made.number):
        raise ChangedSinceError((newest or revisions[-1]).author)


def newest_change(revisions: list[Revision]) -> Revision | None:
    """The newest change that neither takes another back nor was taken back."""
    undone = {revision.undoes for revision in revisions}
    open_ones = [
        each
        for each in revisions
        if (each.changes or each.agreed_on) and each.undoes is None and each.number not in undone
    ]
    return open_ones[-1] if open_ones else None
