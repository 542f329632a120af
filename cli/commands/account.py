"""`smm account add|find|list|remove`: the communities and channels of clients."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from connectors.base import Link
    from goals.model import Account, AccountId, Client
    from store.contract import Reader, Writer
    from store.values import UnitRecord

HELP = mark("accounts: add by a link, find, list, remove")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("add an account and read its history"))
    add.add_argument("link", metavar="LINK", help=text("a link or @handle, as it is copied"))
    add.add_argument("--client", required=True, metavar="NAME")
    add.add_argument("--network", metavar="NETWORK", help=text("where the link does not say it"))
    add.add_argument("--token", action="append", default=[], metavar="NAME", help=text("a token of its own"))
    add.add_argument("--no-sync", action="store_true", help=text("read nothing yet"))
    find = actions.add_parser("find", help=text("accounts that the client's communities link to"))
    find.add_argument("client", metavar="CLIENT")
    show = actions.add_parser("list", help=text("accounts and when they were last read"))
    show.add_argument("--client", metavar="NAME")
    remove = actions.add_parser("remove", help=text("put an account away; its history stays"))
    remove.add_argument("account", metavar="ACCOUNT")
    remove.add_argument("--client", metavar="NAME")
    for action in (add, find, show, remove):
        action.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    return {"add": _add, "find": _find, "list": _list, "remove": _remove}[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import kept_account, pick_client, pick_token
    from connectors.registry import known_networks

    link = _link(ctx, args)
    tokens = tuple(dict.fromkeys(pick_token(ctx.config.tokens, name, ctx.words) for name in args.token))
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        account, is_new = _kept(ctx, writer, client, link, tokens)
    if not is_new:
        ctx.say(ctx.words.text("{client} has this account already", client=client.name))
    code: int = Exit.OK
    if not args.no_sync and (is_new or tokens) and link.network in known_networks():
        from cli.goal.history import read_history

        code = read_history(ctx, client, account, is_new=is_new)
    with ctx.reader() as reader:
        found = [kept_account(reader, account)]
        if args.json:
            ctx.write_json(_records(ctx, reader, found)[0])
        else:
            ctx.write(_line(ctx, client, found[0]))
    return code


def _link(ctx: Context, args: argparse.Namespace) -> Link:
    from cli.goal.fields import known_network
    from cli.troubles import user_error
    from connectors.links import LinkError, parse_link

    network = None
    if args.network:
        with ctx.reader() as reader:
            network = known_network(ctx.words, reader, args.network)
    try:
        return parse_link(args.link, network)
    except LinkError as error:
        raise user_error(ctx.words, error) from error


def _kept(
    ctx: Context, writer: Writer, client: Client, link: Link, tokens: tuple[str, ...]
) -> tuple[Account, bool]:
    """The account in the store, and whether it is new; new tokens of a known one are added to it.

    One that was put away comes back with its history, unless a live one is the same.
    """
    from store.changes import NewAccount
    from store.errors import ExistsError

    new = NewAccount(client.id, link.network, link.handle, link.network_id, url=link.url, tokens=tokens)
    away = [old for old in writer.accounts(client.id, archived=True) if old.archived and _is_same(old, link)]
    try:
        if away:
            old = max(away, key=_history_of)
            back = replace(old, archived=False, tokens=tokens or old.tokens)
            return writer.update_account(back, author=ctx.author, now=ctx.now()), True
        account_id = writer.add_account(new, author=ctx.author, now=ctx.now())
    except ExistsError as error:
        account = _by_id(writer, client, error.existing)
        wanted = tuple(dict.fromkeys((*account.tokens, *tokens)))
        if wanted != account.tokens:
            changed = replace(account, tokens=wanted)
            account = writer.update_account(changed, author=ctx.author, now=ctx.now())
        return account, False
    return _by_id(writer, client, account_id), True


def _is_same(account: Account, link: Link) -> bool:
    if account.network != link.network:
        return False
    if link.network_id is not None and account.network_id == link.network_id:
        return True
    return account.handle.casefold() == link.handle.casefold()


def _history_of(account: Account) -> tuple[bool, float]:
    """Which of several accounts put away has the history: one that was merged into another has none."""
    read = account.last_ok_at
    return read is not None, read.timestamp() if read else 0.0


def _by_id(reader: Reader, client: Client, account_id: AccountId | int) -> Account:
    return next(known for known in reader.accounts(client.id) if known.id == account_id)


def _line(ctx: Context, client: Client, account: Account) -> str:
    from wording.goals import network_name

    network = network_name(ctx.words, account.network)
    return " · ".join((client.name, network, account.title or account.handle, account.url or account.handle))


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_client

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words) if args.client else None
        live = {known.id for known in reader.clients()}
        accounts = [
            known for known in reader.accounts(client.id if client else None) if known.client_id in live
        ]
        records = _records(ctx, reader, accounts)
        phrases = _read_phrases(ctx, reader, accounts)
    if args.json:
        ctx.write_json(records)
    elif records:
        ctx.write(_table(ctx, records, accounts, phrases))
    else:
        ctx.say(ctx.words.text("No accounts yet. Add one: smm account add LINK --client NAME"))
    return Exit.OK


def _records(ctx: Context, reader: Reader, accounts: list[Account]) -> list[dict[str, object]]:
    names = {client.id: client.name for client in reader.clients(archived=True)}
    reads = reader.last_reads()
    units = {unit.account_id: unit for unit in reader.last_units()}
    return [
        {
            "id": account.id,
            "client": names[account.client_id],
            "network": account.network,
            "handle": account.handle,
            "account_id": account.network_id,
            "title": account.title,
            "url": account.url,
            "tokens": account.tokens,
            "last_ok_at": account.last_ok_at,
            "last_read_at": reads.get(account.id),
            "error": _error(ctx, units.get(account.id)),
        }
        for account in accounts
    ]


def _error(ctx: Context, unit: UnitRecord | None) -> dict[str, str] | None:
    from sync.report import error_json

    return error_json(unit.trouble if unit else None, ctx.words)


def _read_phrases(ctx: Context, reader: Reader, accounts: list[Account]) -> list[str]:
    """When each account was read, as the dashboard says it."""
    from wording.freshness import read_phrase

    now, reads = ctx.now(), reader.last_reads()
    today = now.astimezone(ctx.zone).date()
    imported: dict[AccountId, date] = {}
    for figure in reader.latest(account.id for account in accounts if account.id not in reads):
        imported[figure.account_id] = max(figure.day, imported.get(figure.account_id, figure.day))
    return [
        read_phrase(
            ctx.words, account, reads.get(account.id), now, imported=imported.get(account.id), today=today
        )
        for account in accounts
    ]


def _table(
    ctx: Context,
    records: list[dict[str, object]],
    accounts: list[Account],
    phrases: list[str],
) -> str:
    from cli.output import table
    from wording.goals import network_name

    text = ctx.words.text
    rows = []
    for record, account, read in zip(records, accounts, phrases, strict=True):
        error = record["error"]
        rows.append(
            (
                str(account.id),
                str(record["client"]),
                network_name(ctx.words, account.network),
                account.handle,
                account.title or "—",
                read,
                str(error["message"]) if isinstance(error, dict) else "—",
            )
        )
    headers = [text("No."), text("client"), text("network"), text("account"), text("title"), text("read")]
    return table([*headers, text("trouble")], rows, right={0})


def _find(ctx: Context, args: argparse.Namespace) -> int:
    from zoneinfo import ZoneInfo

    from cli.finding import find_linked
    from cli.found_page import proposal, proposals, told_unread
    from cli.pick import pick_client

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        accounts = reader.accounts(client.id)
    if not accounts:
        raise UserError(
            ctx.words.text("{client} has no accounts whose descriptions could be read", client=client.name),
            ctx.words.text("Add one first: smm account add LINK --client NAME"),
        )
    proposed, unread = find_linked(ctx, accounts, ZoneInfo(client.timezone))
    for each in unread:
        ctx.say(told_unread(ctx.words, each))
    if args.json:
        ctx.write_json([proposal(ctx.words, each) for each in proposed])
    else:
        ctx.write(proposals(ctx.words, client, proposed))
    return Exit.INCOMPLETE if len(unread) == len(accounts) else Exit.OK


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_account, pick_client
    from store.errors import ConflictError
    from work.accounts import put_away

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words) if args.client else None
        account = pick_account(writer, args.account, ctx.words, client=client.id if client else None)
        try:
            put_away(writer, account, author=ctx.author, now=ctx.now())
        except ConflictError as error:
            raise UserError(
                ctx.words.text("{author} has just changed this account", author=error.author),
                ctx.words.text("Look at it again: smm account list"),
            ) from error
    if args.json:
        ctx.write_json({"id": account.id, "network": account.network, "handle": account.handle})
    else:
        ctx.write(
            ctx.words.text("Put away: {name}. Its history stays", name=f"{account.network}:{account.handle}")
        )
    return Exit.OK
