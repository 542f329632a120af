"""`smm cron`: the sync by itself, from the user's crontab."""

from __future__ import annotations

import argparse
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.cron.schedule import INTERVALS, STORIES, SYNC, Schedule, schtasks_line, systemd_units
from cli.exits import Exit, UserError
from cli.own_sync import store_path, sync_command
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context

HELP = mark("the sync by itself: install, show, remove")


@dataclass(frozen=True, slots=True)
class Job:
    """One of the runs that the system starts: its name there, what the sync is told, how often at best."""

    name: str
    options: tuple[str, ...]
    usual: str
    seed: str


_SYNC = Job(SYNC, (), "3h", "")
_STORIES = Job(STORIES, ("--stories",), "4h", " stories")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    commands = parser.add_subparsers(dest="action", required=True, metavar="install|show|remove")
    install = commands.add_parser("install", help=text("put the sync into your crontab"))
    show = commands.add_parser("show", help=text("show the line, and the same for systemd and Windows"))
    show.add_argument("--json", action="store_true", help=text("as JSON"))
    remove = commands.add_parser("remove", help=text("take the sync out of your crontab"))
    for command in (install, show):
        command.add_argument(
            "--every",
            choices=INTERVALS,
            metavar="3h",
            help=text("how often: 30m, 1h, 3h, 1d"),
        )
    for command in (install, show, remove):
        command.add_argument(
            "--stories",
            action="store_true",
            help=text("the run beside it that only collects stories, which are seen for a day"),
        )


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says. Raises UserError."""
    return {"install": _install, "show": _show, "remove": _remove}[args.action](ctx, args)


def crontab_command(ctx: Context, job: Job = _SYNC) -> list[str]:
    """The sync as a line of the crontab may hold it. Raises UserError."""
    command = [*sync_command(ctx), *job.options]
    if any("\n" in word for word in command):
        raise UserError(
            ctx.words.text("A path with a line break cannot stand in a crontab"),
            ctx.words.text("Name another one with --db and --config"),
            Exit.USAGE,
        )
    return command


def _job(args: argparse.Namespace) -> Job:
    return _STORIES if args.stories else _SYNC


def _schedule(ctx: Context, job: Job, every: str | None) -> Schedule:
    return Schedule.of(every or job.usual, f"{platform.node()} {ctx.db}{job.seed}")


def _install(ctx: Context, args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab, our_line
    from cli.secrets import shown_variable

    words, job = ctx.words, _job(args)
    command, schedule = crontab_command(ctx, job), _schedule(ctx, job, args.every)
    line = our_line(schedule.cron_times(), command, job.name)
    try:
        UserCrontab(ctx.environ, store_path(ctx), job.name).install(line)
        has_sync = bool(UserCrontab(ctx.environ, store_path(ctx)).lines())
    except CrontabError as error:
        raise _failure(ctx, error, job, command, schedule) from error
    ctx.write(line)
    if job is _STORIES:
        ctx.say(words.text("Stories are collected by themselves now, beside the sync"))
        if not has_sync:
            ctx.say("→ " + words.text("Everything else is collected by: smm cron install"))
    else:
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


def _failure(ctx: Context, error: Exception, job: Job, command: list[str], schedule: Schedule) -> UserError:
    text = ctx.words.text
    if getattr(error, "missing", False):
        return UserError(
            text("This computer has no program crontab"),
            text("Install cron, or use systemd:") + "\n" + _systemd_text(ctx, job, command, schedule),
        )
    return UserError(
        text("The crontab cannot be changed ({detail})", detail=error),
        text("See what your computer says to: crontab -l"),
    )


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab

    text = ctx.words.text
    try:
        stories = UserCrontab(ctx.environ, store_path(ctx), STORIES).remove()
        sync = not args.stories and UserCrontab(ctx.environ, store_path(ctx)).remove()
    except CrontabError as error:
        if not error.missing:
            raise _failure(ctx, error, _SYNC, [], _schedule(ctx, _SYNC, None)) from error
        sync = stories = False
    if sync:
        ctx.say(text("The sync is out of the crontab"))
    if stories:
        ctx.say(text("The run for stories is out of the crontab"))
    if not (sync or stories):
        ctx.say(text("There was no line of ours in the crontab"))
    return Exit.OK


def _show(ctx: Context, args: argparse.Namespace) -> int:
    from cli.cron.user_crontab import CrontabError, UserCrontab, our_line

    job = _job(args)
    command, schedule = crontab_command(ctx, job), _schedule(ctx, job, args.every)
    try:
        installed = UserCrontab(ctx.environ, store_path(ctx), job.name).lines()
        stories = [] if args.stories else UserCrontab(ctx.environ, store_path(ctx), STORIES).lines()
    except CrontabError:
        installed = stories = []
    line = installed[0] if installed else our_line(schedule.cron_times(), command, job.name)
    service, timer = systemd_units(command, schedule, job.name)
    windows = schtasks_line(command, schedule, job.name)
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
    installing = f"smm cron install{' --stories' if args.stories else ''}"
    head = (
        text("In your crontab:")
        if installed
        else text("For your crontab ({command} puts it there):", command=installing)
    )
    ctx.write("\n".join([head, line, *stories]) + "\n")
    ctx.write(text("For systemd:"))
    ctx.write(f"{_systemd_text(ctx, job, command, schedule)}\n")
    ctx.write(text("For Windows:"))
    ctx.write(windows)
    return Exit.OK


def _systemd_text(ctx: Context, job: Job, command: list[str], schedule: Schedule) -> str:
    service, timer = systemd_units(command, schedule, job.name)
    folder = "~/.config/systemd/user"
    then = ctx.words.text("then")
    return (
        f"# {folder}/{job.name}.service\n{service}\n# {folder}/{job.name}.timer\n{timer}\n"
        f"# {then}: systemctl --user enable --now {job.name}.timer"
    )
