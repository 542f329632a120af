"""`smm log METRIC AMOUNT`: a figure that no network knows, logged by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from goals.model import Client
    from store.contract import Reader

HELP = mark("log a figure by hand: sales, income, hours, leads")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("metric", metavar="METRIC")
    parser.add_argument("amount", metavar="AMOUNT")
    parser.add_argument("--client", metavar="NAME", help=text("whose figure it is; your own without it"))
    parser.add_argument("--day", metavar="DAY", help=text("today without it"))
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Log the figure and judge the goals that it moves."""
    from cli.amounts import manual_metrics, read_amount, read_day, read_metric
    from cli.goals import judge, local_day
    from connectors.clean import TEXT_LIMIT, clean
    from goals.metrics import METRICS, Source
    from goals.model import Entry
    from wording.goals import counted, metric_name

    words = ctx.words
    if METRICS.get(args.metric) and METRICS[args.metric].source is not Source.MANUAL:
        raise _read_from_networks(ctx, args.metric)
    metric = read_metric(words, args.metric, manual_metrics())
    amount = read_amount(words, args.amount, metric)
    with ctx.writer() as writer:
        client = _client(ctx, writer, args.client)
        today = local_day(client, ctx.now())
        day = read_day(words, args.day, today) if args.day else today
        if day > today:
            raise UserError(
                words.text("{day} has not come yet", day=day.isoformat()),
                words.text("Log it on the day, or set a goal for it"),
                Exit.USAGE,
            )
        note = clean(args.note, TEXT_LIMIT)
        entry = Entry(0, client.id, metric.name, day, amount, note, ctx.author, ctx.now())
        number = writer.log_entry(entry)
        judge(writer, [writer.manual_account(client.id)], ctx.now())
    if args.json:
        told = {"id": number, "client": client.name, "metric": metric.name, "day": day, "amount": amount}
        ctx.write_json({**told, "unit": metric.unit, "note": note})
        return Exit.OK
    shown = words.text(
        "Logged for {client}: {name}, {amount} on {day}",
        client=client.name,
        name=metric_name(words, metric.name),
        amount=counted(words, metric.name, amount),
        day=words.day(day, today),
    )
    ctx.write(shown)
    return Exit.OK


def _client(ctx: Context, reader: Reader, name: str | None) -> Client:
    """The client of the name, the specialist's own without one."""
    from cli.pick import pick_client
    from goals.model import ClientKind

    if name:
        return pick_client(reader, name, ctx.words)
    for client in reader.clients():
        if client.kind is ClientKind.SELF:
            return client
    raise UserError(
        ctx.words.text("Whose figure is it?"), ctx.words.text("Name the client: --client NAME"), Exit.USAGE
    )


def _read_from_networks(ctx: Context, metric: str) -> UserError:
    from goals.metrics import METRICS, Nature
    from wording.goals import metric_name

    text = ctx.words.text
    step = text("Collect it with smm sync, or bring figures of your own with smm import")
    if METRICS[metric].nature is Nature.CONTENT:
        step = text("Add each one: smm post add --client NAME --account LINK")
    name = metric_name(ctx.words, metric)
    return UserError(text("«{metric}» is not logged by hand", metric=name), step, Exit.USAGE)
