"""Agreements as commands use them: their versions, the goals on their lines, and what a new one changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import UserError
from connectors.clean import TEXT_LIMIT, clean
from goals.model import ClientKind
from store.errors import ConflictError
from work.agreements import By, agreements_of
from work.agreements import save_terms as save_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.context import Context
    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client
    from store.contract import Reader, Writer
    from work.agreements import Match


def needed_agreements(ctx: Context, reader: Reader, client: Client) -> list[Agreement]:
    """The versions of a client's agreement, oldest first. Raises UserError where there is none."""
    found = agreements_of(reader, client)
    if not found and client.kind is ClientKind.SELF:
        raise UserError(
            ctx.words.text("There is no agreement with yourself: your own goals need none"),
            ctx.words.text('Your goals of the next month: smm renew "{client}"', client=client.name),
        )
    if not found:
        raise UserError(
            ctx.words.text("There is no agreement with «{client}» yet", client=client.name),
            ctx.words.text('Write it down: smm agreement edit "{client}"', client=client.name),
        )
    return found


def version_of(
    ctx: Context, agreements: Sequence[Agreement], number: int | None, client: Client
) -> Agreement:
    """The version of this number, the newest one where none is named. Raises UserError."""
    if number is None:
        return agreements[-1]
    found = next((each for each in agreements if each.version == number), None)
    if found is None:
        raise UserError(
            ctx.words.text("The agreement has no version {n}", n=number),
            ctx.words.text('See the versions: smm agreement history "{client}"', client=client.name),
        )
    return found


def goals_text(ctx: Context, ids: Sequence[int]) -> str:
    """The numbers of goals in words: «цель 3», «цели 3, 4», «цели нет»."""
    from work import agreements

    return agreements.goals_text(ctx.words, ids)


def matcher(ctx: Context) -> Match:
    """What looks the posts through for topics that are new."""

    def match(writer: Writer) -> int:
        from cli.topic.topics import match_new

        return match_new(writer, ctx.now())

    return match


def read_reason(typed: str | None) -> str:
    """Why something changes, on one line."""
    return clean(typed or "", TEXT_LIMIT)


def save_terms(
    ctx: Context, writer: Writer, client: Client, terms: Terms, *, reason: str, based_on: Sequence[Agreement]
) -> int:
    """Save the terms as the next version of the versions they were made from, and give its number.

    As long as the client has accepted none, the newest version holds, and open goals follow it; what he
    said yes to himself stays.

    Raises:
        UserError: somebody saved a newer version meanwhile.
    """
    by = By(ctx.words, ctx.author, ctx.now())
    try:
        return save_version(by, writer, client, terms, reason=reason, based_on=based_on, match=matcher(ctx))
    except ConflictError as error:
        raise UserError(
            ctx.words.text(
                "{author} has saved a newer version of this agreement meanwhile; nothing was written",
                author=error.author,
            ),
            ctx.words.text('See it: smm agreement show "{client}"', client=client.name),
        ) from error


def say_standing(ctx: Context, agreement: Agreement, client: Client, *, newer: bool) -> None:
    """Say by which version the goals are, and what its client's yes is worth."""
    text = ctx.words.text
    if agreement.acceptance is None:
        ctx.say(
            text("The client has not said yes to version {n} yet: its goals wait for it", n=agreement.version)
        )
        say_accept_step(ctx, client)
    elif newer:
        ctx.say(
            text("Version {n} holds: the client has not said yes to the newer one yet", n=agreement.version)
        )


def say_accept_step(ctx: Context, client: Client) -> None:
    """Say how the client's yes is noted."""
    step = ctx.words.text(
        'When the client says yes: smm agreement accept "{client}" --by NAME --on DAY', client=client.name
    )
    ctx.say(f"→ {step}")
