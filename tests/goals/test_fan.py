"""The fan of a forecast: it opens from the newest figure and ends in the band of the outlook."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from goals.facts import DayValue, Facts, PostValue
from goals.model import ClientId, Goal, GoalId, GoalKind, PostState
from goals.outlook import fan, outlook

TODAY = date(2026, 11, 23)
DEADLINE = date(2026, 12, 23)


def goal(
    metric: str = "audience", kind: GoalKind = GoalKind.GAIN, amount: float = 300, **more: object
) -> Goal:
    values: dict[str, object] = {
        "start": TODAY - timedelta(days=20),
        "deadline": DEADLINE,
        "baseline": 5000.0,
    }
    return Goal(GoalId(1), ClientId(1), metric, kind, amount, **(values | more))  # type: ignore[arg-type]


def days(values: list[float]) -> Facts:
    first = TODAY - timedelta(days=len(values) - 1)
    return Facts(days=tuple(DayValue(first + timedelta(days=n), value) for n, value in enumerate(values)))


GROWING = days([5000.0 + 7 * n + (n % 3) * 4 for n in range(60)])
FALLING = days([5000.0 - 7 * n + (n % 3) * 4 for n in range(60)])
POSTS = Facts(
    posts=tuple(
        PostValue(TODAY - timedelta(days=40 - n), PostState.PUBLISHED, 900.0 + 13 * (n % 5))
        for n in range(41)
    )
)


@pytest.mark.parametrize(
    ("aim", "facts"),
    [
        (goal(), GROWING),
        (goal(amount=-300), FALLING),
        (goal("sales", GoalKind.TOTAL_IN_PERIOD, 900), days([float(n % 4) for n in range(60)])),
        (goal("views", GoalKind.AVERAGE, 950), POSTS),
        (goal(start=TODAY + timedelta(days=5)), GROWING),
    ],
    ids=["gain", "falling", "total", "mean", "later"],
)
def test_the_fan_ends_in_the_band_of_the_outlook(aim: Goal, facts: Facts) -> None:
    found = fan(aim, facts, TODAY)
    band = outlook(aim, facts, TODAY).band
    assert band is not None
    assert found[-1].day == DEADLINE
    assert (found[-1].low, found[-1].high) == pytest.approx(band)
    assert all(each.low <= each.middle <= each.high for each in found)


def test_the_fan_opens_day_by_day() -> None:
    found = fan(goal(), GROWING, TODAY)
    assert found[0].day == TODAY
    assert found[0].low == found[0].high == GROWING.days[-1].value
    assert all(one.high - one.low < other.high - other.low for one, other in pairwise(found))


def test_a_long_way_is_told_by_some_of_its_days() -> None:
    found = fan(goal(deadline=TODAY + timedelta(days=300)), GROWING, TODAY)
    assert 20 <= len(found) <= 42
    assert found[-1].day == TODAY + timedelta(days=300)


@pytest.mark.parametrize(
    "aim",
    [
        goal("posts", GoalKind.TOTAL_IN_PERIOD, 12),
        goal(deadline=None),
        goal(deadline=TODAY - timedelta(days=1)),
        goal("hours", GoalKind.TOTAL_IN_PERIOD, 40),
    ],
    ids=["content", "no deadline", "over", "ceiling"],
)
def test_what_is_not_forecast_has_no_fan(aim: Goal) -> None:
    assert fan(aim, GROWING, TODAY) == ()


def test_too_little_history_opens_no_fan() -> None:
    assert fan(goal(), days([5000.0, 5007.0]), TODAY) == ()
