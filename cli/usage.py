"""The command line's own words: parsers whose errors end in a sentence, and the list of commands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

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

#: What stands for a value in a line of help; the other words there are typed as they are.
PLACEHOLDERS = frozenset(
    {
        mark("ACCOUNT"), mark("ACTION"), mark("AMOUNT"), mark("CLIENT"), mark("COLUMN"), mark("DAY"),
        mark("FILE"), mark("GOAL"), mark("HASHTAG"), mark("ID"), mark("KEY"), mark("KIND"), mark("LINE"),
        mark("LINK"), mark("METRIC"), mark("NAME"), mark("NETWORK"), mark("NUMBER"), mark("OURS"),
        mark("POST"), mark("PRIORITY"), mark("SECONDS"), mark("TEXT"), mark("TOPIC"), mark("WHAT"),
        mark("WHY"), mark("WORD"), mark("YYYY-MM"), mark("ZONE"),
    }
)  # fmt: skip
_PLACEHOLDER = "[A-Z][A-Z-]+"
#: What an option means wherever a command says nothing else of it.
_USUAL = {
    "--json": mark("as JSON"),
    "--client": mark("a client: the name or a part of it"),
    "--account": mark("an account: a link, a handle or a part of it"),
    "--network": mark("a network: vk, telegram, max, ok …"),
    "--metric": mark("a figure: audience, reach, posts, stories, sales …"),
    "--topic": mark("a topic of the client"),
    "--since": mark("the first day: 30.11 or 2026-11-30"),
    "--until": mark("the last day: 30.11 or 2026-11-30"),
}


def placeholder_text(words: Words, metavar: str) -> str:
    """A placeholder of help in the user's language: `NAME` is «ИМЯ», `ID=AMOUNT|yes` «НОМЕР=ЧИСЛО|yes»."""
    if metavar in PLACEHOLDERS:
        return words.text(metavar)
    return re.sub(
        _PLACEHOLDER, lambda found: words.text(found[0]) if found[0] in PLACEHOLDERS else found[0], metavar
    )


_ActionT = TypeVar("_ActionT", bound=argparse.Action)


class _Formatter(argparse.HelpFormatter):
    """Help whose usage line begins with a word of the user's language."""

    def __init__(self, prog: str, usage_word: str) -> None:
        super().__init__(prog, max_help_position=30)
        self._usage_word = usage_word

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """The usage line; argparse asks for an empty prefix where it wants the bare words."""
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser in the user's language that raises UserError instead of ending the process.

    `declare` adds the options of a sub-command, when it is the one that was called.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - argparse's own
        words: Words,
        declare: Callable[[argparse.ArgumentParser], None] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        kwargs.setdefault("formatter_class", partial(_Formatter, usage_word=words.text("usage: ")))
        kwargs |= {"allow_abbrev": False, "add_help": False}
        self._words = words
        self._declare = declare
        super().__init__(*args, **kwargs)
        self._positionals.title = words.text("what")
        self._optionals.title = words.text("options")
        self.add_argument("-h", "--help", action="help", help=words.text("show this help"))

    def add_subparsers(self, **kwargs: Any) -> Any:  # noqa: ANN401 - argparse names the type privately
        """Sub-commands whose parsers speak the same language."""
        kwargs.setdefault("parser_class", partial(type(self), words=self._words))
        kwargs.setdefault("title", self._words.text("commands"))
        kwargs["metavar"] = placeholder_text(self._words, kwargs.get("metavar") or "ACTION")
        return super().add_subparsers(**kwargs)

    def parse_known_args(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - argparse's own
        """Parse, with the options of a sub-command that is called only now."""
        declare, self._declare = self._declare, None
        if declare is not None:
            declare(self)
        return super().parse_known_args(*args, **kwargs)

    def _add_action(self, action: _ActionT) -> _ActionT:
        """Add an option, also one of a group, whose placeholder and usual help are in our words."""
        if isinstance(action.metavar, str):
            action.metavar = placeholder_text(self._words, action.metavar)
        if action.help is None and action.option_strings:
            usual = _USUAL.get(action.option_strings[-1])
            action.help = usual and self._words.text(usual)
        return super()._add_action(action)

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
