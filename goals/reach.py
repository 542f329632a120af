"""Which days a person may mean: one beyond them has a slip in its year."""

from __future__ import annotations

from datetime import date

#: Nothing that is measured is older.
FIRST_DAY = date(2000, 1, 1)
#: Nothing is planned for longer.
MOST_YEARS = 10
_LEAP = (2, 29)


def last_day(today: date) -> date:
    """The last day that may be meant on `today`: the same day in ten years."""
    day = 28 if (today.month, today.day) == _LEAP else today.day
    return date(today.year + MOST_YEARS, today.month, day)


def is_in_reach(day: date, today: date) -> bool:
    """Whether `day` may be meant on `today`."""
    return FIRST_DAY <= day <= last_day(today)
