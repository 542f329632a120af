"""`smm export readings|posts|goals`: tables for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cli.context import Context
    from goals.model import Account, Client
    from reports.tables import Cell
    from store.contract import Reader
    from store.values import Filter

HELP = mark("readings, posts or goals as CSV or JSON")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("what", choices=("readings", "posts", "goals"))
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--network", metavar="NETWORK")
    parser.add_argument("--account", metavar="LINK")
    parser.add_argument("--metric", metavar="METRIC")
    parser.add_argument("--since", metavar="DAY")
    parser.add_argument("--until", metavar="DAY")
    parser.add_argument("-o", "--output", metavar="FILE", help=text("a file instead of the terminal"))
    parser.add_argument(
        "--bom", action="store_true", help=text("begin the file so that Excel reads it as UTF-8")
    )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Write the rows out as they come."""
    from reports.tables import csv_lines, json_lines

    with ctx.reader() as reader:
        fields, records = _records(ctx, reader, args)
        lines = csv_lines(fields, records) if args.format == "csv" else json_lines(records)
        if args.output:
            _write_file(ctx, args, lines)
            return Exit.OK
        if args.bom:
            ctx.stdout.write("\ufeff")
        for line in lines:
            ctx.stdout.write(line)
    return Exit.OK


def _records(
    ctx: Context, reader: Reader, args: argparse.Namespace
) -> tuple[Sequence[str], Iterable[Mapping[str, Cell]]]:
    from cli.amounts import read_metric
    from cli.pick import pick_account, pick_client
    from reports import tables

    client = pick_client(reader, args.client, ctx.words, archived=True) if args.client else None
    owner = client.id if client else None
    account = (
        pick_account(reader, args.account, ctx.words, client=owner, archived=True) if args.account else None
    )
    metric = read_metric(ctx.words, args.metric).name if args.metric else None
    if args.what == "goals":
        return tables.GOAL_FIELDS, _goals(ctx, reader, args, client, account, metric)
    which = _filter(ctx, reader, args, client, account, metric)
    if args.what == "posts":
        posts = (row for row in reader.posts(which) if metric is None or metric in row.post.figures)
        return tables.POST_FIELDS, map(tables.post_record, posts)
    return tables.READING_FIELDS, map(tables.reading_record, reader.readings(which))


def _filter(
    ctx: Context,
    reader: Reader,
    args: argparse.Namespace,
    client: Client | None,
    account: Account | None,
    metric: str | None,
) -> Filter:
    from cli.amounts import read_day
    from cli.goal.fields import known_network
    from store.values import Filter

    today = ctx.now().astimezone(ctx.zone).date()
    return Filter(
        client_id=client.id if client else None,
        network=known_network(ctx.words, reader, args.network),
        account_id=account.id if account else None,
        metric=metric,
        since=read_day(ctx.words, args.since, today) if args.since else None,
        until=read_day(ctx.words, args.until, today) if args.until else None,
    )


def _goals(
    ctx: Context,
    reader: Reader,
    args: argparse.Namespace,
    client: Client | None,
    account: Account | None,
    metric: str | None,
) -> list[dict[str, Cell]]:
    """The records of goals; `--since` and `--until` keep those whose days overlap with theirs."""
    from cli.goal.listing import bring_up, listed_records, live_rows

    which = _filter(ctx, reader, args, client, account, metric)
    bring_up(ctx, reader)
    rows = [
        row
        for row in live_rows(reader, which.client_id)
        if which.network in {None, row.network}
        if which.account_id in {None, row.account_id}
        if metric in {None, row.metric}
        if which.until is None or row.start <= which.until.toordinal()
        if which.since is None or row.deadline is None or row.deadline >= which.since.toordinal()
    ]
    return listed_records(ctx, reader, rows)


def _write_file(ctx: Context, args: argparse.Namespace, lines: Iterator[str]) -> None:
    """Write the file whole or not at all."""
    from cli.whole_file import whole_file
    from wording.details import os_detail

    try:
        with whole_file(args.output, bom=args.bom) as file:
            for line in lines:
                file.write(line)
    except OSError as error:
        text = ctx.words.text
        raise UserError(
            text(
                "The file cannot be written: {path} ({reason})",
                path=args.output,
                reason=os_detail(ctx.words, error),
            ),
            text("Name another place: -o FILE"),
        ) from error
    ctx.say(ctx.words.text("Written: {path}", path=args.output))
