"""`smm renew`: the goals of a month, proposed from the agreement with fresh figures to start from."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from cli.agreement_goals import Proposal
    from cli.context import Context
    from store.contract import Reader

HELP = mark("the goals of a month, from the agreement")

_MONTH = re.compile(r"(20\d\d)-(0?[1-9]|1[0-2])")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    parser.add_argument("--period", metavar="YYYY-MM", help=text("the month; the next one without it"))
    parser.add_argument("--yes", action="store_true", help=text("save the goals without a question"))
    parser.add_argument("--dry-run", action="store_true", help=text("only show them"))
    parser.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Show the goals of the month, and save them where that is wanted. Raises UserError, StoreError."""
    from cli.agreement_goals import match_topics, proposal_record, save_proposal

    with ctx.reader() as reader:
        found, first = _proposed(ctx, reader, args)
    numbers = found.numbers
    if not args.json:
        _show(ctx, found)
    saves = bool(found.news) and not args.dry_run and (args.yes or _wants(ctx, args, found.news))
    if saves:
        with ctx.writer() as writer:
            with writer.together():
                found, first = _proposed(ctx, writer, args)
                numbers = save_proposal(ctx, writer, found)
            match_topics(ctx, writer, found)
    if args.json:
        record = proposal_record(found, numbers, saved=saves)
        ctx.write_json({"period": f"{first:%Y-%m}", **record})
    elif saves:
        ids = [str(n) for n, each in zip(numbers, found.planned, strict=True) if each.is_new]
        ctx.say(ctx.words.text("Goals set: {ids}", ids=", ".join(ids)))
    elif found.news:
        ctx.say(ctx.words.text("Nothing was saved"))
        ctx.say("→ " + ctx.words.text("Save the goals: the same command with --yes"))
    return Exit.OK


def _proposed(ctx: Context, reader: Reader, args: argparse.Namespace) -> tuple[Proposal, date]:
    """What the terms in force ask for in the month, and its first day.

    Raises UserError where they do not hold in it.
    """
    from cli.agreement_goals import propose
    from cli.pick import pick_client
    from store.days import today_of

    client = pick_client(reader, args.client, ctx.words)
    today = today_of(client, ctx.now())
    first, last = _month(ctx, args.period, today)
    found = propose(ctx, reader, client, today, start=first, deadline=last)
    _refuse_outside(ctx, found, first, last)
    return found, first


def _show(ctx: Context, found: Proposal) -> None:
    from cli.agreement_goals import proposal_table
    from cli.agreements import say_standing

    if not found.planned:
        ctx.say(ctx.words.text("No line of the agreement asks for a goal in these days"))
        return
    ctx.write(proposal_table(ctx, found, found.numbers))
    say_standing(ctx, found.agreement, found.client, newer=found.is_outdated)


def _month(ctx: Context, typed: str | None, today: date) -> tuple[date, date]:
    """The first and last day of the month that was named, or of the next one. Raises UserError."""
    from datetime import timedelta

    from goals.model import Period
    from goals.pace import period_of

    text = ctx.words.text
    following = period_of(Period.MONTH, today)[1] + timedelta(days=1)
    if typed is None:
        return period_of(Period.MONTH, following)
    found = _MONTH.fullmatch(typed.strip())
    step = text("Write it like {month}", month=f"{following:%Y-%m}")
    if found is None:
        raise UserError(text("«{text}» is no month", text=typed), step, Exit.USAGE)
    first, last = period_of(Period.MONTH, today.replace(year=int(found[1]), month=int(found[2]), day=1))
    if last < today:
        raise UserError(text("The month {month} is over", month=f"{first:%Y-%m}"), step, Exit.USAGE)
    return first, last


def _refuse_outside(ctx: Context, found: Proposal, first: date, last: date) -> None:
    """Refuse a month in which the agreement does not hold."""
    from goals.agreement.goals import window_of

    terms = found.agreement.terms
    if window_of(terms, found.today, start=first, deadline=last) is not None:
        return
    text, start, end = ctx.words.text, terms.dates.start, terms.dates.end
    if start is not None and start > last:
        raise UserError(
            text("The agreement begins on {day}", day=ctx.words.day(start, found.today)),
            text("Name a later month: {month}", month=f"--period {start:%Y-%m}"),
        )
    raise UserError(
        text("The agreement ends on {day}", day=ctx.words.day(end or last, found.today)),
        text('Write down how it goes on: smm agreement edit "{client}"', client=found.client.name),
    )


def _wants(ctx: Context, args: argparse.Namespace, news: int) -> bool:
    """Whether somebody at the terminal says yes."""
    from cli.ask import asked, can_ask

    if args.json or not can_ask(ctx):
        return False
    question = ctx.words.plural("Set this {n} new goal?", "Set these {n} new goals?", news)
    return asked(ctx, question, default=False)
