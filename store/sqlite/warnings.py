"""What became of warnings: seen, told, acknowledged, snoozed, gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from goals.model import ClientId
from store.errors import NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import (
    day_or_none,
    moment_of,
    moment_or_none,
    ordinal_or_none,
    seconds_of,
    seconds_or_none,
)

if TYPE_CHECKING:
    from goals.records import WarningState

_STATE = (
    "key, client_id, first_seen, last_seen, severity, told_at, acknowledged_by, acknowledged_at,"
    " snoozed_by, snoozed_until, gone_at"
)
#: It did not come again after it had gone, and is no more and no less severe than it was.
_SAME = "(warning.gone_at IS NULL OR excluded.gone_at IS NOT NULL) AND warning.severity = excluded.severity"
_SAID = ("acknowledged_by", "acknowledged_at", "snoozed_by", "snoozed_until")
_PUT = f"""INSERT INTO warning ({_STATE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET client_id = excluded.client_id, first_seen = excluded.first_seen,
    last_seen = excluded.last_seen, severity = excluded.severity, gone_at = excluded.gone_at,
    told_at = CASE WHEN {_SAME} AND warning.told_at > coalesce(excluded.told_at, 0)
        THEN warning.told_at ELSE excluded.told_at END,
    {", ".join(f"{name} = CASE WHEN {_SAME} THEN warning.{name} ELSE excluded.{name} END" for name in _SAID)}
"""


class WarningReader(Part):
    """Reads the states of warnings."""

    def warning_states(self, client_id: ClientId | None = None) -> list[WarningState]:
        """The states of the client's warnings (None: of all), gone ones too, by key."""
        rows = self._db.rows(
            f"SELECT {_STATE} FROM warning WHERE ? IS NULL OR client_id = ? ORDER BY key",
            (client_id, client_id),
        )
        return [_state_of(row) for row in rows]


class WarningWriter(WarningReader):
    """Writes the states of warnings."""

    def put_warning_states(self, states: Iterable[WarningState]) -> None:
        """Store what the rules found.

        What a person said of a warning meanwhile, and that it was told, stays as long as the warning
        lasts with the same severity; of one that comes again or grows, the given state is taken whole.
        """
        with self._db.transaction():
            self._db.many(_PUT, [_row_of(state) for state in states])

    def acknowledge_warning(self, key: str, *, author: str, now: datetime) -> None:
        """Note that somebody knows of a warning. Raises NotFoundError."""
        self._say(key, "acknowledged_by = ?, acknowledged_at = ?", (author, seconds_of(now)))

    def unacknowledge_warning(self, key: str) -> None:
        """Take it back that somebody knows of a warning. Raises NotFoundError."""
        self._say(key, "acknowledged_by = ?, acknowledged_at = ?", (None, None))

    def snooze_warning(self, key: str, until: date | None, *, author: str) -> None:
        """Hide a warning until a day (None: show it again). Raises NotFoundError."""
        by = None if until is None else author
        self._say(key, "snoozed_by = ?, snoozed_until = ?", (by, ordinal_or_none(until)))

    def _say(self, key: str, sets: str, values: tuple[str | int | None, ...]) -> None:
        with self._db.transaction():
            said = self._db.run(f"UPDATE warning SET {sets} WHERE key = ?", (*values, key))
            if said.rowcount == 0:
                raise NotFoundError(f"warning {key}")


def _row_of(state: WarningState) -> tuple[str | int | None, ...]:
    return (
        state.key,
        state.client_id,
        seconds_of(state.first_seen),
        seconds_of(state.last_seen),
        state.severity,
        seconds_or_none(state.told_at),
        state.acknowledged_by,
        seconds_or_none(state.acknowledged_at),
        state.snoozed_by,
        ordinal_or_none(state.snoozed_until),
        seconds_or_none(state.gone_at),
    )


def _state_of(row: tuple[Any, ...]) -> WarningState:
    from goals.records import WarningState

    key, client_id, first, last, severity, told, known_by, known_at, snoozed_by, until, gone = row
    return WarningState(
        key=key,
        client_id=None if client_id is None else ClientId(client_id),
        first_seen=moment_of(first),
        last_seen=moment_of(last),
        severity=severity,
        told_at=moment_or_none(told),
        acknowledged_by=known_by,
        acknowledged_at=moment_or_none(known_at),
        snoozed_by=snoozed_by,
        snoozed_until=day_or_none(until),
        gone_at=moment_or_none(gone),
    )
