"""Days as people type them: 30.11, 30.11.2026, 2026-11-30, 30/11, tomorrow."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OFFSETS = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "вчера": -1, "yesterday": -1,
}  # fmt: skip


def parse_day(text: str, today: date, *, ahead: bool) -> date | None:
    """The day that was typed; None where it is no day.

    Args:
        text: what was typed.
        today: the day to count from.
        ahead: a day without a year is the next such day from today (a deadline), otherwise the
            one nearest to today (a start, a day of work done).
    """
    text = text.strip().casefold()
    if text in _OFFSETS:
        return today + timedelta(days=_OFFSETS[text])
    if match := _ISO.fullmatch(text):
        return _day(*(int(part) for part in match.groups()))
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3])
        return _day(year if year > 99 else 2000 + year, month, day)
    near = [found for year in range(today.year - 4, today.year + 5) if (found := _day(year, month, day))]
    if ahead:
        near = [found for found in near if found >= today]
    return min(near, key=lambda found: abs((found - today).days), default=None)


def typed(day: date | None) -> str:
    """A day as it stands in a field: typed again, it is the same day."""
    return day.strftime("%d.%m.%Y") if day else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
