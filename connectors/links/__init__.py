"""What a pasted link or @handle names. Pure: no network, standard library only.

`parse_link` understands every form in which people copy an account, `split_post_link` the address of
one post, `account_url` goes back. One module knows the addresses of one network (see `page.Site`).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from connectors.base import Link
from connectors.links import (
    bluesky,
    dzen,
    instagram,
    mastodon,
    max,  # noqa: A004 - the network's name
    metrika,
    ok,
    rutube,
    telegram,
    vk,
    youtube,
)
from connectors.links.page import LinkError, Page, Site, segments_of

__all__ = [
    "SITES",
    "TELEGRAM",
    "VK",
    "LinkError",
    "account_url",
    "may_be_of",
    "parse_link",
    "split_post_link",
]

VK = vk.NAME
TELEGRAM = telegram.NAME

#: The networks whose addresses are known, in the order in which people are offered them.
SITES: dict[str, Site] = {
    module.SITE.network: module.SITE
    for module in (vk, telegram, max, ok, youtube, rutube, dzen, instagram, bluesky, mastodon, metrika)
}

_MAX_LENGTH = 500
_STUCK = " <>«»\"'()[],;"
_HOST_PREFIXES = ("www.", "m.")
_SCHEME = re.compile(r"^(https?|tg):(?://)?", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(r"^[^/?#\s@]+\.[^/?#\s@.]{2,}(?::\d+)?(?:[/?#]|$)")
_BY_HOST = {host: site for site in SITES.values() for host in site.hosts}


def parse_link(text: str, network: str | None = None) -> Link:
    """Read what a person pasted: a link, an @handle, a bare `club123`.

    Args:
        text: the link with or without a scheme, in any case, with spaces around.
        network: the network that is meant where the text does not say; `@x` alone is Telegram.

    Raises:
        LinkError: `link.empty`, `link.unknown_host`, `link.no_network` (a bare word), `link.person`,
            `link.private` (an invitation), `link.not_account` (a page of another kind),
            `link.bad_handle`, `link.other_network`.
    """
    link = _read(text, network)
    if not link.handle:  # the address of a post that does not name its account
        raise LinkError("link.not_account", {"link": text})
    return link


def account_url(network: str, handle: str, network_id: str | None = None) -> str:
    """The address at which a person sees the account; empty where it is not known here."""
    site = SITES.get(network)
    return site.url(handle, network_id) if site else ""


def split_post_link(text: str) -> tuple[Link, str]:
    """Read the address of one post: its account, and the post's id within the account.

    The account's handle is empty where the address does not name it.

    Raises:
        LinkError: `link.not_post` where it names no post, or what `parse_link` raises.
    """
    link = _read(text, None)
    trimmed = _trimmed(text)
    scheme, rest = _without_scheme(trimmed)
    post = telegram.post_of_scheme(rest) if scheme == "tg" else None
    if scheme != "tg" and link.network in SITES:
        post = SITES[link.network].post_of(_page(rest, trimmed))
    if post is None:
        raise LinkError("link.not_post", {"link": trimmed})
    return link, post


def may_be_of(link: Link, network: str, handle: str, network_id: str | None) -> bool:
    """Whether a link may lead to an account; what the network has not told yet speaks against nothing."""
    if network != link.network:
        return False
    if not link.handle or handle.casefold() == link.handle.casefold():
        return True
    if link.network_id is None:
        return False
    is_number = handle.removeprefix("club").isdigit()
    return link.network_id == network_id if network_id else not is_number


def _read(text: str, network: str | None) -> Link:
    text = _trimmed(text)
    scheme, rest = _without_scheme(text)
    if scheme == "tg":
        link = telegram.of_scheme(rest, text)
    elif scheme or (_LOOKS_LIKE_HOST.match(text) and not _is_name_with_dot(text, network)):
        link = _of_url(rest, text, network)
    else:
        link = _of_handle(text, network)
    if network is not None and link.network != network:
        raise LinkError("link.other_network", {"link": text, "network": link.network, "asked": network})
    return link


def _trimmed(text: str) -> str:
    """The text without what sticks to a link when it is copied: spaces, quotes, brackets, a dot."""
    printable = "".join(char for char in text if char.isprintable())
    text = printable.lstrip(_STUCK).rstrip(_STUCK + ".")
    if not text:
        raise LinkError("link.empty")
    if len(text) > _MAX_LENGTH:
        raise LinkError("link.bad_handle", {"link": text})
    return text


def _without_scheme(text: str) -> tuple[str, str]:
    """The scheme in lower case (empty for none) and what follows it."""
    found = _SCHEME.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


def _is_name_with_dot(text: str, network: str | None) -> bool:
    """Whether a word with a dot is a name rather than a host: `kofe.zerno` when VK is meant."""
    if "/" in text:
        return False
    if network is None:
        return bluesky.is_handle(text.lower())
    return network in SITES and not text.lower().endswith((*_BY_HOST, ".t.me"))


def _of_handle(text: str, network: str | None) -> Link:
    """A link out of `@x`, `user@host`, `club123` or a bare word."""
    handle = text.removeprefix("@").rstrip("/")
    site = SITES.get(network or _network_of(text, handle.lower()))
    if site is not None:
        return site.of_handle(handle if site.network == youtube.NAME else handle.lower(), text)
    if not handle or re.search(r"\s", handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(network or "", handle.lower())


def _network_of(text: str, handle: str) -> str:
    """Which network a name is of that is said without one. Raises LinkError."""
    if mastodon.is_handle(text):
        return mastodon.NAME
    if bluesky.is_handle(handle):
        return bluesky.NAME
    if text.startswith("@"):
        return telegram.NAME
    if vk.is_numbered(handle):
        return vk.NAME
    raise LinkError("link.person" if vk.is_person(handle) else "link.no_network", {"link": text})


def _of_url(rest: str, text: str, network: str | None) -> Link:
    """A link out of an address; `rest` is the address without its scheme."""
    page = _page(rest, text)
    site = _BY_HOST.get(page.host)
    if site is None and page.host.endswith(".t.me"):
        site = telegram.SITE
    if site is None and network in {None, mastodon.NAME} and mastodon.may_be_page(page):
        site = mastodon.SITE
    if site is not None:
        return site.of_page(page)
    if network is not None and network not in SITES and page.segments:
        return Link(network, page.segments[-1].removeprefix("@").lower(), url=text)
    raise LinkError("link.unknown_host", {"link": text, "host": page.host or rest[:40]})


def _page(rest: str, text: str) -> Page:
    """An address without its scheme, taken apart. Raises LinkError where it cannot be."""
    try:
        parts = urlsplit("//" + rest)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError as error:  # a broken IPv6 address
        raise LinkError("link.unknown_host", {"link": text, "host": rest[:40]}) from error
    for prefix in _HOST_PREFIXES:
        host = host.removeprefix(prefix)
    return Page(host, segments_of(parts.path), parts.query, text)
