"""What comes out of a store beside the values of goals.model, and how it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from goals.model import (
    AccountId,
    ClientId,
    Exactness,
    Post,
    PostId,
)

#: The network of the hidden account that holds a client's manual metrics.
MANUAL_NETWORK = "manual"


class UnitStatus(StrEnum):
    """How one account's part of a run ended."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class RunStatus(StrEnum):
    """How a run ended; RUNNING while it lasts (or when it was killed)."""

    RUNNING = "running"
    OK = "ok"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class TroubleRecord:
    """A unit's trouble as stored: words are made from it by wording, in the reader's language."""

    kind: str
    code: str
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class UnitRecord(NamedTuple):
    """A finished unit of a run, with the names it had then."""

    account_id: AccountId
    status: UnitStatus
    finished_at: datetime
    readings: int
    posts: int
    requests: int
    trouble: TroubleRecord | None


class RunRecord(NamedTuple):
    """One sync run."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    requests: int


class Block(NamedTuple):
    """A token's method that must not be called before `until`; method `*` is the whole token.

    `scope` narrows it to one account's network id; empty for all.
    """

    token: str
    method: str
    until: datetime
    code: str
    scope: str = ""


class Filter(NamedTuple):
    """Which rows to read; None means all. Days are both included."""

    client_id: ClientId | None = None
    network: str | None = None
    account_id: AccountId | None = None
    metric: str | None = None
    since: date | None = None
    until: date | None = None


class ReadingRow(NamedTuple):
    """A reading with the names that an export shows."""

    client: str
    network: str
    account: str
    account_id: str | None
    metric: str
    day: date
    value: float
    exactness: Exactness
    taken_at: datetime


class PostRow(NamedTuple):
    """A post with the names that an export shows."""

    client: str
    network: str
    account: str
    account_id: str | None
    post: Post


class MarkedBy(StrEnum):
    """Who says what a post is about: the rules, a file (or whoever told of the post), or a person."""

    RULES = "rules"
    FILE = "file"
    HAND = "hand"


#: What a person says by topic: a post is about it (True), is not (False), or None: no mark by hand any more,
#: the post waits for the matcher.
ByHand = Mapping[str, bool | None]


class TopicMark(NamedTuple):
    """That a post is about a topic (True), is not (False), or perhaps is (None)."""

    post_id: PostId
    topic: str
    about: bool | None
    by: MarkedBy


class Changes(NamedTuple):
    """What was written after a mark; `mark` is the one to ask with next time.

    `goals_of` are the clients of whom anything but figures and posts was written: they themselves, their
    goals and verdicts, topics, agreement, check-ins, calls, materials or warnings; `clients` says that
    a client itself was.
    """

    mark: int
    goals_of: frozenset[ClientId]
    clients: bool


class UnitCounts(NamedTuple):
    """What a unit brought: figures new or changed, posts new or changed."""

    readings: int
    posts: int


class ImportCounts(NamedTuple):
    """How many figures and posts were new, changed, or known as they are."""

    new: int
    changed: int
    unchanged: int


class ImportRecord(NamedTuple):
    """An import of a file: when, by whom, and how many figures, posts and accounts it touched."""

    id: int
    made_at: datetime
    author: str
    name: str
    figures: int
    posts: int
    accounts: int
    undone_at: datetime | None = None
    undone_by: str = ""


class ImportUndone(NamedTuple):
    """What became of an import that was taken back.

    `figures`, `posts` and `accounts` are what is again as it was before; of those that are `kept`
    something was changed since. `touched` are the accounts whose goals are to be judged again.
    """

    record: ImportRecord
    figures: int
    posts: int
    accounts: int
    kept_figures: int
    kept_posts: int
    kept_accounts: int
    touched: frozenset[AccountId]
