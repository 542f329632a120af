"""`smm agreement`: what was agreed with a client, its versions, and the goals on its lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.agreement.terms import Agreement
    from goals.model import Client, GoalId
    from store.contract import Reader
    from work.agreement_goals import Proposal

HELP = mark("agreements: show, edit, accept, print, history, goals, swap")

_PAGES = ("markdown", "text")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help=text("what is agreed, what is lacking, which goals carry it out"))
    show.add_argument("--toml", action="store_true", help=text("as the file that edit takes"))
    edit = actions.add_parser("edit", help=text("write the next version in your editor, or from a file"))
    edit.add_argument("--reason", metavar="TEXT", help=text("why it changes"))
    edit.add_argument("--file", metavar="FILE", help=text("take the text from a file, - for standard input"))
    accept = actions.add_parser(
        "accept", help=text("note the client's yes; the goals on its lines are agreed")
    )
    accept.add_argument("--by", required=True, metavar="NAME", help=text("who said yes"))
    accept.add_argument("--on", required=True, metavar="DAY", help=text("on which day: today, 23.11"))
    page = actions.add_parser("print", help=text("one page to send to the client"))
    page.add_argument("--lang", choices=("ru", "en"), help=text("the language of the page"))
    page.add_argument("--format", choices=_PAGES, help=text("markdown, or text for a messenger"))
    page.add_argument("-o", "--output", metavar="FILE", help=text("write it into a file"))
    history = actions.add_parser("history", help=text("the versions, why they were made, who said yes"))
    goals = actions.add_parser("goals", help=text("make goals of the lines"))
    goals.add_argument("--dry-run", action="store_true", help=text("only show them"))
    goals.add_argument("--again", action="store_true", help=text("also those that the client dropped"))
    swap = actions.add_parser("swap", help=text("put the priorities in another order, as a new version"))
    every = (show, edit, accept, page, history, goals, swap)
    for action in every:
        action.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    swap.add_argument(
        "order", nargs="+", type=int, metavar="NUMBER", help=text("the old places in the new order: 2 1 3")
    )
    swap.add_argument(
        "--keep-amounts", action="store_true", help=text("change the order alone, leave all amounts")
    )
    swap.add_argument("--reason", metavar="TEXT", help=text("why it changes"))
    for action in (show, accept, page):
        action.add_argument("--version", type=int, metavar="NUMBER", help=text("the newest one without it"))
    for action in every:
        action.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    if args.action in {"edit", "swap"}:
        from cli.agreement import edit

        return {"edit": edit.run_edit, "swap": edit.run_swap}[args.action](ctx, args)
    if args.action in {"show", "print"}:
        from cli.agreement import show

        return {"show": show.run_show, "print": show.run_print}[args.action](ctx, args)
    if args.action == "accept":
        from cli.agreement.accept import run_accept

        return run_accept(ctx, args)
    return {"history": _history, "goals": _goals}[args.action](ctx, args)


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreement.common import needed_agreements
    from cli.agreement.show import version_record
    from cli.pick import pick_client
    from goals.agreement.plain import in_force
    from store.days import today_of

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
    holding = in_force(agreements)
    if args.json:
        ctx.write_json(version_record(each) | {"in_force": each is holding} for each in agreements)
        return Exit.OK
    today = today_of(client, ctx.now())
    ctx.write(_history_table(ctx, client, agreements, holding, today))
    return Exit.OK


def _history_table(
    ctx: Context, client: Client, agreements: list[Agreement], holding: Agreement, today: date
) -> str:
    from zoneinfo import ZoneInfo

    from cli.output import table
    from connectors.clean import clean

    words, text, zone = ctx.words, ctx.words.text, ZoneInfo(client.timezone)
    rows = [
        (
            f"{each.version}{' *' if each is holding else ''}",
            words.day(each.made_at.astimezone(zone).date(), today),
            clean(each.author),
            clean(each.reason) or "—",
            clean(each.acceptance.by) if each.acceptance else "—",
            words.day(each.acceptance.on, today) if each.acceptance else "—",
        )
        for each in agreements
    ]
    headers = (
        text("version"),
        text("made on"),
        text("made by"),
        text("why"),
        text("yes from"),
        text("yes on"),
    )
    return table(headers, rows) + "\n" + text("* holds now")


def _goals(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreement.goals import save_proposal

    if args.dry_run:
        with ctx.reader() as reader:
            found = _proposed(ctx, reader, args)
        numbers = found.numbers
    else:
        with ctx.writer() as writer, writer.together():
            found = _proposed(ctx, writer, args)
            numbers = save_proposal(ctx, writer, found)
    _tell_goals(ctx, found, numbers, as_json=args.json, saved=not args.dry_run)
    return Exit.OK


def _proposed(ctx: Context, reader: Reader, args: argparse.Namespace) -> Proposal:
    """What the terms in force ask for in the month that runs, or the first one. Raises UserError."""
    from cli.agreement.goals import propose, refuse_outside
    from cli.pick import pick_client
    from store.days import today_of

    client = pick_client(reader, args.client, ctx.words)
    found = propose(ctx, reader, client, today_of(client, ctx.now()), again=args.again)
    refuse_outside(ctx, found)
    return found


def _tell_goals(
    ctx: Context, found: Proposal, numbers: list[GoalId | None], *, as_json: bool, saved: bool
) -> None:
    from cli.agreement.common import say_standing
    from cli.agreement.table import proposal_record, proposal_table

    if as_json:
        ctx.write_json(proposal_record(found, numbers, saved=saved))
    elif not found.planned:
        ctx.say(ctx.words.text("No line of the agreement asks for a goal in these days"))
    else:
        ctx.write(proposal_table(ctx, found, numbers))
        if any(each.is_off for each in found.planned):
            ctx.say(ctx.words.text("What the client dropped is not set; wanted all the same: --again"))
        if found.agreement is not None:
            say_standing(ctx, found.agreement, found.client, newer=found.is_outdated)
    if found.topics and not as_json:
        text, names = ctx.words.text, ", ".join(found.topics)
        made, waiting = text("Topics made: {names}", names=names), text("New topics: {names}", names=names)
        ctx.say(made if saved else waiting)
