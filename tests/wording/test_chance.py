"""A chance in a cell: past the ends of what history can tell there is only «less» and «more»."""

from __future__ import annotations

import pytest

from goals.forecast import FLOOR
from goals.model import GoalStatus
from tests.tui.test_columns import goal_row
from wording.goals import LEAST_CHANCE, chance_cell, needed_text
from wording.pace import pace_sentence
from wording.words import Words

RU, EN = Words("ru"), Words("en")


def test_the_least_chance_is_that_of_the_forecast() -> None:
    assert LEAST_CHANCE == FLOOR


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (None, "—"),
        (0.03, "< 3 %"),
        (0.0005, "< 3 %"),
        (0.036, "4 %"),
        (0.41, "41 %"),
        (0.966, "97 %"),
        (0.97, "> 97 %"),
        (0.9995, "> 97 %"),
        (1.0, "100 %"),
    ],
)
def test_a_chance_in_a_cell(chance: float | None, text: str) -> None:
    assert chance_cell(RU, goal_row(chance=chance)).replace("\xa0", " ") == text


def test_a_narrow_cell_leaves_the_blanks_out() -> None:
    texts = [chance_cell(RU, goal_row(chance=chance), compact=True) for chance in (0.03, 0.41, 0.97, 1.0)]
    assert texts == ["<3%", "41%", ">97%", "100%"]


@pytest.mark.parametrize(("amount", "text"), [(-500.0, "≈ 20 %"), (500.0, "20 %")])
def test_a_falling_goal_has_a_rough_one(amount: float, text: str) -> None:
    row = goal_row(chance=0.2, kind="gain", amount=amount)
    assert chance_cell(RU, row).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("value", "text"), [(6.43, "6,5"), (6.5, "6,5"), (10.2, "11"), (0.66, "0,7"), (-6.43, "−6,5"), (0.0, "0")]
)
def test_what_is_needed_is_rounded_one_way(value: float, text: str) -> None:
    assert needed_text(RU, value) == text


def test_english_has_no_blank_before_the_sign() -> None:
    assert chance_cell(EN, goal_row(chance=0.97)) == ">\xa097%"


def test_the_pace_tells_it_the_same_way() -> None:
    from zoneinfo import ZoneInfo

    from tests.support.store import TODAY

    row = goal_row(chance=0.03, status=GoalStatus.UNLIKELY.value, target=400.0)
    assert "шанс < 3 %" in pace_sentence(RU, row, TODAY, ZoneInfo("Europe/Moscow")).replace("\xa0", " ")
