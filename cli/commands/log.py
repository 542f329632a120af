"""`smm log METRIC AMOUNT|list|remove ID`: figures that no network knows, logged by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from goals.metrics import Metric
    from goals.model import Client
    from goals.records import Entry
    from store.contract import Reader

_DAY_HOURS = 24
HELP = mark("log a figure by hand: sales, income, hours, leads")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("what", metavar="METRIC|list|remove", help=text("what is logged, or an action"))
    parser.add_argument(
        "amount", metavar="AMOUNT|ID", nargs="?", help=text("how much; after remove: the number in the list")
    )
    parser.add_argument(
        "--client", metavar="NAME", help=text("whose figure it is; your own without it, in a list: all")
    )
    parser.add_argument("--day", metavar="DAY", help=text("today without it"))
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--metric", metavar="METRIC", help=text("in a list: only this one"))
    parser.add_argument("--anyway", action="store_true", help=text("log an amount that seems too large"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Log a figure, list those that were logged, or take one back."""
    if args.what == "list":
        return _list(ctx, args)
    if args.amount is None:
        step = ctx.words.text("See the numbers: smm log list")
        if args.what != "remove":
            step = ctx.words.text("Write it like this: smm log income 15000")
        raise UserError(ctx.words.text("How much, or which one?"), step, Exit.USAGE)
    return _remove(ctx, args) if args.what == "remove" else _add(ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    """Log the figure and judge the goals that it moves."""
    from dataclasses import replace

    from cli.amounts import NAMED, manual_metrics, named_metric, read_amount, read_day, read_metric
    from cli.goal.listing import judge
    from connectors.clean import TEXT_LIMIT, clean
    from goals.metrics import Source, Unit
    from goals.records import Entry
    from store.days import today_of

    words = ctx.words
    collected = named_metric(words, args.what, NAMED)
    if collected is not None and collected.source is not Source.MANUAL:
        raise _read_from_networks(ctx, collected.name)
    metric = read_metric(words, args.what, manual_metrics())
    amount = read_amount(words, args.amount, metric)
    if metric.unit is Unit.HOURS and not 0 < amount <= _DAY_HOURS:
        raise UserError(
            words.text("A day has no {n} hours", n=words.number(amount, 2)),
            words.text("Log each day by itself: --day; take a wrong one back: smm log remove ID"),
            Exit.USAGE,
        )
    with ctx.writer() as writer:
        client = _client(ctx, writer, args.client)
        today = today_of(client, ctx.now())
        day = read_day(words, args.day, today) if args.day else today
        if day > today:
            raise UserError(
                words.text("{day} has not come yet", day=words.day(day, today)),
                words.text("Log it on the day, or set a goal for it"),
                Exit.USAGE,
            )
        if not args.anyway and not _is_meant(ctx, writer, client, metric, amount):
            ctx.say(words.text("Nothing was logged"))
            return Exit.FAILED
        note = clean(args.note, TEXT_LIMIT)
        entry = Entry(0, client.id, metric.name, day, amount, note, ctx.author, ctx.now())
        entry = replace(entry, id=writer.log_entry(entry))
        judge(writer, [writer.manual_account(client.id)], ctx.now())
    if args.json:
        ctx.write_json(_record(client, entry))
    else:
        ctx.write(
            words.text("Logged for {client}: {figure}", client=client.name, figure=_told(ctx, client, entry))
        )
    return Exit.OK


def _is_meant(ctx: Context, reader: Reader, client: Client, metric: Metric, amount: float) -> bool:
    """Whether a figure is likely, or somebody at the terminal says so. Raises UserError (exit code 2)."""
    from cli import ask
    from goals.amounts import doubtful_amount
    from wording.goals import logged, metric_name

    words = ctx.words
    known = [entry.amount for entry in reader.entries(client.id, metric.name)]
    most = doubtful_amount(metric, amount, known)
    if most is None:
        return True
    told = f"{metric_name(words, metric.name)}, {logged(words, metric.name, amount)}"
    doubt = words.text("{figure}: that is very much", figure=told)
    if known:
        largest = logged(words, metric.name, max(known, key=abs))
        doubt = words.text("{figure}: the most so far was {largest}", figure=told, largest=largest)
    if ask.can_ask(ctx):
        return ask.asked(ctx, f"{doubt}. {words.text('Log it all the same?')}", default=False)
    raise UserError(doubt, words.text("If it is right, say so: --anyway"), Exit.USAGE)


def _list(ctx: Context, args: argparse.Namespace) -> int:
    """Show what was logged, client by client, oldest first."""
    from cli.amounts import manual_metrics, read_metric
    from cli.output import table
    from cli.pick import pick_client
    from wording.goals import logged, metric_name

    words = ctx.words
    metric = read_metric(words, args.metric, manual_metrics()).name if args.metric else None
    with ctx.reader() as reader:
        clients = reader.clients()
        if args.client:
            clients = [pick_client(reader, args.client, words, archived=True)]
        found = [(client, entry) for client in clients for entry in reader.entries(client.id, metric)]
    if args.json:
        ctx.write_json([_record(client, entry) for client, entry in found])
        return Exit.OK
    if not found:
        ctx.say(words.text("Nothing was logged by hand yet. Log something: smm log income 15000"))
        return Exit.OK
    text, today = words.text, ctx.now().astimezone(ctx.zone).date()
    headers = [text("No."), text("client"), text("figure"), text("amount"), text("day"), text("note")]
    rows = [
        (
            str(entry.id),
            client.name,
            metric_name(words, entry.metric),
            logged(words, entry.metric, entry.amount),
            words.day(entry.day, today),
            entry.note or "—",
        )
        for client, entry in found
    ]
    ctx.write(table(headers, rows, right={0, 3}))
    return Exit.OK


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    """Take a logged figure back and judge the goals that it moved."""
    from cli.goal.listing import judge

    words, number = ctx.words, args.amount.removeprefix("#")
    with ctx.writer() as writer:
        entries = (
            (client, entry)
            for client in writer.clients(archived=True)
            for entry in writer.entries(client.id)
            if str(entry.id) == number
        )
        client, entry = next(entries, (None, None))
        if client is None or entry is None:
            raise UserError(
                words.text("There is no logged figure «{id}»", id=args.amount),
                words.text("See the numbers: smm log list"),
            )
        writer.remove_entry(entry.id)
        judge(writer, [writer.manual_account(client.id)], ctx.now())
    if args.json:
        ctx.write_json(_record(client, entry))
    else:
        figure = _told(ctx, client, entry)
        ctx.write(words.text("Taken back for {client}: {figure}", client=client.name, figure=figure))
    return Exit.OK


def _record(client: Client, entry: Entry) -> dict[str, object]:
    from goals.metrics import METRICS

    return {
        "id": entry.id,
        "client": client.name,
        "metric": entry.metric,
        "day": entry.day,
        "amount": entry.amount,
        "unit": METRICS[entry.metric].unit,
        "note": entry.note,
    }


def _told(ctx: Context, client: Client, entry: Entry) -> str:
    """The figure in words: «доход, 15 000 ₽ за 23.11»."""
    from store.days import today_of
    from wording.goals import logged, metric_name

    return ctx.words.text(
        "{name}, {amount} on {day}",
        name=metric_name(ctx.words, entry.metric),
        amount=logged(ctx.words, entry.metric, entry.amount),
        day=ctx.words.day(entry.day, today_of(client, ctx.now())),
    )


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
