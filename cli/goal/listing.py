"""Goals as commands read them: judged today, and as the records that every list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.model import ClientId, GoalId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import AccountId, Goal
    from goals.revision import Revision
    from reports.tables import Cell
    from store.contract import Reader, Writer


class AgreedFacts(NamedTuple):
    """The client's priority that a goal serves, in words, and what was changed without the client.

    `eased` says how often it was eased, `changed` are the changes of what he had agreed to.
    """

    priority: str | None
    eased: int
    changed: Sequence[Revision]


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


def listed_records(ctx: Context, reader: Reader, rows: Sequence[GoalRow]) -> list[dict[str, Cell]]:
    """The records of a list: those of exports, and behind them what is agreed about each goal."""
    goals = goals_of_rows(reader, rows)
    records = goal_records(ctx, reader, rows)
    own = _own_id(reader)
    for row, record in zip(rows, records, strict=True):
        goal = goals[row.goal_id]
        holds = goal.agreed_on is not None and not changed_since_yes(reader, goal, own)
        record["agreed_by"] = goal.agreed_by if holds else None
        record["agreed_on"] = goal.agreed_on.isoformat() if holds and goal.agreed_on else None
        record["priority"] = goal.priority
        record["term"] = goal.term
        record["draft"] = row.status == "draft"
    return records


def full_record(ctx: Context, reader: Reader, row: GoalRow) -> dict[str, Cell]:
    """The record of one goal: with its priority in words, and how often it was eased without the client."""
    facts = agreed_facts(reader, reader.goal(GoalId(row.goal_id)))
    (record,) = listed_records(ctx, reader, [row])
    changed = _day_of(ctx, facts.changed[-1]).isoformat() if facts.changed else None
    return record | {
        "priority_text": facts.priority,
        "eased": facts.eased,
        "changed_without_yes": changed,
    }


def goals_of_rows(reader: Reader, rows: Sequence[GoalRow]) -> dict[int, Goal]:
    """The goals of rows by their numbers, in one read."""
    owners = {row.client_id for row in rows}
    owner = ClientId(owners.pop()) if len(owners) == 1 else None
    wanted = {row.goal_id for row in rows}
    return {int(goal.id): goal for goal in reader.goals(owner, dropped=True) if goal.id in wanted}


def marks_of(ctx: Context, reader: Reader, goals: Mapping[int, Goal], today: date) -> dict[int, str]:
    """What a list says of each goal in a word: its priority, the client's yes, that it was eased without."""
    own = _own_id(reader)
    return {
        number: _marks(ctx, goal, eased_times(reader, goal, own), changed_since_yes(reader, goal, own), today)
        for number, goal in goals.items()
    }


def _marks(ctx: Context, goal: Goal, eased: int, changed: Sequence[Revision], today: date) -> str:
    words, parts = ctx.words, []
    if goal.priority is not None:
        parts.append(words.text("priority {n}", n=goal.priority))
    if goal.term is not None:
        parts.append(words.text("by the agreement"))
    if changed:
        day = words.day(_day_of(ctx, changed[-1]), today)
        parts.append(words.text("changed without the client's yes on {day}", day=day))
    elif goal.agreed_on is not None:
        parts.append(words.text("agreed {day}", day=words.day(goal.agreed_on, today)))
    if eased:
        parts.append(words.plural("eased {n} time without a yes", "eased {n} times without a yes", eased))
    return " · ".join(parts)


def _day_of(ctx: Context, revision: Revision) -> date:
    return revision.made_at.astimezone(ctx.zone).date()


def _own_id(reader: Reader) -> ClientId | None:
    """The specialist, whose own goals nobody else says yes to."""
    return next((client.id for client in reader.clients(archived=True) if client.kind == "self"), None)


def eased_times(reader: Reader, goal: Goal, own: ClientId | None) -> int:
    """How often a goal was made easier without the client's yes; one that was never edited costs nothing."""
    if goal.version == 1 or goal.client_id == own:
        return 0
    from goals.changes import eased_without_yes

    return len(eased_without_yes(goal, reader.revisions(goal.id)))


def changed_since_yes(reader: Reader, goal: Goal, own: ClientId | None) -> Sequence[Revision]:
    """The changes of what the client agreed to that he has not said yes to."""
    if goal.agreed_on is None or goal.version == 1 or goal.client_id == own:
        return ()
    from goals.changes import changed_without_yes

    return changed_without_yes(goal, reader.revisions(goal.id))


def agreed_facts(reader: Reader, goal: Goal) -> AgreedFacts:
    """What the client's agreement and the goal's history say of it."""
    from work.goal_page import priority_names

    names = [] if goal.priority is None else priority_names(reader, goal.client_id)
    priority = names[goal.priority - 1] if goal.priority and goal.priority <= len(names) else None
    own = _own_id(reader)
    return AgreedFacts(priority, eased_times(reader, goal, own), changed_since_yes(reader, goal, own))


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


def picked_goal(ctx: Context, reader: Reader, wanted: str, *, dropped: bool = False) -> Goal:
    """The goal of a number or a part of its title. Raises UserError."""
    from cli.pick import pick_goal

    return pick_goal(reader, wanted, ctx.words, title=lambda goal: goal_title(ctx, goal), dropped=dropped)


def row_of(reader: Reader, goal: Goal) -> GoalRow:
    """The goal with its stored verdict; a dropped one has none but its status."""
    for row in reader.board_rows([goal.client_id]):
        if row.goal_id == goal.id:
            return row
    return _dropped_row(goal)


def _dropped_row(goal: Goal) -> GoalRow:
    from goals.board import GoalRow
    from goals.model import GoalStatus

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


def dropped_rows(reader: Reader, client_id: ClientId | None) -> list[GoalRow]:
    """The goals that were given up, of clients that are not put away, by client."""
    known = {client.id for client in reader.clients()}
    goals = (goal for goal in reader.goals(client_id, dropped=True) if goal.dropped)
    return [_dropped_row(goal) for goal in goals if goal.client_id in known]
