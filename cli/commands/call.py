"""`smm call CLIENT`: what was wanted, what is done and why; decisions are kept, and goals follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark
from work.call_goals import decision, goal_change

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from goals.records import Call
    from work.call_goals import GoalDecision

HELP = mark("a call with a client: wanted, done, why, and what is decided")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options; decisions and goals keep their common order."""
    text = ctx.words.text
    parser.add_argument("client", metavar="CLIENT", help=text("the name or a part of it"))
    parser.add_argument("--day", metavar="DAY", help=text("when the call is or was; today without it"))
    parser.add_argument(
        "--decision",
        dest="said",
        action="append",
        type=decision,
        default=[],
        metavar="TEXT",
        help=text("what was decided; may be given several times"),
    )
    parser.add_argument(
        "--goal",
        dest="said",
        action="append",
        type=goal_change,
        metavar="ID=AMOUNT|DAY|yes|drop",
        help=text("what the decision before it makes of a goal: 3=200, 3=31.12, 3=yes, 3=drop"),
    )
    parser.add_argument(
        "--by", metavar="NAME", help=text("who said yes; the approver of the agreement without it")
    )
    parser.add_argument("--notes", metavar="TEXT", default="", help=text("what else was said"))
    parser.add_argument("--history", action="store_true", help=text("the calls so far"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Show the page of a call, or keep what was decided. Raises UserError, StoreError."""
    if args.history:
        return _history(ctx, args)
    if args.said or args.notes.strip():
        return _keep(ctx, args)
    return _show(ctx, args)


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.amounts import read_day
    from cli.call_page import page_lines, page_record
    from cli.goal.listing import bring_up
    from cli.pick import pick_client
    from store.days import today_of
    from work.call_page import page_of

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        client = pick_client(reader, args.client, ctx.words)
        today = today_of(client, ctx.now())
        day = read_day(ctx.words, args.day, today) if args.day else today
        page = page_of(reader, client, day, today)
        if args.json:
            ctx.write_json(page_record(ctx, reader, page))
            return Exit.OK
    ctx.write("\n".join(page_lines(ctx, page)))
    step = ctx.words.text(
        'Afterwards: smm call "{client}" --decision TEXT --goal ID=AMOUNT', client=client.name
    )
    ctx.say(f"→ {step}")
    return Exit.OK


def _keep(ctx: Context, args: argparse.Namespace) -> int:
    """Save the call, and a revision with the client's yes of each goal that was decided about."""
    from cli.pick import pick_client
    from cli.rhythm import past_day
    from connectors.clean import clean
    from store.days import today_of
    from store.errors import ConflictError
    from work.agreements import By
    from work.call_goals import DecisionError
    from work.calls import keep_call

    text = ctx.words.text
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_of(client, ctx.now())
        day = past_day(ctx, args.day, today, text("Note the decisions when the call is over"))
        by, said_yes = By(ctx.words, ctx.author, ctx.now()), clean(args.by or "") or None
        try:
            call, found = keep_call(
                writer, client, args.said, by, day=day, today=today, notes=args.notes, agreed_by=said_yes
            )
        except DecisionError as error:
            code = Exit.INCOMPLETE if error.incomplete else Exit.USAGE
            raise UserError(error.message, error.next_step, code) from error
        except ConflictError as error:
            raise UserError(
                text("{author} has just changed this goal", author=error.author),
                text("Look at the page again: smm call"),
            ) from error
    if args.json:
        from work.call_undone import call_record

        ids = [each.after.id for each in found]
        ctx.write_json(call_record(call) | {"client": client.name, "goals": ids})
    else:
        _tell(ctx, client, call, found, today)
    return Exit.OK


def _tell(ctx: Context, client: Client, call: Call, found: Sequence[GoalDecision], today: date) -> None:
    from work.calls import change_text

    head = _head(ctx, client, call.day, today)
    ctx.write(f"{head}: {call.notes}" if call.notes else head)
    for text in call.decisions:
        ctx.write(f"  • {text}")
    for each in found:
        if each.why:
            ctx.write(f"    {each.after.id}. {change_text(ctx.words, each, today)}")
    if found:
        ctx.say(ctx.words.text("Take a change back: smm goal undo {id}", id=found[-1].after.id))


def _head(ctx: Context, client: Client, day: date, today: date) -> str:
    return ctx.words.text("Call with {client}, {day}", client=client.name, day=ctx.words.day(day, today))


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from cli.pick import pick_client
    from store.days import today_of
    from work.call_undone import call_record, decision_texts, undone_of

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words, archived=True)
        calls = reader.calls(client.id)
        undone = undone_of(reader, client, calls)
    if args.json:
        ctx.write_json([call_record(call, undone[call.id]) for call in calls])
        return Exit.OK
    if not calls:
        ctx.say(ctx.words.text("No calls were noted yet"))
    today = today_of(client, ctx.now())
    for day in sorted({call.day for call in calls}, reverse=True):
        ctx.write(_head(ctx, client, day, today))
        for call in (call for call in reversed(calls) if call.day == day):
            for text in decision_texts(ctx.words, call, undone[call.id]):
                ctx.write(f"  • {text}")
            if call.notes:
                ctx.write("  " + ctx.words.text("Note: {text}", text=call.notes))
    return Exit.OK
