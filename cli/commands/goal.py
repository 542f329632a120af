"""`smm goal add|list|show|edit|drop|history`: what is to be reached, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import Goal
    from store.contract import Reader, Writer

HELP = mark("goals: add, list, show, edit, drop, history")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("set a goal"))
    add.add_argument("--client", required=True, metavar="NAME")
    scope = add.add_mutually_exclusive_group()
    scope.add_argument("--account", metavar="LINK")
    scope.add_argument("--network", metavar="N")
    add.add_argument("--metric", required=True, metavar="M")
    add.add_argument("--kind", required=True, metavar="K")
    add.add_argument("--amount", required=True, metavar="N")
    _common(add)
    show_list = actions.add_parser("list", help=text("goals with their pace"))
    show_list.add_argument("--client", metavar="NAME")
    show = actions.add_parser("show", help=text("one goal"))
    edit = actions.add_parser("edit", help=text("change a goal; the old line stays in its history"))
    edit.add_argument("--amount", metavar="N")
    _common(edit)
    edit.add_argument("--why", required=True, metavar="TEXT", help=text("why it changes"))
    edit.add_argument("--agreed", metavar="DAY", help=text("the day on which the client agreed"))
    drop = actions.add_parser("drop", help=text("give a goal up; its history stays"))
    drop.add_argument("--why", required=True, metavar="TEXT", help=text("why it is given up"))
    history = actions.add_parser("history", help=text("the changes of a goal"))
    for action in (show, edit, drop, history):
        action.add_argument("goal", metavar="ID")
    for action in (add, show_list, show, edit, drop, history):
        action.add_argument("--json", action="store_true")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", metavar="day|week|month")
    parser.add_argument("--topic", metavar="T")
    parser.add_argument("--baseline", metavar="X")
    parser.add_argument("--start", metavar="DAY")
    parser.add_argument("--deadline", metavar="DAY")
    parser.add_argument("--title", metavar="TEXT")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    return {"add": _add, "list": _list, "show": _show, "edit": _edit, "drop": _drop, "history": _history}[
        args.action
    ](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal_form import new_goal, warnings
    from cli.goals import local_day
    from cli.pick import pick_account, pick_client
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        account = pick_account(writer, args.account, ctx.words, client=client.id) if args.account else None
        goal = new_goal(ctx, writer, args, client, account, local_day(client, ctx.now()))
        goal_id = writer.add_goal(goal, author=ctx.author, now=ctx.now())
        saved = writer.goal(goal_id)
        refresh_goals(writer, [saved], ctx.now())
        for warning in warnings(ctx, saved, account):
            ctx.say(warning)
        return _told(ctx, writer, saved, as_json=args.json)


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import bring_up, goal_records, live_rows
    from cli.pick import pick_client

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        client = pick_client(reader, args.client, ctx.words) if args.client else None
        rows = live_rows(reader, client.id if client else None)
        if args.json:
            ctx.write_json(goal_records(ctx, reader, rows))
        elif rows:
            ctx.write(_table(ctx, reader, rows))
        else:
            ctx.say(ctx.words.text("No goals yet. Set one: smm goal add --client NAME --metric audience …"))
    return Exit.OK


def _table(ctx: Context, reader: Reader, rows: list[GoalRow]) -> str:
    from datetime import date

    from cli.output import table
    from wording.goals import chance_cell, done_cell, reserve_cell, row_title, status_word, today_cell

    words, today = ctx.words, ctx.now().astimezone(ctx.zone).date()
    clients = {int(client.id): client.name for client in reader.clients()}
    text = words.text
    headers = [
        text("No."), text("client"), text("goal"), text("until"), text("done"), text("status"),
        text("reserve"), text("chance"), text("today"),
    ]  # fmt: skip
    return table(
        headers,
        [
            (
                str(row.goal_id),
                clients[row.client_id],
                row_title(words, row),
                "—" if row.deadline is None else words.day(date.fromordinal(row.deadline), today),
                done_cell(words, row),
                status_word(words, row.status),
                reserve_cell(words, row),
                chance_cell(words, row),
                today_cell(words, row),
            )
            for row in rows
        ],
        right={0, 4, 7},
    )


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import bring_up

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        goal = _picked(ctx, reader, args.goal, dropped=True)
        return _told(ctx, reader, goal, as_json=args.json)


def _edit(ctx: Context, args: argparse.Namespace) -> int:
    from cli.amounts import read_day
    from cli.goal_form import edited_goal
    from cli.goals import local_day
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        client = next(client for client in writer.clients(archived=True) if client.id == goal.client_id)
        today = local_day(client, ctx.now())
        edited = edited_goal(ctx, writer, args, goal, client, today)
        agreed_on = read_day(ctx.words, args.agreed, today) if args.agreed else None
        saved = writer.update_goal(
            edited, author=ctx.author, now=ctx.now(), why=args.why, agreed_on=agreed_on
        )
        refresh_goals(writer, [saved], ctx.now())
        return _told(ctx, writer, saved, as_json=args.json)


def _drop(ctx: Context, args: argparse.Namespace) -> int:
    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        dropped = replace(goal, dropped=True)
        saved = writer.update_goal(dropped, author=ctx.author, now=ctx.now(), why=args.why)
        return _told(ctx, writer, saved, as_json=args.json)


def _history(ctx: Context, args: argparse.Namespace) -> int:
    with ctx.reader() as reader:
        goal = _picked(ctx, reader, args.goal, dropped=True)
        revisions = reader.revisions(goal.id)
    if args.json:
        names = ("number", "made_at", "author", "why", "agreed_on", "changes")
        ctx.write_json([{name: getattr(revision, name) for name in names} for revision in revisions])
        return Exit.OK
    if not revisions:
        ctx.say(ctx.words.text("The goal has not been changed since it was set"))
    today = ctx.now().astimezone(ctx.zone).date()
    for revision in revisions:
        changes = ", ".join(
            f"{name}: {old or '—'} → {new or '—'}" for name, (old, new) in revision.changes.items()
        )
        made = ctx.words.moment(revision.made_at, ctx.zone, today)
        parts = [f"{revision.number}. {made}", revision.author, changes, revision.why]
        if revision.agreed_on:
            day = ctx.words.day(revision.agreed_on, today)
            parts.append(ctx.words.text("agreed with the client on {day}", day=day))
        ctx.write(" · ".join(part for part in parts if part))
    return Exit.OK


def _picked(ctx: Context, reader: Reader, wanted: str, *, dropped: bool = False) -> Goal:
    from cli.goals import goal_title
    from cli.pick import pick_goal

    return pick_goal(reader, wanted, ctx.words, title=lambda goal: goal_title(ctx, goal), dropped=dropped)


def _told(ctx: Context, store: Reader | Writer, goal: Goal, *, as_json: bool) -> int:
    """Print one goal: its record, or a line with its pace."""
    from cli.goals import goal_records, local_day, row_of
    from wording.goals import pace_sentence, row_title

    row = row_of(store, goal)
    if as_json:
        ctx.write_json(goal_records(ctx, store, [row])[0])
        return Exit.OK
    client = next(client for client in store.clients(archived=True) if client.id == goal.client_id)
    today = local_day(client, ctx.now())
    until = (
        f" · {ctx.words.text('until {day}', day=ctx.words.day(goal.deadline, today))}"
        if goal.deadline
        else ""
    )
    head = f"{goal.id}. {client.name} · {row_title(ctx.words, row)}{until}"
    sentence = ctx.words.text("Dropped") if goal.dropped else pace_sentence(ctx.words, row, today)
    ctx.write(f"{head}\n{sentence}")
    return Exit.OK
