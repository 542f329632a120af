"""The plot of a goal: its figures, the road to the target, the roads before, and where it leads."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.cells import fit_right
from tui.drawing.ink import inks
from tui.drawing.plot import Canvas, Scale, Spans, laid_out, round_figures
from tui.goal.road_marks import CHANGE, DONE, DUE, FAN, OLD, PLAN, ROAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.geometry import Size

    from tui.goal.road import Road
    from wording.words import Words

#: The axis and the days under the plot.
_UNDER = 2
_LEAST_HEIGHT = 3
#: So many lines for each figure at the side, so many cells for each day under the plot.
_LINES_A_FIGURE, _LEAST_FIGURES, _CELLS_A_DAY = 3, 3, 13
#: Figures further apart than so many days are not joined: nobody knows what was between.
_JOINED_DAYS = 4
_MARGIN = 0.04
_SHORT_FROM, _SHORT_TO = 1_000_000, 100_000
_MOST_DIGITS = 4
#: How much of the ground of a forecast is its colour.
_GROUND = 0.18


class RoadPlot(Widget, can_focus=True):
    """Draws a Road; hidden where there is nothing to draw."""

    DEFAULT_CSS = """
    RoadPlot { height: 11; width: 1fr; }
    """

    def __init__(self, words: Words, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.words = words
        self.road: Road | None = None
        self._drawn: tuple[Size, list[Spans]] | None = None
        self._inks: dict[str, Style] | None = None

    def show(self, road: Road) -> None:
        """Draw a road."""
        self.road, self._drawn = road, None
        self.display = not road.is_empty
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._inks = None

    def render_line(self, y: int) -> Strip:
        """Draw a line of the plot."""
        size, base = self.content_size, self.rich_style
        if self.road is None or self.road.is_empty:
            return Strip.blank(size.width, base)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, list(self._lines(self.road, size.width, size.height))
        lines = self._drawn[1]
        if y >= len(lines):
            return Strip.blank(size.width, base)
        return Strip([Segment(text, self._style(names, base)) for text, names in lines[y] if text])

    def _style(self, names: str, base: Style) -> Style:
        if self._inks is None:
            variables = self.app.theme_variables
            ground = Color.parse(variables["background"])
            colour = Color.parse(variables["success"].partition(" ")[0])
            self._inks = inks(variables)
            tint = Style(reverse=True, dim=True) if ground.ansi is not None else None
            self._inks["ground"] = tint or Style(bgcolor=ground.blend(colour, _GROUND).rich_color)
        for name in names.split("+") if names else ():
            base += self._inks[name]
        return base

    def _lines(self, road: Road, width: int, height: int) -> Iterator[Spans]:
        """The lines from the top: the plot with figures at its side, the axis, the days."""
        rows = max(_LEAST_HEIGHT, height - _UNDER)
        low, high = _range(road)
        figures = Scale(low, high, rows * 4)
        most = max(_LEAST_FIGURES, rows // _LINES_A_FIGURE)
        named = {
            figures.at(value) // 4: self._figure(value)
            for value in round_figures(low, high, most, whole=_is_whole(road))
        }
        target = road.road[-1][1] if road.road else None
        if target is not None:
            place = figures.at(target) // 4
            named = {row: text for row, text in named.items() if abs(row - place) > 1}
            named[place] = self._figure(target)
        side = max(map(cell_len, named.values()))
        canvas = Canvas.over(max(1, width - side - 2), rows, _days(road), (low, high))
        _draw(canvas, road)
        at_target = None if target is None else figures.at(target) // 4
        for row, spans in zip(range(rows - 1, -1, -1), canvas.rows("ground"), strict=True):
            label = fit_right(named.get(row, ""), side)
            yield [
                (label + " ", ROAD.ink if row == at_target else "dim"),
                ("┤" if row in named else "│", "rest"),
                *spans,
            ]
        yield from self._under(road, canvas, side)

    def _figure(self, value: float) -> str:
        """A figure as it is: in few characters only where that rounds nothing."""
        if abs(value) >= _SHORT_FROM and not value % _SHORT_TO:
            return self.words.short_number(value)
        return self.words.number(value, _MOST_DIGITS)

    def _under(self, road: Road, canvas: Canvas, side: int) -> Iterator[Spans]:
        """The axis with the days of changes, and the days by name."""
        today = date.fromordinal(road.today)
        columns = {day: canvas.x.at(day) // 2 for day in _named_days(road, canvas.width // _CELLS_A_DAY)}
        changes = {canvas.x.at(each.day) // 2 for each in road.old}
        axis = [
            (CHANGE.sign, CHANGE.ink) if column in changes else
            ("┴", "rest") if column in columns.values() else ("─", "rest")
            for column in range(canvas.width)
        ]  # fmt: skip
        yield [(" " * (side + 1) + "└", "rest"), *axis]
        labels = [
            (
                column,
                self.words.text("today")
                if day == road.today
                else self.words.day(date.fromordinal(day), today),
            )
            for day, column in columns.items()
        ]
        yield [(" " * (side + 2) + laid_out(labels, canvas.width), "dim")]


def _draw(canvas: Canvas, road: Road) -> None:
    """The parts of the plot, what matters most on top."""
    if road.fan:
        canvas.fill([(day.toordinal(), low, high) for day, low, _, high in road.fan])
    for old in road.old:
        canvas.line(old.road, OLD.ink, gap=4)
    if road.fan:
        canvas.line([(each.day.toordinal(), each.low) for each in road.fan], FAN.ink, gap=3)
        canvas.line([(each.day.toordinal(), each.high) for each in road.fan], FAN.ink, gap=3)
        canvas.line([(each.day.toordinal(), each.middle) for each in road.fan], FAN.ink)
    canvas.line(road.planned, PLAN.ink)
    canvas.line(road.road, ROAD.ink, gap=2)
    canvas.line(road.history, DONE.ink, most=_JOINED_DAYS)
    if road.expected is not None:
        canvas.sign(*road.expected, DUE.sign, DUE.ink)
    if road.today <= _days(road)[1]:
        canvas.upright(road.today, "┆", "rest")


def _days(road: Road) -> tuple[float, float]:
    """The first and the last day that are drawn."""
    roads = [road.road, road.planned, *(each.road for each in road.old)]
    days = [day for points in (road.history, *roads) for day, _ in points]
    days += [day.toordinal() for day, *_ in road.fan]
    return min(days), max(*days, min(days) + 1)


def _is_whole(road: Road) -> bool:
    """Whether what is counted comes in whole figures, as posts do."""
    ends = road.road[-1:]
    return all(float(value).is_integer() for _, value in (*road.history, *ends))


def _range(road: Road) -> tuple[float, float]:
    """The lowest and the highest figure, with some room; a count that nothing has come of starts at 0."""
    roads = [road.road, road.planned, *(each.road for each in road.old)]
    figures = [value for points in (road.history, *roads) for _, value in points]
    figures += chain.from_iterable((low, high) for _, low, _, high in road.fan)
    low, high = min(figures), max(figures)
    room = (high - low or abs(high) or 1.0) * _MARGIN
    return low if low == 0 else low - room, high + room


def _named_days(road: Road, most: int) -> list[int]:
    """The days to name, the most telling first: the end, today, the start, then some between."""
    first, last = (int(day) for day in _days(road))
    telling = [road.road[-1][0], road.today, road.road[0][0] + 1] if road.road else [last, road.today]
    step = max(1, (last - first) // max(1, most))
    days = [day for day in (*telling, first, *range(first + step, last, step)) if first <= day <= last]
    return list(dict.fromkeys(days))
