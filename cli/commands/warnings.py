"""`smm warnings`: what goes wrong and what to do next; acknowledging and snoozing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cli.context import Context
    from goals.model import Client
    from goals.records import WarningState
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from store.contract import Reader, Writer

HELP = mark("what goes wrong, the most urgent first, and what to do next")


class _Line(NamedTuple):
    """A warning in the list of all: its place there, whom it concerns, and what is known of it."""

    number: int
    warning: Warning
    clients: tuple[Client, ...]
    state: WarningState
    shown: bool
    new: bool


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
    ack.add_argument("which", metavar="N|KEY", help=which)
    snooze = actions.add_parser("snooze", help=text("hide it until a day"))
    snooze.add_argument("which", metavar="N|KEY", help=which)
    snooze.add_argument("--until", metavar="DAY", required=True, help=text("show it again from this day on"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """List the warnings, or say something of one."""
    if args.action == "ack":
        return _acknowledge(ctx, args.which)
    if args.action == "snooze":
        return _snooze(ctx, args.which, args.until)
    return _list(ctx, args)


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goals import bring_up
    from cli.pick import pick_client

    with ctx.reader() as reader:
        bring_up(ctx, reader)
        lines, states = _look(ctx, reader)
        client = pick_client(reader, args.client, ctx.words) if args.client else None
    lines = [line for line in lines if (line.shown or args.all) and (line.new or not args.new)]
    lines = [line for line in lines if _is_wanted(line, client, args.manager)]
    if args.new:
        from goals.warnings.settle import told

        states = _merged(states, told((line.state for line in lines), ctx.now()))
    _store(ctx, states)
    if args.json:
        ctx.write_json([_record(ctx, line) for line in lines])
    elif lines:
        ctx.write("\n".join(part for line in lines for part in _shown(ctx, line)))
    else:
        ctx.write(ctx.words.text("Nothing new") if args.new else ctx.words.text("All is quiet"))
    return Exit.OK


def _look(ctx: Context, reader: Reader) -> tuple[list[_Line], list[WarningState]]:
    """All warnings as they are now, and the states that have to be stored."""
    from goals.warnings.settle import settle, worth_storing
    from store.situation import all_warnings

    now = ctx.now()
    found, known = all_warnings(reader, now), reader.warning_states()
    settled = settle([one.warning for one in found], known, now, _today(ctx))
    states = {state.key: state for state in settled.states}
    shown, new = ({warning.key for warning in some} for some in (settled.shown, settled.tell))
    lines = [
        _Line(
            number=number,
            warning=one.warning,
            clients=one.clients,
            state=states[one.warning.key],
            shown=one.warning.key in shown,
            new=one.warning.key in new,
        )
        for number, one in enumerate(found, 1)
    ]
    return lines, worth_storing(settled.states, known)


def _merged(states: Iterable[WarningState], newer: Iterable[WarningState]) -> list[WarningState]:
    return list({state.key: state for state in (*states, *newer)}.values())


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


def _is_wanted(line: _Line, client: Client | None, manager: str | None) -> bool:
    from wording.names import folded

    return any(
        (client is None or one.id == client.id) and folded(manager or "") in folded(one.manager or "")
        for one in line.clients
    )


def _acknowledge(ctx: Context, which: str) -> int:
    with ctx.writer() as writer:
        line = _picked(ctx, writer, which)
        writer.acknowledge_warning(line.warning.key, author=ctx.author, now=ctx.now())
    ctx.write(ctx.words.text("Noted: quiet until it grows or comes again"))
    ctx.write(_told(ctx, line))
    return Exit.OK


def _snooze(ctx: Context, which: str, until: str) -> int:
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
    ctx.write(ctx.words.text("Hidden until {day}", day=ctx.words.day(day, today)))
    ctx.write(_told(ctx, line))
    return Exit.OK


def _picked(ctx: Context, writer: Writer, which: str) -> _Line:
    """The warning of a number in the list or of a key, its state stored. Raises UserError."""
    lines, states = _look(ctx, writer)
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


def _sentence(ctx: Context, line: _Line) -> str:
    from store.days import today_of
    from wording.warnings import sentence

    return sentence(ctx.words, line.warning, today_of(line.clients[0], ctx.now()))


def _shown(ctx: Context, line: _Line) -> Iterator[str]:
    """A warning in two lines: what it is, and the next step."""
    from wording.warnings import GLYPHS, next_step

    hidden = _hidden_word(ctx, line)
    head = f"{line.number:>3}. {GLYPHS[line.warning.severity]} {_told(ctx, line)}"
    yield f"{head} [{hidden}]" if hidden else head
    yield f"       → {next_step(ctx.words, line.warning, line.clients[0].name)}"


def _told(ctx: Context, line: _Line) -> str:
    """The sentence behind the name of its client; what is about no single client goes without."""
    sentence = _sentence(ctx, line)
    return sentence if line.warning.client_id is None else f"{line.clients[0].name} · {sentence}"


def _hidden_word(ctx: Context, line: _Line) -> str:
    """Why a warning is hidden; empty for one that is not."""
    if line.shown:
        return ""
    if line.state.acknowledged_by is not None:
        return ctx.words.text("known to {name}", name=line.state.acknowledged_by)
    until = line.state.snoozed_until
    return "" if until is None else ctx.words.text("until {day}", day=ctx.words.day(until, _today(ctx)))


def _record(ctx: Context, line: _Line) -> dict[str, object]:
    from wording.warnings import next_step

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
        "sentence": _sentence(ctx, line),
        "step": warning.step,
        "next_step": next_step(ctx.words, warning, line.clients[0].name),
        "facts": warning.facts,
        "first_seen": state.first_seen,
        "new": line.new,
        "acknowledged_by": state.acknowledged_by,
        "snoozed_until": state.snoozed_until,
    }
