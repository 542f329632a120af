"""Reading content that a network gives newest first, page by page: what is new, and the past bit by bit.

A reading starts at the newest page and goes back until the day that is wanted. An account whose past is
longer than one run may read goes on in the next run from where it stopped; the cursor says where. A feed
ends with no older page, with an empty page, or with a page that was given before.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import ConnectorError, Fetched, FetchedPost, Trouble
from goals.model import PostKind, PostState

#: The longest text by which a network names an older page.
_MOST_TOKEN = 1000


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of an account's content; `older` asks for the page that follows (None: there is none).

    `is_empty` says that the page has nothing on it; one may hold what is no content (a service message).
    `last` is when the oldest thing on it was published, where it is not the oldest of `posts`.
    """

    posts: Sequence[FetchedPost]
    older: str | None = None
    is_empty: bool = False
    last: date | None = None


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """What earlier runs left: from the page `back` on, down to the day `until` (None: all of it)."""

    back: str | None = None
    until: date | None = None

    def dump(self) -> str:
        """The cursor as text."""
        until = self.until.isoformat() if self.until else None
        return json.dumps({"v": 1, "back": self.back, "until": until})


def parse_feed_cursor(text: str | None) -> FeedCursor:
    """The cursor out of its text; one that makes no sense is none: nothing is left, what is new is read."""
    try:
        values: Any = json.loads(text or "{}")
        back, until = values.get("back"), values.get("until")
        is_token = isinstance(back, str) and 0 < len(back) <= _MOST_TOKEN
        if values.get("v") != 1 or not is_token:
            return FeedCursor()
        return FeedCursor(back, date.fromisoformat(until) if until is not None else None)
    except (ValueError, TypeError, AttributeError):
        return FeedCursor()


@dataclass(slots=True)
class Feed:
    """Reads one account's content in one run.

    `load` gets the newest page (None) or the one that a token names; it raises ConnectorError. Days are
    those of `zone`; `kinds` are what the feed has of an account, all of it; `pages_left` is how many pages
    this run may read.
    """

    zone: ZoneInfo
    load: Callable[[str | None], Awaitable[FeedPage]]
    kinds: Sequence[PostKind]
    pages_left: int
    posts: dict[str, FetchedPost] = field(default_factory=dict)
    trouble: Trouble | None = None
    _ended: bool = False

    async def read(self, empty: Fetched, cursor: str | None, since: date | None) -> Fetched:
        """The result `empty` with what was read: content, cursor, trouble, and since when it is complete."""
        before = parse_feed_cursor(cursor)
        stopped, oldest = await self._walk(None, since)
        if self.trouble is not None and not self.posts and oldest is None:
            return replace(empty, trouble=self.trouble, cursor=before.dump())
        complete = self._complete_since(since, oldest)
        if stopped is not None:
            until = None if before.back is not None else since
            after = FeedCursor(stopped, until)
        else:
            after = await self._go_on(before)
        posts = sorted(self.posts.values(), key=lambda post: (post.when, post.network_id))
        return replace(
            empty,
            posts=posts,
            cursor=after.dump(),
            trouble=self.trouble,
            goes_on=after.back is not None,
            complete_since=self._covered(complete),
        )

    async def _go_on(self, cursor: FeedCursor) -> FeedCursor:
        """Read on where an earlier run stopped."""
        if cursor.back is None or self.pages_left <= 0 or self.trouble is not None:
            return cursor
        stopped, _ = await self._walk(cursor.back, cursor.until)
        return FeedCursor() if stopped is None else replace(cursor, back=stopped)

    async def _walk(self, token: str | None, until: date | None) -> tuple[str | None, date | None]:
        """Take pages back from `token` on, as far as the day `until` is behind.

        Returns:
            Where to go on (None: all that is wanted was read), and the oldest day that was reached.
        """
        given: set[str] = set()
        asked: set[str] = set()
        reached: date | None = None
        while True:
            if self.pages_left <= 0:
                return token, reached
            page = await self._page(token)
            if page is None:
                return token, reached
            fresh = page.posts and not given.issuperset(post.network_id for post in page.posts)
            given.update(post.network_id for post in page.posts)
            wanted = [post for post in page.posts if until is None or self._day(post) >= until]
            self.posts.update((post.network_id, post) for post in wanted)
            reached = min(filter(None, (reached, self._last_day(page))), default=reached)
            is_old = until is not None and reached is not None and reached < until
            if page.is_empty or page.older is None or page.older in asked or (page.posts and not fresh):
                self._ended = True
                return None, reached
            if is_old:
                return None, reached
            asked.add(page.older)
            token = page.older

    async def _page(self, token: str | None) -> FeedPage | None:
        """A page; None when it could not be read, with the trouble noted."""
        self.pages_left -= 1
        try:
            return await self.load(token)
        except ConnectorError as error:
            self.trouble = error.trouble
            return None

    def _last_day(self, page: FeedPage) -> date | None:
        days = [*map(self._day, page.posts), *([page.last] if page.last else [])]
        return min(days, default=None)

    def _day(self, post: FetchedPost) -> date:
        return post.when.astimezone(self.zone).date()

    def _covered(self, since: date | None) -> dict[tuple[PostState, PostKind], date]:
        return {} if since is None else {(PostState.PUBLISHED, kind): since for kind in self.kinds}

    def _complete_since(self, since: date | None, reached: date | None) -> date | None:
        """The first day from which every piece of content was read, up to the newest."""
        if self._ended:
            return since or reached
        if reached is None:
            return None
        whole = reached + timedelta(days=1)
        return whole if since is None else max(whole, since)
