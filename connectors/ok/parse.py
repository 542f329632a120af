"""Answers of Odnoklassniki as values. Pure: no network, no clock; what is not told is absent, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.clean import TEXT_LIMIT, clean
from connectors.numbers import parse_count

#: The figures of a day that are ours too. The people who were active (ENGAGEMENT), reactions of every
#: kind (FEEDBACK) and shown entries (RENDERINGS) are none of our metrics.
DAY_METRICS: Mapping[str, str] = {
    "reach": "reach",
    "page_visits": "page_views",
    "new_members": "joins",
    "left_members": "leaves",
    "members_count": "audience",
    "likes": "likes",
    "comments": "comments",
    "reshares": "shares",
}
#: The figures of a post that are ours too.
TOPIC_METRICS: Mapping[str, str] = {
    "views": "views",
    "reach": "reach",
    "likes": "likes",
    "comments": "comments",
    "reshares": "shares",
}

_LATEST = 4_102_444_800_000  # the year 2100
#: A point stands at the beginning of its day, in the network's zone or in UTC: of the account's days the
#: one whose beginning is nearest is meant.
_TO_NEAREST_DAY = timedelta(hours=12)


class ShapeError(ValueError):
    """An answer that is not built as Odnoklassniki builds it; nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it presents itself; `members` None: not told."""

    id: str
    handle: str
    title: str
    about: str
    members: int | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A post of a group with its figures by metric."""

    id: str
    when: datetime
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """A page of posts; `anchor` leads to the next one. `odd` names values that were no counts."""

    topics: tuple[Topic, ...]
    anchor: str = ""
    has_more: bool = False
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    """Figures by metric and day."""

    figures: Mapping[tuple[str, date], float]
    odd: tuple[str, ...] = ()


@dataclass(slots=True)
class _Counts:
    """Takes counts out of an answer and remembers which were none."""

    odd: list[str] = field(default_factory=list)

    def take(self, value: object, name: str) -> float | None:
        if value is None:
            return None
        count = parse_count(value)
        if count is None and name not in self.odd:
            self.odd.append(name)
        return None if count is None else float(count)


def parse_error(answer: object) -> tuple[int, str] | None:
    """The number and the text of an error; None for an answer that is none."""
    if not isinstance(answer, Mapping) or "error_code" not in answer:
        return None
    message = answer.get("error_msg")
    return parse_count(answer["error_code"]) or 0, clean(message) if isinstance(message, str) else ""


def parse_user_name(answer: object) -> str:
    """The name out of users.getCurrentUser. Raises ShapeError."""
    user = _object(answer, "user")
    _number(user.get("uid"), "uid")
    name = user.get("name")
    return clean(name) if isinstance(name, str) else ""


def parse_group_number(answer: object) -> str | None:
    """The number out of url.getInfo; None for what is no group. Raises ShapeError."""
    found = _object(answer, "url")
    if found.get("type") != "GROUP":
        return None
    return _number(found.get("objectIdStr") or found.get("objectId"), "objectId")


def parse_groups(answer: object) -> dict[str, Group]:
    """The groups out of group.getInfo, by number: unknown ones are left out. Raises ShapeError."""
    groups = (_group(_object(item, "group")) for item in _list(answer, "groups"))
    return {group.id: group for group in groups}


def parse_trends(answer: object, zone: ZoneInfo) -> Trends:
    """The figures out of group.getStatTrends, by the days of a zone. Raises ShapeError."""
    trends, counts = _object(answer, "trends"), _Counts()
    figures: dict[tuple[str, date], float] = {}
    for theirs, ours in DAY_METRICS.items():
        for item in _list(trends.get(theirs) or [], theirs):
            point = _object(item, theirs)
            value = counts.take(point.get("value"), theirs)
            if value is not None:
                day = (_moment(point.get("time"), theirs) + _TO_NEAREST_DAY).astimezone(zone).date()
                figures[ours, day] = value
    return Trends(figures, tuple(counts.odd))


def parse_topics(answer: object) -> TopicsPage:
    """A page out of group.getStatTopics. Raises ShapeError."""
    page, counts = _object(answer, "topics"), _Counts()
    items = [_object(item, "topic") for item in _list(page.get("topics") or [], "topics")]
    topics = tuple(
        Topic(
            _number(item.get("id"), "id"),
            _moment(item.get("created_ms"), "created_ms"),
            _figures(item, counts),
        )
        for item in items
    )
    anchor = page.get("anchor")
    has_more = page.get("has_more", bool(anchor))
    return TopicsPage(topics, anchor if isinstance(anchor, str) else "", has_more is True, tuple(counts.odd))


def parse_texts(answer: object) -> dict[str, str]:
    """The texts out of mediatopic.getByIds, by post; a post that is gone is left out. Raises ShapeError."""
    topics = _list(_object(answer, "texts").get("media_topics") or [], "media_topics")
    texts = {}
    for item in topics:
        topic = _object(item, "media_topic")
        media = [_object(part, "media") for part in _list(topic.get("media") or [], "media")]
        parts = [part.get("text") for part in media if part.get("type") == "text"]
        text = "\n".join(part for part in parts if isinstance(part, str))
        texts[_number(topic.get("id"), "id")] = clean(text, TEXT_LIMIT, multiline=True)
    return texts


def _figures(item: Mapping[str, object], counts: _Counts) -> dict[str, float]:
    taken = ((ours, counts.take(item.get(theirs), theirs)) for theirs, ours in TOPIC_METRICS.items())
    return {ours: count for ours, count in taken if count is not None}


def _group(item: Mapping[str, object]) -> Group:
    number = _number(item.get("uid"), "uid")
    about = item.get("description")
    return Group(
        id=number,
        handle=_text(item.get("shortname")).lower() or number,
        title=_text(item.get("name")),
        about=clean(about, TEXT_LIMIT, multiline=True) if isinstance(about, str) else "",
        members=parse_count(item.get("members_count")),
    )


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _object(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ShapeError(name)
    return value


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise ShapeError(name)
    return value


def _number(value: object, name: str) -> str:
    """An id: ids of Odnoklassniki are longer than a count may be, and come as text or as a number."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise ShapeError(name)
    return text


def _moment(value: object, name: str) -> datetime:
    milliseconds = parse_count(value)
    if milliseconds is None or milliseconds > _LATEST:
        raise ShapeError(name)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


_LONGEST_ID = 20
