"""Links of VK: a community by its short name or by `club<id>`."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site

NAME = "vk"

_ID = re.compile(r"^(?:club|public|event)([1-9][0-9]{0,15})$")
#: Such names VK keeps for itself, so that one whose number is none belongs to nobody.
_NUMBERED = re.compile(r"^(?:club|public|event)[0-9]+$")
_PERSON = re.compile(r"^id[0-9]+$")
_SHORT_NAME = re.compile(r"^(?=.*[a-z])[a-z0-9_.]{2,32}$")
_OBJECT = re.compile(r"^([a-z]+)(-?)([1-9][0-9]{0,15})(?:_([0-9]+))?(?:[^0-9a-z].*)?$")
_OBJECTS = frozenset(
    {"wall", "topic", "album", "photo", "video", "clip", "market", "story", "board", "docs", "audios",
     "videos"}
)  # fmt: skip
_PAGES = frozenset(
    {"feed", "im", "al_feed.php", "groups", "friends", "login", "search", "settings", "apps",
     "about", "video", "audio", "market", "clips", "stories", "photos", "docs", "support",
     "away.php", "share.php", "dev", "ads"}
)  # fmt: skip


def is_numbered(handle: str) -> bool:
    """Whether a bare word can only be a community of VK."""
    return _ID.match(handle) is not None


def is_person(handle: str) -> bool:
    """Whether a bare word can only be a person of VK."""
    return _PERSON.match(handle) is not None


def _url(handle: str, network_id: str | None) -> str:
    return f"https://vk.com/{handle or f'club{network_id}'}"


def _of_handle(handle: str, text: str) -> Link:
    numbered = _ID.match(handle)
    if numbered:
        handle = f"club{numbered[1]}"
        return Link(NAME, handle, numbered[1], _url(handle, None))
    if _PERSON.match(handle):
        raise LinkError("link.person", {"link": text})
    if handle in _PAGES:
        raise LinkError("link.not_account", {"link": text})
    if _NUMBERED.match(handle) or not _SHORT_NAME.match(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, None, _url(handle, None))


def _of_page(page: Page) -> Link:
    for opened in parse_qs(page.query).get("w", []):
        if _OBJECT.match(opened.lower()):
            return _of_object(opened.lower(), page) or _page_name(page)
    return _of_object(page.first.lower(), page) or _page_name(page)


def _page_name(page: Page) -> Link:
    name = page.first.lower()
    if name.startswith("@"):  # an article: vk.com/@name-title
        name = name[1:].partition("-")[0]
    return _of_handle(name, page.text)


def _of_object(name: str, page: Page) -> Link | None:
    """The community that owns a wall post, a photo and the like; None where `name` is none of them."""
    found = _OBJECT.match(name)
    if found is None or found[1] not in _OBJECTS or not (found[2] or found[4]):
        return None
    if not found[2]:
        raise page.error("link.person")
    return _of_handle(f"club{found[3]}", page.text)


def _post_of(page: Page) -> str | None:
    for piece in [*(segment.lower() for segment in page.segments), *parse_qs(page.query).get("w", [])]:
        found = _OBJECT.match(piece)
        if found and found[1] == "wall" and found[4]:
            return found[4]
    return None


SITE = Site(
    NAME, frozenset({"vk.com", "vk.ru", "vkontakte.ru", "vk.me"}), _of_page, _of_handle, _url, _post_of
)
