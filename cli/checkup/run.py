"""What `smm doctor` looks at on this computer: the program, its settings, its store, its surroundings."""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cli.context import Context
    from store.contract import Reader

_STALE = timedelta(hours=24)
_HOLIDAYS_AHEAD = timedelta(days=90)
#: Versions in which two connections that write and clean up at once may, very rarely, lose a page.
_WAL_RESET_BUG = ((3, 7, 0), (3, 51, 2))


class Health(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(NamedTuple):
    """One check: what was looked at, how it came out, and what to do about it."""

    check: str
    status: Health
    message: str
    next_step: str | None = None


def check_program(ctx: Context) -> Iterator[Finding]:
    """Python, SQLite, the terminal."""
    from store.sqlite.driver import library_version

    text = ctx.words.text
    yield Finding("python", Health.OK, f"Python {platform.python_version()}")
    running = library_version()
    version = ".".join(map(str, running))
    first, last = _WAL_RESET_BUG
    if first <= running <= last:
        yield Finding(
            "sqlite",
            Health.WARN,
            text("SQLite {version} has a rare fault when two programs write at once", version=version),
            text("Take a newer one: pipx inject smart-smm pysqlite3"),
        )
    else:
        yield Finding("sqlite", Health.OK, f"SQLite {version}")
    encoding = ctx.stdout.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8":
        yield Finding("terminal", Health.OK, text("The terminal shows all letters"))
    else:
        yield Finding(
            "terminal",
            Health.WARN,
            text("The terminal speaks {encoding}: Russian letters are shown as codes", encoding=encoding),
            text("Set a UTF-8 locale, for example: export LANG=C.UTF-8"),
        )


def check_config(ctx: Context) -> Iterator[Finding]:
    """The settings: each problem is a finding of its own."""
    from cli.config.values import ConfigError

    text = ctx.words.text
    try:
        _ = ctx.config
    except ConfigError as error:
        for problem in error.problems:
            yield Finding("config", Health.FAIL, str(problem), error.next_step)
        return
    path = ctx.config_path
    if not path.exists():
        yield Finding(
            "config", Health.WARN, text("No settings yet, the usual ones hold: {path}", path=path), "smm init"
        )
    elif sys.platform != "win32" and path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield Finding(
            "config",
            Health.WARN,
            text("Other users may change the settings: {path}", path=path),
            f"chmod go-w {path}",
        )
    else:
        yield Finding("config", Health.OK, text("The settings are fine: {path}", path=path))


def check_store(ctx: Context) -> Iterator[Finding]:
    """The store: its version, soundness and rights."""
    from cli.failures import damaged, store_failure
    from store.errors import StoreError, StoreMissingError
    from store.opening import SchemaState, problems, schema_state

    text = ctx.words.text
    try:
        state = schema_state(ctx.db)
        broken = problems(ctx.db)
    except StoreMissingError:
        message = text("There is no store yet: {path}", path=ctx.db)
        yield Finding("store", Health.WARN, message, "smm init")
        return
    except StoreError as error:
        failure = store_failure(error, ctx.words)
        yield Finding("store", Health.FAIL, failure.message, failure.next_step)
        return
    if broken:
        failure = damaged(ctx.db, "; ".join(broken[:3]), ctx.words)
        yield Finding("store", Health.FAIL, failure.message, failure.next_step)
        return
    if state is SchemaState.OLDER:
        message = text("The store is of an older program; it is backed up and renewed at the next command")
        yield Finding("store", Health.OK, message)
    else:
        yield Finding("store", Health.OK, text("The store is sound: {path}", path=ctx.db))
    yield from _store_rights(ctx)


def _store_rights(ctx: Context) -> Iterator[Finding]:
    path = Path(ctx.db)
    shared = sys.platform != "win32" and _is_shared(path)
    open_to = stat.S_IRWXO if shared else stat.S_IRWXG | stat.S_IRWXO
    if sys.platform != "win32" and path.stat().st_mode & open_to:
        yield Finding(
            "store rights",
            Health.WARN,
            ctx.words.text("Other users may read the store: {path}", path=path),
            f"chmod {'660' if shared else '600'} {path}",
        )
    if not os.access(path.parent, os.W_OK):
        yield Finding(
            "store rights",
            Health.FAIL,
            ctx.words.text("The folder of the store cannot be written: {path}", path=path.parent),
            ctx.words.text("Give yourself the right to it, or name another store with --db"),
        )


def _is_shared(path: Path) -> bool:
    """Whether a group keeps the store together: its folder hands that group on to whatever lies in it."""
    folder, store = path.parent.stat(), path.stat()
    return bool(folder.st_mode & stat.S_ISGID) and folder.st_gid == store.st_gid


def check_data(ctx: Context, store: Reader) -> Iterator[Finding]:
    """How fresh the figures are, and how far ahead public holidays are known."""
    text, now = ctx.words.text, ctx.now()
    if store.accounts():
        as_of = store.data_as_of()
        if as_of is None:
            yield Finding("data", Health.WARN, text("No figures have arrived yet"), "smm sync")
        else:
            ago = ctx.words.ago(as_of, now)
            fresh = now - as_of < _STALE
            message = text("Newest figures: {ago}", ago=ago)
            step = "smm sync" if store.last_reads() else text("Bring newer ones: smm import FILE")
            yield Finding("data", Health.OK if fresh else Health.WARN, message, None if fresh else step)
    today = now.astimezone(ctx.zone).date()
    known = [(store.holidays_until(client.id), client.name) for client in store.clients()]
    short = [name for until, name in known if until is None or until < today + _HOLIDAYS_AHEAD]
    if short:
        yield Finding(
            "holidays",
            Health.WARN,
            text("Public holidays are not known far enough ahead for: {names}", names=", ".join(short[:5])),
            text("They are looked up by: smm sync"),
        )
    elif known:
        until = min(until for until, _name in known if until is not None)
        yield Finding(
            "holidays", Health.OK, text("Public holidays are known until {day}", day=until.isoformat())
        )


def demo_finding(ctx: Context) -> Finding:
    """What there is to say of accounts and figures that are made up: nothing is asked of any network."""
    text = ctx.words.text
    return Finding("demo", Health.OK, text("A demo: its clients are made up, it needs no tokens and no sync"))


def check_cron(ctx: Context, *, needed: bool) -> Iterator[Finding]:
    """Whether the sync runs by itself; it is `needed` once there are accounts."""
    from cli.cron.user_crontab import CrontabError, UserCrontab
    from cli.own_sync import store_path

    text = ctx.words.text
    try:
        lines = UserCrontab(ctx.environ, store_path(ctx)).lines()
    except CrontabError as error:
        message = text("The crontab cannot be read ({detail})", detail=error)
        if error.missing:
            message = text("This computer has no program crontab")
        yield Finding("cron", Health.WARN, message, text("See other ways to run it by itself: smm cron show"))
        return
    running = [line for line in lines if not line.lstrip().startswith("#")]
    if running:
        yield Finding("cron", Health.OK, text("The sync runs by itself: {line}", line=running[0]))
        yield from _cron_interpreter(ctx, running[0])
    else:
        message = text("The sync does not run by itself")
        install = "smm cron install" if needed else None
        yield Finding("cron", Health.WARN if needed else Health.OK, message, install)


def _cron_interpreter(ctx: Context, line: str) -> Iterator[Finding]:
    """Whether the crontab runs this program with this store and these settings (a venv may have moved)."""
    from cli.commands.cron import crontab_command
    from cli.cron.user_crontab import our_line

    command = our_line("0 0 * * *", crontab_command(ctx)).removeprefix("0 0 * * * ")
    if not line.endswith(command):
        yield Finding(
            "cron line",
            Health.WARN,
            ctx.words.text("The crontab runs another program, store or settings than these"),
            "smm cron install",
        )
