"""A draft in words: its readings, its targets and chance, its figures and days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from goals.draft import OTHER_MONEY, is_monthly_level
from goals.metrics import METRICS, Source
from goals.model import GoalKind
from wording.goals import LEAST_CHANCE, chance_bound, counted, title
from wording.words import mark

if TYPE_CHECKING:
    from goals.draft import Draft
    from goals.forecast import Targets
    from wording.words import Words

_SIGNS = {"USD": "$", "EUR": "€"}
_WEEKDAYS = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip


def targets_text(words: Words, targets: Targets, metric: str, kind: GoalKind | None) -> str:
    """The three targets on offer: «надёжно (8 из 10) +35 · 50 на 50 +57 · рискованно (2 из 10) +80»."""
    safe, even, bold = (target_text(words, value, metric, kind) for value in targets)
    return words.text(
        "safe (8 in 10) {safe} · fifty-fifty {even} · risky (2 in 10) {bold}", safe=safe, even=even, bold=bold
    )


def target_text(words: Words, value: float, metric: str, kind: GoalKind | None) -> str:
    """A target as an amount of the goal's kind: «+35», «12 %», «5 112»."""
    digits = 0 if METRICS[metric].whole and kind is not GoalKind.GAIN_PERCENT else 1
    if kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT}:
        text = words.signed(value, digits)
        return words.text("{n}%", n=text) if kind is GoalKind.GAIN_PERCENT else text
    return words.number(value, digits)


def reading_text(words: Words, draft: Draft, today: date) -> str:
    """One reading of a line, told so that it can be chosen: «ВК: +300 подписчиков, до 30.11»."""
    said = title(
        words,
        metric=draft.metric or "unnamed",
        kind=GoalKind.KEEP_RATE if is_monthly_level(draft) else draft.kind or GoalKind.GAIN,
        amount=draft.amount,
        period=draft.period.value if draft.period else None,
        head=draft.topic,
        network=scope_of(draft.metric, draft.network),
    )
    if draft.unit is not None and draft.unit in OTHER_MONEY:
        said = said.replace("₽", _SIGNS[draft.unit])
    if draft.deadline is None:
        return said
    return words.text("{title}, by {day}", title=said, day=dated(words, draft.deadline, today))


def scope_of(metric: str | None, network: str | None) -> str | None:
    """The network that a figure is of; what is logged by hand belongs to the client as a whole."""
    by_hand = metric is not None and METRICS[metric].source is Source.MANUAL
    return None if by_hand else network


def dated(words: Words, day: date, today: date) -> str:
    """A date with its weekday, so that a slip shows: «30.11, пн»."""
    weekday = words.text(_WEEKDAYS[day.weekday()])
    return words.text("{day}, {weekday}", day=words.day(day, today), weekday=weekday)


def chance_text(words: Words, chance: float) -> str:
    """A chance in per cent; past the ends of what history can tell, only that it is: «меньше 3 %»."""
    bound = chance_bound(chance)
    if bound < 0:
        return words.text("less than {p}", p=words.percent(LEAST_CHANCE))
    if bound > 0:
        return words.text("more than {p}", p=words.percent(1.0 - LEAST_CHANCE))
    return words.percent(chance)


def draft_figure(words: Words, draft: Draft, amount: float) -> str:
    """The amount with its noun and, of a gain, its sign: «12 постов», «+300 подписчиков»."""
    if draft.metric is None:
        return words.number(amount)
    sign = words.signed(amount) if draft.kind is GoalKind.GAIN else None
    return counted(words, draft.metric, amount, sign)
