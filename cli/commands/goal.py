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


#: What the fields of a goal are called in its history.
FIELDS = {
    "amount": mark("amount"),
    "deadline": mark("deadline"),
    "start": mark("start"),
    "baseline": mark("baseline"),
    "period": mark("period"),
    "topic": mark("topic"),
    "title": mark("title"),
    "dropped": mark("given up"),
}


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("set a goal"))
    add.add_argument("--client", required=True, metavar="NAME", help=text("whose goal it is"))
    scope = add.add_mutually_exclusive_group()
    scope.add_argument("--account", metavar="LINK", help=text("one account; all of the client's without it"))
    scope.add_argument("--network", metavar="N", help=text("all accounts in one network"))
    add.add_argument(
        "--metric", required=True, metavar="M", help=text("audience, reach, posts, stories, sales …")
    )
    add.add_argument(
        "--kind",
        required=True,
        metavar="K",
        help="reach_level, gain, gain_percent, total_in_period, average, keep_rate",
    )
    add.add_argument("--amount", required=True, metavar="N", help=text("how much: 300, 10k, 1.5M"))
    _common(add, ctx)
    show_list = actions.add_parser("list", help=text("goals with their pace"))
    show_list.add_argument("--client", metavar="NAME")
    show = actions.add_parser("show", help=text("one goal"))
    edit = actions.add_parser("edit", help=text("change a goal; the old line stays in its history"))
    edit.add_argument("--amount", metavar="N", help=text("how much: 300, 10k, 1.5M"))
    _common(edit, ctx)
    edit.add_argument("--why", required=True, metavar="TEXT", help=text("why it changes"))
    edit.add_argument("--agreed", metavar="DAY", help=text("the day on which the client agreed"))
    drop = actions.add_parser("drop", help=text("give a goal up; its history stays"))
    drop.add_argument("--why", required=True, metavar="TEXT", help=text("why it is given up"))
    history = actions.add_parser("history", help=text("the changes of a goal"))
    for action in (show, edit, drop, history):
        action.add_argument("goal", metavar="ID")
    for action in (add, show_list, show, edit, drop, history):
        action.add_argument("--json", action="store_true")


def _common(parser: argparse.ArgumentParser, ctx: Context) -> None:
    text = ctx.words.text
    parser.add_argument("--period", metavar="day|week|month", help=text("how often, for keep_rate"))
    parser.add_argument("--topic", metavar="T", help=text("only content about this"))
    parser.add_argument(
        "--baseline", metavar="X", help=text("where it starts from; from the data without it")
    )
    parser.add_argument("--start", metavar="DAY", help=text("the first day; today without it"))
    parser.add_argument("--deadline", metavar="DAY", help=text("the last day: 30.11 or 2026-11-30"))
    parser.add_argument("--title", metavar="TEXT", help=text("your own words; made of the rest without them"))


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

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        owner = None
        if args.client:
            from cli.pick import pick_client

            owner = pick_client(reader, args.client, ctx.words).id
        rows = live_rows(reader, owner)
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
    from wording.goals import chance_cell, done_cell, reserve_cell, row_title, standing_word, today_cell

    words, today = ctx.words, ctx.now().astimezone(ctx.zone).date()
    clients = {int(client.id): client.name for client in reader.clients()}
    handles = {int(account.id): account.handle for account in reader.accounts(archived=True)}
    text = words.text
    headers = [
        text("No."), text("client"), text("account"), text("goal"), text("until"), text("done"),
        text("status"), text("reserve"), text("chance"), text("today"),
    ]  # fmt: skip
    return table(
        headers,
        [
            (
                str(row.goal_id),
                clients[row.client_id],
                "—" if row.account_id is None else handles.get(row.account_id, "—"),
                row_title(words, row),
                "—" if row.deadline is None else words.day(date.fromordinal(row.deadline), today),
                done_cell(words, row),
                standing_word(words, row),
                reserve_cell(words, row),
                chance_cell(words, row),
                today_cell(words, row),
            )
            for row in rows
        ],
        right={0, 5, 8},
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
    from cli.goals import local_day, save_goal
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        client = next(client for client in writer.clients(archived=True) if client.id == goal.client_id)
        today = local_day(client, ctx.now())
        edited = edited_goal(ctx, writer, args, goal, client, today)
        agreed_on = read_day(ctx.words, args.agreed, today) if args.agreed else None
        saved = save_goal(ctx, writer, edited, why=args.why, agreed_on=agreed_on)
        refresh_goals(writer, [saved], ctx.now())
        return _told(ctx, writer, saved, as_json=args.json)


def _drop(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import save_goal

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        saved = save_goal(ctx, writer, replace(goal, dropped=True), why=args.why)
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
        changed = {name: values for name, values in revision.changes.items() if name != "agreed_on"}
        changes = ", ".join(_change(ctx, *change) for change in changed.items())
        made = ctx.words.moment(revision.made_at, ctx.zone, today)
        parts = [f"{revision.number}. {made}", revision.author, changes, revision.why]
        if revision.agreed_on:
            day = ctx.words.day(revision.agreed_on, today)
            parts.append(ctx.words.text("agreed with the client on {day}", day=day))
        ctx.write(" · ".join(part for part in parts if part))
    return Exit.OK


def _change(ctx: Context, field: str, values: tuple[str | None, str | None]) -> str:
    """One changed field: «количество: 300 → 350»."""
    name = ctx.words.text(FIELDS[field]) if field in FIELDS else field
    if field == "dropped":
        return name
    return f"{name}: {values[0] or '—'} → {values[1] or '—'}"


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
    words, title = ctx.words, row_title(ctx.words, row)
    until = words.text("until {day}", day=words.day(goal.deadline, today)) if goal.deadline else ""
    head = " · ".join(part for part in (f"{goal.id}. {client.name}", title, until) if part)
    sentence = words.text("Dropped") if goal.dropped else pace_sentence(words, row, today)
    ctx.write(f"{head}\n{sentence}")
    return Exit.OK
