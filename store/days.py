"""The day that it is for a client."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from goals.model import Client


def today_of(client: Client, now: datetime) -> date:
    """The client's local day at `now`."""
    return now.astimezone(ZoneInfo(client.timezone)).date()
