"""When the demo is made, and what its days are: all days of its story are offsets from that one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """When the demo is made: `now` (UTC) and what the day is where the client works."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The client's local day."""
        return self.now.astimezone(self.zone).date()

    def day(self, offset: int) -> date:
        """The day `offset` days after today."""
        return self.today + timedelta(days=offset)

    def at(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """A local time of day as a moment in UTC."""
        local = datetime.combine(self.day(offset), time(hour, minute), self.zone)
        return local.astimezone(UTC)

    def seen(self, offset: int) -> datetime:
        """When the figures of a day were taken: in the evening, today's just now."""
        return self.now if offset == 0 else min(self.at(offset, 21, 10), self.now)
