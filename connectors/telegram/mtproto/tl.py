"""Parsing of what a user is told: channels, messages, graphs. Pure: the objects are Telethon's.

The objects are told apart by the names of their classes, which are those of Telegram's own schema, so
that nothing of Telethon is imported to read them. What is not told is absent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from connectors.base import FetchedPost, Figure
from connectors.clean import TEXT_LIMIT, clean
from connectors.numbers import parse_count
from connectors.telegram.preview import ContactKind, Page
from goals.model import PostKind, PostState

#: The lines of the graph of joins and leaves, as they are called in English.
_MOVES = {"joined": "joins", "left": "leaves"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Peer:
    """What stands behind a name; the address is told for channels only."""

    kind: ContactKind
    number: int = 0
    access_hash: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as it tells of itself; `members` None where it tells no number.

    `has_reactions` says whether readers may react, so that a post without any has none given.
    `stats_dc` is the data centre that keeps its statistics, None for the usual one.
    """

    number: int
    handle: str
    title: str
    about: str
    members: int | None
    has_reactions: bool
    shows_stats: bool
    stats_dc: int | None


def parse_resolved(answer: Any) -> Peer:  # noqa: ANN401 - an answer of Telethon, which has no types
    """What `contacts.resolveUsername` found."""
    peer = answer.peer
    if _is(peer, "PeerUser"):
        return Peer(ContactKind.OTHER)
    number = peer.channel_id if _is(peer, "PeerChannel") else peer.chat_id
    chat = _chat(answer, number)
    if chat is None or not _is(chat, "Channel"):
        return Peer(ContactKind.GROUP if _is(chat, "Chat") else ContactKind.NOBODY)
    if not chat.broadcast:
        return Peer(ContactKind.GROUP)
    return Peer(ContactKind.CHANNEL, chat.id, chat.access_hash or 0)


def parse_channel(answer: Any) -> Channel | None:  # noqa: ANN401
    """What `channels.getFullChannel` told; None where it is no channel."""
    full = answer.full_chat
    chat = _chat(answer, full.id)
    if not _is(full, "ChannelFull") or not _is(chat, "Channel"):
        return None
    active = [name.username for name in chat.usernames or () if name.active]
    return Channel(
        number=full.id,
        handle=clean((chat.username or next(iter(active), "") or "").lower()),
        title=clean(chat.title),
        about=clean(full.about or "", TEXT_LIMIT, multiline=True),
        members=parse_count(full.participants_count),
        has_reactions=full.available_reactions is not None
        and not _is(full.available_reactions, "ChatReactionsNone"),
        shows_stats=bool(full.can_view_stats),
        stats_dc=full.stats_dc,
    )


def parse_name(users: Any) -> str:  # noqa: ANN401
    """Who a session belongs to: `@name`, else the first name; empty where nobody is told."""
    user = next(iter(users or ()), None)
    if user is None or not _is(user, "User"):
        return ""
    return clean(f"@{user.username}" if user.username else user.first_name or "")


def parse_history(answer: Any, channel: Channel, asked: int) -> Page:  # noqa: ANN401
    """A page of `messages.getHistory`, which was asked for `asked` messages.

    An album is one post by the number of its first message. One that the end of a full page may have
    cut is left to the next page, together with its numbers.
    """
    messages = sorted(
        (message for message in getattr(answer, "messages", ()) if not _is(message, "MessageEmpty")),
        key=lambda message: int(message.id),
    )
    told = len(getattr(answer, "messages", ()))
    is_full = told >= asked
    albums = [list(album) for _key, album in groupby(messages, key=_album)]
    if is_full and len(albums) > 1 and getattr(albums[0][0], "grouped_id", None) is not None:
        del albums[0]
    ids = tuple(int(message.id) for album in albums for message in album)
    posts = (_post(album, channel) for album in albums)
    return Page(
        handle=channel.handle,
        title=channel.title,
        channel_id=str(channel.number),
        audience=None,
        posts=tuple(post for post in posts if post is not None),
        ids=ids,
        before=ids[0] if is_full and ids else None,
        about=channel.about,
    )


def parse_days(
    growth: Any,  # noqa: ANN401
    moves: Any,  # noqa: ANN401
    since: date | None,
    today: date,
) -> list[Figure]:
    """Figures by day out of the graphs of growth and of joins and leaves, days that are over only.

    Days are those of the network (UTC). A line that is not called as it should be is left out.
    """
    lines: dict[str, Mapping[date, float]] = {}
    grown = parse_graph(growth)
    if len(grown) == 1:
        lines["audience"] = next(iter(grown.values()))
    for name, line in parse_graph(moves).items():
        if name.lower() in _MOVES:
            lines[_MOVES[name.lower()]] = {day: abs(value) for day, value in line.items()}
    return [
        Figure(metric, day, value)
        for metric, line in lines.items()
        for day, value in sorted(line.items())
        if day < today and (since is None or day >= since) and value >= 0
    ]


def parse_graph(graph: Any) -> dict[str, dict[date, float]]:  # noqa: ANN401
    """The lines of a `StatsGraph` by the names they have; nothing where it tells no line by the day."""
    if not _is(graph, "StatsGraph"):
        return {}
    try:
        told: Any = json.loads(graph.json.data)
        columns = {str(column[0]): column[1:] for column in told["columns"]}
        types, names = dict(told["types"]), dict(told["names"])
        days = [_day(value) for key, line in columns.items() if types[key] == "x" for value in line]
        return {
            clean(str(names[key])): dict(_line(days, line))
            for key, line in columns.items()
            if types[key] != "x"
        }
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return {}


def _line(days: Sequence[date], values: Sequence[object]) -> Iterator[tuple[date, float]]:
    if len(set(days)) != len(days) or len(values) != len(days):
        return
    for day, value in zip(days, values, strict=True):
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            yield day, float(value)


def _day(milliseconds: object) -> date:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        raise TypeError
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()


def _album(message: Any) -> tuple[str, int]:  # noqa: ANN401
    """What the messages of one post have in common."""
    grouped = getattr(message, "grouped_id", None)
    return ("one", int(message.id)) if grouped is None else ("album", int(grouped))


def _post(album: Sequence[Any], channel: Channel) -> FetchedPost | None:
    """The messages of an album, or the only one, as a post; None for a service message."""
    messages = [message for message in album if _is(message, "Message") and message.date is not None]
    if not messages:
        return None
    first = messages[0]
    text = next((clean(m.message, TEXT_LIMIT, multiline=True) for m in messages if m.message), "")
    is_video = not text and all(_is_video(message.media) for message in messages)
    return FetchedPost(
        network_id=str(first.id),
        kind=PostKind.VIDEO if is_video else PostKind.POST,
        state=PostState.PUBLISHED,
        when=first.date.astimezone(UTC),
        url=f"https://t.me/{channel.handle}/{first.id}",
        text=text,
        figures=dict(_figures(messages, channel)),
    )


def _figures(messages: Sequence[Any], channel: Channel) -> Iterator[tuple[str, float]]:
    """Views and forwards of an album grow with each of its messages; reactions stand at any of them."""
    for metric, values in (
        ("views", [message.views for message in messages]),
        ("forwards", [message.forwards for message in messages]),
        ("comments", [m.replies.replies for m in messages if m.replies is not None and m.replies.comments]),
    ):
        counts = list(_counts(values))
        if counts:
            yield metric, max(counts)
    given = [message.reactions for message in messages if message.reactions is not None]
    if given:
        yield "reactions", sum(_counts(one.count for reactions in given for one in reactions.results))
    elif channel.has_reactions:
        yield "reactions", 0


def _counts(values: Iterable[object]) -> Iterator[int]:
    for value in values:
        count = parse_count(value)
        if count is not None:
            yield count


def _is_video(media: Any) -> bool:  # noqa: ANN401
    """Whether a message shows a video, a round one too; an animation is a picture that moves."""
    if not _is(media, "MessageMediaDocument") or not _is(media.document, "Document"):
        return False
    kinds = {type(attribute).__name__ for attribute in media.document.attributes}
    return "DocumentAttributeVideo" in kinds and "DocumentAttributeAnimated" not in kinds


def _chat(answer: Any, number: int) -> Any:  # noqa: ANN401
    return next((chat for chat in answer.chats if chat.id == number), None)


def _is(thing: object, name: str) -> bool:
    return type(thing).__name__ == name
