"""What a fictional client is made of. All days are offsets from today: -22 was 22 days ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goals.model import GoalKind, Period, PostKind

if TYPE_CHECKING:
    from cli.demo.moment import Moment
    from goals.agreement.terms import Terms
    from goals.records import Confidence

#: How many days of history the demo has.
HISTORY_DAYS = 120
#: The running month that most goals are agreed for: its first and last day.
MONTH = (-22, 7)


@dataclass(frozen=True, slots=True)
class Page:
    """An account: its audience at some days (the days between are invented) and how it publishes.

    `posts`, `stories` and `clips` are weekdays (0 is Monday); `views` is the share of the audience
    that sees a post, `liking` the share of views that ends in a like or reaction, `warming` by how
    much that grew over the history. `silent` are days without posts; `stale_days` says for how long
    nothing could be read; `plans` that content of the coming week is planned. `rounded` figures are
    those of a public preview.
    """

    network: str
    handle: str
    number: int
    title: str
    audience: tuple[tuple[int, int], ...]
    posts: tuple[int, ...] = ()
    stories: tuple[int, ...] = ()
    clips: tuple[int, ...] = ()
    hour: int = 12
    views: float = 0.35
    liking: float = 0.04
    warming: float = 0.0
    silent: tuple[int, int] | None = None
    stale_days: int = 0
    plans: bool = False
    rounded: bool = False
    leaves: float = 2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of content that the story needs, beside those of the schedule.

    `marked` is the topic that a person marked it with, where words alone did not decide.
    """

    handle: str
    day: int
    kind: PostKind
    text: str
    marked: str | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A manual figure whose `total` falls on random days of a span; whole numbers."""

    metric: str
    total: int
    first: int
    last: int = 0


@dataclass(frozen=True, slots=True)
class Steady:
    """A manual figure logged on every working day of a span, around a mean."""

    metric: str
    mean: float
    deviation: float
    first: int
    last: int = 0
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Single:
    """One manual figure with its note."""

    metric: str
    day: int
    amount: float
    note: str = ""


Log = Spread | Steady | Single


@dataclass(frozen=True, slots=True)
class Change:
    """A later change of a goal: the fields' new values, why, and whether the client agreed that day."""

    day: int
    why: str
    fields: Mapping[str, object]
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Sure:
    """What a check-in said of a goal on a day."""

    day: int
    confidence: Confidence
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pact:
    """A version of the agreement with its terms, and the client's yes to it; `day` is when it was written."""

    day: int
    reason: str
    terms: Callable[[Moment], Terms]
    accepted_by: str
    accepted_on: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A call with its decisions; goals follow one whose words are the reason of their change that day."""

    day: int
    decisions: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client was asked to give; awaited where it has not come."""

    what: str
    day: int
    came: int | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """A goal as first agreed; `deadline` None leaves it open.

    `term` is its line of the agreement, `sure` what check-ins said of it.
    """

    metric: str
    kind: GoalKind
    amount: float
    start: int = MONTH[0]
    deadline: int | None = MONTH[1]
    network: str | None = None
    topic: str | None = None
    period: Period | None = None
    baseline: float | None = None
    agreed_by: str | None = None
    changes: tuple[Change, ...] = ()
    priority: int | None = None
    term: str | None = None
    sure: tuple[Sure, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """Days off."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One fictional client with everything that is known of it; `manager` None for the specialist.

    `topics` are what its content is about, each with the words that it is told by.
    """

    name: str
    manager: str | None
    pages: tuple[Page, ...]
    texts: tuple[str, ...]
    deals: tuple[Deal, ...]
    captions: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    log: tuple[Log, ...] = ()
    rests: tuple[Rest, ...] = ()
    missed_stories: tuple[int, int] | None = None
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pacts: tuple[Pact, ...] = ()
    talks: tuple[Talk, ...] = ()
    asked: tuple[Asked, ...] = ()
    timezone: str = "Europe/Moscow"

    @property
    def is_self(self) -> bool:
        """Whether this is the specialist."""
        return self.manager is None
