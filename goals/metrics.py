"""The catalogue of metrics: what each measures, in which unit, and how its days combine.

To add a metric, add one `Metric` to `CATALOGUE`. Names are those of goal phrases and of the
networks' connectors; the order is the one in which people meet them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """How the figures of several days combine into one."""

    LEVEL = "level"  # stands at a value: the newest counts (audience)
    FLOW = "flow"  # a figure for each day that never adds up over days (reach)
    TOTAL = "total"  # a figure for each day, and days add up (visits, sales, income)
    CONTENT = "content"  # pieces of content, counted (posts, stories)
    PER_POST = "per_post"  # a figure of each post, added or averaged over posts (views, likes)
    RATIO = "ratio"  # a share, averaged and never added (engagement rate, reply time)


class Unit(StrEnum):
    """What a figure is counted in."""

    PEOPLE = "people"
    COUNT = "count"
    PERCENT = "percent"
    RUB = "RUB"
    MINUTES = "minutes"
    HOURS = "hours"


class Source(StrEnum):
    """Where a metric's figures come from."""

    READING = "reading"  # readings of accounts, by day
    POSTS = "posts"  # posts and their readings
    MANUAL = "manual"  # entries of a client, logged by hand or imported


@dataclass(frozen=True, slots=True)
class Metric:
    """One measurable thing; `less_is_better` turns the direction of a goal on it round.

    One that `needs_topic` says nothing without a topic.
    """

    name: str
    nature: Nature
    unit: Unit
    source: Source
    less_is_better: bool = False
    by_working_days: bool = False
    post_kinds: tuple[str, ...] = ()
    needs_topic: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether what each day brings is counted from zero: days of a total, pieces of content."""
        return self.nature in {Nature.TOTAL, Nature.CONTENT}

    @property
    def whole(self) -> bool:
        """Whether the figures are whole numbers."""
        return self.unit in {Unit.PEOPLE, Unit.COUNT}


def _content(name: str, *kinds: str) -> Metric:
    return Metric(name, Nature.CONTENT, Unit.COUNT, Source.POSTS, by_working_days=True, post_kinds=kinds)


def _per_post(name: str) -> Metric:
    return Metric(name, Nature.PER_POST, Unit.COUNT, Source.POSTS)


def _manual(name: str, unit: Unit = Unit.COUNT, nature: Nature = Nature.TOTAL) -> Metric:
    return Metric(name, nature, unit, Source.MANUAL)


#: The metric of a wish whose measure is not named yet: it has no figures, and no such goal is judged. It
#: counts as read from accounts, so that the wish may name one and nothing can be logged for it.
UNNAMED = "unnamed"

CATALOGUE: tuple[Metric, ...] = (
    Metric("audience", Nature.LEVEL, Unit.PEOPLE, Source.READING),
    Metric("reach", Nature.FLOW, Unit.PEOPLE, Source.READING),
    Metric("visitors", Nature.FLOW, Unit.PEOPLE, Source.READING),
    Metric("page_views", Nature.TOTAL, Unit.COUNT, Source.READING),
    Metric("joins", Nature.TOTAL, Unit.PEOPLE, Source.READING),
    Metric("leaves", Nature.TOTAL, Unit.PEOPLE, Source.READING, less_is_better=True),
    _per_post("views"),
    _per_post("likes"),
    _per_post("comments"),
    _per_post("shares"),
    _per_post("reactions"),
    _per_post("forwards"),
    _per_post("saves"),
    _per_post("engagement"),
    Metric("engagement_rate", Nature.RATIO, Unit.PERCENT, Source.POSTS),
    _content("posts", "post", "article"),
    _content("stories", "story"),
    _content("clips", "clip"),
    _content("videos", "video"),
    _content("streams", "stream"),
    Metric("topic_share", Nature.RATIO, Unit.PERCENT, Source.POSTS, needs_topic=True),
    _manual("mentions"),
    _manual("reviews"),
    _manual("clicks"),
    _manual("leads"),
    _manual("orders"),
    _manual("sales"),
    _manual("revenue", Unit.RUB),
    Metric("cost_per_lead", Nature.RATIO, Unit.RUB, Source.MANUAL, less_is_better=True),
    Metric("cost_per_follower", Nature.RATIO, Unit.RUB, Source.MANUAL, less_is_better=True),
    Metric("reply_time", Nature.RATIO, Unit.MINUTES, Source.MANUAL, less_is_better=True),
    _manual("awareness", Unit.PERCENT, Nature.LEVEL),
    _manual("income", Unit.RUB),
    _manual("clients", Unit.COUNT, Nature.LEVEL),
    Metric(
        "hours",
        Nature.TOTAL,
        Unit.HOURS,
        Source.MANUAL,
        less_is_better=True,
        by_working_days=True,
    ),
    _manual("courses"),
    _manual("cases"),
    Metric(UNNAMED, Nature.LEVEL, Unit.COUNT, Source.READING),
)

METRICS: dict[str, Metric] = {metric.name: metric for metric in CATALOGUE}

#: The figures of a post that add up to its engagement; a figure that is not known is left out.
ENGAGEMENT_PARTS = ("likes", "comments", "shares", "reactions")

#: What a specialist's own goals add up over all clients, the specialist's own entries included.
SUMMED_OVER_CLIENTS = frozenset({"income", "hours", "cases", "courses"})
