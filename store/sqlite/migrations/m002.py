"""Step 2: agreements, topics that posts are matched with, what is said between two calls with a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.sqlite.migrations.m001 import NEXT_MARK

if TYPE_CHECKING:
    from sqlite_utils import Database


def _marks(table: str, client: str = "new.client_id", events: str = "INSERT UPDATE") -> list[str]:
    """Triggers that tell a board of the client when a row of the table is written."""
    return [
        f"""CREATE TRIGGER {table}_{event.lower()}_told AFTER {event} ON {table}
        BEGIN INSERT INTO client_change (client_id, mark)
        SELECT id, {NEXT_MARK} FROM client WHERE id = {client}
        ON CONFLICT (client_id) DO UPDATE SET mark = {NEXT_MARK}; END"""
        for event in events.split()
    ]


def _append_only(table: str) -> list[str]:
    """Triggers that refuse to rewrite what was once said."""
    return [
        f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
        BEGIN SELECT raise(ABORT, '{table}s are append-only'); END"""
        for name, event in (("stays", "UPDATE"), ("is_kept", "DELETE"))
    ]


_FORGET_MATCHER = """UPDATE post SET matched_by = NULL WHERE matched_by IS NOT NULL
    AND account_id IN (SELECT id FROM account WHERE client_id = new.client_id)"""
_TOPICS = (
    *(
        f"ALTER TABLE topic ADD COLUMN {column} TEXT NOT NULL DEFAULT '[]' CHECK (json_valid({column}))"
        for column in ("words", "hashtags", "links")
    ),
    "ALTER TABLE topic ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE topic ADD COLUMN author TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE topic ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE post ADD COLUMN matched_by TEXT",
    "CREATE INDEX post_matched ON post (account_id, matched_by)",
    # mark: about (1), not about (-1), perhaps about (0); source: matched (0), told (1), by hand (2)
    """CREATE TABLE post_mark (
        post_id INTEGER NOT NULL REFERENCES post,
        topic_id INTEGER NOT NULL REFERENCES topic,
        mark INTEGER NOT NULL CHECK (mark IN (1, 0, -1)),
        source INTEGER NOT NULL CHECK (source IN (0, 1, 2)),
        PRIMARY KEY (post_id, topic_id),
        CHECK (mark <> 0 OR source = 0)
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO post_mark (post_id, topic_id, mark, source)
        SELECT post_id, topic_id, mark, 1 + by_hand FROM post_topic""",
    "DROP TABLE post_topic",
    "ALTER TABLE post_mark RENAME TO post_topic",
    "CREATE INDEX post_topic_suggested ON post_topic (topic_id) WHERE mark = 0",
    """CREATE TRIGGER post_text_changed AFTER UPDATE OF text ON post WHEN old.text <> new.text
        BEGIN UPDATE post SET matched_by = NULL WHERE id = new.id; END""",
    f"CREATE TRIGGER topic_added AFTER INSERT ON topic BEGIN {_FORGET_MATCHER}; END",
    f"""CREATE TRIGGER topic_changed AFTER UPDATE OF name, words, hashtags, links ON topic
        WHEN (old.name, old.words, old.hashtags, old.links) <> (new.name, new.words, new.hashtags, new.links)
        BEGIN {_FORGET_MATCHER}; END""",
    """CREATE TRIGGER account_moved AFTER UPDATE OF client_id ON account WHEN old.client_id <> new.client_id
        BEGIN UPDATE post SET matched_by = NULL WHERE account_id = new.id; END""",
    *_marks("topic"),
)

_GOALS = (
    "ALTER TABLE goal ADD COLUMN wish TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE goal ADD COLUMN term TEXT",
    "ALTER TABLE revision ADD COLUMN undoes INTEGER",
    """CREATE TABLE verdict_day (
        goal_id INTEGER NOT NULL REFERENCES goal,
        day INTEGER NOT NULL,
        status TEXT NOT NULL,
        chance REAL,
        progress REAL,
        PRIMARY KEY (goal_id, day)
    ) STRICT, WITHOUT ROWID""",
)

_AGREEMENTS = (
    """CREATE TABLE agreement (
        client_id INTEGER NOT NULL REFERENCES client,
        version INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        reason TEXT NOT NULL,
        terms TEXT NOT NULL CHECK (json_valid(terms)),
        PRIMARY KEY (client_id, version)
    ) STRICT""",
    """CREATE TABLE acceptance (
        client_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        accepted_by TEXT NOT NULL,
        accepted_on INTEGER NOT NULL,
        author TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        PRIMARY KEY (client_id, version),
        FOREIGN KEY (client_id, version) REFERENCES agreement
    ) STRICT, WITHOUT ROWID""",
    *_append_only("agreement"),
    *_append_only("acceptance"),
    *_marks("agreement", events="INSERT"),
    *_marks("acceptance", events="INSERT"),
)

_RHYTHM = (
    """CREATE TABLE check_in (
        id INTEGER PRIMARY KEY,
        goal_id INTEGER NOT NULL REFERENCES goal,
        day INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('on_track', 'risk', 'off')),
        why TEXT NOT NULL,
        by_rule INTEGER NOT NULL CHECK (by_rule IN (0, 1)),
        UNIQUE (goal_id, day)
    ) STRICT""",
    "CREATE INDEX check_in_day ON check_in (day)",
    *_marks("check_in", "(SELECT client_id FROM goal WHERE id = new.goal_id)"),
    """CREATE TABLE call (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        day INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        notes TEXT NOT NULL,
        decisions TEXT NOT NULL CHECK (json_valid(decisions))
    ) STRICT""",
    "CREATE INDEX call_day ON call (client_id, day)",
    *_marks("call", events="INSERT"),
    """CREATE TABLE material (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        what TEXT NOT NULL,
        asked_on INTEGER NOT NULL,
        received_on INTEGER,
        version INTEGER NOT NULL DEFAULT 1,
        author TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX material_client ON material (client_id)",
    *_marks("material"),
)

_WARNINGS = (
    """CREATE TABLE warning (
        key TEXT PRIMARY KEY,
        client_id INTEGER REFERENCES client,
        first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        severity TEXT NOT NULL,
        told_at INTEGER,
        acknowledged_by TEXT,
        acknowledged_at INTEGER,
        snoozed_by TEXT,
        snoozed_until INTEGER,
        gone_at INTEGER
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX warning_client ON warning (client_id)",
    *_marks("warning", events="INSERT"),
    # a warning that is merely seen again changes nothing on a board
    f"""CREATE TRIGGER warning_update_told
        AFTER UPDATE OF severity, acknowledged_at, snoozed_until, gone_at ON warning
        WHEN old.severity <> new.severity OR old.acknowledged_at IS NOT new.acknowledged_at
        OR old.snoozed_until IS NOT new.snoozed_until OR old.gone_at IS NOT new.gone_at
        BEGIN INSERT INTO client_change (client_id, mark)
        SELECT id, {NEXT_MARK} FROM client WHERE id = new.client_id
        ON CONFLICT (client_id) DO UPDATE SET mark = {NEXT_MARK}; END""",
)

#: The number of clients is a figure of the specialist's: a goal on it waits for a new verdict.
_COUNT_AGAIN = """UPDATE evaluation SET judged_on = 0 WHERE metric = 'clients' AND dropped = 0
    AND client_id = (SELECT id FROM client WHERE kind = 'self')"""
_CLIENTS = (
    "ALTER TABLE client ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE client ADD COLUMN archived_at INTEGER",
    "UPDATE client SET added_at = changed_at, archived_at = CASE WHEN archived THEN changed_at END",
    f"CREATE TRIGGER client_joined AFTER INSERT ON client BEGIN {_COUNT_AGAIN}; END",
    f"""CREATE TRIGGER client_left AFTER UPDATE OF archived, kind ON client
        WHEN old.archived <> new.archived OR old.kind <> new.kind BEGIN {_COUNT_AGAIN}; END""",
)


def m002_agreements(db: Database) -> None:
    """Agreements, topics with words, the history of verdicts, check-ins, calls, materials, warnings."""
    for statement in (*_TOPICS, *_GOALS, *_AGREEMENTS, *_RHYTHM, *_WARNINGS, *_CLIENTS):
        db.execute(statement)
    db.execute("PRAGMA user_version = 2")
