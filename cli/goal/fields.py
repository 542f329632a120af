"""What single options of `smm goal` say of a client: which priority, which scope, what for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cli.amounts import read_choice, read_day
from cli.exits import Exit, UserError
from cli.pick import Named, pick, pick_account
from connectors.clean import clean
from goals import phrase
from wording import typed
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from store.contract import Reader
    from wording.words import Words

PRIORITY = Named(
    mark("The client has no priority «{name}»"),
    mark("Several priorities fit «{name}»: {found}"),
    mark("See the priorities: smm agreement show"),
)
#: How one says that a goal is to have none of something.
_NOTHING = frozenset({"", "none", "нет", "-", "—"})
#: What makes of a bare phrase a clause that says what for.
_CONJUNCTION = re.compile(r"^(?:чтобы|для|ради|so that|in order to|to|for)\b", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_CLAUSES = ("{text}", "чтобы {text}", "для {text}", "so that {text}", "to {text}")


def is_nothing(text: str) -> bool:
    """Whether a value takes something away: `none`, «нет», an empty text."""
    return text.strip().casefold() in _NOTHING


def read_priority(ctx: Context, reader: Reader, client: Client, text: str) -> int | None:
    """The rank of the priority that was named by its rank or a part of its words; None for `none`.

    Raises:
        UserError: the client has no such priority, or several fit.
    """
    from store.evidence import terms_in_force

    if is_nothing(text):
        return None
    words, number = ctx.words, text.strip().removeprefix("#")
    terms = terms_in_force(reader, client.id)
    names = [clean(line.text) for line in terms.priorities] if terms else []
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(names):
        return int(number)
    if not names or number.isdigit():
        raise UserError(
            words.text("The client has no priority {n}", n=text),
            words.text("Write the priorities down: smm agreement edit {client}", client=f'"{client.name}"'),
            Exit.USAGE,
        )
    ranked = list(enumerate(names, 1))
    return pick(ranked, text, lambda one: [one[1]], lambda one: f"{one[0]} {one[1]}", PRIORITY, words)[0]


def read_scope(ctx: Context, reader: Reader, client: Client, args: argparse.Namespace) -> dict[str, Any]:
    """The network and account that the options name, as fields of a goal; empty where they name none.

    `none` is every account of the client. Raises UserError.
    """
    if args.account is not None:
        if is_nothing(args.account):
            return {"account_id": None}
        account = pick_account(reader, args.account, ctx.words, client=client.id)
        return {"network": account.network, "account_id": account.id}
    if args.network is None:
        return {}
    network = None if is_nothing(args.network) else known_network(ctx.words, reader, args.network)
    return {"network": network, "account_id": None}


def known_network(words: Words, reader: Reader, network: str | None) -> str | None:
    """The network of this name, None for none. Raises UserError for one that nobody knows."""
    if network is None:
        return None
    from goals.phrase.vocabulary import network_called
    from wording.goals import NETWORKS

    used = {account.network for account in reader.accounts()}
    called = network_called(network)
    network = called if called in NETWORKS else network
    return read_choice(words, network, sorted({*NETWORKS, *used} - {"manual"}), words.text("The network"))


def read_deadline(words: Words, text: str, today: date, start: date | None = None) -> date:
    """The last day as one types or says it: `31.12`, `2026-12-31`, «к концу декабря», «через 2 недели».

    Args:
        words: the language of the error.
        text: what was typed.
        today: the client's local day.
        start: the first day of the goal, where it is still to come.

    Raises:
        UserError: there is no such day, or it has just passed and no year was named (exit code 2).
    """
    after = max(start or today, today)
    nearest = typed.read_day(text, today)
    if nearest is None:
        spoken = None if typed.missing_day(text, today, after=after) else phrase.read_day(clean(text), today)
        return spoken or read_day(words, text, today, after=after)
    found = read_day(words, text, today, after=after)
    if found != nearest and nearest < today:
        raise UserError(
            words.text("{day} has passed", day=words.day(nearest, today)),
            words.text("Name a later day, or the year: {day}", day=f"{found:%d.%m.%Y}"),
            Exit.USAGE,
        )
    return found


def purpose_of(line: str, today: date) -> str | None:
    """The clause of a line that says what for: «чтобы распродать партию»."""
    return phrase.read(line, today)[0].draft.purpose if line else None


def read_purpose(words: Words, text: str, today: date) -> str:
    """What a goal is for, as a clause that is understood again. Raises UserError for what says nothing."""
    said = clean(text)
    says_something = any(char.isalnum() for char in _CONJUNCTION.sub("", said))
    for clause in _CLAUSES if says_something else ():
        whole = clause.format(text=said)
        if purpose_of(f"1 пост {whole}", today):
            return whole
    example = words.text("to sell the old batch")
    raise UserError(
        words.text("«{text}» does not say what for", text=said),
        words.text('Say it like this: --purpose "{example}"', example=example),
        Exit.USAGE,
    )


def given_of(line: str, today: date) -> str | None:
    """The clause of a line that says what is given for the goal: «на это даём 10 часов в неделю»."""
    return phrase.read(line, today)[0].draft.given if line else None


def read_given(words: Words, text: str, today: date) -> str:
    """What is given for a goal, as a clause that is understood again. Raises UserError for nothing said."""
    said = clean(text)
    clause = "на это даём {text}" if _CYRILLIC.search(said) else "for this we give {text}"
    for whole in (said, clause.format(text=said)) if said and "…" not in said else ():
        if given_of(f"1 пост, {whole}", today) == whole:
            return whole
    raise UserError(
        words.text("«{text}» does not say what is given for the goal", text=said),
        words.text('Say it like this: --given "{example}"', example=words.text("10 hours a week")),
        Exit.USAGE,
    )


def with_given(line: str, given: str, today: date) -> str:
    """The line as it was said with another clause of what is given."""
    before = given_of(line, today)
    if before and before in line:
        return line.replace(before, given)
    return f"{line}, {given}" if line else given


def with_purpose(line: str, purpose: str, today: date) -> str:
    """The line as it was said with another purpose, which is all of a line that was never said."""
    before = purpose_of(line, today)
    if before and before in line:
        return line.replace(before, purpose)
    return f"{line}, {purpose}" if line else purpose
