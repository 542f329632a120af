"""Goals as commands read them: judged today, and as the records that every list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import AccountId, ClientId, Goal
    from reports.tables import Cell
    from store.contract import Reader, Writer


def bring_up(ctx: Context, reader: Reader) -> None:
    """Judge the goals whose verdict is of an earlier day.

    A writer is opened only where one is due. Where others keep the store busy, the stored verdicts
    stand and a line says so.
    """
    from store.days import today_of

    now = ctx.now()
    days = {client.id: today_of(client, now) for client in reader.clients()}
    if not reader.not_judged_on(days):
        return
    from store.errors import StoreBusyError
    from store.refresh import refresh_stale_days

    try:
        with ctx.writer() as writer:
            refresh_stale_days(writer, now)
    except StoreBusyError:
        ctx.say(ctx.words.text("The store is busy: these are the verdicts of the last time"))


def judge(writer: Writer, account_ids: Iterable[AccountId], now: datetime) -> None:
    """Judge the goals that the accounts belong to, after a change."""
    from store.refresh import refresh_accounts

    refresh_accounts(writer, account_ids, now)


def save_goal(ctx: Context, writer: Writer, goal: Goal, *, why: str, agreed_on: date | None = None) -> Goal:
    """Save an edited goal with the reason. Raises UserError without one, or where another was faster."""
    from cli.exits import Exit, UserError
    from connectors.clean import clean
    from store.errors import ConflictError

    text, reason = ctx.words.text, clean(why)
    if not reason:
        raise UserError(
            text("A change needs a reason: it stays in the goal's history"),
            text('Say it: --why "the client asked for it"'),
            Exit.USAGE,
        )
    try:
        return writer.update_goal(goal, author=ctx.author, now=ctx.now(), why=reason, agreed_on=agreed_on)
    except ConflictError as error:
        raise UserError(
            text("{author} has just changed this goal", author=error.author),
            text("Look at it again: smm goal show {id}", id=goal.id),
        ) from error


def goal_records(ctx: Context, reader: Reader, rows: Iterable[GoalRow]) -> list[dict[str, Cell]]:
    """The records of lists and exports, one for each row."""
    from reports.tables import goal_record

    clients = {int(client.id): client.name for client in reader.clients(archived=True)}
    handles = {int(account.id): account.handle for account in reader.accounts(archived=True)}
    bands = reader.bands()
    return [
        goal_record(
            ctx.words,
            row,
            clients[row.client_id],
            None if row.account_id is None else handles.get(row.account_id),
            bands.get(row.goal_id),
        )
        for row in rows
    ]


def goal_title(ctx: Context, goal: Goal) -> str:
    """The goal's own title, or one made from what it says."""
    from wording.goals import title

    return goal.title or title(
        ctx.words,
        metric=goal.metric,
        kind=goal.kind,
        amount=goal.amount,
        period=goal.period,
        head=goal.topic,
        network=goal.network,
    )


def row_of(reader: Reader, goal: Goal) -> GoalRow:
    """The goal with its stored verdict; a dropped one has none but its status."""
    from goals.board import GoalRow
    from goals.model import GoalStatus

    for row in reader.board_rows([goal.client_id]):
        if row.goal_id == goal.id:
            return row
    known = {
        "goal_id": goal.id,
        "kind": goal.kind.value,
        "period": goal.period.value if goal.period else None,
        "start": goal.start.toordinal(),
        "deadline": goal.deadline.toordinal() if goal.deadline else None,
        "status": GoalStatus.DROPPED.value,
        "planned_today": 0,
        "urgency": 0,
    }
    return GoalRow._make(known.get(name, getattr(goal, name, None)) for name in GoalRow._fields)


def live_rows(reader: Reader, client_id: ClientId | None) -> list[GoalRow]:
    """The goals of clients that are not put away, the most urgent first within each client."""
    rows = reader.board_rows(None if client_id is None else [client_id])
    order = {int(client.id): place for place, client in enumerate(reader.clients())}
    known = [row for row in rows if row.client_id in order]
    return sorted(known, key=lambda row: (order[row.client_id], -row.urgency, row.goal_id))
