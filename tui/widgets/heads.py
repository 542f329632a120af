"""The lines around the list: the headline, the column heads, the goal under the cursor, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import reactive

from goals.board import Board, GoalRow
from tui.cells import cell, fit, fit_right
from tui.columns import LEAD, SCROLLBAR, columns_for
from tui.keys import shown
from tui.lines import Line as ListLine
from tui.lines import troubled
from tui.texts import client_summary, day_in_words, freshness, goal_sentence, zone_of
from tui.widgets.line import Line, Span, between
from wording.goals import row_title

if TYPE_CHECKING:
    from tui.commands import Command
    from wording.words import Words


class Headline(Line):
    """The program, the day, how old the figures are, and how many goals ask for attention."""

    DEFAULT_CSS = "Headline { background: $panel; }"

    board: reactive[Board | None] = reactive(None)
    sync_text: reactive[str] = reactive("")
    unread: reactive[int] = reactive(0)

    def spans(self, width: int) -> list[Span]:
        """The headline."""
        left: list[Span] = [(" SMART SMM ", "name")]
        board = self.board
        if board is None:
            return left
        right = _demo(self.words) if board.demo else []
        count = troubled(board)
        if count:
            right.append((f"  ⚠ {self.words.number(count)} ", "trouble"))
        if self.sync_text:
            right.append((f"  {self.sync_text} ", "sync"))
        right.append((f"  {freshness(self.words, board)} ", ""))
        if self.unread:
            unread = self.words.plural("{n} not read", "{n} not read", self.unread)
            right.append((f" ⚠ {unread} ", "trouble"))
        day = f"  {day_in_words(self.words, board.today)} "
        if width >= sum(cell_len(text) for text, _ in [*left, *right]) + cell_len(day):
            left.append((day, ""))
        return between(left, right, width)


class ColumnHeads(Line):
    """The names of the list's columns."""

    DEFAULT_CSS = """
    ColumnHeads { color: $text-muted; }
    """

    def spans(self, width: int) -> list[Span]:
        """The names, over their columns."""
        text = self.words.text
        columns = columns_for(width - SCROLLBAR)
        gap = " " * columns.gap
        parts = [" " * LEAD + fit(text("goal"), columns.title)]
        if columns.deadline:
            parts.append(fit(text("due"), columns.deadline))
        if columns.bar:
            parts.append(fit("", columns.bar))
        line = gap.join(parts)
        for name, size, is_figure in (
            (text("done"), columns.done, True),
            (text("reserve"), columns.reserve, False),
            (text("chance"), columns.chance, True),
            (text("today"), columns.today, False),
        ):
            if size and is_figure:
                line = _right_aligned(line, gap, name, size)
            elif size:
                line += gap + fit(name, size)
        return [(line, "")]


def _right_aligned(line: str, gap: str, name: str, size: int) -> str:
    """The line with one more name at its right; one longer than its column begins in the blanks before it."""
    blanks = len(line) - len(line.rstrip())
    more = min(blanks, max(0, cell_len(name) - size))
    return line[: len(line) - more] + gap + fit_right(name, size + more)


class Detail(Line):
    """What the line under the cursor says, in one sentence; a title that the list cuts comes first."""

    DEFAULT_CSS = """
    Detail { background: $boost; color: $foreground; }
    """

    line: reactive[ListLine | None] = reactive(None)
    board: reactive[Board | None] = reactive(None)

    def spans(self, width: int) -> list[Span]:
        """The sentence, shortened where it is too long."""
        if self.line is None or self.board is None:
            return []
        if isinstance(self.line, GoalRow):
            zone = zone_of(self.board, self.line.client_id)
            today = self.board.now.astimezone(zone).date()
            sentence = goal_sentence(self.words, self.line, today, zone)
            name = cell(row_title(self.words, self.line))
            if cell_len(name) > columns_for(width - SCROLLBAR).title:
                sentence = f"{name} · {sentence}"
        else:
            sentence = f"{cell(self.line.name)}: {client_summary(self.words, self.line)}"
        return [(" " + fit(sentence, width - 2).rstrip(), "")]


class KeyBar(Line):
    """The keys that matter here, the most important first; what does not fit is left to help.

    `offered` commands stand in the place of the usual ones.
    """

    DEFAULT_CSS = "KeyBar { background: $panel; }"

    offered: reactive[tuple[type[Command], ...]] = reactive(tuple)

    def __init__(self, words: Words, commands: Sequence[type[Command]]) -> None:
        super().__init__(words)
        ranked = [command for command in commands if command.rank]
        self._commands = sorted(ranked, key=lambda command: command.rank)

    def spans(self, width: int) -> list[Span]:
        """Key and word of each command."""
        entries = [(shown(c.keys[0]), self.words.text(c.short)) for c in self.offered or self._commands]
        while entries and sum(cell_len(key) + cell_len(word) + 3 for key, word in entries) > width:
            entries.pop(-3 if len(entries) > 2 else -1)
        spans: list[Span] = []
        for key, word in entries:
            spans += [(f" {key}", "key"), (f" {word} ", "")]
        return spans


class Crumbs(Line):
    """Where one is: the names from the outside in, and whether this is the demo."""

    DEFAULT_CSS = "Crumbs { background: $panel; }"

    parts: reactive[tuple[str, ...]] = reactive(())
    demo: reactive[bool] = reactive(bool)

    def spans(self, width: int) -> list[Span]:
        """The names."""
        if not self.parts:
            return []
        *outer, last = (cell(part) for part in self.parts)
        left = "".join(f" {name} ›" for name in outer)
        right = _demo(self.words) if self.demo else []
        outside = fit(left, min(cell_len(left), width // 2))
        room = width - cell_len(outside) - sum(cell_len(text) for text, _ in right) - 2
        name = fit(last, min(cell_len(last), max(1, room)))
        return between([(outside, ""), (f" {name} ", "name")], right, width)


def _demo(words: Words) -> list[Span]:
    return [(" " + words.text("DEMO") + " ", "demo")]
