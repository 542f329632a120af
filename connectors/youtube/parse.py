"""Parsing of the APIs' answers. Pure; counts come as strings, and one that is absent is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from connectors.base import FetchedPost
from connectors.clean import TEXT_LIMIT, clean
from connectors.numbers import parse_count
from goals.model import Exactness, PostKind, PostState

#: From so many on the network shows three digits of the subscribers.
ROUNDED_FROM = 1000
#: The network's limits of a short: how long it may be, and from when on it may be that long.
SHORT = timedelta(minutes=3)
SHORT_AT_FIRST = timedelta(minutes=1)
LONGER_SHORTS_FROM = datetime(2024, 10, 15, tzinfo=UTC)

VIDEO_METRICS = {"viewCount": "views", "likeCount": "likes", "commentCount": "comments"}
#: What an owner's report tells of a day.
DAY_METRICS = {"subscribersGained": "joins", "subscribersLost": "leaves"}

CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_PLAYLIST_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `subscribers` None where they are not told, `hidden` where its owner hides them."""

    id: str
    handle: str
    title: str
    about: str
    uploads: str | None
    subscribers: int | None
    hidden: bool

    @property
    def exactness(self) -> Exactness:
        """How exact the number of subscribers is."""
        is_rounded = (self.subscribers or 0) >= ROUNDED_FROM
        return Exactness.ROUNDED if is_rounded else Exactness.EXACT


@dataclass(frozen=True, slots=True)
class Upload:
    """A line of a channel's list of uploads: which video, and when it was published."""

    id: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class UploadsPage:
    """A page of the list, the newest first; `following` is what the next one is asked with."""

    uploads: tuple[Upload, ...]
    following: str | None


def parse_channels(answer: object) -> list[Channel]:
    """The channels of an answer; one that cannot be told by its id is left out."""
    return [channel for item in _items(answer) if (channel := _channel(item)) is not None]


def parse_uploads(answer: object) -> UploadsPage:
    """A page of a playlist."""
    following = answer.get("nextPageToken") if isinstance(answer, dict) else None
    details = [_part(item, "contentDetails") for item in _items(answer)]
    return UploadsPage(
        uploads=tuple(
            Upload(detail["videoId"], _moment(detail.get("videoPublishedAt")))
            for detail in details
            if _is(_VIDEO_ID, detail.get("videoId"))
        ),
        following=following if isinstance(following, str) and following else None,
    )


def parse_videos(answer: object) -> list[FetchedPost]:
    """The videos of an answer, published ones and those that are announced for a time."""
    return [video for item in _items(answer) if (video := _video(item)) is not None]


def parse_days(answer: object) -> dict[date, dict[str, int]]:
    """An owner's report by day: the figures of each day; a day without a row is not known."""
    if not isinstance(answer, dict):
        return {}
    heads, rows = answer.get("columnHeaders"), answer.get("rows")
    names = [head.get("name") if isinstance(head, dict) else None for head in _list(heads)]
    days: dict[date, dict[str, int]] = {}
    for row in _list(rows):
        told = dict(zip(names, _list(row), strict=False))
        day = _day(told.get("day"))
        figures = {
            metric: count
            for name, metric in DAY_METRICS.items()
            if (count := parse_count(told.get(name))) is not None
        }
        if day is not None and figures:
            days[day] = figures
    return days


def parse_duration(text: object) -> timedelta | None:
    """A duration as `PT4M13S`; None for what is none."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _channel(item: Mapping[str, Any]) -> Channel | None:
    number = item.get("id")
    if not isinstance(number, str) or not CHANNEL_ID.fullmatch(number):
        return None
    snippet, statistics = _part(item, "snippet"), _part(item, "statistics")
    uploads = _part(_part(item, "contentDetails"), "relatedPlaylists").get("uploads")
    hidden = statistics.get("hiddenSubscriberCount") is True
    return Channel(
        id=number,
        handle=clean(_text(snippet, "customUrl")).removeprefix("@").lower() or number,
        title=clean(_text(snippet, "title")),
        about=clean(_text(snippet, "description"), TEXT_LIMIT, multiline=True),
        uploads=uploads if isinstance(uploads, str) and _PLAYLIST_ID.fullmatch(uploads) else None,
        subscribers=None if hidden else parse_count(statistics.get("subscriberCount")),
        hidden=hidden,
    )


def _video(item: Mapping[str, Any]) -> FetchedPost | None:
    snippet, live = _part(item, "snippet"), _part(item, "liveStreamingDetails")
    number, published = item.get("id"), _moment(snippet.get("publishedAt"))
    if not isinstance(number, str) or not _VIDEO_ID.fullmatch(number):
        return None
    is_announced = snippet.get("liveBroadcastContent") == "upcoming"
    planned = _moment(live.get("scheduledStartTime"))
    started = _moment(live.get("actualStartTime"))
    when = planned if is_announced else _later(published, started)
    if when is None:
        return None
    lines = (_text(snippet, "title"), _text(snippet, "description"))
    return FetchedPost(
        network_id=number,
        kind=_kind(item, published),
        state=PostState.PLANNED if is_announced else PostState.PUBLISHED,
        when=when,
        url=f"https://www.youtube.com/watch?v={number}",
        text=clean("\n\n".join(filter(None, lines)), TEXT_LIMIT, multiline=True),
        figures={} if is_announced else dict(_figures(_part(item, "statistics"))),
    )


def _kind(item: Mapping[str, Any], published: datetime | None) -> PostKind:
    """A stream by the network's word, a short by the network's own rule: upright and short enough."""
    duration = parse_duration(_part(item, "contentDetails").get("duration"))
    if "liveStreamingDetails" in item:
        is_announced = _part(item, "snippet").get("liveBroadcastContent") == "upcoming"
        is_premiere = is_announced and bool(duration)  # a broadcast to come lasts nothing yet
        return PostKind.VIDEO if is_premiere else PostKind.STREAM
    player = _part(item, "player")
    width, height = parse_count(player.get("embedWidth")), parse_count(player.get("embedHeight"))
    if not (duration and width and height and published):
        return PostKind.VIDEO
    longest = SHORT if published >= LONGER_SHORTS_FROM else SHORT_AT_FIRST
    return PostKind.CLIP if height >= width and duration <= longest else PostKind.VIDEO


def _figures(statistics: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name, metric in VIDEO_METRICS.items():
        count = parse_count(statistics.get(name))
        if count is not None:
            yield metric, count


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _items(answer: object) -> list[dict[str, Any]]:
    items = answer.get("items") if isinstance(answer, dict) else None
    return [item for item in _list(items) if isinstance(item, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _part(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = item.get(name)
    return part if isinstance(part, dict) else {}


def _text(item: Mapping[str, Any], name: str) -> str:
    text = item.get(name)
    return text if isinstance(text, str) else ""


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
