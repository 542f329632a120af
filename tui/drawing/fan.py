"""The fan of a forecast on one line: from where it starts, where it may end, and where the target is."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

WAY, BAND, MIDDLE, TARGET = "·", "▒", "█", "┃"
#: A share of the band's half on each side of its middle that is drawn as likely.
_LIKELY = 0.25


class Part(StrEnum):
    """What a piece of the fan stands for."""

    WAY = "way"
    BAND = "band"
    MIDDLE = "middle"
    TARGET = "target"


class FanPiece(NamedTuple):
    """Some cells of the fan that are drawn alike."""

    text: str
    part: Part


_CELLS = {Part.WAY: WAY, Part.BAND: BAND, Part.MIDDLE: MIDDLE, Part.TARGET: TARGET}


def fan(start: float, band: tuple[float, float], target: float | None, width: int) -> list[FanPiece]:
    """The fan in exactly `width` cells (at least 2), from the least to the largest of all figures.

    Args:
        start: the figure of now.
        band: where it ends with 80 %, low and high.
        target: where it is to end; None draws no mark.
        width: cells to fill.
    """
    low, high = band
    figures = [start, low, high] + ([target] if target is not None else [])
    least, most = min(figures), max(figures)

    def at(value: float) -> int:
        return round((value - least) / (most - least) * (width - 1)) if most > least else 0

    middle, half = (low + high) / 2, (high - low) / 2
    parts = [Part.WAY] * width
    parts[at(low) : at(high) + 1] = [Part.BAND] * (at(high) + 1 - at(low))
    inner = at(middle - _LIKELY * half), at(middle + _LIKELY * half) + 1
    parts[inner[0] : inner[1]] = [Part.MIDDLE] * (inner[1] - inner[0])
    if target is not None:
        parts[at(target)] = Part.TARGET
    cells = [(_CELLS[part], part) for part in parts]
    return [FanPiece("".join(char for char, _ in run), part) for part, run in groupby(cells, itemgetter(1))]
