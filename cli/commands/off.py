"""`smm off A..B|list|remove ID`: days without work, for one client or for all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from goals.records import DayOff

#: A day without a year further back than this is meant to be ahead.
_LATELY = timedelta(days=31)
#: A longer span whose end names no year has its days the wrong way round.
_LONGEST = timedelta(days=183)
_YEAR = re.compile(r"\d{4}")

HELP = mark("days off, which pace leaves out")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument(
        "days", metavar="DAY..DAY|list|remove", help=text("the first and last day, one day, or an action")
    )
    parser.add_argument("number", metavar="ID", nargs="?", help=text("after remove: the number in the list"))
    parser.add_argument("--client", metavar="NAME", help=text("one client; all without it"))
    parser.add_argument("--reason", metavar="TEXT")
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List days off, add some or take them back; the goals whose road they change are judged."""
    if args.days == "remove":
        return _remove(ctx, args)
    if args.number is not None:
        raise UserError(
            ctx.words.text("«{text}» is one too many", text=args.number),
            ctx.words.text("Write the days as one word: smm off A..B"),
            Exit.USAGE,
        )
    return _list(ctx, args) if args.days == "list" else _add(ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_client
    from connectors.clean import clean
    from goals.records import DayOff
    from store.days import today_of
    from work.days_off import add_days_off, are_off_already

    words = ctx.words
    reason = clean(args.reason or "")
    if not reason:
        raise UserError(
            words.text("Why are there days off?"), words.text('Say it: --reason "holiday"'), Exit.USAGE
        )
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, words) if args.client else None
        now = ctx.now()
        today = today_of(client, now) if client else now.astimezone(ctx.zone).date()
        options = f' --client "{client.name}"' if client else ""
        first, last = _span(ctx, args.days, today, f'{options} --reason "{reason}"')
        owner = client.id if client else None
        wanted = DayOff(0, owner, first, last, reason)
        if are_off_already(writer.days_off(), wanted):
            raise UserError(
                words.text("These days are off already"), words.text("See the numbers: smm off list")
            )
        (day_off,) = add_days_off(writer, [wanted], author=ctx.author, now=now)
    if args.json:
        ctx.write_json(_record(client, day_off))
    else:
        ctx.write(words.text("Days off: {line}", line=_line(ctx, client, day_off, today)))
    return Exit.OK


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    """Take days off back and judge the goals whose road they had changed."""
    from store.days import today_of
    from work.days_off import remove_days_off

    words = ctx.words
    if args.number is None:
        raise UserError(
            words.text("Which days off?"), words.text("See the numbers: smm off list"), Exit.USAGE
        )
    with ctx.writer() as writer:
        wanted = args.number.removeprefix("#")
        day_off = next((off for off in writer.days_off() if str(off.id) == wanted), None)
        if day_off is None:
            raise UserError(
                words.text("There are no days off «{id}»", id=args.number),
                words.text("See the numbers: smm off list"),
            )
        owner = day_off.client_id
        client = next((known for known in writer.clients(archived=True) if known.id == owner), None)
        remove_days_off(writer, [day_off], now=ctx.now())
    if args.json:
        ctx.write_json(_record(client, day_off))
    else:
        today = today_of(client, ctx.now()) if client else ctx.now().astimezone(ctx.zone).date()
        ctx.write(words.text("Taken back: {line}", line=_line(ctx, client, day_off, today)))
    return Exit.OK


def _span(ctx: Context, text: str, today: date, options: str) -> tuple[date, date]:
    """The first and the last day that were typed; `options` are those of the command that would be right."""
    from cli.amounts import read_day

    words = ctx.words
    start, dots, end = text.partition("..")
    first = read_day(ctx.words, start, today)
    if first < today - _LATELY:
        first = read_day(ctx.words, start, today, ahead=True)
    last = read_day(ctx.words, end, today, after=first) if dots else first
    if last - first > _LONGEST and not _YEAR.search(end):
        raise UserError(
            ctx.words.text(
                "From {first} to {last} is more than half a year",
                first=words.day(first, today),
                last=words.day(last, today),
            ),
            ctx.words.text("Write the days in order, or with their years: 2026-12-01..2026-12-05"),
            Exit.USAGE,
        )
    if last < first:
        raise UserError(
            ctx.words.text("The last day is before the first"),
            ctx.words.text("Write them in order: {command}", command=f"smm off {last}..{first}{options}"),
            Exit.USAGE,
        )
    return first, last


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.output import table
    from cli.pick import pick_client

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words) if args.client else None
        clients = {known.id: known for known in reader.clients(archived=True)}
        days = [day for day in reader.days_off() if client is None or day.client_id in {None, client.id}]
    owners = [None if day.client_id is None else clients[day.client_id] for day in days]
    if args.json:
        ctx.write_json([_record(owner, day) for day, owner in zip(days, owners, strict=True)])
        return Exit.OK
    text = ctx.words.text
    if not days:
        ctx.say(text('No days off yet. Add some: smm off 2027-01-11..2027-01-15 --reason "holiday"'))
        return Exit.OK
    today = ctx.now().astimezone(ctx.zone).date()
    rows = [
        (str(day.id), _shown(ctx, day, today), _whose(ctx, owner), day.reason)
        for day, owner in zip(days, owners, strict=True)
    ]
    ctx.write(table([text("No."), text("days"), text("client"), text("reason")], rows, right={0}))
    return Exit.OK


def _record(client: Client | None, day_off: DayOff) -> dict[str, object]:
    return {
        "id": day_off.id,
        "client": client.name if client else None,
        "first": day_off.first,
        "last": day_off.last,
        "reason": day_off.reason,
    }


def _line(ctx: Context, client: Client | None, day_off: DayOff, today: date) -> str:
    return " · ".join((_shown(ctx, day_off, today), _whose(ctx, client), day_off.reason))


def _whose(ctx: Context, client: Client | None) -> str:
    return client.name if client else ctx.words.text("all clients")


def _shown(ctx: Context, day_off: DayOff, today: date) -> str:
    shown = ctx.words.day(day_off.first, today)
    return shown if day_off.first == day_off.last else f"{shown}–{ctx.words.day(day_off.last, today)}"
