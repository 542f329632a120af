"""Which goals can be judged: the one set of rules for commands and forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.measure import measure_of
from goals.metrics import CATALOGUE, Nature
from goals.model import ClientId, Goal, GoalId, GoalKind, Period
from goals.reach import last_day
from goals.validity import Flaw, Problem, kind_flaw, problems_of

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
GOAL = Goal(GoalId(0), ClientId(1), "audience", GoalKind.GAIN, 300.0, TODAY, deadline=TODAY + 7 * DAY)


def flaws(**changes: object) -> list[Problem]:
    return problems_of(replace(GOAL, **changes), TODAY)  # type: ignore[arg-type]


def test_a_good_goal_has_no_flaw() -> None:
    assert flaws() == []
    assert flaws(kind=GoalKind.KEEP_RATE, period=Period.WEEK, deadline=None) == []
    assert flaws(metric="posts", kind=GoalKind.TOTAL_IN_PERIOD, topic="Старая партия") == []
    assert flaws(start=TODAY + 5 * DAY, deadline=last_day(TODAY)) == []
    assert flaws(deadline=TODAY, agreed_on=TODAY) == []
    assert flaws(start=TODAY - 30 * DAY) == []


@pytest.mark.parametrize(
    ("field", "flaw", "changes"),
    [
        ("metric", Flaw.UNNAMED, {"metric": "unnamed"}),
        ("kind", Flaw.NO_TOTAL, {"metric": "reach", "kind": GoalKind.TOTAL_IN_PERIOD}),
        ("kind", Flaw.NO_LEVEL, {"metric": "hours", "kind": GoalKind.REACH_LEVEL}),
        ("kind", Flaw.NO_LEVEL, {"metric": "leaves", "kind": GoalKind.REACH_LEVEL}),
        ("kind", Flaw.NO_MEAN, {"metric": "stories", "kind": GoalKind.AVERAGE}),
        ("amount", Flaw.NO_AMOUNT, {"amount": None}),
        ("amount", Flaw.NOT_POSITIVE, {"amount": 0.0}),
        ("amount", Flaw.NOT_POSITIVE, {"amount": -50.0}),
        ("amount", Flaw.NOT_POSITIVE, {"amount": -5.0, "kind": GoalKind.REACH_LEVEL}),
        ("period", Flaw.NO_PERIOD, {"kind": GoalKind.KEEP_RATE}),
        ("deadline", Flaw.NO_DEADLINE, {"deadline": None}),
        ("deadline", Flaw.BEFORE_START, {"deadline": TODAY - DAY}),
        ("deadline", Flaw.TOO_LONG, {"start": TODAY - 9 * 365 * DAY, "deadline": TODAY + 9 * 365 * DAY}),
        ("deadline", Flaw.FAR_DEADLINE, {"deadline": last_day(TODAY) + DAY}),
        ("deadline", Flaw.FAR_DEADLINE, {"deadline": date.max}),
        ("kind", Flaw.NO_MOVE, {"metric": "posts"}),
        ("kind", Flaw.NO_MOVE, {"metric": "stories", "kind": GoalKind.REACH_LEVEL}),
        ("deadline", Flaw.PAST, {"start": TODAY - 9 * DAY, "deadline": TODAY - DAY}),
        ("topic", Flaw.NO_TOPIC, {"topic": "Старая партия"}),
        ("topic", Flaw.NEEDS_TOPIC, {"metric": "topic_share", "kind": GoalKind.AVERAGE, "baseline": None}),
        ("agreed_on", Flaw.AGREED_AHEAD, {"agreed_on": TODAY + DAY}),
    ],
)
def test_each_flaw_is_told_by_its_field(field: str, flaw: Flaw, changes: dict[str, object]) -> None:
    assert flaws(**changes) == [Problem(field, flaw)]


def test_a_cost_may_fall() -> None:
    assert flaws(metric="cost_per_lead", amount=-50.0) == []
    assert flaws(metric="cost_per_lead", kind=GoalKind.GAIN_PERCENT, amount=-10.0) == []


def test_an_edit_may_leave_a_deadline_that_has_passed_but_not_set_one() -> None:
    old = replace(GOAL, start=TODAY - 9 * DAY, deadline=TODAY - DAY)
    assert problems_of(replace(old, title="Своё имя"), TODAY, before=old) == []
    moved = replace(old, deadline=TODAY - 2 * DAY)
    assert problems_of(moved, TODAY, before=old) == [Problem("deadline", Flaw.PAST)]


@pytest.mark.parametrize(
    "lack",
    [
        {"metric": "unnamed"},
        {"amount": None},
        {"deadline": None},
        {"kind": GoalKind.KEEP_RATE, "period": None},
        {"metric": "unnamed", "amount": None, "deadline": None},
    ],
)
def test_a_draft_may_stay_one_but_a_goal_may_not_become_one(lack: dict[str, object]) -> None:
    draft = replace(GOAL, **lack)  # type: ignore[arg-type]
    assert problems_of(replace(draft, title="Своё имя"), TODAY, before=draft) == []
    assert problems_of(draft, TODAY, before=GOAL) == problems_of(draft, TODAY) != []


def test_a_draft_that_is_finished_in_part_still_says_what_is_wrong_with_that_part() -> None:
    draft = replace(GOAL, amount=None, deadline=None)
    assert problems_of(replace(draft, amount=-5.0), TODAY, before=draft) == [
        Problem("amount", Flaw.NOT_POSITIVE)
    ]
    past = replace(draft, start=TODAY - 9 * DAY, deadline=TODAY - DAY)
    assert problems_of(past, TODAY, before=draft) == [Problem("deadline", Flaw.PAST)]


def test_a_start_that_nobody_can_mean_is_told() -> None:
    far = replace(GOAL, start=date(1999, 12, 31))
    assert Problem("start", Flaw.FAR_START) in problems_of(far, TODAY)


def test_a_kind_is_refused_exactly_where_it_cannot_be_measured_or_moves_what_is_counted() -> None:
    for metric in CATALOGUE:
        for kind in GoalKind:
            moves = metric.nature is Nature.CONTENT and kind in {GoalKind.GAIN, GoalKind.REACH_LEVEL}
            means = measure_of(metric, kind) is not None and not moves
            assert (kind_flaw(metric, kind) is None) == means
