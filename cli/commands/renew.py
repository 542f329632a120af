"""`smm renew`: the goals of a month, proposed from the agreement with fresh figures to start from."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from store.contract import Reader
    from work.agreement_goals import Proposal

HELP = mark("the goals of a month, from the agreement")

#: So long a month without goals is the one that is meant, not the next one.
_FRESH_DAYS = 10
_MONTH = re.compile(r"(20\d\d)-(0?[1-9]|1[0-2])")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    parser.add_argument(
        "--period",
        metavar="YYYY-MM",
        help=text("the month; without it the next one, or the new month while it has no goals"),
    )
    parser.add_argument("--yes", action="store_true", help=text("save the goals without a question"))
    parser.add_argument("--again", action="store_true", help=text("also those that the client dropped"))
    parser.add_argument("--dry-run", action="store_true", help=text("only show them"))
    parser.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Show the goals of the month, and save them where that is wanted. Raises UserError, StoreError."""
    from cli.agreement.goals import save_proposal
    from cli.agreement.table import proposal_record

    with ctx.reader() as reader:
        found, first = _proposed(ctx, reader, args)
    numbers = found.numbers
    if not args.json:
        _show(ctx, found)
        _say_ended(ctx, found, first)
    saves = bool(found.news) and not args.dry_run and (args.yes or _wants(ctx, args, found.news))
    if saves:
        with ctx.writer() as writer, writer.together():
            found, first = _proposed(ctx, writer, args)
            numbers = save_proposal(ctx, writer, found)
    if args.json:
        record = proposal_record(found, numbers, saved=saves)
        ended = list(_ended(found, first))
        extra = {"ended": ended, "priorities_without_goal": found.unserved}
        ctx.write_json({"period": f"{first:%Y-%m}", **record, **extra})
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
    from cli.agreement.goals import propose, refuse_outside
    from cli.pick import pick_client
    from goals.model import ClientKind, Period
    from goals.pace import period_of
    from store.days import today_of
    from work.agreement_goals import own_proposal

    client = pick_client(reader, args.client, ctx.words)
    today = today_of(client, ctx.now())

    def of_month(first: date, last: date) -> Proposal:
        if client.kind is ClientKind.SELF:
            return own_proposal(reader, client, today, first, last)
        return propose(ctx, reader, client, today, start=first, deadline=last, again=args.again)

    if args.period is None and today.day <= _FRESH_DAYS:
        running = of_month(*period_of(Period.MONTH, today))
        if running.news and not any(each.live for each in running.planned):
            return running, today.replace(day=1)
    first, last = _month(ctx, args.period, today)
    found = of_month(first, last)
    refuse_outside(ctx, found, first, last)
    return found, first


def _show(ctx: Context, found: Proposal) -> None:
    from cli.agreement.common import say_standing
    from cli.agreement.table import proposal_table
    from goals.model import ClientKind

    text, own = ctx.words.text, found.client.kind is ClientKind.SELF
    if not found.planned and own:
        ctx.say(text("You had no goals of your own in the month before"))
        ctx.say(
            "→ "
            + text(
                'Set one: smm goal add "income 120k a month" --client "{client}"', client=found.client.name
            )
        )
        return
    if not found.planned:
        ctx.say(text("No line of the agreement asks for a goal in these days"))
        return
    ctx.write(proposal_table(ctx, found, found.numbers))
    if any(each.is_off for each in found.planned):
        ctx.say(text("What the client dropped is not set; wanted all the same: --again"))
    if found.agreement is not None:
        say_standing(ctx, found.agreement, found.client, newer=found.is_outdated)


def _ended(found: Proposal, first: date) -> dict[str, date]:
    from goals.agreement.goals import ended_terms

    return {} if found.agreement is None else ended_terms(found.agreement.terms, first)


def _say_ended(ctx: Context, found: Proposal, first: date) -> None:
    """Say which lines ended with the month before, and which priorities are left without a goal."""
    from wording.agreements.lists import line_texts

    ended = _ended(found, first)
    if found.agreement is None or not ended:
        return
    text, lines = ctx.words.text, line_texts(ctx.words, found.agreement.terms)
    for term, until in ended.items():
        day = ctx.words.day(until, found.today)
        ctx.say(text("The line ended on {day}: {line}", day=day, line=lines[term]))
    if found.unserved:
        ranks = ", ".join(map(str, found.unserved))
        ctx.say(text("Without a goal in this month: priorities {ranks}", ranks=ranks))
    client = found.client.name
    ctx.say("→ " + text('Write down how it goes on: smm agreement edit "{client}"', client=client))


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


def _wants(ctx: Context, args: argparse.Namespace, news: int) -> bool:
    """Whether somebody at the terminal says yes."""
    from cli.ask import asked, can_ask

    if args.json or not can_ask(ctx):
        return False
    question = ctx.words.plural("Set this {n} new goal?", "Set these {n} new goals?", news)
    return asked(ctx, question, default=False)
