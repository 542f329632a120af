"""Links of Bluesky: an account by its handle, which is a domain, or by its did."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "bluesky"

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE = re.compile(rf"(?=.{{3,253}}$){_LABEL}(?:\.{_LABEL})*\.[a-z][a-z0-9-]*")
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{3,253})")
_RECORD = re.compile(r"[A-Za-z0-9._~:-]{1,512}")
#: A handle without a domain is one of the network's own.
_OWN = ".bsky.social"


def is_handle(text: str) -> bool:
    """Whether a text can only be a handle of the network's own."""
    return text.endswith(_OWN) and _HANDLE.fullmatch(text) is not None


def _url(handle: str, network_id: str | None) -> str:
    name = handle or network_id
    return f"https://bsky.app/profile/{name}" if name else ""


def _of_handle(handle: str, text: str) -> Link:
    handle = handle.lower()
    if _DID.fullmatch(handle):
        return Link(NAME, handle, handle, _url(handle, None))
    if "." not in handle:
        handle += _OWN
    if not _HANDLE.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    handle = page.after("profile")
    if handle is None:
        raise page.error("link.not_account")
    return _of_handle(handle.removeprefix("@"), page.text)


def _post_of(page: Page) -> str | None:
    record = page.after("post")
    return record if record and _RECORD.fullmatch(record) else None


SITE = Site(NAME, frozenset({"bsky.app"}), _of_page, _of_handle, _url, _post_of)
