"""Jumps of a level: doubtful until they are undone, confirmed, or history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goals.jumps import MEMORY, Jump, jump_of
from tests.goals.build import TODAY, levels


@pytest.mark.parametrize(
    "values",
    [[], [1000.0], [1000.0, 1400.0], [1000.0, 1600.0, 1010.0], [10.0, 30.0]],
    ids=["none", "one", "growth", "undone", "few"],
)
def test_what_is_no_jump(values: list[float]) -> None:
    assert jump_of(levels(values).days, TODAY) is None


def test_a_jump_is_told_from_its_day_on_until_it_is_history() -> None:
    days = levels([1000.0, 1600.0, 1610.0]).days
    jump = Jump(1000.0, 1600.0, TODAY - timedelta(days=1))
    assert jump_of(days, TODAY) == jump
    assert jump_of(days, TODAY + timedelta(days=30)) == jump
    assert jump_of(days, TODAY + MEMORY) is None


def test_a_slow_doubling_is_none() -> None:
    slow = levels([1000.0, 2000.0]).days
    apart = (slow[0]._replace(day=TODAY - timedelta(days=9)), slow[1])
    assert jump_of(apart, TODAY) is None
