"""Links of YouTube: a channel by its handle or by its `UC…` id; a video's address names no channel."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "youtube"

_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
#: Handles may be written in any alphabet.
_HANDLE = re.compile(r"[\w.·-]{3,100}")
_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_NAMED = frozenset({"c", "user"})


def _url(handle: str, network_id: str | None) -> str:
    if not handle or _CHANNEL_ID.fullmatch(handle):
        channel = handle or network_id
        return f"https://www.youtube.com/channel/{channel}" if channel else ""
    return f"https://www.youtube.com/@{handle}"


def _of_handle(handle: str, text: str) -> Link:
    if _CHANNEL_ID.fullmatch(handle):
        return Link(NAME, handle, handle, _url(handle, None))
    handle = handle.lower()
    if not _HANDLE.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if _post_of(page):
        return Link(NAME, "", None, "")
    first = page.first
    if first.startswith("@"):
        return _of_handle(first[1:], page.text)
    channel = page.after("channel", *_NAMED)
    if channel is None:
        raise page.error("link.not_account")
    return _of_handle(channel, page.text)


def _post_of(page: Page) -> str | None:
    short = page.segments[0] if page.host == "youtu.be" and page.segments else None
    video = short or page.after("shorts", "live", "embed") or page.asked("v")
    return video if video and _VIDEO.fullmatch(video) else None


SITE = Site(NAME, frozenset({"youtube.com", "youtu.be"}), _of_page, _of_handle, _url, _post_of)
