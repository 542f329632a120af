"""`smm warnings`: what goes wrong and what to do next; acknowledging and snoozing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from goals.records import WarningState
    from store.contract import Writer
    from work.warnings import SeenWarning

HELP = mark("what goes wrong, the most urgent first, and what to do next")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options and actions."""
    text = ctx.words.text
    parser.add_argument("--client", metavar="NAME")
    parser.add_argument("--manager", metavar="NAME", help=text("only the clients of this manager"))
    parser.add_argument("--all", action="store_true", help=text("also what is acknowledged or snoozed"))
    parser.add_argument(
        "--new", action="store_true", help=text("only what was not told yet; it counts as told then")
    )
    parser.add_argument("--json", action="store_true")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    which = text("its number in the list, or its key from --json")
    ack = actions.add_parser("ack", help=text("somebody knows: quiet until it grows or comes again"))
    ack.add_argument("which", metavar="NUMBER|KEY", help=which)
    snooze = actions.add_parser("snooze", help=text("hide it until a day"))
    snooze.add_argument("which", metavar="NUMBER|KEY", help=which)
    snooze.add_argument("--until", metavar="DAY", required=True, help=text("show it again from this day on"))
    for action in (ack, snooze):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List the warnings, or say something of one."""
    if args.action == "ack":
        return _acknowledge(ctx, args.which, as_json=args.json)
    if args.action == "snooze":
        return _snooze(ctx, args.which, args.until, as_json=args.json)
    return _list(ctx, args)


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.listing import bring_up
    from cli.pick import pick_client
    from work.warnings import look, merged

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        lines, states = look(reader, ctx.now(), _today(ctx))
        client = pick_client(reader, args.client, ctx.words) if args.client else None
    lines = [line for line in lines if (line.shown or args.all) and (line.new or not args.new)]
    lines = [line for line in lines if _is_wanted(line, client, args.manager)]
    if args.new:
        from goals.warnings.settle import told

        states = merged(states, told((line.state for line in lines), ctx.now()))
    _store(ctx, states)
    if args.json:
        ctx.write_json([_record(ctx, line) for line in lines])
    elif lines:
        ctx.write("\n".join(part for line in lines for part in _shown(ctx, line)))
    else:
        ctx.write(ctx.words.text("Nothing new") if args.new else ctx.words.text("All is quiet"))
    return Exit.OK


def _store(ctx: Context, states: Sequence[WarningState]) -> None:
    """Write down what became of the warnings; where others keep the store busy, the next look does it."""
    from store.errors import StoreBusyError

    if not states:
        return
    try:
        with ctx.writer() as writer:
            writer.put_warning_states(states)
    except StoreBusyError:
        ctx.say(ctx.words.text("The store is busy: what is new here will be told once more"))


def _is_wanted(line: SeenWarning, client: Client | None, manager: str | None) -> bool:
    from wording.names import folded

    return any(
        (client is None or one.id == client.id) and folded(manager or "") in folded(one.manager or "")
        for one in line.clients
    )


def _acknowledge(ctx: Context, which: str, *, as_json: bool) -> int:
    from work.warnings import acknowledge

    with ctx.writer() as writer:
        line = _picked(ctx, writer, which)
        acknowledge(writer, line.warning, author=ctx.author, now=ctx.now())
        line = _as_stored(writer, line)
    return _answer(ctx, line, ctx.words.text("Noted: quiet until it grows or comes again"), as_json=as_json)


def _snooze(ctx: Context, which: str, until: str, *, as_json: bool) -> int:
    from cli.amounts import read_day

    today = _today(ctx)
    day = read_day(ctx.words, until, today, ahead=True)
    if day <= today:
        raise UserError(
            ctx.words.text("{day} is not ahead", day=day.isoformat()),
            ctx.words.text("Name a later day: --until {day}", day="2026-12-01"),
            Exit.USAGE,
        )
    with ctx.writer() as writer:
        line = _picked(ctx, writer, which)
        writer.snooze_warning(line.warning.key, day, author=ctx.author)
        line = _as_stored(writer, line)
    said = ctx.words.text("Hidden until {day}", day=ctx.words.day(day, today))
    return _answer(ctx, line, said, as_json=as_json)


def _as_stored(writer: Writer, line: SeenWarning) -> SeenWarning:
    """The warning with what was said of it just now; nobody is told of it any more."""
    states = {state.key: state for state in writer.warning_states()}
    return line._replace(state=states[line.warning.key], shown=False, new=False)


def _answer(ctx: Context, line: SeenWarning, said: str, *, as_json: bool) -> int:
    from work.warnings import told_line

    if as_json:
        ctx.write_json(_record(ctx, line))
    else:
        ctx.write(f"{said}\n{told_line(ctx.words, line, ctx.now())}")
    return Exit.OK


def _picked(ctx: Context, writer: Writer, which: str) -> SeenWarning:
    """The warning of a number in the list or of a key, its state stored. Raises UserError."""
    from work.warnings import look

    lines, states = look(writer, ctx.now(), _today(ctx))
    writer.put_warning_states(states)
    for line in lines:
        if which in {str(line.number), line.warning.key}:
            return line
    raise UserError(
        ctx.words.text("There is no warning «{which}»", which=which),
        ctx.words.text("See them with their numbers: smm warnings --all"),
    )


def _today(ctx: Context) -> date:
    return ctx.now().astimezone(ctx.zone).date()


def _shown(ctx: Context, line: SeenWarning) -> Iterator[str]:
    """A warning in two lines: what it is, and the next step."""
    from wording.warnings import GLYPHS
    from work.warnings import next_step_of, told_line

    hidden = _hidden_word(ctx, line)
    head = f"{line.number:>3}. {GLYPHS[line.warning.severity]} {told_line(ctx.words, line, ctx.now())}"
    yield f"{head} [{hidden}]" if hidden else head
    yield f"       → {next_step_of(ctx.words, line)}"


def _hidden_word(ctx: Context, line: SeenWarning) -> str:
    """Why a warning is hidden; empty for one that is not."""
    if line.shown:
        return ""
    if line.state.acknowledged_by is not None:
        return ctx.words.text("known to {name}", name=line.state.acknowledged_by)
    until = line.state.snoozed_until
    return "" if until is None else ctx.words.text("until {day}", day=ctx.words.day(until, _today(ctx)))


def _record(ctx: Context, line: SeenWarning) -> dict[str, object]:
    from work.warnings import next_step_of, sentence_of

    warning, state = line.warning, line.state
    return {
        "number": line.number,
        "key": warning.key,
        "rule": warning.rule,
        "severity": warning.severity,
        "clients": [client.name for client in line.clients],
        "goal_id": warning.goal.goal_id if warning.goal is not None else None,
        "account_id": warning.account_id,
        "topic": warning.topic,
        "sentence": sentence_of(ctx.words, line, ctx.now()),
        "step": warning.step,
        "next_step": next_step_of(ctx.words, line),
        "facts": warning.facts,
        "first_seen": state.first_seen,
        "new": line.new,
        "acknowledged_by": state.acknowledged_by,
        "snoozed_until": state.snoozed_until,
    }
