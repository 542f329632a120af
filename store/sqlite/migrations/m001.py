"""Step 1: everything that the first release stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.sqlite.driver import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Database

_PEOPLE = (
    """CREATE TABLE client (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('client', 'self')),
        timezone TEXT NOT NULL,
        manager TEXT,
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        version INTEGER NOT NULL DEFAULT 1,
        author TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        holidays_until INTEGER
    ) STRICT""",
    "CREATE UNIQUE INDEX client_self ON client (kind) WHERE kind = 'self'",
    """CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        network TEXT NOT NULL,
        handle TEXT NOT NULL,
        folded TEXT NOT NULL,
        network_id TEXT,
        title TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT '',
        tokens TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tokens)),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        last_ok_at INTEGER,
        data_at INTEGER,
        posts_at INTEGER,
        fence INTEGER NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 1,
        author TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX account_client ON account (client_id, network)",
    """CREATE UNIQUE INDEX account_network_id ON account (client_id, network, network_id)
        WHERE network_id IS NOT NULL AND archived = 0""",
    "CREATE UNIQUE INDEX account_manual ON account (client_id) WHERE network = 'manual'",
    """CREATE TABLE topic (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        UNIQUE (client_id, folded)
    ) STRICT""",
)

_FIGURES = (
    "CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE reading (
        account_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        value REAL NOT NULL CHECK (value BETWEEN -1e18 AND 1e18),
        exactness INTEGER NOT NULL,
        taken_at INTEGER NOT NULL,
        PRIMARY KEY (account_id, metric_id, day)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE latest (
        account_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        value REAL NOT NULL,
        exactness INTEGER NOT NULL,
        taken_at INTEGER NOT NULL,
        PRIMARY KEY (account_id, metric_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE gap (
        account_id INTEGER NOT NULL REFERENCES account,
        metric_id INTEGER NOT NULL REFERENCES metric,
        reason TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL CHECK (last >= first),
        PRIMARY KEY (account_id, metric_id, reason, first)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        metric_id INTEGER NOT NULL REFERENCES metric,
        day INTEGER NOT NULL,
        amount REAL NOT NULL CHECK (amount BETWEEN -1e18 AND 1e18),
        note TEXT NOT NULL,
        author TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX entry_day ON entry (client_id, metric_id, day)",
)

_POSTS = (
    """CREATE TABLE post (
        id INTEGER PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account,
        network_id TEXT,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('planned', 'published', 'deleted')),
        day INTEGER NOT NULL,
        published_at INTEGER,
        url TEXT NOT NULL,
        text TEXT NOT NULL,
        by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
        given_day INTEGER,
        given_text TEXT,
        author TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX post_network_id ON post (account_id, network_id) WHERE network_id IS NOT NULL",
    "CREATE INDEX post_day ON post (account_id, day)",
    """CREATE TABLE post_reading (
        post_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        value REAL NOT NULL CHECK (value BETWEEN -1e18 AND 1e18),
        exactness INTEGER NOT NULL,
        taken_at INTEGER NOT NULL,
        PRIMARY KEY (post_id, metric_id, day)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE post_latest (
        post_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        value REAL NOT NULL,
        PRIMARY KEY (post_id, metric_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE post_topic (
        post_id INTEGER NOT NULL REFERENCES post,
        topic_id INTEGER NOT NULL REFERENCES topic,
        mark INTEGER NOT NULL CHECK (mark IN (1, -1)),
        by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
        PRIMARY KEY (post_id, topic_id)
    ) STRICT, WITHOUT ROWID""",
)

#: A verdict's row repeats the goal's own words, so that the board is read from one table.
_WORDS = (
    "client_id, account_id, network, metric, kind, amount, period, topic, title,"
    " start, deadline, baseline, dropped"
)
_NEW_WORDS = ", ".join(f"new.{word.strip()}" for word in _WORDS.split(","))
#: The handle of a goal's account, where its client has more than one in that network.
_TELLING_ACCOUNT = """(SELECT a.handle FROM account a WHERE a.id = {goal}.account_id AND EXISTS (
    SELECT 1 FROM account b WHERE b.client_id = a.client_id AND b.network = a.network
    AND b.id <> a.id AND b.archived = 0))"""
_RENAME = f"""UPDATE evaluation SET account = {_TELLING_ACCOUNT.format(goal="evaluation")}
    WHERE client_id = new.client_id AND account_id IS NOT NULL"""
#: Marks grow from commit to commit, so that a board can ask whose goals it has to read again.
NEXT_MARK = "(SELECT coalesce(max(mark), 0) + 1 FROM client_change)"
_MARK_GOALS = f"""INSERT INTO client_change (client_id, mark) VALUES (new.client_id, {NEXT_MARK})
    ON CONFLICT (client_id) DO UPDATE SET mark = {NEXT_MARK}"""
_MARK_CLIENT = f"""INSERT INTO client_change (client_id, mark, own_mark)
    VALUES (new.id, {NEXT_MARK}, {NEXT_MARK})
    ON CONFLICT (client_id) DO UPDATE SET mark = {NEXT_MARK}, own_mark = {NEXT_MARK}"""

_GOALS = (
    """CREATE TABLE goal (
        id INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client,
        account_id INTEGER REFERENCES account,
        network TEXT,
        metric TEXT NOT NULL,
        kind TEXT NOT NULL,
        amount REAL,
        period TEXT,
        topic TEXT,
        title TEXT NOT NULL,
        start INTEGER NOT NULL,
        deadline INTEGER,
        baseline REAL,
        agreed_on INTEGER,
        agreed_by TEXT,
        priority INTEGER,
        dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
        version INTEGER NOT NULL DEFAULT 1,
        author TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX goal_client ON goal (client_id)",
    """CREATE TABLE evaluation (
        goal_id INTEGER PRIMARY KEY REFERENCES goal,
        client_id INTEGER NOT NULL,
        account_id INTEGER,
        account TEXT,
        network TEXT,
        metric TEXT NOT NULL,
        kind TEXT NOT NULL,
        amount REAL,
        period TEXT,
        topic TEXT,
        title TEXT NOT NULL,
        start INTEGER NOT NULL,
        deadline INTEGER,
        baseline REAL,
        dropped INTEGER NOT NULL,
        status TEXT NOT NULL DEFAULT 'draft',
        current REAL,
        target REAL,
        progress REAL,
        expected REAL,
        safe_days INTEGER,
        needed_per_day REAL,
        due_today INTEGER,
        planned_today INTEGER NOT NULL DEFAULT 0,
        chance REAL,
        band_low REAL,
        band_high REAL,
        as_of INTEGER,
        judged_on INTEGER NOT NULL DEFAULT 0,
        urgency INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX evaluation_client ON evaluation (client_id, dropped, urgency)",
    f"""CREATE TRIGGER goal_added AFTER INSERT ON goal
        BEGIN INSERT INTO evaluation (goal_id, account, {_WORDS})
        VALUES (new.id, {_TELLING_ACCOUNT.format(goal="new")}, {_NEW_WORDS}); END""",
    f"""CREATE TRIGGER goal_edited AFTER UPDATE ON goal
        BEGIN UPDATE evaluation SET (account, {_WORDS})
        = ({_TELLING_ACCOUNT.format(goal="new")}, {_NEW_WORDS}) WHERE goal_id = new.id; END""",
    """CREATE TABLE client_change (
        client_id INTEGER PRIMARY KEY REFERENCES client,
        mark INTEGER NOT NULL,
        own_mark INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE UNIQUE INDEX client_change_mark ON client_change (mark)",
    f"CREATE TRIGGER verdict_added AFTER INSERT ON evaluation BEGIN {_MARK_GOALS}; END",
    f"CREATE TRIGGER verdict_changed AFTER UPDATE ON evaluation BEGIN {_MARK_GOALS}; END",
    f"CREATE TRIGGER client_added AFTER INSERT ON client BEGIN {_MARK_CLIENT}; END",
    f"CREATE TRIGGER client_changed AFTER UPDATE ON client BEGIN {_MARK_CLIENT}; END",
    f"CREATE TRIGGER account_added AFTER INSERT ON account BEGIN {_RENAME}; END",
    f"""CREATE TRIGGER account_renamed AFTER UPDATE OF handle, archived ON account
        WHEN old.handle <> new.handle OR old.archived <> new.archived BEGIN {_RENAME}; END""",
    """CREATE TABLE revision (
        goal_id INTEGER NOT NULL REFERENCES goal,
        number INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        why TEXT NOT NULL,
        agreed_on INTEGER,
        changes TEXT NOT NULL CHECK (json_valid(changes)),
        PRIMARY KEY (goal_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER revision_stays BEFORE UPDATE ON revision
        BEGIN SELECT raise(ABORT, 'revisions are append-only'); END""",
    """CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
        BEGIN SELECT raise(ABORT, 'revisions are append-only'); END""",
)

_CALENDARS = (
    """CREATE TABLE day_off (
        id INTEGER PRIMARY KEY,
        client_id INTEGER REFERENCES client,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL CHECK (last >= first),
        reason TEXT NOT NULL,
        author TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE holiday (
        client_id INTEGER NOT NULL REFERENCES client,
        day INTEGER NOT NULL,
        working INTEGER NOT NULL CHECK (working IN (0, 1)),
        PRIMARY KEY (client_id, day)
    ) STRICT, WITHOUT ROWID""",
)

_RUNS = (
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at INTEGER NOT NULL,
        finished_at INTEGER,
        status TEXT NOT NULL,
        requests INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE unit (
        run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
        account_id INTEGER NOT NULL REFERENCES account,
        status TEXT NOT NULL,
        finished_at INTEGER NOT NULL,
        readings INTEGER NOT NULL,
        posts INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        trouble_kind TEXT,
        trouble_code TEXT,
        trouble_detail TEXT,
        trouble_facts TEXT CHECK (trouble_facts IS NULL OR json_valid(trouble_facts)),
        PRIMARY KEY (run_id, account_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX unit_account ON unit (account_id, run_id)",
    """CREATE TABLE cursor (
        account_id INTEGER NOT NULL REFERENCES account,
        part TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (account_id, part)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE token_block (
        token TEXT NOT NULL,
        method TEXT NOT NULL,
        scope TEXT NOT NULL,
        until INTEGER NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (token, method, scope)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE token_call (
        token TEXT NOT NULL,
        method TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        calls INTEGER NOT NULL,
        PRIMARY KEY (token, method, made_at)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)


def m001_first_schema(db: Database) -> None:
    """Everything that the first release stores."""
    for statement in (*_PEOPLE, *_FIGURES, *_POSTS, *_GOALS, *_CALENDARS, *_RUNS):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")
