"""`smm off A..B`: days without work, for one client or for all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Client

#: A day without a year further back than this is meant to be ahead.
_LATELY = timedelta(days=31)

HELP = mark("days off, which pace leaves out")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("days", metavar="A..B|list", help=text("the first and last day, or one day"))
    parser.add_argument("--client", metavar="NAME", help=text("one client; all without it"))
    parser.add_argument("--reason", metavar="TEXT")
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List days off, or add some and judge the goals whose road they change."""
    return _list(ctx, args) if args.days == "list" else _add(ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import local_day
    from cli.pick import pick_client
    from connectors.clean import clean
    from goals.model import DayOff
    from store.refresh import refresh_goals

    words = ctx.words
    reason = clean(args.reason or "")
    if not reason:
        raise UserError(
            words.text("Why are there days off?"), words.text('Say it: --reason "holiday"'), Exit.USAGE
        )
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, words) if args.client else None
        now = ctx.now()
        today = local_day(client, now) if client else now.astimezone(ctx.zone).date()
        first, last = _span(ctx, args.days, today)
        day_off = DayOff(0, client.id if client else None, first, last, reason)
        number = writer.add_day_off(day_off, author=ctx.author, now=now)
        refresh_goals(writer, writer.goals(client.id if client else None), now)
    if args.json:
        ctx.write_json(_record(number, client, first, last, reason))
        return Exit.OK
    whose = client.name if client else words.text("all clients")
    ctx.write(
        words.text(
            "Days off: {days} · {whose} · {reason}",
            days=_shown(ctx, first, last, today),
            whose=whose,
            reason=reason,
        )
    )
    return Exit.OK


def _span(ctx: Context, text: str, today: date) -> tuple[date, date]:
    from cli.amounts import read_day

    start, dots, end = text.partition("..")
    first = read_day(ctx.words, start, today)
    if first < today - _LATELY:
        first = read_day(ctx.words, start, today, ahead=True)
    last = read_day(ctx.words, end, first, ahead=True) if dots else first
    if last < first:
        raise UserError(
            ctx.words.text("The last day is before the first"),
            ctx.words.text("Write them in order: smm off {a}..{b}", a=last.isoformat(), b=first.isoformat()),
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
        ctx.write_json(
            [
                _record(day.id, owner, day.first, day.last, day.reason)
                for day, owner in zip(days, owners, strict=True)
            ]
        )
        return Exit.OK
    text = ctx.words.text
    if not days:
        ctx.say(text("No days off yet. Add some: smm off 2027-01-11..2027-01-15 --reason …"))
        return Exit.OK
    today = ctx.now().astimezone(ctx.zone).date()
    rows = [
        (_shown(ctx, day.first, day.last, today), owner.name if owner else text("all clients"), day.reason)
        for day, owner in zip(days, owners, strict=True)
    ]
    ctx.write(table([text("days"), text("client"), text("reason")], rows))
    return Exit.OK


def _record(number: int, client: Client | None, first: date, last: date, reason: str) -> dict[str, object]:
    name = client.name if client else None
    return {"id": number, "client": name, "first": first, "last": last, "reason": reason}


def _shown(ctx: Context, first: date, last: date, today: date) -> str:
    shown = ctx.words.day(first, today)
    return shown if first == last else f"{shown}–{ctx.words.day(last, today)}"
