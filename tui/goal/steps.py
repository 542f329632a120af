"""What to press next: for a warning about a goal, and for the question that its letters leave open."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from goals.model import ClientKind
from goals.smart import Why, next_question
from goals.warnings.finding import Step
from tui.commands.everywhere import Call, EditGoal, Log, Posts, Sync
from tui.commands.goal import Agree, Sure
from wording.warnings import next_step
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from tui.commands.command import Command
    from tui.goal.details import GoalDetail
    from wording.words import Words

#: What helps against a warning, by its step: the command, and what its key does.
_STEPS: dict[Step, tuple[type[Command], str]] = {
    Step.PLAN_TOPIC: (Log, mark("{key} puts a piece into the plan")),
    Step.PLAN_CONTENT: (Log, mark("{key} puts a piece into the plan")),
    Step.CATCH_UP: (Log, mark("publish what is due; {key} notes what came out")),
    Step.RENEGOTIATE: (EditGoal, mark("talk with the client; {key} changes amount or date")),
    Step.LOOK_AT_PACE: (EditGoal, mark("step it up, or {key} changes amount or date")),
    Step.LOG: (Log, mark("{key} logs the figure")),
    Step.SYNC: (Sync, mark("{key} collects the figures now")),
    Step.COMPLETE_GOAL: (EditGoal, mark("{key} fills in what is missing")),
    Step.ASK_YES: (Agree, mark("ask the client; {key} notes the yes")),
    Step.TALK: (Call, mark("speak about it: {key} opens the page for the call")),
    Step.COLLECT_STORIES: (Posts, mark("{key} opens the posts")),
    Step.RAISE_GOALS: (EditGoal, mark("{key} changes the goal")),
}
#: Questions that are answered by what is given for the goal, not by the goal.
_BY_WORK = frozenset({Why.EFFORT_HARD, Why.NO_HISTORY, Why.NOT_FORECAST, Why.NOT_YET})
_BY_PURPOSE = frozenset({Why.NO_LINK, Why.EMPTY_WISH})


class AnswerBy(StrEnum):
    """What answers a question about a goal."""

    FORM = "form"
    PRIORITY = "priority"
    AGREEMENT = "agreement"
    ACCOUNTS = "accounts"


def step_text(
    words: Words, detail: GoalDetail, key_of: Callable[[type[Command]], str], warning: Warning
) -> str:
    """What to do about a warning, with the key that does it."""
    if warning.rule == "confidence":
        return words.text("{key} says how sure you are now", key=key_of(Sure))
    known = _STEPS.get(warning.step)
    if known is None:
        own = detail.page.client.kind is ClientKind.SELF
        return next_step(words, warning, detail.page.client.name, own=own)
    command, said = known
    return words.text(said, key=key_of(command))


def answer_by(detail: GoalDetail) -> AnswerBy | None:
    """What answers the next question of the letters; None where all of them stand."""
    letters = detail.page.letters
    asked = None if letters is None else next_question(letters.findings)
    if asked is None or letters is None:
        return None
    own = detail.page.client.kind is ClientKind.SELF
    if asked.why is Why.NO_ACCOUNT:
        return AnswerBy.ACCOUNTS
    if asked.why in _BY_WORK and not own and letters.wish.draft.amount is not None:
        return AnswerBy.AGREEMENT
    if asked.why in _BY_PURPOSE:
        return AnswerBy.PRIORITY if detail.priorities else AnswerBy.AGREEMENT
    return AnswerBy.FORM
