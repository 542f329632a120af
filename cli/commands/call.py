"""`smm call CLIENT`: what was wanted, what is done and why; decisions are kept, and goals follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.call_goals import decision, goal_change
from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from cli.call_goals import GoalDecision, Said
    from cli.context import Context
    from goals.model import Client, Goal
    from goals.records import Call
    from store.contract import Reader, Writer

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
    from cli.call_page import page_lines, page_of, page_record
    from cli.goals import bring_up
    from cli.pick import pick_client
    from store.days import today_of

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
    from cli.call_goals import decided
    from cli.pick import pick_client
    from cli.rhythm import past_day
    from connectors.clean import clean
    from store.days import today_of
    from store.refresh import refresh_goals

    text = ctx.words.text
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_of(client, ctx.now())
        day = past_day(ctx, args.day, today, text("Note the decisions when the call is over"))
        by, approver = clean(args.by or "") or None, _approver(writer, client)
        found = decided(ctx, writer, client, args.said, today, by=by, approver=approver, on=day)
        with writer.together():
            call = _call(ctx, writer, client, args, found, day)
            for each in found:
                _save(ctx, writer, each, day)
            refresh_goals(
                writer, [writer.goal(each.after.id) for each in found if not each.after.dropped], ctx.now()
            )
    if args.json:
        from cli.call_page import call_record

        ids = [each.after.id for each in found]
        ctx.write_json(call_record(call) | {"client": client.name, "goals": ids})
    else:
        _tell(ctx, client, call, found, today)
    return Exit.OK


def _approver(reader: Reader, client: Client) -> str:
    """Who says yes for the client, as agreed, else the client himself."""
    from connectors.clean import clean
    from store.evidence import terms_in_force

    terms = terms_in_force(reader, client.id)
    agreed = terms.client.approver if terms else ""
    return clean(agreed) or client.name


def _call(
    ctx: Context,
    writer: Writer,
    client: Client,
    args: argparse.Namespace,
    found: Sequence[GoalDecision],
    day: date,
) -> Call:
    """The call as it is kept; a goal that no words were said about is a decision by itself."""
    from dataclasses import replace

    from connectors.clean import TEXT_LIMIT, clean
    from goals.records import Call

    said: Sequence[Said] = args.said
    words = [clean(each.text, TEXT_LIMIT) for each in said if not each.is_goal]
    if any(not any(char.isalnum() for char in text) for text in words):
        raise UserError(
            ctx.words.text("What was decided?"),
            ctx.words.text("Say it in words: --decision TEXT"),
            Exit.USAGE,
        )
    words += [_change_text(ctx, each) for each in found if not each.why]
    call = Call(0, client.id, day, ctx.now(), ctx.author, clean(args.notes, TEXT_LIMIT), tuple(words))
    return replace(call, id=writer.add_call(call))


def _change_text(ctx: Context, each: GoalDecision) -> str:
    """What was decided about a goal, from what to what: «ВК: +300 подписчиков: число: 300 → 200»."""
    from cli.goals import goal_title
    from wording.changes import Names, changes_text

    before, after = each.before, each.after
    changed = {
        name: (_plain(getattr(before, name)), _plain(getattr(after, name)))
        for name in ("amount", "deadline", "dropped")
        if getattr(before, name) != getattr(after, name)
    }
    told = changes_text(ctx.words, changed, ctx.now().astimezone(ctx.zone).date(), Names())
    return f"{goal_title(ctx, before)}: {told or ctx.words.text('the client said yes')}"


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _save(ctx: Context, writer: Writer, each: GoalDecision, day: date) -> Goal:
    from cli.goals import save_goal
    from connectors.clean import clean

    why = clean(each.why) or ctx.words.text("the client said yes")
    return save_goal(ctx, writer, each.after, why=why, agreed_on=day)


def _tell(ctx: Context, client: Client, call: Call, found: Sequence[GoalDecision], today: date) -> None:
    ctx.write(_head(ctx, client, call, today))
    for text in call.decisions:
        ctx.write(f"  • {text}")
    for each in found:
        if each.why:
            ctx.write(f"    {each.after.id}. {_change_text(ctx, each)}")
    if found:
        ctx.say(ctx.words.text("Take a change back: smm goal undo {id}", id=found[-1].after.id))


def _head(ctx: Context, client: Client, call: Call, today: date) -> str:
    head = ctx.words.text("Call with {client}, {day}", client=client.name, day=ctx.words.day(call.day, today))
    return f"{head}: {call.notes}" if call.notes else head


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from cli.call_page import call_record
    from cli.pick import pick_client
    from store.days import today_of

    with ctx.reader() as reader:
        client = pick_client(reader, args.client, ctx.words, archived=True)
        calls = reader.calls(client.id)
    if args.json:
        ctx.write_json([call_record(call) for call in calls])
        return Exit.OK
    if not calls:
        ctx.say(ctx.words.text("No calls were noted yet"))
    today = today_of(client, ctx.now())
    for call in reversed(calls):
        ctx.write("\n".join([_head(ctx, client, call, today), *(f"  • {text}" for text in call.decisions)]))
    return Exit.OK
