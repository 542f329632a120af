"""What the commands of the rhythm have in common: whose clients are looked at, and their goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import UserError

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from store.contract import Reader


def chosen_clients(ctx: Context, reader: Reader, client: str | None, manager: str | None) -> list[Client]:
    """The clients of a name and of a manager, all without either. Raises UserError for an unknown one."""
    from cli.pick import pick_client
    from wording.names import folded

    clients = [pick_client(reader, client, ctx.words)] if client else reader.clients()
    if not manager:
        return clients
    managers = sorted({each.manager for each in reader.clients() if each.manager})
    if not any(folded(manager) in folded(name) for name in managers):
        step = ctx.words.text("Name one: smm client edit NAME --manager NAME")
        if managers:
            step = ctx.words.text("There are: {names}", names=", ".join(managers))
        raise UserError(ctx.words.text("There is no manager «{name}»", name=manager), step)
    return [each for each in clients if folded(manager) in folded(each.manager or "")]


def past_day(ctx: Context, typed: str | None, today: date, step: str) -> date:
    """The day that was typed, today without one. Raises UserError for a day to come (exit code 2)."""
    from cli.amounts import read_day
    from cli.exits import Exit

    day = read_day(ctx.words, typed, today) if typed else today
    if day > today:
        raise UserError(
            ctx.words.text("{day} has not come yet", day=ctx.words.day(day, today)), step, Exit.USAGE
        )
    return day
