"""Numbers, days and names of metrics as people type them on the command line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from goals.metrics import METRICS, UNNAMED, Metric, Source
from goals.model import GoalKind
from wording import typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wording.words import Words

#: The metrics that somebody may name.
NAMED = tuple(metric for metric in METRICS.values() if metric.name != UNNAMED)


def read_amount(words: Words, text: str, metric: Metric, kind: GoalKind | None = None) -> float:
    """The number that was typed (see `wording.typed.read_amount`). Raises UserError (exit code 2)."""
    found = typed.read_amount(text, metric, kind)
    if found is None and typed.read_amount(text, metric, GoalKind.AVERAGE) is not None:
        step = words.text("Write it like 300, 10k or 1.5M")
        raise UserError(words.text("A whole number is needed, not «{text}»", text=text), step, Exit.USAGE)
    return _known_amount(words, text, found)


def read_baseline(words: Words, text: str, metric: Metric) -> float:
    """The figure to start from that was typed. Raises UserError (exit code 2)."""
    return _known_amount(words, text, typed.read_baseline(text, metric))


def _known_amount(words: Words, text: str, found: float | None) -> float:
    if found is None:
        step = words.text("Write it like 300, 10k, 1.5M or 4.5")
        raise UserError(words.text("«{text}» is no amount", text=text), step, Exit.USAGE)
    return found


def read_day(words: Words, text: str, today: date, *, ahead: bool = False, after: date | None = None) -> date:
    """A day as people write it: `2026-11-30`, `30.11.2026`, `30.11`, `today`, `конец месяца`.

    Args:
        words: the language of the error.
        text: what was typed.
        today: the client's local day, from which named days are counted.
        ahead: a day without a year is the next such day; otherwise the one nearest to today.
        after: a day without a year is the first such day from this one on.

    Raises:
        UserError: there is no such day (exit code 2).
    """
    since = after or (today if ahead else None)
    day = typed.read_day(text, today, after=since)
    if day is not None:
        return day
    message = words.text("«{text}» is no date", text=text)
    far = typed.far_day(text, today, after=since)
    if far is not None:
        message = typed.far_text(words, far, today)
    elif typed.missing_day(text, today, after=since):
        message = words.text("There is no such day: {text}", text=text)
    step = words.text("Write it like {iso} or {short}", iso=today.isoformat(), short=f"{today:%d.%m.%Y}")
    raise UserError(message, step, Exit.USAGE)


def read_metric(words: Words, text: str, among: Iterable[Metric] = NAMED) -> Metric:
    """The metric of this name, in our words or those of the user's language.

    Raises:
        UserError: there is none; the nearest is named (exit code 2).
    """
    allowed = list(among)
    names, wanted = _by_name(words, allowed), text.strip().casefold()
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


def named_metric(words: Words, text: str, among: Iterable[Metric]) -> Metric | None:
    """The metric of exactly this name, as `read_metric` reads it; None where there is none."""
    return _by_name(words, among).get(text.strip().casefold())


def _by_name(words: Words, among: Iterable[Metric]) -> dict[str, Metric]:
    from wording.goals import metric_name

    allowed = list(among)
    names = {metric.name: metric for metric in allowed}
    return names | {metric_name(words, metric.name).casefold(): metric for metric in allowed}


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
