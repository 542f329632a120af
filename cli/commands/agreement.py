"""`smm agreement`: what was agreed with a client, its versions, and the goals on its lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from cli.agreement_goals import Proposal
    from cli.context import Context
    from goals.agreement.terms import Agreement
    from goals.model import Client, Goal, GoalId
    from store.contract import Reader

HELP = mark("agreements: show, edit, accept, print, history, goals, swap")

_PAGES = ("markdown", "text")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help=text("what is agreed, what is lacking, which goals carry it out"))
    edit = actions.add_parser("edit", help=text("write the next version in your editor, or from a file"))
    edit.add_argument("--reason", metavar="TEXT", help=text("why it changes"))
    edit.add_argument("--file", metavar="F", help=text("take the text from a file, - for standard input"))
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
    swap = actions.add_parser("swap", help=text("put the priorities in another order, as a new version"))
    every = (show, edit, accept, page, history, goals, swap)
    for action in every:
        action.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    swap.add_argument(
        "order", nargs="+", type=int, metavar="N", help=text("the old places in the new order: 2 1 3")
    )
    swap.add_argument("--reason", metavar="TEXT", help=text("why it changes"))
    for action in (show, accept, page):
        action.add_argument("--version", type=int, metavar="N", help=text("the newest one without it"))
    for action in (show, history, goals):
        action.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError, StoreError."""
    if args.action in {"edit", "swap"}:
        from cli import agreement_edit

        return {"edit": agreement_edit.run_edit, "swap": agreement_edit.run_swap}[args.action](ctx, args)
    if args.action == "accept":
        from cli.agreement_accept import run_accept

        return run_accept(ctx, args)
    return {"show": _show, "print": _print, "history": _history, "goals": _goals}[args.action](ctx, args)


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreements import line_texts, needed_agreements, open_goals, say_accept_step, version_of
    from cli.pick import pick_client
    from goals.agreement.plain import in_force
    from store.days import today_of

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
        goals = open_goals(reader, client, today_of(client, ctx.now()))
    agreement = version_of(ctx, agreements, args.version, client)
    texts = line_texts(ctx.words, agreement.terms)
    standing = {term: [goal for goal in goals if goal.term == term] for term in texts}
    if args.json:
        record = _record(client, agreement, agreements, texts, standing)
        ctx.write_json(record | {"in_force": agreement is in_force(agreements)})
        return Exit.OK
    _write_agreement(ctx, client, agreement, texts, standing)
    holding = in_force(agreements)
    if agreement is not holding:
        ctx.say(ctx.words.text("Version {n} is the one that holds", n=holding.version))
    elif agreement.acceptance is None:
        say_accept_step(ctx, client)
    return Exit.OK


def _write_agreement(
    ctx: Context,
    client: Client,
    agreement: Agreement,
    texts: dict[str, str],
    standing: dict[str, list[Goal]],
) -> None:
    """The page, what it lacks, and the goals on its lines."""
    from goals.agreement.lines import topic_term
    from goals.agreement.terms import lacking
    from wording.agreement import agreement_text
    from wording.agreements.fields import field_text

    text = ctx.words.text
    ctx.write(agreement_text(ctx.words, client, agreement).rstrip("\n"))
    empty = lacking(agreement.terms)
    if empty:
        lines = [f"• {path}: {field_text(ctx.words, path)}" for path in empty]
        ctx.write("\n" + "\n".join([text("Not said yet") + ":", *lines]))
    shares = {topic_term(line) for line in agreement.terms.topics if line.amount is None}
    lines = [
        f"• {said} — {_goals_text(ctx, standing[term])}"
        for term, said in texts.items()
        if term not in shares or standing[term]
    ]
    if lines:
        ctx.write("\n" + "\n".join([text("Goals on its lines") + ":", *lines]))


def _goals_text(ctx: Context, goals: list[Goal]) -> str:
    if not goals:
        return ctx.words.text("no goal")
    ids = ", ".join(str(goal.id) for goal in goals)
    return ctx.words.text("goal {ids}", ids=ids)


def _record(
    client: Client,
    agreement: Agreement,
    agreements: list[Agreement],
    texts: dict[str, str],
    standing: dict[str, list[Goal]],
) -> dict[str, object]:
    from goals.agreement.plain import to_plain
    from goals.agreement.terms import lacking

    return {
        "client": client.name,
        **_version_record(agreement),
        "newest": agreements[-1].version,
        "terms": to_plain(agreement.terms),
        "lacking": lacking(agreement.terms),
        "lines": [
            {"term": term, "text": said, "goals": [goal.id for goal in standing[term]]}
            for term, said in texts.items()
        ],
    }


def _version_record(agreement: Agreement) -> dict[str, object]:
    yes = agreement.acceptance
    return {
        "version": agreement.version,
        "made_at": agreement.made_at,
        "author": agreement.author,
        "reason": agreement.reason,
        "accepted": None
        if yes is None
        else {"by": yes.by, "on": yes.on, "author": yes.author, "made_at": yes.made_at},
    }


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreements import needed_agreements
    from cli.pick import pick_client
    from goals.agreement.plain import in_force
    from store.days import today_of

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
    holding = in_force(agreements)
    if args.json:
        ctx.write_json(_version_record(each) | {"in_force": each is holding} for each in agreements)
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


def _print(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreements import needed_agreements, version_of
    from cli.pick import pick_client
    from wording.agreement import agreement_markdown, agreement_text
    from wording.words import Words

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words)
        agreements = needed_agreements(ctx, reader, client)
    agreement = version_of(ctx, agreements, args.version, client)
    words = Words(args.lang) if args.lang else ctx.words
    shape = args.format or ("text" if (args.output or "").lower().endswith(".txt") else "markdown")
    page = (agreement_text if shape == "text" else agreement_markdown)(words, client, agreement)
    if args.output in {None, "-"}:
        ctx.write(page.rstrip("\n"))
    else:
        _write_file(ctx, args.output, page)
    return Exit.OK


def _write_file(ctx: Context, path: str, page: str) -> None:
    from cli.whole_file import whole_file
    from wording.details import os_detail

    text = ctx.words.text
    try:
        with whole_file(path) as file:
            file.write(page)
    except OSError as error:
        raise UserError(
            text(
                "The file cannot be written: {path} ({reason})", path=path, reason=os_detail(ctx.words, error)
            ),
            text("Name another place: -o FILE"),
        ) from error
    ctx.say(text("Written: {path}", path=path))


def _goals(ctx: Context, args: argparse.Namespace) -> int:
    from cli.agreement_goals import match_topics, save_proposal

    if args.dry_run:
        with ctx.reader() as reader:
            found = _proposed(ctx, reader, args)
        numbers = found.numbers
    else:
        with ctx.writer() as writer:
            with writer.together():
                found = _proposed(ctx, writer, args)
                numbers = save_proposal(ctx, writer, found)
            match_topics(ctx, writer, found)
    _tell_goals(ctx, found, numbers, as_json=args.json, saved=not args.dry_run)
    return Exit.OK


def _proposed(ctx: Context, reader: Reader, args: argparse.Namespace) -> Proposal:
    """What the terms in force ask for in the month that runs, or the first one."""
    from cli.agreement_goals import propose
    from cli.pick import pick_client
    from store.days import today_of

    client = pick_client(reader, args.client, ctx.words)
    return propose(ctx, reader, client, today_of(client, ctx.now()))


def _tell_goals(
    ctx: Context, found: Proposal, numbers: list[GoalId | None], *, as_json: bool, saved: bool
) -> None:
    from cli.agreement_goals import proposal_record, proposal_table
    from cli.agreements import say_standing

    if as_json:
        ctx.write_json(proposal_record(found, numbers, saved=saved))
    elif not found.planned:
        ctx.say(ctx.words.text("No line of the agreement asks for a goal in these days"))
    else:
        ctx.write(proposal_table(ctx, found, numbers))
        say_standing(ctx, found.agreement, found.client, newer=found.is_outdated)
    if found.topics and not as_json:
        text, names = ctx.words.text, ", ".join(found.topics)
        made, waiting = text("Topics made: {names}", names=names), text("New topics: {names}", names=names)
        ctx.say(made if saved else waiting)
