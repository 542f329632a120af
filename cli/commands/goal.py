"""`smm goal add|check|list|show|edit|agree|drop|undo|history`: what is to be reached, where it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from cli.context import Context
    from goals.board import GoalRow
    from goals.revision import Revision
    from store.contract import Reader
    from wording.changes import Names

HELP = mark("goals: add, check, list, show, edit, agree, drop, undo, history")
#: What a goal is made of where no line says it.
_NEEDED = ("metric", "kind", "amount")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands; the options of one are declared when it is called."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def add(name: str, declare: Callable[[Context, argparse.ArgumentParser], None], said: str) -> None:
        actions.add_parser(name, help=said, declare=partial(declare, ctx))

    add("add", _declare_add, text("set a goal"))
    add("check", _declare_check, text("the five letters of a goal as one says it"))
    add("list", _declare_list, text("goals with their pace"))
    add("show", _declare_one, text("one goal with all that is known of it"))
    add("edit", _declare_edit, text("change a goal; the old line stays in its history"))
    add("agree", _declare_agree, text("note that the client said yes to a goal"))
    add("drop", _declare_drop, text("give a goal up; its history stays"))
    add("undo", _declare_one, text("take back the last change of a goal; again: the one before it"))
    add("history", _declare_one, text("the changes of a goal"))


def _declare_list(ctx: Context, parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", metavar="NAME", help=ctx.words.text("only the goals of this client"))
    given_up = ctx.words.text("only the goals that were given up")
    parser.add_argument("--dropped", action="store_true", help=given_up)
    parser.add_argument("--json", action="store_true")


def _declare_one(ctx: Context, parser: argparse.ArgumentParser) -> None:
    number = ctx.words.text("its number in the list, or a part of its title")
    parser.add_argument("goal", metavar="ID", help=number)
    parser.add_argument("--json", action="store_true")


def _declare_add(ctx: Context, parser: argparse.ArgumentParser) -> None:
    text = ctx.words.text
    parser.add_argument("line", nargs="?", metavar="LINE", help=text("the goal as one says it"))
    parser.add_argument("--client", required=True, metavar="NAME", help=text("whose goal it is"))
    _declare_fields(ctx, parser)
    _declare_said(ctx, parser)
    parser.add_argument("--anyway", action="store_true", help=text("also where there is such a goal already"))
    parser.add_argument("--json", action="store_true")


def _declare_check(ctx: Context, parser: argparse.ArgumentParser) -> None:
    text = ctx.words.text
    parser.add_argument("line", metavar="LINE", help=text("the goal as one says it"))
    parser.add_argument("--client", metavar="NAME", help=text("whose history and priorities to look at"))
    _declare_fields(ctx, parser)
    _declare_said(ctx, parser)
    parser.add_argument("--json", action="store_true")


def _declare_edit(ctx: Context, parser: argparse.ArgumentParser) -> None:
    text = ctx.words.text
    _declare_one(ctx, parser)
    _declare_fields(ctx, parser)
    parser.add_argument("--why", metavar="TEXT", help=text("why it changes; what was open needs no reason"))
    parser.add_argument("--agreed", metavar="DAY", help=text("the day on which the client agreed"))


def _declare_agree(ctx: Context, parser: argparse.ArgumentParser) -> None:
    text = ctx.words.text
    _declare_one(ctx, parser)
    parser.add_argument("--by", required=True, metavar="NAME", help=text("who said yes"))
    day = text("the day on which the client agreed")
    parser.add_argument("--on", required=True, metavar="DAY", help=day)


def _declare_drop(ctx: Context, parser: argparse.ArgumentParser) -> None:
    _declare_one(ctx, parser)
    parser.add_argument("--why", required=True, metavar="TEXT", help=ctx.words.text("why it is given up"))


def _declare_said(ctx: Context, parser: argparse.ArgumentParser) -> None:
    """What only a line may have."""
    text = ctx.words.text
    parser.add_argument(
        "--per-week", metavar="NUMBER", help=text("so many a week; gives the date or the number")
    )


def _declare_fields(ctx: Context, parser: argparse.ArgumentParser) -> None:
    """What a goal says, and what answers the questions about it."""
    text = ctx.words.text
    scope = parser.add_mutually_exclusive_group()
    account = text("one account; all of the client's without it")
    scope.add_argument("--account", metavar="LINK", help=account)
    network = text("all accounts in one network; none: in all networks")
    scope.add_argument("--network", metavar="NETWORK", help=network)
    parser.add_argument("--metric", metavar="METRIC")
    parser.add_argument("--kind", metavar="KIND", help=_kinds(ctx))
    parser.add_argument("--amount", metavar="NUMBER", help=text("how much: 300, 10k, 1.5M"))
    parser.add_argument("--period", metavar="day|week|month", help=text("how often, for keep_rate"))
    parser.add_argument("--topic", metavar="TOPIC", help=text("only content about this"))
    baseline = text("where it starts from; from the data without it")
    parser.add_argument("--baseline", metavar="NUMBER", help=baseline)
    parser.add_argument("--start", metavar="DAY", help=text("the first day; today without it"))
    parser.add_argument("--deadline", metavar="DAY", help=text("the last day: 30.11 or 2026-11-30"))
    title = text("your own words; made of the rest without them")
    parser.add_argument("--title", metavar="TEXT", help=title)
    priority = text("which of the client's priorities: its place or a part of it; none: of none")
    parser.add_argument("--priority", metavar="PRIORITY", help=priority)
    parser.add_argument("--purpose", metavar="TEXT", help=text("what it is for: so that the batch is sold"))
    given = text("what is given for it: 10 hours a week, 5000 roubles for advertising")
    parser.add_argument("--given", metavar="TEXT", help=given)
    reading = text("which reading of the line is meant")
    parser.add_argument("--reading", type=int, metavar="NUMBER", help=reading)


def _kinds(ctx: Context) -> str:
    """The kinds of goals, each with what it means."""
    from wording.goals import KINDS

    return "; ".join(f"{kind.value}: {ctx.words.text(said)}" for kind, said in KINDS.items())


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    actions = {
        "add": _add, "check": _check, "list": _list, "show": _show, "edit": _edit, "agree": _agree,
        "drop": _drop, "undo": _undo, "history": _history,
    }  # fmt: skip
    return actions[args.action](ctx, args)


def _check(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.line import run_check

    return run_check(ctx, args)


def _edit(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.change import run_edit

    return run_edit(ctx, args)


def _agree(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.change import run_agree

    return run_agree(ctx, args)


def _drop(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.change import run_drop

    return run_drop(ctx, args)


def _undo(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.change import run_undo

    return run_undo(ctx, args)


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.listing import bring_up, picked_goal
    from cli.goal.page import run_show

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        goal = picked_goal(ctx, reader, args.goal, dropped=True)
        return run_show(ctx, reader, goal, as_json=args.json)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    if args.line is None:
        return _add_by_options(ctx, args)
    from cli.goal.line import run_add

    return run_add(ctx, args)


def _add_by_options(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.form import new_goal, warnings
    from cli.goal.page import tell_goal
    from cli.goal.twins import without_twins
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
        today = today_of(client, ctx.now())
        goal = new_goal(ctx, writer, args, client, account, today)
        if not without_twins(ctx, writer, [goal], today, anyway=args.anyway):
            return Exit.OK
        goal_id = writer.add_goal(goal, author=ctx.author, now=ctx.now())
        saved = writer.goal(goal_id)
        refresh_goals(writer, [saved], ctx.now())
        for warning in warnings(ctx, saved, account):
            ctx.say(warning)
        return tell_goal(ctx, writer, saved, as_json=args.json, asking=True)


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.listing import bring_up, dropped_rows, listed_records, live_rows

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        owner = None
        if args.client:
            from cli.pick import pick_client

            owner = pick_client(reader, args.client, ctx.words).id
        rows = dropped_rows(reader, owner) if args.dropped else live_rows(reader, owner)
        if args.json:
            ctx.write_json(listed_records(ctx, reader, rows))
        elif rows:
            ctx.write(_table(ctx, reader, rows))
        elif args.dropped:
            ctx.say(ctx.words.text("No goal was given up"))
        else:
            ctx.say(ctx.words.text("No goals yet. Set one: smm goal add --client NAME --metric audience …"))
    return Exit.OK


def _table(ctx: Context, reader: Reader, rows: list[GoalRow]) -> str:
    from datetime import date

    from cli.goal.listing import goals_of_rows, marks_of
    from cli.output import table
    from wording.goals import chance_cell, done_cell, reserve_cell, row_title, standing_word, today_cell

    words, today = ctx.words, ctx.now().astimezone(ctx.zone).date()
    clients = {int(client.id): client.name for client in reader.clients()}
    handles = {int(account.id): account.handle for account in reader.accounts(archived=True)}
    marks = marks_of(ctx, reader, goals_of_rows(reader, rows), today)
    text = words.text
    headers = [
        text("No."), text("client"), text("account"), text("goal"), text("until"), text("done"),
        text("status"), text("reserve"), text("chance"), text("today"), text("marks"),
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
                marks[row.goal_id],
            )
            for row in rows
        ],
        right={0, 5, 8},
    )


def _history(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.listing import picked_goal
    from wording.changes import Names

    words = ctx.words
    with ctx.reader() as reader:
        goal = picked_goal(ctx, reader, args.goal, dropped=True)
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
