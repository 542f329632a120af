"""Two accounts of one client that prove to be one: the twin's history goes to the one that is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from goals.model import AccountId
from store.sqlite.content import PostWriter
from store.sqlite.figures import FigureWriter
from store.sqlite.rows import seconds_of

if TYPE_CHECKING:
    from datetime import datetime

    from store.changes import Profile

_KEPT = """SELECT twin.id FROM account own JOIN account twin ON twin.client_id = own.client_id
    AND twin.network = own.network AND twin.id <> own.id
    WHERE own.id = ?1 AND own.archived = 0 AND (own.network_id IS NULL OR own.network_id = ?2)
    AND twin.archived = 0 AND twin.network_id = ?2"""
#: Posts that both accounts have: (that of the twin, that of the kept account).
_SAME_POSTS = """SELECT t.id, k.id FROM post t JOIN post k ON k.network_id = t.network_id
    WHERE t.account_id = ? AND k.account_id = ?"""
_TOPICS = """INSERT INTO post_topic (post_id, topic_id, mark, source)
    SELECT ?2, topic_id, mark, source FROM post_topic WHERE post_id = ?1
    ON CONFLICT (post_id, topic_id) DO UPDATE SET mark = excluded.mark, source = excluded.source
    WHERE excluded.source > post_topic.source"""
_POST_READINGS = """INSERT OR IGNORE INTO post_reading (post_id, metric_id, day, value, exactness, taken_at)
    SELECT ?2, metric_id, day, value, exactness, taken_at FROM post_reading WHERE post_id = ?1"""
_POST_LATEST = """INSERT INTO post_latest (post_id, metric_id, day, value)
    SELECT ?2, metric_id, day, value FROM post_latest WHERE post_id = ?1
    ON CONFLICT (post_id, metric_id) DO UPDATE SET day = excluded.day, value = excluded.value
    WHERE excluded.day > post_latest.day"""
#: What was told by hand or a file is found again when it is told once more; what rules matched is looked
#: at anew, for the twin's text may have been another one.
_GIVEN = """UPDATE post SET given_day = coalesce(post.given_day, t.given_day),
    given_text = coalesce(post.given_text, t.given_text), matched_by = NULL
    FROM (SELECT given_day, given_text FROM post WHERE id = ?1) t WHERE post.id = ?2"""
_READINGS = """INSERT OR IGNORE INTO reading (account_id, metric_id, day, value, exactness, taken_at)
    SELECT ?2, metric_id, day, value, exactness, taken_at FROM reading WHERE account_id = ?1"""
_LATEST = """INSERT INTO latest (account_id, metric_id, day, value, exactness, taken_at)
    SELECT r.account_id, r.metric_id, r.day, r.value, r.exactness, r.taken_at
    FROM latest t JOIN reading r ON r.account_id = ?2 AND r.metric_id = t.metric_id
    AND r.day = (SELECT max(day) FROM reading WHERE account_id = ?2 AND metric_id = t.metric_id)
    WHERE t.account_id = ?1
    ON CONFLICT (account_id, metric_id) DO UPDATE SET day = excluded.day, value = excluded.value,
    exactness = excluded.exactness, taken_at = excluded.taken_at"""
_GAPS = """INSERT OR IGNORE INTO gap (account_id, metric_id, reason, first, last)
    SELECT ?2, metric_id, reason, first, last FROM gap WHERE account_id = ?1
    AND EXISTS (SELECT 1 FROM account WHERE id = ?2 AND data_at IS NULL)"""
_CURSORS = """INSERT OR IGNORE INTO cursor (account_id, part, value)
    SELECT ?2, part, value FROM cursor WHERE account_id = ?1
    AND EXISTS (SELECT 1 FROM account WHERE id = ?2 AND data_at IS NULL)"""
_KEEP = """UPDATE account SET data_at = nullif(max(coalesce(account.data_at, 0), coalesce(t.data_at, 0)), 0),
    last_ok_at = nullif(max(coalesce(account.last_ok_at, 0), coalesce(t.last_ok_at, 0)), 0),
    posts_at = nullif(max(coalesce(account.posts_at, 0), coalesce(t.posts_at, 0)), 0),
    url = CASE WHEN account.url = '' THEN t.url ELSE account.url END,
    tokens = ?3, version = version + 1, changed_at = ?4
    FROM (SELECT data_at, last_ok_at, posts_at, url FROM account WHERE id = ?1) t WHERE account.id = ?2"""
_PUT_AWAY = """UPDATE account SET archived = 1, network_id = ?2, data_at = NULL, last_ok_at = NULL,
    posts_at = NULL, tokens = '[]', version = version + 1, changed_at = ?3 WHERE id = ?1"""


class MergeWriter(FigureWriter, PostWriter):
    """Merges twins; the methods with an underscore are parts of a larger transaction."""

    def _merge_twin(self, account_id: AccountId, profile: Profile, now: datetime) -> AccountId | None:
        """Give what the account holds to the client's live account of the profile's network id.

        Nothing of the kept account is overwritten; the twin is put away, empty.

        Returns:
            The account that is kept; None where there is no other of that id.
        """
        kept: int | None = self._db.value(_KEPT, (account_id, profile.network_id))
        if kept is None:
            return None
        pair = (account_id, kept)
        self._merge_posts(account_id, kept)
        for statement in (_READINGS, _LATEST, _GAPS, _CURSORS):
            self._db.run(statement, pair)
        for table in ("reading", "latest", "gap", "cursor"):
            self._db.run(f"DELETE FROM {table} WHERE account_id = ?", (account_id,))
        self._db.run(
            "UPDATE goal SET account_id = ?2, version = version + 1, changed_at = ?3 WHERE account_id = ?1",
            (*pair, seconds_of(now)),
        )
        self._db.run(_KEEP, (*pair, self._joined_tokens(account_id, kept), seconds_of(now)))
        self._db.run(_PUT_AWAY, (account_id, profile.network_id, seconds_of(now)))
        return AccountId(kept)

    def _merge_posts(self, twin: int, kept: int) -> None:
        for doubled in self._db.rows(_SAME_POSTS, (twin, kept)):
            for statement in (_TOPICS, _POST_READINGS, _POST_LATEST, _GIVEN):
                self._db.run(statement, tuple(doubled))
            for table in ("post_topic", "post_reading", "post_latest"):
                self._db.run(f"DELETE FROM {table} WHERE post_id = ?", (doubled[0],))
            self._db.run("DELETE FROM post WHERE id = ?", (doubled[0],))
        self._db.run("UPDATE post SET account_id = ? WHERE account_id = ?", (kept, twin))

    def _joined_tokens(self, twin: int, kept: int) -> str:
        """The tokens of both, those of the kept account first, as they are stored."""
        lists = (
            json.loads(self._db.value("SELECT tokens FROM account WHERE id = ?", (number,)))
            for number in (kept, twin)
        )
        return json.dumps(list(dict.fromkeys(name for tokens in lists for name in tokens)))
