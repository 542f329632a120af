"""A block of a page: a heading and lines drawn as text; with the focus it has a cursor on its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.commands.command import Area, bindings_of
from tui.drawing.cells import fit
from tui.drawing.ink import inks
from tui.widgets.line import Span

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.geometry import Size

    from wording.words import Words


class Row(NamedTuple):
    """A line of a block; one with a key can be opened, and the cursor stops on it."""

    spans: tuple[Span, ...]
    key: object = None


#: What gives a block's lines for so many cells.
Rows = Callable[[int], Sequence[Row]]


class Block(Widget, can_focus=True):
    """A heading with lines under it. `show` says what stands there; without lines it is not seen."""

    DEFAULT_CSS = """
    Block { height: auto; width: 1fr; margin: 1 0 0 0; padding: 0 1; }
    """
    AREA: ClassVar[Area] = Area.BLOCK
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.BLOCK))

    @dataclass
    class Opened(Message):
        """A line of the block is to be opened; `key` is that of the line, None for the whole block."""

        block: Block
        key: object

    @dataclass
    class Left(Message):
        """The cursor goes over the block's edge: up (-1) or down (1)."""

        block: Block
        step: int

    def __init__(self, words: Words, title: str = "", *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.words = words
        self.title = title
        self.note = ""
        self.cursor = 0
        self._make: Rows | None = None
        self._rows: tuple[int, Sequence[Row]] | None = None
        self._inks: dict[str, Style] | None = None
        self.display = False

    def show(self, make: Rows, note: str = "") -> None:
        """Draw other lines; the cursor stays on the line that it was on, where that is still there."""
        before = self.key
        self._make, self.note, self._rows = make, note, None
        keys = [row.key for row in make(self.content_width) if row.key is not None]
        self.cursor = keys.index(before) if before in keys else min(self.cursor, max(0, len(keys) - 1))
        self.display = bool(make(self.content_width))
        self.refresh(layout=True)

    @property
    def content_width(self) -> int:
        """How many cells the lines have; before the first drawing those of a narrow screen."""
        return self.content_size.width or 78

    @property
    def key(self) -> object:
        """The key of the line under the cursor; None where no line has one."""
        keys = self._keys()
        return keys[self.cursor] if keys else None

    def _keys(self) -> list[object]:
        return [row.key for row in self.rows(self.content_width) if row.key is not None]

    def rows(self, width: int) -> Sequence[Row]:
        """The lines for so many cells."""
        if self._rows is None or self._rows[0] != width:
            self._rows = (width, self._make(width) if self._make else ())
        return self._rows[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The heading and the lines."""
        return len(self.rows(width)) + bool(self.title)

    def render_line(self, y: int) -> Strip:
        """Draw the heading or a line."""
        width, base = self.content_size.width, self.rich_style
        styles = self.styles_of()
        if self.title and not y:
            return self._heading(width, base, styles)
        place = y - bool(self.title)
        rows = self.rows(width)
        if place >= len(rows):
            return Strip.blank(width, base)
        row = rows[place]
        at_cursor = self.has_focus and row.key is not None and row.key == self.key
        under = base + styles["focus"] if at_cursor else base
        return _strip(row.spans, width, under, styles)

    def _heading(self, width: int, base: Style, styles: dict[str, Style]) -> Strip:
        mark = "▸ " if self.has_focus else ""
        spans: list[Span] = [(mark + self.title, "name")]
        if self.note:
            spans.append((fit("  " + self.note, width - cell_len(spans[0][0])).rstrip(), "dim"))
        return _strip(tuple(spans), width, base, styles)

    def styles_of(self) -> dict[str, Style]:
        """The colours of the theme by their names."""
        if self._inks is None:
            self._inks = inks(self.app.theme_variables)
        return self._inks

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._inks = None

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def action_move(self, step: int) -> None:
        """To another line that can be opened; over the edge to the neighbour."""
        wanted = self.cursor + step
        if not 0 <= wanted < len(self._keys()):
            self.post_message(self.Left(self, step))
            return
        self.cursor = wanted
        self.refresh()
        self._show_cursor()

    def _show_cursor(self) -> None:
        rows = self.rows(self.content_width)
        place = next((n for n, row in enumerate(rows) if row.key == self.key), 0) + bool(self.title)
        page = next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)
        if page is not None:
            top = self.region.y - page.region.y + page.scroll_offset.y + place
            page.scroll_to_region(Region(0, top, 1, 1), animate=False, force=True)

    def action_open(self) -> None:
        """Open the line under the cursor, or what the block is about."""
        self.post_message(self.Opened(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor; two open."""
        place = event.y - bool(self.title)
        rows = self.rows(self.content_width)
        if 0 <= place < len(rows) and rows[place].key is not None:
            self.cursor = self._keys().index(rows[place].key)
            self.refresh()
        if event.chain >= 2:
            self.action_open()


def _strip(spans: Sequence[Span], width: int, base: Style, styles: dict[str, Style]) -> Strip:
    segments = [Segment(text, _style(name, base, styles)) for text, name in spans if text]
    return Strip(segments).adjust_cell_length(width, base)


def _style(names: str, base: Style, styles: dict[str, Style]) -> Style:
    """The base with the named styles over it; several names are joined by a plus."""
    for name in names.split("+") if names else ():
        base += styles[name]
    return base


def folded(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at its spaces; a word too long is shortened."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word if cell_len(word) <= width else fit(word, width))
    return lines or [""]
