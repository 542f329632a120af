"""Days and moments as programs and people write them, in digits or with the name of the month. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]|$)")
_FRACTION = re.compile(r"(\d{2}:\d{2}:\d{2})[.,]\d+")
_CLOCK = r"(?:,? (?:(?:в|at) )?(\d{1,2}:\d{2}(?::\d{2})?))?"
_MONTH_FIRST = re.compile(rf"([a-z]{{3,9}})\.? (\d{{1,2}}),? (\d{{4}}){_CLOCK}")
_MONTH_SECOND = re.compile(rf"(\d{{1,2}}) ([a-zа-я]{{3,9}})\.?,? (\d{{4}})(?: ?г(?:\.|ода)?)?{_CLOCK}")
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec"
_RUSSIAN = "янв фев мар апр май июн июл авг сен окт ноя дек"
#: A month is told by its first letters, in English and in Russian («мая» is May, not March).
_MONTHS = {
    **{
        name: n
        for n, name in enumerate(
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
        )
    },
    **{
        name: n
        for n, name in enumerate(
            ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"], 1
        )
    },
    "мая": 5,
}
_LONGEST = 60


class When(NamedTuple):
    """A date cell: the day as written, the moment where a time stands beside it.

    `is_bare` says that the time names no zone and was taken for UTC for want of a better one.
    """

    day: date
    moment: datetime | None
    is_bare: bool = False


def parse_when(text: str, zone: tzinfo | None) -> When | None:
    """Read `2026-11-30`, `30.11.2026`, `Nov 30, 2026`, `30 нояб. 2026 г.`, any of them with a time.

    Args:
        text: the cell; ISO moments may have an offset.
        zone: the zone of a time that names none; None for UTC, and the time is bare.

    Returns:
        The day as written and the moment in UTC (None without a time); None for what is no date.
    """
    if len(text) > _LONGEST:
        return None
    text = _in_iso(_FRACTION.sub(r"\1", " ".join(text.split())))
    if not _ISO.match(text):
        return None
    try:
        if len(text) == 10:
            return When(date.fromisoformat(text), None)
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
        if moment.tzinfo is not None:
            return When(moment.date(), moment.astimezone(UTC))
        at = moment.replace(tzinfo=zone or UTC).astimezone(UTC)
        return When(moment.date(), at, is_bare=zone is None)
    except (ValueError, OverflowError):
        return None


def _in_iso(text: str) -> str:
    """A date with the day or the month first as ISO; any other text as it is."""
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year, clock = found.groups()
        return _iso(year if len(year) == 4 else f"20{year}", int(month), day, clock)
    words = text.casefold()
    first, second = _MONTH_FIRST.fullmatch(words), _MONTH_SECOND.fullmatch(words)
    if first:
        name, day, year, clock = first.groups()
    elif second:
        day, name, year, clock = second.groups()
    else:
        return text
    return _iso(year, _MONTHS.get(name[:3], 0), day, clock)


def _iso(year: str, month: int, day: str, clock: str | None) -> str:
    hour, _, minutes = (clock or "").partition(":")
    return f"{year}-{month:02}-{int(day):02}" + (f"T{int(hour):02}:{minutes}" if clock else "")
