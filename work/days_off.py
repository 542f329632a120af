"""Days off, written for one client: a stretch added, one day taken out of one, and both taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.records import DayOff
from store.refresh import refresh_goals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goals.model import ClientId
    from store.contract import Writer

_DAY = timedelta(days=1)


def add_days_off(writer: Writer, days: Iterable[DayOff], *, author: str, now: datetime) -> list[DayOff]:
    """Add days off and judge the goals whose road they change; gives them with their numbers."""
    with writer.together():
        added = [replace(each, id=writer.add_day_off(each, author=author, now=now)) for each in days]
        _judge(writer, added, now)
    return added


def are_off_already(there: Iterable[DayOff], wanted: DayOff) -> bool:
    """Whether the very same days are off for the same client, or for all, already."""
    return any(
        (each.client_id, each.first, each.last) == (wanted.client_id, wanted.first, wanted.last)
        for each in there
    )


def remove_days_off(writer: Writer, days: Iterable[DayOff], *, now: datetime) -> None:
    """Take days off back and judge the goals anew. Raises NotFoundError for what is not there."""
    gone = list(days)
    with writer.together():
        for each in gone:
            writer.remove_day_off(each.id)
        _judge(writer, gone, now)


def free_day(
    writer: Writer, client_id: ClientId, day: date, *, author: str, now: datetime
) -> tuple[list[DayOff], list[DayOff]]:
    """Make a day off of this client a working day again.

    A longer stretch goes on before and after it; days off for all clients stay.

    Returns:
        What was taken away, and what was added of it again.
    """
    with writer.together():
        taken = [
            off for off in writer.days_off() if off.client_id == client_id and off.first <= day <= off.last
        ]
        rest = [piece for off in taken for piece in _without(off, day)]
        remove_days_off(writer, taken, now=now)
        added = add_days_off(writer, rest, author=author, now=now)
    return taken, added


def _without(off: DayOff, day: date) -> list[DayOff]:
    pieces = (replace(off, last=day - _DAY), replace(off, first=day + _DAY))
    return [piece for piece in pieces if piece.first <= piece.last]


def _judge(writer: Writer, days: Iterable[DayOff], now: datetime) -> None:
    for owner in dict.fromkeys(each.client_id for each in days):
        refresh_goals(writer, writer.goals(owner), now)
