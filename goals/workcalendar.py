"""The days on which a client's work is done: weekdays, public holidays, moved working days, days off."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WEEK = 7
#: Monday to Friday, as `date.weekday` counts: the week of a client who agreed on no other.
WORKWEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The `weekdays` (0 is Monday), less `free` ones of them, plus `working` days that are none of them.

    All three are sorted and name nothing twice; `of` makes them so.
    """

    free: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = WORKWEEK

    @classmethod
    def of(
        cls, free: Iterable[date] = (), working: Iterable[date] = (), weekdays: Iterable[int] = WORKWEEK
    ) -> WorkCalendar:
        """Build a calendar from days in any order; a day that is both free and working is free."""
        off, week = set(free), frozenset(weekdays)
        return cls(
            free=tuple(sorted(day for day in off if day.weekday() in week)),
            working=tuple(sorted(day for day in set(working) - off if day.weekday() not in week)),
            weekdays=tuple(sorted(week)),
        )

    def is_working(self, day: date) -> bool:
        """Whether work is done on `day`."""
        return self.count(day, day + timedelta(days=1)) == 1

    def count(self, first: date, end: date) -> int:
        """How many working days lie in [first, end)."""
        if end <= first:
            return 0
        weeks, rest = divmod((end - first).days, _WEEK)
        days = weeks * len(self.weekdays)
        if rest:
            begin = first.weekday()
            days += sum((day - begin) % _WEEK < rest for day in self.weekdays)
        return days - _between(self.free, first, end) + _between(self.working, first, end)


def _between(days: tuple[date, ...], first: date, end: date) -> int:
    return bisect_left(days, end) - bisect_left(days, first)


EVERYDAY = WorkCalendar()
