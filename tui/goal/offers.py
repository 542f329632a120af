"""What may be chosen with one key while a goal is being said: a reading, a target, a network, a priority."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goals.draft import Letter
from goals.metrics import METRICS
from goals.model import GoalKind
from goals.pace import is_falling
from tui.drawing.cells import cell, fit
from tui.keys import is_typed, shown
from wording.goals import network_name
from wording.smart import reading_text, target_text
from wording.words import mark
from work.goal_draft import Answers, Said, usual_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wording.words import Words

#: The most cells of a priority's words.
_PRIORITY_WIDTH = 24
_TARGETS = (mark("safe {target}"), mark("fifty-fifty {target}"), mark("risky {target}"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice: the letter that it answers, its words, and the answers when it is taken."""

    letter: Letter
    text: str
    answers: Answers
    chosen: bool


def offer_key(keys: Sequence[str], *, typing: bool) -> str:
    """Which of a choice's keys stands before it: while one types, one that types nothing, else a sign.

    Empty where none of them would take it.
    """
    signs = [key for key in keys if is_typed(key)]
    others = [key for key in keys if not is_typed(key)]
    fitting = others if typing else [*signs, *others]
    return shown(fitting[0]) if fitting else ""


def offers_of(words: Words, said: Said, answers: Answers, today: date) -> list[Offer]:
    """All that may be chosen, in the order of the letters S, M, A, R."""
    return [
        *_networks(words, said, answers),
        *_readings(words, said, answers, today),
        *_targets(words, said, answers),
        *_priorities(said, answers),
    ]


def _networks(words: Words, said: Said, answers: Answers) -> Iterator[Offer]:
    for network in (*said.networks, "") if said.networks else ():
        text = network_name(words, network) if network else words.text("all together")
        chosen = answers.network == network
        yield Offer(Letter.SPECIFIC, text, replace(answers, network=network), chosen)


def _readings(words: Words, said: Said, answers: Answers, today: date) -> Iterator[Offer]:
    for number, reading in enumerate(said.readings, 1):
        taken = replace(answers, reading=reading, amount=None, deadline=None)
        text = cell(reading_text(words, reading, today))
        yield Offer(Letter.MEASURABLE, text, taken, said.reading == number)


def _targets(words: Words, said: Said, answers: Answers) -> Iterator[Offer]:
    """The three targets; one that is no step from where the figure stands is none to take."""
    amounts = said.outlook.amounts if said.outlook is not None else None
    metric = said.draft.metric
    if amounts is None or metric is None or is_falling(said.goal):
        return
    kind = said.draft.kind or usual_kind(said.draft)
    digits = 0 if METRICS[metric].whole and kind is not GoalKind.GAIN_PERCENT else 1
    offered: set[float] = set()
    for name, amount in zip(_TARGETS, amounts, strict=True):
        rounded = round(amount, digits)
        if rounded <= 0 or rounded in offered:
            continue
        offered.add(rounded)
        text = words.text(name, target=target_text(words, amount, metric, kind))
        chosen = said.draft.amount == rounded
        yield Offer(Letter.ATTAINABLE, text, replace(answers, amount=rounded), chosen)


def _priorities(said: Said, answers: Answers) -> Iterator[Offer]:
    """The client's priorities, the one of the goal's topic first; a linked one is unlinked by its key."""
    ranked = sorted(enumerate(said.priorities, 1), key=lambda each: each[0] != said.likely)
    for rank, name in ranked:
        chosen = answers.priority == rank
        taken = replace(answers, priority=None if chosen else rank)
        yield Offer(Letter.RELEVANT, fit(cell(name), _PRIORITY_WIDTH).rstrip(), taken, chosen)
