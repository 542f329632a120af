"""What answers the question that the letters of a goal leave open."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from goals.model import ClientKind
from goals.smart import Why, next_question

if TYPE_CHECKING:
    from tui.goal.details import GoalDetail

#: Questions that are answered by what is given for the goal, not by the goal.
_BY_WORK = frozenset({Why.EFFORT_HARD, Why.NO_HISTORY, Why.NOT_FORECAST, Why.NOT_YET})
_BY_PURPOSE = frozenset({Why.NO_LINK, Why.EMPTY_WISH})


class AnswerBy(StrEnum):
    """What answers a question about a goal."""

    FORM = "form"
    PRIORITY = "priority"
    AGREEMENT = "agreement"
    ACCOUNTS = "accounts"


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
