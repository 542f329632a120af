"""Links of Instagram: an account by its username; the address of a post names no account."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "instagram"

_USERNAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?")
_PAGES = frozenset(
    {"p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "about", "legal", "share"}
)


def _url(handle: str, network_id: str | None) -> str:  # noqa: ARG001 - every site has the same signature
    return f"https://www.instagram.com/{handle}/" if handle else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not _USERNAME.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if page.first.lower() == "stories":
        return _of_handle(page.after("stories") or "stories", page.text)
    return _of_handle(page.first.removeprefix("@"), page.text)


def _post_of(page: Page) -> str | None:  # noqa: ARG001 - an address has another id than the API gives
    return None


SITE = Site(NAME, frozenset({"instagram.com", "instagr.am"}), _of_page, _of_handle, _url, _post_of)
