"""`smm agreement edit` and `swap`: the next version, and what it means for goals and hours."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cli.agreement_file import read_agreement, write_agreement
from cli.agreements import (
    agreements_of,
    needed_agreements,
    open_goals,
    read_reason,
    save_terms,
    say_accept_step,
)
from cli.exits import Exit, UserError
from cli.pick import pick_client
from goals.agreement.diff import change_draft, swap_priorities
from goals.agreement.plain import in_force
from goals.agreement.terms import Terms, lacking
from store.days import today_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from goals.agreement.terms import Agreement
    from goals.model import Client, Goal

_FILE_NAME = "agreement.toml"


def run_edit(ctx: Context, args: argparse.Namespace) -> int:
    """Save the next version from the editor, or from a file. Raises UserError with every problem."""
    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = agreements_of(reader, client)
    if args.file is not None:
        terms = _checked(ctx, _read(ctx, args.file), args.file)
        return _save(ctx, args, client, agreements, terms)
    return _edit(ctx, args, client, agreements)


def _edit(ctx: Context, args: argparse.Namespace, client: Client, agreements: Sequence[Agreement]) -> int:
    """The editor, again as long as its text has problems and somebody wants it."""
    from cli.editor import open_editor, private_file

    def kept(path: Path) -> str:
        command = f"smm agreement edit {shlex.quote(client.name)} --file {shlex.quote(str(path))}"
        return ctx.words.text("Your text is kept. Take it in with: {command}", command=command)

    before = agreements[-1].terms if agreements else Terms()
    with private_file(ctx, write_agreement(before, client.name, ctx.words), _FILE_NAME, kept) as path:
        while True:
            open_editor(ctx, path)
            try:
                terms = _checked(ctx, _read(ctx, str(path)), _FILE_NAME)
            except UserError as error:
                if not _again(ctx, error):
                    raise
            else:
                return _save(ctx, args, client, agreements, terms)


def _again(ctx: Context, error: UserError) -> bool:
    """Tell what is wrong and ask whether the editor shall open once more; nobody is asked off a terminal."""
    from cli.ask import asked, can_ask

    if not can_ask(ctx):
        return False
    ctx.say(error.message)
    return asked(ctx, ctx.words.text("Open the editor again?"), default=True)


def _read(ctx: Context, name: str) -> str:
    """The text of a file, or of standard input where it is called `-`."""
    from wording.details import os_detail

    text = ctx.words.text
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()
    except OSError as error:
        raise UserError(
            text("The file cannot be read: {path} ({detail})", path=name, detail=os_detail(ctx.words, error)),
            text("Name another one: --file FILE"),
            Exit.USAGE,
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError(
            text("The text is not UTF-8: {path}, line {line}", path=name, line=line),
            text("Save it as UTF-8 and repeat the command"),
            Exit.USAGE,
        ) from error


def _checked(ctx: Context, text: str, where: str) -> Terms:
    """The terms of the text. Raises UserError with every problem, one a line."""
    found = read_agreement(text, where, ctx.words)
    if isinstance(found, Terms):
        return found
    raise UserError(
        "\n".join(map(str, found)),
        ctx.words.text("Nothing was saved. Mend this and repeat the command"),
        Exit.USAGE,
    )


def _save(
    ctx: Context,
    args: argparse.Namespace,
    client: Client,
    agreements: Sequence[Agreement],
    terms: Terms,
) -> int:
    if terms == (agreements[-1].terms if agreements else Terms()):
        ctx.say(ctx.words.text("Nothing has changed, nothing was saved"))
        return Exit.OK
    with ctx.writer() as writer:
        today = today_of(client, ctx.now())
        goals = open_goals(writer, client, today)
        number = save_terms(ctx, writer, client, terms, reason=read_reason(args.reason), based_on=agreements)
    if agreements:
        _write_change(ctx, in_force(agreements).terms, terms, goals, today)
    _say_saved(ctx, client, number, terms)
    return Exit.OK


def _write_change(ctx: Context, old: Terms, new: Terms, goals: list[Goal], today: date) -> None:
    """What is taken off and added, the goals that this touches and the hours: for the client's yes."""
    from wording.agreements.draft import draft_text

    ctx.write(draft_text(ctx.words, change_draft(old, new, goals, today), old, new).rstrip("\n"))


def _say_saved(ctx: Context, client: Client, number: int, terms: Terms) -> None:
    text = ctx.words.text
    ctx.say(text("Saved: version {n} of the agreement with «{client}»", n=number, client=client.name))
    empty = len(lacking(terms))
    if empty:
        ctx.say(
            ctx.words.plural(
                "{n} thing that an agreement needs is not said yet: smm agreement show",
                "{n} things that an agreement needs are not said yet: smm agreement show",
                empty,
            )
        )
    ctx.say("→ " + text('Send it for a yes: smm agreement print "{client}"', client=client.name))
    say_accept_step(ctx, client)


def run_swap(ctx: Context, args: argparse.Namespace) -> int:
    """Save a version with the priorities in another order, and draft what that means. Raises UserError."""
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        agreements = needed_agreements(ctx, writer, client)
        newest = agreements[-1].terms
        terms = _swapped(ctx, newest, args.order)
        if terms == newest:
            ctx.say(ctx.words.text("The priorities stand in this order already, nothing was saved"))
            return Exit.OK
        today = today_of(client, ctx.now())
        goals = open_goals(writer, client, today)
        reason = read_reason(args.reason) or ctx.words.text("priorities in another order")
        number = save_terms(ctx, writer, client, terms, reason=reason, based_on=agreements)
    _write_change(ctx, in_force(agreements).terms, terms, goals, today)
    _say_saved(ctx, client, number, terms)
    return Exit.OK


def _swapped(ctx: Context, terms: Terms, order: list[int]) -> Terms:
    try:
        return swap_priorities(terms, order)
    except ValueError as error:
        text, count = ctx.words.text, len(terms.priorities)
        if count < 2:
            raise UserError(
                text("The agreement names fewer than two priorities"),
                text("Add one: smm agreement edit"),
            ) from error
        raise UserError(
            text("Name each priority once by its place, from 1 to {n}", n=count),
            text(
                "For example: smm agreement swap CLIENT {order}",
                order=" ".join(map(str, range(count, 0, -1))),
            ),
            Exit.USAGE,
        ) from error
