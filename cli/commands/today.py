"""`smm today`: what one can do today, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import Client
    from store.contract import Reader

HELP = mark("what to do today")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: publish, log a figure, or give a token.

    `amount` is how many are still to be published, `planned` how many of them stand in the plan.
    """

    client: str
    goal_id: int | None
    kind: str
    what: str
    amount: int | None = None
    unit: str | None = None
    planned: int | None = None
    deadline: date | None = None


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--manager", metavar="NAME", help=ctx.words.text("only the clients of this manager"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List what is to be done, client by client, the most urgent first."""
    from cli.goals import bring_up
    from cli.pick import folded, pick_client

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        clients = reader.clients()
        if args.client:
            clients = [pick_client(reader, args.client, ctx.words)]
        if args.manager:
            clients = [client for client in clients if folded(args.manager) in folded(client.manager or "")]
        tasks = list(_tasks(ctx, reader, clients))
    if args.json:
        ctx.write_json([asdict(task) for task in tasks])
    elif tasks:
        ctx.write("\n".join(_lines(ctx, tasks)))
    else:
        ctx.write(ctx.words.text("Nothing is to be done today"))
    return Exit.OK


def _tasks(ctx: Context, reader: Reader, clients: Sequence[Client]) -> Iterator[Task]:
    from cli.goals import live_rows

    rows: dict[int, list[GoalRow]] = {}
    for row in live_rows(reader, clients[0].id if len(clients) == 1 else None):
        rows.setdefault(row.client_id, []).append(row)
    tokens = _token_tasks(ctx, reader)
    for client in clients:
        yield from _of_goals(ctx, client, rows.get(int(client.id), []))
        yield from _planned(ctx, reader, client)
        yield from (task for owner, task in tokens if owner == client.id)


def _of_goals(ctx: Context, client: Client, rows: Iterable[GoalRow]) -> Iterator[Task]:
    """Content that is due today, and figures that only a person knows and nobody has logged for long."""
    from datetime import date

    from goals.metrics import METRICS, Source
    from goals.model import GoalStatus
    from wording.goals import metric_name, row_title

    for row in rows:
        deadline = None if row.deadline is None else date.fromordinal(row.deadline)
        metric = METRICS[row.metric]
        if row.due_today and not GoalStatus(row.status).is_over:
            title = row_title(ctx.words, row)
            yield Task(
                client.name,
                row.goal_id,
                "publish",
                title,
                row.due_today,
                metric.unit.value,
                row.planned_today,
                deadline,
            )
        elif metric.source is Source.MANUAL and row.status == GoalStatus.STALE:
            name = metric_name(ctx.words, row.metric)
            yield Task(client.name, row.goal_id, "log", name, unit=metric.unit.value, deadline=deadline)


def _planned(ctx: Context, reader: Reader, client: Client) -> Iterator[Task]:
    """The pieces of content that stand in the plan for today."""
    from cli.goals import local_day
    from goals.model import PostState
    from store.values import Filter
    from wording.content import post_kind_word

    today = local_day(client, ctx.now())
    for row in reader.posts(Filter(client_id=client.id, since=today, until=today)):
        if row.post.state is not PostState.PLANNED:
            continue
        about = ", ".join(row.post.topics) or " ".join(row.post.text.split())[:60]
        what = f"{post_kind_word(ctx.words, row.post.kind)} · {row.network}:{row.account}"
        yield Task(
            client.name, None, "publish", f"{what} · {about}" if about else what, 1, "count", 1, row.post.day
        )


def _token_tasks(ctx: Context, reader: Reader) -> list[tuple[int, Task]]:
    """The accounts that could not be read for want of a token, with their clients."""
    from wording.troubles import trouble_sentence

    accounts = {account.id: account for account in reader.accounts()}
    names = {client.id: client.name for client in reader.clients()}
    tasks = []
    for unit in reader.last_units():
        account, trouble = accounts.get(unit.account_id), unit.trouble
        if account is None or account.client_id not in names or trouble is None or trouble.kind != "auth":
            continue
        sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        what = f"{account.network}:{account.handle}: {sentence.message} → {sentence.next_step}"
        tasks.append((int(account.client_id), Task(names[account.client_id], None, "token", what)))
    return tasks


def _lines(ctx: Context, tasks: Iterable[Task]) -> Iterator[str]:
    client = None
    for task in tasks:
        if task.client != client:
            client = task.client
            yield client
        yield f"  {_line(ctx, task)}"


def _line(ctx: Context, task: Task) -> str:
    words = ctx.words
    if task.kind == "log":
        return words.text("Log: {what}: smm log METRIC AMOUNT", what=task.what)
    if task.kind == "token":
        return words.text("Token: {what}", what=task.what)
    if task.goal_id is None:
        return words.text("In the plan: {what}", what=task.what)
    today = ctx.now().astimezone(ctx.zone).date()
    until = words.text("until {day}", day=words.day(task.deadline, today)) if task.deadline else ""
    due = words.text("Publish {n}, in the plan {planned}", n=task.amount, planned=task.planned)
    return " · ".join(part for part in (due, task.what, until) if part)
