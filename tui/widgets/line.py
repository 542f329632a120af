"""A widget of one line, drawn as text without layout or markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.ink import inks

if TYPE_CHECKING:
    from rich.style import Style

    from wording.words import Words

Span = tuple[str, str]


class Line(Widget):
    """One line of spans (text, ink). Subclasses give `spans(width)`."""

    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; }
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._inks: dict[str, Style] | None = None

    def spans(self, width: int) -> Iterable[Span]:
        """The texts to draw in `width` cells, each with the name of its ink (empty: the plain style)."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        if self._inks is None:
            self._inks = inks(self.app.theme_variables)
        colours = self._inks
        segments = [
            Segment(text, base + colours[name] if name else base) for text, name in self.spans(width) if text
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def span_at(self, x: int) -> int | None:
        """Which of the spans is drawn in a cell; None where none is."""
        for number, (text, _) in enumerate(self.spans(self.size.width)):
            x -= cell_len(text)
            if x < 0:
                return number
        return None

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._inks = None


def between(left: list[Span], right: list[Span], width: int) -> list[Span]:
    """Spans on the left and on the right of a line; the right ones give way, the first of them last."""
    room = width - sum(cell_len(text) for text, _ in left)
    shown: list[Span] = []
    for text, name in right:
        if cell_len(text) > room:
            break
        shown.append((text, name))
        room -= cell_len(text)
    return [*left, (" " * max(0, room), ""), *shown]
