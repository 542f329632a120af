"""The specialist's own figures over all clients: what sums up, how many clients there are, ₽ an hour."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from goals.facts import DayValue, Facts
from goals.metrics import SUMMED_OVER_CLIENTS
from goals.model import ClientId, ClientKind, Goal
from store.sqlite.base import Part
from store.sqlite.rows import moment_of
from store.values import MANUAL_NETWORK

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from goals.records import Hourly

_HOURLY = """SELECT a.client_id, sum(CASE m.name WHEN 'income' THEN r.value END),
        sum(CASE m.name WHEN 'hours' THEN r.value END)
    FROM account a JOIN client c ON c.id = a.client_id JOIN metric m ON m.name IN ('income', 'hours')
    JOIN reading r ON r.account_id = a.id AND r.metric_id = m.id AND r.day BETWEEN ? AND ?
    WHERE a.network = ? GROUP BY a.client_id ORDER BY c.kind, c.folded"""
_HOLDERS = """SELECT id, data_at, posts_at, 1 FROM account WHERE (network = ? OR (archived = 0 AND EXISTS (
        SELECT 1 FROM reading r JOIN metric m ON m.id = r.metric_id
        WHERE r.account_id = account.id AND m.name = ?))) AND (? OR client_id = ?)"""
_LOGGED = """SELECT 1 FROM reading r JOIN account a ON a.id = r.account_id JOIN metric m ON m.id = r.metric_id
    WHERE a.client_id = ? AND a.network = ? AND m.name = ? LIMIT 1"""


class OwnReader(Part):
    """Reads figures of the specialist."""

    def hourly(self, since: date, until: date) -> list[Hourly]:
        """Each client's income and hours of these days (both included), clients by name.

        Clients with neither are left out.
        """
        from goals.records import Hourly

        span = (since.toordinal(), until.toordinal())
        rows = self._db.rows(_HOURLY, (*span, MANUAL_NETWORK))
        return [Hourly(ClientId(client), income, hours) for client, income, hours in rows]

    def _manual_scope(self, goal: Goal) -> list[Any]:
        """(id, data_at, posts_at, 1: no file brings them) of all accounts that hold figures of the metric.

        These are the hidden accounts with the entries, and those whose network tells such figures itself:
        a shop's sales, a counter's clicks.
        """
        everybodys = goal.metric in SUMMED_OVER_CLIENTS and self._is_self(goal.client_id)
        return self._db.rows(_HOLDERS, (MANUAL_NETWORK, goal.metric, everybodys, goal.client_id))

    def _is_self(self, client_id: ClientId) -> bool:
        kind = self._db.value("SELECT kind FROM client WHERE id = ?", (client_id,))
        return bool(kind == ClientKind.SELF)

    def _counted_clients(self, goal: Goal, since: date, today: date) -> Facts | None:
        """How many clients the specialist had each day; None where figures of it were logged by hand.

        The days begin with the first client or the specialist; before them nothing is known. A client
        counts from the day of being added to the eve of being archived.
        """
        logged = self._db.value(_LOGGED, (goal.client_id, MANUAL_NETWORK, goal.metric))
        if logged is not None or not self._is_self(goal.client_id):
            return None
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(self._db.value("SELECT timezone FROM client WHERE id = ?", (goal.client_id,)))
        rows = self._db.rows("SELECT kind, added_at, archived_at FROM client")
        moves: Counter[int] = Counter()
        for kind, added_at, archived_at in rows:
            counts = kind == ClientKind.CLIENT
            moves[_day_in(zone, moment_of(added_at))] += counts
            if counts and archived_at is not None:
                moves[_day_in(zone, moment_of(archived_at))] -= 1
        standing, days = 0, []
        for day in range(min(moves), today.toordinal() + 1):
            standing += moves[day]
            if day >= since.toordinal():
                days.append(DayValue(date.fromordinal(day), float(standing)))
        return Facts(days=tuple(days), by_hand=True)


def _day_in(zone: ZoneInfo, moment: datetime) -> int:
    return moment.astimezone(zone).toordinal()
