"""By how much a goal's figure has passed what it may be at most."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from goals.board import GoalRow
from tests.support.store import days_ago
from wording.goals import reserve_cell
from wording.limits import exceeded, rounds_to_nothing
from wording.pace import pace_sentence
from wording.words import Words

RU, EN = Words("ru"), Words("en")


def row(**changes: object) -> GoalRow:
    known = {
        "goal_id": 1, "client_id": 1, "metric": "hours", "kind": "total_in_period", "amount": 30.0,
        "title": "", "start": days_ago(20).toordinal(), "deadline": days_ago(-7).toordinal(),
        "status": "unlikely", "current": 33.0, "target": 30.0, "planned_today": 0, "urgency": 0,
    }  # fmt: skip
    values = known | changes
    return GoalRow._make(values.get(name) for name in GoalRow._fields)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "превышено на 3 ч"),
        ({"current": 30.0}, ""),
        ({"current": None}, ""),
        ({"status": "draft"}, ""),
        ({"status": "early"}, "превышено на 3 ч"),
        ({"status": "early", "metric": "cost_per_lead", "kind": "average"}, ""),
        ({"status": "early", "kind": "keep_rate"}, ""),
        ({"status": "met"}, ""),
        ({"status": "missed"}, "превышено на 3 ч"),
        ({"metric": "reply_time", "kind": "average", "current": 42.0}, "превышено на 12 мин"),
        (
            {"metric": "cost_per_lead", "kind": "average", "target": 350.0, "current": 405.1},
            "превышено на 55 ₽",
        ),
        ({"metric": "leaves", "current": 95.0, "target": 90.0}, "превышено на 5"),
        ({"metric": "posts"}, ""),
        ({"kind": "reach_level", "metric": "reply_time"}, ""),
    ],
)
def test_what_has_passed_its_limit_says_by_how_much(changes: dict[str, object], said: str) -> None:
    assert exceeded(RU, row(**changes)).replace("\u00a0", " ") == said


def test_it_stands_for_the_reserve_and_begins_the_pace() -> None:
    assert reserve_cell(EN, row()).replace("\u00a0", " ") == "exceeded by 3 h"
    sentence = pace_sentence(RU, row(), days_ago(0), ZoneInfo("Europe/Moscow"))
    assert sentence.replace("\u00a0", " ").startswith("Превышено на 3 ч")


def test_a_ceiling_that_is_used_up_early_is_not_called_behind() -> None:
    early = row(status="behind", current=29.0, safe_days=-4)
    assert reserve_cell(RU, early).replace("\u00a0", " ") == "расход обгоняет срок на 4 дня"
    assert reserve_cell(EN, early).replace("\u00a0", " ") == "used up 4 days early"


@pytest.mark.parametrize(
    ("figure", "nothing"), [("0", True), ("\u22120", True), ("0,1", False), ("10", False)]
)
def test_a_figure_that_rounds_to_nothing(figure: str, nothing: bool) -> None:
    assert rounds_to_nothing(figure) is nothing
