"""What is said of goals and clients between two calls: check-ins, calls, materials, ticks of a day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from goals.model import ClientId, GoalId
from store.errors import NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import day_of, day_or_none, ids_json, moment_of, ordinal_or_none, seconds_of

if TYPE_CHECKING:
    from goals.records import Call, CheckIn, DoneMark, Material

_CHECK_IN = "k.id, k.goal_id, k.day, k.made_at, k.author, k.confidence, k.why, k.by_rule"
_NEWEST_TWO = f"""SELECT {_CHECK_IN} FROM (
        SELECT *, row_number() OVER (PARTITION BY goal_id ORDER BY day DESC) AS place FROM check_in
        WHERE goal_id IN (SELECT value FROM json_each(?))) k
    WHERE k.place <= 2 ORDER BY k.goal_id, k.day DESC"""
#: The later word of a day replaces the earlier one, but a rule never replaces a person's.
_CHECK = """INSERT INTO check_in (goal_id, day, made_at, author, confidence, why, by_rule)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (goal_id, day) DO UPDATE
    SET made_at = excluded.made_at, author = excluded.author, confidence = excluded.confidence,
        why = excluded.why, by_rule = excluded.by_rule
    WHERE excluded.by_rule <= check_in.by_rule"""

#: Tells a board of the client that something is gone: triggers tell it only of what is written.
_TELL = """INSERT INTO client_change (client_id, mark)
    SELECT id, (SELECT coalesce(max(mark), 0) + 1 FROM client_change) FROM client WHERE id = {client}
    ON CONFLICT (client_id) DO UPDATE SET mark = excluded.mark"""


class RhythmReader(Part):
    """Reads check-ins, calls, materials and ticks."""

    def check_ins(self, client_id: ClientId | None, since: date) -> list[CheckIn]:
        """The check-ins of the client's goals (None: of all) from a day on, oldest first."""
        rows = self._db.rows(
            f"SELECT {_CHECK_IN} FROM check_in k JOIN goal g ON g.id = k.goal_id"
            " WHERE k.day >= ? AND (? IS NULL OR g.client_id = ?) ORDER BY k.day, k.id",
            (since.toordinal(), client_id, client_id),
        )
        return [_check_in_of(row) for row in rows]

    def last_check_ins(self, goal_ids: Iterable[GoalId]) -> dict[GoalId, list[CheckIn]]:
        """The newest two check-ins of each goal, the newest first; goals without one left out."""
        found: dict[GoalId, list[CheckIn]] = {}
        for row in self._db.rows(_NEWEST_TWO, (ids_json(goal_ids),)):
            found.setdefault(GoalId(row[1]), []).append(_check_in_of(row))
        return found

    def calls(self, client_id: ClientId) -> list[Call]:
        """The calls with the client, oldest first."""
        from goals.records import Call

        rows = self._db.rows(
            "SELECT id, client_id, day, made_at, author, notes, decisions FROM call"
            " WHERE client_id = ? ORDER BY day, id",
            (client_id,),
        )
        return [
            Call(
                number,
                ClientId(client),
                day_of(day),
                moment_of(made_at),
                author,
                notes,
                tuple(json.loads(decisions)),
            )
            for number, client, day, made_at, author, notes, decisions in rows
        ]

    def materials(self, client_id: ClientId | None = None, *, received: bool = False) -> list[Material]:
        """What is awaited from the client (None: from all), the longest first; with `received` all of it."""
        from goals.records import Material

        rows = self._db.rows(
            "SELECT id, client_id, what, asked_on, received_on, version, author FROM material"
            " WHERE (? OR received_on IS NULL) AND (? IS NULL OR client_id = ?) ORDER BY asked_on, id",
            (received, client_id, client_id),
        )
        return [
            Material(number, ClientId(client), what, day_of(asked), day_or_none(came), version, author)
            for number, client, what, asked, came, version, author in rows
        ]

    def done_marks(self, client_id: ClientId, since: date) -> list[DoneMark]:
        """The ticks of the client's tasks that are for a day from `since` on, by day."""
        from goals.records import DoneMark

        rows = self._db.rows(
            "SELECT client_id, day, kind, about, author, made_at FROM done_mark"
            " WHERE client_id = ? AND day >= ? ORDER BY day, kind, about",
            (client_id, since.toordinal()),
        )
        return [
            DoneMark(ClientId(client), day_of(day), kind, about, author, moment_of(made_at))
            for client, day, kind, about, author, made_at in rows
        ]


class RhythmWriter(RhythmReader):
    """Writes check-ins, calls, materials and ticks."""

    def add_check_ins(self, check_ins: Iterable[CheckIn]) -> None:
        """Add check-ins (their ids are not looked at), one a goal a day: the later replaces the earlier.

        One made by rule never replaces a person's.
        """
        with self._db.transaction():
            self._db.many(
                _CHECK,
                [
                    (
                        item.goal_id,
                        item.day.toordinal(),
                        seconds_of(item.made_at),
                        item.author,
                        item.confidence.value,
                        item.why,
                        item.by_rule,
                    )
                    for item in check_ins
                ],
            )

    def remove_check_in(self, goal_id: GoalId, day: date) -> None:
        """Take back what was said of a goal on a day. Raises NotFoundError."""
        with self._db.transaction():
            which = (goal_id, day.toordinal())
            if self._db.run("DELETE FROM check_in WHERE goal_id = ? AND day = ?", which).rowcount == 0:
                raise NotFoundError(f"check-in of goal {goal_id} on {day}")
            self._db.run(_TELL.format(client="(SELECT client_id FROM goal WHERE id = ?)"), (goal_id,))

    def add_call(self, call: Call) -> int:
        """Add a call (its id is not looked at)."""
        with self._db.transaction():
            return self._db.add(
                "INSERT INTO call (client_id, day, made_at, author, notes, decisions)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    call.client_id,
                    call.day.toordinal(),
                    seconds_of(call.made_at),
                    call.author,
                    call.notes,
                    json.dumps(call.decisions, ensure_ascii=False),
                ),
            )

    def remove_call(self, call_id: int) -> None:
        """Take a call back; goals that its decisions changed stay as they are. Raises NotFoundError."""
        with self._db.transaction():
            self._db.run(_TELL.format(client="(SELECT client_id FROM call WHERE id = ?)"), (call_id,))
            if self._db.run("DELETE FROM call WHERE id = ?", (call_id,)).rowcount == 0:
                raise NotFoundError(f"call {call_id}")

    def add_material(self, material: Material, *, author: str, now: datetime) -> int:
        """Add what the client was asked for (its id is not looked at)."""
        with self._db.transaction():
            return self._db.add(
                "INSERT INTO material (client_id, what, asked_on, received_on, author, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (material.client_id, *_words_of(material), author, seconds_of(now)),
            )

    def update_material(self, material: Material, *, author: str, now: datetime) -> Material:
        """Save what is awaited, or that it came. Raises ConflictError."""
        with self._db.transaction():
            saved = self._db.run(
                "UPDATE material SET what = ?, asked_on = ?, received_on = ?, version = version + 1,"
                " author = ?, changed_at = ? WHERE id = ? AND version = ?",
                (*_words_of(material), author, seconds_of(now), material.id, material.version),
            )
            if saved.rowcount == 0:
                raise self._lost_edit("material", material.id)
        return replace(material, version=material.version + 1, author=author)

    def remove_material(self, material: Material) -> None:
        """Take back that the client was asked. Raises ConflictError where it was changed since."""
        with self._db.transaction():
            which = (material.id, material.version)
            if self._db.run("DELETE FROM material WHERE id = ? AND version = ?", which).rowcount == 0:
                raise self._lost_edit("material", material.id)
            self._db.run(_TELL.format(client="?"), (material.client_id,))

    def add_done_mark(self, mark: DoneMark) -> None:
        """Tick a task off; where it is ticked already, that tick stays."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO done_mark (client_id, day, kind, about, author, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                _mark_row(mark),
            )

    def remove_done_mark(self, mark: DoneMark) -> None:
        """Take a tick back as it was made. Raises NotFoundError where it is gone or somebody else's."""
        with self._db.transaction():
            gone = self._db.run(
                "DELETE FROM done_mark WHERE client_id = ? AND day = ? AND kind = ? AND about = ?"
                " AND author = ? AND made_at = ?",
                _mark_row(mark),
            )
            if gone.rowcount == 0:
                raise NotFoundError(f"tick of {mark.kind} on {mark.day}")


def _mark_row(mark: DoneMark) -> tuple[int, int, str, str, str, int]:
    return (
        mark.client_id,
        mark.day.toordinal(),
        mark.kind,
        mark.about,
        mark.author,
        seconds_of(mark.made_at),
    )


def _words_of(material: Material) -> tuple[str, int, int | None]:
    return material.what, material.asked_on.toordinal(), ordinal_or_none(material.received_on)


def _check_in_of(row: tuple[Any, ...]) -> CheckIn:
    from goals.records import CheckIn, Confidence

    number, goal_id, day, made_at, author, confidence, why, by_rule = row
    return CheckIn(
        id=number,
        goal_id=GoalId(goal_id),
        day=day_of(day),
        made_at=moment_of(made_at),
        author=author,
        confidence=Confidence(confidence),
        why=why,
        by_rule=bool(by_rule),
    )
