"""`smm today`: what one can do today, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from cli.context import Context
    from work.day import Day, Ranked

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

    from cli.goal.listing import bring_up
    from cli.rhythm import chosen_clients
    from work.day import days_of, todo_of

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        clients = chosen_clients(ctx, reader, args.client, args.manager)
        days = days_of(ctx.words, reader, clients, ctx.now())
        todo = todo_of(ctx.words, reader, days)
    if args.json:
        ctx.write_json([asdict(each.task) for _, tasks in todo for each in tasks])
        return Exit.OK
    lines = [line for day, tasks in todo for line in _lines(ctx, day, tasks)]
    ctx.write("\n".join(lines or [ctx.words.text("Nothing is to be done today")]))
    paces = list(_paces(ctx, days))
    if paces:
        ctx.write("\n".join(["", ctx.words.text("The pace that is needed") + ":", *paces]))
    passed = list(_exceeded(ctx, days))
    if passed:
        ctx.write("\n".join(["", ctx.words.text("Exceeded") + ":", *passed]))
    return Exit.OK


def _lines(ctx: Context, day: Day, tasks: Iterable[Ranked]) -> Iterator[str]:
    """The client, with the time that it is there if it is another, and the tasks."""
    from zoneinfo import ZoneInfo

    from work.day_lines import task_line

    moment = ctx.now().astimezone(ctx.zone)
    head = day.client.name
    if moment.utcoffset() != moment.astimezone(ZoneInfo(day.client.timezone)).utcoffset():
        clock = ctx.words.text("{clock} there", clock=f"{day.clock:%H:%M}")
        head += f" ({clock})"
    yield head
    for each in tasks:
        yield f"  {task_line(day, each.task)}"


def _exceeded(ctx: Context, days: Iterable[Day]) -> Iterator[str]:
    """Goals whose figure has passed what it may be at most, with by how much."""
    from wording.goals import row_title
    from work.paces import passed_limits

    for passed in passed_limits(ctx.words, days):
        yield f"  {passed.client.name} · {row_title(ctx.words, passed.row)} — {passed.said}"


def _paces(ctx: Context, days: Iterable[Day]) -> Iterator[str]:
    """Goals that lag behind and that nothing can be published for: what they need a day."""
    from work.paces import slow_goals

    found = slow_goals(ctx.words, days)
    yield from (f"  {slow.client.name} · {slow.said}" for slow in found[:_PACES])
    if len(found) > _PACES:
        rest = len(found) - _PACES
        yield "  " + ctx.words.plural("and {n} goal more", "and {n} goals more", rest)
