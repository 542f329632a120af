"""What an import changes, written down by triggers that exist only while it runs.

They are triggers of the connection (TEMP), so a sync pays nothing for them, and whatever the import
writes is caught as it is written: the row as it stood before, and as it was left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from store.sqlite.driver import Session
from store.sqlite.topics import TOLD


@dataclass(frozen=True, slots=True)
class Log:
    """The log of one table: `keys` and `state` by the log's column, each the column or expression of it.

    `state` is what a row is compared by; `saved` are columns kept of the row as it stood before only.
    The first column of `state` that is never NULL is `mark`: where its old one is NULL, the row was new.
    """

    table: str
    name: str
    keys: Mapping[str, str]
    state: Mapping[str, str]
    mark: str
    saved: tuple[str, ...] = ()

    def of(self, row: str, columns: Mapping[str, str]) -> str:
        """The columns as expressions over the row `row` of the table."""
        return ", ".join(expression.format(row=row) for expression in columns.values())

    def same(self, row: str, log: str = "log", prefix: str = "") -> str:
        """The condition that the row is as the log says it was left (or, by prefix `old_`, found)."""
        names = ", ".join(f"{log}.{prefix}{name}" for name in self.state)
        return f"({self.of(row, self.state)}) IS ({names})"

    def match(self, row: str, log: str = "log") -> str:
        """The condition that a line of the log is about the row."""
        return " AND ".join(f"{expr.format(row=row)} = {log}.{name}" for name, expr in self.keys.items())


def _plain(*names: str) -> dict[str, str]:
    return {name: f"{{row}}.{name}" for name in names}


_FIGURE = _plain("value", "exactness", "taken_at")
READINGS = Log("reading", "import_reading", _plain("account_id", "metric_id", "day"), _FIGURE, "value")
POST_READINGS = Log(
    "post_reading", "import_post_reading", _plain("post_id", "metric_id", "day"), _FIGURE, "value"
)
POSTS = Log(
    "post",
    "import_post",
    {"post_id": "{row}.id"},
    {
        **_plain("network_id", "kind", "state", "day", "published_at", "url"),
        "text_size": "length({row}.text)",
        **_plain("by_hand", "changed_at"),
    },
    "kind",
    ("text",),
)

_OTHER = (
    ("post_topic", "INSERT", f"WHEN new.source = {TOLD}", "import_mark", "new.post_id, new.topic_id"),
    ("post_topic", "UPDATE", f"WHEN new.source = {TOLD}", "import_mark", "new.post_id, new.topic_id"),
    ("topic", "INSERT", "", "import_topic", "new.id"),
    ("account", "INSERT", "", "import_account", "new.id, 1, NULL, NULL, new.data_at, new.posts_at"),
)
_ACCOUNT_UPDATE = """AFTER UPDATE OF data_at, posts_at ON main.account
    WHEN (old.data_at, old.posts_at) IS NOT (new.data_at, new.posts_at)
    BEGIN INSERT INTO import_account
    VALUES ({number}, new.id, 0, old.data_at, old.posts_at, new.data_at, new.posts_at)
    ON CONFLICT (import_id, account_id) DO UPDATE
    SET data_at = excluded.data_at, posts_at = excluded.posts_at; END"""


@contextmanager
def logging_as(session: Session, number: int) -> Iterator[None]:
    """Write down what is changed meanwhile as the import `number`; within a write transaction.

    When that is rolled back, the triggers go with what they have written.
    """
    bodies = list(_bodies(number))
    for place, body in enumerate(bodies):
        session.run(f"CREATE TEMP TRIGGER import_log_{place} {body}")
    yield
    for place in range(len(bodies)):
        session.run(f"DROP TRIGGER temp.import_log_{place}")


def _bodies(number: int) -> Iterator[str]:
    for log in (READINGS, POST_READINGS, POSTS):
        yield from _of_log(log, number)
    for table, event, when, name, values in _OTHER:
        yield (
            f"AFTER {event} ON main.{table} {when} BEGIN"
            f" INSERT OR IGNORE INTO {name} VALUES ({number}, {values}); END"
        )
    yield _ACCOUNT_UPDATE.format(number=number)


def _of_log(log: Log, number: int) -> Iterator[str]:
    keys, state = ", ".join(log.keys), ", ".join(log.state)
    old = ", ".join(f"old_{name}" for name in (*log.state, *log.saved))
    again = ", ".join(f"{name} = excluded.{name}" for name in log.state)
    upsert = f"ON CONFLICT (import_id, {keys}) DO UPDATE SET {again}; END"
    new_keys, new_state = log.of("new", log.keys), log.of("new", log.state)
    old_state = log.of("old", {**log.state, **_plain(*log.saved)})
    yield (
        f"AFTER INSERT ON main.{log.table} BEGIN INSERT INTO {log.name} (import_id, {keys}, {state})"
        f" VALUES ({number}, {new_keys}, {new_state}) {upsert}"
    )
    yield (
        f"AFTER UPDATE ON main.{log.table}"
        f" WHEN ({log.of('old', log.state)}) IS NOT ({new_state})"
        f" BEGIN INSERT INTO {log.name} (import_id, {keys}, {old}, {state})"
        f" VALUES ({number}, {new_keys}, {old_state}, {new_state}) {upsert}"
    )
