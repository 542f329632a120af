"""`smm cron`: the sync by itself, from the user's crontab."""

from __future__ import annotations

import argparse
import platform
from typing import TYPE_CHECKING

from cli.cron.schedule import INTERVALS, Schedule, schtasks_line, systemd_units
from cli.exits import Exit, UserError
from cli.own_sync import store_path, sync_command
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("the sync by itself: install, show, remove")

_USUAL = "3h"


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    commands = parser.add_subparsers(dest="action", required=True, metavar="install|show|remove")
    install = commands.add_parser("install", help=text("put the sync into your crontab"))
    show = commands.add_parser("show", help=text("show the line, and the same for systemd and Windows"))
    show.add_argument("--json", action="store_true", help=text("as JSON"))
    commands.add_parser("remove", help=text("take the sync out of your crontab"))
    for command in (install, show):
        command.add_argument(
            "--every",
            choices=INTERVALS,
            default=_USUAL,
            metavar="3h",
            help=text("how often: 30m, 1h, 3h, 1d"),
        )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError."""
    return {"install": _install, "show": _show, "remove": _remove}[args.action](ctx, args)


def crontab_command(ctx: Context) -> list[str]:
    """The sync as a line of the crontab may hold it. Raises UserError."""
    command = sync_command(ctx)
    if any("\n" in word for word in command):
        raise UserError(
            ctx.words.text("A path with a line break cannot stand in a crontab"),
            ctx.words.text("Name another one with --db and --config"),
            Exit.USAGE,
        )
    return command


def _schedule(ctx: Context, every: str) -> Schedule:
    return Schedule.of(every, f"{platform.node()} {ctx.db}")


def _install(ctx: Context, args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab, our_line
    from cli.secrets import shown_variable

    words = ctx.words
    command, schedule = crontab_command(ctx), _schedule(ctx, args.every)
    line = our_line(schedule.cron_times(), command)
    try:
        UserCrontab(ctx.environ, store_path(ctx)).install(line)
    except CrontabError as error:
        raise _failure(ctx, error, command, schedule) from error
    ctx.write(line)
    ctx.say(words.text("The sync runs by itself now; it says something only when something is wrong"))
    for name, token in ctx.config.tokens.items():
        if token.env:
            ctx.say(
                words.text(
                    "Token «{name}» comes from {variable}, which cron does not know: set it in the crontab",
                    name=name,
                    variable=shown_variable(token.env, ctx.environ),
                )
            )
    return Exit.OK


def _failure(ctx: Context, error: Exception, command: list[str], schedule: Schedule) -> UserError:
    text = ctx.words.text
    if getattr(error, "missing", False):
        return UserError(
            text("This computer has no program crontab"),
            text("Install cron, or use systemd:") + "\n" + _systemd_text(ctx, command, schedule),
        )
    return UserError(
        text("The crontab cannot be changed ({detail})", detail=error),
        text("See what your computer says to: crontab -l"),
    )


def _remove(ctx: Context, _args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab

    try:
        removed = UserCrontab(ctx.environ, store_path(ctx)).remove()
    except CrontabError as error:
        if not error.missing:
            raise _failure(ctx, error, [], _schedule(ctx, _USUAL)) from error
        removed = False
    text = ctx.words.text
    ctx.say(
        text("The sync is out of the crontab")
        if removed
        else text("There was no line of ours in the crontab")
    )
    return Exit.OK


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab, our_line

    command, schedule = crontab_command(ctx), _schedule(ctx, args.every)
    try:
        installed = UserCrontab(ctx.environ, store_path(ctx)).lines()
    except CrontabError:
        installed = []
    line = installed[0] if installed else our_line(schedule.cron_times(), command)
    service, timer = systemd_units(command, schedule)
    windows = schtasks_line(command, schedule)
    if args.json:
        ctx.write_json(
            {
                "installed": bool(installed),
                "line": line,
                "systemd_service": service,
                "systemd_timer": timer,
                "schtasks": windows,
            }
        )
        return Exit.OK
    text = ctx.words.text
    head = (
        text("In your crontab:") if installed else text("For your crontab (smm cron install puts it there):")
    )
    ctx.write(f"{head}\n{line}\n")
    ctx.write(text("For systemd:"))
    ctx.write(f"{_systemd_text(ctx, command, schedule)}\n")
    ctx.write(text("For Windows:"))
    ctx.write(windows)
    return Exit.OK


def _systemd_text(ctx: Context, command: list[str], schedule: Schedule) -> str:
    service, timer = systemd_units(command, schedule)
    folder = "~/.config/systemd/user"
    then = ctx.words.text("then")
    return (
        f"# {folder}/smart-smm.service\n{service}\n# {folder}/smart-smm.timer\n{timer}\n"
        f"# {then}: systemctl --user enable --now smart-smm.timer"
    )
