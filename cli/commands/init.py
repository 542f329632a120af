"""`smm init`: the settings, the store and the specialist's own client, ready for the first real client."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context
    from store.contract import Writer

HELP = mark("make the settings and the store")

_LOCAL_TIME = Path("/etc/localtime")
_NO_PLACE = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu"})


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    text = ctx.words.text
    parser.add_argument("--language", choices=("ru", "en"), help=text("the language of the program"))
    parser.add_argument(
        "--timezone", metavar="ZONE", help=text("the time zone of new clients, Europe/Moscow")
    )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Make what is not there yet; a second run changes nothing. Raises UserError, StoreError."""
    from cli.zones import checked_timezone

    timezone = checked_timezone(args.timezone, ctx.words) if args.timezone else system_timezone(ctx.environ)
    is_new = not ctx.config_path.exists()
    ctx = make(ctx, args.language, timezone)
    if not is_new:
        _say_ignored(ctx, args)
    ctx.write(_next_steps(ctx))
    return Exit.OK


def make(ctx: Context, language: str | None, timezone: str) -> Context:
    """Make the settings, the store and the specialist's own client, as far as they are not there, and say so.

    Returns:
        The same invocation under the settings that hold now.

    Raises:
        UserError: the settings cannot be written, or those that are there cannot be used.
        StoreError: the store cannot be made.
    """
    from cli.context import Context as NewContext
    from store.opening import prepare

    made = not ctx.config_path.exists()
    if made:
        _write_config(ctx, language or ctx.words.lang, timezone)
    ctx = NewContext(
        db=ctx.db,
        config_path=str(ctx.config_path),
        environ=ctx.environ,
        stdout=ctx.stdout,
        stderr=ctx.stderr,
    )
    text = ctx.words.text
    if made:
        ctx.say(text("The settings are written: {path}", path=ctx.config_path))
    else:
        _ = ctx.config
        ctx.say(text("The settings stay as they are: {path}", path=ctx.config_path))
    prepare(ctx.db)
    with ctx.writer() as store:
        _add_self(ctx, store)
    ctx.say(text("The store is ready: {path}", path=ctx.db))
    return ctx


def _say_ignored(ctx: Context, args: argparse.Namespace) -> None:
    config = ctx.config
    differs = (args.language and args.language != config.language) or (
        args.timezone and args.timezone != config.timezone
    )
    if differs:
        ctx.say(ctx.words.text("To change the language or the time zone, edit this file"))


def _write_config(ctx: Context, language: str, timezone: str) -> None:
    from cli.config.file import short_config, write_settings
    from wording.details import os_detail
    from wording.words import Words

    try:
        write_settings(ctx.config_path, short_config(language, timezone, Words(language)))
    except OSError as error:
        raise UserError(
            ctx.words.text(
                "The settings cannot be written: {path} ({detail})",
                path=ctx.config_path,
                detail=os_detail(ctx.words, error),
            ),
            ctx.words.text("Name another place: smm --config FILE init"),
        ) from error


def _add_self(ctx: Context, store: Writer) -> None:
    from goals.model import ClientKind
    from store.changes import NewClient
    from sync.holidays import ensure_holidays

    known = [client for client in store.clients(archived=True) if client.kind is ClientKind.SELF]
    if not known:
        me = NewClient(ctx.words.text("Me"), ClientKind.SELF, ctx.config.timezone)
        store.add_client(me, author=ctx.author, now=ctx.now())
        known = [client for client in store.clients() if client.kind is ClientKind.SELF]
    for client in known:
        ensure_holidays(store, client, ctx.now().astimezone(ctx.zone).date())


def _next_steps(ctx: Context) -> str:
    text = ctx.words.text
    name = text("Coffee House")
    return "\n".join(
        (
            text("What to do next:"),
            f'  1. smm client add "{name}"',
            f'  2. smm account add https://vk.com/... --client "{name}"',
            "  3. smm cron install   # " + text("figures arrive by themselves; the dashboard is: smm"),
        )
    )


def system_timezone(environ: Mapping[str, str]) -> str:
    """The time zone of this computer; the default one where it names no place on earth."""
    from cli.config.check import is_timezone
    from cli.config.values import DEFAULT_TIMEZONE

    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        try:
            name = os.fspath(_LOCAL_TIME.readlink())
        except OSError:
            return DEFAULT_TIMEZONE
    name = name.rpartition("zoneinfo/")[2]
    return name if name not in _NO_PLACE and "/" in name and is_timezone(name) else DEFAULT_TIMEZONE
