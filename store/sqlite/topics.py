"""Topics, and which posts are about them by the rules of a matcher; marks by hand or a file come first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from goals.model import AccountId, ClientId, Post, PostId, PostKind, Topic, TopicId
from store.errors import ExistsError, NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import POST, ids_json, post_of, seconds_of
from store.values import MarkedBy, TopicMark

if TYPE_CHECKING:
    from goals.records import PostText

#: The sources of a mark: the stronger one wins.
MATCHED, TOLD, BY_HAND = 0, 1, 2
_BY = {MATCHED: MarkedBy.RULES, TOLD: MarkedBy.FILE, BY_HAND: MarkedBy.HAND}
_ABOUT = {1: True, 0: None, -1: False}

_TOPIC = "id, client_id, name, words, hashtags, links, version, author"
_TO_MATCH = """SELECT p.id, a.client_id, p.kind, p.text FROM post p JOIN account a ON a.id = p.account_id
    WHERE p.matched_by IS NOT ?1 AND (
        a.client_id IN (SELECT client_id FROM topic WHERE words <> '[]' OR hashtags <> '[]' OR links <> '[]')
        OR EXISTS (SELECT 1 FROM post_topic x WHERE x.post_id = p.id AND x.source = 0))
    ORDER BY p.id LIMIT ?2"""
_OF_POSTS = "post_id IN (SELECT value FROM json_each(?))"
_SUGGESTED = f"""SELECT p.account_id, s.name, {POST} FROM post_topic w JOIN topic s ON s.id = w.topic_id
    JOIN post p ON p.id = w.post_id
    WHERE w.mark = 0 AND s.client_id = ? AND p.state <> 'deleted' ORDER BY p.day DESC, p.id DESC, s.folded"""
_MARKS = """SELECT x.post_id, s.name, x.mark, x.source FROM post_topic x JOIN topic s ON s.id = x.topic_id
    WHERE ? IS NULL OR s.client_id = ? ORDER BY x.post_id, s.folded"""
_FIND = "SELECT id FROM topic WHERE client_id = ? AND folded = ?"


class TopicReader(Part):
    """Reads topics and what they are matched with."""

    def topics(self, client_id: ClientId | None = None) -> list[Topic]:
        """Topics by name."""
        rows = self._db.rows(
            f"SELECT {_TOPIC} FROM topic WHERE ? IS NULL OR client_id = ? ORDER BY folded, id",
            (client_id, client_id),
        )
        return [_topic_of(row) for row in rows]

    def posts_to_match(self, matcher: str, limit: int) -> list[PostText]:
        """Posts that this version of the matcher has not seen as they are, oldest first.

        Only those of clients that have a topic with words, hashtags or links, or that were matched before.
        """
        from goals.records import PostText

        rows = self._db.rows(_TO_MATCH, (matcher, limit))
        return [
            PostText(PostId(number), ClientId(client), PostKind(kind), text)
            for number, client, kind, text in rows
        ]

    def suggestions(self, client_id: ClientId) -> list[tuple[Post, str]]:
        """Posts that are perhaps about a topic, with its name; newest first."""
        rows = self._db.rows(_SUGGESTED, (client_id,))
        return [(post_of(AccountId(row[0]), row[2:]), row[1]) for row in rows]

    def topic_marks(self, client_id: ClientId | None = None) -> list[TopicMark]:
        """What each post is about, is not, or perhaps is, and who says so; by post, then by topic."""
        rows = self._db.rows(_MARKS, (client_id, client_id))
        return [
            TopicMark(PostId(number), topic, _ABOUT[mark], _BY[source])
            for number, topic, mark, source in rows
        ]


class TopicWriter(TopicReader):
    """Writes topics and what they are matched with."""

    def topic(self, client_id: ClientId, name: str) -> TopicId:
        """The client's topic of this name (any case), made when first asked for."""
        key = (client_id, name.casefold())
        number = self._db.value(_FIND, key)
        if number is None:
            with self._db.transaction():
                self._db.run(
                    "INSERT INTO topic (client_id, folded, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (*key, name),
                )
                number = self._db.value(_FIND, key)
        return TopicId(number)

    def update_topic(self, topic: Topic, *, author: str, now: datetime) -> Topic:
        """Save an edited topic; a new name is taken over by the client's goals.

        Raises ConflictError, and ExistsError where the client has another topic of that name.
        """
        folded = topic.name.casefold()
        with self._db.transaction():
            old = self._db.row("SELECT client_id, folded, name, version FROM topic WHERE id = ?", (topic.id,))
            if old is None or old[3] != topic.version:
                raise self._lost_edit("topic", topic.id)
            client_id, old_folded, old_name, _ = old
            twin = self._db.value(f"{_FIND} AND id <> ?", (client_id, folded, topic.id))
            if twin is not None:
                raise ExistsError(twin)
            self._db.run(
                "UPDATE topic SET name = ?, folded = ?, words = ?, hashtags = ?, links = ?,"
                " version = version + 1, author = ?, changed_at = ? WHERE id = ?",
                (
                    topic.name,
                    folded,
                    *map(_list_json, (topic.words, topic.hashtags, topic.links)),
                    author,
                    seconds_of(now),
                    topic.id,
                ),
            )
            if topic.name != old_name:
                self._rename_in_goals(client_id, old_folded, topic.name, author, now)
        return replace(topic, client_id=ClientId(client_id), version=topic.version + 1, author=author)

    def remove_topic(self, topic_id: TopicId, *, marks: bool = False) -> None:
        """Remove a topic that no goal, file or person names. Raises NotFoundError for any other.

        With `marks`, those of files and persons go with it.
        """
        with self._db.transaction():
            found = self._db.row("SELECT client_id, folded FROM topic WHERE id = ?", (topic_id,))
            if found is None:
                raise NotFoundError(f"topic {topic_id}")
            client_id, folded = found
            goals = self._db.rows(
                "SELECT topic FROM goal WHERE client_id = ? AND topic IS NOT NULL", (client_id,)
            )
            marked = not marks and self._db.value(
                f"SELECT 1 FROM post_topic WHERE topic_id = ? AND source <> {MATCHED} LIMIT 1", (topic_id,)
            )
            if marked or any(name.casefold() == folded for (name,) in goals):
                raise NotFoundError(f"topic {topic_id} that nothing names")
            self._db.run("DELETE FROM post_topic WHERE topic_id = ?", (topic_id,))
            # boards are told of a topic that is written, so it is written once more before it goes
            self._db.run("UPDATE topic SET version = version + 1 WHERE id = ?", (topic_id,))
            self._db.run("DELETE FROM topic WHERE id = ?", (topic_id,))

    def put_matches(
        self, matcher: str, post_ids: Collection[PostId], matches: Iterable[tuple[PostId, TopicId, bool]]
    ) -> set[AccountId]:
        """Replace what a matcher found in these posts: (post, topic, whether it is only a suggestion).

        Marks by hand and of files stay. Gives the accounts with posts that count otherwise now.
        """
        posts = ids_json(set(post_ids))
        with self._db.transaction():
            before = self._counted(posts)
            self._db.run(f"DELETE FROM post_topic WHERE source = {MATCHED} AND {_OF_POSTS}", (posts,))
            self._db.many(
                f"INSERT INTO post_topic (post_id, topic_id, mark, source) VALUES (?, ?, ?, {MATCHED})"
                " ON CONFLICT DO NOTHING",
                [(post_id, topic_id, 0 if suggestion else 1) for post_id, topic_id, suggestion in matches],
            )
            self._db.run(
                "UPDATE post SET matched_by = ? WHERE id IN (SELECT value FROM json_each(?))",
                (matcher, posts),
            )
            moved = {post_id for post_id, _ in before ^ self._counted(posts)}
            accounts = self._db.rows(
                "SELECT DISTINCT account_id FROM post WHERE id IN (SELECT value FROM json_each(?))",
                (ids_json(moved),),
            )
        return {AccountId(number) for (number,) in accounts}

    def _counted(self, posts: str) -> set[tuple[int, int]]:
        """The marks (post, topic) by which the posts count."""
        return set(
            self._db.rows(
                f"SELECT post_id, topic_id FROM post_topic WHERE mark = 1 AND {_OF_POSTS}", (posts,)
            )
        )

    def _rename_in_goals(
        self, client_id: int, old_folded: str, name: str, author: str, now: datetime
    ) -> None:
        """Let the client's goals follow a topic's new name; who is editing one now has to look again."""
        goals = self._db.rows(
            "SELECT id, topic FROM goal WHERE client_id = ? AND topic IS NOT NULL", (client_id,)
        )
        self._db.many(
            "UPDATE goal SET topic = ?, version = version + 1, author = ?, changed_at = ? WHERE id = ?",
            [
                (name, author, seconds_of(now), number)
                for number, topic in goals
                if topic.casefold() == old_folded
            ],
        )


def _list_json(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


def _topic_of(row: tuple[Any, ...]) -> Topic:
    number, client, name, words, hashtags, links, version, author = row
    return Topic(
        id=TopicId(number),
        client_id=ClientId(client),
        name=name,
        words=tuple(json.loads(words)),
        hashtags=tuple(json.loads(hashtags)),
        links=tuple(json.loads(links)),
        version=version,
        author=author,
    )
