"""Links of Odnoklassniki: a group by its short name or by its number; people's profiles are left out."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site, number_of

NAME = "ok"

_SHORT_NAME = re.compile(r"(?=.*[a-z])[a-z0-9._-]{2,50}")
_PAGES = frozenset(
    {"feed", "dk", "video", "music", "games", "shop", "search", "online", "help", "settings", "messages",
     "guests", "events", "groups", "photos", "live", "regulations"}
)  # fmt: skip


def _url(handle: str, network_id: str | None) -> str:
    number = number_of(handle) or (network_id if not handle else None)
    if number:
        return f"https://ok.ru/group/{number}"
    return f"https://ok.ru/{handle}" if handle else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    number = number_of(handle.removeprefix("group"))
    if number:
        return Link(NAME, number, number, _url(number, None))
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not _SHORT_NAME.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    first = page.first.lower()
    if first == "profile":
        raise page.error("link.person")
    if first == "group":
        number = page.after("group")
        if number is None:
            raise page.error("link.not_account")
        return _of_handle(number, page.text)
    return _of_handle(first, page.text)


def _post_of(page: Page) -> str | None:
    return number_of(page.after("topic", "statuses", "video"))


SITE = Site(NAME, frozenset({"ok.ru", "odnoklassniki.ru"}), _of_page, _of_handle, _url, _post_of)
