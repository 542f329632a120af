"""Links of Dzen: a channel by its name or by `id/…`; the address of an article names no channel."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "dzen"

_SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{1,63}")
_ID = re.compile(r"id/[0-9a-f]{24}")
_CONTENT = re.compile(r"[A-Za-z0-9_-]{10,64}")
_PAGES = frozenset(
    {"a", "b", "video", "shorts", "news", "topic", "suite", "articles", "search", "subscriptions", "about",
     "legal", "help", "profile", "media"}
)  # fmt: skip


def _url(handle: str, network_id: str | None) -> str:  # noqa: ARG001 - every site has the same signature
    return f"https://dzen.ru/{handle}" if handle else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not (_SHORT_NAME.fullmatch(handle) or _ID.fullmatch(handle)):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if _post_of(page):
        return Link(NAME, "", None, "")
    channel = page.after("id") if page.first.lower() == "id" else None
    return _of_handle(f"id/{channel}" if channel else page.first, page.text)


def _post_of(page: Page) -> str | None:
    content = page.after("a", "b", "watch", "shorts")
    return content if content and _CONTENT.fullmatch(content) else None


SITE = Site(NAME, frozenset({"dzen.ru", "zen.yandex.ru"}), _of_page, _of_handle, _url, _post_of)
