"""Working days, counted."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goals.workcalendar import WorkCalendar

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
weeks = st.sets(st.integers(0, 6))


@given(st.sets(days, max_size=60), st.sets(days, max_size=20), weeks, days, days)
def test_counting_is_looking_at_each_day(
    free: set[date], working: set[date], week: set[int], one: date, two: date
) -> None:
    calendar = WorkCalendar.of(free, working, week)
    first, end = sorted((one, two))
    each = [first + timedelta(days=i) for i in range((end - first).days)]
    expected = [d not in free and (d.weekday() in week or d in working) for d in each]
    assert [calendar.is_working(day) for day in each] == expected
    assert calendar.count(first, end) == sum(expected)


@given(st.sets(days, max_size=30), st.sets(days, max_size=20), weeks, st.tuples(days, days, days))
def test_spans_add_up(
    free: set[date], working: set[date], week: set[int], ends: tuple[date, date, date]
) -> None:
    calendar = WorkCalendar.of(free, working, week)
    one, two, three = sorted(ends)
    assert calendar.count(one, two) + calendar.count(two, three) == calendar.count(one, three)


@given(st.lists(days, max_size=30), st.lists(days, max_size=20), st.lists(st.integers(0, 6)))
def test_the_order_in_which_days_are_named_makes_no_difference(
    free: list[date], working: list[date], week: list[int]
) -> None:
    calendar = WorkCalendar.of(free, working, week)
    other = WorkCalendar.of(reversed(free), reversed(working), reversed(week * 2))
    assert calendar == other
    assert len({calendar, other}) == 1


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


def test_a_week_from_tuesday_to_saturday() -> None:
    monday = date(2026, 11, 23)
    calendar = WorkCalendar.of(weekdays=[1, 2, 3, 4, 5])
    assert [calendar.is_working(monday + timedelta(days=step)) for step in range(7)] == [
        *(False, True, True, True, True, True, False)
    ]
    assert (
        WorkCalendar.of([date(2026, 11, 28)], [monday], [1, 2, 3, 4, 5]).count(
            monday, monday + timedelta(days=7)
        )
        == 5
    )
