"""`smm today`: what one can do today, and nothing else; `--done` ticks off what leaves no other trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from cli.context import Context
    from goals.records import DoneMark
    from store.contract import Reader
    from work.day_values import Day, Ranked

HELP = mark("what to do today")
#: So many goals whose pace is too slow are named; one cannot look at more in the morning.
_PACES = 5


class Numbered(NamedTuple):
    """A task with its number in the list of all clients, which is the same whoever's tasks are shown."""

    number: int
    day: Day
    ranked: Ranked


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--manager", metavar="NAME", help=text("only the clients of this manager"))
    ticks = parser.add_mutually_exclusive_group()
    ticks.add_argument(
        "--done", nargs="+", type=int, metavar="NUMBER", help=text("tick tasks off by their numbers")
    )
    ticks.add_argument("--undo", nargs="+", type=int, metavar="NUMBER", help=text("take their ticks back"))
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List what is to be done, client by client, the most urgent first; then the paces that are needed.

    With --done or --undo these tasks alone are told, as they stand then.
    """
    from cli.goal.listing import bring_up
    from cli.rhythm import chosen_clients
    from work.day import days_of

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        chosen = {client.id for client in chosen_clients(ctx, reader, args.client, args.manager)}
        days = days_of(ctx.words, reader, reader.clients(), ctx.now())
        todo = _numbered(ctx, reader, days)
    days = [day for day in days if day.client.id in chosen]
    todo = [each for each in todo if each.day.client.id in chosen]
    if args.done or args.undo:
        todo = _ticked(ctx, todo, args.done) if args.done else _unticked(ctx, todo, args.undo)
    if args.json:
        ctx.write_json([_record(each) for each in todo])
    elif args.done or args.undo:
        _tell_ticked(ctx, todo)
    else:
        _tell(ctx, days, todo)
    return Exit.OK


def _numbered(ctx: Context, reader: Reader, days: Iterable[Day]) -> list[Numbered]:
    from work.day import todo_of

    tasks = ((day, each) for day, found in todo_of(ctx.words, reader, days) for each in found)
    return [Numbered(number, day, each) for number, (day, each) in enumerate(tasks, 1)]


def _record(each: Numbered) -> dict[str, object]:
    from dataclasses import asdict

    tick = each.ranked.done
    done = {"done": tick is not None, "done_by": None if tick is None else tick.author}
    return asdict(each.ranked.task) | {"number": each.number} | done


def _ticked(ctx: Context, todo: Sequence[Numbered], numbers: Iterable[int]) -> list[Numbered]:
    """Tick the tasks of these numbers off, all or none; one that is ticked already stays so."""
    from work.day_done import TICKED

    chosen = _chosen(ctx, todo, numbers)
    for each in chosen:
        if each.ranked.task.kind not in TICKED:
            line = _line(each)
            raise UserError(
                ctx.words.text("«{task}» ticks itself off once it is done", task=line),
                ctx.words.text("Write it down: {command}", command=_command(ctx, each)),
                Exit.USAGE,
            )
    done = [each.ranked.done or _tick(ctx, each) for each in chosen]
    with ctx.writer() as writer, writer.together():
        for tick in done:
            writer.add_done_mark(tick)
    return [_with(each, tick) for each, tick in zip(chosen, done, strict=True)]


def _unticked(ctx: Context, todo: Sequence[Numbered], numbers: Iterable[int]) -> list[Numbered]:
    """Take the ticks of these tasks back, all or none."""
    from store.errors import NotFoundError

    chosen = _chosen(ctx, todo, numbers)
    with ctx.writer() as writer, writer.together():
        for each in chosen:
            try:
                writer.remove_done_mark(each.ranked.done or _tick(ctx, each))
            except NotFoundError as error:
                raise UserError(
                    ctx.words.text("«{task}» is not ticked off", task=_line(each)), _see(ctx), Exit.USAGE
                ) from error
    return [_with(each, None) for each in chosen]


def _chosen(ctx: Context, todo: Sequence[Numbered], numbers: Iterable[int]) -> list[Numbered]:
    """The tasks of these numbers, each once. Raises UserError for a number that no task has."""
    known = {each.number: each for each in todo}
    for number in numbers:
        if number not in known:
            raise UserError(
                ctx.words.text("There is no task {number} today", number=number), _see(ctx), Exit.USAGE
            )
    return [known[number] for number in dict.fromkeys(numbers)]


def _see(ctx: Context) -> str:
    return ctx.words.text("See the tasks and their numbers: smm today")


def _tick(ctx: Context, each: Numbered) -> DoneMark:
    from work.day_done import tick_of

    return tick_of(each.day, each.ranked, author=ctx.author, now=ctx.now())


def _with(each: Numbered, tick: DoneMark | None) -> Numbered:
    return each._replace(ranked=each.ranked._replace(done=tick))


def _command(ctx: Context, each: Numbered) -> str:
    """What notes that a task is done which is not ticked off by hand."""
    from goals.board import GoalRow
    from goals.rhythm import AwaitedMaterial

    task, about = each.ranked.task, each.ranked.about
    client = task.client.replace('"', "")
    if isinstance(about, AwaitedMaterial):
        if about.material is not None:
            return f"smm material received {about.material.id}"
        what = about.what.replace('"', "")
        return f'smm material add "{what}" --client "{client}"'
    if task.kind == "log" and isinstance(about, GoalRow):
        return ctx.words.text(
            'smm log {metric} AMOUNT --client "{client}"', metric=about.metric, client=client
        )
    commands = {
        "check_in": "smm checkin",
        "call": f'smm call "{client}"',
        "token": "smm token list",
        "renew": f'smm renew "{client}"' + (f" --period {task.deadline:%Y-%m}" if task.deadline else ""),
        "set_goals": f'smm goal add "…" --client "{client}"',
    }
    return commands.get(task.kind) or ctx.words.text('smm post add LINK --client "{client}"', client=client)


def _line(each: Numbered) -> str:
    from work.day_lines import task_line

    return task_line(each.day, each.ranked.task)


def _numbered_line(each: Numbered) -> str:
    tick = "✓ " if each.ranked.done is not None else ""
    return f"{each.number}. {tick}{_line(each)}"


def _tell_ticked(ctx: Context, todo: Sequence[Numbered]) -> None:
    """The tasks that were ticked off or are to be done again; how that is taken back."""
    for each in todo:
        ctx.write(f"{_numbered_line(each)} · {each.day.client.name}")
    if todo[0].ranked.done is not None:
        numbers = " ".join(str(each.number) for each in todo)
        ctx.say(ctx.words.text("Take it back with: smm today --undo {numbers}", numbers=numbers))


def _tell(ctx: Context, days: Sequence[Day], todo: Sequence[Numbered]) -> None:
    """The list, the paces, and what is exceeded."""
    lines = list(_lines(ctx, todo))
    ctx.write("\n".join(lines or [ctx.words.text("Nothing is to be done today")]))
    paces = list(_paces(ctx, days))
    if paces:
        ctx.write("\n".join(["", ctx.words.text("The pace that is needed") + ":", *paces]))
    passed = list(_exceeded(ctx, days))
    if passed:
        ctx.write("\n".join(["", ctx.words.text("Exceeded") + ":", *passed]))


def _lines(ctx: Context, todo: Iterable[Numbered]) -> Iterator[str]:
    """Each client, with the time that it is there if it is another, and the client's tasks."""
    from itertools import groupby
    from zoneinfo import ZoneInfo

    moment = ctx.now().astimezone(ctx.zone)
    for _, tasks in groupby(todo, key=lambda each: each.day.client.id):
        own = list(tasks)
        day = own[0].day
        head = day.client.name
        if moment.utcoffset() != moment.astimezone(ZoneInfo(day.client.timezone)).utcoffset():
            clock = ctx.words.text("{clock} there", clock=f"{day.clock:%H:%M}")
            head += f" ({clock})"
        yield head
        yield from (f"  {_numbered_line(each)}" for each in own)


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
