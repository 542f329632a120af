"""The plot of a goal: its figures, the road from start to target, and where the forecast ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.color import Color
from textual_plotext import PlotextPlot

from tui.road_marks import BAND, DONE, DUE, ROAD

if TYPE_CHECKING:
    from tui.road import Points, Road
    from wording.words import Words

_DAYS_SHOWN = 5
_FIGURES_SHOWN = 4


class RoadPlot(PlotextPlot):
    """Draws a Road with plotext; hidden where there is nothing to draw."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def show(self, road: Road, today: date) -> None:
        """Draw a road."""
        self.display = not road.is_empty
        if road.is_empty:
            return
        self.plt.clear_data()
        self._draw(road.history, DONE, "braille")
        self._draw(road.road, ROAD, "•")
        if road.expected is not None:
            self._draw((road.expected,), DUE, "┃")
        if road.band is not None and road.deadline is not None:
            self._draw(tuple((road.deadline, value) for value in road.band), BAND, "│")
        self._name_days(road, today)
        self._name_figures(road)
        self.refresh()

    def _draw(self, points: Points, what: tuple[str, str, str], marker: str) -> None:
        if points:
            colour = Color.parse(self.app.theme_variables[what[1]]).rgb
            draw = self.plt.plot if len(points) > 1 else self.plt.scatter
            draw([x for x, _ in points], [y for _, y in points], marker=marker, color=colour)

    def _name_days(self, road: Road, today: date) -> None:
        first = road.history[0][0]
        last = max(road.deadline or 0, road.history[-1][0])
        step = max(1, (last - first) // (_DAYS_SHOWN - 1))
        days = [day for day in range(first, last, step) if last - day > step // 2] + [last]
        self.plt.xticks(
            [float(day) for day in days], [self.words.day(date.fromordinal(day), today) for day in days]
        )

    def _name_figures(self, road: Road) -> None:
        values = [y for _, y in (*road.history, *road.road)] + list(road.band or ())
        low, high = min(values), max(values)
        step = (high - low) / (_FIGURES_SHOWN - 1)
        if not step:
            self.plt.yticks([low], [self.words.number(low)])
            return
        ticks = [low + step * index for index in range(_FIGURES_SHOWN)]
        digits = 0 if step >= 1 else 1
        self.plt.yticks(ticks, [self.words.number(tick, digits) for tick in ticks])
