"""What is found about the letters of a goal: how each stands, why, and what is known around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from goals.draft import Letter
from goals.effort import Effort
from goals.outlook import Attainability

if TYPE_CHECKING:
    from goals.forecast.attain import Targets


class State(StrEnum):
    """How a letter stands."""

    OK = "ok"
    WEAK = "weak"
    MISSING = "missing"


class Why(StrEnum):
    """What a letter's state rests on."""

    NAMED = "named"
    NOT_NAMED = "not_named"
    NOT_MEASURABLE = "not_measurable"
    WHICH_NETWORK = "which_network"
    EITHER_NETWORK = "either_network"
    NO_ACCOUNT = "no_account"
    NOT_COUNTED = "not_counted"
    NOT_SERVED = "not_served"
    ALSO_NAMED = "also_named"
    NOT_SHOWN = "not_shown"
    WHICH_GOAL = "which_goal"
    COUNTED = "counted"
    NO_AMOUNT = "no_amount"
    LOSS = "loss"
    TWO_READINGS = "two_readings"
    NO_BASELINE = "no_baseline"
    OTHER_CURRENCY = "other_currency"
    NO_CEILING = "no_ceiling"
    CEILING = "ceiling"
    DATED = "dated"
    RECURRING = "recurring"
    NO_DATE = "no_date"
    PAST = "past"
    PASSED = "passed"
    NO_SUCH_DAY = "no_such_day"
    OUT_OF_REACH = "out_of_reach"
    ENDS_EARLY = "ends_early"
    CONTRADICTION = "contradiction"
    FAR_AWAY = "far_away"
    PRIORITY = "priority"
    PURPOSE = "purpose"
    OWN = "own"
    NO_LINK = "no_link"
    EMPTY_WISH = "empty_wish"
    LIKELY = "likely"
    AT_RISK = "at_risk"
    UNLIKELY = "unlikely"
    ABSURD = "absurd"
    NO_HISTORY = "no_history"
    NOT_FORECAST = "not_forecast"
    OWN_NOT_FORECAST = "own_not_forecast"
    NOT_YET = "not_yet"
    EFFORT_FITS = "effort_fits"
    EFFORT_HARD = "effort_hard"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a draft: the client's networks and priorities, and the accounts' history.

    `priorities` are in the client's order; `priority` is the rank (1-3) of the linked one, `likely` that of
    the one which the draft's topic is for. `baseline` is the figure to start from, `own` says that the goal
    is the specialist's own. `offers` are the metrics that the networks of the draft show, None where nobody
    knows. `offered` are the targets that there were to choose from when the amount was set, where that was
    before today. `hours` and `budget` are what the agreement gives a month, hours of work and roubles for
    advertising.
    """

    today: date
    networks: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    priority: int | None = None
    likely: int | None = None
    own: bool = False
    baseline: float | None = None
    attainability: Attainability | None = None
    effort: Effort | None = None
    offers: frozenset[str] | None = None
    offered: Targets | None = None
    hours: float | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How one letter stands, and the facts of the sentence that says so.

    `answered` says of a weak one that its question has an answer and is not asked again.
    """

    letter: Letter
    state: State
    why: Why
    facts: Mapping[str, object] = field(default_factory=dict)
    answered: bool = False
