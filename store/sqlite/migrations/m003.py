"""Step 3: which tasks of a client's day are done, where nothing else tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.sqlite.migrations.m001 import NEXT_MARK

if TYPE_CHECKING:
    from sqlite_utils import Database

_DONE_MARKS = (
    """CREATE TABLE done_mark (
        client_id INTEGER NOT NULL REFERENCES client,
        day INTEGER NOT NULL,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        author TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        PRIMARY KEY (client_id, day, kind, about)
    ) STRICT, WITHOUT ROWID""",
    *(
        f"""CREATE TRIGGER done_mark_{event.lower()}_told AFTER {event} ON done_mark
        BEGIN INSERT INTO client_change (client_id, mark)
        SELECT id, {NEXT_MARK} FROM client WHERE id = {row}.client_id
        ON CONFLICT (client_id) DO UPDATE SET mark = {NEXT_MARK}; END"""
        for event, row in (("INSERT", "new"), ("DELETE", "old"))
    ),
)


def m003_done_marks(db: Database) -> None:
    """Ticks of a client's day."""
    for statement in _DONE_MARKS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")
