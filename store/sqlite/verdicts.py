"""Verdicts on goals: the newest of each, and how each stood day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from goals.model import ClientId, Goal, GoalId, GoalStatus
from store.sqlite.base import Part
from store.sqlite.rows import GOAL, day_of, goal_of, ids_json, seconds_or_none

if TYPE_CHECKING:
    from goals.evaluate import Evaluation
    from goals.records import Verdict

#: Past its deadline a goal's verdict is written only where it is another one than before.
_DAY = """INSERT INTO verdict_day (goal_id, day, status, chance, progress)
    SELECT id, ?2, ?3, ?4, ?5 FROM goal WHERE id = ?1 AND NOT (coalesce(deadline < ?2, 0) AND ?3 IS (
        SELECT status FROM verdict_day WHERE goal_id = ?1 AND day < ?2 ORDER BY day DESC LIMIT 1))
    ON CONFLICT (goal_id, day) DO UPDATE
    SET status = excluded.status, chance = excluded.chance, progress = excluded.progress"""


class VerdictReader(Part):
    """Reads verdicts."""

    def bands(self, client_id: ClientId | None = None) -> dict[int, tuple[float, float]]:
        """The 80 % band (low, high) of the figure on the deadline, by goal; goals without one left out."""
        rows = self._db.rows(
            "SELECT goal_id, band_low, band_high FROM evaluation WHERE band_low IS NOT NULL"
            " AND dropped = 0 AND (? IS NULL OR client_id = ?)",
            (client_id, client_id),
        )
        return {goal_id: (low, high) for goal_id, low, high in rows}

    def not_judged_on(self, clients: Mapping[ClientId, date]) -> list[Goal]:
        """The goals without an evaluation of the client's given day."""
        days = {int(client): day.toordinal() for client, day in clients.items()}
        judged = self._db.rows("SELECT goal_id, client_id, judged_on FROM evaluation WHERE dropped = 0")
        stale = [number for number, client, judged_on in judged if judged_on != days.get(client, judged_on)]
        rows = self._db.rows(
            f"SELECT {GOAL} FROM goal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (ids_json(stale),),
        )
        return [goal_of(row) for row in rows]

    def verdicts(self, goal_ids: Iterable[GoalId], since: date) -> dict[GoalId, list[Verdict]]:
        """How the goals stood from a day on, oldest first, one verdict a day; goals without one left out.

        Days on which nobody judged are missing; past its deadline a goal has the days on which its
        status changed.
        """
        from goals.records import Verdict

        found: dict[GoalId, list[Verdict]] = {}
        rows = self._db.rows(
            "SELECT goal_id, day, status, chance, progress FROM verdict_day"
            " WHERE goal_id IN (SELECT value FROM json_each(?)) AND day >= ? ORDER BY goal_id, day",
            (ids_json(goal_ids), since.toordinal()),
        )
        for goal_id, day, status, chance, progress in rows:
            verdict = Verdict(day_of(day), GoalStatus(status), chance, progress)
            found.setdefault(GoalId(goal_id), []).append(verdict)
        return found


class VerdictWriter(VerdictReader):
    """Writes verdicts."""

    def put_evaluations(self, evaluations: Iterable[Evaluation]) -> None:
        """Store the newest verdicts, and each as its day's."""
        from goals.evaluate import Evaluation

        sets = ", ".join(f"{name} = ?" for name in Evaluation._fields[1:])
        told = [
            (item, item.judged_on.toordinal(), item.status.value)
            for item in evaluations  # may be an iterator
        ]
        with self._db.transaction():
            self._db.many(
                f"UPDATE evaluation SET {sets} WHERE goal_id = ?",
                [
                    (day, status, *item[3:-2], seconds_or_none(item.as_of), item.urgency, item.goal_id)
                    for item, day, status in told
                ],
            )
            self._db.many(
                _DAY, [(item.goal_id, day, status, item.chance, item.progress) for item, day, status in told]
            )
