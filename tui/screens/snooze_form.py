"""The form that asks until when a warning may wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tui.screens.form import FormScreen
from tui.warnings.changes import snoozing
from tui.widgets.field import Field, day_field
from wording.typed import day_problem, day_text, read_day

if TYPE_CHECKING:
    from tui.changes import Change
    from tui.services import Services
    from work.warnings import SeenWarning

#: Words that name a stretch of days rather than a day.
_STRETCHES = {"день": 1, "day": 1, "неделя": 7, "неделю": 7, "week": 7, "a week": 7}


def read_until(typed: str, today: date) -> date | None:
    """The day until which something waits: `завтра`, `неделя`, `30.11`; None for no such day."""
    days = _STRETCHES.get(typed.casefold().removeprefix("через ").removeprefix("in ").strip())
    return today + timedelta(days=days) if days is not None else read_day(typed, today)


class SnoozeForm(FormScreen):
    """Asks for the day from which the warning is shown again."""

    def __init__(self, services: Services, line: SeenWarning, today: date) -> None:
        super().__init__(services, services.words.text("Hide the warning until"))
        self.line = line
        self.today = today

    def build(self) -> list[Field]:
        """The day."""
        text = self.services.words.text
        tomorrow = day_text(self.today + timedelta(days=1))
        return [day_field("until", text("until"), tomorrow, text("tomorrow, a week, 30.11"))]

    def check(self) -> Change | None:
        """Check the day; what hides the warning until then, or None."""
        words, typed = self.services.words, self.value("until")
        until = read_until(typed, self.today)
        problem = day_problem(words, typed, self.today) if until is None else ""
        if until is not None and until <= self.today:
            problem = words.text("the day has to be ahead: {day} at the earliest", day=self._tomorrow)
        self.judge("until", problem)
        self.verdict("")
        if until is None or problem:
            return None
        days = (until - self.today).days
        self.verdict(
            words.plural("Quiet for {n} day, unless it grows", "Quiet for {n} days, unless it grows", days)
        )
        return snoozing(self.services, self.line, until, self.today)

    @property
    def _tomorrow(self) -> str:
        return self.services.words.day(self.today + timedelta(days=1), self.today)
