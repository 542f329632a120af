"""`Words(lang)`: every sentence that a person reads, in one language; two may live in one process.

Messages stand in the code in English and are their own English text. Russian stands in
`locale/ru/<area>.po`, compiled into one catalogue by `python -m wording.compile`.
"""

from __future__ import annotations

import gettext
import os
import re
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("ru", "en")
CATALOGUES = Path(__file__).parent / "locale"
NBSP = "\u00a0"
MINUS = "\u2212"


_QUOTED = re.compile("«([^«»]*)»")
_FIELD = re.compile(r"\{(\w+)\}")
_INNER_QUOTES = str.maketrans("«»", "„“")


def mark(message: str) -> str:
    """Mark a message that stands in a table, so that catalogues are checked for it."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a plural that stands in a table."""
    return one, many


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    path = CATALOGUES / lang / "smm.mo"
    if lang == "en":
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def system_language(environ: Mapping[str, str] | None = None) -> str:
    """The language of the user's locale: Russian where it says so or says nothing."""
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(name, "")
        if value and value not in {"C", "POSIX"} and not value.startswith("C."):
            return "ru" if value.lower().startswith("ru") else "en"
    import locale

    code = locale.getlocale()[0] or ""
    return "en" if code.lower().startswith("en") else "ru"


class _Over(dict[str, object]):
    """Some values that stand over others; what the others do with a missing one holds."""

    def __init__(self, over: Mapping[str, object], under: Mapping[str, object]) -> None:
        super().__init__(over)
        self._under = under

    def __missing__(self, key: str) -> object:
        return self._under[key]


def filled(message: str, values: Mapping[str, object]) -> str:
    """The message with its {placeholders}; quotes of a value that comes to stand in quotes are inner ones."""
    inner = {name for part in _QUOTED.findall(message) for name in _FIELD.findall(part)}
    if inner:
        quoted: dict[str, object] = {
            name: str(values[name]).translate(_INNER_QUOTES) for name in inner & values.keys()
        }
        return message.format_map(_Over(quoted, values))
    return message.format_map(values)


class Words:
    """The texts and forms of one language."""

    def __init__(self, lang: str) -> None:
        """Take the catalogue of `lang` (`ru` or `en`). Raises ValueError for another."""
        if lang not in LANGUAGES:
            raise ValueError(lang)
        self.lang = lang
        self.other = next(each for each in LANGUAGES if each != lang)
        self._catalogue = _catalogue(lang)

    def text(self, message: str, **values: object) -> str:
        """The message in this language, its {placeholders} filled."""
        found = self._catalogue.gettext(message) if message else ""
        return filled(found, values) if values else found

    def plural(self, one: str, many: str, n: float, **values: object) -> str:
        """The form of the message for `n` as it is shown; {n} is the number as written here."""
        form = self._catalogue.ngettext(one, many, _plural_number(self.shown(n)))
        return filled(form, {"n": self.number(n), **values})

    @staticmethod
    def shown(value: float, digits: int = 1) -> float:
        """The value that the digits say which `number` writes: 4.98 is shown as 5."""
        return round(value, digits)

    def number(self, value: float, digits: int = 1) -> str:
        """A number with grouped thousands: «4 812», «41,5», «−4»."""
        rounded = self.shown(value, digits)
        whole, _, fraction = f"{abs(rounded):.{digits}f}".partition(".")
        fraction = fraction.rstrip("0")
        grouped = f"{int(whole):,}".replace(",", NBSP if self.lang == "ru" else ",")
        sign = MINUS if rounded < 0 else ""
        point = "," if self.lang == "ru" else "."
        return f"{sign}{grouped}{point + fraction if fraction else ''}"

    def signed(self, value: float, digits: int = 1) -> str:
        """A number with its sign: «+212», «−4», «0»."""
        text = self.number(value, digits)
        return f"+{text}" if self.shown(value, digits) > 0 else text

    def percent(self, fraction: float) -> str:
        """A fraction as whole per cent: «41 %» in Russian, "41%" in English."""
        number = self.number(round(fraction * 100), 0)
        return f"{number}{NBSP}%" if self.lang == "ru" else f"{number}%"

    def short_number(self, value: float) -> str:
        """A number in few characters: «81 тыс.», «1,5 млн», "81K", "1.5M"."""
        for size, unit in ((1_000_000, self.text("M")), (10_000, self.text("K"))):
            if abs(value) >= size:
                scaled = self.number(value / (1000 if size == 10_000 else size), 1)
                return f"{scaled}{NBSP}{unit}" if self.lang == "ru" else f"{scaled}{unit}"
        return self.number(value)

    def money(self, value: float, digits: int = 0) -> str:
        """Roubles: «120 000 ₽»."""
        return f"{self.number(value, digits)}{NBSP}₽"

    def day(self, day: date, today: date) -> str:
        """A day in few characters: «30.11», with the year where it is not this one."""
        if self.lang == "ru":
            return day.strftime("%d.%m" if day.year == today.year else "%d.%m.%y")
        return f"{_MONTHS_EN[day.month - 1]} {day.day}" + ("" if day.year == today.year else f", {day.year}")

    def moment(self, moment: datetime, zone: tzinfo, today: date) -> str:
        """A time of day, with the day where it is not today: «14:05», «22.11 14:05»."""
        local = moment.astimezone(zone)
        clock = local.strftime("%H:%M")
        return clock if local.date() == today else f"{self.day(local.date(), today)} {clock}"

    def ago(self, moment: datetime, now: datetime) -> str:
        """How long ago: «только что», «12 мин назад», «3 ч назад», «5 дней назад»."""
        passed = now - moment
        if passed < timedelta(minutes=1):
            return self.text("just now")
        if passed < timedelta(hours=1):
            return self.text("{n} min ago", n=int(passed.total_seconds() // 60))
        if passed < timedelta(hours=48):
            return self.text("{n} h ago", n=int(passed.total_seconds() // 3600))
        return self.plural("{n} day ago", "{n} days ago", passed.days)


_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _plural_number(n: float) -> int:
    """The whole number whose plural form fits; a fraction takes the form of 2 («1,5 дня»)."""
    return abs(int(n)) if float(n).is_integer() else 2
