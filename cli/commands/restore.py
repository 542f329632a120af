"""`smm restore FILE`: a copy of the store brought back; the old store is kept."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("bring a copy of the store back; the old one is kept beside it")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the arguments."""
    text = ctx.words.text
    parser.add_argument(
        "file", metavar="FILE", help=text("a copy that smm backup made, or one beside the store")
    )
    parser.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Check the copy, keep the old store, bring the copy back. Raises UserError, StoreError."""
    from store.backup import restore
    from store.opening import file_of
    from sync.lock import LockedError, lock_file_of, only_run

    words, file = ctx.words, file_of(ctx.db)
    source = Path(args.file).expanduser().absolute()
    if not source.is_file():
        raise UserError(
            words.text("There is no file {path}", path=source),
            words.text("Copies stand where smm backup put them, and beside the store as *.backup-*"),
            Exit.USAGE,
        )
    if file.exists() and source.samefile(file):
        raise UserError(
            words.text("This is the store itself: {path}", path=source),
            words.text("Name a copy of it: smm restore FILE"),
            Exit.USAGE,
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with only_run(lock_file_of(file)):
            kept = restore(ctx.db, source, ctx.now())
    except LockedError:
        raise UserError(
            words.text("A sync is running: nothing was changed"),
            words.text("Wait for its end, then repeat the command"),
            Exit.LOCKED,
        ) from None
    if args.json:
        ctx.write_json({"store": str(file), "restored": str(source), "kept": str(kept) if kept else None})
        return Exit.OK
    ctx.say(words.text("The store is back as it was in {path}", path=source))
    if kept is not None:
        ctx.say(words.text("The old store is kept: {path}", path=kept))
    ctx.say("→ " + words.text("Open dashboards anew; see that all is well: smm doctor"))
    return Exit.OK
