"""The entry point: global options, one command, and the words for whatever ends it early."""

from __future__ import annotations

import sys

from cli import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself costs a tenth of the start
    import argparse
    from types import FrameType
    from typing import NoReturn, Protocol

    from cli.context import Context

    class Command(Protocol):
        """A command module. `HELP` is a marked message of one line."""

        HELP: str

        def add_arguments(self, parser: argparse.ArgumentParser, ctx: Context) -> None:
            """Declare the command's options and sub-commands."""

        def run(self, ctx: Context, args: argparse.Namespace) -> int:
            """Do it and give the exit code."""


#: Commands and their modules, in the order of the help; a module is imported when it is called.
COMMANDS = {
    "init": "cli.commands.init",
    "client": "cli.commands.client",
    "account": "cli.commands.account",
    "token": "cli.commands.token",
    "agreement": "cli.commands.agreement",
    "goal": "cli.commands.goal",
    "renew": "cli.commands.renew",
    "log": "cli.commands.log",
    "post": "cli.commands.post",
    "topic": "cli.commands.topic",
    "off": "cli.commands.off",
    "import": "cli.commands.imports",
    "sync": "cli.commands.sync",
    "cron": "cli.commands.cron",
    "export": "cli.commands.export",
    "backup": "cli.commands.backup",
    "restore": "cli.commands.restore",
    "today": "cli.commands.today",
    "checkin": "cli.commands.checkin",
    "call": "cli.commands.call",
    "material": "cli.commands.material",
    "hours": "cli.commands.hours",
    "warnings": "cli.commands.warnings",
    "doctor": "cli.commands.doctor",
    "demo": "cli.commands.demo",
}
DASHBOARD = "cli.commands.dashboard"
#: What runs without sound settings: one makes them, the other tells what is wrong with them.
LENIENT = frozenset({"init", "doctor"})


def main(argv: list[str] | None = None) -> int:
    """Run the program with `argv` (without its name) and return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        sys.stdout.write(f"smm {__version__}\n")
        return 0
    ctx: Context | None = None
    try:
        ctx, name, rest = _global_options(words)
        code = _run(ctx, name, rest)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 - the edge of the process
        from cli.failures import explain

        return explain(error, ctx)
    return code


def _global_options(words: list[str]) -> tuple[Context, str | None, list[str]]:
    """Take --db and --config, which stand before the command."""
    from cli.context import Context
    from cli.usage import missing_value

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
            raise missing_value(Context(), name)
        options[name] = value
        position += 1
    ctx = Context(db=options.get("--db"), config_path=options.get("--config"))
    rest = words[position:]
    return ctx, (rest[0] if rest else None), rest[1:]


def _run(ctx: Context, name: str | None, rest: list[str]) -> int:
    from cli.usage import command_parser, show_help, unknown_command

    if name is None:
        return _call(ctx, DASHBOARD, command_parser("smm", ctx), rest)
    if name in {"-h", "--help", "help"}:
        return show_help(ctx, COMMANDS)
    if name == "--version":
        ctx.write(f"smm {__version__}")
        return 0
    if name not in COMMANDS:
        raise unknown_command(ctx, name, COMMANDS)
    return _call(ctx, COMMANDS[name], command_parser(f"smm {name}", ctx), rest, lenient=name in LENIENT)


def _call(
    ctx: Context, module: str, parser: argparse.ArgumentParser, rest: list[str], *, lenient: bool = False
) -> int:
    from importlib import import_module

    command: Command = import_module(module)
    command.add_arguments(parser, ctx)
    args = parser.parse_args(rest)
    if not lenient:
        _ = ctx.config  # every problem of the settings is told before anything is done
    return command.run(ctx, args)


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _guard_streams() -> None:
    """Give the program its three streams also where the shell closed one or speaks no UTF-8.

    A closed one would lend its number to the next file opened, the store among them.
    """
    import os

    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None or sys.stderr is None:
        sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115 - open while we run
        sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def run() -> NoReturn:
    """The console script: exits with the code of `main`."""
    if sys.argv[1:] != ["--version"]:
        import signal

        _guard_streams()
        signal.signal(signal.SIGTERM, _interrupted)
    sys.exit(main())


if __name__ == "__main__":
    run()
