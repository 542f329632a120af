"""The contract of a connector: what it declares, what it is handed, what it yields.

Third parties implement `Connector` and name it in the entry-point group `smart_smm.connectors`;
`connectors.testing.ConnectorContract` is the test class that every connector subclasses.
Fetching and parsing are apart: `parse_*` functions are pure. All text that leaves a connector has
passed `connectors.clean.clean`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from goals.model import Exactness, PostKind, PostState

API_VERSION = 1


class Part(StrEnum):
    """What can be read of an account; each part has its own cursor and its own trouble."""

    PROFILE = "profile"  # the network's id, the handle, the title and the audience now
    POSTS = "posts"  # published content with its figures
    PLANNED = "planned"  # content that the network holds back until a time
    STORIES = "stories"  # stories that are live now, with their figures
    STATS = "stats"  # figures by day: reach, visitors, activity, joins and leaves
    REACH = "reach"  # how many people each piece of content reached
    SALES = "sales"  # orders and sums by day: of a shop, of a counter of a site


class TokenKind(StrEnum):
    """What kind of secret a token is; a network says what each kind may read."""

    SERVICE = "service"
    COMMUNITY = "community"
    USER = "user"
    BOT = "bot"
    KEY = "key"
    OAUTH = "oauth"


class TroubleKind(StrEnum):
    """What to do next about a failure."""

    AUTH = "auth"  # give another token or more rights
    RETRY = "retry"  # nothing: the next run tries again
    SKIP = "skip"  # the network has nothing to give here
    CONFIG = "config"  # change the settings


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a part could not be read.

    `code` is stable and dotted, network first (`vk.15`, `http.timeout`); wording makes sentences
    of it. `detail` is the network's own text, cleaned, without secrets. `facts` fill the sentence.
    """

    kind: TroubleKind
    code: str
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class Refusal(StrEnum):
    """What a network refuses by a trouble of kind auth."""

    TOKEN = "token"  # noqa: S105  # the token itself: revoked, expired, or never one
    RIGHT = "right"  # the token works, and may not read this


class ConnectorError(Exception):
    """A trouble that ends what was being done."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"{trouble.code} {trouble.detail}".strip())
        self.trouble = trouble


class Secret:
    """A secret that never prints; `reveal()` gives it to the one place that sends it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Token:
    """A named secret of a kind, with its public parameters (application ids and the like)."""

    name: str
    kind: TokenKind
    secret: Secret
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """What a pasted link or @handle names: a network and a handle, or the network's own id."""

    network: str
    handle: str
    network_id: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One account to read. `key` is the caller's; results carry it back.

    `since` is the day from which content and daily figures are wanted (None: as far back as can be
    had); `cursors` are those of the last reading, by part. `tokens` are the account's own. Only
    `parts` are wanted: routes and results of others are left out.
    """

    key: int
    handle: str
    network_id: str | None
    zone: ZoneInfo
    since: date | None = None
    cursors: Mapping[str, str] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    parts: frozenset[Part] = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value on a day (the account's zone), as exact as the network gives it."""

    metric: str
    day: date
    value: float
    exactness: Exactness = Exactness.EXACT


@dataclass(frozen=True, slots=True)
class FetchedPost:
    """A piece of content as the network tells it; figures that are not known are absent.

    `when` is when it was published or is planned for, UTC.
    """

    network_id: str
    kind: PostKind
    state: PostState
    when: datetime
    url: str = ""
    text: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)
    exactness: Exactness = Exactness.EXACT


@dataclass(frozen=True, slots=True)
class FetchedGap:
    """Days for which the network gives no figure of a metric, and why (`hidden`, `not_collected`)."""

    metric: str
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result for one account and part: data, cursor and trouble may come together.

    `complete_since` tells for content of a state and kind from which day on all that there is stands
    in `posts`; nothing is told of content that is not named. `about` is what the account says of itself,
    its links included. `requests` are those made for this
    result that no other result counts. `goes_on` says that more of the past is there than one
    reading takes, and that the next ones read on.
    """

    key: int
    part: Part
    taken_at: datetime
    network_id: str | None = None
    handle: str = ""
    title: str = ""
    about: str = ""
    figures: Sequence[Figure] = ()
    posts: Sequence[FetchedPost] = ()
    gaps: Sequence[FetchedGap] = ()
    cursor: str | None = None
    trouble: Trouble | None = None
    requests: int = 0
    goes_on: bool = False
    complete_since: Mapping[tuple[PostState, PostKind], date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """By which token a part of an account is read: None with `needs` where no token at hand may.

    `needs` are the token kinds that would open the part; a part that needs no token has
    `token` None and `needs` empty. `refused` are the remembered refusals of tokens that are of a
    fitting kind and may not read the part of this account, the best token's first.
    """

    part: Part
    token: Token | None
    needs: tuple[TokenKind, ...] = ()
    refused: tuple[Trouble, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the part can be read."""
        return not self.needs


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """The answer of one free call with a token: usable or the trouble, and what the network calls it."""

    ok: bool
    kind: TokenKind | None = None
    name: str = ""
    trouble: Trouble | None = None


class Memory(Protocol):
    """What must be remembered between runs: blocks and counted calls of tokens. Thread-safe."""

    def blocked_until(self, token: str, method: str, scope: str = "") -> datetime | None:
        """When the method may be called again; None for now."""

    def blocked_by(self, token: str, method: str, scope: str = "") -> str | None:
        """The code of the trouble for which the method must not be called now; None where it may be."""

    def block(self, token: str, method: str, until: datetime, code: str, scope: str = "") -> None:
        """Do not call the method before `until`; method `*` is the whole token."""

    def calls_today(self, token: str, method: str) -> int:
        """How many calls were counted in the last 24 hours."""

    def count(self, token: str, method: str, calls: int) -> None:
        """Count calls of a method that has a daily limit."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a connector is built with: the network's settings and the world around it.

    `now` gives the wall clock (UTC; may be frozen), `base_url` and `preview_base_url` replace the
    network's own (None), `waiting` is told how many seconds a pause for the network's sake lasts,
    `user_agent` is how the program calls itself. `state_dir` is where sessions and refreshed tokens are
    kept in files that only their owner may read (None: nothing is kept).
    """

    tokens: tuple[Token, ...]
    now: Callable[[], datetime]
    memory: Memory
    base_url: str | None = None
    preview_base_url: str | None = None
    proxy: str | None = None
    waiting: Callable[[float], None] | None = None
    user_agent: str = "smart-smm"
    state_dir: Path | None = None


class Connector(ABC):
    """One network. Built per run with a Setup; closed when the run ends."""

    name: ClassVar[str]
    #: A third party's connector states the API_VERSION it was written for; ours are of this tree.
    api_version: ClassVar[int]
    #: The parts there are, and the token kinds that may read each; no kinds: no token is needed.
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]]
    #: The metrics that readings of this network may carry.
    metrics: ClassVar[frozenset[str]]
    #: The token kinds that no part needs but that are of use: they make figures exact.
    also_takes: ClassVar[frozenset[TokenKind]] = frozenset()
    #: What the codes of troubles refuse; a code that is not here refuses neither.
    refusals: ClassVar[Mapping[str, Refusal]] = {}

    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    @classmethod
    def token_kinds(cls) -> frozenset[TokenKind]:
        """The kinds of token that are of any use in this network."""
        return cls.also_takes.union(*cls.reads.values())

    @abstractmethod
    def routes(self, target: Target) -> tuple[Route, ...]:
        """By which token each wanted part of `reads` is read, the account's own beside the network's."""

    @abstractmethod
    def fetch(self, targets: Sequence[Target]) -> AsyncIterator[Fetched]:
        """Read the wanted open parts of the targets; yields exactly one result for each of them.

        A failure is a result with its trouble, never an exception. Closing the iterator, or
        cancelling it, stops the reading at once.
        """

    @abstractmethod
    async def resolve(self, target: Target) -> Fetched:
        """Find the account by its handle or id: a PROFILE result."""

    @abstractmethod
    async def check(self, token: Token) -> TokenCheck:
        """One free call that tells whether the token works and of which kind it is."""

    async def aclose(self) -> None:
        """Give connections and threads back."""
        return
