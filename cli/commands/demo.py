"""`smm demo`: the dashboard on fictional clients, or such a store written to a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("the dashboard on fictional clients with 120 days of history")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the options."""
    parser.add_argument(
        "--create", metavar="FILE", help=ctx.words.text("write the demo store to FILE and end")
    )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Write the demo store and open it. Raises UserError, StoreError."""
    from cli.demo import files
    from wording.details import os_detail

    text = ctx.words.text
    try:
        if args.create:
            path = Path(args.create).expanduser()
            if path.exists():
                raise UserError(
                    text("There is a file already: {path}", path=path),
                    text("Name another one, or delete it first"),
                    Exit.USAGE,
                )
            files.create_demo(path, ctx.now())
            ctx.say(text("The demo store is written. Open it with: smm --db {path}", path=path))
            return Exit.OK
        path = files.demo_path()
        files.ensure_demo(path, ctx.now(), ctx.zone, ctx.words)
    except OSError as error:
        raise UserError(
            text(
                "The demo store cannot be written: {path} ({detail})",
                path=path,
                detail=os_detail(ctx.words, error),
            ),
            text("Write it elsewhere: smm demo --create FILE"),
        ) from error
    return _open(ctx, path)


def _open(ctx: Context, path: Path) -> int:
    from cli.commands import dashboard
    from cli.context import Context as NewContext
    from cli.usage import command_parser

    demo = NewContext(
        db=str(path),
        config_path=str(ctx.config_path) if ctx.config_path.exists() else None,
        environ=ctx.environ,
        stdout=ctx.stdout,
        stderr=ctx.stderr,
    )
    parser = command_parser("smm demo", demo)
    dashboard.add_arguments(parser, demo)
    return dashboard.run(demo, parser.parse_args([]))
