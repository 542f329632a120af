"""VK's answers as values. Pure: no network, no clock; a figure that VK does not tell is absent, never 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from connectors.clean import TEXT_LIMIT, clean
from connectors.numbers import parse_count
from connectors.vk.shapes import (
    Counts,
    ShapeError,
    as_id,
    as_list,
    as_moment,
    as_object,
    as_seconds,
    as_text,
    figures_of,
)

#: The days of VK's statistics are Moscow's.
STATS_ZONE = ZoneInfo("Europe/Moscow")

#: The columns of a wall in the order in which `wall_from_columns` takes them.
WALL_COLUMNS = (
    "count",
    "items@.id",
    "items@.date",
    "items@.text",
    "items@.views@.count",
    "items@.likes@.count",
    "items@.reposts@.count",
    "items@.comments@.count",
)
_WALL_FIGURES = (("views", "views"), ("likes", "likes"), ("reposts", "shares"), ("comments", "comments"))
_STATS_FIGURES = {
    "visitors": (("visitors", "visitors"), ("views", "page_views")),
    "reach": (("reach", "reach"),),
    "activity": (
        ("likes", "likes"),
        ("comments", "comments"),
        ("copies", "shares"),
        ("subscribed", "joins"),
        ("unsubscribed", "leaves"),
    ),
}
_STORY_FIGURES = (("views", "views"), ("likes", "likes"), ("shares", "shares"), ("replies", "comments"))
_STATES = frozenset({"on", "off", "hidden"})


@dataclass(frozen=True, slots=True)
class Community:
    """A community as it presents itself; `members` None: hidden. `odd` names values that were no counts."""

    id: int
    handle: str
    title: str
    members: int | None
    deactivated: str = ""
    odd: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Communities:
    """The answer for a list of communities; `people`: how many of the names turned out to be persons'."""

    communities: tuple[Community, ...]
    people: int = 0


@dataclass(frozen=True, slots=True)
class WallPost:
    """One post of a wall as VK told it; it is looked at closer when it is wanted, for most are known.

    `at` is its time in Unix seconds, `raw` its text as it came, `told` its figures as they came, in the
    order of `_WALL_FIGURES`.
    """

    id: int
    at: int
    raw: str
    told: tuple[object, ...]

    @property
    def when(self) -> datetime:
        """When it was published or is planned for, UTC."""
        return datetime.fromtimestamp(self.at, UTC)

    @property
    def text(self) -> str:
        """Its text, cleaned."""
        return clean(self.raw, TEXT_LIMIT, multiline=True)

    def figures(self, counts: Counts) -> dict[str, float]:
        """Its figures by our metric; what is no count is left out and remembered in `counts`."""
        names = [theirs for theirs, _ours in _WALL_FIGURES]
        return figures_of(dict(zip(names, self.told, strict=True)), _WALL_FIGURES, counts)


@dataclass(frozen=True, slots=True)
class WallPage:
    """A page of a wall: `total` posts in all, these as VK ordered them (a pinned one first)."""

    total: int
    posts: tuple[WallPost, ...]


@dataclass(frozen=True, slots=True)
class StatsDay:
    """The figures of one day."""

    day: date
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of some days."""

    days: tuple[StatsDay, ...]
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A story that is live now; `views` where the list itself tells them."""

    id: int
    when: datetime
    views: int | None


@dataclass(frozen=True, slots=True)
class StoryStats:
    """A story's figures, and the metrics that VK hides."""

    figures: Mapping[str, float]
    hidden: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaches:
    """How many people each post reached, by its number; a post that is not told is not there."""

    by_post: Mapping[int, int]
    odd: tuple[str, ...] = ()


def parse_communities(response: object) -> Communities:
    """Read groups.getById, today's object and the list of older versions alike. Raises ShapeError."""
    people = 0
    if isinstance(response, Mapping):
        people = len(as_list(response.get("profiles", []), "profiles"))
        response = response.get("groups")
    groups = as_list(response, "groups")
    return Communities(tuple(_community(as_object(group, "group")) for group in groups), people)


def _community(group: Mapping[str, object]) -> Community:
    counts = Counts()
    deactivated = group.get("deactivated", "")
    return Community(
        id=as_id(group.get("id"), "group.id"),
        handle=clean(as_text(group.get("screen_name", ""), "screen_name")).lower(),
        title=clean(as_text(group.get("name", ""), "name")),
        members=counts.take(group.get("members_count"), "members_count"),
        deactivated=clean(deactivated) if isinstance(deactivated, str) else "",
        odd=tuple(counts.odd),
        about=_about(group),
    )


def _about(group: Mapping[str, object]) -> str:
    """What a community says of itself: the description, the site and the links beside it."""
    links = [as_object(link, "link").get("url") for link in as_list(group.get("links", []), "links")]
    told = [part for part in (group.get("description"), group.get("site"), *links) if isinstance(part, str)]
    return clean("\n".join(told), TEXT_LIMIT, multiline=True)


def parse_wall(response: object) -> WallPage:
    """Read wall.get. Raises ShapeError."""
    answer = as_object(response, "wall")
    total = parse_count(answer.get("count"))
    if total is None:
        raise ShapeError("wall.count")
    items = (as_object(item, "post") for item in as_list(answer.get("items"), "wall.items"))
    return WallPage(total, tuple(_post(item) for item in items if item.get("is_deleted") is not True))


def _post(item: Mapping[str, object]) -> WallPost:
    blocks = ((item.get(theirs), theirs) for theirs, _ours in _WALL_FIGURES)
    return _wall_post(
        item.get("id"),
        item.get("date"),
        item.get("text", ""),
        *(None if block is None else as_object(block, theirs).get("count") for block, theirs in blocks),
    )


def wall_from_columns(columns: Sequence[object]) -> WallPage:
    """Read a wall that came as `WALL_COLUMNS`. Raises ShapeError, also for columns of unequal length."""
    if len(columns) != len(WALL_COLUMNS):
        raise ShapeError("wall columns")
    total = parse_count(columns[0])
    if total is None:
        raise ShapeError("wall.count")
    lists = [as_list(column, name) for column, name in zip(columns[1:], WALL_COLUMNS[1:], strict=True)]
    if len({len(column) for column in lists}) != 1:
        raise ShapeError("wall columns of unequal length")
    return WallPage(total, tuple(_wall_post(*row) for row in zip(*lists, strict=True)))


def _wall_post(number: object, when: object, text: object, *told: object) -> WallPost:
    return WallPost(
        as_id(number, "post.id"), as_seconds(when, "post.date"), as_text(text or "", "post.text"), told
    )


def parse_stats(response: object) -> Stats:
    """Read stats.get by days: what is absent inside a present block is 0, an absent block is unknown.

    Raises:
        ShapeError: the answer is not built as VK builds it.
    """
    counts = Counts()
    days = [_stats_day(as_object(period, "period"), counts) for period in as_list(response, "stats")]
    return Stats(tuple(days), tuple(counts.odd))


def _stats_day(period: Mapping[str, object], counts: Counts) -> StatsDay:
    figures: dict[str, float] = {}
    for block, names in _STATS_FIGURES.items():
        if block not in period:
            continue
        values = as_object(period[block], block)
        told = {theirs: values.get(theirs, 0) for theirs, _ours in names}
        if None in told.values():
            raise ShapeError(f"stats.{block}")
        figures.update(figures_of(told, names, counts))
    begin = period.get("period_from")
    if isinstance(begin, str):
        raise ShapeError("stats.period_from")
    return StatsDay(as_moment(begin, "stats.period_from").astimezone(STATS_ZONE).date(), figures)


def parse_stories(response: object, owner_id: int) -> tuple[Story, ...]:
    """Read stories.get: the owner's own stories that are live. Raises ShapeError."""
    answer = as_object(response, "stories")
    found: dict[int, Story] = {}
    for item in as_list(answer.get("items"), "stories.items"):
        for raw in as_list(as_object(item, "stories.item").get("stories", []), "stories"):
            story = as_object(raw, "story")
            if story.get("owner_id") != owner_id or story.get("is_deleted") is True:
                continue
            number = as_id(story.get("id"), "story.id")
            views = parse_count(story.get("views"))
            found[number] = Story(number, as_moment(story.get("date"), "story.date"), views)
    return tuple(found.values())


def parse_story_stats(response: object) -> StoryStats:
    """Read stories.getStats: a count stands only where the state is on. Raises ShapeError."""
    answer = as_object(response, "story stats")
    counts = Counts()
    told: dict[str, object] = {}
    hidden: list[str] = []
    for theirs, ours in _STORY_FIGURES:
        if theirs not in answer:
            continue
        block = as_object(answer[theirs], theirs)
        state = block.get("state")
        if state not in _STATES:
            raise ShapeError(f"story.{theirs}.state")
        if state == "hidden":
            hidden.append(ours)
        elif state == "on":
            told[theirs] = block.get("count")
    return StoryStats(figures_of(told, _STORY_FIGURES, counts), tuple(hidden), tuple(counts.odd))


def parse_reaches(response: object) -> Reaches:
    """Read stats.getPostReach: the people whom each post reached, by its number. Raises ShapeError."""
    counts = Counts()
    found: dict[int, int] = {}
    for item in as_list(response, "reaches"):
        told = as_object(item, "reach")
        reach = counts.take(told.get("reach_total"), "reach_total")
        if reach is not None:
            found[as_id(told.get("post_id"), "reach.post_id")] = reach
    return Reaches(found, tuple(counts.odd))
