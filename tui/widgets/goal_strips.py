"""How a line of the goal list is painted: texts in columns, a bar, styles by status."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from goals.model import GoalStatus
from tui.drawing import bar
from tui.drawing.cells import cell, fit, fit_right, fit_title
from tui.overview.columns import LEAD, Columns
from tui.overview.lines import ClientLine, ManagerLine
from tui.overview.shares import shares
from tui.overview.texts import GoalCells, client_summary, goal_cells, manager_name, manager_summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from goals.board import GoalRow
    from tui.overview.lines import HeadLine, Line
    from wording.words import Words

TONES = {
    GoalStatus.ON_TRACK: "good",
    GoalStatus.MET: "good",
    GoalStatus.BEHIND: "behind",
    GoalStatus.UNLIKELY: "bad",
    GoalStatus.MISSED: "bad",
    GoalStatus.EARLY: "calm",
    GoalStatus.DRAFT: "calm",
    GoalStatus.STALE: "stale",
    GoalStatus.UNKNOWN: "stale",
    GoalStatus.DROPPED: "stale",
}
_GREY = frozenset({GoalStatus.STALE, GoalStatus.UNKNOWN, GoalStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints lines for one width, day and set of colours. `styles` are laid over `base`.

    `names` are the clients', for the column that has them.
    """

    words: Words
    columns: Columns
    width: int
    today: date
    base: Style
    styles: Mapping[str, Style]
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def blank(self) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(self.width, self.base)

    def said(self, sentence: str) -> Strip:
        """A line that says something instead of a goal."""
        segments = [Segment(" " * LEAD + sentence, self.base + self.styles["dim"])]
        return Strip(segments).adjust_cell_length(self.width, self.base)

    def paint(self, line: Line, *, at_cursor: bool, focused: bool) -> Strip:
        """One line, in exactly the painter's width."""
        spans = self._head(line) if isinstance(line, ClientLine | ManagerLine) else self._goal(line)
        pointer = "›" if at_cursor else " "
        under = self.base + self.styles["focus" if focused else "cursor"] if at_cursor else self.base
        segments = [Segment(pointer, under)]
        for text, name in spans:
            segments.append(Segment(text, under + self.styles[name] if name else under))
        return Strip(segments).adjust_cell_length(self.width, under).simplify()

    def _head(self, line: HeadLine) -> list[tuple[str, str]]:
        fold = "▾" if line.is_open else "▸"
        room = self.width - 3
        if isinstance(line, ManagerLine):
            name, summary, ink = manager_name(self.words, line), manager_summary(self.words, line), "name"
        else:
            name, summary, ink = cell(line.name), client_summary(self.words, line), "strong"
        if cell_len(name) + 2 + cell_len(summary) > room:
            least = min(cell_len(name), self.columns.title)
            name = fit(name, max(least, room - 2 - cell_len(summary))).rstrip()
            summary = fit(summary, room - 2 - cell_len(name)).rstrip()
        style = "behind" if line.counts else "dim"
        return [(f"{fold} ", ""), (name, ink), ("  ", ""), (summary, style)]

    def _goal(self, row: GoalRow) -> list[tuple[str, str]]:
        status = GoalStatus(row.status)
        columns = self.columns
        texts = goal_cells(self.words, row, self.today, wide=columns.wide)
        tone = TONES[status]
        plain = "stale" if status in _GREY else ""
        gap = " " * columns.gap
        spans = [
            (" " * (LEAD - 3), ""),
            (f"{texts.glyph} ", tone),
        ]
        if columns.client:
            name = cell(self.names.get(row.client_id, ""))
            spans.append((fit(name, columns.client) + gap, plain or "strong"))
        spans.append((fit_title(texts.title, columns.title), plain))
        if columns.deadline:
            spans.append((gap + fit(texts.deadline, columns.deadline), plain or "dim"))
        if columns.bar:
            spans.append((gap, ""))
            spans += self._bar(row, status, tone)
        return spans + self._figures(texts, tone, plain, gap)

    def _bar(self, row: GoalRow, status: GoalStatus, tone: str) -> list[tuple[str, str]]:
        names = {bar.Role.DONE: tone, bar.Role.MARK: "mark", bar.Role.REST: "rest"}
        progress, expected = shares(row, self.today)
        drawn = bar.draw(progress, None if status.is_over else expected, self.columns.bar)
        return [(piece.text, names[piece.role]) for piece in drawn]

    def _figures(self, texts: GoalCells, tone: str, plain: str, gap: str) -> list[tuple[str, str]]:
        columns = self.columns
        spans: list[tuple[str, str]] = []
        if columns.done:
            spans.append((gap + fit_right(texts.done, columns.done), plain))
        if columns.reserve:
            spans.append((gap + fit(texts.reserve, columns.reserve), tone))
        if columns.chance:
            spans.append((gap + fit_right(texts.chance, columns.chance), plain))
        if columns.today:
            spans.append((gap + fit(texts.today, columns.today), plain))
        return spans
