"""`smm backup FILE`: a whole copy of the store, checked; safe while others write."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("a whole, checked copy of the store, also while others write")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the arguments."""
    text = ctx.words.text
    parser.add_argument("file", metavar="FILE", help=text("where to: a new file, or a folder"))
    parser.add_argument("--json", action="store_true", help=text("as JSON"))


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Make the copy and say where it is. Raises UserError, StoreError."""
    from store.backup import make_backup

    words, target = ctx.words, _target(ctx, args.file)
    try:
        size = make_backup(ctx.db, target)
    except FileExistsError:
        raise UserError(
            words.text("There is a file already: {path}", path=target),
            words.text("Give another name, or a folder: smm backup FOLDER"),
            Exit.USAGE,
        ) from None
    if args.json:
        ctx.write_json({"file": str(target), "bytes": size})
        return Exit.OK
    ctx.write(str(target))
    ctx.say(words.text("The store is copied and checked: {n} MB", n=words.number(size / 1_000_000)))
    ctx.say("→ " + words.text("Bring it back some day: smm restore {path}", path=target))
    return Exit.OK


def _target(ctx: Context, told: str) -> Path:
    """The file that is meant; in a folder one that is named by the store and the moment."""
    path = Path(told).expanduser().absolute()
    if not path.is_dir():
        return path
    store = Path(ctx.db)
    return path / f"{store.stem}-{ctx.now():%Y%m%dT%H%M%SZ}{store.suffix or '.db'}"
