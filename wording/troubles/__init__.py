"""Troubles as sentences: what went wrong, and the next step; one module a network.

Each module has `TROUBLES: dict[str, tuple[str, str]]`, code -> (message, next step), both marked.
Their {placeholders} are filled from the trouble's facts, and {detail} from its detail. A code that
no module knows is told by its kind. A module may have `GONE`, the codes of accounts that are no more:
of one that is in the list the step says how to remove it, of one that is being added to look at the link.
"""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from wording.details import detail_text
from wording.tokens import easiest_kind, kinds_text
from wording.words import Words, filled, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = {
    "bluesky": "wording.troubles.bluesky",
    "instagram": "wording.troubles.instagram",
    "mastodon": "wording.troubles.mastodon",
    "vk": "wording.troubles.vk",
    "telegram": "wording.troubles.telegram",
    "ok": "wording.troubles.ok",
    "max": "wording.troubles.max",
    "youtube": "wording.troubles.youtube",
    "dzen": "wording.troubles.dzen",
    "rutube": "wording.troubles.rutube",
    "metrika": "wording.troubles.metrika",
    "http": "wording.troubles.http",
    "sync": "wording.troubles.sync",
    "registry": "wording.troubles.sync",
    "token": "wording.troubles.token",
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


#: What to do where a link leads to no account.
CHECK_LINK = mark("Check the link in a browser and add the account anew: smm account add LINK")


class Sentence(NamedTuple):
    """A trouble in words."""

    message: str
    next_step: str


#: Facts that are written differently in each language, by code.
_NUMBERS = {"sync.suspect_audience": ("was", "is")}
_MOMENTS = {"sync.token_blocked": ("until",)}


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def trouble_sentence(
    words: Words,
    kind: str,
    code: str,
    detail: str = "",
    facts: Mapping[str, str] | None = None,
    *,
    adding: bool = False,
) -> Sentence:
    """The sentence for a trouble's code, in the language of `words`.

    Where no `host` is told, the network stands for it, by its name where the fact `network` tells it.
    `adding` is for an account that is not in the list yet.
    """
    name = MODULES.get(code.partition(".")[0])
    module = import_module(name) if name else None
    table: dict[str, tuple[str, str]] = module.TROUBLES if module else {}
    message, step = table.get(code) or BY_KIND.get(kind, BY_KIND["retry"])
    if adding and (code in getattr(module, "GONE", ()) or (code not in table and kind == "skip")):
        step = CHECK_LINK
    values = _Facts(facts or {})
    values["detail"] = detail_text(words, detail) or detail or code
    for name in values.keys() & set(_NUMBERS.get(code, ())):
        values[name] = _number(words, values[name])
    if "kinds" in values:
        kinds = values["kinds"].split(", ")
        values["kinds"], values["one_kind"] = kinds_text(words, kinds), easiest_kind(kinds)
    for name in values.keys() & set(_MOMENTS.get(code, ())):
        values[name] = _moment(words, values[name])
    return Sentence(_filled(words, message, values), _filled(words, step, values))


def _filled(words: Words, message: str, values: _Facts) -> str:
    text = words.text(message)
    if "host" not in values:
        host = _host(words, values.get("network", ""))
        values = _Facts(values, host=host[:1].upper() + host[1:] if text.startswith("{host}") else host)
    return filled(text, values)


def _host(words: Words, network: str) -> str:
    """What stands for the host of a network; without its name a word for any."""
    from wording.goals import network_name

    return network_name(words, network) if network else words.text("the network's API")


def _number(words: Words, fact: str) -> str:
    """A whole number as it is written here; what is none stays as it is."""
    return words.number(int(fact)) if fact.isdecimal() else fact


def _moment(words: Words, fact: str) -> str:
    """A moment with its offset, as it is written here; what is none stays as it is."""
    try:
        moment = datetime.fromisoformat(fact)
    except ValueError:
        return fact
    return words.moment(moment, moment.tzinfo, date.min) if moment.tzinfo else fact
