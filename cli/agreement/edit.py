"""`smm agreement edit` and `swap`: the next version, and what it means for goals and hours."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cli.agreement.change import change_record, goal_steps
from cli.agreement.common import (
    needed_agreements,
    read_reason,
    save_terms,
    say_accept_step,
)
from cli.agreement.file import read_agreement
from cli.exits import Exit, UserError
from cli.pick import pick_client
from goals.agreement.diff import completed, swap_priorities
from goals.agreement.terms import Terms, lacking
from store.days import today_of
from work.agreement_change import change_of, change_text, shift_of
from work.agreement_file import typed_problems, write_agreement
from work.agreements import By, agreements_of, decided_since, is_running, written_first

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cli.context import Context
    from goals.agreement.terms import Agreement
    from goals.model import Client
    from work.agreement_change import Change

_FILE_NAME = "agreement.toml"


def run_edit(ctx: Context, args: argparse.Namespace) -> int:
    """Save the next version from the editor, or from a file. Raises UserError with every problem."""
    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = agreements_of(reader, client)
        decided = decided_since(ctx.words, reader, client, agreements, today_of(client, ctx.now()))
    if args.file is not None:
        terms = _checked(ctx, _read(ctx, args.file), args.file, _written(ctx, client, agreements))
        return _save(ctx, args, client, agreements, terms)
    _refuse_off_terminal(ctx, client)
    return _edit(ctx, args, client, agreements, decided)


def _refuse_off_terminal(ctx: Context, client: Client) -> None:
    """Refuse where an editor would wait for somebody who is not there."""
    from cli.editor import needs_terminal

    if not needs_terminal(ctx) or (sys.stdin.isatty() and ctx.stdout.isatty()):
        return
    name = shlex.quote(client.name)
    raise UserError(
        ctx.words.text("The editor needs a terminal, and there is none"),
        ctx.words.text(
            "Take the text as a file: {show}, change it, then: {edit}",
            show=f"smm agreement show {name} --toml > agreement.toml",
            edit=f"smm agreement edit {name} --file agreement.toml",
        ),
        Exit.USAGE,
    )


def _edit(
    ctx: Context,
    args: argparse.Namespace,
    client: Client,
    agreements: Sequence[Agreement],
    decided: Mapping[str, str],
) -> int:
    """The editor, again as long as its text has problems and somebody wants it."""
    from cli.editor import open_editor, private_file

    def kept(path: Path) -> str:
        command = f"smm agreement edit {shlex.quote(client.name)} --file {shlex.quote(str(path))}"
        return ctx.words.text("Your text is kept. Take it in with: {command}", command=command)

    before = agreements[-1].terms if agreements else Terms()
    written = _written(ctx, client, agreements)
    text = write_agreement(before, client.name, ctx.words, decided)
    with private_file(ctx, text, _FILE_NAME, kept) as path:
        while True:
            open_editor(ctx, path)
            try:
                terms = _checked(ctx, _read(ctx, str(path)), _FILE_NAME, written)
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


def _written(ctx: Context, client: Client, agreements: Sequence[Agreement]) -> date:
    """The day of the first version: what names no start is about no day before it."""
    return written_first(agreements, client, today_of(client, ctx.now()))


def _checked(ctx: Context, text: str, where: str, written: date) -> Terms:
    """The terms of the text. Raises UserError with every problem, one a line."""
    found = read_agreement(text, where, ctx.words)
    wrong: list[str] = []
    if isinstance(found, Terms):
        problems = typed_problems(found, ctx.words, written, ctx.now().astimezone(ctx.zone).date())
        wrong = [f"{where}: {problem.path}: {problem.text}" for problem in problems]
        if not wrong:
            return found
    else:
        wrong = [str(each) for each in found]
    raise UserError(
        "\n".join(wrong),
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
        if args.json:
            ctx.write_json({"client": client.name, "saved": False, "version": len(agreements) or None})
        ctx.say(ctx.words.text("Nothing has changed, nothing was saved"))
        return Exit.OK
    with ctx.writer() as writer:
        change = change_of(_by(ctx), writer, client, agreements, terms)
        number = save_terms(ctx, writer, client, terms, reason=read_reason(args.reason), based_on=agreements)
    _tell_saved(ctx, client, change, number, as_json=args.json)
    return Exit.OK


def _by(ctx: Context) -> By:
    return By(ctx.words, ctx.author, ctx.now())


def _tell_saved(ctx: Context, client: Client, change: Change, number: int, *, as_json: bool) -> None:
    if as_json:
        ctx.write_json({"client": client.name, "saved": True, "version": number} | change_record(ctx, change))
        return
    if change.old is not None:
        ctx.write(change_text(ctx.words, change))
    _say_saved(ctx, client, number, change.new)
    for step in goal_steps(ctx, client, change):
        ctx.say(f"→ {step}")


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
    today = today_of(client, ctx.now())
    if terms.dates.end is not None and not is_running(terms, today):
        day = ctx.words.day(terms.dates.end, today)
        ctx.say(text("The agreement ended on {day}", day=day) + ": " + text("it asks for no goals any more"))
    ctx.say("→ " + text('Send it for a yes: smm agreement print "{client}"', client=client.name))
    say_accept_step(ctx, client)


def run_swap(ctx: Context, args: argparse.Namespace) -> int:
    """Save a version with the priorities in another order, and draft what that means. Raises UserError."""
    from cli.goal.listing import bring_up

    with ctx.reader() as reader:
        bring_up(ctx, reader)
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        agreements = needed_agreements(ctx, writer, client)
        newest = agreements[-1].terms
        order = completed(args.order, len(newest.priorities))
        if _reordered(ctx, newest, order) == newest:
            if args.json:
                ctx.write_json({"client": client.name, "saved": False, "version": agreements[-1].version})
            ctx.say(ctx.words.text("The priorities stand in this order already, nothing was saved"))
            return Exit.OK
        if args.keep_amounts:
            terms, shift = _reordered(ctx, newest, order), None
        else:
            shift = shift_of(_by(ctx), writer, client, agreements, order)
            terms = shift.terms
        change = change_of(_by(ctx), writer, client, agreements, terms, shift)
        reason = read_reason(args.reason) or ctx.words.text("priorities in another order")
        number = save_terms(ctx, writer, client, terms, reason=reason, based_on=agreements)
    _tell_saved(ctx, client, change, number, as_json=args.json)
    return Exit.OK


def _reordered(ctx: Context, terms: Terms, order: list[int]) -> Terms:
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
