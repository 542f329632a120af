"""Parsing of the public pages: `t.me/s/NAME` with its posts, `t.me/NAME` with its contact card. Pure.

Figures are shown with three digits (`1.91K`), so that one with a letter is rounded; one without is
exact. What is not shown is absent: a post without a row of reactions has no figure of reactions,
one with an empty row has none given. Reactions are summed, paid stars included.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from connectors.base import FetchedPost
from connectors.clean import TEXT_LIMIT, clean
from connectors.numbers import ShownNumber, parse_number
from goals.model import Exactness, PostKind, PostState

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Counters of a channel's head that are not its audience.
_CONTENT_COUNTERS = ("photo", "video", "file", "link", "audio", "voice", "gif", "music")
_POST_ID = re.compile(r"([A-Za-z0-9_]+)/([1-9][0-9]{0,11})")
_VIDEO = ".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player"
_CONTACT_COUNT = re.compile(r"([0-9][0-9 \u00a0]*) +([a-z]+)")


class ContactKind(StrEnum):
    """What stands behind a name that has no preview."""

    CHANNEL = "channel"
    GROUP = "group"
    OTHER = "other"  # a person or a bot
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a channel's preview: its head, and its posts with the oldest first.

    `ids` are those of all messages, service ones too; `before` is what the older page is asked
    with, None where there is none.
    """

    handle: str
    title: str
    channel_id: str | None
    audience: ShownNumber | None
    posts: tuple[FetchedPost, ...]
    ids: tuple[int, ...]
    before: int | None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """The card of a name without a preview; `audience` where it is shown."""

    kind: ContactKind
    title: str = ""
    audience: int | None = None
    about: str = ""


def parse_preview(html: str) -> Page | None:
    """Read a page of `t.me/s/NAME`; None where it is no channel's preview."""
    tree = _tree(html)
    head = tree.css_first(".tgme_channel_info")
    if head is None:
        return None
    messages = tree.css(".tgme_widget_message[data-post]")
    posts = [post for node in messages if (post := _post(node)) is not None]
    return Page(
        handle=_text(head, ".tgme_channel_info_header_username").removeprefix("@"),
        title=_text(head, ".tgme_channel_info_header_title"),
        channel_id=next(filter(None, map(_channel_id, messages)), None),
        audience=_audience(head),
        posts=tuple(sorted(posts, key=lambda post: int(post.network_id))),
        ids=tuple(sorted(found[1] for node in messages if (found := _name_and_id(node)) is not None)),
        before=_before(tree),
        about=_lines(head, ".tgme_channel_info_description"),
    )


def parse_contact(html: str) -> Contact | None:
    """Read the page that a name without a preview has; None where it is no page of Telegram."""
    tree = _tree(html)
    page = tree.css_first(".tgme_page")
    if page is None:
        return None
    title = _text(page, ".tgme_page_title")
    if not title:
        return Contact(ContactKind.NOBODY)
    shown = _CONTACT_COUNT.match(_text(page, ".tgme_page_extra").lower())
    if shown and shown[2].startswith("subscriber"):
        count = parse_number(shown[1])
        about = _lines(page, ".tgme_page_description")
        return Contact(ContactKind.CHANNEL, title, None if count is None else int(count.value), about)
    if shown and shown[2].startswith("member"):
        return Contact(ContactKind.GROUP, title)
    return Contact(ContactKind.OTHER, title)


def _tree(html: str) -> LexborHTMLParser:
    # What a network shows is asked of its connector where nothing is parsed: goals, forms, the doctor.
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


def _audience(head: LexborNode) -> ShownNumber | None:
    for counter in head.css(".tgme_channel_info_counter"):
        kind = _text(counter, ".counter_type").lower()
        if not kind.startswith(_CONTENT_COUNTERS):
            return parse_number(_text(counter, ".counter_value"))
    return None


def _post(node: LexborNode) -> FetchedPost | None:
    """A message as a post; None for service messages and for what has no id or date."""
    name_and_id = _name_and_id(node)
    when = _moment(node)
    if name_and_id is None or when is None or _is_service(node):
        return None
    for quoted in node.css(".tgme_widget_message_reply"):  # its text has the class of the post's own
        quoted.decompose()
    name, number = name_and_id
    text = _lines(node, ".tgme_widget_message_text")
    figures = dict(_figures(node))
    rounded = any(not shown.exact for shown in figures.values())
    return FetchedPost(
        network_id=str(number),
        kind=PostKind.VIDEO if not text and node.css_first(_VIDEO) else PostKind.POST,
        state=PostState.PUBLISHED,
        when=when,
        url=f"https://t.me/{name}/{number}",
        text=text,
        figures={metric: shown.value for metric, shown in figures.items()},
        exactness=Exactness.ROUNDED if rounded else Exactness.EXACT,
    )


def _figures(node: LexborNode) -> Iterator[tuple[str, ShownNumber]]:
    views = parse_number(_text(node, ".tgme_widget_message_views"))
    if views is not None:
        yield "views", views
    row = node.css_first(".tgme_widget_message_reactions")
    if row is None:
        return
    shown = [parse_number(_own_text(reaction)) for reaction in row.css(".tgme_reaction")]
    counts = [count for count in shown if count is not None]
    if len(counts) == len(shown):
        total = sum(count.value for count in counts)
        yield "reactions", ShownNumber(total, exact=all(count.exact for count in counts))


def _own_text(node: LexborNode) -> str:
    """The text of a node without that of its elements: a reaction's count without its emoji."""
    return "".join(child.text_content or "" for child in node.iter(include_text=True) if child.is_text_node)


def _is_service(node: LexborNode) -> bool:
    return "service_message" in (node.attributes.get("class") or "").split()


def _name_and_id(node: LexborNode) -> tuple[str, int] | None:
    found = _POST_ID.fullmatch(node.attributes.get("data-post") or "")
    return (found[1], int(found[2])) if found else None


def _moment(node: LexborNode) -> datetime | None:
    time = node.css_first(".tgme_widget_message_date time[datetime]")
    if time is None:
        return None
    try:
        moment = datetime.fromisoformat(time.attributes.get("datetime") or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _channel_id(node: LexborNode) -> str | None:
    """The channel's own number out of a message's `data-view`: base64 of JSON with a negative `c`."""
    coded = node.attributes.get("data-view") or ""
    try:
        view = json.loads(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
    except (ValueError, RecursionError):
        return None
    channel = view.get("c") if isinstance(view, dict) else None
    return str(abs(channel)) if isinstance(channel, int) and channel else None


def _before(tree: LexborHTMLParser) -> int | None:
    link = tree.css_first("a.tme_messages_more[data-before]")
    shown = link.attributes.get("data-before") if link is not None else None
    if shown is None:
        rel = tree.css_first("link[rel=prev]")
        query = urlsplit(rel.attributes.get("href") or "").query if rel is not None else ""
        shown = parse_qs(query).get("before", [""])[0]
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 13 else None


def _lines(node: LexborNode, selector: str) -> str:
    """A text of several lines, which the page breaks; empty for none."""
    found = node.css_first(selector)
    if found is None:
        return ""
    for line_break in found.css("br"):
        line_break.replace_with("\n")
    return clean(found.text(), TEXT_LIMIT, multiline=True)


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return clean(found.text()) if found is not None else ""
