"""A day chosen in a month's grid, with the days marked on which no work is done."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands.command import Area, bindings_of, commands_of
from tui.widgets.heads import KeyBar
from wording.smart import dated

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.workcalendar import WorkCalendar
    from wording.words import Words

_WEEK = 7
#: Days of the six weeks that any month fits into.
_SHOWN = 42
#: Marks after a day: no day of work by the week, a holiday or a day off, a working day at a weekend.
WEEKEND, FREE, EXTRA = "·", "×", "+"
_CELL = 5


class DatePicker(ModalScreen["date | None"]):
    """Gives back the day that was chosen, or None.

    Args:
        words: the language.
        today: the client's local day.
        chosen: the day to begin with.
        calendar: the client's working days.
    """

    AREA: ClassVar[Area] = Area.DAYS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.DAYS))
    DEFAULT_CSS = """
    DatePicker {
        align: center middle;
        & Vertical {
            width: 41; height: auto; background: $surface; border: round $primary; padding: 0 1;
        }
        & Static { height: auto; }
        & #day { margin-top: 1; }
    }
    """

    def __init__(self, words: Words, today: date, chosen: date, calendar: WorkCalendar) -> None:
        super().__init__()
        self.words = words
        self.today = today
        self.chosen = chosen
        self.calendar = calendar

    def compose(self) -> ComposeResult:
        """The month, the day in words, the keys."""
        with Vertical():
            yield Static(id="month", markup=False)
            yield Static(id="day", markup=False)
            yield KeyBar(self.words, commands_of(Area.DAYS))

    def on_mount(self) -> None:
        """The first month."""
        self._show()

    def _show(self) -> None:
        self.query_one(Vertical).border_title = Content(self._month_name()).markup
        self.query_one("#month", Static).update(self._grid())
        self.query_one("#day", Static).update(self._told())

    def _month_name(self) -> str:
        from babel.dates import get_month_names

        name = get_month_names("wide", "stand-alone", self.words.lang)[self.chosen.month]
        return f"{name.capitalize()} {self.chosen.year}"

    def _grid(self) -> Content:
        """The weeks of the month, with the days of its neighbours around."""
        begin = self._begin()
        heads = Content.assemble(
            *(
                (f"{self._weekday(begin + timedelta(days=n)):^{_CELL}}", "$foreground-muted")
                for n in range(_WEEK)
            )
        )
        days = [begin + timedelta(days=n) for n in range(_SHOWN)]
        weeks = [days[n : n + _WEEK] for n in range(0, _SHOWN, _WEEK)]
        return Content("\n").join(
            [heads, *(Content.assemble(*(self._cell(day) for day in week)) for week in weeks)]
        )

    def _begin(self) -> date:
        """The first day of the grid: a Monday."""
        first = self.chosen.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _weekday(self, day: date) -> str:
        from babel.dates import get_day_names

        return str(get_day_names("short", "stand-alone", self.words.lang)[day.weekday()])

    def _cell(self, day: date) -> Content:
        mark = self.mark_of(day)
        if day == self.chosen:
            return Content.styled(f"[{day.day:>2}{mark or ' '}]", "reverse bold")
        return Content.styled(f"{day.day:>3}{mark or ' '} ", self._colour(day, mark))

    def _colour(self, day: date, mark: str) -> str:
        if day.month != self.chosen.month:
            return "$foreground-disabled"
        colour = {FREE: "$text-warning", WEEKEND: "$foreground-muted"}.get(mark, "$foreground")
        return f"bold underline {colour}" if day == self.today else colour

    def mark_of(self, day: date) -> str:
        """The mark of a day on which no work is done, or is although it is a weekend."""
        usual = day.weekday() in self.calendar.weekdays
        if self.calendar.is_working(day):
            return "" if usual else EXTRA
        return FREE if usual else WEEKEND

    def _told(self) -> Content:
        """The chosen day in words, how far away it is, and what the marks mean."""
        words, text = self.words, self.words.text
        away = (self.chosen - self.today).days
        if away < 0:
            when = words.plural("{n} day ago", "{n} days ago", -away)
        else:
            work = self.calendar.count(self.today, self.chosen + timedelta(days=1))
            when = words.plural("{n} day, today included", "{n} days, today included", away + 1)
            when += ", " + words.plural("{n} of work", "{n} of work", work)
        marks = text(
            "{weekend} weekend  {free} free  {extra} working", weekend=WEEKEND, free=FREE, extra=EXTRA
        )
        return Content("\n").join(
            [
                Content.styled(dated(words, self.chosen, self.today), "bold"),
                Content(when),
                Content.styled(marks, "$foreground-muted"),
            ]
        )

    def action_move_day(self, days: int) -> None:
        """Some days on or back."""
        self._choose(self.chosen.toordinal() + days)

    def action_move_month(self, months: int) -> None:
        """The same day some months on or back, or the last one of a shorter month."""
        month = self.chosen.year * 12 + self.chosen.month - 1 + months
        year, number = divmod(month, 12)
        if date.min.year <= year <= date.max.year:
            last = monthrange(year, number + 1)[1]
            self._choose(date(year, number + 1, min(self.chosen.day, last)).toordinal())

    def action_month_end(self) -> None:
        """The last day of the month."""
        last = monthrange(self.chosen.year, self.chosen.month)[1]
        self._choose(self.chosen.replace(day=last).toordinal())

    def action_today(self) -> None:
        """Today."""
        self._choose(self.today.toordinal())

    def _choose(self, ordinal: int) -> None:
        if date.min.toordinal() <= ordinal <= date.max.toordinal() - _SHOWN:
            self.chosen = date.fromordinal(ordinal)
            self._show()

    @on(Click, "#month")
    def _clicked(self, event: Click) -> None:
        """Take the day that was clicked; the first line names the weekdays."""
        place = (event.y - 1) * _WEEK + event.x // _CELL
        if event.y and event.x < _WEEK * _CELL:
            self.dismiss(self._begin() + timedelta(days=place))

    def action_take(self) -> None:
        """Take the day under the cursor."""
        self.dismiss(self.chosen)

    def action_leave(self) -> None:
        """Leave without a day."""
        self.dismiss(None)
