"""A run in sentences: how it went, and what failed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from wording.goals import metric_name
from wording.words import Words, mark

#: Why a network gives no figure.
GAP_REASONS = {
    "hidden": mark("the network hides it"),
    "currency": mark("it is in another currency"),
    "not_collected": mark("it was not collected in time"),
}

#: What there is to say of a sync on the demo, wherever it is asked for.
DEMO = mark("These clients are made up: there is nothing to update")

#: How many accounts one line names.
_NAMED = 3


class Failure(NamedTuple):
    """One account that could not be read whole: its name, and the trouble in words."""

    account: str
    message: str
    next_step: str


def failure_lines(words: Words, failures: Iterable[Failure]) -> list[str]:
    """A line for each account, and one line for a trouble that many accounts have in common."""
    together: dict[tuple[str, str], list[str]] = {}
    for account, message, next_step in failures:
        together.setdefault((message, next_step), []).append(account)
    return [
        f"{_accounts(words, accounts)}: {message}. → {next_step}"
        for (message, next_step), accounts in together.items()
    ]


def _accounts(words: Words, accounts: Sequence[str]) -> str:
    if len(accounts) == 1:
        return accounts[0]
    count = words.plural("{n} account", "{n} accounts", len(accounts))
    rest = "…" if len(accounts) > _NAMED else ""
    return f"{count} ({'; '.join(accounts[:_NAMED])}{rest})"


def still_closed(words: Words, accounts: int) -> str:
    """One line for accounts that are still not read whole, of which an earlier run has told all."""
    return words.plural(
        "{n} account is still not read whole, as told before. → smm doctor",
        "{n} accounts are still not read whole, as told before. → smm doctor",
        accounts,
    )


def gap_phrase(words: Words, metric: str, reason: str, days: Collection[date], today: date) -> str:
    """A figure's missing days: «истории — 3 дня, последний 05.11 (сбор шёл слишком редко)»."""
    told = GAP_REASONS.get(reason)
    return words.plural(
        "{metric}: {n} day, {last} ({reason})",
        "{metric}: {n} days, the last {last} ({reason})",
        len(days),
        metric=metric_name(words, metric),
        last=words.day(max(days), today),
        reason=words.text(told) if told else reason,
    )


def summary(words: Words, *, accounts: int, readings: int, posts: int, seconds: float) -> str:
    """One line for a person after a run."""
    parts = (
        words.plural("{n} account", "{n} accounts", accounts),
        words.plural("{n} new figure", "{n} new figures", readings),
        words.plural("{n} new or changed post", "{n} new or changed posts", posts),
    )
    return words.text(
        "Collected: {parts}, in {n} s",
        parts=", ".join(parts),
        n=words.number(seconds, 1 if seconds < 10 else 0),
    )
