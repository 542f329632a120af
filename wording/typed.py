"""What people type: numbers, hours, days and topics, read in one way by every form and command.

What `number_text` and `day_text` put into a field is read back as the same value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from connectors.clean import clean
from connectors.numbers import parse_number
from goals.metrics import Metric, Nature, Unit
from goals.model import GoalKind
from goals.reach import FIRST_DAY, is_in_reach, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wording.words import Words

_UNDERSCORE = re.compile(r"(?<=\d)_(?=\d)")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OFFSETS = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "вчера": -1, "yesterday": -1,
    "позавчера": -2,
}  # fmt: skip
_WEEK_ENDS = frozenset({"конец недели", "конца недели", "end of week", "end of the week"})
_MONTH_ENDS = frozenset({"конец месяца", "конца месяца", "end of month", "end of the month"})
_YEAR_ENDS = frozenset({"конец года", "конца года", "end of year", "end of the year"})
_BEFORE = re.compile(r"^(?:до|к|by|until|till) ")
_NAMED_MONTH = re.compile(r"(\d{1,2})(?:-?го)? ([а-яa-z]+)\.?(?: (\d{4})(?: ?г(?:ода|\.)?)?)?")
#: A month may be named by the beginning of one of its forms.
_MONTHS = (
    ("январь", "января", "january"), ("февраль", "февраля", "february"), ("март", "марта", "march"),
    ("апрель", "апреля", "april"), ("май", "мая", "may"), ("июнь", "июня", "june"),
    ("июль", "июля", "july"), ("август", "августа", "august"), ("сентябрь", "сентября", "september"),
    ("октябрь", "октября", "october"), ("ноябрь", "ноября", "november"), ("декабрь", "декабря", "december"),
)  # fmt: skip
_SHORTEST_MONTH = 3
_ROUBLES = re.compile(r"\s*(?:₽|руб(?:лей|ля|ль|\.)?|р\.?|rub|roubles?)\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_HOURS_AND_MINUTES = re.compile(
    r"(?:(\d{1,4}(?:[.,]\d+)?) ?(?:часов|часа|час|ч|hours|hour|h)\.?)?"
    r" ?(?:и |and )?(?:(\d{1,4}) ?(?:минуты|минута|минут|мин|м|minutes|minute|min|m)\.?)?"
)
_HOURS_NAMED = {"час": 1.0, "полчаса": 0.5, "an hour": 1.0, "half an hour": 0.5}
_HOUR_NOUN = re.compile(r"(.+?) (?:часов|часа|час|hours|hour)")
#: A number that is read may have so many digits.
_MOST_DIGITS = 15
_DECIMALS = 10
_GROUP = 3


def read_amount(text: str, metric: Metric, kind: GoalKind | None = None) -> float | None:
    """A number as people write it: `300`, `10к`, `1,5 млн`, `сто тысяч`, `4,5 %`; None for no such number.

    Hours may also be written by the clock: `2:30`, `2 ч 30 мин`, `90 мин`.

    Args:
        text: what was typed.
        metric: what is counted.
        kind: the kind of the goal.
    """
    if metric.unit is Unit.HOURS and (hours := read_hours(text)) is not None:
        return hours
    if metric.unit is Unit.RUB:
        text = _ROUBLES.sub("", text)
    thousands = kind is not GoalKind.GAIN_PERCENT and _has_thousands(metric)
    return _number(text, fraction=takes_fraction(metric, kind), thousands=thousands)


def read_hours(text: str) -> float | None:
    """Hours as the clock shows them or with their unit: `2:30`, `2 ч 30 мин`, `1.5 h`, `полтора часа`.

    Returns:
        Hours; None for a text that names neither hours nor minutes.
    """
    text = _folded(text)
    if text in _HOURS_NAMED:
        return _HOURS_NAMED[text]
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) + int(clock[2]) / 60
    found = _HOURS_AND_MINUTES.fullmatch(text)
    if found and (found[1] or found[2]):
        return float((found[1] or "0").replace(",", ".")) + int(found[2] or 0) / 60
    noun = _HOUR_NOUN.fullmatch(text)
    return _in_words(noun[1]) if noun else None


def takes_fraction(metric: Metric, kind: GoalKind | None = None) -> bool:
    """Whether an amount need not be a whole number: a percentage or a mean may be a fraction of anything."""
    return not metric.whole or kind in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}


def read_baseline(text: str, metric: Metric) -> float | None:
    """The figure to start from: a mean of days or posts may be a fraction of what comes in wholes."""
    mean = metric.nature in {Nature.FLOW, Nature.PER_POST}
    return _number(text, fraction=not metric.whole or mean, thousands=_has_thousands(metric))


def _has_thousands(metric: Metric) -> bool:
    """Whether `120.000` of the metric is rather 120 thousand than 120."""
    return metric.whole or metric.unit is Unit.RUB


def _number(text: str, *, fraction: bool, thousands: bool) -> float | None:
    plain = _UNDERSCORE.sub("", text)
    found = parse_number(plain) if thousands or not fraction else None
    if found is None and fraction:
        found = parse_number(plain, whole=False)
    value = _in_words(text) if found is None else found.value
    return value if value is None or fraction or value.is_integer() else None


def _in_words(text: str) -> float | None:
    """A number in words and nothing else: «сто тысяч», «полторы тысячи»; None for any other text."""
    if any(map(str.isdigit, text)):
        return None
    from goals.phrase.numerals import merge
    from goals.phrase.tokens import split

    tokens = merge(split(text))
    return tokens[0].value if len(tokens) == 1 and tokens[0].upper is None else None


def number_text(words: Words, value: float | None) -> str:
    """A figure as it stands in a field: no thousands apart, every decimal that can be read back."""
    if value is None:
        return ""
    decimals = max(0, min(_DECIMALS, _MOST_DIGITS - len(str(int(abs(value))))))
    if decimals == _GROUP:
        decimals -= 1
    whole, _, fraction = f"{round(value, decimals) + 0.0:.{decimals}f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == _GROUP:
        fraction += "0"  # 1.234 would be read as 1234
    point = "," if words.lang == "ru" else "."
    return f"{whole}{point}{fraction}" if fraction else whole


def read_day(text: str, today: date, *, after: date | None = None) -> date | None:
    """The day that was typed (`30.11`, `30 ноября`, `завтра`, `до конца месяца`); None where it is no day.

    A day out of reach is none (see `goals.reach`).

    Args:
        text: what was typed.
        today: the day that named days are counted from.
        after: a day without a year is the first such day from this one on; without it, the one nearest
            to today. 29 February is never moved on to the next leap year.
    """
    text = _folded_day(text)
    if text in _OFFSETS:
        return today + timedelta(days=_OFFSETS[text])
    if text in _WEEK_ENDS:
        return today + timedelta(days=6 - today.weekday())
    if text in _MONTH_ENDS:
        return _month_end(today)
    if text in _YEAR_ENDS:
        return date(today.year, 12, 31)
    day = _calendar_day(text, today, after)
    return day if day is not None and is_in_reach(day, today) else None


def far_day(text: str, today: date, *, after: date | None = None) -> date | None:
    """The day that was typed where nobody can mean it, for it is out of reach; None for any other text."""
    day = _calendar_day(_folded_day(text), today, after)
    return None if day is None or is_in_reach(day, today) else day


def far_text(words: Words, day: date, today: date) -> str:
    """That a day is out of reach, and which are not."""
    return words.text(
        "{day} is out of reach: a day from {first} to {last} is needed",
        day=day_text(day),
        first=day_text(FIRST_DAY),
        last=day_text(last_day(today)),
    )


def missing_day(text: str, today: date, *, after: date | None = None) -> tuple[int, int, int] | None:
    """Year, month and day of a text that looks like one which the calendar lacks; None for other texts."""
    parts = _parts(_folded_day(text), today, after)
    if not parts or not (parts[0] and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31):
        return None
    return parts if parts[2] > monthrange(parts[0], parts[1])[1] else None


def day_problem(words: Words, text: str, today: date, *, after: date | None = None) -> str:
    """What is wrong with a text that `read_day` takes for no day."""
    far = far_day(text, today, after=after)
    if far is not None:
        return far_text(words, far, today)
    missing = missing_day(text, today, after=after)
    if missing:
        from babel.dates import get_month_names

        year, month, day = missing
        name = get_month_names("wide", "format", words.lang)[month]
        return words.text("there is no {day} {month} {year}", day=day, month=name, year=year)
    return words.text("this is no date: for example 30.11, 30.11.2026, tomorrow or end of month")


def day_text(day: date | None) -> str:
    """A day as it stands in a field."""
    return f"{day:%d.%m}.{day.year:04}" if day else ""


def read_topic(text: str | None, known: Iterable[str]) -> str | None:
    """The topic that was typed, as the client has it already (in any case); None for none."""
    wanted = clean(text or "")
    return next((name for name in known if name.casefold() == wanted.casefold()), wanted or None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _folded_day(text: str) -> str:
    """A day without the word before it: «до конца месяца», «к 30.11», "by 30 Nov"."""
    return _BEFORE.sub("", _folded(text), count=1)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _calendar_day(text: str, today: date, after: date | None) -> date | None:
    """The day of a date that was typed, in reach or not; None where the calendar has none."""
    parts = _parts(text, today, after)
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def _parts(text: str, today: date, after: date | None) -> tuple[int, int, int] | None:
    """Year, month and day as typed, whether or not there is such a day; None where it is none at all."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    match = _NUMERIC.fullmatch(text) or _NAMED_MONTH.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2]) if match[2].isdigit() else _month(match[2])
    if not month and match.re is _NAMED_MONTH:
        return None
    if match[3]:
        year = int(match[3])
        return (year if len(match[3]) > 2 else 2000 + year), month, day
    return _likely_year(month, day, today, after), month, day


def _month(name: str) -> int:
    """The number of the month that is named, in full or in short; 0 for another word."""
    if len(name) < _SHORTEST_MONTH:
        return 0
    return next((n for n, forms in enumerate(_MONTHS, 1) if any(f.startswith(name) for f in forms)), 0)


def _likely_year(month: int, day: int, today: date, after: date | None) -> int:
    if after is not None:
        return after.year + ((month, day) < (after.month, after.day))
    if not 1 <= month <= 12 or not day:
        return today.year

    def distance(year: int) -> timedelta:
        return abs(date(year, month, min(day, monthrange(year, month)[1])) - today)

    return min((today.year - 1, today.year, today.year + 1), key=distance)
