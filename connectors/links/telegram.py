"""Links of Telegram: a public channel by its username, in https and in tg://."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "telegram"

_USERNAME = re.compile(r"^[a-z][a-z0-9_]{3,31}$")
_PAGES = frozenset(
    {"addstickers", "addemoji", "addtheme", "addlist", "share", "proxy", "socks", "iv", "login",
     "setlanguage", "bg", "invoice", "confirmphone", "msg", "boost", "giftcode", "contact", "m",
     "a", "k", "nft"}
)  # fmt: skip


def _url(handle: str, network_id: str | None) -> str:  # noqa: ARG001 - every site has the same signature
    return f"https://t.me/{handle}" if handle else ""


def _of_handle(handle: str, text: str) -> Link:
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not _USERNAME.match(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    if page.host.endswith(".t.me"):
        return _of_handle(page.host.removesuffix(".t.me"), page.text)
    segments = page.segments[1:] if page.segments and page.segments[0].lower() == "s" else page.segments
    if not segments:
        raise page.error("link.not_account")
    name = segments[0].lower()
    if name in {"joinchat", "c"} or name.startswith("+"):
        raise page.error("link.private")
    return _of_handle(name.removeprefix("@"), page.text)


def _post_of(page: Page) -> str | None:
    last = page.segments[-1] if page.segments else ""
    return last if last.isascii() and last.isdigit() else None


def of_scheme(rest: str, text: str) -> Link:
    """The channel of a tg: link; `rest` is what follows the scheme. Raises LinkError."""
    action, _, query = rest.partition("?")
    action = action.strip("/").lower()
    domain = parse_qs(query).get("domain", [""])[0]
    if action in {"join", "privatepost"}:
        raise LinkError("link.private", {"link": text})
    if action != "resolve" or not domain:
        raise LinkError("link.not_account", {"link": text})
    return _of_handle(domain.lower(), text)


def post_of_scheme(rest: str) -> str | None:
    """The number of the post of a tg: link; None where it names none."""
    post = parse_qs(rest.partition("?")[2]).get("post", [""])[0]
    return post if post.isascii() and post.isdigit() else None


SITE = Site(NAME, frozenset({"t.me", "telegram.me", "telegram.dog"}), _of_page, _of_handle, _url, _post_of)
