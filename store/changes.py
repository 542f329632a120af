"""What goes into a store: new things, what a unit or a file brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from goals.model import (
    AccountId,
    ClientId,
    ClientKind,
    Gap,
    PostKind,
    PostReading,
    PostState,
    Reading,
)
from store.values import TroubleRecord, UnitStatus


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client to be added."""

    name: str
    kind: ClientKind = ClientKind.CLIENT
    timezone: str = "Europe/Moscow"
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be added; `network_id` where the link or the network told it."""

    client_id: ClientId
    network: str
    handle: str
    network_id: str | None = None
    title: str = ""
    url: str = ""
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedPost:
    """A post as a network or a file tells it; figures that are not known are absent.

    One with a `network_id` is the same post for ever; a planned one without is matched to the
    published one of the same kind and day when that appears. `topics` are names, added, never taken.
    """

    network_id: str | None
    kind: PostKind
    state: PostState
    day: date
    published_at: datetime | None = None
    url: str = ""
    text: str = ""
    topics: tuple[str, ...] = ()
    figures: tuple[PostReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What a network says of an account itself; `network_id` None where it does not tell it."""

    network_id: str | None
    handle: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit's data, cursors (by part) and ending, written in one transaction.

    `complete_since` tells for content of a state and kind from which day on all that there is stands
    in `posts`: what is stored of it with a network id, and not there, was deleted. None: nothing is
    concluded.
    """

    account_id: AccountId
    status: UnitStatus
    finished_at: datetime
    readings: Sequence[Reading] = ()
    posts: Sequence[ObservedPost] = ()
    gaps: Sequence[Gap] = ()
    cursors: Mapping[str, str] = field(default_factory=dict)
    profile: Profile | None = None
    requests: int = 0
    trouble: TroubleRecord | None = None
    complete_since: Mapping[tuple[PostState, PostKind], date] | None = None


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """What a file holds for one account, or (network MANUAL_NETWORK) for a client's manual metrics.

    `as_of` is when the newest of it was taken; None for the time of the import.
    """

    account_id: AccountId
    readings: Sequence[Reading] = ()
    posts: Sequence[ObservedPost] = ()
    as_of: datetime | None = None
