"""`smm sync`: collect the figures of all accounts; quiet where all is well, for cron."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from store.contract import Writer
    from sync.lock import Patience
    from sync.plan import Selection
    from sync.progress import Listener
    from sync.report import RunReport, UnitReport
    from wording.sync import Failure

HELP = mark("collect the figures of all accounts")

#: How long a run that nobody watches may take, in seconds: well before cron starts the next one.
UNWATCHED_SECONDS = 3600.0
#: How long a run for stories waits for another one, in seconds: stories may be gone by the next time.
STORIES_WAIT_SECONDS = 600.0


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--client", metavar="CLIENT", help=text("only this client's accounts"))
    parser.add_argument("--network", metavar="NETWORK", help=text("only this network"))
    parser.add_argument(
        "--account", metavar="ACCOUNT", help=text("only this account: a link, a handle or a part of it")
    )
    parser.add_argument("--stories", action="store_true", help=text("only stories that are live now"))
    parser.add_argument(
        "--progress", choices=("auto", "jsonl", "none"), default="auto", help=text("how the run is shown")
    )
    parser.add_argument("--json", action="store_true", help=text("end with the whole result as JSON"))
    parser.add_argument("--deadline", metavar="SECONDS", type=float, help=text("end after so many seconds"))
    parser.add_argument(
        "--wait",
        metavar="SECONDS",
        type=float,
        help=text("wait so long for a sync that is running; 600 with --stories, otherwise 0"),
    )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Collect, and tell what failed. Raises UserError, StoreError."""
    from cli.sync_settings import sync_settings
    from sync.api import run_sync
    from sync.stop import Stop, stopped_by_signals
    from wording.sync import DEMO

    watched = ctx.stderr.isatty()
    with ctx.writer() as store:
        selection = _selection(ctx, store, args)
        is_demo = store.is_demo()
    stop = Stop()
    with stopped_by_signals(stop), _listener(ctx, args.progress, watched=watched) as listener:
        report = run_sync(
            ctx.writer,
            sync_settings(ctx),
            selection,
            now=ctx.now,
            stop=stop,
            listener=listener,
            deadline=_deadline(ctx, args.deadline, watched=watched),
            patience=_patience(ctx, args, watched=watched),
        )
    if is_demo:
        ctx.say(ctx.words.text(DEMO))
    else:
        _tell(ctx, report, watched=watched and not args.json)
    if args.json:
        ctx.write_json(report.to_json(ctx.words))
    return exit_code(report)


def exit_code(report: RunReport) -> Exit:
    """The exit code of a run; an account that is settled does not count (see `UnitReport.is_settled`)."""
    from store.values import RunStatus
    from sync.report import every_token_refused, status_of

    if report.interrupted:
        return Exit.INTERRUPTED
    if every_token_refused(report):
        return Exit.AUTH
    if report.status is RunStatus.LOCKED:
        return Exit.LOCKED
    codes = {RunStatus.OK: Exit.OK, RunStatus.INCOMPLETE: Exit.INCOMPLETE}
    return codes.get(status_of(report.open_units), Exit.FAILED)


def _selection(ctx: Context, store: Writer, args: argparse.Namespace) -> Selection:
    from cli.pick import pick_account, pick_client
    from sync.plan import Selection

    client = pick_client(store, args.client, ctx.words) if args.client else None
    client_id = client.id if client else None
    account = pick_account(store, args.account, ctx.words, client=client_id) if args.account else None
    if args.network:
        _check_network(ctx, store, args.network)
    return Selection(client_id, args.network, account.id if account else None, args.stories)


def _check_network(ctx: Context, store: Writer, network: str) -> None:
    """A network that no account has is a slip of the keyboard."""
    known = sorted({account.network for account in store.accounts()})
    if known and network not in known:
        raise UserError(
            ctx.words.text("No account is in the network «{name}»", name=network),
            ctx.words.text("There are accounts in: {names}", names=", ".join(known)),
            Exit.USAGE,
        )


def _deadline(ctx: Context, seconds: float | None, *, watched: bool) -> float | None:
    if seconds is None:
        return None if watched else UNWATCHED_SECONDS
    if seconds > 0:
        return seconds
    raise UserError(
        ctx.words.text("--deadline is a time in seconds, more than 0"), "smm sync --deadline 600", Exit.USAGE
    )


def _patience(ctx: Context, args: argparse.Namespace, *, watched: bool) -> Patience:
    from sync.lock import Patience

    text = ctx.words.text
    seconds = args.wait
    if seconds is None:
        seconds = STORIES_WAIT_SECONDS if args.stories else 0.0
    if not seconds >= 0:
        raise UserError(text("--wait is a time in seconds, 0 or more"), "smm sync --wait 600", Exit.USAGE)
    return Patience(
        seconds, (lambda: ctx.say(text("Another sync is running: waiting for its end"))) if watched else None
    )


@contextmanager
def _listener(ctx: Context, progress: str, *, watched: bool) -> Iterator[Listener]:
    from sync.progress import bar, json_lines, silent

    if progress == "jsonl":
        yield json_lines(ctx.stdout)
    elif progress == "auto" and watched:
        with bar(ctx.stderr, ctx.words) as listener:
            yield listener
    else:
        yield silent


def _tell(ctx: Context, report: RunReport, *, watched: bool) -> None:
    """Say on stderr what failed; where somebody watches, also what was done.

    Cron mails whatever is said, so what the network has not given before either is told in full once;
    where a token could open it, one line goes on to count it.
    """
    from store.values import RunStatus, UnitStatus
    from wording.sync import failure_lines, still_closed, summary

    text = ctx.words.text
    if report.status is RunStatus.LOCKED:
        ctx.say(text("Another sync is running: this one did nothing"))
        return
    told = {UnitStatus.FAILED, UnitStatus.PARTIAL, *([UnitStatus.SKIPPED] if watched else [])}
    troubled = [unit for unit in report.units if unit.status in told and unit.trouble]
    fresh = [unit for unit in troubled if watched or not unit.is_old_news]
    for line in failure_lines(ctx.words, [_failure(ctx, unit) for unit in fresh]):
        ctx.say(line)
    still = [unit for unit in troubled if unit not in fresh and not unit.is_settled]
    if still:
        ctx.say(still_closed(ctx.words, len(still)))
    cancelled = sum(unit.status is UnitStatus.CANCELLED for unit in report.units)
    if cancelled:
        ctx.say(_left_over(ctx, cancelled, interrupted=report.interrupted))
    if watched and not report.units:
        ctx.say(text("There are no accounts yet. Add one: smm account add LINK --client NAME"))
    elif watched:
        read = [unit for unit in report.units if unit.status in {UnitStatus.OK, UnitStatus.PARTIAL}]
        ctx.say(
            summary(
                ctx.words,
                accounts=len(read),
                readings=sum(unit.readings for unit in read),
                posts=sum(unit.posts for unit in read),
                seconds=report.seconds,
            )
        )


def _failure(ctx: Context, unit: UnitReport) -> Failure:
    from connectors.clean import clean
    from sync.report import error_json
    from wording.goals import network_name
    from wording.sync import Failure

    error = error_json(unit.trouble, ctx.words) or {"message": "", "next_step": ""}
    account = clean(f"{unit.client}, {network_name(ctx.words, unit.network)} {unit.account}")
    return Failure(account, error["message"], error["next_step"])


def _left_over(ctx: Context, cancelled: int, *, interrupted: bool) -> str:
    words = ctx.words
    count = words.plural("{n} account was not read", "{n} accounts were not read", cancelled)
    if interrupted:
        return words.text("Stopped; what was finished is kept. {what}. → smm sync", what=count)
    return words.text("The time was over. {what}. They come first in the next sync", what=count)
