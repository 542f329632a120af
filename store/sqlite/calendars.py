"""Days off, public holidays, and the working calendar made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from goals.model import ClientId
from goals.workcalendar import WORKWEEK, WorkCalendar
from store.errors import NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import day_of, day_or_none, seconds_of

if TYPE_CHECKING:
    from goals.records import DayOff

#: The terms in force: the newest version that was accepted, else the newest one (`terms_in_force`).
_AGREED = """SELECT json_extract(g.terms, '$.hours.days_off'), json_extract(g.terms, '$.hours.worked_days')
    FROM agreement g LEFT JOIN acceptance a ON a.client_id = g.client_id AND a.version = g.version
    WHERE g.client_id = ? ORDER BY a.version IS NULL, g.version DESC LIMIT 1"""


class CalendarReader(Part):
    """Reads working days."""

    def days_off(self) -> list[DayOff]:
        """Days off by first day."""
        from goals.records import DayOff

        rows = self._db.rows(
            "SELECT id, client_id, first, last, reason FROM day_off ORDER BY first, last, id"
        )
        return [
            DayOff(number, None if client is None else ClientId(client), day_of(first), day_of(last), reason)
            for number, client, first, last, reason in rows
        ]

    def calendar(self, client_id: ClientId) -> WorkCalendar:
        """The client's working days: the agreed week, public holidays, moved days and days off together.

        A single day that was agreed to be worked is one on a holiday too, but not on a day off.
        """
        with self._db.snapshot():
            agreed = self._db.row(_AGREED, (client_id,)) or (None, None)
            holidays = self._db.rows("SELECT day, working FROM holiday WHERE client_id = ?", (client_id,))
            spans = self._db.rows(
                "SELECT first, last FROM day_off WHERE client_id IS NULL OR client_id = ?", (client_id,)
            )
        days_off, worked_days = agreed
        worked = {date.fromisoformat(day) for day in json.loads(worked_days or "[]")}
        free = {day_of(day) for day, working in holidays if not working} - worked
        for first, last in spans:
            free.update(day_of(first) + timedelta(days=step) for step in range(last - first + 1))
        worked.update(day_of(day) for day, working in holidays if working)
        return WorkCalendar.of(free, worked, WORKWEEK if days_off is None else _week(json.loads(days_off)))

    def holidays_until(self, client_id: ClientId) -> date | None:
        """The last day for which public holidays were looked up."""
        return day_or_none(self._db.value("SELECT holidays_until FROM client WHERE id = ?", (client_id,)))


def _week(days_off: Iterable[str]) -> list[int]:
    """The worked days of a week (0 is Monday) whose others are named as agreements name them: `sat`."""
    from goals.agreement.terms import Weekday

    free = {Weekday(name).number for name in days_off}
    return [day for day in range(len(Weekday)) if day not in free]


class CalendarWriter(CalendarReader):
    """Writes working days."""

    def add_day_off(self, day_off: DayOff, *, author: str, now: datetime) -> int:
        """Add days off (the id is not looked at)."""
        with self._db.transaction():
            return self._db.add(
                "INSERT INTO day_off (client_id, first, last, reason, author, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    day_off.client_id,
                    day_off.first.toordinal(),
                    day_off.last.toordinal(),
                    day_off.reason,
                    author,
                    seconds_of(now),
                ),
            )

    def set_holidays(
        self, client_id: ClientId, *, free: Iterable[date], working: Iterable[date], until: date
    ) -> None:
        """Replace the client's public holidays and moved working days, known up to `until`."""
        days = dict.fromkeys((day.toordinal() for day in working), 1)
        days |= dict.fromkeys((day.toordinal() for day in free), 0)
        with self._db.transaction():
            known = self._db.run(
                "UPDATE client SET holidays_until = ? WHERE id = ?", (until.toordinal(), client_id)
            )
            if known.rowcount == 0:
                raise NotFoundError(f"client {client_id}")
            self._db.run("DELETE FROM holiday WHERE client_id = ?", (client_id,))
            self._db.many(
                "INSERT INTO holiday (client_id, day, working) VALUES (?, ?, ?)",
                [(client_id, day, flag) for day, flag in days.items()],
            )

    def remove_day_off(self, number: int) -> None:
        """Take days off back. Raises NotFoundError."""
        with self._db.transaction():
            if self._db.run("DELETE FROM day_off WHERE id = ?", (number,)).rowcount == 0:
                raise NotFoundError(f"days off {number}")
