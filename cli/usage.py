"""The command line's own words: parsers whose errors end in a sentence, and the list of commands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    from cli.context import Context
    from wording.words import Words

#: argparse speaks English only: its errors by their shape, in our words.
_ERRORS = (
    (r"the following arguments are required: (?P<names>.*)", mark("Missing: {names}")),
    (r"unrecognized arguments: (?P<names>.*)", mark("Not understood: {names}")),
    (r"one of the arguments (?P<names>.*) is required", mark("One of these is needed: {names}")),
    (
        r"argument (?P<name>.*?): not allowed with argument (?P<other>.*)",
        mark("{name} and {other} exclude one another"),
    ),
    (r"argument (?P<name>.*?): expected (?:at least )?one argument", mark("{name}: a value is missing")),
    (
        r"argument (?P<name>[^-].*?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)",
        mark("There is no «{value}» here, there are: {choices}"),
    ),
    (
        r"argument (?P<name>.*?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)",
        mark("{name}: «{value}» is none of {choices}"),
    ),
    (r"argument (?P<name>.*?): invalid \w+ value: (?P<value>.*)", mark("{name}: «{value}» does not fit")),
    (r"argument (?P<name>.*?): (?P<reason>.*)", mark("{name}: {reason}")),
)


class _Formatter(argparse.HelpFormatter):
    """Help whose usage line begins with a word of the user's language."""

    def __init__(self, prog: str, usage_word: str) -> None:
        super().__init__(prog, max_help_position=30)
        self._usage_word = usage_word

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """The usage line; argparse asks for an empty prefix where it wants the bare words."""
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser in the user's language that raises UserError instead of ending the process."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:  # noqa: ANN401 - argparse's own
        kwargs.setdefault("formatter_class", partial(_Formatter, usage_word=words.text("usage: ")))
        kwargs |= {"allow_abbrev": False, "add_help": False}
        super().__init__(*args, **kwargs)
        self._words = words
        self._positionals.title = words.text("what")
        self._optionals.title = words.text("options")
        self.add_argument("-h", "--help", action="help", help=words.text("show this help"))

    def add_subparsers(self, **kwargs: Any) -> Any:  # noqa: ANN401 - argparse names the type privately
        """Sub-commands whose parsers speak the same language."""
        kwargs.setdefault("parser_class", partial(type(self), words=self._words))
        kwargs.setdefault("title", self._words.text("commands"))
        return super().add_subparsers(**kwargs)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, with the usage line as the next step."""
        for shape, ours in _ERRORS:
            found = re.fullmatch(shape, message, re.DOTALL)
            if found:
                message = self._words.text(ours, **_in_our_quotes(found.groupdict()))
                break
        raise UserError(message, self.format_usage().strip(), Exit.USAGE)


def _in_our_quotes(found: Mapping[str, str]) -> dict[str, str]:
    """What argparse writes in Python's quotes, without them: the sentences have their own."""
    return {
        name: text.replace("'", "") if name == "choices" else text.strip("'") for name, text in found.items()
    }


def command_parser(prog: str, ctx: Context) -> argparse.ArgumentParser:
    """A parser for one command."""
    return Parser(prog=prog, words=ctx.words)


def show_help(ctx: Context, commands: Mapping[str, str]) -> int:
    """List all commands with their one line."""
    text = ctx.words.text
    lines = [text("SMART SMM: clients' goals, live in the terminal"), ""]
    lines += ["  smm           " + text("the dashboard")]
    for name, module in commands.items():
        lines.append(f"  {'smm ' + name:<14}{text(import_module(module).HELP)}")
    lines += ["", text("Before any command: --db FILE, --config FILE. Help on one: smm COMMAND --help")]
    ctx.write("\n".join(lines))
    return Exit.OK


def missing_value(ctx: Context, option: str) -> UserError:
    """The error for a global option without its value."""
    text = ctx.words.text
    file = text("FILE")
    return UserError(
        text("{name}: a value is missing", name=option),
        text("Write it like this: {example}", example=f"smm {option} {file} …"),
        Exit.USAGE,
    )


def unknown_command(ctx: Context, name: str, commands: Mapping[str, str]) -> UserError:
    """The error for a command that is not there, naming the nearest one."""
    from difflib import get_close_matches

    near = get_close_matches(name, commands, 1)
    text = ctx.words.text
    step = text("Did you mean: smm {name}?", name=near[0]) if near else text("See all commands: smm --help")
    message = text("There is no command «{name}»", name=name)
    if name.startswith("-"):
        message = text("There is no option {name} before a command", name=name)
    return UserError(message, step, Exit.USAGE)
