"""Of which day a client's yes can be: one rule for the command line and the dashboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.goals.build import TODAY, goal
from wording.words import Words
from work.agreement_accept import too_early
from work.goal_yes import wrong_yes

RU = Words("ru")


@pytest.mark.parametrize(("version", "days", "is_early"), [(2, 1, True), (2, 0, False), (1, 90, False)])
def test_nobody_said_yes_to_a_version_before_it_was_written(version: int, days: int, is_early: bool) -> None:
    told = too_early(RU, version, TODAY, TODAY - timedelta(days=days), TODAY)
    assert told == (f"Версия {version} записана 23.11: согласовать её раньше не могли" if is_early else "")


def test_a_yes_to_a_goal_is_neither_moved_back_nor_years_old() -> None:
    fresh, agreed = goal(), goal(agreed_on=TODAY - timedelta(days=3))
    assert wrong_yes(RU, fresh, TODAY - timedelta(days=300), TODAY) is None
    old = wrong_yes(RU, fresh, date(2025, 11, 1), TODAY)
    assert old is not None
    assert "больше года назад" in old.text
    assert wrong_yes(RU, agreed, TODAY - timedelta(days=3), TODAY) is None
    back = wrong_yes(RU, agreed, TODAY - timedelta(days=4), TODAY)
    assert back is not None
    assert ("назад его не переносят" in back.text, "smm goal undo 1" in back.step) == (True, True)
