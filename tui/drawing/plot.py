"""A small plot of braille dots: lines over filled bands, each cell in the ink of what lies on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import floor, log10
from operator import itemgetter

from rich.cells import cell_len

Spans = list[tuple[str, str]]

_ACROSS, _DOWN = 2, 4
_BLANK = 0x2800
#: The dots of a braille cell by column and row.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where figures between `low` and `high` stand on `size` dots, the lowest first."""

    low: float
    high: float
    size: int

    def at(self, value: float) -> int:
        """The dot of a figure; one outside stands at the edge."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return max(0, min(self.size - 1, round(share * (self.size - 1))))


@dataclass(slots=True)
class Canvas:
    """Cells to draw on, `width` by `height`; `x` and `y` say where figures stand, in dots.

    What is drawn later lies on top.
    """

    width: int
    height: int
    x: Scale
    y: Scale
    _dots: dict[tuple[int, int], int] = field(default_factory=dict)
    _inks: dict[tuple[int, int], str] = field(default_factory=dict)
    _signs: dict[tuple[int, int], str] = field(default_factory=dict)
    _filled: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def over(cls, width: int, height: int, days: tuple[float, float], figures: tuple[float, float]) -> Canvas:
        """A canvas from the first day to the last and from the lowest figure to the highest."""
        return cls(width, height, Scale(*days, width * _ACROSS), Scale(*figures, height * _DOWN))

    def line(self, points: Sequence[tuple[float, float]], ink: str, *, gap: int = 1, most: float = 0) -> None:
        """A line through points; every `gap`-th dot of it, broken where points are over `most` days apart."""
        if len(points) == 1:
            self._dot(self.x.at(points[0][0]), self.y.at(points[0][1]), ink)
        place = 0
        for (day, value), (later, other) in pairwise(points):
            ends = (self.x.at(day), self.y.at(value)), (self.x.at(later), self.y.at(other))
            if most and later - day > most:
                for x, y in ends:
                    self._dot(x, y, ink)
                continue
            for x, y in _between(*ends):
                if place % gap == 0:
                    self._dot(x, y, ink)
                place += 1

    def fill(self, edges: Sequence[tuple[float, float, float]]) -> None:
        """The ground between two lines: (day, low, high)."""
        for (day, low, high), (later, other_low, other_high) in pairwise(edges):
            first, last = self.x.at(day), self.x.at(later)
            for x in range(first, last + 1):
                share = (x - first) / (last - first) if last > first else 1.0
                bottom = self.y.at(low + (other_low - low) * share) // _DOWN
                top = self.y.at(high + (other_high - high) * share) // _DOWN
                self._filled |= {(x // _ACROSS, row) for row in range(bottom, top + 1)}

    def sign(self, day: float, value: float, sign: str, ink: str) -> None:
        """A sign of one cell on top of everything."""
        cell = self.x.at(day) // _ACROSS, self.y.at(value) // _DOWN
        self._signs[cell] = sign
        self._inks[cell] = ink

    def upright(self, day: float, sign: str, ink: str) -> None:
        """A line from top to bottom where nothing else is drawn."""
        column = self.x.at(day) // _ACROSS
        for row in range(self.height):
            cell = column, row
            if cell not in self._dots and cell not in self._signs:
                self._signs[cell], self._inks[cell] = sign, ink

    def _dot(self, x: int, y: int, ink: str) -> None:
        cell = x // _ACROSS, y // _DOWN
        bit = _DOTS[x % _ACROSS][_DOWN - 1 - y % _DOWN]
        self._dots[cell] = self._dots.get(cell, 0) | bit
        self._inks[cell] = ink

    def rows(self, ground: str) -> Iterator[Spans]:
        """The lines from the top; a filled cell has the ink `ground` under its own."""
        for row in range(self.height - 1, -1, -1):
            cells = [self._cell((column, row), ground) for column in range(self.width)]
            yield [("".join(sign for sign, _ in run), ink) for ink, run in groupby(cells, itemgetter(1))]

    def _cell(self, cell: tuple[int, int], ground: str) -> tuple[str, str]:
        dots = self._dots.get(cell, 0)
        sign = self._signs.get(cell) or (chr(_BLANK + dots) if dots else " ")
        inks = [ground] if cell in self._filled else []
        return sign, "+".join([*inks, *([self._inks[cell]] if cell in self._inks else [])])


def _between(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots from one to another, without the last unless it is the only one."""
    across, up = last[0] - first[0], last[1] - first[1]
    steps = max(abs(across), abs(up), 1)
    for step in range(steps + 1):
        yield first[0] + round(across * step / steps), first[1] + round(up * step / steps)


def round_figures(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """At most so many round figures from `low` to `high`, evenly apart; with `whole`, whole ones."""
    if high <= low or most < 1:
        return [low]
    size = 10.0 ** floor(log10((high - low) / most))
    if whole:
        size = max(size, 1.0)
    for step in (size * each for each in _STEPS):
        if whole and step % 1:
            continue
        first = -floor(-low / step + 1e-9)
        count = floor(high / step + 1e-9) - first + 1
        if 1 <= count <= most:
            return [round((first + n) * step, 6) for n in range(count)]
    return [low]


def laid_out(labels: Iterable[tuple[int, str]], width: int) -> str:
    """Labels under their columns on one line, those that come first in the way of later ones.

    A label stands in the middle under its column, and wholly on the line.
    """
    line = [" "] * width
    taken: list[tuple[int, int]] = []
    for column, text in labels:
        size = cell_len(text)
        first = max(0, min(width - size, column - size // 2))
        if size > width or any(first <= end and start <= first + size for start, end in taken):
            continue
        taken.append((first, first + size))
        line[first : first + size] = [*text, *[""] * (size - len(text))]
    return "".join(line)
