"""The command line's own words: parsers whose errors end in a sentence, and the list of commands."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from cli.context import Context


class Parser(argparse.ArgumentParser):
    """A parser that raises UserError instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage line as the next step."""
        raise UserError(message, self.format_usage().strip(), Exit.USAGE)


def command_parser(prog: str) -> argparse.ArgumentParser:
    """A parser for one command."""
    return Parser(prog=prog, allow_abbrev=False)


def show_help(ctx: Context, commands: Mapping[str, str]) -> int:
    """List all commands with their one line."""
    text = ctx.words.text
    lines = [text("SMART SMM: clients' goals, live in the terminal"), ""]
    lines += [f"  {'smm':<14}{text('the dashboard')}"]
    for name, module in commands.items():
        lines.append(f"  {'smm ' + name:<14}{text(import_module(module).HELP)}")
    lines += ["", text("Before any command: --db FILE, --config FILE. Help on one: smm COMMAND --help")]
    ctx.write("\n".join(lines))
    return Exit.OK


def unknown_command(ctx: Context, name: str, commands: Mapping[str, str]) -> UserError:
    """The error for a command that is not there, naming the nearest one."""
    near = get_close_matches(name, commands, 1)
    text = ctx.words.text
    step = text("Did you mean: smm {name}?", name=near[0]) if near else text("See all commands: smm --help")
    return UserError(text("There is no command «{name}»", name=name), step, Exit.USAGE)
