"""`smm today`: what one can do today, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from cli.context import Context
    from cli.day import Day, Ranked, Task
    from goals.board import GoalRow
    from goals.model import Client
    from store.contract import Reader

HELP = mark("what to do today")
#: So many goals whose pace is too slow are named; one cannot look at more in the morning.
_PACES = 5


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--manager", metavar="NAME", help=ctx.words.text("only the clients of this manager"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List what is to be done, client by client, the most urgent first; then the paces that are needed."""
    from dataclasses import asdict

    from cli.goals import bring_up
    from cli.rhythm import chosen_clients

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        clients = chosen_clients(ctx, reader, args.client, args.manager)
        days = _days(ctx, reader, clients)
        todo = _todo(ctx, reader, days)
    if args.json:
        ctx.write_json([asdict(each.task) for _, tasks in todo for each in tasks])
        return Exit.OK
    lines = [line for day, tasks in todo for line in _lines(day, tasks)]
    ctx.write("\n".join(lines or [ctx.words.text("Nothing is to be done today")]))
    paces = list(_paces(ctx, days))
    if paces:
        ctx.write("\n".join(["", ctx.words.text("The pace that is needed") + ":", *paces]))
    return Exit.OK


def _days(ctx: Context, reader: Reader, clients: Sequence[Client]) -> list[Day]:
    from cli.day import day_of_client
    from cli.goals import live_rows

    rows: dict[int, list[GoalRow]] = {}
    for row in live_rows(reader, clients[0].id if len(clients) == 1 else None):
        rows.setdefault(row.client_id, []).append(row)
    return [day_of_client(ctx, reader, client, rows.get(int(client.id), [])) for client in clients]


def _todo(ctx: Context, reader: Reader, days: Iterable[Day]) -> list[tuple[Day, list[Ranked]]]:
    """The clients that ask for something today, the most urgent first, each with its tasks."""
    from cli.day import tasks_of, token_tasks

    tokens = token_tasks(ctx, reader)
    found = []
    for day in days:
        own = [ranked for owner, ranked in tokens if owner == int(day.client.id)]
        tasks = sorted([*tasks_of(reader, day), *own], key=lambda each: each.rank)
        if tasks:
            found.append((day, tasks))
    return sorted(found, key=lambda each: each[1][0].rank)


def _lines(day: Day, tasks: Iterable[Ranked]) -> Iterator[str]:
    """The client, with the time that it is there if it is another, and the tasks."""
    from zoneinfo import ZoneInfo

    moment = day.ctx.now().astimezone(day.ctx.zone)
    head = day.client.name
    if moment.utcoffset() != moment.astimezone(ZoneInfo(day.client.timezone)).utcoffset():
        clock = day.ctx.words.text("{clock} there", clock=f"{day.clock:%H:%M}")
        head += f" ({clock})"
    yield head
    for each in tasks:
        yield f"  {_line(day, each.task)}"


def _line(day: Day, task: Task) -> str:
    words, text = day.ctx.words, day.ctx.words.text
    if task.kind == "log":
        return text("Log: {what}: smm log METRIC AMOUNT", what=task.what)
    if task.kind == "token":
        return text("Token: {what}", what=task.what)
    if task.kind == "check_in":
        goals = words.plural("{n} goal needs an answer", "{n} goals need an answer", task.amount or 0)
        return text("Check in: {goals} (smm checkin)", goals=goals)
    if task.kind in {"publish", "shoot", "prepare"}:
        return _content_line(day, task)
    if task.kind == "materials":
        return _material_line(day, task)
    return _talk_line(day, task)


def _content_line(day: Day, task: Task) -> str:
    from wording.rhythm import near_day

    words, text = day.ctx.words, day.ctx.words.text
    if task.goal_id is not None:
        until = text("until {day}", day=words.day(task.deadline, day.today)) if task.deadline else ""
        due = text("Publish {n}, in the plan {planned}", n=task.amount, planned=task.planned)
        return " · ".join(part for part in (due, task.what, until) if part)
    when = near_day(words, task.deadline or day.today, day.today)
    if task.kind == "shoot":
        return text("Shoot for {day}: {what}", day=when, what=task.what)
    if task.kind == "prepare":
        return text("Prepare for {day}: {what}", day=when, what=task.what)
    return text("In the plan: {what}", what=task.what)


def _material_line(day: Day, task: Task) -> str:
    from wording.rhythm import near_day, waiting_text

    words, text = day.ctx.words, day.ctx.words.text
    if task.waiting_days is not None:
        waiting = waiting_text(words, task.waiting_days)
        line = text("Remind of materials: {what}, {waiting}", what=task.what, waiting=waiting)
    elif task.deadline is not None and task.deadline < day.today:
        late = words.day(task.deadline, day.today)
        line = text("Ask for materials: {what}, they were due on {day}", what=task.what, day=late)
    else:
        when = near_day(words, task.deadline or day.today, day.today)
        line = text("Ask for materials: {what}, by {day}", what=task.what, day=when)
    return _with_hours(day, task, line)


def _talk_line(day: Day, task: Task) -> str:
    """An answer, a report or a call."""
    from wording.rhythm import near_day

    words, text = day.ctx.words, day.ctx.words.text
    if task.kind == "answer":
        who = f" ({task.what})" if task.what else ""
        line = text("Answer people within {n} min{who}", n=task.amount, who=who)
        return _with_hours(day, task, line)
    when = near_day(words, task.deadline or day.today, day.today)
    if task.kind == "report":
        line = text("Report {day}", day=when)
        return f"{line} · {task.what}" if task.what else line
    line = text('Call {day}: smm call "{client}"', day=when, client=task.client)
    return _with_hours(day, task, line)


def _with_hours(day: Day, task: Task, line: str) -> str:
    from datetime import time

    from wording.rhythm import hours_text

    start, end = (
        None if each is None else time.fromisoformat(each) for each in (task.start_time, task.end_time)
    )
    hours = hours_text(day.ctx.words, start, end)
    return f"{line} · {hours}" if hours else line


def _paces(ctx: Context, days: Iterable[Day]) -> Iterator[str]:
    """Goals that lag behind and that nothing can be published for: what they need a day."""
    from goals.model import GoalStatus
    from wording.rhythm import pace_text

    late = {GoalStatus.BEHIND.value, GoalStatus.UNLIKELY.value}
    found = [
        (row.urgency, f"  {day.client.name} · {said}")
        for day in days
        for row in day.rows
        if row.status in late and (said := pace_text(ctx.words, row))
    ]
    found.sort(key=lambda each: -each[0])
    yield from (line for _, line in found[:_PACES])
    if len(found) > _PACES:
        rest = len(found) - _PACES
        yield "  " + ctx.words.plural("and {n} goal more", "and {n} goals more", rest)
