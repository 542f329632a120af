"""`smm import FILE`: readings, posts and content plans from files; `smm import list`, `smm import undo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import tzinfo

    from cli.context import Context
    from cli.importing.accounts import Accounts
    from cli.importing.columns import Choice
    from cli.importing.reading import Brought, Job
    from goals.model import Account, Client
    from store.changes import NewAccount
    from store.contract import Reader, Writer

HELP = mark("readings, posts and content plans from files; list, undo")

_LIST, _UNDO = "list", "undo"


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument(
        "file",
        metavar="FILE|list|undo",
        help=text("a table (CSV, XLSX), an export of Telegram or YouTube; what was imported; take it back"),
    )
    parser.add_argument(
        "number", nargs="?", metavar="NUMBER", help=text("the import to take back; the newest without it")
    )
    parser.add_argument("--client", metavar="NAME", help=text("whose accounts the rows are of"))
    parser.add_argument("--network", metavar="NETWORK", help=text("the network of the accounts"))
    parser.add_argument("--account", metavar="LINK", help=text("the one account that all rows are of"))
    parser.add_argument(
        "--map",
        metavar="OURS=COLUMN,…",
        action="append",
        default=[],
        help=text("account, day or taken_at, post, published_at, kind, url, text, topic, state, or a metric"),
    )
    parser.add_argument("--mapping", metavar="NAME", help=text("columns that were saved under this name"))
    parser.add_argument("--save-mapping", metavar="NAME", help=text("save the columns under this name"))
    parser.add_argument(
        "--chat", metavar="NAME", help=text("the channel of an export with several: its title or number")
    )
    parser.add_argument("--sheet", metavar="NAME", help=text("the sheet of a workbook; the first without it"))
    parser.add_argument(
        "--timezone",
        metavar="ZONE",
        help=text("of times that name none; without it plans are of the client's zone, all else UTC"),
    )
    parser.add_argument(
        "--preview", action="store_true", help=text("show the columns and what they are read as, no more")
    )
    parser.add_argument("--dry-run", action="store_true", help=text("say what would change, write nothing"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Import a file, list what was imported or take it back. Raises UserError, StoreError."""
    from cli.importing.undoing import show_list, undo
    from cli.troubles import user_error
    from connectors.base import ConnectorError

    if args.file == _UNDO:
        return undo(ctx, args)
    if args.number is not None:
        raise UserError(
            ctx.words.text("Not understood: {names}", names=args.number),
            ctx.words.text("One file at a time: smm import FILE"),
            Exit.USAGE,
        )
    if args.file == _LIST:
        return show_list(ctx, args)
    try:
        return _import(ctx, args)
    except ConnectorError as error:
        raise user_error(ctx.words, error) from error


def _import(ctx: Context, args: argparse.Namespace) -> int:
    """Read the file, and write what it holds in one transaction."""
    from cli.importing.columns import Choice, choose, keep, preview, proposal, sample_of
    from cli.importing.reading import Job
    from cli.importing.report import tell
    from cli.topic.topics import match_new
    from connectors.files.table import Form, export_in, form_of

    path = export_in(Path(args.file).expanduser())
    zone = _zone(ctx, args.timezone)
    is_export = form_of(path) is Form.CHATS
    choice = Choice({})
    if not is_export:
        sample = sample_of(path, args.sheet)
        choice = choose(ctx, args, sample)
        if args.preview:
            ctx.write(preview(ctx, sample, choice))
            if step := proposal(ctx, sample, choice):
                ctx.say(f"→ {step}")
            return Exit.OK
    network = "telegram" if is_export else "youtube" if choice.is_youtube else None
    with ctx.writer() as writer:
        accounts = _scope(ctx, writer, args, network)
        job = Job(path, accounts, ctx.now(), ctx.author, zone, args.sheet, args.chat)
        brought, number = _bring(ctx, args, writer, job, None if is_export else choice)
        if not args.dry_run:
            match_new(writer, ctx.now())
    keep(ctx, args, choice.mapping)
    tell(ctx, args, brought, number)
    gathering = brought.gathering
    return Exit.FAILED if gathering.read and gathering.unused == gathering.read else Exit.OK


def _bring(
    ctx: Context, args: argparse.Namespace, writer: Writer, job: Job, choice: Choice | None
) -> tuple[Brought, int | None]:
    """What was read, and the number of the import where it changed anything; without a choice it is chats."""
    from cli.goal.listing import judge
    from cli.importing.reading import bring_chats, gather_table
    from connectors.clean import clean

    brought = gather_table(job, choice) if choice else None
    name = clean(job.path.name)
    with writer.together(keep=not args.dry_run):
        with writer.recorded_import(name, author=ctx.author, now=ctx.now()) as number:
            if brought is None:
                brought = bring_chats(job, job.zone or ctx.zone, writer)
            else:
                brought.gathering.write(writer, author=ctx.author)
        judge(writer, brought.gathering.touched, ctx.now())
    newest = writer.imports(1)
    return brought, number if newest and newest[0].id == number else None


def _scope(ctx: Context, reader: Reader, args: argparse.Namespace, network: str | None) -> Accounts:
    """Whose the rows may be; an export tells its own `network`, whose one account it then is."""
    from cli.goal.fields import known_network
    from cli.importing.accounts import Accounts
    from cli.pick import pick_client

    client = pick_client(reader, args.client, ctx.words) if args.client else None
    named = known_network(ctx.words, reader, args.network) or network
    account = _account(ctx, reader, args.account, client, named) if args.account else None
    if network and client is None and account is None:
        of_network = [known for known in reader.accounts() if known.network == network]
        account = of_network[0] if len(of_network) == 1 and network == "youtube" else None
    return Accounts(reader.clients(), reader.accounts(), client=client, network=named, account=account)


def _account(
    ctx: Context, reader: Reader, name: str, client: Client | None, network: str | None
) -> Account | NewAccount:
    """The account of this name, or a new one of the client where the name says enough to add it."""
    from cli.pick import pick_account
    from connectors.links import LinkError, parse_link
    from store.changes import NewAccount

    try:
        return pick_account(reader, name, ctx.words, client=client.id if client else None)
    except UserError:
        if client is None:
            raise
        try:
            link = parse_link(name, network)
        except LinkError:
            link = None
        if link is None:
            raise
        return NewAccount(client.id, link.network, link.handle, link.network_id, url=link.url)


def _zone(ctx: Context, name: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    from cli.zones import checked_timezone

    return ZoneInfo(checked_timezone(name, ctx.words)) if name else None
