"""Days that nobody can mean, and goals that would end before they start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.findings import Evidence, State, Why
from goals.model import ClientId, GoalKind
from goals.phrase import read, read_day
from goals.reach import FIRST_DAY, is_in_reach, last_day
from goals.smart import check
from tests.goals.build import TODAY

STREAMS = Draft(None, "streams", GoalKind.TOTAL_IN_PERIOD, 3, "count")


@given(st.dates())
def test_the_days_in_reach_are_one_stretch(day: date) -> None:
    assert is_in_reach(day, TODAY) == (FIRST_DAY <= day <= last_day(TODAY))


def test_ten_years_after_a_leap_day_there_may_be_none() -> None:
    assert last_day(date(2028, 2, 29)) == date(2038, 2, 28)
    assert last_day(TODAY) == TODAY.replace(year=TODAY.year + 10)


@pytest.mark.parametrize("line", ["цель до 31.12.9999: 12 постов", "12 posts by 2099-12-31"])
def test_a_deadline_out_of_reach_is_asked_for_again(line: str) -> None:
    [wish] = read(line, TODAY)
    assert (wish.draft.amount, wish.draft.deadline) == (12, None)
    found = check(wish, Evidence(TODAY))[Letter.TIMED]
    assert (found.state, found.why) == (State.MISSING, Why.OUT_OF_REACH)
    assert goal_of(wish.draft, ClientId(1), TODAY).deadline is None


def test_no_day_out_of_reach_is_read() -> None:
    assert read_day("31.12.9999", TODAY) is None


@given(st.text(alphabet="0123456789.- доc", max_size=24))
def test_no_line_gives_a_day_out_of_reach(text: str) -> None:
    for wish in read(f"12 постов до {text}", TODAY):
        for draft in (wish.draft, *wish.alternatives):
            for day in (draft.start, draft.deadline):
                assert day is None or is_in_reach(day, TODAY)


def test_a_goal_that_would_end_before_it_starts_says_so_and_keeps_no_deadline() -> None:
    start = TODAY + timedelta(days=17)
    draft = replace(STREAMS, start=start, deadline=start - timedelta(days=9))
    found = check(Wish("", draft), Evidence(TODAY))[Letter.TIMED]
    assert (found.state, found.why) == (State.MISSING, Why.ENDS_EARLY)
    goal = goal_of(draft, ClientId(1), TODAY)
    assert (goal.start, goal.deadline, goal.ends_early) == (start, None, False)
