"""Numbers, days and names of metrics as people type them on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from goals.metrics import METRICS, Metric, Source, Unit
from goals.model import GoalKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wording.words import Words

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_RUSSIAN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?\.?")
_UNDERSCORE = re.compile(r"(?<=\d)_(?=\d)")


def read_amount(words: Words, text: str, metric: Metric, kind: GoalKind | None = None) -> float:
    """A number as people write it: `300`, `10к`, `1,5 млн`, `1_000`, `4,5 %`.

    Args:
        words: the language of the error.
        text: what was typed.
        metric: what is counted; things that come in wholes take no fraction.
        kind: the kind of the goal: a percentage or a mean may be a fraction of anything.

    Raises:
        UserError: it is no such number (exit code 2).
    """
    from connectors.numbers import parse_number

    plain = _UNDERSCORE.sub("", text)
    fraction = not metric.whole or kind in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}
    found = None
    if not fraction or metric.unit is Unit.RUB:
        found = parse_number(plain)
    if found is None and fraction:
        found = parse_number(plain, whole=False)
    if found is None:
        step = words.text("Write it like 300, 10k, 1.5M or 4.5")
        raise UserError(words.text("«{text}» is no amount", text=text), step, Exit.USAGE)
    return found.value


def read_day(words: Words, text: str, today: date, *, ahead: bool = False) -> date:
    """A day as people write it: `2026-11-30`, `30.11.2026`, `30.11`, `today`, `yesterday`.

    Args:
        words: the language of the error.
        text: what was typed.
        today: the client's local day.
        ahead: a day without a year is the next such day; otherwise the one nearest to today.

    Raises:
        UserError: there is no such day (exit code 2).
    """
    plain = text.strip().lower()
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    try:
        if _ISO.fullmatch(plain):
            return date.fromisoformat(plain)
        found = _RUSSIAN.fullmatch(plain)
        if found:
            day, month, year = found.groups()
            if year:
                return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
            return _nearest(int(day), int(month), today, ahead=ahead)
    except ValueError:
        raise UserError(
            words.text("There is no such day: {text}", text=text), _day_step(words, today), Exit.USAGE
        ) from None
    raise UserError(words.text("«{text}» is no date", text=text), _day_step(words, today), Exit.USAGE)


_NAMED = {"today": 0, "сегодня": 0, "yesterday": -1, "вчера": -1, "tomorrow": 1, "завтра": 1}


def _day_step(words: Words, today: date) -> str:
    return words.text("Write it like {iso} or {short}", iso=today.isoformat(), short=f"{today:%d.%m.%Y}")


def _nearest(day: int, month: int, today: date, *, ahead: bool) -> date:
    """The day of this or a neighbouring year; 29 February of the next leap year where it is ahead."""
    found = []
    for year in range(today.year - 1, today.year + 9):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if ahead:
        found = [candidate for candidate in found if candidate >= today]
    return min(found, key=lambda candidate: abs(candidate - today))


def read_metric(words: Words, text: str, among: Iterable[Metric] = METRICS.values()) -> Metric:
    """The metric of this name, in our words or those of the user's language.

    Raises:
        UserError: there is none; the nearest is named (exit code 2).
    """
    from wording.goals import metric_name

    allowed = list(among)
    names = {metric.name: metric for metric in allowed}
    names |= {metric_name(words, metric.name).casefold(): metric for metric in allowed}
    wanted = text.strip().casefold()
    if wanted in names:
        return names[wanted]
    near = list(dict.fromkeys(names[name].name for name in get_close_matches(wanted, names, 3)))
    known = ", ".join(metric.name for metric in allowed)
    step = (
        words.text("Did you mean {names}?", names=", ".join(near))
        if near
        else words.text("There are: {names}", names=known)
    )
    raise UserError(words.text("There is no metric «{name}»", name=text), step, Exit.USAGE)


def manual_metrics() -> list[Metric]:
    """The metrics that are logged by hand."""
    return [metric for metric in METRICS.values() if metric.source is Source.MANUAL]


def read_choice(words: Words, text: str, known: Iterable[str], what: str) -> str:
    """One of a few words; the error names `what` is asked for and the choices (exit code 2)."""
    choices = list(known)
    if text.strip().lower() in choices:
        return text.strip().lower()
    near = get_close_matches(text.lower(), choices, 1)
    names = ", ".join(choices)
    step = (
        words.text("Did you mean {names}?", names=near[0])
        if near
        else words.text("There are: {names}", names=names)
    )
    raise UserError(words.text("{what}: «{text}» is not known", what=what, text=text), step, Exit.USAGE)
