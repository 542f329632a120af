"""The days on which a client's work is done: weekdays, public holidays, moved working days, days off."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WEEK = 7
_WORKDAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, less `free` weekdays, plus `working` weekend days. Both are sorted days."""

    free: tuple[date, ...] = ()
    working: tuple[date, ...] = ()

    @classmethod
    def of(cls, free: Iterable[date] = (), working: Iterable[date] = ()) -> WorkCalendar:
        """Build a calendar from days in any order; a day that is both free and working is free."""
        off = set(free)
        return cls(
            free=tuple(sorted(day for day in off if day.weekday() < _WORKDAYS_A_WEEK)),
            working=tuple(sorted(d for d in set(working) - off if d.weekday() >= _WORKDAYS_A_WEEK)),
        )

    def is_working(self, day: date) -> bool:
        """Whether work is done on `day`."""
        return self.count(day, day + timedelta(days=1)) == 1

    def count(self, first: date, end: date) -> int:
        """How many working days lie in [first, end)."""
        if end <= first:
            return 0
        return _weekdays(first, end) - _between(self.free, first, end) + _between(self.working, first, end)


def _between(days: tuple[date, ...], first: date, end: date) -> int:
    return bisect_left(days, end) - bisect_left(days, first)


def _weekdays(first: date, end: date) -> int:
    weeks, rest = divmod((end - first).days, _WEEK)
    tail = sum((first.weekday() + step) % _WEEK < _WORKDAYS_A_WEEK for step in range(rest))
    return weeks * _WORKDAYS_A_WEEK + tail


EVERYDAY = WorkCalendar()
