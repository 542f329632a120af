"""A line that says what it is given."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.reactive import reactive

from tui.drawing.cells import fit
from tui.widgets.line import Line, Span


class Said(Line):
    """Spans in one line, shortened where they are too long."""

    DEFAULT_CSS = """
    Said { background: $boost; color: $foreground; }
    """

    said: reactive[tuple[Span, ...]] = reactive(())

    def spans(self, width: int) -> list[Span]:
        """What was given, with a blank before it."""
        return [(" ", ""), *cut(self.said, width - 2)] if self.said else []


def cut(spans: Iterable[Span], width: int) -> list[Span]:
    """The spans in exactly `width` cells, the one that does not fit shortened with an ellipsis."""
    shown: list[Span] = []
    room = width
    left = list(spans)
    for place, (text, ink) in enumerate(left):
        rest = sum(cell_len(other) for other, _ in left[place + 1 :])
        size = cell_len(text)
        if size > room or (size == room and rest):
            whole = text if size > room else text + " "
            shown.append((fit(whole, room), ink))
            return shown
        shown.append((text, ink))
        room -= size
    return [*shown, (" " * room, "")] if room else shown
