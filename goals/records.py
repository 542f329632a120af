"""What is said and remembered between two calls with a client: values as those of goals.model.

They stand apart because the board needs none of them: each class costs a part of the time to its first
paint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from goals.model import ClientId, GoalId, GoalStatus, PostId, PostKind


class Confidence(StrEnum):
    """What a check-in says of a goal."""

    ON_TRACK = "on_track"
    RISK = "risk"
    OFF = "off"


class PostText(NamedTuple):
    """What a piece of content says, for finding out which topics of its client it is about."""

    post_id: PostId
    client_id: ClientId
    kind: PostKind
    text: str


class Verdict(NamedTuple):
    """How a goal stood on a day; `chance` and `progress` are fractions, None where there was no answer."""

    day: date
    status: GoalStatus
    chance: float | None
    progress: float | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How sure one is of a goal on a day, and why; `by_rule` says that nobody had to be asked."""

    id: int
    goal_id: GoalId
    day: date
    made_at: datetime
    author: str
    confidence: Confidence
    why: str = ""
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call with the client: what was said and what was decided."""

    id: int
    client_id: ClientId
    day: date
    made_at: datetime
    author: str
    notes: str = ""
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What the client was asked to give (photos, prices); awaited until `received_on`."""

    id: int
    client_id: ClientId
    what: str
    asked_on: date
    received_on: date | None = None
    version: int = 1
    author: str = ""


@dataclass(frozen=True, slots=True)
class WarningState:
    """What became of a warning: `key` names its rule and what it is about.

    `client_id` is None for one about no client (a token). It lasts until `gone_at`; one that comes
    again is a new one from its new `first_seen` on. `told_at` is when it was reported, and from the day
    `snoozed_until` on a snoozed one is shown again.
    """

    key: str
    client_id: ClientId | None
    first_seen: datetime
    last_seen: datetime
    severity: str
    told_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    snoozed_by: str | None = None
    snoozed_until: date | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DoneMark:
    """That a task of a client's day is done, where nothing else tells it (a report sent, people answered).

    `day` is the day that the task is for, in the client's zone; `about` tells it from the others of its
    kind on that day.
    """

    client_id: ClientId
    day: date
    kind: str
    about: str
    author: str
    made_at: datetime


class Hourly(NamedTuple):
    """A client's income in RUB and hours of work in some days; None where nothing was logged."""

    client_id: ClientId
    income: float | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A manual metric's figure logged by hand: an amount on a day, with a note."""

    id: int
    client_id: ClientId
    metric: str
    day: date
    amount: float
    note: str
    author: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days without work, for one client or (client_id None) for all."""

    id: int
    client_id: ClientId | None
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The client's yes: who said it on which day, and who wrote that down when."""

    by: str
    on: date
    author: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """One version of what client and specialist agreed: append-only, numbered from 1 for each client.

    `terms` are plain values as JSON has them, days as ISO text. `acceptance` is None until the client
    said yes to this version.
    """

    client_id: ClientId
    version: int
    made_at: datetime
    author: str
    reason: str
    terms: Mapping[str, object]
    acceptance: Acceptance | None = None
