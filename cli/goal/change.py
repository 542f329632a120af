"""What changes a saved goal: `smm goal edit`, `agree`, `drop` and `undo`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.amounts import read_day
from cli.exits import Exit, UserError
from cli.goal.listing import picked_goal, save_goal
from cli.goal.page import tell_goal
from connectors.clean import clean
from store.days import today_of
from store.refresh import refresh_goals
from work.goal_yes import is_said, wrong_yes

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Client, Goal
    from store.contract import Reader, Writer


def run_edit(ctx: Context, args: argparse.Namespace) -> int:
    """Change a goal; what only answers a question needs no reason."""
    from cli.goal.form import edited_goal, only_fills

    with ctx.writer() as writer:
        goal = picked_goal(ctx, writer, args.goal)
        client = _owner(writer, goal)
        today = today_of(client, ctx.now())
        edited = edited_goal(ctx, writer, args, goal, client, today)
        why = args.why or ""
        if args.why is None and only_fills(goal, edited):
            why = ctx.words.text("said more exactly")
        if args.why is None and args.reading is not None:
            why = ctx.words.text("reading {n} was chosen", n=args.reading)
        agreed_on = read_day(ctx.words, args.agreed, today) if args.agreed else None
        if agreed_on is not None:
            _check_yes(ctx, goal, agreed_on, today)
        if edited == goal and agreed_on is None and args.reading is None:
            ctx.say(ctx.words.text("It is so already: nothing was changed"))
            return tell_goal(ctx, writer, goal, as_json=args.json)
        saved = save_goal(ctx, writer, edited, why=why, agreed_on=agreed_on)
        refresh_goals(writer, [saved], ctx.now())
        return tell_goal(ctx, writer, saved, as_json=args.json, asking=True)


def run_agree(ctx: Context, args: argparse.Namespace) -> int:
    """Note the client's yes; the same yes a second time is only told."""
    from goals.evaluate import is_complete

    words = ctx.words
    with ctx.writer() as writer:
        goal = picked_goal(ctx, writer, args.goal)
        if not is_complete(goal):
            raise UserError(
                words.text("The goal is a draft: there is nothing yet to say yes to"),
                words.text("Finish it first: smm goal edit {goal} --amount N --deadline DAY", goal=goal.id),
                Exit.INCOMPLETE,
            )
        today = today_of(_owner(writer, goal), ctx.now())
        by, on = _yes(ctx, args, today)
        _check_yes(ctx, goal, on, today)
        told = words.text("Agreed: {name}, {day}", name=by, day=words.day(on, today))
        if is_said(goal, writer.revisions(goal.id), by, on):
            ctx.say(words.text("It is so already. {agreed}", agreed=told))
            return tell_goal(ctx, writer, goal, as_json=args.json)
        agreed = replace(goal, agreed_by=by, agreed_on=on)
        saved = save_goal(ctx, writer, agreed, why=words.text("the client said yes"), agreed_on=on)
        refresh_goals(writer, [saved], ctx.now())
        ctx.say(told)
        return tell_goal(ctx, writer, saved, as_json=args.json)


def _yes(ctx: Context, args: argparse.Namespace, today: date) -> tuple[str, date]:
    """Who said yes on which day. Raises UserError for nobody and for a day to come."""
    words = ctx.words
    day = read_day(words, args.on, today)
    if day > today:
        raise UserError(
            words.text("The client cannot have agreed on a day to come: {day}", day=args.on),
            words.text("Name the day of the yes: --on today"),
            Exit.USAGE,
        )
    by = clean(args.by)
    if not by:
        raise UserError(
            words.text("Nobody is named who said yes"), words.text("For example: --by Olga"), Exit.USAGE
        )
    return by, day


def _check_yes(ctx: Context, goal: Goal, on: date, today: date) -> None:
    """Refuse a day of the yes that is a slip: long ago, or before the yes that is noted (exit code 2)."""
    wrong = wrong_yes(ctx.words, goal, on, today)
    if wrong is not None:
        raise UserError(wrong.text, wrong.step, Exit.USAGE)


def run_undo(ctx: Context, args: argparse.Namespace) -> int:
    """Take back the newest change that was not taken back yet, and say which."""
    from wording.changes import Names, revision_text

    with ctx.writer() as writer:
        goal = picked_goal(ctx, writer, args.goal, dropped=True)
        saved = writer.undo_goal(goal.id, author=ctx.author, now=ctx.now())
        refresh_goals(writer, [saved], ctx.now())
        names = Names.of(ctx.words, writer.clients(archived=True), writer.accounts(archived=True))
        today = today_of(_owner(writer, goal), ctx.now())
        said = revision_text(ctx.words, writer.revisions(goal.id)[-1], today, names)
        ctx.say(said[:1].upper() + said[1:])
        return tell_goal(ctx, writer, saved, as_json=args.json)


def run_drop(ctx: Context, args: argparse.Namespace) -> int:
    """Give a goal up; its history stays."""
    with ctx.writer() as writer:
        goal = picked_goal(ctx, writer, args.goal)
        saved = save_goal(ctx, writer, replace(goal, dropped=True), why=args.why)
        return tell_goal(ctx, writer, saved, as_json=args.json)


def _owner(store: Reader | Writer, goal: Goal) -> Client:
    return next(client for client in store.clients(archived=True) if client.id == goal.client_id)
