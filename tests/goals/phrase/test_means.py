"""«На это даём 10 часов в неделю»: what is put into a goal is a clause of its own, none of its figures."""

from __future__ import annotations

from datetime import date

import pytest

from goals.phrase import read
from tests.goals.phrase.score import TODAY

HOURS = "на это даём 10 часов в неделю и 5000 ₽ на рекламу"


@pytest.mark.parametrize(
    ("text", "given", "purpose"),
    [
        (f"+300 в вк до 31.12, {HOURS}", HOURS, None),
        (f"+300 в вк до 31.12, {HOURS}, чтобы распродать партию", HOURS, "чтобы распродать партию"),
        (f"+300 в вк до 31.12, чтобы распродать партию, {HOURS}", HOURS, "чтобы распродать партию"),
        (f"+300 в вк, {HOURS}, до 31.12", HOURS, None),
        ("+300 в вк до 31.12, даём скидку 10 %", "даём скидку 10 %", None),
        ("+300 followers in VK by 31.12, for this we give 3 hours", "for this we give 3 hours", None),
        ("+300 в вк до 31.12", None, None),
    ],
)
def test_what_is_given_stands_beside_the_goal(text: str, given: str | None, purpose: str | None) -> None:
    [wish] = read(text, TODAY)
    draft = wish.draft
    assert (draft.given, draft.purpose) == (given, purpose)
    assert (draft.metric, draft.amount, draft.deadline) == ("audience", 300, date(2026, 12, 31))


def test_a_verb_of_giving_alone_is_the_goal() -> None:
    [wish] = read("даём 3 поста в неделю", TODAY)
    assert (wish.draft.metric, wish.draft.amount, wish.draft.given) == ("posts", 3, None)
    [clause] = read(HOURS, TODAY)
    assert (clause.draft.metric, clause.draft.given) == (None, HOURS)
