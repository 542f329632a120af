"""Taking an import back: what stands as the import left it becomes what it was; the rest stays."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from goals.model import AccountId
from store.errors import NotFoundError, NothingToUndoError
from store.sqlite.figures import NEWEST
from store.sqlite.imports import ImportWriter
from store.sqlite.imports_log import POST_READINGS, POSTS, READINGS, Log
from store.sqlite.rows import seconds_of
from store.sqlite.topics import MATCHED, TOLD
from store.values import ImportUndone

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOUCHED = """SELECT account_id FROM import_reading WHERE import_id = ?1
    UNION SELECT account_id FROM import_account WHERE import_id = ?1
    UNION SELECT p.account_id FROM post p WHERE p.id IN (SELECT post_id FROM import_post WHERE import_id = ?1
        UNION SELECT post_id FROM import_post_reading WHERE import_id = ?1
        UNION SELECT post_id FROM import_mark WHERE import_id = ?1)"""
_PAIRS = "SELECT DISTINCT {key}, metric_id FROM {log} WHERE import_id = ?1"
_NEWEST_OF_POSTS = f"""INSERT INTO post_latest (post_id, metric_id, day, value)
    SELECT r.post_id, r.metric_id, r.day, r.value FROM post_reading r
    WHERE (r.post_id, r.metric_id) IN ({_PAIRS.format(key="post_id", log="import_post_reading")})
    AND r.day = (SELECT max(day) FROM post_reading x
        WHERE x.post_id = r.post_id AND x.metric_id = r.metric_id)"""
#: Posts that the import added, that are as it left them, and of which nobody else has told anything.
_OURS = f"""SELECT p.id FROM post p JOIN import_post log ON {POSTS.match("p")}
    WHERE log.import_id = ?1 AND log.old_kind IS NULL AND {POSTS.same("p")}
    AND NOT EXISTS (SELECT 1 FROM post_reading r WHERE r.post_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM post_topic t WHERE t.post_id = p.id AND t.source <> {MATCHED})"""
_FRESHNESS = """UPDATE account SET data_at = log.old_data_at, posts_at = log.old_posts_at
    FROM import_account log WHERE log.import_id = ?1 AND log.account_id = account.id AND log.added = 0
    AND (account.data_at, account.posts_at) IS (log.data_at, log.posts_at)"""
_LATER_FRESHNESS = """UPDATE import_account AS later
    SET old_data_at = mine.old_data_at, old_posts_at = mine.old_posts_at
    FROM import_account mine WHERE mine.import_id = ?1 AND later.import_id > ?1
    AND later.account_id = mine.account_id
    AND (later.old_data_at, later.old_posts_at) IS (mine.data_at, mine.posts_at)"""
#: Accounts that the import added and that hold nothing.
_EMPTY = """SELECT a.id FROM account a JOIN import_account log ON log.account_id = a.id
    WHERE log.import_id = ?1 AND log.added = 1 AND a.version = 1 AND NOT EXISTS (
        SELECT 1 FROM reading WHERE account_id = a.id UNION ALL SELECT 1 FROM post WHERE account_id = a.id
        UNION ALL SELECT 1 FROM goal WHERE account_id = a.id
        UNION ALL SELECT 1 FROM unit WHERE account_id = a.id
        UNION ALL SELECT 1 FROM gap WHERE account_id = a.id
        UNION ALL SELECT 1 FROM cursor WHERE account_id = a.id)"""


class ImportUndoer(ImportWriter):
    """Takes imports back."""

    def undo_import(self, number: int | None, *, author: str, now: datetime) -> ImportUndone:
        """Take an import back, the newest that was not taken back yet without a number.

        Raises NotFoundError for a number that there is not, NothingToUndoError where it was taken back
        already or there is none to take back.
        """
        with self._db.transaction():
            number = self._to_undo(number)
            accounts = {AccountId(account) for (account,) in self._db.rows(_TOUCHED, (number,))}
            readings = self._take_back(READINGS, number)
            self._bring_latest_up(number)
            self._unmark_told(number)
            figures = self._take_back(POST_READINGS, number)
            pairs = _PAIRS.format(key="post_id", log="import_post_reading")
            self._db.run(f"DELETE FROM post_latest WHERE (post_id, metric_id) IN ({pairs})", (number,))
            self._db.run(_NEWEST_OF_POSTS, (number,))
            posts = self._posts_back(number)
            self._topics_away(number)
            removed, kept = self._accounts_back(number)
            self._db.run(
                "UPDATE file_import SET undone_at = ?, undone_by = ? WHERE id = ?",
                (seconds_of(now), author, number),
            )
            (record,) = (found for found in self.imports(-1) if found.id == number)
        return ImportUndone(
            record,
            figures=readings[0] + figures[0],
            posts=posts[0],
            accounts=len(removed),
            kept_figures=readings[1] + figures[1],
            kept_posts=posts[1],
            kept_accounts=kept,
            touched=frozenset(accounts - removed),
        )

    def _to_undo(self, number: int | None) -> int:
        if number is None:
            found = self._db.value("SELECT max(id) FROM file_import WHERE undone_at IS NULL")
            if found is None:
                raise NothingToUndoError("no import to take back")
            return int(found)
        row = self._db.row("SELECT undone_at FROM file_import WHERE id = ?", (number,))
        if row is None:
            raise NotFoundError(f"import {number}")
        if row[0] is not None:
            raise NothingToUndoError(f"import {number} was taken back")
        return number

    def _take_back(self, log: Log, number: int) -> tuple[int, int]:
        """Bring rows back to what they were; how many, and how many stay as they were changed since."""
        lines = self._db.value(f"SELECT count(*) FROM {log.name} WHERE import_id = ?", (number,))
        self._hand_over(log, number)
        mine = f"log.import_id = ?1 AND {log.match(log.table)} AND {log.same(log.table)}"
        restored = ", ".join(f"{name} = log.old_{name}" for name in log.state)
        back = self._db.run(
            f"UPDATE {log.table} SET {restored} FROM {log.name} log"
            f" WHERE {mine} AND log.old_{log.mark} IS NOT NULL",
            (number,),
        ).rowcount
        gone = self._db.run(
            f"DELETE FROM {log.table} WHERE ({', '.join(log.keys)}) IN (SELECT {log.of('log', log.keys)}"
            f" FROM {log.name} log JOIN {log.table} ON {mine} AND log.old_{log.mark} IS NULL)",
            (number,),
        ).rowcount
        return back + gone, lines - back - gone

    def _hand_over(self, log: Log, number: int) -> None:
        """Let a later import that stands on a row of this one stand on what was there before it."""
        names = (*log.state, *log.saved)
        restored = ", ".join(f"old_{name} = mine.old_{name}" for name in names)
        keys = " AND ".join(f"later.{key} = mine.{key}" for key in log.keys)
        before = ", ".join(f"later.old_{name}" for name in log.state)
        after = ", ".join(f"mine.{name}" for name in log.state)
        self._db.run(
            f"UPDATE {log.name} AS later SET {restored} FROM {log.name} mine"
            f" WHERE mine.import_id = ?1 AND later.import_id > ?1 AND {keys} AND ({before}) IS ({after})",
            (number,),
        )

    def _bring_latest_up(self, number: int) -> None:
        pairs = _PAIRS.format(key="account_id", log="import_reading")
        self._db.run(f"DELETE FROM latest WHERE (account_id, metric_id) IN ({pairs})", (number,))
        self._db.many(NEWEST, self._db.rows(pairs, (number,)))

    def _unmark_told(self, number: int) -> None:
        """Take the marks of the file away; a matcher looks at those posts again."""
        marks = "SELECT post_id, topic_id FROM import_mark WHERE import_id = ?1"
        self._db.run(
            "UPDATE post SET matched_by = NULL WHERE id IN"
            " (SELECT post_id FROM import_mark WHERE import_id = ?1)",
            (number,),
        )
        self._db.run(
            f"DELETE FROM post_topic WHERE source = {TOLD} AND (post_id, topic_id) IN ({marks})", (number,)
        )

    def _posts_back(self, number: int) -> tuple[int, int]:
        lines = self._db.value("SELECT count(*) FROM import_post WHERE import_id = ?", (number,))
        self._hand_over(POSTS, number)
        columns = [name for name in (*POSTS.state, *POSTS.saved) if name != "text_size"]
        restored = ", ".join(f"{name} = log.old_{name}" for name in columns)
        back = self._db.run(
            f"UPDATE post SET {restored} FROM import_post log WHERE log.import_id = ?1"
            f" AND {POSTS.match('post')} AND {POSTS.same('post')} AND log.old_kind IS NOT NULL",
            (number,),
        ).rowcount
        ours = [post for (post,) in self._db.rows(_OURS, (number,))]
        self._remove("post_topic", "post_id", ours)
        self._remove("post", "id", ours)
        return back + len(ours), lines - back - len(ours)

    def _topics_away(self, number: int) -> None:
        """Remove the topics that the import made and that nobody names or has changed since."""
        rows = self._db.rows(
            "SELECT t.id FROM topic t JOIN import_topic log ON log.topic_id = t.id"
            " WHERE log.import_id = ? AND t.version = 1",
            (number,),
        )
        for (topic_id,) in rows:
            with suppress(NotFoundError):  # somebody names it
                self.remove_topic(topic_id)

    def _accounts_back(self, number: int) -> tuple[set[AccountId], int]:
        """Give accounts their age back and remove the new ones; those removed, and how many had to stay."""
        self._db.run(_LATER_FRESHNESS, (number,))
        self._db.run(_FRESHNESS, (number,))
        empty = [account for (account,) in self._db.rows(_EMPTY, (number,))]
        self._db.many("UPDATE account SET archived = 1 WHERE id = ?", [(account,) for account in empty])
        self._remove("latest", "account_id", empty)
        self._remove("account", "id", empty)
        added = self._db.value(
            "SELECT count(*) FROM import_account WHERE import_id = ? AND added = 1", (number,)
        )
        return {AccountId(account) for account in empty}, added - len(empty)

    def _remove(self, table: str, column: str, ids: Iterable[int]) -> None:
        self._db.many(f"DELETE FROM {table} WHERE {column} = ?", [(number,) for number in ids])
