"""Of which days a goal's count knows nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.gaps import Days, missing_days
from goals.metrics import METRICS
from goals.model import AccountId, Gap, Goal, GoalKind, Period
from tests.goals.build import DEADLINE, START, TODAY, goal


def nov(day: int) -> date:
    return date(2026, 11, day)


def gap(first: int, last: int, metric: str = "stories") -> Gap:
    return Gap(AccountId(1), metric, nov(first), nov(last), "not_collected")


def missing(*gaps: Gap, metric: str = "stories", **changes: object) -> Sequence[Days]:
    return missing_days(stories(metric, **changes), gaps, TODAY)


def stories(metric: str = "stories", **changes: object) -> Goal:
    return goal(metric, GoalKind.TOTAL_IN_PERIOD, 6, **changes)


def test_stretches_that_touch_or_overlap_are_one() -> None:
    told = missing(gap(12, 13), gap(5, 5), gap(14, 15), gap(13, 14))
    assert told == [(nov(5), nov(5)), (nov(12), nov(15))]


def test_only_days_of_the_goal_up_to_today_count() -> None:
    early = Gap(AccountId(1), "stories", date(2026, 10, 20), nov(2), "not_collected")
    assert missing(early, gap(22, 28), start=START) == [(START, nov(2)), (nov(22), TODAY)]
    assert missing(gap(24, 28)) == []
    assert missing(gap(8, 20), deadline=nov(10)) == [(nov(8), nov(10))]


def test_only_a_gap_of_the_goals_own_metric_counts() -> None:
    assert missing(gap(12, 13, "audience")) == []
    assert missing(gap(12, 13, "clips"), metric="clips") == [(nov(12), nov(13))]


def test_a_rate_misses_only_days_of_its_running_period() -> None:
    rate = goal("stories", GoalKind.KEEP_RATE, 3, period=Period.WEEK, deadline=DEADLINE, baseline=None)
    assert missing_days(rate, [gap(11, 12), gap(21, 23)], TODAY) == [(TODAY, TODAY)]


@pytest.mark.parametrize("metric", ["audience", "reach", "engagement_rate", "views"])
def test_what_does_not_add_up_is_never_at_least(metric: str) -> None:
    assert not METRICS[metric].adds_up
    subject = goal(metric, GoalKind.AVERAGE)
    assert missing_days(subject, [gap(12, 13, metric)], TODAY) == []


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), max_size=8))
def test_stretches_hold_just_the_days_of_the_gaps(spans: list[tuple[int, int]]) -> None:
    gaps = [gap(first, min(30, first + more)) for first, more in spans]
    found = missing_days(stories(), gaps, TODAY)
    days = {day for first, last in found for day in range(first.toordinal(), last.toordinal() + 1)}
    within = range(START.toordinal(), TODAY.toordinal() + 1)
    assert days == {
        day for one in gaps for day in range(one.first.toordinal(), one.last.toordinal() + 1) if day in within
    }
    assert all(
        after[0].toordinal() > before[1].toordinal() + 1 for before, after in itertools.pairwise(found)
    )
