"""The day on which a goal falls off its road."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goals.pace import Span
from goals.road import falls_off_on
from goals.workcalendar import EVERYDAY

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DAY = timedelta(days=1)
MIDDLE = Span(FIRST, LAST, date(2026, 11, 16), None)
shares = st.floats(-0.5, 1.5)


def test_what_is_ahead_lasts_as_many_days_as_it_is_ahead() -> None:
    assert falls_off_on(MIDDLE, 0.5) == date(2026, 11, 16)
    assert falls_off_on(MIDDLE, 0.5 + 3 / 30) == date(2026, 11, 19)


def test_at_the_pace_of_the_road_nothing_falls() -> None:
    assert falls_off_on(MIDDLE, 0.5, per_day=1 / 30) is None


def test_a_plan_counts_where_it_is_more_than_the_pace() -> None:
    plan = {date(2026, 11, 16): 0.1, date(2026, 11, 19): 0.1}
    assert falls_off_on(MIDDLE, 0.5, planned=plan) == date(2026, 11, 22)


def test_days_off_ask_for_nothing() -> None:
    friday = date(2026, 11, 20)
    span = Span(FIRST, LAST, friday, EVERYDAY)
    done = span.days(FIRST, friday + DAY) / span.total
    assert falls_off_on(span, done) == date(2026, 11, 23)


def test_a_look_ends_where_it_is_told_to() -> None:
    assert falls_off_on(MIDDLE, 0.6, until=date(2026, 11, 18)) is None


@given(progress=shares, pace=st.floats(0, 0.1), more=st.floats(0, 0.1), gain=st.floats(0, 0.5))
def test_more_never_falls_earlier(progress: float, pace: float, more: float, gain: float) -> None:
    day = falls_off_on(MIDDLE, progress, per_day=pace)
    for better in (
        falls_off_on(MIDDLE, progress, per_day=pace + more),
        falls_off_on(MIDDLE, progress + gain, per_day=pace),
        falls_off_on(MIDDLE, progress, per_day=pace, planned={MIDDLE.today: gain}),
    ):
        assert better is None or (day is not None and better >= day)


@given(progress=shares, pace=st.floats(0, 0.1))
def test_the_day_is_the_first_one_behind(progress: float, pace: float) -> None:
    day = falls_off_on(MIDDLE, progress, per_day=pace)
    assert day is None or MIDDLE.today <= day <= LAST
    if day is not None and day > MIDDLE.today:
        assert falls_off_on(MIDDLE, progress, per_day=pace, until=day - DAY) is None
