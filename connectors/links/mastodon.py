"""Links of Mastodon: an account as `user@host`, whatever its server is called."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site, number_of

NAME = "mastodon"

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE = re.compile(rf"([a-z0-9_]+(?:[.-][a-z0-9_]+)*)@({_LABEL}(?:\.{_LABEL})*\.[a-z][a-z0-9-]+)")
#: Sites of other kinds whose addresses look the same: no account of theirs is read.
_OTHERS = frozenset(
    {"tiktok.com", "threads.net", "threads.com", "medium.com", "x.com", "twitter.com", "likee.video",
     "yappy.media", "vimeo.com", "pinterest.com", "substack.com", "linkedin.com", "facebook.com"}
)  # fmt: skip


def is_handle(text: str) -> bool:
    """Whether a text without spaces is `user@host` or `@user@host`."""
    return _HANDLE.fullmatch(text.removeprefix("@").lower()) is not None


def may_be_page(page: Page) -> bool:
    """Whether an address of a host that no other network has looks like an account of a server."""
    return bool(page.segments) and page.segments[0].startswith("@") and page.host not in _OTHERS


def _url(handle: str, network_id: str | None) -> str:  # noqa: ARG001 - every site has the same signature
    user, _, host = handle.partition("@")
    return f"https://{host}/@{user}" if host else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if not _HANDLE.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    user = page.first.removeprefix("@")
    return _of_handle(user if "@" in user else f"{user}@{page.host}", page.text)


def _post_of(page: Page) -> str | None:
    return number_of(page.segments[1]) if len(page.segments) > 1 else None


SITE = Site(NAME, frozenset(), _of_page, _of_handle, _url, _post_of)
