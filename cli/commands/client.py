"""`smm client`: whom the work is for."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.pick import pick_client
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context
    from goals.model import Client, ClientId
    from store.contract import Reader, Writer
    from wording.words import Words

HELP = mark("clients: add, list, edit, archive")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    commands = parser.add_subparsers(dest="action", required=True, metavar="add|list|edit|archive")
    add = commands.add_parser("add", help=text("add a client"))
    add.add_argument("name", metavar="NAME", help=text("how the client is called on screen"))
    add.add_argument("--self", action="store_true", dest="own", help=text("the specialist: your own goals"))
    add.add_argument("--timezone", metavar="ZONE", help=text("where the client works, Asia/Yekaterinburg"))
    add.add_argument("--manager", metavar="NAME", help=text("who looks after the client"))
    listing = commands.add_parser("list", help=text("list the clients"))
    listing.add_argument("--all", action="store_true", help=text("also archived ones"))
    listing.add_argument("--json", action="store_true", help=text("as JSON"))
    edit = commands.add_parser("edit", help=text("change a client"))
    edit.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    edit.add_argument("--name", metavar="NAME", help=text("the new name"))
    edit.add_argument("--timezone", metavar="ZONE", help=text("the new time zone"))
    edit.add_argument("--manager", metavar="NAME", help=text("the new manager; an empty text for nobody"))
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
    from wording.names import read_manager

    new = NewClient(
        name=_checked_name(args.name, ctx.words),
        kind=ClientKind.SELF if args.own else ClientKind.CLIENT,
        timezone=checked_timezone(args.timezone, ctx.words) if args.timezone else ctx.config.timezone,
        manager=read_manager(args.manager),
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
    from wording.names import folded, read_manager

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
            manager=client.manager if args.manager is None else read_manager(args.manager),
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
    from wording.names import name_problem, read_name

    name = read_name(typed)
    problem = name_problem(words, name)
    if problem:
        shorter = any(char.isalnum() for char in name)
        step = (
            words.text("Give a shorter one") if shorter else words.text('For example: smm client add "NAME"')
        )
        raise UserError(problem, step, Exit.USAGE)
    return name


def _named(store: Reader, name: str) -> Client:
    return next(client for client in store.clients() if client.name == name)


def _refuse_twin(store: Reader, name: str, words: Words, *, own: bool = False) -> None:
    """Refuse a name that another client has, and a second specialist."""
    from goals.model import ClientKind
    from wording.names import second_self_sentence, twin_of, twin_sentence

    clients = store.clients(archived=True)
    twin = twin_of(clients, name)
    if twin is not None:
        step = (
            words.text("Take it back with: smm client archive --undo")
            if twin.archived
            else words.text("See all: smm client list")
        )
        raise UserError(twin_sentence(words, twin), step)
    me = next((client for client in clients if client.kind is ClientKind.SELF), None)
    if own and me is not None:
        step = words.text('Change the name with: smm client edit "{name}" --name NAME', name=me.name)
        raise UserError(second_self_sentence(words, me), step)


def _look_up_holidays(ctx: Context, store: Writer, client: Client) -> None:
    from store.days import today_of
    from sync.holidays import ensure_holidays

    ensure_holidays(store, client, today_of(client, ctx.now()))
