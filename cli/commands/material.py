"""`smm material add|received|list`: what the client was asked to give, and how long it is awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from goals.records import Material
    from store.contract import Reader, Writer

HELP = mark("materials awaited from clients: add, received, list")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("note what the client was asked for"))
    add.add_argument("what", metavar="WHAT", help=text("photos, prices, a list of goods …"))
    add.add_argument("--client", required=True, metavar="NAME")
    add.add_argument("--asked", metavar="DAY", help=text("when it was asked for; today without it"))
    received = actions.add_parser("received", help=text("note that it came"))
    received.add_argument("id", metavar="ID", help=text("its number in the list, or a part of its name"))
    received.add_argument("--on", metavar="DAY", help=text("when it came; today without it"))
    shown = actions.add_parser("list", help=text("what is awaited, the longest first"))
    shown.add_argument("--client", metavar="NAME")
    shown.add_argument("--all", action="store_true", help=text("also what came"))
    for action in (add, received, shown):
        action.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    return {"add": _add, "received": _received, "list": _list}[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from dataclasses import replace

    from cli.pick import pick_client
    from cli.rhythm import past_day
    from connectors.clean import TEXT_LIMIT, clean
    from goals.agreement.lines import folded
    from goals.records import Material
    from store.days import today_of

    text = ctx.words.text
    what = clean(args.what, TEXT_LIMIT)
    if not any(char.isalnum() for char in what):
        raise UserError(
            text("What was asked for?"), text('Name it: smm material add "photos" --client NAME'), Exit.USAGE
        )
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_of(client, ctx.now())
        asked_on = past_day(ctx, args.asked, today, text("Note it on the day on which you ask"))
        waiting = writer.materials(client.id)
        twin = next((each for each in waiting if folded(each.what) == folded(what)), None)
        if twin is not None:
            raise UserError(
                text(
                    "«{what}» is awaited already, since {day}", what=what, day=_day(ctx, twin.asked_on, today)
                ),
                text("When it comes: smm material received {id}", id=twin.id),
            )
        material = Material(0, client.id, what, asked_on)
        number = writer.add_material(material, author=ctx.author, now=ctx.now())
        material = replace(material, id=number, author=ctx.author)
    _tell(ctx, client, material, today, as_json=args.json)
    return Exit.OK


def _received(ctx: Context, args: argparse.Namespace) -> int:
    from dataclasses import replace

    from cli.rhythm import past_day
    from store.days import today_of

    text = ctx.words.text
    with ctx.writer() as writer:
        material = _picked(ctx, writer, args.id)
        client = next(each for each in writer.clients(archived=True) if each.id == material.client_id)
        today = today_of(client, ctx.now())
        if material.received_on is not None:
            raise UserError(
                text(
                    "«{what}» came already, on {day}",
                    what=material.what,
                    day=_day(ctx, material.received_on, today),
                ),
                text("See what is awaited: smm material list"),
            )
        day = past_day(ctx, args.on, today, text("Name the day on which it came: --on today"))
        if day < material.asked_on:
            raise UserError(
                text("It was asked for only on {day}", day=_day(ctx, material.asked_on, today)),
                text("Name the day on which it came: --on today"),
                Exit.USAGE,
            )
        material = _saved(ctx, writer, replace(material, received_on=day))
    _tell(ctx, client, material, today, as_json=args.json)
    return Exit.OK


def _saved(ctx: Context, writer: Writer, material: Material) -> Material:
    from store.errors import ConflictError

    try:
        return writer.update_material(material, author=ctx.author, now=ctx.now())
    except ConflictError as error:
        raise UserError(
            ctx.words.text("{author} has just changed this material", author=error.author),
            ctx.words.text("See what is awaited: smm material list"),
        ) from error


def _picked(ctx: Context, reader: Reader, wanted: str) -> Material:
    """The material of a number, or the awaited one of a part of its name. Raises UserError."""
    from cli.pick import Named, pick

    number = wanted.removeprefix("#")
    known = reader.materials(received=True)
    if number.isascii() and number.isdigit():
        for material in known:
            if material.id == int(number):
                return material
    kind = Named(_MISSING, _SEVERAL, _LIST)
    waiting = [material for material in known if material.received_on is None]
    return pick(
        waiting, wanted, lambda each: [each.what], lambda each: f"{each.id} {each.what}", kind, ctx.words
    )


_MISSING = mark("There is no awaited material «{name}»")
_SEVERAL = mark("Several materials fit «{name}»: {found}")
_LIST = mark("See what is awaited: smm material list")


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.output import table
    from cli.pick import pick_client
    from store.days import today_of

    text = ctx.words.text
    with ctx.reader() as reader:
        clients = {client.id: client for client in reader.clients(archived=True)}
        owner = pick_client(reader, args.client, ctx.words, archived=True).id if args.client else None
        found = [
            (clients[each.client_id], each)
            for each in reader.materials(owner, received=args.all)
            if owner is not None or args.all or not clients[each.client_id].archived
        ]
    if args.json:
        now = ctx.now()
        ctx.write_json([_record(client, each, today_of(client, now)) for client, each in found])
    elif found:
        headers = [text("No."), text("client"), text("material"), text("asked on"), text("state")]
        ctx.write(table(headers, [_row(ctx, client, each) for client, each in found], right={0}))
    else:
        ctx.say(text("No materials are awaited"))
    return Exit.OK


def _row(ctx: Context, client: Client, material: Material) -> tuple[str, ...]:
    from connectors.clean import clean
    from store.days import today_of

    today = today_of(client, ctx.now())
    asked = _day(ctx, material.asked_on, today)
    return str(material.id), client.name, clean(material.what), asked, _state(ctx, material, today)


def _state(ctx: Context, material: Material, today: date) -> str:
    """How long it is awaited, or when it came."""
    from wording.rhythm import waiting_text

    if material.received_on is not None:
        return ctx.words.text("came on {day}", day=_day(ctx, material.received_on, today))
    return waiting_text(ctx.words, _waiting_days(material, today))


def _waiting_days(material: Material, today: date) -> int:
    return (today - material.asked_on).days


def _day(ctx: Context, day: date, today: date) -> str:
    return ctx.words.day(day, today)


def _tell(ctx: Context, client: Client, material: Material, today: date, *, as_json: bool) -> None:
    if as_json:
        ctx.write_json(_record(client, material, today))
    else:
        ctx.write(f"{material.id}. {client.name} · {material.what} · {_state(ctx, material, today)}")


def _record(client: Client, material: Material, today: date) -> dict[str, object]:
    """`waiting_days` is None for what came."""
    waiting = None if material.received_on else _waiting_days(material, today)
    return {
        "id": material.id,
        "client": client.name,
        "what": material.what,
        "asked_on": material.asked_on,
        "received_on": material.received_on,
        "waiting_days": waiting,
    }
