"""The entry point: global options, one command, and the words for whatever ends it early."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from cli import __version__
from cli.exits import Exit, UserError

if TYPE_CHECKING:
    import argparse

    from cli.context import Context

#: Commands and their modules, in the order of the help; a module is imported when it is called.
COMMANDS = {
    "init": "cli.commands.init",
    "client": "cli.commands.client",
    "account": "cli.commands.account",
    "token": "cli.commands.token",
    "goal": "cli.commands.goal",
    "log": "cli.commands.log",
    "post": "cli.commands.post",
    "off": "cli.commands.off",
    "import": "cli.commands.imports",
    "sync": "cli.commands.sync",
    "cron": "cli.commands.cron",
    "export": "cli.commands.export",
    "today": "cli.commands.today",
    "doctor": "cli.commands.doctor",
    "demo": "cli.commands.demo",
}
DASHBOARD = "cli.commands.dashboard"


class Command(Protocol):
    """A command module. `HELP` is a marked message of one line."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser, ctx: Context) -> None:
        """Declare the command's options and sub-commands."""

    def run(self, ctx: Context, args: argparse.Namespace) -> int:
        """Do it and give the exit code."""


def main(argv: list[str] | None = None) -> int:
    """Run the program with `argv` (without its name) and return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        sys.stdout.write(f"smm {__version__}\n")
        return Exit.OK
    from cli.failures import explain

    signal.signal(signal.SIGTERM, _interrupted)
    ctx: Context | None = None
    try:
        ctx, name, rest = _global_options(words)
        code = _run(ctx, name, rest)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 - the edge of the process
        return explain(error, ctx)
    return code


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _global_options(words: list[str]) -> tuple[Context, str | None, list[str]]:
    """Take --db and --config, which stand before the command."""
    from cli.context import Context

    options: dict[str, str] = {}
    position = 0
    while position < len(words) and words[position].startswith("-"):
        name, equals, value = words[position].partition("=")
        if name not in {"--db", "--config"}:
            break
        if not equals:
            position += 1
            value = words[position] if position < len(words) else ""
        if not value:
            raise UserError(f"{name}: ?", f"smm {name} FILE ...", Exit.USAGE)
        options[name] = value
        position += 1
    ctx = Context(db=options.get("--db"), config_path=options.get("--config"))
    rest = words[position:]
    return ctx, (rest[0] if rest else None), rest[1:]


def _run(ctx: Context, name: str | None, rest: list[str]) -> int:
    from cli.usage import command_parser, show_help, unknown_command

    if name is None:
        return _call(ctx, DASHBOARD, command_parser("smm"), rest)
    if name in {"-h", "--help", "help"}:
        return show_help(ctx, COMMANDS)
    if name == "--version":
        ctx.write(f"smm {__version__}")
        return Exit.OK
    if name not in COMMANDS:
        raise unknown_command(ctx, name, COMMANDS)
    return _call(ctx, COMMANDS[name], command_parser(f"smm {name}"), rest)


def _call(ctx: Context, module: str, parser: argparse.ArgumentParser, rest: list[str]) -> int:
    command = cast("Command", import_module(module))
    command.add_arguments(parser, ctx)
    return command.run(ctx, parser.parse_args(rest))


def run() -> NoReturn:
    """The console script: exits with the code of `main`."""
    sys.exit(main())


if __name__ == "__main__":
    run()
