"""Saving the goals of a line, and what is told before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.evaluate import is_complete
from tui.changes import Change, Done, Undo, added_goal_undo
from tui.drawing.cells import cell
from tui.goal.editor_texts import next_question_text
from wording.goals import goal_title
from work.goal_twins import twin_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Goal, GoalId
    from store.contract import Writer
    from tui.services import Services
    from wording.words import Words
    from work.goal_draft import Known, Said


def twin_text(words: Words, known: Known, goals: Sequence[Said]) -> str:
    """Which living goals say the same already as goals of the line; empty where none does."""
    found = (twin_of(said.goal, known.living, known.places, known.today) for said in goals)
    twins = list(dict.fromkeys(twin for twin in found if twin is not None))
    told = " · ".join(_dated(words, twin, known.today) for twin in twins)
    if len(twins) < 2:
        return words.text("There is such a goal already: {title}", title=told) if twins else ""
    return words.text("There are such goals already: {titles}", titles=told)


def _dated(words: Words, goal: Goal, today: date) -> str:
    title = cell(goal_title(words, goal))
    if goal.deadline is None:
        return title
    return words.text("{title}, until {day}", title=title, day=words.day(goal.deadline, today))


def new_goals_change(services: Services, known: Known, goals: Sequence[Said]) -> Change:
    """What adds the goals of a line: whole ones, and drafts with their question."""

    def change(writer: Writer) -> Done:
        from store.refresh import refresh_goals

        now = services.now()
        with writer.together():
            ids = [_added(services, writer, said) for said in goals]
            refresh_goals(writer, [writer.goal(goal_id) for goal_id in ids], now)
        told = (_told(services.words, known, said) for said in goals)
        return Done(" · ".join(told), _undo(services, writer, ids))

    return change


def _added(services: Services, writer: Writer, said: Said) -> GoalId:
    """Add a goal; a reading that was chosen of several is noted in its history."""
    author, now = services.author, services.now()
    goal_id = writer.add_goal(said.goal, author=author, now=now)
    if said.reading is not None:
        why = services.words.text("reading {n} was chosen", n=said.reading)
        writer.update_goal(writer.goal(goal_id), author=author, now=now, why=why)
    return goal_id


def _told(words: Words, known: Known, said: Said) -> str:
    name = cell(goal_title(words, said.goal))
    question = "" if said.is_complete else next_question_text(words, said, known.today)
    if is_complete(said.goal):
        told = words.text("Saved: {goal}", goal=name)
    else:
        told = words.text("Kept as a draft: {goal}", goal=name)
    return f"{told}. {question}" if question else told


def _undo(services: Services, writer: Writer, ids: Sequence[GoalId]) -> Undo:
    """How all goals of the line are taken back together."""
    undos = [added_goal_undo(services, writer, goal_id) for goal_id in ids]

    def work(later: Writer) -> str:
        with later.together():
            return " · ".join(undo.work(later) for undo in undos)

    return Undo(work)
