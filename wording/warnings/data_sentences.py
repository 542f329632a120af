"""One function for each rule about the figures themselves: its facts as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from wording.goals import metric_name, network_name
from wording.warnings.told import Told, trouble_of
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date


def _stale(told: Told) -> str:
    words = told.words
    if told.has("since"):
        since = words.text("No fresh data since {day}", day=told.day("since"))
    else:
        since = words.text("No data yet")
    n = told.number("accounts")
    whose = told.account if n == 1 else words.plural("{n} account", "{n} accounts", n)
    reason = f": {trouble_of(words, told.warning).message}" if told.has("trouble") else ""
    return f"{since} ({whose}){reason}"


def _no_figures(told: Told) -> str:
    if told.facts["hidden"]:
        return told.words.text("{goal}: the network hides this figure", goal=told.goal)
    if not told.has("since"):
        return told.words.text("{goal}: there are no figures yet", goal=told.goal)
    return told.words.text("{goal}: no fresh data since {day}", goal=told.goal, day=told.day("since"))


def _not_logged(told: Told) -> str:
    name = metric_name(told.words, str(told.facts["metric"]))
    return told.words.text("{metric}: nothing was put in since {day}", metric=name, day=told.day("since"))


def _token(told: Told) -> str:
    reason = trouble_of(told.words, told.warning).message
    return told.words.text(
        "{reason}; the figures are stale from {day} on", reason=reason, day=told.day("day")
    )


def _token_idle(told: Told) -> str:
    words, n = told.words, told.number("accounts")
    network = network_name(words, str(told.facts["network"]))
    whose = told.account if n == 1 else f"{network}, {words.plural('{n} account', '{n} accounts', n)}"
    said = mark("{accounts}: not read since {since}; unless something is collected, the token dies on {day}")
    if cast("date", told.facts["day"]) <= told.today:
        said = mark(
            "{accounts}: not read since {since}; unused for so long, the token may have died on {day}"
        )
    return words.text(said, accounts=whose, since=told.day("since"), day=told.day("day"))


def _suspect(told: Told) -> str:
    message = trouble_of(told.words, told.warning).message
    return f"{told.account}: {message[:1].lower()}{message[1:]}"


def _jump(told: Told) -> str:
    was, now = (told.words.number(told.number(name)) for name in ("was", "is"))
    return told.words.text(
        "{account}: followers jumped from {was} to {now} by {day}; until that is confirmed,"
        " chances are told without it",
        day=told.day("day"),
        account=told.account,
        was=was,
        now=now,
    )


def _stories_missed(told: Told) -> str:
    first, last = told.day("first"), told.day("last")
    return told.words.text(
        "{account}: stories of {days} were not collected, so their count is «at least so many»",
        account=told.account,
        days=first if first == last else f"{first}–{last}",
    )


#: The sentence of each rule.
DATA_SENTENCES: dict[str, Callable[[Told], str]] = {
    "stale": _stale,
    "no_figures": _no_figures,
    "not_logged": _not_logged,
    "token": _token,
    "token_idle": _token_idle,
    "suspect": _suspect,
    "jump": _jump,
    "stories_missed": _stories_missed,
}
