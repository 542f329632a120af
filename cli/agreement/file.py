"""The agreement as a TOML file of the user: read with the place of every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.config.values import Problem
from goals.agreement.terms import Terms
from work.agreement_file import OWN_NETWORKS, read_tree

if TYPE_CHECKING:
    from collections.abc import Collection

    from wording.words import Words


def known_networks() -> tuple[str, ...]:
    """The networks that an agreement may name: those with a name of their own, and plug-ins'."""
    from connectors.registry import plugins

    return tuple(dict.fromkeys([*OWN_NETWORKS, *(plugin.name for plugin in plugins())]))


def read_agreement(
    text: str, where: str, words: Words, networks: Collection[str] | None = None
) -> Terms | list[Problem]:
    """Read the file: the terms, or every problem with its path, in the order of the file's sections.

    Args:
        text: the file's text.
        where: what the file is called in a problem; the line is added where the text is no TOML.
        words: the language of the problems.
        networks: the networks that may be named; `known_networks()` where not given.
    """
    import tomllib

    try:
        tree = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        return [Problem(where, "", words.text("nested too deeply"))]
    except tomllib.TOMLDecodeError as error:
        from cli.config.check import syntax_problem

        return [syntax_problem(where, text, str(error), words)]
    except ValueError:  # Python's own limit on the digits of a whole number
        return [Problem(where, "", words.text("a number has too many digits"))]
    found = read_tree(tree, words, known_networks() if networks is None else networks)
    return found if isinstance(found, Terms) else [Problem(where, each.path, each.text) for each in found]
