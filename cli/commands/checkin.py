"""`smm checkin`: how sure one is of the goals that are not on track or were changed; the rest by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from cli.context import Context
    from goals.records import CheckIn
    from work.check_ins import GoalCheck

HELP = mark("say how sure you are of the goals that are not on track or were changed")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--manager", metavar="NAME", help=text("only the clients of this manager"))
    parser.add_argument(
        "--set",
        dest="answers",
        action="append",
        default=[],
        metavar='GOAL=ok|risk|off:"WHY"',
        help=text("how sure you are of a goal, and why; may be given several times"),
    )
    parser.add_argument(
        "--answers",
        dest="file",
        metavar="FILE",
        help=text("a file with such answers, one a line; - is stdin"),
    )
    parser.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Take the answers that are given, ask for the others where somebody sits there, confirm the rest."""
    from cli.ask import can_ask
    from cli.goal.listing import bring_up
    from cli.rhythm import chosen_clients
    from goals.rhythm import CheckInNeed
    from work.check_ins import confirmed, goal_checks

    typed = [*args.answers, *_lines_of(ctx, args.file)]
    with ctx.reader() as reader:
        bring_up(ctx, reader)
        clients = chosen_clients(ctx, reader, args.client, args.manager)
        goals = list(goal_checks(reader, clients, ctx.now()))
    said = _answers(ctx, goals, typed)
    answered = {check_in.goal_id for check_in in said}
    sure = [
        confirmed(goal, author=ctx.author, now=ctx.now())
        for goal in goals
        if goal.need is CheckInNeed.CONFIRM and goal.row.goal_id not in answered
    ]
    _save(ctx, [*said, *sure])
    if not typed and not args.json and can_ask(ctx):
        said = _asked(ctx, goals)
    if args.json:
        ctx.write_json(_record(ctx, goals, said, sure))
    else:
        _tell(ctx, goals, said, len(sure))
    return Exit.OK


def _save(ctx: Context, check_ins: Sequence[CheckIn]) -> None:
    if check_ins:
        with ctx.writer() as writer:
            writer.add_check_ins(check_ins)


def _asked(ctx: Context, goals: Sequence[GoalCheck]) -> list[CheckIn]:
    """Ask at the terminal; each answer is kept at once, so that breaking off loses none."""
    from cli.check_ins import ask
    from work.check_ins import still_open

    said = []
    for check_in in ask(ctx, still_open(goals, ())):
        _save(ctx, [check_in])
        said.append(check_in)
    return said


def _lines_of(ctx: Context, name: str | None) -> list[str]:
    """The answers of a file, one a line; empty lines and those that begin with # are left out."""
    import sys
    from pathlib import Path

    from wording.rhythm import answer_example

    if name is None:
        return []
    try:
        text = sys.stdin.read() if name == "-" else Path(name).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            ctx.words.text("The file cannot be read: {path}", path=name),
            ctx.words.text(
                "Name a text file with lines like {example}", example=answer_example(ctx.words, 3)
            ),
            Exit.USAGE,
        ) from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _answers(ctx: Context, goals: Sequence[GoalCheck], typed: Sequence[str]) -> list[CheckIn]:
    """The answers that were typed; nothing is taken where one is wrong. Raises UserError with all of them."""
    from goals.records import Confidence
    from wording.rhythm import answer_example, read_answer
    from work.check_ins import said_of

    text = ctx.words.text
    known = {str(goal.row.goal_id): goal for goal in goals}
    found: dict[str, CheckIn] = {}
    problems: list[str] = []
    for line in typed:
        answer = read_answer(line)
        goal = known.get(answer.goal) if answer else None
        if answer is None:
            problems.append(text("«{line}» is no answer", line=line))
        elif goal is None:
            problems.append(text("There is no open goal {goal} here", goal=answer.goal))
        elif answer.confidence is None:
            problems.append(text("goal {goal}: is it ok, risk or off?", goal=answer.goal))
        elif not answer.why and answer.confidence is not Confidence.ON_TRACK:
            problems.append(text("goal {goal}: why? One line is enough", goal=answer.goal))
        else:
            found[answer.goal] = said_of(
                goal, answer.confidence, answer.why, author=ctx.author, now=ctx.now()
            )
    if problems:
        example = f"smm checkin --set {answer_example(ctx.words, 3)}"
        step = text("Write it like this: {example}", example=example)
        told = "; ".join(problems)
        raise UserError(told[:1].upper() + told[1:], step, Exit.USAGE)
    return list(found.values())


def _tell(ctx: Context, goals: Sequence[GoalCheck], said: Sequence[CheckIn], sure: int) -> None:
    from goals.rhythm import CheckInNeed
    from wording.rhythm import answer_example
    from work.check_ins import check_line, still_open

    words, text = ctx.words, ctx.words.text
    known = {goal.row.goal_id: goal for goal in goals}
    for check_in in said:
        ctx.write(_said_line(ctx, known[check_in.goal_id], check_in))
    if sure:
        ctx.say(words.plural("{n} goal is on track: confirmed", "{n} goals are on track: confirmed", sure))
    waiting = still_open(goals, said)
    for goal in waiting:
        ctx.write(check_line(words, goal))
    if waiting:
        example = f"smm checkin --set {answer_example(ctx.words, waiting[0].row.goal_id)}"
        ctx.say(text("They need an answer: {example}", example=example))
    elif not said:
        answered = any(goal.need is CheckInNeed.ANSWERED for goal in goals)
        ctx.say(text("Today's check-in is done") if answered else text("No goal needs an answer"))


def _said_line(ctx: Context, goal: GoalCheck, said: CheckIn) -> str:
    from wording.rhythm import check_in_text
    from work.check_ins import goal_head

    line = f"{goal_head(ctx.words, goal)} · {check_in_text(ctx.words, said, goal.today)}"
    if not goal.falls_again(said):
        return line
    falls = ctx.words.text("confidence falls for the second time running")
    return f"{line} · ⚠ {falls}"


def _record(
    ctx: Context, goals: Sequence[GoalCheck], said: Sequence[CheckIn], sure: Sequence[CheckIn]
) -> dict[str, object]:
    from work.check_ins import still_open

    known = {goal.row.goal_id: goal for goal in goals}
    return {
        "asked": [
            _head_record(ctx, goal)
            | {
                "reasons": goal.reasons,
                "suggested": goal.suggested,
                "last": None if goal.last is None else _said_record(goal.last),
            }
            for goal in still_open(goals, said)
        ],
        "answered": [
            _head_record(ctx, known[each.goal_id])
            | _said_record(each)
            | {"fell_twice": known[each.goal_id].falls_again(each)}
            for each in said
        ],
        "confirmed": [_head_record(ctx, known[each.goal_id]) | _said_record(each) for each in sure],
    }


def _head_record(ctx: Context, goal: GoalCheck) -> dict[str, object]:
    from wording.goals import row_title

    return {
        "goal_id": goal.row.goal_id,
        "client": goal.client.name,
        "manager": goal.client.manager,
        "title": row_title(ctx.words, goal.row),
        "status": goal.row.status,
    }


def _said_record(check_in: CheckIn) -> dict[str, object]:
    fields = ("day", "author", "confidence", "why", "by_rule")
    return {name: getattr(check_in, name) for name in fields}
