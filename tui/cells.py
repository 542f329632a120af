"""Text that fits a number of terminal cells, safe to draw whoever wrote it."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from connectors.clean import clean

ELLIPSIS = "…"
#: The fewest cells that still tell one head of a title from another.
_LEAST_HEAD = 6
#: The fewest cells after an amount that still tell what it counts, with the space and the ellipsis.
_LEAST_UNIT = 5
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


@lru_cache(maxsize=1024)
def fit_title(text: str, width: int) -> str:
    """A goal's title in exactly `width` cells; of «head: body» the head gives way to the body's amount.

    The amount stays in sight, with the beginning of what it counts, however long a topic is.
    """
    head, colon, body = text.partition(": ")
    if not colon or cell_len(text) <= width:
        return fit(text, width)
    amount = max((place for place, sign in enumerate(body, 1) if sign.isdigit()), default=0)
    if cell_len(f"{head}{colon}{body[:amount]}") + _LEAST_UNIT <= width:
        return fit(text, width)
    room = width - 2 - cell_len(body)
    if room < _LEAST_HEAD:
        room = min(cell_len(head), max(_LEAST_HEAD, width * 2 // 5))
    return fit(f"{fit(head, room)}{colon}{body}", width)


def fit_right(text: str, width: int) -> str:
    """The text in exactly `width` cells, padded on the left."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width)
