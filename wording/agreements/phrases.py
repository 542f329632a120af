"""Days, times and lists as an agreement writes them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from connectors.clean import TEXT_LIMIT, clean
from wording.words import NBSP

if TYPE_CHECKING:
    from datetime import date, time

    from goals.agreement.terms import Terms
    from wording.words import Words


def cleaned(terms: Terms) -> Terms:
    """The same terms with every text on one line and safe to show."""
    found: Terms = _cleaned(terms)
    return found


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - any value of the terms
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _cleaned(getattr(value, each.name)) for each in fields(value)})
    return clean(value, TEXT_LIMIT) if type(value) is str else value


def joined(*parts: str) -> str:
    """What was said of several things, one after another; what is empty is left out."""
    return "; ".join(part for part in parts if part)


def day_text(words: Words, day: date) -> str:
    """«30 ноября 2026», "30 November 2026"; the number stays with its month."""
    from babel.dates import format_date

    return format_date(day, f"d{NBSP}MMMM y", locale=words.lang)


def month_day(words: Words, day: int) -> str:
    """A day of the month as sentences have it: «25-го», "25th"."""
    if words.lang == "ru":
        return f"{day}-го"
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def weekday_text(words: Words, number: int) -> str:
    """A day of the week in few letters: «сб» for 5."""
    from babel.dates import get_day_names

    return str(get_day_names("abbreviated", "stand-alone", words.lang)[number])


def days_span(words: Words, start: date | None, end: date | None) -> str:
    """«с 1 декабря 2026 по 31 мая 2027», either end may be open; empty where both are."""
    if start and end:
        return words.text("from {start} to {end}", start=day_text(words, start), end=day_text(words, end))
    if start:
        return words.text("from {start}", start=day_text(words, start))
    return words.text("until {end}", end=day_text(words, end)) if end else ""


def clock_span(words: Words, start: time | None, end: time | None) -> str:
    """«10:00–19:00», «с 10:00», «до 19:00»; empty where neither is said."""
    if start and end:
        return f"{start:%H:%M}–{end:%H:%M}"
    if start:
        return words.text("from {start}", start=f"{start:%H:%M}")
    return words.text("until {end}", end=f"{end:%H:%M}") if end else ""


def percent_text(words: Words, share: float) -> str:
    """A fraction in per cent, with a decimal where there is one: «12,5 %»."""
    number = words.number(share * 100)
    return f"{number}{NBSP}%" if words.lang == "ru" else f"{number}%"
