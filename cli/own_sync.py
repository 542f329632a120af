"""The commands that run this program anew, and its sync, on the same store and settings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.context import Context


def own_command(ctx: Context) -> list[str]:
    """The program with absolute paths: whoever starts it may stand in another folder (cron knows none)."""
    command = [sys.executable, "-P", "-m", "cli", "--db", store_path(ctx)]
    if ctx.config_path.exists():
        command += ["--config", str(ctx.config_path.absolute())]
    return command


def sync_command(ctx: Context) -> list[str]:
    """The program's sync."""
    return [*own_command(ctx), "sync"]


def store_path(ctx: Context) -> str:
    """The store as every folder names it."""
    return ctx.db if "://" in ctx.db else str(Path(ctx.db).absolute())
