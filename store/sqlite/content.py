"""Writing posts: matched, merged, their figures and topics; nothing is ever replaced by nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from goals.model import AccountId, ClientId, Exactness, PostId, PostKind, PostReading, PostState
from store.errors import ExistsError, NotFoundError
from store.sqlite.imports_log import POSTS
from store.sqlite.matching import Matcher, StoredPost, given_text
from store.sqlite.rows import EXACTNESS_CODE, ids_json, seconds_of, seconds_or_none
from store.sqlite.topics import BY_HAND, MATCHED, TOLD, TopicWriter
from store.values import ByHand, ImportCounts

if TYPE_CHECKING:
    from store.changes import ObservedPost

#: The longest that a run reads an account: a post published meanwhile may be in neither of its lists.
_APPEARING_SECONDS = 3600

_STORED = "id, network_id, kind, state, day, published_at, url, text, by_hand, given_day, given_text"
_NEW = """INSERT INTO post (account_id, network_id, kind, state, day, published_at, url, text, by_hand,
    given_day, given_text, author, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_MERGE = """UPDATE post SET network_id = ?, kind = ?, state = ?, day = ?, published_at = ?, url = ?,
    text = ?, by_hand = ?, changed_at = ? WHERE id = ?"""
_FIGURE = """INSERT INTO post_reading (post_id, metric_id, day, value, exactness, taken_at)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (post_id, metric_id, day) DO UPDATE
    SET value = excluded.value, exactness = excluded.exactness, taken_at = excluded.taken_at"""
_NEWEST = """INSERT INTO post_latest (post_id, metric_id, day, value) VALUES (?, ?, ?, ?)
    ON CONFLICT (post_id, metric_id) DO UPDATE SET day = excluded.day, value = excluded.value"""

_EXACT = EXACTNESS_CODE[Exactness.EXACT]

#: A post that was entered by hand, or told by a file that names no post of a network.
_OURS = "SELECT id FROM post WHERE id = ? AND (by_hand = 1 OR network_id IS NULL)"


@dataclass(slots=True)
class _Origin:
    """Where posts come from: who tells them and when.

    A file may tell posts anew that a file told last (`left_by_files`); of those that a network tells it
    fills in what is missing.
    """

    account_id: AccountId
    client_id: ClientId
    now: int
    author: str = ""
    by_hand: int = 0
    from_file: bool = False
    left_by_files: frozenset[int] = frozenset()
    topics: dict[str, int] = field(default_factory=dict)


class PostWriter(TopicWriter):
    """Writes posts; the methods with an underscore are parts of a larger transaction."""

    def add_post(self, account_id: AccountId, post: ObservedPost, *, author: str, now: datetime) -> PostId:
        """Add a post or story by hand. Raises ExistsError for one of the same network id."""
        with self._db.transaction():
            origin = self._origin(account_id, now, author=author, by_hand=1)
            if post.network_id is not None:
                twin = self._db.value(
                    "SELECT id FROM post WHERE account_id = ? AND network_id = ?",
                    (account_id, post.network_id),
                )
                if twin is not None:
                    raise ExistsError(twin)
            row = self._insert(post, origin)
            self._add_topics(row.id, post, origin)
            self._write_figures([(row.id, figure) for figure in post.figures])
        return PostId(row.id)

    def remove_post(self, post_id: PostId) -> None:
        """Take back a post or story that no network has told of. Raises NotFoundError for any other."""
        with self._db.transaction():
            for table in ("post_topic", "post_latest", "post_reading"):
                self._db.run(f"DELETE FROM {table} WHERE post_id IN ({_OURS})", (post_id,))
            if self._db.run(f"DELETE FROM post WHERE id IN ({_OURS})", (post_id,)).rowcount == 0:
                raise NotFoundError(f"post {post_id}")

    def mark_topics(self, post_id: PostId, topics: ByHand, *, author: str, now: datetime) -> None:
        """Mark by hand what a post is about (True) or is not (False); None takes a mark by hand away."""
        with self._db.transaction():
            client_id = self._db.value(
                "SELECT a.client_id FROM post p JOIN account a ON a.id = p.account_id WHERE p.id = ?",
                (post_id,),
            )
            if client_id is None:
                raise NotFoundError(f"post {post_id}")
            self._db.many(
                f"INSERT INTO post_topic (post_id, topic_id, mark, source) VALUES (?, ?, ?, {BY_HAND})"
                f" ON CONFLICT (post_id, topic_id) DO UPDATE SET mark = excluded.mark, source = {BY_HAND}",
                [
                    (post_id, self.topic(client_id, name), 1 if about else -1)
                    for name, about in topics.items()
                    if about is not None
                ],
            )
            self._unmark(client_id, post_id, [name for name, about in topics.items() if about is None])
            self._db.run(
                "UPDATE post SET author = ?, changed_at = ? WHERE id = ?", (author, seconds_of(now), post_id)
            )

    def _unmark(self, client_id: int, post_id: PostId, names: Sequence[str]) -> None:
        """Take marks by hand away; a matcher looks at the post again, as they stood in its place."""
        if not names:
            return
        self._db.run(
            f"DELETE FROM post_topic WHERE post_id = ? AND source = {BY_HAND} AND topic_id IN (SELECT id"
            " FROM topic WHERE client_id = ? AND folded IN (SELECT value FROM json_each(?)))",
            (post_id, client_id, ids_json(name.casefold() for name in names)),
        )
        self._db.run("UPDATE post SET matched_by = NULL WHERE id = ?", (post_id,))

    def _origin(self, account_id: AccountId, now: datetime, *, author: str = "", by_hand: int = 0) -> _Origin:
        client_id = self._db.value("SELECT client_id FROM account WHERE id = ?", (account_id,))
        if client_id is None:
            raise NotFoundError(f"account {account_id}")
        return _Origin(account_id, client_id, seconds_of(now), author, by_hand)

    def _write_posts(
        self,
        account_id: AccountId,
        posts: Sequence[ObservedPost],
        now: datetime,
        *,
        from_file: bool = False,
    ) -> ImportCounts:
        """Write what a network or a file tells of an account's posts.

        What is known better than by the file stays: a figure of a later moment, an exact one, the
        network's own words.
        """
        if not posts:
            return ImportCounts(0, 0, 0)
        origin = self._origin(account_id, now)
        candidates = self._candidates(account_id, posts)
        if from_file:
            origin.from_file = True
            origin.left_by_files = self._left_by_files(row.id for row in candidates)
        matcher = Matcher(candidates, posts)
        fresh: set[int] = set()
        touched: set[int] = set()
        seen: set[int] = set()
        figures: list[tuple[int, PostReading]] = []
        for post in posts:
            row = matcher.find(post)
            if row is None:
                row = self._insert(post, origin)
                matcher.remember(row)
                fresh.add(row.id)
            elif self._merge(row, post, origin):
                touched.add(row.id)
            if self._add_topics(row.id, post, origin):
                touched.add(row.id)
            seen.add(row.id)
            figures += [(row.id, figure) for figure in post.figures]
        touched |= self._write_figures(self._not_known_better(figures) if from_file else figures)
        changed = len(touched - fresh)
        return ImportCounts(len(fresh), changed, len(seen) - len(fresh) - changed)

    def _left_by_files(self, post_ids: Iterable[int]) -> frozenset[int]:
        """Those of the posts that are as an import has left them."""
        rows = self._db.rows(
            f"SELECT p.id FROM post p JOIN import_post log ON {POSTS.match('p')}"
            f" WHERE p.id IN (SELECT value FROM json_each(?)) AND {POSTS.same('p')}",
            (ids_json(post_ids),),
        )
        return frozenset(post_id for (post_id,) in rows)

    def _not_known_better(self, figures: Sequence[tuple[int, PostReading]]) -> list[tuple[int, PostReading]]:
        """Those of a file's figures in whose place on that day no later and no more exact one stands."""
        ids = self._metric_ids({figure.metric for _, figure in figures})
        stored = {
            tuple(key): (exactness, taken_at)
            for *key, exactness, taken_at in self._db.rows(
                "SELECT post_id, metric_id, day, exactness, taken_at FROM post_reading"
                " WHERE post_id IN (SELECT value FROM json_each(?))",
                (ids_json({post_id for post_id, _ in figures}),),
            )
        }

        def is_news(post_id: int, figure: PostReading) -> bool:
            known = stored.get((post_id, ids.get(figure.metric), figure.day.toordinal()))
            if known is None:
                return True
            is_rougher = figure.exactness is Exactness.ROUNDED and known[0] == _EXACT
            return not is_rougher and known[1] <= seconds_of(figure.taken_at)

        return [(post_id, figure) for post_id, figure in figures if is_news(post_id, figure)]

    def _candidates(self, account_id: AccountId, posts: Sequence[ObservedPost]) -> list[StoredPost]:
        """The stored posts that the observed ones may be."""
        days = [post.day.toordinal() for post in posts]
        rows = self._db.rows(
            f"SELECT {_STORED} FROM post WHERE account_id = ?1 AND (day BETWEEN ?2 - 1 AND ?3 + 1"
            " OR given_day BETWEEN ?2 AND ?3 OR network_id IN (SELECT value FROM json_each(?4)))",
            (
                account_id,
                min(days),
                max(days),
                ids_json(post.network_id for post in posts if post.network_id is not None),
            ),
        )
        return [StoredPost(*row) for row in rows]

    def _insert(self, post: ObservedPost, origin: _Origin) -> StoredPost:
        told = post.network_id is None
        row = StoredPost(
            id=0,
            network_id=post.network_id,
            kind=post.kind.value,
            state=post.state.value,
            day=post.day.toordinal(),
            published_at=seconds_or_none(post.published_at),
            url=post.url,
            text=post.text,
            by_hand=origin.by_hand,
            given_day=post.day.toordinal() if told else None,
            given_text=given_text(post) if told else None,
        )
        values = (row.network_id, row.kind, row.state, row.day, row.published_at, row.url, row.text)
        given = (row.by_hand, row.given_day, row.given_text)
        row.id = self._db.add(_NEW, (origin.account_id, *values, *given, origin.author, origin.now))
        return row

    def _merge(self, row: StoredPost, post: ObservedPost, origin: _Origin) -> bool:
        """Bring a stored post up to what is told of it; whether that changed anything."""
        shown_again = row.state == PostState.DELETED and post.network_id is not None
        if post.state is PostState.PLANNED and not (row.state == PostState.PLANNED or shown_again):
            return False  # a plan read again says nothing new of what has come true
        if post.network_id is None and row.network_id is not None:
            return False  # the network knows it better than the file or hand that told it first
        if origin.from_file and row.network_id is not None and row.id not in origin.left_by_files:
            merged = _filled_in(row, post)
        else:
            merged = _told_anew(row, post)
        stored = (
            row.network_id,
            row.kind,
            row.state,
            row.day,
            row.published_at,
            row.url,
            row.text,
            row.by_hand,
        )
        if merged == stored:
            return False
        self._db.run(_MERGE, (*merged, origin.now, row.id))
        return True

    def _add_topics(self, post_id: int, post: ObservedPost, origin: _Origin) -> bool:
        """Add topics that nobody has marked by hand; whether any was new. What was told outweighs rules."""
        added = False
        for name in post.topics:
            if name not in origin.topics:
                origin.topics[name] = self.topic(origin.client_id, name)
            written = self._db.run(
                "INSERT INTO post_topic (post_id, topic_id, mark, source) VALUES (?, ?, 1, ?)"
                " ON CONFLICT (post_id, topic_id) DO UPDATE SET mark = 1, source = excluded.source"
                f" WHERE post_topic.source = {MATCHED}",
                (post_id, origin.topics[name], BY_HAND if origin.by_hand else TOLD),
            )
            added = added or written.rowcount > 0
        return added

    def _write_figures(self, figures: Sequence[tuple[int, PostReading]]) -> set[int]:
        """Write figures of posts where they say something new; the ids of those posts."""
        if not figures:
            return set()
        ids = self._made_metric_ids({figure.metric for _, figure in figures})
        newest = self._newest({post_id for post_id, _ in figures})
        readings, moved = [], set()
        for post_id, figure in sorted(figures, key=lambda item: item[1].day):
            key = (post_id, ids[figure.metric])
            day, value = newest.get(key, (0, None))
            told = figure.day.toordinal()
            known = value == figure.value if told >= day else self._is_known(key, told, figure.value)
            if known:
                continue
            row = (*key, told, figure.value, EXACTNESS_CODE[figure.exactness], seconds_of(figure.taken_at))
            readings.append(row)
            moved.add(post_id)
            if told >= day:
                newest[key] = (told, figure.value)
        self._db.many(_FIGURE, readings)
        written = {(row[0], row[1]) for row in readings}
        self._db.many(_NEWEST, [(*key, *newest[key]) for key in written])
        return moved

    def _newest(self, post_ids: set[int]) -> dict[tuple[int, int], tuple[int, float | None]]:
        rows = self._db.rows(
            "SELECT post_id, metric_id, day, value FROM post_latest"
            " WHERE post_id IN (SELECT value FROM json_each(?))",
            (ids_json(post_ids),),
        )
        return {(post_id, metric_id): (day, value) for post_id, metric_id, day, value in rows}

    def _is_known(self, key: tuple[int, int], day: int, value: float) -> bool:
        """Whether the figure stood at `value` on an earlier `day` already."""
        stood = self._db.value(
            "SELECT value FROM post_reading WHERE post_id = ? AND metric_id = ? AND day <= ?"
            " ORDER BY day DESC LIMIT 1",
            (*key, day),
        )
        return bool(stood == value)

    def _mark_deleted(
        self,
        account_id: AccountId,
        posts: Sequence[ObservedPost],
        complete_since: Mapping[tuple[PostState, PostKind], date],
        now: datetime,
    ) -> int:
        """Mark as deleted what a complete reading no longer shows; how many those were.

        A planned post whose time has just come may be on its way to the wall: the next reading tells.
        """
        shown = ids_json(post.network_id for post in posts if post.network_id is not None)
        moment = seconds_of(now)
        return sum(
            self._db.run(
                "UPDATE post SET state = ?1, changed_at = ?2 WHERE account_id = ?3 AND state = ?4"
                " AND kind = ?5 AND day >= ?6 AND by_hand = 0 AND network_id IS NOT NULL"
                " AND network_id NOT IN (SELECT value FROM json_each(?7))"
                " AND NOT (state = ?8 AND coalesce(published_at, 0) BETWEEN ?2 - ?9 AND ?2)",
                (
                    PostState.DELETED.value,
                    moment,
                    account_id,
                    state.value,
                    kind.value,
                    since.toordinal(),
                    shown,
                    PostState.PLANNED.value,
                    _APPEARING_SECONDS,
                ),
            ).rowcount
            for (state, kind), since in complete_since.items()
        )


_Row = tuple[str | None, str, str, int, int | None, str, str, int]


def _told_anew(row: StoredPost, post: ObservedPost) -> _Row:
    """The row as the post is told now; a day without a moment says less than the moment that is known."""
    keeps_moment = post.published_at is None and row.published_at is not None
    return (
        post.network_id or row.network_id,
        post.kind.value,
        post.state.value,
        row.day if keeps_moment and post.state != PostState.PLANNED else post.day.toordinal(),
        row.published_at if post.published_at is None else seconds_of(post.published_at),
        post.url or row.url,
        post.text or row.text,
        row.by_hand if post.network_id is None else 0,
    )


def _filled_in(row: StoredPost, post: ObservedPost) -> _Row:
    """The row of a network's post with what only a file knows."""
    dated = row.published_at is not None or post.published_at is None
    return (
        row.network_id,
        row.kind,
        post.state.value if row.state == PostState.PLANNED else row.state,
        row.day if dated else post.day.toordinal(),
        row.published_at if dated else seconds_or_none(post.published_at),
        row.url or post.url,
        row.text or post.text,
        row.by_hand,
    )
