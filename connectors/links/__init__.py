"""What a pasted link or @handle names. Pure: no network, standard library only.

`parse_link` understands every form in which people copy an account, `split_post_link` the address of
one post, `account_url` goes back. An account of VK is named by its short name or by `club<id>`, a
Telegram channel by its username; both in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.base import ConnectorError, Link, Trouble, TroubleKind
from connectors.clean import clean

VK = "vk"
TELEGRAM = "telegram"

_MAX_LENGTH = 500
_SHOWN_LENGTH = 80
_STUCK = " <>«»\"'()[],;"
_VK_HOSTS = frozenset({"vk.com", "vk.ru", "vkontakte.ru", "vk.me"})
_TELEGRAM_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_HOST_PREFIXES = ("www.", "m.")

_SCHEME = re.compile(r"^(https?|tg):(?://)?", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(r"^[^/?#\s@]+\.[^/?#\s@.]{2,}(?::\d+)?(?:[/?#]|$)")
_VK_ID = re.compile(r"^(?:club|public|event)([1-9][0-9]{0,15})$")
#: Such names VK keeps for itself, so that one whose number is none belongs to nobody.
_VK_NUMBERED = re.compile(r"^(?:club|public|event)[0-9]+$")
_VK_PERSON = re.compile(r"^id[0-9]+$")
_VK_NAME = re.compile(r"^(?=.*[a-z])[a-z0-9_.]{2,32}$")
_VK_OBJECT = re.compile(r"^([a-z]+)(-?)([1-9][0-9]{0,15})(?:_([0-9]+))?(?:[^0-9a-z].*)?$")
_VK_OBJECTS = frozenset(
    {
        "wall",
        "topic",
        "album",
        "photo",
        "video",
        "clip",
        "market",
        "story",
        "board",
        "docs",
        "audios",
        "videos",
    }
)
_VK_PAGES = frozenset(
    {"feed", "im", "al_feed.php", "groups", "friends", "login", "search", "settings", "apps",
     "about", "video", "audio", "market", "clips", "stories", "photos", "docs", "support",
     "away.php", "share.php", "dev", "ads"}
)  # fmt: skip
_TELEGRAM_NAME = re.compile(r"^[a-z][a-z0-9_]{3,31}$")
_TELEGRAM_PAGES = frozenset(
    {"addstickers", "addemoji", "addtheme", "addlist", "share", "proxy", "socks", "iv", "login",
     "setlanguage", "bg", "invoice", "confirmphone", "msg", "boost", "giftcode", "contact", "m",
     "a", "k", "nft"}
)  # fmt: skip


class LinkError(ConnectorError):
    """The text names no account; `code` is one of `link.*`, `facts` fill its sentence."""

    def __init__(self, code: str, facts: Mapping[str, str] | None = None) -> None:
        shown = {name: clean(fact, _SHOWN_LENGTH) for name, fact in (facts or {}).items()}
        super().__init__(Trouble(TroubleKind.CONFIG, code, facts=shown))

    @property
    def code(self) -> str:
        """Which kind of mistake it is."""
        return self.trouble.code

    @property
    def facts(self) -> Mapping[str, str]:
        """What fills the sentence: `link`, and `host` or `network` where they matter."""
        return self.trouble.facts


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
    text = _trimmed(text)
    scheme, rest = _without_scheme(text)
    if scheme == "tg":
        link = _of_tg_scheme(rest, text)
    elif scheme:
        link = _of_url(rest, text, network)
    elif _LOOKS_LIKE_HOST.match(text) and not _is_bare_vk_name(text, network):
        link = _of_url(text, text, network)
    else:
        link = _of_handle(text, network)
    if network is not None and link.network != network:
        raise LinkError("link.other_network", {"link": text, "network": link.network, "asked": network})
    return link


def account_url(network: str, handle: str, network_id: str | None = None) -> str:
    """The address at which a person sees the account; empty where the network is not known here."""
    if network == VK:
        return f"https://vk.com/{handle or f'club{network_id}'}"
    if network == TELEGRAM and handle:
        return f"https://t.me/{handle}"
    return ""


def split_post_link(text: str) -> tuple[Link, str]:
    """Read the address of one post: its account, and the post's id within the account.

    Raises:
        LinkError: `link.not_post` where it names no post, or what `parse_link` raises.
    """
    text = _trimmed(text)
    link = parse_link(text)
    scheme, rest = _without_scheme(text)
    parts = urlsplit("//" + rest)
    segments = _segments(parts.path)
    if link.network == VK:
        pieces = [*(segment.lower() for segment in segments), *parse_qs(parts.query).get("w", [])]
        for piece in pieces:
            found = _VK_OBJECT.match(piece)
            if found and found[1] == "wall" and found[4]:
                return link, found[4]
    elif scheme == "tg":
        post = parse_qs(parts.query).get("post", [""])[0]
        if post.isascii() and post.isdigit():
            return link, post
    elif segments and segments[-1].isascii() and segments[-1].isdigit():
        return link, segments[-1]
    raise LinkError("link.not_post", {"link": text})


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


def may_be_of(link: Link, network: str, handle: str, network_id: str | None) -> bool:
    """Whether a link may lead to an account; what the network has not told yet speaks against nothing."""
    if network != link.network:
        return False
    if handle.casefold() == link.handle.casefold():
        return True
    if link.network_id is None:
        return False
    is_number = handle.removeprefix("club").isdigit()
    return link.network_id == network_id if network_id else not is_number


def _segments(path: str) -> list[str]:
    return [unquote(segment).strip() for segment in path.split("/") if segment.strip()]


def _is_bare_vk_name(text: str, network: str | None) -> bool:
    """Whether a word with a dot is a short name of VK rather than a host: `kofe.zerno` when VK is meant."""
    hosts = tuple(_VK_HOSTS | _TELEGRAM_HOSTS)
    return network == VK and "/" not in text and not text.lower().endswith(hosts)


def _of_handle(text: str, network: str | None) -> Link:
    """A link out of `@x`, `club123` or a bare word."""
    handle = text.removeprefix("@").rstrip("/").lower()
    if text.startswith("@") and network is None:
        network = TELEGRAM
    if network is None:
        if _VK_ID.match(handle):
            network = VK
        elif _VK_PERSON.match(handle):
            raise LinkError("link.person", {"link": text})
        else:
            raise LinkError("link.no_network", {"link": text})
    if network == VK:
        return _vk(handle, text)
    if network == TELEGRAM:
        return _telegram(handle, text)
    if not handle or re.search(r"\s", handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(network, handle)


def _of_url(rest: str, text: str, network: str | None) -> Link:
    """A link out of an address; `rest` is the address without its scheme."""
    try:
        parts = urlsplit("//" + rest)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError as error:  # a broken IPv6 address
        raise LinkError("link.unknown_host", {"link": text, "host": rest[:40]}) from error
    site = host
    for prefix in _HOST_PREFIXES:
        site = site.removeprefix(prefix)
    segments = _segments(parts.path)
    if site in _VK_HOSTS:
        return _of_vk_page(segments, parts.query, text)
    if site in _TELEGRAM_HOSTS:
        return _of_telegram_page(segments, text)
    if host.endswith(".t.me"):
        return _telegram(host.removesuffix(".t.me"), text)
    if network is not None and network not in {VK, TELEGRAM} and segments:
        return Link(network, segments[-1].removeprefix("@").lower(), url=text)
    raise LinkError("link.unknown_host", {"link": text, "host": host or rest[:40]})


def _of_vk_page(segments: list[str], query: str, text: str) -> Link:
    for opened in parse_qs(query).get("w", []):
        if _VK_OBJECT.match(opened.lower()):
            return _of_vk_object(opened.lower(), text) or _vk_page_name(segments, text)
    if not segments:
        raise LinkError("link.not_account", {"link": text})
    return _of_vk_object(segments[0].lower(), text) or _vk_page_name(segments, text)


def _vk_page_name(segments: list[str], text: str) -> Link:
    if not segments:
        raise LinkError("link.not_account", {"link": text})
    name = segments[0].lower()
    if name.startswith("@"):  # an article: vk.com/@name-title
        name = name[1:].partition("-")[0]
    return _vk(name, text)


def _of_vk_object(name: str, text: str) -> Link | None:
    """The community that owns a wall post, a photo and the like; None where `name` is none of them."""
    found = _VK_OBJECT.match(name)
    if found is None or found[1] not in _VK_OBJECTS or not (found[2] or found[4]):
        return None
    if not found[2]:
        raise LinkError("link.person", {"link": text})
    return _vk(f"club{found[3]}", text)


def _vk(handle: str, text: str) -> Link:
    numbered = _VK_ID.match(handle)
    if numbered:
        handle = f"club{numbered[1]}"
        return Link(VK, handle, numbered[1], account_url(VK, handle))
    if _VK_PERSON.match(handle):
        raise LinkError("link.person", {"link": text})
    if handle in _VK_PAGES:
        raise LinkError("link.not_account", {"link": text})
    if _VK_NUMBERED.match(handle) or not _VK_NAME.match(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(VK, handle, None, account_url(VK, handle))


def _of_telegram_page(segments: list[str], text: str) -> Link:
    if segments and segments[0].lower() == "s":
        segments = segments[1:]
    if not segments:
        raise LinkError("link.not_account", {"link": text})
    name = segments[0].lower()
    if name in {"joinchat", "c"} or name.startswith("+"):
        raise LinkError("link.private", {"link": text})
    return _telegram(name.removeprefix("@"), text)


def _of_tg_scheme(rest: str, text: str) -> Link:
    action, _, query = rest.partition("?")
    action = action.strip("/").lower()
    domain = parse_qs(query).get("domain", [""])[0]
    if action in {"join", "privatepost"}:
        raise LinkError("link.private", {"link": text})
    if action != "resolve" or not domain:
        raise LinkError("link.not_account", {"link": text})
    return _telegram(domain.lower(), text)


def _telegram(handle: str, text: str) -> Link:
    if handle in _TELEGRAM_PAGES:
        raise LinkError("link.not_account", {"link": text})
    if not _TELEGRAM_NAME.match(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(TELEGRAM, handle, None, account_url(TELEGRAM, handle))
