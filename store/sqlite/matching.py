"""Which stored post an observed one is, so that none is ever counted twice. Pure, over loaded rows.

A post with the network's id is the same for ever. Without one, a file or a hand tells a post by
kind, day and text as they were first given, so that a file can be read again after the post has
appeared. What was planned or logged by hand becomes the published post of the same kind and day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goals.model import PostState
from store.sqlite.rows import seconds_of

if TYPE_CHECKING:
    from store.changes import ObservedPost

#: A network publishes what it held back within this many seconds of the time set, under a new id.
_PUNCTUAL_SECONDS = 300


@dataclass(slots=True)
class StoredPost:
    """A post's row; `given_*` are the day and text of one first told without the network's id."""

    id: int
    network_id: str | None
    kind: str
    state: str
    day: int
    published_at: int | None
    url: str
    text: str
    by_hand: int
    given_day: int | None
    given_text: str | None


class Matcher:
    """Finds the stored post for each observed one; a stored post is found once."""

    def __init__(self, stored: Iterable[StoredPost], observed: Iterable[ObservedPost]) -> None:
        self._observed_ids = {post.network_id for post in observed}
        self._taken: set[int] = set()
        self._by_network_id: dict[str, StoredPost] = {}
        self._by_given: dict[tuple[str, int, str], list[StoredPost]] = defaultdict(list)
        self._without_id: dict[tuple[str, str, int], list[StoredPost]] = defaultdict(list)
        self._held_back: list[StoredPost] = []
        for row in sorted(stored, key=lambda row: row.id):
            self._index(row)

    def _index(self, row: StoredPost) -> None:
        if row.given_day is not None and row.given_text is not None:
            self._by_given[row.kind, row.given_day, row.given_text].append(row)
        if row.network_id is None:
            self._without_id[row.state, row.kind, row.day].append(row)
            return
        self._by_network_id[row.network_id] = row
        if row.state == PostState.PLANNED and row.network_id not in self._observed_ids:
            self._held_back.append(row)

    def find(self, post: ObservedPost) -> StoredPost | None:
        """The stored post that `post` is, None for one not seen before."""
        found = self._find(post)
        if found is not None:
            self._taken.add(found.id)
        return found

    def remember(self, row: StoredPost) -> None:
        """A post that was just added: told again with its id, it is the same."""
        if row.network_id is not None:
            self._by_network_id[row.network_id] = row

    def _find(self, post: ObservedPost) -> StoredPost | None:
        kind, day = post.kind.value, post.day.toordinal()
        if post.network_id is None:
            return self._free(self._by_given[kind, day, given_text(post)])
        known = self._by_network_id.get(post.network_id)
        if known is not None or post.state is not PostState.PUBLISHED:
            return known
        return (
            self._free(self._without_id[PostState.PUBLISHED, kind, day])
            or self._free(self._without_id[PostState.PLANNED, kind, day])
            or self._free(row for row in self._held_back if _came_true(row, post))
        )

    def _free(self, rows: Iterable[StoredPost]) -> StoredPost | None:
        return next((row for row in rows if row.id not in self._taken), None)


def _came_true(row: StoredPost, post: ObservedPost) -> bool:
    """Whether the network's own postponed post has appeared under another id."""
    if row.kind != post.kind.value or row.published_at is None or post.published_at is None:
        return False
    return abs(row.published_at - seconds_of(post.published_at)) <= _PUNCTUAL_SECONDS


def given_text(post: ObservedPost) -> str:
    """What tells a post without the network's id from others of its kind and day."""
    return post.text or post.url or "\n".join(sorted(topic.casefold() for topic in post.topics))
