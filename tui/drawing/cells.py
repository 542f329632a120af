"""Text that fits a number of terminal cells, safe to draw whoever wrote it."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from connectors.clean import clean

ELLIPSIS = "…"
#: The fewest cells that still tell one head of a title from another, and one figure's name from another.
_LEAST_HEAD, _LEAST_NAME = 6, 8
#: The fewest cells after an amount that still tell what it counts, with the space and the ellipsis.
_LEAST_UNIT = 5
#: A number with its sign and unit: «+300», «120 000 ₽», «4,5 %».
_AMOUNT = re.compile(r"[+\u2212-]?\d(?:[\d.,\s]*\d)?(?:\s?[%₽])?")
#: What holds a number together, and its unit to it: such a space is no place to break a line.
_IN_NUMBERS = re.compile(r"(?<=\d)\xa0(?=[\w%₽])")
#: Joiners and variation selectors, which terminals draw in different widths.
_UNSTEADY = str.maketrans(dict.fromkeys((0x200D, 0xFE0E, 0xFE0F)))


@lru_cache(maxsize=4096)
def cell(text: str) -> str:
    """The text on one line, without a character that a terminal would obey or measure its own way."""
    if text.isascii() and text.isprintable():
        return text
    return "\xa0".join(map(clean, _IN_NUMBERS.split(text))).translate(_UNSTEADY)


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
    """A goal's title in exactly `width` cells, with its amount in sight.

    What follows the amount («подписчиков») is the same in many titles and gives way first, to its
    beginning; then the figure's name, then the head that tells a goal from its neighbours.
    """
    amounts = list(_AMOUNT.finditer(text)) if cell_len(text) > width else []
    if not amounts:
        return fit(text, width)
    first, last = amounts[-1].span()
    tail = cell_len(text) - cell_len(text[:last])
    room = width - cell_len(text[first:last]) - min(tail, _LEAST_UNIT)
    return fit(_front(text[:first], max(room, _LEAST_HEAD)) + text[first:], width)


def _front(text: str, width: int) -> str:
    """What stands before an amount, in at most `width` cells: a head («ВК: »), a name, or both."""
    if cell_len(text) <= width:
        return text
    head, colon, name = text.rpartition(": ")
    least = min(cell_len(name), _LEAST_NAME)
    room = width - len(colon) - least
    if colon and room > 1:
        head = _shortened(head, room)
    else:
        head = colon = ""
    return head + colon + _shortened(name, width - cell_len(head) - len(colon))


def _shortened(text: str, width: int) -> str:
    """The text in at most `width` cells; the blank at its end stays there."""
    if cell_len(text) <= width:
        return text
    bare = text.rstrip()
    blank = len(text) - len(bare)
    return fit(bare, width - blank).rstrip() + " " * blank


def fit_right(text: str, width: int) -> str:
    """The text in exactly `width` cells, padded on the left."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width)
