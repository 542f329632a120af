"""The domain's values: frozen, slotted dataclasses that every other layer speaks in.

Ids are the store's integers. Days are `datetime.date` in the client's time zone, moments are
aware `datetime` in UTC. A figure that is not known is absent (`None` or no reading), never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

ClientId = NewType("ClientId", int)
AccountId = NewType("AccountId", int)
PostId = NewType("PostId", int)
GoalId = NewType("GoalId", int)
TopicId = NewType("TopicId", int)


class ClientKind(StrEnum):
    """Who the work is for."""

    CLIENT = "client"
    SELF = "self"


class GoalKind(StrEnum):
    """How the amount of a goal is meant; `goals.pace` defines progress for each."""

    REACH_LEVEL = "reach_level"
    GAIN = "gain"
    GAIN_PERCENT = "gain_percent"
    TOTAL_IN_PERIOD = "total_in_period"
    AVERAGE = "average"
    KEEP_RATE = "keep_rate"


class Period(StrEnum):
    """How often a keep_rate goal repeats; weeks are Monday to Sunday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class GoalStatus(StrEnum):
    """Where a goal stands.

    `STALE` says that the data are too old to judge; `UNKNOWN`, that the deadline passed without a figure
    to decide by: a figure that still arrives decides it.
    """

    DRAFT = "draft"
    EARLY = "early"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNLIKELY = "unlikely"
    STALE = "stale"
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done for the goal any more, and it belongs to the history."""
        return self in {GoalStatus.MET, GoalStatus.MISSED, GoalStatus.UNKNOWN, GoalStatus.DROPPED}


class Exactness(StrEnum):
    """How far a figure can be trusted to the last digit."""

    EXACT = "exact"
    ROUNDED = "rounded"
    PARTIAL = "partial"


class PostKind(StrEnum):
    """The format of a piece of content."""

    POST = "post"
    STORY = "story"
    CLIP = "clip"
    VIDEO = "video"
    STREAM = "stream"
    ARTICLE = "article"


class PostState(StrEnum):
    """Where a piece of content is in its life."""

    PLANNED = "planned"
    PUBLISHED = "published"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Client:
    """Who the work is for; exactly one client of kind `self` is the specialist."""

    id: ClientId
    name: str
    kind: ClientKind = ClientKind.CLIENT
    timezone: str = "Europe/Moscow"
    manager: str | None = None
    archived: bool = False
    version: int = 1
    author: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A community, channel or page of a client in a network.

    Keyed by the network's own id, which is None until the network has told it; the handle is a label.
    `tokens` are names of `[tokens.NAME]` used beside the network's own.
    """

    id: AccountId
    client_id: ClientId
    network: str
    handle: str
    network_id: str | None = None
    title: str = ""
    url: str = ""
    tokens: tuple[str, ...] = ()
    archived: bool = False
    last_ok_at: datetime | None = None
    version: int = 1
    author: str = ""


class Reading(NamedTuple):
    """One figure of an account on a day; a missing figure is no reading."""

    account_id: AccountId
    metric: str
    day: date
    value: float
    exactness: Exactness
    taken_at: datetime


class PostReading(NamedTuple):
    """One figure of a post as it stood on a day."""

    metric: str
    day: date
    value: float
    exactness: Exactness
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Days for which a figure is known to be missing, with the reason (an open id such as `hidden`)."""

    account_id: AccountId
    metric: str
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Post:
    """One piece of content. `day` is the client's local day: planned for, or published on.

    `network_id` is the network's own id within the account, None for one entered by hand.
    `figures` are the newest known ones by metric name.
    """

    id: PostId
    account_id: AccountId
    network_id: str | None
    kind: PostKind
    state: PostState
    day: date
    published_at: datetime | None = None
    url: str = ""
    text: str = ""
    topics: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """What content is about; belongs to a client.

    A post is about it by one of its words, hashtags or parts of links, or by a mark.
    """

    id: TopicId
    client_id: ClientId
    name: str
    words: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    version: int = 1
    author: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: scope (one account, a network, or all of a client), metric, kind, amount, dates.

    `target` is the figure to arrive at, worked out when the goal is set (see `goals.pace.target_of`).
    `agreed_on` is None until the client said yes. `wish` is the line as it was said, `term` names the
    line of the agreement that the goal carries out. A wish whose measure is not named yet has the metric
    `goals.metrics.UNNAMED`.
    """

    id: GoalId
    client_id: ClientId
    metric: str
    kind: GoalKind
    amount: float | None
    start: date
    network: str | None = None
    account_id: AccountId | None = None
    topic: str | None = None
    period: Period | None = None
    deadline: date | None = None
    baseline: float | None = None
    priority: int | None = None
    title: str = ""
    agreed_by: str | None = None
    agreed_on: date | None = None
    dropped: bool = False
    wish: str = ""
    term: str | None = None
    version: int = 1
    author: str = ""

    @property
    def ends_early(self) -> bool:
        """Whether the goal ends before it starts: such a one is never saved."""
        return self.deadline is not None and self.deadline < self.start
