"""Links of MAX: a public channel by its name, or by the number that the service gives it."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "max"

_PUBLIC_NAME = re.compile(r"[a-z][a-z0-9_.-]{2,63}")
#: Numbers of channels are negative.
_CHAT_ID = re.compile(r"-[1-9][0-9]{0,19}")
_PAGES = frozenset({"join", "help", "download", "business", "partners", "legal", "u", "c", "chat", "web"})


def _url(handle: str, network_id: str | None) -> str:  # noqa: ARG001 - every site has the same signature
    return f"https://max.ru/{handle}" if handle and not _CHAT_ID.fullmatch(handle) else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if _CHAT_ID.fullmatch(handle):
        return Link(NAME, handle, handle)
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not _PUBLIC_NAME.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if page.first.lower() == "join":
        raise page.error("link.private")
    if page.host == "web.max.ru":
        return _of_handle(page.first, page.text)
    return _of_handle(page.first.removeprefix("@"), page.text)


def _post_of(page: Page) -> str | None:  # noqa: ARG001 - the service tells no address of a post
    return None


SITE = Site(NAME, frozenset({"max.ru", "web.max.ru"}), _of_page, _of_handle, _url, _post_of)
