"""What the parts of the SQLite store share: the session, the ids of metrics, the answer to a lost edit."""

from __future__ import annotations

from collections.abc import Iterable

from store.errors import ConflictError, NotFoundError
from store.sqlite.driver import Session
from store.sqlite.rows import ids_json


class Part:
    """A part of a reader or a writer, on the one session of both."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def _metric_ids(self, names: Iterable[str]) -> dict[str, int]:
        """The ids of those of the metrics that were ever stored, by name."""
        return dict(
            self._db.rows(
                "SELECT name, id FROM metric WHERE name IN (SELECT value FROM json_each(?))",
                (ids_json(names),),
            )
        )

    def _made_metric_ids(self, names: Iterable[str]) -> dict[str, int]:
        """The ids of the metrics by name, made where there are none; within a write transaction."""
        wanted = set(names)
        known = self._metric_ids(wanted)
        for name in sorted(wanted - known.keys()):
            known[name] = self._db.add("INSERT INTO metric (name) VALUES (?)", (name,))
        return known

    def _lost_edit(self, table: str, number: int) -> ConflictError | NotFoundError:
        """Why an edited row could not be saved under the version it was read with."""
        author = self._db.value(f"SELECT author FROM {table} WHERE id = ?", (number,))
        return NotFoundError(f"{table} {number}") if author is None else ConflictError(author)
