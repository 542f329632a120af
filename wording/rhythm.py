"""The rhythm in words: what today asks, how sure one is of a goal, what is awaited, ₽ an hour."""

from __future__ import annotations

import re
from datetime import date, time, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from connectors.clean import clean
from goals.metrics import METRICS, Nature
from goals.model import Period, PostKind
from goals.records import Confidence
from goals.rhythm import AskedFor
from wording.goals import needed_phrase, row_title, standing_word
from wording.words import NBSP, mark, mark_plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.board import GoalRow
    from goals.records import CheckIn
    from goals.revision import Revision
    from wording.words import Words

CONFIDENCE = {
    Confidence.ON_TRACK: mark("on track"),
    Confidence.RISK: mark("at risk"),
    Confidence.OFF: mark("off track"),
}
#: How people type a confidence, in either language; the numbers are those of the question.
_TYPED = {
    Confidence.ON_TRACK: ("on_track", "on track", "on", "ok", "ок", "по плану", "план", "1"),
    Confidence.RISK: ("risk", "at risk", "риск", "под угрозой", "2"),
    Confidence.OFF: ("off", "off track", "срыв", "срывается", "3"),
}
_REASONS = {AskedFor.EDITED: mark("was changed"), AskedFor.RECOVERED: mark("is on track again")}
_ANSWER = re.compile(r"\s*#?(?P<goal>[^=]+?)\s*=\s*(?P<said>[^:]*?)\s*(?::\s*(?P<why>.*))?", re.DOTALL)
_QUOTES = "\"'«»“”„ "
_SHOT = frozenset({PostKind.STORY, PostKind.CLIP, PostKind.VIDEO, PostKind.STREAM})


class Answer(NamedTuple):
    """What was typed of a goal at a check-in; `confidence` is None for a word that says none."""

    goal: str
    confidence: Confidence | None
    why: str


def confidence_word(words: Words, confidence: Confidence) -> str:
    """How sure one is of a goal: «под угрозой»."""
    return words.text(CONFIDENCE[confidence])


def answer_example(words: Words, goal: object) -> str:
    """An answer as one types it: «3=риск:"нет фото"»."""
    word, why = words.text("risk"), words.text("no photos")
    return f'{goal}={word}:"{why}"'


def read_confidence(typed: str) -> Confidence | None:
    """The confidence that was typed, in Russian or English; None for no such word."""
    wanted = " ".join(typed.casefold().replace("ё", "е").split())
    return next((confidence for confidence, known in _TYPED.items() if wanted in known), None)


def read_answer(typed: str) -> Answer | None:
    """`3=risk:"no photos"` or `3 = риск: нет фото`; None for another shape."""
    found = _ANSWER.fullmatch(typed)
    if found is None:
        return None
    return Answer(found["goal"], read_confidence(found["said"]), clean((found["why"] or "").strip(_QUOTES)))


def check_in_text(words: Words, check_in: CheckIn, today: date) -> str:
    """A check-in on one line: «16.11 под угрозой: нет фото»."""
    said = f"{words.day(check_in.day, today)} {confidence_word(words, check_in.confidence)}"
    return f"{said}: {clean(check_in.why)}" if check_in.why else said


def asked_for_text(words: Words, row: GoalRow, reasons: Iterable[AskedFor]) -> str:
    """Why a goal is asked about: «отстаём, её изменили»."""
    return ", ".join(
        standing_word(words, row) if reason is AskedFor.NOT_GREEN else words.text(_REASONS[reason])
        for reason in reasons
    )


def hours_text(words: Words, start: time | None, end: time | None) -> str:
    """From when to when: «10:00–19:00», «до 19:00»; empty where neither is known."""
    first, last = (f"{each:%H:%M}" if each else "" for each in (start, end))
    if first and last:
        return f"{first}–{last}"
    if first:
        return words.text("from {start}", start=first)
    return words.text("until {end}", end=last) if last else ""


def is_shot(kind: PostKind) -> bool:
    """Whether a piece of content has to be shot, not only written."""
    return kind in _SHOT


def month_name(words: Words, first: date, today: date) -> str:
    """The month that begins on a day: «декабрь»; of another year than today's «январь 2027»."""
    from babel.dates import format_date

    return str(format_date(first, "LLLL" if first.year == today.year else "LLLL y", locale=words.lang))


def waiting_text(words: Words, days: int) -> str:
    """How long something is awaited: «ждём 5 дней»."""
    if days == 0:
        return words.text("asked today")
    return words.plural("waiting for {n} day", "waiting for {n} days", days)


def near_day(words: Words, day: date, today: date) -> str:
    """A day as one says it: «сегодня», «завтра», «30.11»."""
    ahead = (day - today).days
    if ahead in {0, 1}:
        return words.text("today") if ahead == 0 else words.text("tomorrow")
    return words.day(day, today)


def pace_text(words: Words, row: GoalRow) -> str:
    """A goal that nothing can be published for, with the pace it needs; empty where it needs none."""
    content = METRICS[row.metric].nature is Nature.CONTENT
    if content or not row.needed_per_day:
        return ""
    return f"{row_title(words, row)} — {needed_phrase(words, row)}"


def eased_text(words: Words, eased: Iterable[Revision], zone: tzinfo, today: date) -> str:
    """That a goal was made easier without the client: «ослаблена без согласия клиента 12.11, 15.11».

    Args:
        words: the language.
        eased: what `goals.changes.eased_without_yes` found; nothing gives an empty text.
        zone: where the client is.
        today: the client's local day.
    """
    days = dict.fromkeys(revision.made_at.astimezone(zone).date() for revision in eased)
    if not days:
        return ""
    told = ", ".join(words.day(day, today) for day in days)
    return words.text("made easier without the client's yes on {days}", days=told)


def rate_text(words: Words, rate: float | None) -> str:
    """RUB an hour: «1 049 ₽/ч»; a dash where it is not known."""
    if rate is None:
        return "—"
    return words.text("{money}/h", money=words.money(rate))


def hours_cell(words: Words, hours: float | None) -> str:
    """Hours in a table: «12,5»; a dash where none were logged."""
    return "—" if hours is None else words.number(hours)


def money_cell(words: Words, amount: float | None) -> str:
    """Roubles in a table; a dash where none were logged."""
    return "—" if amount is None else words.money(amount)


def share_cell(words: Words, hours: float | None, agreed: float | None) -> str:
    """Which part of the agreed hours is used: «83 %»; with a sign from 80 % on."""
    if hours is None or not agreed:
        return "—"
    share = hours / agreed
    return f"!{NBSP}{words.percent(share)}" if share >= WARN_SHARE else words.percent(share)


#: From this share of the agreed hours on one should speak with the client (the trade's own rule).
WARN_SHARE = 0.8


_IN_A_ROW = {
    Period.DAY: mark_plural("{n} day in a row", "{n} days in a row"),
    Period.WEEK: mark_plural("{n} week in a row", "{n} weeks in a row"),
    Period.MONTH: mark_plural("{n} month in a row", "{n} months in a row"),
}


def kept_text(words: Words, kept: int, over: int, streak: int, period: Period) -> str:
    """How a rate was kept: «выдержано 6 из 8, 3 недели подряд»."""
    said = words.text("kept {n} of {total}", n=words.number(kept), total=words.number(over))
    one, many = _IN_A_ROW[period]
    return f"{said}, {words.plural(one, many, streak)}" if streak else said
