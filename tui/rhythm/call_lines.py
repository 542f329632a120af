"""The page of a call as it is shown to the client: large, with bars, without what is one's own business."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from goals.model import GoalStatus
from tui.drawing import bar
from tui.drawing.cells import cell
from tui.widgets.block import Row, folded
from wording.goals import chance_cell, done_cell, row_title, standing_word, status_word, today_cell
from work.call_page import page_parts
from work.call_undone import decision_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goals.board import GoalRow
    from tui.widgets.line import Span
    from wording.words import Words
    from work.call_page import Page

#: The parts of the page: those on the left of a wide screen, and those on the right.
LEFT = ("wanted", "done", "why")
RIGHT = ("now", "agree", "ahead", "decided", "ask")
_BAR = 20
_INKS = {
    GoalStatus.ON_TRACK: "good",
    GoalStatus.MET: "good",
    GoalStatus.BEHIND: "behind",
    GoalStatus.UNLIKELY: "behind",
    GoalStatus.MISSED: "bad",
}


def parts_of(words: Words, page: Page) -> dict[str, tuple[str, Sequence[str]]]:
    """Heading and lines of each part that says something; today's decisions stand by themselves."""
    parts: dict[str, tuple[str, Sequence[str]]] = {
        name: (head, lines) for name, head, lines in page_parts(words, page)
    }
    now = list(_decided_now(words, page))
    if now:
        parts["now"] = (words.text("Decided today"), now)
    before = [call for call in page.calls if call.day < page.day]
    if not any(call.decisions for call in before):
        parts.pop("decided", None)
    elif "decided" in parts and now:
        head, lines = parts["decided"]
        today = words.day(page.day, page.today)
        parts["decided"] = (head, [line for line in lines if not line.startswith(f"{today} ")])
    return {name: part for name, part in parts.items() if part[1]}


def _decided_now(words: Words, page: Page) -> Iterator[str]:
    """What was decided and noted on the day of this call."""
    for call in page.calls:
        if call.day == page.day:
            yield from decision_texts(words, call, page.undone[call.id])
            if call.notes:
                yield words.text("Note: {text}", text=call.notes)


def part_rows(name: str, lines: Sequence[str], width: int) -> list[Row]:
    """The lines of a part, folded; a decision of today is marked."""
    sign = {"now": "✓ ", "ask": "? "}.get(name, "")
    rows = []
    for number, line in enumerate(lines):
        first, *more = folded(cell(line), width - len(sign))
        head: tuple[Span, ...] = ((sign, "good"), (first, "strong" if name in {"wanted", "now"} else ""))
        rows.append(Row(head, f"{name}:{number}"))
        rows += [Row(((" " * (len(sign) + 2) + part, ""),)) for part in more]
    return rows


def done_rows(words: Words, page: Page, lines: Sequence[str], internal: bool, width: int) -> list[Row]:  # noqa: FBT001 - handed on as it is
    """Each goal with a bar of how far it is; then what came out since the last call."""
    rows: list[Row] = []
    for row in page.begun:
        title = folded(f"{row.goal_id}. {cell(row_title(words, row))}", width)
        rows.append(Row(((title[0], "strong"),), row.goal_id))
        rows += [Row(((f"   {part}", "strong"),)) for part in title[1:]]
        rows += _standing(words, page, row, width)
        if internal:
            rows += [Row(((f"   {part}", "dim"),)) for part in folded(_own(words, row), width - 3)]
    return [
        *rows,
        *(Row(((part, "dim"),)) for line in lines[len(page.begun) :] for part in folded(line, width)),
    ]


def _standing(words: Words, page: Page, row: GoalRow, width: int) -> Iterator[Row]:
    status = GoalStatus(row.status)
    ink = _INKS.get(status, "dim")
    names = {bar.Role.DONE: ink, bar.Role.MARK: "mark", bar.Role.REST: "rest"}
    pieces: list[Span] = [
        (piece.text, names[piece.role]) for piece in bar.draw(row.progress, row.expected, _BAR)
    ]
    word = (
        status_word(words, GoalStatus.BEHIND) if status is GoalStatus.UNLIKELY else standing_word(words, row)
    )
    until = ""
    if row.deadline is not None:
        until = words.text("until {day}", day=words.day(date.fromordinal(row.deadline), page.today))
    said = " · ".join(part for part in (done_cell(words, row), word, until) if part)
    first, *more = folded(said, max(12, width - _BAR - 5))
    yield Row((("   ", ""), *pieces, (f"  {first}", ink)))
    for part in more:
        yield Row(((" " * (_BAR + 5) + part, ink),))


def _own(words: Words, row: GoalRow) -> str:
    """What is not for the client: the verdict as it is, the chance, what today asks."""
    chance = words.text("chance {chance}", chance=chance_cell(words, row)) if row.chance is not None else ""
    parts = dict.fromkeys((standing_word(words, row), chance, today_cell(words, row)))
    return " · ".join(part for part in parts if part)
