"""`smm client`: whom the work is for."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.pick import folded, pick_client
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context
    from goals.model import Client, ClientId
    from store.contract import Reader, Writer
    from wording.words import Words

HELP = mark("clients: add, list, edit, archive")

_NAME_LIMIT = 120


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    commands = parser.add_subparsers(dest="action", required=True, metavar="add|list|edit|archive")
    add = commands.add_parser("add", help=text("add a client"))
    add.add_argument("name", metavar="NAME", help=text("how the client is called on screen"))
    add.add_argument("--self", action="store_true", dest="own", help=text("the specialist: your own goals"))
    add.add_argument("--timezone", metavar="Z", help=text("where the client works, Asia/Yekaterinburg"))
    add.add_argument("--manager", metavar="M", help=text("who looks after the client"))
    listing = commands.add_parser("list", help=text("list the clients"))
    listing.add_argument("--all", action="store_true", help=text("also archived ones"))
    listing.add_argument("--json", action="store_true", help=text("as JSON"))
    edit = commands.add_parser("edit", help=text("change a client"))
    edit.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    edit.add_argument("--name", metavar="NAME", help=text("the new name"))
    edit.add_argument("--timezone", metavar="Z", help=text("the new time zone"))
    edit.add_argument("--manager", metavar="M", help=text("the new manager; an empty text for nobody"))
    archive = commands.add_parser("archive", help=text("put a client away; the history stays"))
    archive.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    archive.add_argument("--undo", action="store_true", help=text("take the client back"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    return {"add": _add, "list": _list, "edit": _edit, "archive": _archive}[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.zones import checked_timezone
    from goals.model import ClientKind
    from store.changes import NewClient

    new = NewClient(
        name=_checked_name(args.name, ctx.words),
        kind=ClientKind.SELF if args.own else ClientKind.CLIENT,
        timezone=checked_timezone(args.timezone, ctx.words) if args.timezone else ctx.config.timezone,
        manager=_manager(args.manager),
    )
    with ctx.writer() as store:
        _refuse_twin(store, new.name, ctx.words, own=args.own)
        store.add_client(new, author=ctx.author, now=ctx.now())
        _look_up_holidays(ctx, store, _named(store, new.name))
    ctx.say(ctx.words.text("Client added: {name}", name=new.name))
    ctx.say("→ " + ctx.words.text('Next: smm account add LINK --client "{name}"', name=new.name))
    return Exit.OK


def _list(ctx: Context, args: argparse.Namespace) -> int:
    with ctx.reader() as store:
        clients = store.clients(archived=args.all)
        accounts = Counter(account.client_id for account in store.accounts())
        goals = Counter(goal.client_id for goal in store.goals())
    if args.json:
        ctx.write_json(
            {
                "id": client.id,
                "name": client.name,
                "kind": client.kind,
                "timezone": client.timezone,
                "manager": client.manager,
                "archived": client.archived,
                "accounts": accounts[client.id],
                "goals": goals[client.id],
            }
            for client in clients
        )
        return Exit.OK
    if not clients:
        ctx.say(ctx.words.text('No clients yet. Add one: smm client add "NAME"'))
        return Exit.OK
    _write_table(ctx, clients, accounts, goals)
    return Exit.OK


def _write_table(
    ctx: Context, clients: list[Client], accounts: Counter[ClientId], goals: Counter[ClientId]
) -> None:
    from cli.output import table

    text = ctx.words.text
    archived = " (" + text("archived") + ")"
    rows = [
        (
            client.name + (archived if client.archived else ""),
            client.timezone,
            client.manager or "—",
            str(accounts[client.id]),
            str(goals[client.id]),
        )
        for client in clients
    ]
    headers = (text("client"), text("time zone"), text("manager"), text("accounts"), text("goals"))
    ctx.write(table(headers, rows, right={3, 4}))


def _edit(ctx: Context, args: argparse.Namespace) -> int:
    from cli.zones import checked_timezone

    words = ctx.words
    if args.name is None and args.timezone is None and args.manager is None:
        raise UserError(
            words.text("Nothing to change"),
            words.text("Say what: smm client edit CLIENT --name|--timezone|--manager"),
            Exit.USAGE,
        )
    name = None if args.name is None else _checked_name(args.name, words)
    timezone = None if args.timezone is None else checked_timezone(args.timezone, words)
    with ctx.writer() as store:
        client = pick_client(store, args.client, words, archived=True)
        if name is not None and folded(name) != folded(client.name):
            _refuse_twin(store, name, words)
        edited = replace(
            client,
            name=name or client.name,
            timezone=timezone or client.timezone,
            manager=client.manager if args.manager is None else _manager(args.manager),
        )
        store.update_client(edited, author=ctx.author, now=ctx.now())
        if edited.timezone != client.timezone:
            _look_up_holidays(ctx, store, edited)
    ctx.say(words.text("Client saved: {name}", name=edited.name))
    return Exit.OK


def _archive(ctx: Context, args: argparse.Namespace) -> int:
    from goals.model import ClientKind

    words = ctx.words
    with ctx.writer() as store:
        client = pick_client(store, args.client, words, archived=args.undo)
        if client.kind is ClientKind.SELF and not args.undo:
            raise UserError(
                words.text("«{name}» is you: your own goals are kept", name=client.name),
                words.text("Goals that are no longer needed: smm goal drop"),
            )
        store.update_client(replace(client, archived=not args.undo), author=ctx.author, now=ctx.now())
    if args.undo:
        ctx.say(words.text("Client taken back: {name}", name=client.name))
    else:
        ctx.say(words.text("Client archived, the history stays: {name}", name=client.name))
    return Exit.OK


def _checked_name(typed: str, words: Words) -> str:
    from connectors.clean import clean

    name = clean(typed, limit=10_000)
    if not name or not any(char.isalnum() for char in name):
        raise UserError(
            words.text("A client needs a name with letters or digits"),
            words.text('For example: smm client add "NAME"'),
            Exit.USAGE,
        )
    if len(name) > _NAME_LIMIT:
        raise UserError(
            words.text("The name is longer than {n} characters", n=_NAME_LIMIT),
            words.text("Give a shorter one"),
            Exit.USAGE,
        )
    return name


def _manager(typed: str | None) -> str | None:
    from connectors.clean import clean

    return clean(typed or "", limit=_NAME_LIMIT) or None


def _named(store: Reader, name: str) -> Client:
    return next(client for client in store.clients() if client.name == name)


def _refuse_twin(store: Reader, name: str, words: Words, *, own: bool = False) -> None:
    """Refuse a name that differs from another at most in case or quotes, and a second specialist."""
    from goals.model import ClientKind

    for client in store.clients(archived=True):
        if folded(client.name) == folded(name):
            raise UserError(
                words.text("There is a client «{name}» already", name=client.name),
                words.text("Take it back with: smm client archive --undo")
                if client.archived
                else words.text("See all: smm client list"),
            )
        if own and client.kind is ClientKind.SELF:
            raise UserError(
                words.text("You are in the list already: «{name}»", name=client.name),
                words.text('Change the name with: smm client edit "{name}" --name NAME', name=client.name),
            )


def _look_up_holidays(ctx: Context, store: Writer, client: Client) -> None:
    from zoneinfo import ZoneInfo

    from sync.holidays import ensure_holidays

    ensure_holidays(store, client, ctx.now().astimezone(ZoneInfo(client.timezone)).date())
