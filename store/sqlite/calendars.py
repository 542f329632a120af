"""Days off, public holidays, and the working calendar made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from goals.model import ClientId, DayOff
from goals.workcalendar import WorkCalendar
from store.errors import NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import day_of, day_or_none, seconds_of


class CalendarReader(Part):
    """Reads working days."""

    def days_off(self) -> list[DayOff]:
        """Days off by first day."""
        rows = self._db.rows(
            "SELECT id, client_id, first, last, reason FROM day_off ORDER BY first, last, id"
        )
        return [
            DayOff(number, None if client is None else ClientId(client), day_of(first), day_of(last), reason)
            for number, client, first, last, reason in rows
        ]

    def calendar(self, client_id: ClientId) -> WorkCalendar:
        """The client's working days: public holidays, moved days and days off together."""
        with self._db.snapshot():
            holidays = self._db.rows("SELECT day, working FROM holiday WHERE client_id = ?", (client_id,))
            spans = self._db.rows(
                "SELECT first, last FROM day_off WHERE client_id IS NULL OR client_id = ?", (client_id,)
            )
        free = {day_of(day) for day, working in holidays if not working}
        for first, last in spans:
            free.update(day_of(first) + timedelta(days=step) for step in range(last - first + 1))
        return WorkCalendar.of(free, (day_of(day) for day, working in holidays if working))

    def holidays_until(self, client_id: ClientId) -> date | None:
        """The last day for which public holidays were looked up."""
        return day_or_none(self._db.value("SELECT holidays_until FROM client WHERE id = ?", (client_id,)))


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
