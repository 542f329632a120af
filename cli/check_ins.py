"""The questions of a check-in at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from goals.records import Confidence
from work.check_ins import check_line, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.context import Context
    from goals.records import CheckIn
    from work.check_ins import GoalCheck

_LATER = "0"


def ask(ctx: Context, goals: Sequence[GoalCheck]) -> Iterator[CheckIn]:
    """Ask for one goal after another and give each answer at once; an ended input ends it."""
    for number, goal in enumerate(goals, 1):
        ctx.say(f"[{number}/{len(goals)}] {check_line(ctx.words, goal)}")
        confidence = _confidence(ctx, goal)
        if confidence is None:
            return
        if confidence == _LATER:
            continue
        why = _why(ctx, goal, Confidence(confidence))
        if why is None:
            return
        yield said_of(goal, Confidence(confidence), why, author=ctx.author, now=ctx.now())


def _confidence(ctx: Context, goal: GoalCheck) -> str | None:
    """How sure one is, or that one will say it later; None where the input ended."""
    from wording.rhythm import confidence_word, read_confidence

    question = ctx.words.text("1 on track · 2 at risk · 3 off track · 0 later")
    offered = confidence_word(ctx.words, goal.suggested)
    while True:
        typed = _typed(ctx, f"  {question} [{offered}]: ")
        if typed is None or typed == _LATER:
            return typed
        found = read_confidence(typed) if typed else goal.suggested
        if found is not None:
            return found


def _why(ctx: Context, goal: GoalCheck, confidence: Confidence) -> str | None:
    """One line why; what was said last time is the default. None where the input ended."""
    from connectors.clean import clean

    before = goal.last.why if goal.last is not None and goal.last.confidence is confidence else ""
    question = ctx.words.text("Why?")
    while True:
        typed = _typed(ctx, f"  {question} [{before}]: " if before else f"  {question} ")
        if typed is None:
            return None
        why = clean(typed) or before
        if why or confidence is Confidence.ON_TRACK:
            return why


def _typed(ctx: Context, question: str) -> str | None:
    """What was typed, None where the input ended."""
    ctx.stderr.write(question)
    ctx.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        ctx.say("")
        return None
    return line.strip()
