"""Days off set and taken back from the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.records import DayOff
from tui.changes import ChangedSinceError, Done, Undo
from tui.client.month import DayKind
from work.days_off import add_days_off, are_off_already, free_day, remove_days_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals.model import ClientId
    from store.contract import Writer
    from tui.changes import Change
    from tui.client.month import DayPlan
    from tui.services import Services


def day_off_change(services: Services, client_id: ClientId, plan: DayPlan) -> Change:
    """What makes a working day a day off, and a day off a working day."""
    if plan.kind is DayKind.OFF:
        return lambda writer: _free(services, writer, client_id, plan)
    reason = services.words.text("day off")
    day_off = DayOff(0, client_id, plan.day, plan.day, reason)
    return lambda writer: add_with_undo(services, writer, day_off)


def add_with_undo(services: Services, writer: Writer, day_off: DayOff) -> Done:
    """Add days off; taken back, they are gone. The very same days are not added twice: that is told."""
    if are_off_already(writer.days_off(), day_off):
        return Done(services.words.text("These days are off already"), None)
    added = add_days_off(writer, [day_off], author=services.author, now=services.now())
    said = services.words.text("Day off: {days}", days=_days(services, day_off))

    def undo(later: Writer) -> str:
        _swap(services, later, added, [])
        return services.words.text("{what}: taken back", what=said)

    return Done(said, Undo(undo))


def _free(services: Services, writer: Writer, client_id: ClientId, plan: DayPlan) -> Done:
    taken, added = free_day(writer, client_id, plan.day, author=services.author, now=services.now())
    said = services.words.text("A working day again: {day}", day=services.words.day(plan.day, plan.day))

    def undo(later: Writer) -> str:
        _swap(services, later, added, taken)
        return services.words.text("{what}: taken back", what=said)

    return Done(said, Undo(undo))


def _swap(services: Services, writer: Writer, gone: Sequence[DayOff], back: Sequence[DayOff]) -> None:
    """Take `gone` away, and put `back` what was there. Raises ChangedSinceError."""
    with writer.together():
        there = writer.days_off()
        again = any(
            each.client_id == old.client_id and each.first <= old.last and old.first <= each.last
            for old in back
            for each in there
            if each not in gone
        )
        if again or any(each not in there for each in gone):
            raise ChangedSinceError(services.words.text("somebody else"))
        remove_days_off(writer, gone, now=services.now())
        add_days_off(writer, back, author=services.author, now=services.now())


def _days(services: Services, day_off: DayOff) -> str:
    words, first, last = services.words, day_off.first, day_off.last
    shown = words.day(first, first)
    return shown if first == last else f"{shown} – {words.day(last, first)}"
