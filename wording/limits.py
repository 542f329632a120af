"""A goal's figures with their units, and by how much one has passed its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.metrics import METRICS, Nature, Unit
from goals.model import GoalKind, GoalStatus
from wording.words import MINUS, NBSP

if TYPE_CHECKING:
    from goals.board import GoalRow
    from wording.words import Words

#: Kinds whose amount is the most that there may be, where less is better.
_CAPPED = frozenset({GoalKind.TOTAL_IN_PERIOD, GoalKind.AVERAGE, GoalKind.KEEP_RATE})
#: A goal that is to be told of what it has passed already.
_OPEN = frozenset(
    {GoalStatus.EARLY, GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY, GoalStatus.MISSED}
)


def bare_figure(words: Words, metric: str, value: float) -> str:
    """The figure with its unit but without the noun: «4,5 %», «350», «120 000 ₽», «15 мин»."""
    unit = METRICS[metric].unit
    if unit is Unit.RUB:
        return words.money(value, 0)
    if unit is Unit.PERCENT:
        return f"{words.number(value)}{NBSP}%" if words.lang == "ru" else f"{words.number(value)}%"
    if unit is Unit.MINUTES:
        return words.text("{n} min", n=words.number(value))
    return words.number(value)


def shows_gain(row: GoalRow) -> bool:
    """Whether what is done of a goal is told as a gain from where it began: «+212»."""
    if row.baseline is None:
        return False
    is_level = METRICS[row.metric].nature is Nature.LEVEL
    return row.kind == GoalKind.GAIN_PERCENT or (row.kind == GoalKind.GAIN and is_level)


def figure_text(words: Words, row: GoalRow, value: float) -> str:
    """A figure of the goal with its unit and without the noun: «5 024», «33 ч», «120 000 ₽»."""
    whole = METRICS[row.metric].whole and row.kind != GoalKind.AVERAGE
    if METRICS[row.metric].unit is Unit.HOURS:
        return words.text("{n} h", n=words.number(value))
    return bare_figure(words, row.metric, float(round(value)) if whole else value)


def rounds_to_nothing(figure: str) -> bool:
    """Whether a figure as it is told says nothing but 0."""
    return figure.strip(MINUS) == "0"


def is_capped(row: GoalRow) -> bool:
    """Whether the amount is the most that there may be."""
    return METRICS[row.metric].less_is_better and row.kind in _CAPPED


def exceeded(words: Words, row: GoalRow) -> str:
    """By how much a figure has passed what it may be at most: «превышено на 3 ч»; empty where it has not.

    A mean or a rate may still come down in the first part of its days: until then nothing is said.
    """
    if (
        not is_capped(row)
        or row.status not in _OPEN
        or (row.status == GoalStatus.EARLY and row.kind != GoalKind.TOTAL_IN_PERIOD)
        or row.current is None
        or row.target is None
        or row.current <= row.target
    ):
        return ""
    over = figure_text(words, row, row.current - row.target)
    return words.text("exceeded by {amount}", amount=over)
