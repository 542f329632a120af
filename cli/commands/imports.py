"""`smm import FILE`: readings, posts and content plans from a table of any program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import tzinfo

    from cli.context import Context
    from cli.importing import Accounts, Gathering
    from goals.model import Account, Client
    from store.changes import NewAccount
    from store.contract import Reader
    from store.values import ImportCounts
    from wording.words import Words

HELP = mark("readings, posts and content plans from a CSV file")

_REASONS_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("file", metavar="FILE")
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
    parser.add_argument(
        "--timezone",
        metavar="ZONE",
        help=text("of times that name none; without it plans are of the client's zone, all else UTC"),
    )
    parser.add_argument("--dry-run", action="store_true", help=text("say what would change, write nothing"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Read the file whole, then write it in one transaction."""
    from cli.goal.listing import judge
    from cli.topic.topics import match_new
    from cli.troubles import user_error
    from connectors.base import ConnectorError

    with ctx.writer() as writer:
        try:
            gathering = _gather(ctx, args, _scope(ctx, writer, args))
        except ConnectorError as error:
            raise user_error(ctx.words, error) from error
        with writer.together(keep=not args.dry_run):
            counts, touched = gathering.write(writer, author=ctx.author)
            judge(writer, touched, ctx.now())
        if not args.dry_run:
            match_new(writer, ctx.now())
    _tell(ctx, args, gathering, counts)
    return Exit.FAILED if gathering.read and gathering.unused == gathering.read else Exit.OK


def _scope(ctx: Context, reader: Reader, args: argparse.Namespace) -> Accounts:
    from cli.goal.fields import known_network
    from cli.importing import Accounts
    from cli.pick import pick_client

    client = pick_client(reader, args.client, ctx.words) if args.client else None
    network = known_network(ctx.words, reader, args.network)
    account = _account(ctx, reader, args.account, client, network) if args.account else None
    return Accounts(reader.clients(), reader.accounts(), client=client, network=network, account=account)


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


def _gather(ctx: Context, args: argparse.Namespace, accounts: Accounts) -> Gathering:
    from cli.importing import Gathering
    from connectors.filerows import parse_rows
    from connectors.files import find_columns, open_table, parse_mapping

    mapping = parse_mapping(args.map)
    zone = _zone(ctx, args.timezone)
    with open_table(Path(args.file).expanduser()) as table:
        columns = find_columns(table.header, mapping)
        gathering = Gathering(accounts, ctx.now(), only_accounts=columns.only_accounts)
        for row in parse_rows(table.rows, columns, zone):
            gathering.take(row)
    return gathering


def _zone(ctx: Context, name: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    from cli.zones import checked_timezone

    return ZoneInfo(checked_timezone(name, ctx.words)) if name else None


def _tell(ctx: Context, args: argparse.Namespace, gathering: Gathering, counts: ImportCounts) -> None:
    from wording.troubles import trouble_sentence

    words = ctx.words
    skipped: list[dict[str, object]] = []
    for row in gathering.skipped:
        trouble = row.trouble
        sentence = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        skipped.append({"line": row.line, "reason": sentence.message})
        if len(skipped) <= _REASONS_SHOWN:
            ctx.say(words.text("Line {line}: {reason}", line=row.line, reason=sentence.message))
        if len(skipped) == len(gathering.skipped):
            ctx.say(f"→ {sentence.next_step}")
    if len(skipped) > _REASONS_SHOWN:
        ctx.say(words.text("… and {n} more: see them all with --json", n=len(skipped) - _REASONS_SHOWN))
    if args.json:
        ctx.write_json({"read": gathering.read, **counts._asdict(), "skipped": skipped})
        return
    ctx.write(_summary(words, gathering, counts))
    if args.dry_run:
        ctx.say(words.text("Nothing was written: this was a dry run"))


#: By whether the file holds figures and posts: what of it was new and what not.
_COUNTED = {
    (True, False): mark("{head}: {new} new figures, {changed} changed, {unchanged} known already"),
    (False, True): mark("{head}: {new} new posts, {changed} changed, {unchanged} known already"),
    (True, True): mark("{head}: {new} new figures and posts, {changed} changed, {unchanged} known already"),
    (False, False): mark("{head}: {new} new accounts, {changed} changed, {unchanged} known already"),
}


def _summary(words: Words, gathering: Gathering, counts: ImportCounts) -> str:
    """What came of the file: its figures and posts, then the rows and figures that are not in them."""
    parts = [words.plural("{n} row read", "{n} rows read", gathering.read)]
    if any(counts) or not gathering.skipped:
        numbers = {name: words.number(count) for name, count in counts._asdict().items()}
        parts = [words.text(_COUNTED[gathering.holds], head=parts[0], **numbers)]
    if gathering.superseded:
        n = words.number(gathering.superseded)
        parts[0] += words.text(" (of them {n} replaced by another row of the file)", n=n)
    if gathering.unused:
        parts.append(words.text("rows skipped: {n}", n=words.number(gathering.unused)))
    if gathering.left_out:
        parts.append(words.text("figures left out: {n}", n=words.number(gathering.left_out)))
    return " · ".join(parts)
