"""A progress bar in text, with the mark of where the goal should be today."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from math import floor
from operator import itemgetter
from typing import NamedTuple

FULL, REST, MARK, UNKNOWN = "█", "░", "┃", "┄"
BELOW, ABOVE = "◂", "▸"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class Role(StrEnum):
    """What a piece of the bar stands for."""

    DONE = "done"
    MARK = "mark"
    REST = "rest"


class Piece(NamedTuple):
    """Some cells of the bar that are drawn alike."""

    text: str
    role: Role


def draw(progress: float | None, expected: float | None, width: int) -> list[Piece]:
    """The bar in exactly `width` cells.

    Args:
        progress: the fraction done; negative draws `◂`, more than the whole ends in `▸`, None is a
            dotted line.
        expected: the fraction expected by now; None or nothing expected draws no mark.
        width: cells to fill, at least 1.

    Returns:
        The pieces from left to right; neighbours differ in their role.
    """
    if progress is None:
        return [Piece(UNKNOWN * width, Role.REST)]
    done, rest = _halves(progress, width)
    cells = [(char, Role.DONE) for char in done] + [(char, Role.REST) for char in rest]
    if expected is not None and expected > 0:
        cells[min(width - 1, floor(expected * width))] = (MARK, Role.MARK)
    return [Piece("".join(char for char, _ in run), role) for role, run in groupby(cells, key=itemgetter(1))]


def _halves(progress: float, width: int) -> tuple[str, str]:
    """The done part and the empty part, `width` cells together."""
    eighths = floor(min(max(progress, 0.0), 1.0) * width * 8)
    if 0 < progress < 1:
        eighths = min(max(eighths, 1), width * 8 - 1)
    whole, part = divmod(eighths, 8)
    done = FULL * whole + _EIGHTHS[part]
    if progress > 1:
        done = done[:-1] + ABOVE
    if progress < 0:
        done = BELOW
    return done, REST * (width - len(done))
