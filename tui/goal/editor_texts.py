"""What the goal editor says: what was understood, the five letters, the question, what if."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from goals.draft import Letter
from goals.metrics import METRICS, UNNAMED
from goals.model import GoalKind
from goals.smart import State, Why, next_question
from tui.drawing.cells import cell, fit
from wording.smart import STATE_GLYPHS, letter_name, question_text, reading_text, why_text
from wording.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from goals.smart import Finding
    from tui.goal.offers import Offer
    from wording.words import Words
    from work.goal_draft import Said

#: Letter, glyph and name before the facts of a letter.
LEAD = 16
_COLOURS = {State.OK: "$text-success", State.WEAK: "$text-warning", State.MISSING: "$text-error"}
#: What each letter asks for, before anything is said.
_ASKED = {
    Letter.SPECIFIC: mark("which figure, in which network, about what"),
    Letter.MEASURABLE: mark("how much"),
    Letter.ATTAINABLE: mark("told from the account's own history"),
    Letter.RELEVANT: mark("what the client needs it for"),
    Letter.TIMED: mark("by which day"),
}
#: A letter of which nothing was said yet, one that is still being looked up, and the choice that was made.
_NOTHING, _READING, _CHOSEN = "–", "…", "●"


def understood_text(words: Words, goals: Sequence[Said], at: int, today: date, width: int) -> Content:
    """What was understood, a line for each goal; of several, with how the letters of each stand."""
    lines = []
    for place, said in enumerate(goals):
        title = cell(
            reading_text(words, said.draft, today) if said.goal.metric != UNNAMED else said.wish.text
        )
        if len(goals) == 1:
            lines.append(Content.assemble(("  " + fit(title, width - 2).rstrip(), "bold $text-accent")))
            continue
        letters = [
            (f" {letter}{STATE_GLYPHS[finding.state]}", _COLOURS[finding.state])
            for letter, finding in said.findings.items()
        ]
        room = width - 2 - sum(cell_len(text) for text, _ in letters)
        chosen = place == at
        head = ("▸ " if chosen else "  ") + fit(title, room)
        lines.append(
            Content.assemble((head, "bold $text-accent" if chosen else "$foreground-muted"), *letters)
        )
    return Content("\n").join(lines)


def letters_text(
    words: Words,
    said: Said | None,
    offers: Sequence[Offer],
    today: date,
    width: int,
    key_of: Callable[[int], str],
) -> Content:
    """The five letters with their facts and what may be chosen; before anything is said, what each asks.

    `key_of` gives the key of a choice by its place, empty for none.
    """
    lines: list[Content] = []
    for letter in Letter:
        if said is None:
            lines += _letter_lines(
                words, letter, _NOTHING, "$foreground-muted", words.text(_ASKED[letter]), width
            )
            continue
        lines += _said_lines(words, said, letter, today, width)
        mine = [(key_of(place), place, offer) for place, offer in enumerate(offers) if offer.letter is letter]
        lines += _offer_lines(mine, width)
    return Content("\n").join(lines)


def letter_text(
    words: Words, said: Said, letter: Letter, today: date, width: int, lead: int = LEAD
) -> Content:
    """One letter with its facts, which hang under themselves `lead` cells from the left."""
    return Content("\n").join(_said_lines(words, said, letter, today, width, lead))


def _said_lines(
    words: Words, said: Said, letter: Letter, today: date, width: int, lead: int = LEAD
) -> list[Content]:
    finding = said.findings[letter]
    glyph, colour = STATE_GLYPHS[finding.state], _COLOURS[finding.state]
    if letter is Letter.ATTAINABLE and said.waits:
        glyph, colour = _READING, "$foreground-muted"
    return _letter_lines(words, letter, glyph, colour, _facts(words, said, finding, today), width, lead)


def _facts(words: Words, said: Said, finding: Finding, today: date) -> str:
    if finding.letter is Letter.ATTAINABLE and said.waits:
        return words.text("looking at the history…")
    if finding.why is Why.TWO_READINGS and said.readings and finding.letter is Letter.MEASURABLE:
        count = len(said.readings)
        return words.plural("{n} reading: choose", "{n} readings: choose", count)
    return cell(why_text(words, finding, today))


def _letter_lines(
    words: Words, letter: Letter, glyph: str, colour: str, facts: str, width: int, lead: int = LEAD
) -> list[Content]:
    name = fit(letter_name(words, letter), lead - 5)
    first, *rest = _wrapped(facts, width - lead) or [""]
    head = Content.assemble(
        (f"{letter} ", "bold"), (f"{glyph} ", f"bold {colour}"), (f"{name} ", colour), first
    )
    return [head, *(Content(" " * lead + line) for line in rest)]


def _offer_lines(offers: Iterable[tuple[str, int, Offer]], width: int) -> list[Content]:
    """The choices of a letter under it, each with its key, as many on a line as fit."""
    lines: list[Content] = []
    line, used = Content(" " * LEAD), LEAD
    for key, place, offer in offers:
        head = _CHOSEN if offer.chosen else key
        text = fit(offer.text, min(cell_len(offer.text), width - LEAD - cell_len(head) - 1))
        size = cell_len(head) + 1 + cell_len(text) + 3
        if used > LEAD and used + size - 3 > width:
            lines.append(line)
            line, used = Content(" " * LEAD), LEAD
        click = Style(bold=offer.chosen) + Style.from_meta({"@click": f"screen.take({place})"})
        line += Content.assemble(
            (f"{head} ", "bold $text-success" if offer.chosen else "bold $text-accent"), (text, click), "   "
        )
        used += size
    return [*lines, line] if used > LEAD else lines


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(fit(word, min(cell_len(word), width)))
    return lines


def next_question_text(words: Words, said: Said, today: date) -> str:
    """The one question to ask next; empty where all letters stand."""
    asked = next_question(said.findings)
    if asked is None or (asked.letter is Letter.ATTAINABLE and said.waits):
        return ""
    if asked.facts.get("priorities"):  # they stand under the letter, each with its key
        asked = replace(asked, facts={**asked.facts, "priorities": ()})
    return cell(question_text(words, asked, today) or "")


def amount_text(words: Words, said: Said) -> str:
    """The amount by itself: «+300», «12», «4,5 %»; the question where none was said."""
    draft = said.draft
    if draft.amount is None:
        return words.text("how many?")
    gains = draft.kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT}
    text = words.signed(draft.amount) if gains else words.number(draft.amount)
    percent = draft.kind is GoalKind.GAIN_PERCENT
    if draft.metric is not None and METRICS[draft.metric].unit.value == "percent":
        percent = True
    return words.text("{n}%", n=text) if percent else text
