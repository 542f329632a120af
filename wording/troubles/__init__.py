"""Troubles as sentences: what went wrong, and the next step; one module a network.

Each module has `TROUBLES: dict[str, tuple[str, str]]`, code -> (message, next step), both marked.
Their {placeholders} are filled from the trouble's facts, and {detail} from its detail. A code that
no module knows is told by its kind.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from wording.words import Words, filled, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = {
    "vk": "wording.troubles.vk",
    "telegram": "wording.troubles.telegram",
    "http": "wording.troubles.http",
    "sync": "wording.troubles.sync",
    "registry": "wording.troubles.sync",
    "file": "wording.troubles.file",
    "link": "wording.troubles.link",
}

BY_KIND: dict[str, tuple[str, str]] = {
    "auth": (
        mark("The network refused the token: {detail}"),
        mark("Check it with: smm token check"),
    ),
    "retry": (
        mark("The network did not answer properly: {detail}"),
        mark("Nothing to do: the next sync tries again"),
    ),
    "skip": (
        mark("The network gives nothing here: {detail}"),
        mark("If the account is no longer needed: smm account remove"),
    ),
    "config": (
        mark("A setting is wrong: {detail}"),
        mark("Check the settings with: smm doctor"),
    ),
}


class Sentence(NamedTuple):
    """A trouble in words."""

    message: str
    next_step: str


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def trouble_sentence(
    words: Words, kind: str, code: str, detail: str = "", facts: Mapping[str, str] | None = None
) -> Sentence:
    """The sentence for a trouble's code, in the language of `words`."""
    module = MODULES.get(code.partition(".")[0])
    table: dict[str, tuple[str, str]] = import_module(module).TROUBLES if module else {}
    message, step = table.get(code) or BY_KIND.get(kind, BY_KIND["retry"])
    values = _Facts({**(facts or {}), "detail": detail or code})
    return Sentence(filled(words.text(message), values), filled(words.text(step), values))
