"""`smm hours`: income, hours, agreed hours and RUB an hour of each client in a month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from work.hours import WorkRow

HELP = mark("hours against the agreed ones and RUB an hour, client by client")

_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})\.(\d{4})")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--period", metavar="YYYY-MM", help=text("the month; this one without it"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Show the month; a client without figures and agreed hours is left out."""
    from cli.pick import pick_client
    from goals.model import Period
    from goals.pace import period_of
    from work.hours import work_rows

    today = ctx.now().astimezone(ctx.zone).date()
    first, last = period_of(Period.MONTH, _month(ctx, args.period, today))
    with ctx.reader() as reader:
        clients = reader.clients(archived=True)
        if args.client:
            clients = [pick_client(reader, args.client, ctx.words, archived=True)]
        rows = work_rows(reader, clients, first, last)
    if args.json:
        ctx.write_json([_record(row) for row in rows])
    elif rows:
        ctx.write(_table(ctx, rows))
        _hint(ctx, rows)
    else:
        ctx.say(ctx.words.text("No income and no hours were logged in {month}", month=f"{first:%m.%Y}"))
        ctx.say("→ " + ctx.words.text("Log them: smm log hours 2.5 --client NAME"))
    return Exit.OK


def _record(row: WorkRow) -> dict[str, object]:
    return {
        "client": row.client.name,
        "income": row.income,
        "hours": row.hours,
        "agreed_hours": row.agreed_hours,
        "rate": row.rate,
    }


def _month(ctx: Context, typed: str | None, today: date) -> date:
    """The first day of the month that was typed. Raises UserError (exit code 2)."""
    from datetime import date

    if typed is None:
        return today.replace(day=1)
    found = _MONTH.fullmatch(typed.strip())
    year, month = (int(found[1] or found[4]), int(found[2] or found[3])) if found else (0, 0)
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        raise UserError(
            ctx.words.text("«{text}» is no month", text=typed),
            ctx.words.text("Write it like {example}", example=f"{today:%Y-%m}"),
            Exit.USAGE,
        )
    return date(year, month, 1)


def _table(ctx: Context, rows: Sequence[WorkRow]) -> str:
    from cli.output import table
    from wording.rhythm import hours_cell, money_cell, rate_text, share_cell
    from work.hours import total_of

    words, text = ctx.words, ctx.words.text
    headers = [
        text("client"),
        text("income"),
        text("hours"),
        text("agreed"),
        text("used"),
        text("RUB an hour"),
    ]
    cells = [
        (
            row.client.name,
            money_cell(words, row.income),
            hours_cell(words, row.hours),
            hours_cell(words, row.agreed_hours),
            share_cell(words, row.hours, row.agreed_hours),
            rate_text(words, row.rate),
        )
        for row in rows
    ]
    if len(rows) > 1:
        income, hours, rate = total_of(rows)
        total = (money_cell(words, income), hours_cell(words, hours), "", "", rate_text(words, rate))
        cells.append((text("in all"), *total))
    return table(headers, cells, right={1, 2, 3, 4, 5})


def _hint(ctx: Context, rows: Sequence[WorkRow]) -> None:
    """Say what keeps a rate from being known."""
    if any(row.income is not None and row.hours is None for row in rows):
        ctx.say(
            ctx.words.text("Where no hours were logged there is no rate: smm log hours 2.5 --client NAME")
        )
