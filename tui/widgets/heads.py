"""The lines around the list: the headline, the column heads, the goal under the cursor, the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.reactive import reactive

from goals.board import Board, GoalRow
from tui.commands.everywhere import Accounts, EditGoal, Posts, Sync, Warnings
from tui.drawing.cells import cell, fit, fit_right
from tui.keyed import first_key, run_command
from tui.overview.columns import LEAD, SCROLLBAR, columns_for
from tui.overview.lines import Line as ListLine
from tui.overview.lines import ManagerLine
from tui.overview.texts import (
    client_summary,
    day_in_words,
    freshness,
    goal_sentence,
    manager_name,
    manager_summary,
    zone_of,
)
from tui.widgets.line import Line, Span, between
from wording.goals import row_title

if TYPE_CHECKING:
    from textual import events

    from tui.commands.command import Command
    from wording.words import Words


class Headline(Line):
    """The program, the day, how old the figures are, and how many warnings there are."""

    DEFAULT_CSS = "Headline { background: $panel; }"
    #: What a click on a part opens, by the part's ink.
    OPENS: ClassVar[Mapping[str, type[Command]]] = {
        "trouble": Warnings,
        "unread": Accounts,
        "fresh": Accounts,
        "sync": Sync,
        "week": Posts,
    }

    board: reactive[Board | None] = reactive(None)
    sync_text: reactive[str] = reactive("")
    unread: reactive[int] = reactive(0)
    warnings: reactive[int] = reactive(0)
    week: reactive[str] = reactive("")

    def spans(self, width: int) -> list[Span]:
        """The headline."""
        left: list[Span] = [(" SMART SMM ", "name")]
        board = self.board
        if board is None:
            return left
        right = _demo(self.words) if board.demo else []
        if self.warnings:
            right.append((f"  ⚠ {self.words.number(self.warnings)} ", "trouble"))
        if self.sync_text:
            right.append((f"  {self.sync_text} ", "sync"))
        right.append((f"  {freshness(self.words, board)} ", "fresh"))
        if self.unread:
            unread = self.words.plural("{n} not read", "{n} not read", self.unread)
            right.append((f" ⚠ {unread} ", "unread"))
        day = f"  {day_in_words(self.words, board.today)} "
        if width >= sum(cell_len(text) for text, _ in [*left, *right]) + cell_len(day):
            left.append((day, ""))
        if self.week:
            right.append((f" {self.week} ", "week"))
        return between(left, right, width)

    def on_click(self, event: events.Click) -> None:
        """Open what the clicked part is about."""
        number = self.span_at(event.x)
        ink = "" if number is None else list(self.spans(self.size.width))[number][1]
        if ink in self.OPENS:
            run_command(self, self.OPENS[ink])


class ColumnHeads(Line):
    """The names of the list's columns."""

    DEFAULT_CSS = """
    ColumnHeads { color: $text-muted; }
    """

    flat: reactive[bool] = reactive(bool)

    def spans(self, width: int) -> list[Span]:
        """The names, over their columns."""
        text = self.words.text
        columns = columns_for(width - SCROLLBAR, with_client=self.flat)
        gap = " " * columns.gap
        parts = [fit(text("client"), columns.client)] if columns.client else []
        parts.append(fit(text("goal"), columns.title))
        parts[0] = " " * LEAD + parts[0]
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
    """What the line under the cursor says, in one sentence; names that the list cuts come first."""

    DEFAULT_CSS = """
    Detail { background: $boost; color: $foreground; }
    """

    line: reactive[ListLine | None] = reactive(None)
    board: reactive[Board | None] = reactive(None)
    flat: reactive[bool] = reactive(bool)

    def spans(self, width: int) -> list[Span]:
        """The sentence, shortened where it is too long."""
        line, board = self.line, self.board
        if line is None or board is None:
            return []
        if isinstance(line, GoalRow):
            sentence = self._of_goal(line, board, width)
        elif isinstance(line, ManagerLine):
            sentence = f"{manager_name(self.words, line)}: {manager_summary(self.words, line)}"
        else:
            sentence = f"{cell(line.name)}: {client_summary(self.words, line)}"
        return [(" " + fit(sentence, width - 2).rstrip(), "")]

    def _of_goal(self, row: GoalRow, board: Board, width: int) -> str:
        zone = zone_of(board, row.client_id)
        today = board.now.astimezone(zone).date()
        columns = columns_for(width - SCROLLBAR, with_client=self.flat)
        parts = []
        if self.flat:
            client = cell(next(each.name for each in board.clients if each.id == row.client_id))
            parts += [client] * (cell_len(client) > columns.client)
        title = cell(row_title(self.words, row))
        parts += [title] * (cell_len(title) > columns.title)
        parts.append(goal_sentence(self.words, row, today, zone, edit_key=first_key(self, EditGoal)))
        return " · ".join(parts)


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
        spans: list[Span] = []
        for _, key, word in self._entries(width):
            spans += [(f" {key}", "key"), (f" {word} ", "")]
        return spans

    def _entries(self, width: int) -> list[tuple[type[Command], str, str]]:
        """The commands for which there is room, with key and word."""
        entries = [(c, first_key(self, c), self.words.text(c.short)) for c in self.offered or self._commands]
        while entries and sum(cell_len(key) + cell_len(word) + 3 for _, key, word in entries) > width:
            entries.pop(-3 if len(entries) > 2 else -1)
        return entries

    def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        number = self.span_at(event.x)
        if number is not None:
            run_command(self, self._entries(self.size.width)[number // 2][0])


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
