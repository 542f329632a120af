"""The schema, as numbered steps. To change it, add the next module; never edit a step that was released.

Each step runs in the transaction of `apply`, ends by setting `PRAGMA user_version` to its number,
and the newest number is `driver.SCHEMA_VERSION`. Tables are STRICT; days are ordinals
(`date.toordinal`), moments Unix seconds, flags 0 and 1. docs/store.md tells what each table is for.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from store.sqlite.driver import Session
from store.sqlite.migrations.m001 import m001_first_schema
from store.sqlite.migrations.m002 import m002_agreements
from store.sqlite.migrations.m003 import m003_done_marks
from store.sqlite.migrations.m004 import m004_imports

MIGRATIONS = Migrations("smart_smm")
for _step in (m001_first_schema, m002_agreements, m003_done_marks, m004_imports):
    MIGRATIONS()(_step)


def apply(session: Session) -> None:
    """Apply the steps that the store has not seen; call it within a write transaction."""
    db = Database(session.connection, execute_plugins=False)
    if MIGRATIONS.pending(db):
        MIGRATIONS.apply(db)
