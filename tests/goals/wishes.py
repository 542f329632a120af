"""Wishes and what is known beside them, for the tests of the letters."""

from __future__ import annotations

from dataclasses import replace

from goals.draft import Draft, Letter, Wish
from goals.model import GoalKind
from goals.outlook import attainability
from goals.smart import (
    Evidence,
    Finding,
    check,
)
from tests.goals.build import DEADLINE, TODAY, goal, levels

KNOWN = Evidence(TODAY, networks=("vk",), baseline=4812.0)

WHOLE = Wish(
    "прирост 300 подписчиков в вк к концу месяца",
    Draft("vk", "audience", GoalKind.GAIN, 300, "people", deadline=DEADLINE),
)


def letter(of: Letter, wish: Wish = WHOLE, evidence: Evidence = KNOWN) -> Finding:
    return check(wish, evidence)[of]


def changed(**changes: object) -> Wish:
    return replace(WHOLE, draft=replace(WHOLE.draft, **changes))  # type: ignore[arg-type]


def growing(a_day: float, amount: float) -> Evidence:
    """An audience that grew by so many a day for 90 days, and a goal of so many more."""
    facts = levels([4000 + a_day * day for day in range(90)])
    subject = goal(amount=amount, start=TODAY, baseline=facts.days[-1].value)
    return replace(KNOWN, attainability=attainability(subject, facts, TODAY))
