"""How the amount of a goal is meant, and the other honest readings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goals.model import GoalKind, Period
from goals.phrase.measures import Measure
from goals.phrase.naming import BROUGHT
from goals.phrase.vocabulary import CONTENT, PER_CONTENT

#: A level and a gain that a bare number of people leaves open.
LEVEL_OR_GAIN = (GoalKind.REACH_LEVEL, GoalKind.GAIN)
_COUNTED = frozenset(
    {
        "views",
        "reach",
        "likes",
        "comments",
        "shares",
        "saves",
        "mentions",
        "reviews",
        "clicks",
        "leads",
        "sales",
        "revenue",
        "income",
        "engagement",
    }
)
_TO_LEVEL = re.compile(
    r"(?:до|дойти до|to|at|достичь|достигнуть|выйти на|выйти к|reach|hit|hitting|achieve|surpass"
    r"|доходить до|up to|отметк\w+)"
    r"(?: (?:уровня|отметки|a|the|цифры|планки|суммы|дохода|доход\w*|в|на|примерно|about|€|\$|₽|как "
    r"минимум|хотя бы|числа|базу))*$"
)
_BY_GAIN = re.compile(
    r"(?:на|by|\+|плюс|прирост\w*|рост|еще|another|extra|additional|gain\w*|growth of|прирост\w* в"
    r"|прирост\w* на|add\w*)(?: (?:хотя бы|минимум|at least|€|\$|₽|не менее|не меньше|в|на|of))*$"
)
_AT_LEVEL = re.compile(r"(?:на|до) (?:уровень|уровня|уровне|отметк\w+)(?: (?:в|примерно))?$")
_PRICE = re.compile(r"цен[ауы]|стоимост|cost|price|cpc|cpm|конверси|conversion|\bctr\b")
_ON = re.compile(r"(?:^| )на$")
#: Nouns that settle a number as a gain.
_GROWTH = re.compile(r"\b(?:прирост\w*|приток\w*|growth|uplift)\b")
_EARNING = re.compile(r"(?:зараб|earn|make)")


@dataclass(frozen=True, slots=True)
class Said:
    """What words around a figure tell of its kind: their marks, and what stands right before the number."""

    marks: frozenset[str]
    before: str
    period: Period | None
    dated: bool
    words: str
    windowed: bool = False

    @property
    def to_level(self) -> bool:
        """Whether the number is said as a level to stand at («до 5 000»)."""
        return bool(_TO_LEVEL.search(self.before)) or self.brought_to

    @property
    def brought_to(self) -> bool:
        """Whether «на» names a level, as after «вывести»."""
        return bool(_ON.search(self.before) and BROUGHT.search(self.words))

    @property
    def by_gain(self) -> bool:
        """Whether the number is said as an increase («на 500», «+500»)."""
        return bool(_BY_GAIN.search(self.before)) and not self.to_level


def _without_amount(measure: Measure, said: Said) -> GoalKind | None:
    metric, marks = measure.metric, said.marks
    if metric in {"cost_per_lead", "cost_per_follower", "reply_time"}:
        return GoalKind.AVERAGE
    if metric in CONTENT:
        return GoalKind.KEEP_RATE if "often" in marks or said.period else None
    if metric == "hours":
        return None
    if metric == "income" and _EARNING.search(said.words):
        return GoalKind.TOTAL_IN_PERIOD
    return GoalKind.GAIN if marks & {"grow", "win", "more"} else None


def _of_audience(measure: Measure, said: Said) -> GoalKind:
    if said.period:
        return GoalKind.KEEP_RATE
    if measure.baseline is not None:
        return GoalKind.REACH_LEVEL
    if said.by_gain or "more" in said.marks:
        return GoalKind.GAIN
    if said.to_level or not said.marks & {"win", "grow"}:
        return GoalKind.REACH_LEVEL
    return GoalKind.GAIN


def _of_money(measure: Measure, said: Said) -> GoalKind:
    level = measure.baseline is not None or said.to_level or "reached" in said.marks
    if measure.averaged:
        return GoalKind.AVERAGE
    if said.period:
        return GoalKind.REACH_LEVEL if level or said.dated else GoalKind.KEEP_RATE
    if said.by_gain and "grow" in said.marks:
        return GoalKind.GAIN
    return (
        GoalKind.REACH_LEVEL
        if level and (measure.baseline is not None or not _is_total(said))
        else GoalKind.TOTAL_IN_PERIOD
    )


def _is_total(said: Said) -> bool:
    """«Hit $2,000 in new invoices», "hit $3k in December" add up though they are said as a level."""
    return "more" in said.marks or said.windowed


def _of_counted(measure: Measure, said: Said) -> GoalKind:
    if measure.averaged and measure.metric in PER_CONTENT:
        return GoalKind.AVERAGE
    if said.period:
        return GoalKind.KEEP_RATE
    if measure.metric not in _COUNTED:
        return GoalKind.TOTAL_IN_PERIOD
    if measure.baseline is not None or _AT_LEVEL.search(said.before):
        return GoalKind.REACH_LEVEL
    if "grow" in said.marks and said.by_gain:
        return GoalKind.GAIN
    if "grow" in said.marks and said.to_level:
        return GoalKind.REACH_LEVEL
    return GoalKind.TOTAL_IN_PERIOD


def _special(measure: Measure, said: Said) -> GoalKind | None:
    """Kinds that the metric alone settles."""
    metric = measure.metric
    if metric == "engagement_rate" and measure.percent and not measure.share:
        return GoalKind.AVERAGE if measure.baseline is None else GoalKind.REACH_LEVEL
    if metric in {"cost_per_lead", "cost_per_follower", "reply_time", "engagement_rate"}:
        return GoalKind.AVERAGE
    if metric == "topic_share":
        return GoalKind.KEEP_RATE if said.period else GoalKind.AVERAGE
    if metric in {"hours", "leaves"}:
        return GoalKind.KEEP_RATE if said.period else GoalKind.TOTAL_IN_PERIOD
    if metric == "clients":
        if said.period:
            return GoalKind.KEEP_RATE
        capped = (
            said.to_level
            or measure.baseline is not None
            or "less" in said.marks
            or re.search(r"не (?:больше|более) $", said.before + " ")
        )
        return GoalKind.REACH_LEVEL if capped else GoalKind.GAIN
    if metric == "cases":
        return GoalKind.KEEP_RATE if said.period else GoalKind.GAIN
    return None


def _of_nothing(said: Said) -> GoalKind | None:
    """The kind of a number that counts nothing named."""
    if _PRICE.search(said.words):
        return GoalKind.AVERAGE
    if said.period:
        return GoalKind.KEEP_RATE
    if said.to_level:
        return GoalKind.REACH_LEVEL
    grows = said.before.endswith(("+", "плюс")) or bool(said.marks & {"grow", "more", "win"})
    return GoalKind.GAIN if grows else None


def kind_of(measure: Measure, said: Said) -> GoalKind | None:
    """How the amount is meant; None for a bare wish without a word of growth."""
    metric = measure.metric
    if measure.amount is None:
        return _without_amount(measure, said)
    if measure.share:
        return GoalKind.GAIN_PERCENT
    special = _special(measure, said)
    if special is not None:
        return special
    if metric is None:
        return _of_nothing(said)
    if metric == "audience":
        return _of_audience(measure, said)
    return _of_money(measure, said) if metric in {"revenue", "income"} else _of_counted(measure, said)


def other_kinds(measure: Measure, said: Said, kind: GoalKind | None) -> tuple[GoalKind, ...]:
    """Readings as honest as the chosen one, for a person to choose from."""
    if measure.amount is None or measure.share or kind is None:
        return ()
    if measure.metric == "audience" and kind in LEVEL_OR_GAIN and measure.baseline is None:
        told = said.by_gain or said.to_level or "more" in said.marks or bool(_GROWTH.search(said.words))
        return () if told else tuple(other for other in LEVEL_OR_GAIN if other is not kind)
    if measure.metric == "income" and said.period:
        return tuple(other for other in (GoalKind.REACH_LEVEL, GoalKind.KEEP_RATE) if other is not kind)
    if measure.metric in _COUNTED and kind is GoalKind.TOTAL_IN_PERIOD and said.to_level:
        return (GoalKind.REACH_LEVEL,)
    return ()
