"""Text that fits a number of terminal cells, safe to draw whoever wrote it."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from connectors.clean import clean

ELLIPSIS = "…"
#: Joiners and variation selectors, which terminals draw in different widths.
_UNSTEADY = str.maketrans(dict.fromkeys((0x200D, 0xFE0E, 0xFE0F)))


@lru_cache(maxsize=4096)
def cell(text: str) -> str:
    """The text on one line, without a character that a terminal would obey or measure its own way."""
    if text.isascii() and text.isprintable():
        return text
    return clean(text).translate(_UNSTEADY)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells, shortened with an ellipsis or padded on the right."""
    if width <= 0:
        return ""
    length = cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)


def fit_right(text: str, width: int) -> str:
    """The text in exactly `width` cells, padded on the left."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width)
