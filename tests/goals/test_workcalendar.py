"""Working days, counted."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goals.workcalendar import WorkCalendar

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.sets(days, max_size=60), st.sets(days, max_size=20), days, days)
def test_counting_is_looking_at_each_day(free: set[date], working: set[date], one: date, two: date) -> None:
    calendar = WorkCalendar.of(free, working)
    first, end = sorted((one, two))
    each = (first + timedelta(days=i) for i in range((end - first).days))
    expected = sum(d not in free and (d.weekday() < 5 or d in working) for d in each)
    assert calendar.count(first, end) == expected


@given(st.sets(days, max_size=60), days)
def test_is_working(free: set[date], day: date) -> None:
    assert WorkCalendar.of(free).is_working(day) == (day not in free and day.weekday() < 5)


def test_an_empty_span_has_none() -> None:
    day = date(2026, 11, 23)
    assert WorkCalendar().count(day, day) == 0
    assert WorkCalendar().count(day, day - timedelta(days=5)) == 0


def test_a_day_both_free_and_working_is_free() -> None:
    saturday = date(2026, 11, 21)
    assert not WorkCalendar.of([saturday], [saturday]).is_working(saturday)
    assert WorkCalendar.of([], [saturday]).is_working(saturday)
