"""A list of any rows: one widget that draws its lines, however many there are.

A screen hands in how a row is drawn and gives the rows as values; the list keeps the cursor on the same
thing when the rows are given anew, lets several be chosen, and tells where the cursor is. What Enter and
Space do is the screen's own: its commands call `toggle` and read `current` and `chosen`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.commands.command import Area, bindings_of
from tui.drawing.cells import fit
from tui.drawing.ink import inks
from tui.widgets.line import Line, Span

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from wording.words import Words

_STRIPS_KEPT = 512
#: The cells before a row: the cursor's mark, and in a list to choose from the mark of what is chosen.
LEAD = 3


class Row(Protocol):
    """What a list shows: a value that can be hashed and says all that is drawn of it."""

    @property
    def key(self) -> Hashable:
        """What the row is of; stays when its figures change."""

    @property
    def is_head(self) -> bool:
        """Whether it only stands over other rows: the cursor passes it by."""


R = TypeVar("R", bound=Row)
#: How a row is drawn in so many cells; each text with the name of its ink (empty: the plain style).
Draw = Callable[[R, int], Iterable[Span]]


class RowList(ScrollView, Generic[R], can_focus=True):
    """Rows with a cursor. `selects` lets several be chosen; `empty` is said where there is no row."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden;
    }
    """
    AREA: ClassVar[Area] = Area.ROWS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.ROWS))

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or its row says something new; `current` tells which."""

        rows: Widget

        @property
        def control(self) -> Widget:
            """The list, for `@on(RowList.Moved, "#id")`."""
            return self.rows

        def can_replace(self, message: Message) -> bool:
            """Only the newest counts."""
            return isinstance(message, RowList.Moved) and message.rows is self.rows

    @dataclass
    class Opened(Message):
        """The row under the cursor was clicked twice."""

        rows: Widget

        @property
        def control(self) -> Widget:
            """The list, for `@on(RowList.Opened, "#id")`."""
            return self.rows

    @dataclass
    class Chose(Message):
        """Other rows are chosen; `selected` holds their keys."""

        rows: Widget

        @property
        def control(self) -> Widget:
            """The list, for `@on(RowList.Chose, "#id")`."""
            return self.rows

    def __init__(self, words: Words, draw: Draw[R], *, selects: bool = False, empty: str = "") -> None:
        super().__init__()
        self.words = words
        self.draw = draw
        self.selects = selects
        self.empty = empty
        self.rows: tuple[R, ...] = ()
        self.cursor = 0
        self.selected: frozenset[Hashable] = frozenset()
        self._inks: dict[str, Style] | None = None
        self._strips: LRUCache[tuple[R, int, bool, bool, bool], Strip] = LRUCache(_STRIPS_KEPT)

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        if self.cursor >= len(self.rows) or self.rows[self.cursor].is_head:
            return None
        return self.rows[self.cursor]

    @property
    def chosen(self) -> tuple[R, ...]:
        """What a command is about: the chosen rows from top to bottom, else the one under the cursor."""
        if self.selected:
            return tuple(row for row in self.rows if row.key in self.selected)
        return () if self.current is None else (self.current,)

    def show(self, rows: Sequence[R], empty: str | None = None) -> None:
        """Take other rows: cursor and choice stay on what they were on, else the cursor at its place."""
        before, offset = self.current, self.cursor - self.scroll_offset.y
        self.rows = tuple(rows)
        self.empty = self.empty if empty is None else empty
        self.virtual_size = Size(0, len(self.rows))
        self.cursor = self._place_of(before)
        left = self.selected & {row.key for row in self.rows}
        if left != self.selected:
            self._choose(left)
        if before is not None:
            self._scroll(self.cursor - offset)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def draw_with(self, draw: Draw[R]) -> None:
        """Draw the rows in another way from now on."""
        self.draw = draw
        self._strips.clear()
        self.refresh()

    def _place_of(self, row: R | None) -> int:
        if row is not None:
            for index, candidate in enumerate(self.rows):
                if candidate.key == row.key:
                    return index
        return self._near(self.cursor)

    def _near(self, index: int, step: int = 1) -> int:
        """The nearest row to put the cursor on, looked for in the direction of `step` first."""
        last = len(self.rows) - 1
        index = max(0, min(last, index))
        down, up = range(index, last + 1), range(min(index, last), -1, -1)
        places = chain(down, up) if step > 0 else chain(up, down)
        return next((place for place in places if not self.rows[place].is_head), 0)

    def on_resize(self) -> None:
        """Another height: the cursor stays in sight."""
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Colours changed: nothing drawn before is of use."""
        super().notify_style_update()
        self._inks = None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width, base = self.scrollable_content_region.width, self.rich_style
        if self._inks is None:
            self._inks = inks(self.app.theme_variables)
            self._strips.clear()
        index = y + self.scroll_offset.y
        if index >= len(self.rows):
            if self.rows or not self.empty or y:
                return Strip.blank(width, base)
            return Strip([Segment(fit(" " * LEAD + self.empty, width), base + self._inks["dim"])], width)
        row, at_cursor = self.rows[index], index == self.cursor
        key = (row, width, at_cursor, at_cursor and self.has_focus, row.key in self.selected)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._paint(*key)
        return strip

    def _paint(self, row: R, width: int, at_cursor: bool, focused: bool, chosen: bool) -> Strip:  # noqa: FBT001 - the key of what is kept
        styles = self._inks or inks(self.app.theme_variables)
        under = self.rich_style
        if at_cursor and not row.is_head:
            under += styles["focus" if focused else "cursor"]
        lead = self.lead
        segments = [Segment("›" if at_cursor and not row.is_head else " ", under)]
        if self.selects:
            segments.append(Segment("✓" if chosen else " ", under + styles["name"]))
        segments.append(Segment(" ", under))
        for text, name in self.draw(row, width - lead):
            segments.append(Segment(text, under + styles[name] if name else under))
        return Strip(segments).adjust_cell_length(width, under).simplify()

    @property
    def lead(self) -> int:
        """The cells before a row."""
        return LEAD if self.selects else LEAD - 1

    def move_to(self, index: int, step: int = 1) -> None:
        """Put the cursor on a row and bring it into view; a head is passed by in the direction of `step`."""
        if not self.rows:
            return
        place = self._near(index, step)
        if place != self.cursor:
            old, self.cursor = self.cursor, place
            self.refresh_line(old)
            self.refresh_line(place)
            self.post_message(self.Moved(self))
        self._show_cursor()

    def move_to_key(self, key: Hashable) -> bool:
        """Put the cursor on the row of a key; whether there is one."""
        for index, row in enumerate(self.rows):
            if row.key == key and not row.is_head:
                self.move_to(index)
                return True
        return False

    def jump(self, wanted: Callable[[R], bool], step: int = 1) -> bool:
        """Put the cursor on the next row that is wanted, round the end (step -1: upwards); whether any is."""
        count = len(self.rows)
        for away in range(1, count + 1):
            index = (self.cursor + step * away) % count
            if not self.rows[index].is_head and wanted(self.rows[index]):
                self.move_to(index)
                return True
        return False

    def _show_cursor(self) -> None:
        height, top = max(1, self.size.height), self.scroll_offset.y
        above = self.cursor
        while above and self.rows[above - 1].is_head:
            above -= 1  # the heads over the row are shown with it
        if self.cursor >= top + height:
            self._scroll(self.cursor - height + 1)
        elif above < top:
            self._scroll(min(self.cursor, above))

    def _scroll(self, top: int) -> None:
        """Put a line at the top, at once."""
        self.scroll_target_y = self.scroll_y = max(0, top)

    def toggle(self, key: Hashable | None = None) -> None:
        """Choose a row or let go of it (None: the one under the cursor)."""
        if key is None and self.current is not None:
            key = self.current.key
        if self.selects and key is not None:
            self._choose(self.selected ^ {key})

    def choose_all(self, keys: Iterable[Hashable]) -> None:
        """Choose the rows of these keys and no others."""
        self._choose(frozenset(keys))

    def _choose(self, keys: frozenset[Hashable]) -> None:
        self.selected = keys
        self.refresh()
        self.post_message(self.Chose(self))

    def action_cursor(self, step: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + step, step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a screenful, the text with it."""
        height = max(1, self.size.height - 1)
        self._scroll(self.scroll_offset.y + step * height)
        self.move_to(self.cursor + step * height, step)

    def action_edge(self, end: bool) -> None:  # noqa: FBT001 - a key's argument
        """Move the cursor to the first or the last row."""
        self.move_to(len(self.rows) - 1 if end else 0, -1 if end else 1)

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor (at the left edge, or with Ctrl, it chooses the row); two open."""
        index = event.y + self.scroll_offset.y
        if not 0 <= index < len(self.rows) or self.rows[index].is_head:
            return
        self.move_to(index)
        if self.selects and (event.ctrl or event.x < LEAD):
            self.toggle()
        elif event.chain == 2:
            self.post_message(self.Opened(self))


class RowHeads(Line):
    """The names of a list's columns. `titles` draws them in so many cells; `lead` is the list's own.

    Whoever gives other titles later calls `refresh`.
    """

    DEFAULT_CSS = "RowHeads { color: $text-muted; }"

    def __init__(self, words: Words, titles: Callable[[int], Iterable[Span]], lead: int) -> None:
        super().__init__(words)
        self.titles = titles
        self.lead = lead

    def spans(self, width: int) -> list[Span]:
        """The names, over their columns; the last cell is the scroll bar's."""
        return [(" " * self.lead, ""), *self.titles(width - self.lead - 1)]
