"""The kinds of tokens in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

KINDS = {
    "service": mark("a service key"),
    "community": mark("a community key"),
    "user": mark("a user token"),
    "bot": mark("a bot token"),
    "key": mark("an API key"),
    "oauth": mark("an OAuth token"),
}


def kinds_text(words: Words, kinds: Iterable[str]) -> str:
    """Which kinds would do: «ключ сообщества или токен пользователя»; a kind of a plug-in stays as it is."""
    return words.text(" or ").join(words.text(KINDS[kind]) if kind in KINDS else kind for kind in kinds)


def easiest_kind(kinds: Sequence[str]) -> str:
    """The one of several kinds that a next step names: the service key where it is among them."""
    return "service" if "service" in kinds else kinds[0]
