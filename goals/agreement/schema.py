"""The keys of an agreement's plain form: their types, ranges and order; one `Section` for each table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from goals.agreement import terms
from goals.model import GoalKind, Period

#: How long one text may be, in characters.
LONGEST_TEXT = 1000
#: How many lines one list may have.
MOST_LINES = 50
#: Days of an agreement lie in these years: an earlier or later one is a slip.
FIRST_YEAR, LAST_YEAR = 2000, 2100

_MOST_MONEY = 1_000_000_000.0
_MOST_FIGURE = 1_000_000_000_000.0


class Type(StrEnum):
    """What stands after a key."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    DAYS = "days"
    CLOCK = "clock"
    CHOICE = "choice"
    CHOICES = "choices"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Field:
    """A key: its type, the range of a number, and for a choice what may be chosen and what it makes."""

    name: str
    type: Type
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    make: Callable[[str], str] = str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table, or a list of tables where `many`; `make` is the dataclass with the same field names."""

    name: str
    make: Any
    fields: tuple[Field, ...]
    many: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the fields, in the order in which they are written."""
        return tuple(field.name for field in self.fields)


def _text(name: str, *, needed: bool = False) -> Field:
    return Field(name, Type.TEXT, needed=needed)


def _whole(name: str, low: int, high: int, *, needed: bool = False) -> Field:
    return Field(name, Type.WHOLE, low, high, needed=needed)


def _number(name: str, low: float, high: float) -> Field:
    return Field(name, Type.NUMBER, low, high)


def _yes_no(name: str) -> Field:
    return Field(name, Type.YES_NO)


def _day(name: str) -> Field:
    return Field(name, Type.DAY)


def _month_day(name: str) -> Field:
    return _whole(name, 1, 31)


def _choice(
    name: str, choices: tuple[str, ...], make: Callable[[str], str] = str, *, needed: bool = False
) -> Field:
    return Field(name, Type.CHOICE, choices=choices, make=make, needed=needed)


_NETWORK = Field("network", Type.NETWORK)
_PERIOD = _choice("period", tuple(Period), Period)
_PRIORITY = _whole("priority", 1, terms.MOST_PRIORITIES)
_FORMAT = _choice("format", terms.FORMATS)

SECTIONS: tuple[Section, ...] = (
    Section(
        "client",
        terms.ClientSide,
        (_text("about"), _text("contact"), _text("approver")),
    ),
    Section(
        "dates",
        terms.Dates,
        (_day("start"), _day("end"), _yes_no("renews"), _whole("notice_days", 0, 365)),
    ),
    Section(
        "accounts",
        terms.AgreedAccount,
        (
            Field("network", Type.NETWORK, needed=True),
            _text("address", needed=True),
            _text("owner"),
            _text("access"),
            _whole("followers", 0, 10_000_000_000),
            _day("counted_on"),
        ),
        many=True,
    ),
    Section(
        "priorities",
        terms.Priority,
        (_text("text", needed=True), _day("season_start"), _day("season_end")),
        many=True,
    ),
    Section(
        "topics",
        terms.TopicLine,
        (
            _text("topic", needed=True),
            _number("share", 0.0, 1.0),
            _whole("amount", 1, 10_000),
            _FORMAT,
            _NETWORK,
            _PERIOD,
            _day("until"),
            _PRIORITY,
        ),
        many=True,
    ),
    Section(
        "content",
        terms.ContentLine,
        (
            _NETWORK,
            _choice("format", terms.FORMATS, needed=True),
            _whole("amount", 1, 10_000, needed=True),
            _PERIOD,
            _day("until"),
            _PRIORITY,
        ),
        many=True,
    ),
    Section(
        "materials",
        terms.MaterialLine,
        (_text("what", needed=True), _text("who"), _month_day("by_day")),
        many=True,
    ),
    Section(
        "approval",
        terms.Approval,
        (
            _month_day("plan_day"),
            _whole("reply_days", 0, 60),
            _yes_no("silence_is_consent"),
            _whole("rounds", 0, 20),
        ),
    ),
    Section(
        "replies",
        terms.Replies,
        (
            _text("who"),
            Field("start_time", Type.CLOCK),
            Field("end_time", Type.CLOCK),
            _whole("minutes", 1, 10_080),
            _text("hand_over"),
        ),
    ),
    Section(
        "hours",
        terms.Hours,
        (
            _number("month", 0.25, 744),
            Field("start_time", Type.CLOCK),
            Field("end_time", Type.CLOCK),
            Field("days_off", Type.CHOICES, choices=tuple(terms.Weekday), make=terms.Weekday),
            Field("worked_days", Type.DAYS),
            _yes_no("urgent"),
            _text("urgent_price"),
        ),
    ),
    Section(
        "ads",
        terms.Ads,
        (_number("budget", 0, _MOST_MONEY), _text("payer"), _yes_no("setup_included")),
    ),
    Section(
        "kpis",
        terms.KpiLine,
        (
            _choice("metric", terms.FIGURES, needed=True),
            _choice("kind", tuple(GoalKind), GoalKind, needed=True),
            _NETWORK,
            _number("baseline", -_MOST_FIGURE, _MOST_FIGURE),
            _number("amount", -_MOST_FIGURE, _MOST_FIGURE),
            _PERIOD,
            _day("until"),
            _text("where"),
            _yes_no("depends_on_client"),
            _PRIORITY,
        ),
        many=True,
    ),
    Section("scope", terms.Scope, (Field("not_included", Type.TEXTS),)),
    Section(
        "report",
        terms.Report,
        (
            _month_day("day"),
            _text("form"),
            _month_day("call_day"),
            _whole("call_minutes", 5, 480),
            _day("next_call"),
            Field("questions", Type.TEXTS),
        ),
    ),
    Section(
        "payment",
        terms.Payment,
        (_number("amount", 0, _MOST_MONEY), _month_day("day"), _text("extra")),
    ),
    Section("rights", terms.Rights, (_text("works"), _yes_no("portfolio"), _text("personal_data"))),
)

SECTION_NAMES = tuple(section.name for section in SECTIONS)
