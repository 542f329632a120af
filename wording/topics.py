"""Why a post is only perhaps about a topic, and what is missing of a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.topics.verdict import Doubt, Sign
from wording.words import NBSP, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from goals.gaps import Days
    from goals.topics.verdict import Evidence
    from wording.words import Words

DOUBTS = {
    Doubt.TYPO: mark("perhaps a slip"),
    Doubt.DENIED: mark("said not to be there"),
    Doubt.PASSING: mark("only in passing"),
    Doubt.OTHER_SENSE: mark("perhaps in another sense"),
    Doubt.APART: mark("the words are far apart"),
    Doubt.RELATED: mark("only goes with «{entry}»"),
    Doubt.GLUED: mark("the hashtag goes on"),
    Doubt.NAME: mark("only the topic's name"),
}
_SHOWN = 3


def evidence_text(words: Words, evidence: Iterable[Evidence]) -> str:
    """What was found and why it does not count by itself: «скидкой»: только идёт рядом с «распродажа»."""
    return "; ".join(_one(words, each) for each in evidence)


def _one(words: Words, evidence: Evidence) -> str:
    found = evidence.found if evidence.sign is not Sign.WORD else f"«{evidence.found}»"
    if evidence.doubt is None:
        return found
    return f"{found}: {words.text(DOUBTS[evidence.doubt], entry=evidence.entry)}"


def at_least(words: Words, count: float, missing: Sequence[Days], today: date) -> str:
    """What is known of a count whose days are not all known: «Не меньше 4: нет данных за 12–13 мая».

    `missing` is not empty; of many stretches the newest are named.
    """
    shown = ", ".join(_days(words, days, today) for days in missing[-_SHOWN:])
    if len(missing) > _SHOWN:
        shown = words.text("{days} and earlier", days=shown)
    return words.text("At least {n}: no data for {days}", n=words.number(count), days=shown)


def _days(words: Words, days: Days, today: date) -> str:
    """«12 мая», «12–13 мая», «30 апреля – 2 мая», with the year where it is not this one."""
    first, last = days
    if first == last:
        return _day(words, last, today)
    if (first.year, first.month) != (last.year, last.month):
        return f"{_day(words, first, today)} – {_day(words, last, today)}"
    if words.lang == "ru":
        return f"{first.day}–{_day(words, last, today)}"
    month, _, number = words.day(last, today).partition(" ")
    return f"{month}{NBSP}{first.day}–{number}"


def _day(words: Words, day: date, today: date) -> str:
    if words.lang == "en":
        return words.day(day, today).replace(" ", NBSP, 1)
    from babel.dates import format_date

    year = "" if day.year == today.year else " y"
    return format_date(day, f"d{NBSP}MMMM{year}", locale=words.lang)
