"""Days as people type them: 30.11, 30.11.2026, 2026-11-30, 30/11, tomorrow, end of month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wording.words import Words

_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OFFSETS = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "вчера": -1, "yesterday": -1,
}  # fmt: skip


_MONTH_ENDS = frozenset({"конец месяца", "до конца месяца", "end of month"})
_YEAR_ENDS = frozenset({"конец года", "до конца года", "end of year"})


def parse_day(text: str, today: date, *, ahead: bool) -> date | None:
    """The day that was typed; None where it is no day.

    Args:
        text: what was typed.
        today: the day to count from.
        ahead: a day without a year is the next such day from today (a deadline), otherwise the
            one nearest to today (a start, a day of work done).
    """
    text = " ".join(text.casefold().split())
    if text in _OFFSETS:
        return today + timedelta(days=_OFFSETS[text])
    if text in _MONTH_ENDS:
        return today.replace(day=monthrange(today.year, today.month)[1])
    if text in _YEAR_ENDS:
        return date(today.year, 12, 31)
    parts = _parts(text, today, ahead=ahead)
    return _day(*parts) if parts else None


def day_problem(words: Words, text: str, today: date, *, ahead: bool) -> str:
    """What is wrong with a text that `parse_day` takes for no day."""
    parts = _parts(" ".join(text.casefold().split()), today, ahead=ahead)
    if parts and parts[0] and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31:
        from babel.dates import get_month_names

        month = get_month_names("wide", "format", words.lang)[parts[1]]
        return words.text("there is no {day} {month} {year}", day=parts[2], month=month, year=parts[0])
    return words.text("this is no date: for example 30.11, 30.11.2026, tomorrow or end of month")


def _parts(text: str, today: date, *, ahead: bool) -> tuple[int, int, int] | None:
    """Year, month and day as typed, whether or not there is such a day; None where it is none at all."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3])
        return (year if year > 99 else 2000 + year), month, day
    return _likely_year(month, day, today, ahead=ahead), month, day


def _likely_year(month: int, day: int, today: date, *, ahead: bool) -> int:
    """The year of a day typed without one: 29 February is never moved on to the next leap year."""
    if ahead:
        return today.year + ((month, day) < (today.month, today.day))
    months = (month - today.month) * 31 + day - today.day
    return today.year + (months < -6 * 31) - (months > 6 * 31)


def typed(day: date | None) -> str:
    """A day as it stands in a field: typed again, it is the same day."""
    return day.strftime("%d.%m.%Y") if day else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
