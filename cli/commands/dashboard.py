"""`smm` without a command: the dashboard, and the sync process that it may start."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.own_sync import sync_command
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context

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
    ctx.reader().close()
    if "utf" not in (sys.stdout.encoding or "").lower():
        ctx.say(ctx.words.text("This terminal is not set to UTF-8: set LANG to ru_RU.UTF-8 or C.UTF-8"))
    from store.opening import file_of
    from tui.app import SmmApp
    from tui.services import Services

    services = Services(
        words=ctx.words,
        author=ctx.author,
        zone=ctx.zone,
        path=file_of(ctx.db),
        now=ctx.now,
        open_reader=ctx.reader,
        open_writer=ctx.writer,
        sync=lambda: run_sync([*sync_command(ctx), "--progress", "jsonl"]),
    )
    app = SmmApp(services)
    state = app.run()
    if state is not None and state.sync_stopped:
        ctx.say(ctx.words.text("The update was stopped; what has arrived is kept"))
    return app.return_code or Exit.OK


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
    return kept.decode("utf-8", "replace").strip()
