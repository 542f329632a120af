"""Going back through the figures by day, some weeks a call; the next runs read on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from connectors.base import ConnectorError, Trouble
from connectors.ok.parse import Trends

#: The most days that one call asks for.
MOST_DAYS = 90
#: The most calls that one run makes for the days of an account: about three years.
CALLS_A_RUN = 12
#: Days that are asked for again, for they are still corrected.
SETTLING_DAYS = 3
#: Nothing was there before this day.
BEGINNING = date(2006, 3, 4)

#: The figures of the days from the first to the last, both included.
Fetch = Callable[[date, date], Awaitable[Trends]]


@dataclass(frozen=True, slots=True)
class DaysCursor:
    """Where the reading of an account's days stands.

    `last` is the last day that was read; the days from `back` down to `floor` (None: as far as there
    are any) are left for the next run (`back` None: nothing is left).
    """

    last: date | None = None
    back: date | None = None
    floor: date | None = None

    def dump(self) -> str:
        """The cursor as text."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps({"v": 1, **values}, default=date.isoformat, sort_keys=True)


def parse_days_cursor(text: str | None) -> DaysCursor:
    """The cursor out of its text; one that makes no sense is none, and the days are read anew."""
    try:
        values: Any = json.loads(text or "{}")
        if values.get("v") != 1:
            return DaysCursor()
        days = (values.get(name) for name in ("last", "back", "floor"))
        return DaysCursor(*(date.fromisoformat(day) if day is not None else None for day in days))
    except (ValueError, TypeError, AttributeError):
        return DaysCursor()


@dataclass(slots=True)
class DaysReader:
    """Reads one account's days in one run, from `today` back."""

    today: date
    fetch: Fetch
    figures: dict[tuple[str, date], float] = field(default_factory=dict)
    odd: dict[str, None] = field(default_factory=dict)
    trouble: Trouble | None = None
    calls: int = 0

    async def read(self, cursor: DaysCursor, since: date | None) -> DaysCursor:
        """Read what is new since `cursor` and not before `since`, then a part of what earlier runs left.

        Raises:
            ConnectorError: not even the newest days could be read.
        """
        first = since
        if cursor.last is not None:
            settled = min(cursor.last, self.today) - timedelta(days=SETTLING_DAYS)
            first = settled if since is None else max(settled, since)
        left = await self._walk(self.today, first)
        if left is not None:
            return DaysCursor(self.today, left, first if cursor.back is None else cursor.floor)
        if cursor.back is not None and self.trouble is None:
            left = await self._walk(cursor.back, cursor.floor)
        return DaysCursor(self.today, left, None if left is None else cursor.floor)

    async def _walk(self, last: date, floor: date | None) -> date | None:
        """Read from a day back to another one; returns where to go on, None where nothing is left."""
        lowest = floor or BEGINNING
        while last >= lowest:
            if self.calls >= CALLS_A_RUN:
                return last
            first = max(last - timedelta(days=MOST_DAYS - 1), lowest)
            try:
                trends = await self.fetch(first, last)
            except ConnectorError as error:
                if self.calls == 0:
                    raise
                self.trouble = error.trouble
                return last
            self.calls += 1
            self.odd.update(dict.fromkeys(trends.odd))
            told = {key: value for key, value in trends.figures.items() if first <= key[1] <= last}
            if not told and floor is None:
                return None
            self.figures.update(told)
            last = first - timedelta(days=1)
        return None
