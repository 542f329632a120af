"""What a link is taken apart into, and how one fails. Pure: standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from connectors.base import ConnectorError, Link, Trouble, TroubleKind
from connectors.clean import clean

_SHOWN_LENGTH = 80


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


@dataclass(frozen=True, slots=True)
class Page:
    """An address taken apart: `host` in lower case without `www.` and `m.`, `text` is what was pasted."""

    host: str
    segments: tuple[str, ...]
    query: str
    text: str

    @property
    def first(self) -> str:
        """The first segment as it is written. Raises LinkError where there is none."""
        if not self.segments:
            raise self.error("link.not_account")
        return self.segments[0]

    def asked(self, name: str) -> str:
        """The first value of a parameter, empty for none."""
        return parse_qs(self.query).get(name, [""])[0]

    def after(self, *names: str) -> str | None:
        """The segment that follows one of these names; None where there is none."""
        for name, following in zip(self.segments, self.segments[1:], strict=False):
            if name.lower() in names:
                return following
        return None

    def error(self, code: str) -> LinkError:
        """The mistake with what was pasted."""
        return LinkError(code, {"link": self.text})


@dataclass(frozen=True, slots=True)
class Site:
    """How the addresses of one network are read and made.

    `of_page` reads a page of its hosts, `of_handle` a name (without @) beside which the network is
    said; both raise LinkError. `url` makes an account's address of its handle and the network's id.
    `post_of` is the id that the network's connector gives the post of a page; None where the page is no
    post. A post whose address does not name its account has an account with an empty handle.
    """

    network: str
    hosts: frozenset[str]
    of_page: Callable[[Page], Link]
    of_handle: Callable[[str, str], Link]
    url: Callable[[str, str | None], str]
    post_of: Callable[[Page], str | None]


def segments_of(path: str) -> tuple[str, ...]:
    """The parts of a path, decoded, without empty ones."""
    return tuple(unquote(segment).strip() for segment in path.split("/") if segment.strip())


def named(site: str, pattern: re.Pattern[str], handle: str, text: str, url: str) -> Link:
    """The account of a handle that must fit a pattern. Raises LinkError `link.bad_handle`."""
    if not pattern.fullmatch(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(site, handle, None, url)


def number_of(text: str | None) -> str | None:
    """A positive number without leading zeros, as text; None for anything else."""
    return text if text and re.fullmatch(r"[1-9][0-9]{0,19}", text) else None
