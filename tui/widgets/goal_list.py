"""The list of clients and goals: one widget that draws its lines, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView

from goals.board import Board, GoalRow
from tui.commands.command import Area, bindings_of
from tui.commands.everywhere import Back
from tui.drawing.ink import inks
from tui.keyed import first_key
from tui.overview.columns import columns_for
from tui.overview.lines import (
    ClientLine,
    Grouping,
    Haystack,
    HeadLine,
    Key,
    Line,
    ManagerLine,
    View,
    fitting,
    key_of,
    lines_of,
)
from tui.widgets.goal_strips import Painter

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from goals.model import ClientId
    from wording.words import Words

_STRIPS_KEPT = 512
#: The last cell of the mark that folds, and the clicks that open.
_FOLD_MARK, _TWICE = 2, 2


class GoalList(ScrollView, can_focus=True):
    """Clients and their goals. Takes a Board and a View, tells what the cursor is on."""

    DEFAULT_CSS = """
    GoalList {
        height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden;
    }
    """
    AREA: ClassVar[Area] = Area.LIST
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.LIST))

    board: var[Board | None] = var(None, init=False)
    view: var[View] = var(View, init=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another line, or its line says something new; None in an empty list."""

        line: Line | None

        def can_replace(self, message: Message) -> bool:
            """Only the newest counts."""
            return isinstance(message, GoalList.Moved)

    @dataclass
    class Opened(Message):
        """The line under the cursor is to be opened."""

        line: Line

    def __init__(self, words: Words, board: Board | None = None, *, first: int = 0) -> None:
        """Take the first board, if there is one; the cursor begins on the line numbered `first`."""
        super().__init__()
        self.set_reactive(GoalList.board, board)
        self.words = words
        self.lines: list[Line] = []
        self.cursor = 0
        self._first = first
        self._unfolded: frozenset[ClientId] = frozenset()
        self._haystack = Haystack(words)
        self._painter: Painter | None = None
        self._strips: LRUCache[tuple[Line, int, bool, bool], Strip] = LRUCache(_STRIPS_KEPT)

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.lines else None

    def on_mount(self) -> None:
        """The first lines."""
        self._rebuild()

    def on_resize(self) -> None:
        """Another height: what fits is unfolded."""
        if self.board is not None and fitting(self.board, self.size.height) != self._unfolded:
            self._rebuild()

    def watch_board(self, before: Board | None, after: Board | None) -> None:
        """New figures: keep the cursor on what it was on; the client of a goal just added is opened."""
        added = _client_of_added(before, after)
        if added is not None and not self.view.shown_folds.get(added):
            self.set_reactive(GoalList.view, self.view.folded(added, is_open=True))
        self._rebuild()

    def watch_view(self, before: View, after: View) -> None:
        """Another fold, filter or grouping: keep the cursor on what it was on."""
        self._rebuild()
        if before.grouping is not after.grouping:
            self._painter = None
            self._scroll(self.cursor - self.size.height // 2)
        self._show_cursor()

    def _rebuild(self) -> None:
        if self.board is None:
            return
        before = self.current
        offset = self.cursor - self.scroll_offset.y
        was_in_sight = before is None or 0 <= offset < max(1, self.size.height)
        self._unfolded = fitting(self.board, self.size.height)
        self.lines = lines_of(self.board, self.view, self._haystack, self._unfolded)
        self.virtual_size = Size(0, len(self.lines))
        self.cursor = self._place_of(before)
        if self._painter is not None and not self._draws(self._painter, self.board):
            self._painter = None
        if before is not None:
            self._scroll(self.cursor - offset)
        if was_in_sight:
            self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self.current))

    @staticmethod
    def _draws(painter: Painter, board: Board) -> bool:
        """Whether a painter made for a board before draws this one."""
        names = painter.names
        return painter.today == board.today and (not names or names == _names_of(board))

    def _place_of(self, line: Line | None) -> int:
        """Where the cursor goes after a change: the same thing, else its client, else the same place.

        A client that has no line of its own is where its first goal is.
        """
        if line is None or not self.lines:
            return max(0, min(self._first, len(self.lines) - 1))
        wanted = key_of(line)
        if self.cursor < len(self.lines) and key_of(self.lines[self.cursor]) == wanted:
            return self.cursor
        client = Key(wanted.client_id, 0)
        near: int | None = None
        for index, candidate in enumerate(self.lines):
            key = key_of(candidate)
            if key == wanted:
                return index
            if key == client or (near is None and key.client_id == wanted.client_id):
                near = index
        return min(self.cursor, len(self.lines) - 1) if near is None else near

    def notify_style_update(self) -> None:
        """Colours changed: nothing drawn before is of use."""
        super().notify_style_update()
        self._painter = None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        painter = self._painter_for(width)
        index = y + self.scroll_offset.y
        if index >= len(self.lines):
            return self._nothing_found(painter) if self.view.words and not index else painter.blank
        line = self.lines[index]
        at_cursor = index == self.cursor
        key = (line, width, at_cursor, at_cursor and self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            strip = painter.paint(line, at_cursor=at_cursor, focused=self.has_focus)
            self._strips[key] = strip
        return strip

    def _nothing_found(self, painter: Painter) -> Strip:
        key = first_key(self, Back)
        return painter.said(self.words.text("Nothing found: {key} takes the filter away", key=key))

    def _painter_for(self, width: int) -> Painter:
        painter = self._painter
        if painter is None or painter.width != width:
            styles = inks(self.app.theme_variables)
            today = self.board.today if self.board else date.min
            flat = self.view.grouping is Grouping.FLAT
            names = _names_of(self.board) if flat and self.board else {}
            columns = columns_for(width, with_client=flat)
            painter = Painter(self.words, columns, width, today, self.rich_style, styles, names)
            self._painter = painter
            self._strips.clear()
        return painter

    def move_to(self, index: int) -> None:
        """Put the cursor on a line and bring it into view."""
        if not self.lines:
            return
        index = max(0, min(len(self.lines) - 1, index))
        if index != self.cursor:
            old, self.cursor = self.cursor, index
            self.refresh_line(old)
            self.refresh_line(index)
            self.post_message(self.Moved(self.current))
        self._show_cursor()

    def _show_cursor(self) -> None:
        height = max(1, self.size.height)
        top = self.scroll_offset.y
        if self.cursor < top:
            self._scroll(self.cursor)
        elif self.cursor >= top + height:
            self._scroll(self.cursor - height + 1)

    def _scroll(self, top: int) -> None:
        """Put a line at the top, at once."""
        self.scroll_target_y = self.scroll_y = max(0, top)

    def _fold(self, head: HeadLine, *, is_open: bool) -> None:
        if isinstance(head, ManagerLine):
            self.view = self.view.managed(head.manager, is_open=is_open)
        else:
            self.view = self.view.folded(head.client_id, is_open=is_open)

    def _head(self, start: int) -> tuple[int, HeadLine] | None:
        """The line of a client or a manager that the line `start` is or stands under."""
        for index in range(min(start, len(self.lines) - 1), -1, -1):
            line = self.lines[index]
            if isinstance(line, ClientLine | ManagerLine):
                return index, line
        return None

    def action_cursor(self, step: int) -> None:
        """Move the cursor by lines."""
        self.move_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a screenful, the text with it."""
        height = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        self._scroll(top + step * height)
        self.move_to(self.cursor + step * height)

    def action_edge(self, end: bool) -> None:  # noqa: FBT001 - a key's argument
        """Move the cursor to the first or the last line."""
        self.move_to(len(self.lines) - 1 if end else 0)

    def action_open(self) -> None:
        """Open the line under the cursor; a manager's line folds and unfolds."""
        self._open(self.current)

    def _open(self, line: Line | None) -> None:
        if isinstance(line, ManagerLine):
            self._fold(line, is_open=not line.is_open)
        elif line is not None:
            self.post_message(self.Opened(line))

    def action_fold(self) -> None:
        """Fold or unfold the client of the line, or the manager."""
        if found := self._head(self.cursor):
            self.move_to(found[0])
            self._fold(found[1], is_open=not found[1].is_open)

    def action_fold_close(self) -> None:
        """Up to the client, then fold it, then up to the manager and fold him."""
        found = self._head(self.cursor)
        if found is None:
            return
        index, head = found
        if index < self.cursor:
            self.move_to(index)
        elif head.is_open:
            self._fold(head, is_open=False)
        elif isinstance(head, ClientLine) and self.view.grouping is Grouping.MANAGER:
            above = (i for i in range(index, -1, -1) if isinstance(self.lines[i], ManagerLine))
            self.move_to(next(above, index))

    def action_fold_open(self) -> None:
        """Unfold the client or the manager, then down to what stands under it."""
        line = self.current
        if line is None or isinstance(line, GoalRow):
            return
        if not line.is_open:
            self._fold(line, is_open=True)
        elif isinstance(line, ManagerLine) or line.goals:
            self.move_to(self.cursor + 1)

    def action_fold_all(self) -> None:
        """Everything folded, then everything open, then by urgency again."""
        if self.board is None:
            return
        clients = [group.client.id for group in self.board.groups]
        folds = {self.view.shown_folds.get(client) for client in clients}
        if folds == {False}:
            self.view = self.view.with_folds(dict.fromkeys(clients, True))
        elif folds == {True}:
            self.view = self.view.with_folds({})
        else:
            self.view = self.view.with_folds(dict.fromkeys(clients, False))

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor (on a fold mark: folds); two open."""
        index = event.y + self.scroll_offset.y
        if not 0 <= index < len(self.lines):
            return
        self.move_to(index)
        line = self.lines[index]
        if isinstance(line, ClientLine | ManagerLine) and event.x <= _FOLD_MARK:
            self._fold(line, is_open=not line.is_open)
        elif event.chain >= _TWICE:
            self._open(line)


def _names_of(board: Board) -> dict[int, str]:
    return {client.id: client.name for client in board.clients}


def _client_of_added(before: Board | None, after: Board | None) -> ClientId | None:
    """The client whose one goal was added between two boards."""
    if before is None or after is None or after.goal_count != before.goal_count + 1:
        return None
    known = {row.goal_id for group in before.groups for row in group.goals}
    return next(
        (group.client.id for group in after.groups if any(row.goal_id not in known for row in group.goals)),
        None,
    )
