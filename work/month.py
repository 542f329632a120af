"""The goals of a month that nobody has set, as the task of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.model import ClientKind
from goals.warnings.month_rules import has_goals, month_to_set, unset_month
from store.situation import situation_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from goals.model import Client
    from goals.warnings.month_rules import UnsetMonth
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader


def month_without_goals(
    reader: Reader, client: Client, calendar: WorkCalendar, today: date, now: datetime
) -> UnsetMonth | None:
    """The month that ought to have goals and has none, by the rule of the warnings."""
    if client.kind is ClientKind.SELF:
        return None
    if has_goals(reader.goals(client.id, dropped=True), month_to_set(today, calendar)):
        return None  # the usual case, told without reading all that the rule looks at
    return unset_month(situation_of(reader, client, now, {}))
