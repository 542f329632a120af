"""Questions at a terminal that are answered by yes or no."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.context import Context

_YES = frozenset({"y", "yes", "д", "да"})


def can_ask(ctx: Context) -> bool:
    """Whether somebody sits there who sees a question and can answer it."""
    return sys.stdin.isatty() and ctx.stderr.isatty()


def asked(ctx: Context, question: str, *, default: bool) -> bool:
    """The answer to a question; Enter is the default, an ended input is a no.

    Args:
        ctx: where the question is written.
        question: a sentence that ends in a question mark.
        default: what Enter means.
    """
    choices = ctx.words.text("[Y/n]") if default else ctx.words.text("[y/N]")
    ctx.stderr.write(f"{question} {choices} ")
    ctx.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        ctx.say("")
        return False
    said = answer.strip().casefold()
    return said in _YES if said else default
