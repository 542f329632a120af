"""Words of recurrence: «3 раза в неделю», «каждый вторник», «ежедневно», "twice a month"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from goals.model import Period
from goals.phrase.tokens import Line

_PERIODS = {"Uday": Period.DAY, "Uweek": Period.WEEK, "Umonth": Period.MONTH}
_COUNT = r"(?P<n>[0-9]+(?:,[0-9]+)?)(?:-[0-9,]+)?"
_U = r"(?P<unit>U(?:day|week|month))"
_EACH = (
    r"(?:кажд\w+|every|each|per|a|an|/|в|за кажд\w+|any)(?: (?:single|рабоч\w+|календарн\w+|working"
    r"|business|божий|1))*"
)
_DAYS = r"W[1-7]s?(?:(?: ,)?(?: и| and| ,| &)? W[1-7]s?)*"
_SKIPLESS = (
    r"(?:ни (?:1 )?Uday|без пропусков|не пропуск\w+(?: ни 1 Uday| ни Uday)?|(?:without|never|not"
    r"|don ' t) (?:skip|miss)\w*"
    r"(?: an?| 1)?(?: single)?(?: Uday)?)"
)
_TIMES_WORDS = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "раз": 1.0, "дважды": 2.0, "трижды": 3.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """How often: the period, how many times in it where words say so, and the first token of the words."""

    period: Period
    times: float | None
    first: int


_Reader = Callable[[re.Match[str]], tuple[Period, float | None] | None]


def _every_so_many(number: float, unit: str) -> tuple[Period, float | None] | None:
    """Once in N units as a whole number in a week or a month, the lower end where it does not divide."""
    if number <= 1:
        return _PERIODS[unit], 1.0
    days = number * {"Uday": 1, "Uweek": 7, "Umonth": 30}[unit]
    if days <= 7:
        return Period.WEEK, float(max(1, int(7 / days)))
    return (Period.MONTH, float(max(1, int(30 / days)))) if days <= 31 else None


def _times_in(match: re.Match[str]) -> tuple[Period, float | None]:
    return _PERIODS[match["unit"]], float(match["n"].replace(",", "."))


def _times_word(match: re.Match[str]) -> tuple[Period, float | None]:
    return _PERIODS[match["unit"]], _TIMES_WORDS[match["word"]]


def _once_in(match: re.Match[str]) -> tuple[Period, float | None] | None:
    number = match["n"]
    return _every_so_many(float(number.replace(",", ".")) if number else 1.0, match["unit"])


def _every_other(match: re.Match[str]) -> tuple[Period, float | None] | None:
    return _every_so_many(2, match.groupdict().get("unit") or "Uday")


def _weekdays(match: re.Match[str]) -> tuple[Period, float | None]:
    return Period.WEEK, float(len(set(re.findall("W[1-7]", match["days"]))))


def _daily(match: re.Match[str]) -> tuple[Period, float | None]:  # noqa: ARG001 - the shape of a reader
    return Period.DAY, None


def _twice_daily(match: re.Match[str]) -> tuple[Period, float | None]:  # noqa: ARG001 - the shape of a reader
    return Period.DAY, 2.0


def _by_month(match: re.Match[str]) -> tuple[Period, float | None]:  # noqa: ARG001 - the shape of a reader
    return Period.MONTH, None


def _weekends(match: re.Match[str]) -> tuple[Period, float | None]:  # noqa: ARG001 - the shape of a reader
    return Period.WEEK, 2.0


def _unit(match: re.Match[str]) -> tuple[Period, float | None]:
    return _PERIODS[match["unit"]], None


def _adverb(match: re.Match[str]) -> tuple[Period, float | None]:
    word = match["word"]
    if word.startswith(("ежедн", "dai", "every")):
        return Period.DAY, None
    return (Period.WEEK, None) if word.startswith(("ежене", "week", "понед")) else (Period.MONTH, None)


_SOURCES: tuple[tuple[str, _Reader], ...] = (
    (_SKIPLESS, _daily),
    (r"Umonth (?:over|к) Umonth", _by_month),
    (rf"{_COUNT} (?:раза?|times|x) (?:{_EACH}|за) {_U}", _times_in),
    (rf"(?P<word>once|twice|thrice|дважды|трижды) (?:{_EACH}) {_U}", _times_word),
    (rf"(?:(?:по )?1 )?(?:раз|once) (?:в|every|за|per|каждые) {_COUNT} {_U}", _once_in),
    (rf"(?:1 )?(?:раз|once) (?:{_EACH}|за) (?P<n>(?:))?{_U}", _once_in),
    (r"через Uday|every (?:other|#2) (?P<unit>Uday|Uweek)", _every_other),
    (rf"(?:кажд\w+|every|(?<![0-9] )в) {_COUNT} {_U}", _once_in),
    (rf"(?:кажд\w+|every|each) (?P<days>{_DAYS})", _weekdays),
    (r"(?:по |on |в |every |at )?Wend(?:s| )?(?<=Wends)|по Wend|(?:every|each|кажд\w+) Wend", _weekends),
    (r"(?:по |on |в )?(?P<days>W[1-7]s(?:(?: ,)?(?: и| and| ,| &)? W[1-7]s?)*)", _weekdays),
    (rf"по (?P<days>{_DAYS})", _weekdays),
    (r"(?:кажд\w+|по|every|each|per|on|в|a) Wdays(?: Uday)?|Wdays Uday", _daily),
    (r"(?:кажд\w+|every|each) (?:утро|вечер|morning|evening|night)", _daily),
    (r"утром и вечером|(?:each |every )?morning and (?:evening|night)", _twice_daily),
    (
        (
            r"(?P<word>ежедневн\w*|еженедельн\w*|понедельно|ежемесячн\w*|помесячно|daily|everyday|weekly"
            r"|monthly)"
        ),
        _adverb,
    ),
    (rf"(?:кажд\w+|every|each|per)(?: (?:single|рабоч\w+|working|business|1))* {_U}", _unit),
    (rf"/ ?{_U}", _unit),
    (
        (
            rf"(?<!in )(?<!within )(?<!over )(?<!for )(?<!during )(?<!half )"
            rf"an? {_U}(?! (?:from now|from today|ago))"
        ),
        _unit,
    ),
    (r"(?:в|во) (?P<unit>U(?:day|week|month))", _unit),
)
_READERS = tuple(
    (re.compile(rf"(?:(?<=^)|(?<= ))(?:{source})(?![^\W_])"), reader) for source, reader in _SOURCES
)
_GATE = re.compile(
    r"U(?:day|week|month)|W[1-7de]|дневн|недельн|месячн|daily|weekly|monthly|everyday|утр|вечер"
    r"|morning|evening|night|пропуск|skip|miss"
)
#: Forms of the units that do not stand in «в неделю»: «в неделе», «в месяце» name no rate.
_NOT_RATES = ("неделе", "месяце", "дне", "недели", "месяцы")


def find(line: Line) -> list[Rate]:
    """The rates of a line in the order of its words; their words are cut out of it."""
    found: list[Rate] = []
    if not _GATE.search(line.canon):
        return found
    for pattern, reader in _READERS:
        while (match := line.search(pattern)) is not None:
            span = line.span(match)
            last = line.tokens[span[-1]]
            read = reader(match)
            if read is None or (reader is _unit and line.text[last.start : last.end].lower() in _NOT_RATES):
                break
            line.cut(span)
            if span[0] > 0:
                # «3x per week» is a count, not growth to three times as much.
                line.tokens[span[0] - 1].times = False
            found.append(Rate(read[0], read[1], span[0]))
    return sorted(found, key=lambda rate: rate.first)
