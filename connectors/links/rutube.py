"""Links of Rutube: a channel by its number or its short name; a video's address names no channel."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site, number_of

NAME = "rutube"

_SHORT_NAME = re.compile(r"(?=.*[a-z])[a-z0-9_.-]{2,64}")
_VIDEO = re.compile(r"[0-9a-f]{32}")


def _url(handle: str, network_id: str | None) -> str:
    number = number_of(handle) or (network_id if not handle else None)
    if number:
        return f"https://rutube.ru/channel/{number}/"
    return f"https://rutube.ru/u/{handle}/" if handle else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if number_of(handle):
        return Link(NAME, handle, handle, _url(handle, None))
    if not _SHORT_NAME.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if _post_of(page):
        return Link(NAME, "", None, "")
    handle = page.after("channel", "u", "person")
    if handle is None:
        raise page.error("link.not_account")
    return _of_handle(handle, page.text)


def _post_of(page: Page) -> str | None:
    video = page.after("video", "shorts", "private", "embed")
    return video if video and _VIDEO.fullmatch(video) else None


SITE = Site(NAME, frozenset({"rutube.ru"}), _of_page, _of_handle, _url, _post_of)
