"""The first reading of a new account: what history it got, or why none."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from datetime import date

    from cli.context import Context
    from goals.model import Account, Client
    from store.values import TroubleRecord
    from sync.api import Backfill, History
    from wording.troubles import Sentence

#: The network was asked nothing, for no token at hand may ask it.
_UNASKED = "sync.no_token"


def read_history(ctx: Context, client: Client, account: Account, *, is_new: bool) -> int:
    """Read the account as far back as its tokens allow and say what came.

    An account that the network says is not there is not kept.

    Returns:
        The exit code: incomplete where nothing could be read because of a failure.

    Raises:
        UserError: the network says that there is no such account, or none that can be read.
    """
    from store.values import RunStatus

    if _is_demo(ctx):
        return Exit.OK
    filled = _backfill(ctx, account)
    account, history = _kept(ctx, client, account)
    if filled.report.status is RunStatus.LOCKED:
        ctx.say(ctx.words.text("Another sync runs just now: the next one reads the history"))
        return Exit.OK
    nothing = not (history.posts or history.readings)
    trouble = next((unit.trouble for unit in filled.report.units if unit.trouble), None)
    if nothing and trouble is not None and is_new and _is_final(account, trouble):
        raise _refused(ctx, account, trouble)
    if not nothing:
        goes_on = any(unit.goes_on for unit in filled.report.units)
        ctx.say(_told(ctx, client, history, goes_on=goes_on))
    elif trouble is None and not filled.report.interrupted:
        ctx.say(ctx.words.text("The network gave no figures yet"))
    if trouble is not None:
        sentence = _sentence(ctx, trouble)
        ctx.say(f"{sentence.message}\n→ {sentence.next_step}")
    if filled.report.interrupted:
        return Exit.INTERRUPTED
    failed = nothing and trouble is not None and trouble.code != _UNASKED
    return Exit.INCOMPLETE if failed else Exit.OK


def _is_demo(ctx: Context) -> bool:
    """Whether the store is a demo, of which no network is asked; that is said."""
    from wording.sync import DEMO

    with ctx.reader() as reader:
        is_demo = reader.is_demo()
    if is_demo:
        ctx.say(ctx.words.text(DEMO))
    return is_demo


def _kept(ctx: Context, client: Client, account: Account) -> tuple[Account, History]:
    """The account, or the one that it proved to be, and what is known of it."""
    from cli.pick import kept_account
    from sync.api import history_of

    with ctx.reader() as reader:
        kept = kept_account(reader, account)
        if kept.id != account.id:
            name = f"{kept.network}:{kept.handle}"
            ctx.say(
                ctx.words.text("{client} has this account already, as {name}", client=client.name, name=name)
            )
        return kept, history_of(reader, kept.id)


def _backfill(ctx: Context, account: Account) -> Backfill:
    from cli.sync_settings import sync_settings
    from sync.api import backfill
    from sync.progress import bar, silent
    from sync.stop import Stop, stopped_by_signals

    stop = Stop()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(stop))
        listener = stack.enter_context(bar(ctx.stderr, ctx.words)) if ctx.stderr.isatty() else silent
        return backfill(ctx.writer, sync_settings(ctx), account.id, now=ctx.now, stop=stop, listener=listener)


def _is_final(account: Account, trouble: TroubleRecord) -> bool:
    """Whether the network itself says that the account is not there, or is none to be read."""
    told_by_network = trouble.code.partition(".")[0] == account.network
    return told_by_network and trouble.kind in {"skip", "config"}


def _refused(ctx: Context, account: Account, trouble: TroubleRecord) -> UserError:
    with ctx.writer() as writer:
        stored = next(known for known in writer.accounts(account.client_id) if known.id == account.id)
        writer.update_account(replace(stored, archived=True), author=ctx.author, now=ctx.now())
    sentence = _sentence(ctx, trouble, adding=True)
    kept = ctx.words.text("The account was not added")
    return UserError(f"{sentence.message}. {kept}", sentence.next_step)


def _sentence(ctx: Context, trouble: TroubleRecord, *, adding: bool = False) -> Sentence:
    from wording.troubles import trouble_sentence

    facts = trouble.facts
    return trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, facts, adding=adding)


def _told(ctx: Context, client: Client, history: History, *, goes_on: bool) -> str:
    """What came: «получено: показатели за 365 дней, 1 000 записей с 12.03», and whether more comes."""
    from store.days import today_of

    words, today = ctx.words, today_of(client, ctx.now())
    parts = []
    if history.first_reading:
        days = (today - history.first_reading).days + 1
        parts.append(words.plural("figures of {n} day", "figures of {n} days", days))
    if history.first_post:
        since = _since(ctx, history.first_post, today)
        parts.append(words.plural("{n} post {since}", "{n} posts {since}", history.posts, since=since))
    received = words.text("Received: {parts}", parts=", ".join(parts))
    more = words.text("Older posts come with the next syncs: smm sync")
    return f"{received}\n→ {more}" if goes_on else received


def _since(ctx: Context, day: date, today: date) -> str:
    return ctx.words.text("since {day}", day=ctx.words.day(day, today))
