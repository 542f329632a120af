"""Step 4: what each import of a file wrote, so that it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

#: A figure as it stood before (all three NULL: it was not there) and as the import left it.
_FIGURE = """old_value REAL,
        old_exactness INTEGER,
        old_taken_at INTEGER,
        value REAL NOT NULL,
        exactness INTEGER NOT NULL,
        taken_at INTEGER NOT NULL"""

_IMPORTS = (
    """CREATE TABLE file_import (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        made_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        name TEXT NOT NULL,
        figures INTEGER NOT NULL DEFAULT 0,
        posts INTEGER NOT NULL DEFAULT 0,
        accounts INTEGER NOT NULL DEFAULT 0,
        undone_at INTEGER,
        undone_by TEXT
    ) STRICT""",
    f"""CREATE TABLE import_reading (
        import_id INTEGER NOT NULL REFERENCES file_import,
        account_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        {_FIGURE},
        PRIMARY KEY (import_id, account_id, metric_id, day)
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE import_post_reading (
        import_id INTEGER NOT NULL REFERENCES file_import,
        post_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        {_FIGURE},
        PRIMARY KEY (import_id, post_id, metric_id, day)
    ) STRICT, WITHOUT ROWID""",
    # of a post as the import left it the length of its text is enough: who changes it changes changed_at
    """CREATE TABLE import_post (
        import_id INTEGER NOT NULL REFERENCES file_import,
        post_id INTEGER NOT NULL,
        old_network_id TEXT,
        old_kind TEXT,
        old_state TEXT,
        old_day INTEGER,
        old_published_at INTEGER,
        old_url TEXT,
        old_text TEXT,
        old_text_size INTEGER,
        old_by_hand INTEGER,
        old_changed_at INTEGER,
        network_id TEXT,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        day INTEGER NOT NULL,
        published_at INTEGER,
        url TEXT NOT NULL,
        text_size INTEGER NOT NULL,
        by_hand INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        PRIMARY KEY (import_id, post_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX import_post_told ON import_post (post_id)",
    """CREATE TABLE import_mark (
        import_id INTEGER NOT NULL REFERENCES file_import,
        post_id INTEGER NOT NULL,
        topic_id INTEGER NOT NULL,
        PRIMARY KEY (import_id, post_id, topic_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE import_topic (
        import_id INTEGER NOT NULL REFERENCES file_import,
        topic_id INTEGER NOT NULL,
        PRIMARY KEY (import_id, topic_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE import_account (
        import_id INTEGER NOT NULL REFERENCES file_import,
        account_id INTEGER NOT NULL,
        added INTEGER NOT NULL CHECK (added IN (0, 1)),
        old_data_at INTEGER,
        old_posts_at INTEGER,
        data_at INTEGER,
        posts_at INTEGER,
        PRIMARY KEY (import_id, account_id)
    ) STRICT, WITHOUT ROWID""",
)


def m004_imports(db: Database) -> None:
    """Imports and what they wrote."""
    for statement in _IMPORTS:
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")
