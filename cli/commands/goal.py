"""`smm goal add|check|list|show|edit|agree|drop|undo|history`: what is to be reached, where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import Client, Goal
    from goals.records import Revision
    from store.contract import Reader, Writer
    from wording.changes import Names

HELP = mark("goals: add, check, list, show, edit, agree, drop, undo, history")
#: What a goal is made of where no line says it.
_NEEDED = ("metric", "kind", "amount")
_KINDS = "reach_level, gain, gain_percent, total_in_period, average, keep_rate"
#: What a line says itself.
_IN_LINE = (*_NEEDED, "network", "period", "topic", "baseline", "start", "deadline", "title")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("set a goal"))
    add.add_argument("line", nargs="?", metavar="LINE", help=text("the goal as one says it"))
    add.add_argument("--client", required=True, metavar="NAME", help=text("whose goal it is"))
    scope = add.add_mutually_exclusive_group()
    scope.add_argument("--account", metavar="LINK", help=text("one account; all of the client's without it"))
    scope.add_argument("--network", metavar="N", help=text("all accounts in one network"))
    add.add_argument("--metric", metavar="M", help=text("audience, reach, posts, stories, sales …"))
    add.add_argument("--kind", metavar="K", help=_KINDS)
    add.add_argument("--amount", metavar="N", help=text("how much: 300, 10k, 1.5M"))
    _common(add, ctx)
    _said(add, ctx)
    check = actions.add_parser("check", help=text("the five letters of a goal as one says it"))
    check.add_argument("line", metavar="LINE", help=text("the goal as one says it"))
    check.add_argument("--client", metavar="NAME", help=text("whose history and priorities to look at"))
    check.add_argument("--account", metavar="LINK", help=text("one account; all of the client's without it"))
    _said(check, ctx)
    show_list = actions.add_parser("list", help=text("goals with their pace"))
    show_list.add_argument("--client", metavar="NAME")
    show = actions.add_parser("show", help=text("one goal"))
    edit = actions.add_parser("edit", help=text("change a goal; the old line stays in its history"))
    edit.add_argument("--metric", metavar="M", help=text("audience, reach, posts, stories, sales …"))
    edit.add_argument("--kind", metavar="K", help=_KINDS)
    edit.add_argument("--amount", metavar="N", help=text("how much: 300, 10k, 1.5M"))
    _common(edit, ctx)
    edit.add_argument("--why", required=True, metavar="TEXT", help=text("why it changes"))
    edit.add_argument("--agreed", metavar="DAY", help=text("the day on which the client agreed"))
    drop = actions.add_parser("drop", help=text("give a goal up; its history stays"))
    drop.add_argument("--why", required=True, metavar="TEXT", help=text("why it is given up"))
    agree = actions.add_parser("agree", help=text("note that the client said yes to a goal"))
    agree.add_argument("--by", required=True, metavar="NAME", help=text("who said yes"))
    agree.add_argument("--on", required=True, metavar="DAY", help=text("the day on which the client agreed"))
    undo = actions.add_parser("undo", help=text("take back the last change of a goal"))
    history = actions.add_parser("history", help=text("the changes of a goal"))
    for action in (show, edit, agree, drop, undo, history):
        action.add_argument("goal", metavar="ID")
    for action in (add, check, show_list, show, edit, agree, drop, undo, history):
        action.add_argument("--json", action="store_true")


def _said(parser: argparse.ArgumentParser, ctx: Context) -> None:
    text = ctx.words.text
    parser.add_argument(
        "--priority", type=int, choices=(1, 2, 3), metavar="N", help=text("which of the client's priorities")
    )
    parser.add_argument("--per-week", metavar="N", help=text("so many a week; gives the date or the number"))
    parser.add_argument("--reading", type=int, metavar="N", help=text("which reading of the line is meant"))


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
    actions = {
        "add": _add, "check": _check, "list": _list, "show": _show, "edit": _edit, "agree": _agree,
        "drop": _drop, "undo": _undo, "history": _history,
    }  # fmt: skip
    return actions[args.action](ctx, args)


def _check(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal_line import run_check

    return run_check(ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    if args.line is None:
        return _add_by_options(ctx, args)
    from cli.goal_line import run_add

    words = ctx.words
    extra = [f"--{name}" for name in _IN_LINE if getattr(args, name) is not None]
    if extra:
        raise UserError(
            words.text("The line says it itself: {options}", options=", ".join(extra)),
            words.text("Put it into the line, or leave the line out and use options alone"),
            Exit.USAGE,
        )
    return run_add(ctx, args)


def _add_by_options(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal_form import new_goal, warnings
    from cli.pick import pick_account, pick_client
    from store.days import today_of
    from store.refresh import refresh_goals

    missing = [f"--{name}" for name in _NEEDED if getattr(args, name) is None]
    if missing:
        raise UserError(
            ctx.words.text("A goal needs a line or these options: {options}", options=", ".join(missing)),
            ctx.words.text(
                'For example: smm goal add "+300 followers in VK by 30.11" --client {client}',
                client=args.client,
            ),
            Exit.USAGE,
        )
    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        account = pick_account(writer, args.account, ctx.words, client=client.id) if args.account else None
        goal = new_goal(ctx, writer, args, client, account, today_of(client, ctx.now()))
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
    from cli.goals import save_goal
    from store.days import today_of
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        client = next(client for client in writer.clients(archived=True) if client.id == goal.client_id)
        today = today_of(client, ctx.now())
        edited = edited_goal(ctx, writer, args, goal, client, today)
        agreed_on = read_day(ctx.words, args.agreed, today) if args.agreed else None
        saved = save_goal(ctx, writer, edited, why=args.why, agreed_on=agreed_on)
        refresh_goals(writer, [saved], ctx.now())
        return _told(ctx, writer, saved, as_json=args.json)


def _agree(ctx: Context, args: argparse.Namespace) -> int:
    from cli.amounts import read_day
    from cli.goals import save_goal
    from goals.evaluate import is_complete
    from store.days import today_of
    from store.refresh import refresh_goals

    words = ctx.words
    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        if not is_complete(goal):
            raise UserError(
                words.text("The goal is a draft: there is nothing yet to say yes to"),
                words.text("Finish it first: smm goal edit {goal} --amount N --deadline DAY", goal=goal.id),
                Exit.INCOMPLETE,
            )
        client = next(client for client in writer.clients(archived=True) if client.id == goal.client_id)
        today = today_of(client, ctx.now())
        day = read_day(words, args.on, today)
        if day > today:
            raise UserError(
                words.text("The client cannot have agreed on a day to come: {day}", day=args.on),
                words.text("Name the day of the yes: --on today"),
                Exit.USAGE,
            )
        if not args.by.strip():
            raise UserError(
                words.text("Nobody is named who said yes"), words.text("For example: --by Olga"), Exit.USAGE
            )
        agreed = replace(goal, agreed_by=args.by.strip(), agreed_on=day)
        saved = save_goal(ctx, writer, agreed, why=words.text("the client said yes"), agreed_on=day)
        refresh_goals(writer, [saved], ctx.now())
        ctx.say(words.text("Agreed: {name}, {day}", name=args.by.strip(), day=words.day(day, today)))
        return _told(ctx, writer, saved, as_json=args.json)


def _undo(ctx: Context, args: argparse.Namespace) -> int:
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal, dropped=True)
        saved = writer.undo_goal(goal.id, author=ctx.author, now=ctx.now())
        refresh_goals(writer, [saved], ctx.now())
        return _told(ctx, writer, saved, as_json=args.json)


def _drop(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import save_goal

    with ctx.writer() as writer:
        goal = _picked(ctx, writer, args.goal)
        saved = save_goal(ctx, writer, replace(goal, dropped=True), why=args.why)
        return _told(ctx, writer, saved, as_json=args.json)


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from wording.changes import Names

    words = ctx.words
    with ctx.reader() as reader:
        goal = _picked(ctx, reader, args.goal, dropped=True)
        revisions = reader.revisions(goal.id)
        names = Names.of(words, reader.clients(archived=True), reader.accounts(archived=True))
    if args.json:
        fields = ("number", "made_at", "author", "why", "agreed_on", "undoes", "changes")
        ctx.write_json([{name: getattr(revision, name) for name in fields} for revision in revisions])
        return Exit.OK
    if not revisions:
        ctx.say(words.text("The goal has not been changed since it was set"))
    for revision in revisions:
        ctx.write(_history_line(ctx, revision, names))
    return Exit.OK


def _history_line(ctx: Context, revision: Revision, names: Names) -> str:
    from wording.changes import revision_text

    words, today = ctx.words, ctx.now().astimezone(ctx.zone).date()
    made = words.moment(revision.made_at, ctx.zone, today)
    changes = revision_text(words, revision, today, names)
    parts = [f"{revision.number}. {made}", revision.author, changes, revision.why]
    if revision.agreed_on:
        day = words.day(revision.agreed_on, today)
        parts.append(words.text("agreed with the client on {day}", day=day))
    return " · ".join(part for part in parts if part)


def _picked(ctx: Context, reader: Reader, wanted: str, *, dropped: bool = False) -> Goal:
    from cli.goals import goal_title
    from cli.pick import pick_goal

    return pick_goal(reader, wanted, ctx.words, title=lambda goal: goal_title(ctx, goal), dropped=dropped)


def _told(ctx: Context, store: Reader | Writer, goal: Goal, *, as_json: bool) -> int:
    """Print one goal: its record, or a line with its pace; of a count with gaps also what is missing."""
    from zoneinfo import ZoneInfo

    from cli.goals import goal_records, row_of
    from store.days import today_of
    from store.gaps import missing_of
    from wording.goals import pace_sentence, row_title
    from wording.topics import at_least

    row = row_of(store, goal)
    client = next(client for client in store.clients(archived=True) if client.id == goal.client_id)
    today = today_of(client, ctx.now())
    missing = missing_of(store, goal, today)
    if as_json:
        days = [{"first": first, "last": last} for first, last in missing]
        ctx.write_json(goal_records(ctx, store, [row])[0] | ({"missing": days} if days else {}))
        return Exit.OK
    words, title = ctx.words, row_title(ctx.words, row)
    until = words.text("until {day}", day=words.day(goal.deadline, today)) if goal.deadline else ""
    head = " · ".join(part for part in (f"{goal.id}. {client.name}", title, until) if part)
    zone = ZoneInfo(client.timezone)
    sentence = words.text("Dropped") if goal.dropped else pace_sentence(words, row, today, zone)
    ctx.write(f"{head}\n{sentence}")
    if missing and row.current is not None:
        ctx.write(at_least(words, row.current, missing, today))
    for line in (_kept_text(ctx, store, goal, today), _eased_text(ctx, store, goal, client, today)):
        if line:
            ctx.write(line)
    return Exit.OK


def _kept_text(ctx: Context, store: Reader, goal: Goal, today: date) -> str:
    """How many periods of a rate were kept, and how many in a row by now."""
    from goals.model import GoalKind
    from goals.pace import periods_kept, streak_of
    from wording.rhythm import kept_text

    if goal.kind is not GoalKind.KEEP_RATE or goal.period is None:
        return ""
    facts = store.facts(goal, goal.start, today)
    kept = periods_kept(goal, facts, store.calendar(goal.client_id), today)
    return kept_text(ctx.words, sum(kept), len(kept), streak_of(kept), goal.period) if kept else ""


def _eased_text(ctx: Context, store: Reader, goal: Goal, client: Client, today: date) -> str:
    """That the goal was made easier without the client's yes: a specialist's own goals need none."""
    from zoneinfo import ZoneInfo

    from goals.changes import eased_without_yes
    from goals.model import ClientKind
    from wording.rhythm import eased_text

    if client.kind is ClientKind.SELF:
        return ""
    eased = eased_without_yes(goal, store.revisions(goal.id))
    return eased_text(ctx.words, eased, ZoneInfo(client.timezone), today)
