"""What the answers say; nothing here asks the network. Absent is absent: an empty set is no zero."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import FetchedPost
from connectors.clean import TEXT_LIMIT, clean
from connectors.feed import FeedPage
from connectors.numbers import parse_count
from goals.model import PostKind, PostState

USERNAME = re.compile(r"[a-z0-9_.]{1,30}")
#: What a page's name may be made of: it is written into the list of fields.
CURSOR = re.compile(r"[A-Za-z0-9_=+/-]{1,900}")
#: The network's days begin at midnight here.
PACIFIC = ZoneInfo("America/Los_Angeles")

#: The figures of posts and of stories, as the network calls them and as we do.
POST_METRICS: Mapping[str, str] = {
    "views": "views", "reach": "reach", "saved": "saves", "shares": "shares",
}  # fmt: skip
STORY_METRICS: Mapping[str, str] = {
    "views": "views", "reach": "reach", "shares": "shares", "replies": "comments",
}  # fmt: skip
#: The figures of an account's days.
DAY_METRICS: Mapping[str, str] = {"reach": "reach", "follower_count": "joins"}

_COUNTS = {"like_count": "likes", "comments_count": "comments"}
_ID = re.compile(r"[0-9_]{1,60}")
_USAGE_HEADERS = ("x-app-usage", "x-business-use-case-usage")
_SHARES_USED = ("call_count", "total_time", "total_cputime")


@dataclass(frozen=True, slots=True)
class Account:
    """What the network says of an account; `audience` is None where it does not say."""

    id: str
    username: str
    title: str
    about: str
    audience: int | None


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of what is allowed is used up: percent, and minutes until calls are allowed again."""

    percent: float = 0.0
    minutes: int = 0


def parse_account(value: object) -> Account | None:
    """An account; None for what is none (a page without one, for example)."""
    told = _object(value)
    number = told.get("user_id") or told.get("id")
    username = _text(told.get("username")).lower()
    if not isinstance(number, str) or not _ID.fullmatch(number) or not USERNAME.fullmatch(username):
        return None
    about = f"{told.get('biography') or ''}\n{told.get('website') or ''}"
    return Account(
        id=number,
        username=username,
        title=_text(told.get("name")) or username,
        about=clean(about, TEXT_LIMIT, multiline=True),
        audience=parse_count(told.get("followers_count")),
    )


def parse_pages(value: object) -> list[Account]:
    """The accounts that belong to somebody's pages."""
    pages = (_object(page).get("instagram_business_account") for page in _list(_object(value).get("data")))
    return [account for page in pages if (account := parse_account(page)) is not None]


def parse_media(value: object, *, asks_next: bool) -> FeedPage:
    """A page of an account's content, newest first.

    Where `asks_next`, the last page tells that it is by no address of a next one; otherwise only an empty
    page does.
    """
    told = _object(value)
    items = [item for item in _list(told.get("data")) if isinstance(item, dict)]
    posts = [post for item in items if (post := parse_post(item)) is not None]
    after = next_page(told) if asks_next else _after(told)
    return FeedPage(posts, after, is_empty=not items)


def next_page(value: object) -> str | None:
    """The name of the page that follows; None on the last one."""
    return _after(_object(value)) if _object(_object(value).get("paging")).get("next") else None


def parse_post(item: Mapping[str, Any]) -> FetchedPost | None:
    """A post, a clip, a video or a story; None for an advertisement and for what is none of them."""
    number, when = item.get("id"), _moment(item.get("timestamp"))
    product = item.get("media_product_type")
    if not isinstance(number, str) or not _ID.fullmatch(number) or when is None or product == "AD":
        return None
    kind = PostKind.VIDEO if item.get("media_type") == "VIDEO" else PostKind.POST
    kind = {"REELS": PostKind.CLIP, "STORY": PostKind.STORY}.get(str(product), kind)
    told = {ours: parse_count(item.get(theirs)) for theirs, ours in _COUNTS.items()}
    link = item.get("permalink")
    return FetchedPost(
        network_id=number,
        kind=kind,
        state=PostState.PUBLISHED,
        when=when,
        url=clean(link, 500) if isinstance(link, str) and link.startswith("https://") else "",
        text=clean(str(item.get("caption") or ""), TEXT_LIMIT, multiline=True),
        figures={name: float(count) for name, count in told.items() if count is not None},
    )


def parse_insights(value: object, names: Mapping[str, str]) -> dict[str, float]:
    """The figures of a post under our names; one that is not told is not there."""
    figures = {}
    for metric, entry in _entries(value, names):
        values = _list(entry.get("values"))
        told = entry.get("total_value") or (values[0] if values else None)
        count = parse_count(_object(told).get("value"))
        if count is not None:
            figures[metric] = float(count)
    return figures


def parse_days(value: object) -> dict[tuple[str, date], float]:
    """The figures of days under our names: a day is the one of the Pacific that ends at `end_time`."""
    figures = {}
    for metric, entry in _entries(value, DAY_METRICS):
        for point in map(_object, _list(entry.get("values"))):
            end, count = _moment(point.get("end_time")), parse_count(point.get("value"))
            if end is not None and count is not None:
                day = (end - timedelta(hours=1)).astimezone(PACIFIC).date()
                figures[metric, day] = float(count)
    return figures


def parse_usage(headers: Mapping[str, str]) -> Usage:
    """How much of what is allowed the headers say is used up: the most of what they tell."""
    percent, minutes = 0.0, 0
    for name in _USAGE_HEADERS:
        for use in _uses(headers.get(name, "")):
            shares = [use.get(share) for share in _SHARES_USED]
            told = [float(share) for share in shares if isinstance(share, int | float)]
            percent = max([percent, *told])
            minutes = max(minutes, parse_count(use.get("estimated_time_to_regain_access")) or 0)
    return Usage(percent, minutes)


def _uses(text: str) -> Iterator[Mapping[str, Any]]:
    """The uses that a header tells: its own, or those by business."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return
    if isinstance(told, dict):
        yield told
        for uses in told.values():
            yield from (use for use in _list(uses) if isinstance(use, dict))


def _entries(value: object, names: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for entry in map(_object, _list(_object(value).get("data"))):
        metric = names.get(str(entry.get("name")))
        if metric is not None:
            yield metric, entry


def _after(told: Mapping[str, Any]) -> str | None:
    after = _object(_object(told.get("paging")).get("cursors")).get("after")
    return after if isinstance(after, str) and CURSOR.fullmatch(after) else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
