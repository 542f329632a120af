"""The accounts that a text links to, as a community's description does."""

from __future__ import annotations

import re

from connectors.base import Link
from connectors.links import parse_link
from connectors.links.page import LinkError

#: An address with a path, a tg: link, or `@user@host`; an e-mail address and a bare site are none.
_ADDRESS = re.compile(
    r"(?:https?://)?(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>«»\"'()\[\],;|]+"
    r"|tg://[^\s<>«»\"'()\[\],;|]+"
    r"|(?<![\w@])@[\w.-]+@[\w.-]+\w",
    re.IGNORECASE,
)


def links_in(text: str) -> list[Link]:
    """The accounts of known networks that a text links to, each once, in its order."""
    found: dict[tuple[str, str], Link] = {}
    for address in _ADDRESS.findall(text):
        try:
            link = parse_link(address.rstrip("!?:…"))
        except LinkError:
            continue
        found.setdefault((link.network, link.handle), link)
    return list(found.values())
