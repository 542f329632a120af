"""`smm` without a command: the dashboard, and the sync process that it may start."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.own_sync import own_command, sync_command
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from goals.model import Topic
    from goals.topics import Match
    from store.contract import Writer
    from tui.app import SmmApp
    from tui.services import ExitState, Ran, SyncScope

HELP = mark("the dashboard")

#: How long a sync that was told to end may take to do so, in seconds; then it is killed.
_GRACE = 3.0
#: How much of what a sync says on stderr is kept, in bytes.
_MOST_SAID = 4000


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """The dashboard has no options of its own."""
    del parser, ctx


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Open the dashboard. Raises UserError, StoreError."""
    del args
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            ctx.words.text("The dashboard needs a terminal"),
            ctx.words.text("For programs and pipes there is: smm goal list --json, smm today"),
            Exit.USAGE,
        )
    gc.disable()  # nothing is thrown away before the first picture; the app switches it on again
    usual = ctx
    ctx = _opened(ctx)
    if "utf" not in (sys.stdout.encoding or "").lower():
        ctx.say(ctx.words.text("This terminal is not set to UTF-8: set LANG to ru_RU.UTF-8 or C.UTF-8"))
    from cli.goal.offers import offers_of
    from store.opening import file_of
    from tui.app import SmmApp
    from tui.choices import Look, choices_path, chosen_look
    from tui.services import EVERYTHING, Services
    from wording.words import Words

    _refuse_keys(ctx)
    settings = Look(ctx.words.lang, _theme(ctx))
    look = chosen_look(choices_path(ctx.state_folder()), settings)
    services = Services(
        words=Words(look.language),
        author=ctx.author,
        zone=ctx.zone,
        path=file_of(ctx.db),
        now=ctx.now,
        open_reader=ctx.reader,
        open_writer=ctx.writer,
        keys=ctx.config.dashboard.keys,
        theme=look.theme,
        settings=settings,
        sync=lambda scope=EVERYTHING: run_sync(
            [*sync_command(ctx), *scope_options(scope), "--progress", "jsonl"]
        ),
        command=lambda *arguments: run_command([*own_command(ctx), *arguments]),
        network_tokens={name: network.tokens for name, network in ctx.config.networks.items()},
        match=lambda writer: _match(ctx, writer),
        recognise=recognise,
        nominative=_nominative,
        offers=offers_of,
        state_folder=ctx.state_folder,
        greeting=_greeting(ctx) if ctx is not usual else "",
    )
    app = SmmApp(services)
    state = asyncio.run(_run_until_told(app))
    if state is not None and state.sync_stopped:
        ctx.say(app.services.words.text("The update was stopped; what has arrived is kept"))
    return app.return_code or Exit.OK


async def _run_until_told(app: SmmApp) -> ExitState | None:
    """Run the dashboard; SIGTERM ends it as a key would, in the loop's own time.

    An exception out of the signal may be raised where Python drops it, in a finalizer.
    """
    with suppress(NotImplementedError):  # Windows knows no such signal
        leave = partial(app.exit, return_code=Exit.INTERRUPTED)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, leave)
    return await app.run_async()


def _opened(ctx: Context) -> Context:
    """See that there is a store; for a newcomer, who has no settings either, both are made as by `smm init`.

    A store that was named, or that settings belong to, is missed by somebody: no empty one takes its place.
    """
    from store.errors import StoreMissingError

    try:
        ctx.reader().close()
    except StoreMissingError:
        if ctx.is_store_named or ctx.config_path.exists():
            raise
        from cli.commands.init import make, system_timezone

        return make(ctx, None, system_timezone(ctx.environ))
    return ctx


def _greeting(ctx: Context) -> str:
    """What was made for a newcomer."""
    return ctx.words.text(
        "Made for you: settings {settings}, store {store}", settings=ctx.config_path, store=ctx.db
    )


def _nominative(phrase: str) -> str:
    """A phrase in an oblique case as a name."""
    from cli.topic.lemmas import nominative

    return nominative(phrase)


def _refuse_keys(ctx: Context) -> None:
    """Refuse keys of one's own that cannot be. Raises UserError with all problems."""
    if not ctx.config.dashboard.keys:
        return
    from cli.config.dashboard_problems import key_problems

    problems = key_problems(ctx)
    if problems:
        sentences, steps = zip(*problems, strict=True)
        raise UserError("\n".join(sentences), steps[0], Exit.USAGE)


def _theme(ctx: Context) -> str:
    """The theme of the settings, else one for this terminal. Raises UserError for one that does not exist."""
    from cli.config.dashboard_problems import theme_problem
    from tui.themes import find_theme, first_theme

    wanted = ctx.config.dashboard.theme
    if wanted is None:
        return first_theme(ctx.environ)
    problem = theme_problem(ctx)
    if problem is not None:
        raise UserError(*problem, Exit.USAGE)
    return find_theme(wanted) or wanted


def _match(ctx: Context, writer: Writer) -> int:
    """Match the posts that wait; the dictionary is read in the thread that asks first."""
    from cli.topic.topics import match_new

    return match_new(writer, ctx.now())


def recognise(topic: Topic, texts: Sequence[str]) -> list[Match | None]:
    """What the rules find of a topic in each text; None where nothing is found."""
    from cli.topic.lemmas import is_known, lemmatize
    from goals.topics import compile_topic, match

    rule = compile_topic(topic, lemmatize)
    return [match(text, [rule], lemmatize, is_known).get(topic.id) for text in texts]


def scope_options(scope: SyncScope) -> list[str]:
    """What `smm sync` is told of the accounts that it is to read."""
    if scope.account is not None:
        return [f"--account=#{scope.account}"]
    return [] if scope.client is None else [f"--client={scope.client}"]


async def run_command(command: Sequence[str]) -> Ran:
    """Run a command to its end; being cancelled ends the process."""
    from tui.services import Ran

    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        answer, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await _ended(process)
    code = process.returncode
    return Ran(Exit.FAILED if code is None else code, _text(answer), _text(said[-_MOST_SAID:]))


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip()


async def run_sync(command: Sequence[str]) -> AsyncGenerator[Mapping[str, object], None]:
    """Run a sync in a process of its own.

    Yields:
        The events that it prints, then `{"event": "exit", "code", "message"}` with what it said on
        stderr. Closing the generator ends the process.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    if process.stdout is None or process.stderr is None:
        raise RuntimeError("the sync was started without its pipes")
    said = asyncio.create_task(_last_words(process.stderr))
    try:
        async for line in process.stdout:
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    yield event
        code = await process.wait()
        yield {"event": "exit", "code": code, "message": await said}
    finally:
        said.cancel()
        if process.returncode is None:
            process.terminate()
            await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Wait for a process that was told to end."""
    try:
        await asyncio.wait_for(process.wait(), _GRACE)
    except TimeoutError:
        process.kill()


async def _last_words(stream: asyncio.StreamReader) -> str:
    """The end of what a process says."""
    kept = b""
    while chunk := await stream.read(_MOST_SAID):
        kept = (kept + chunk)[-_MOST_SAID:]
    return _text(kept)
