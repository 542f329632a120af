"""Going back through the pages of a channel's preview: what is new, and the past bit by bit.

A reading starts at the newest page and goes back until the day that is wanted and the last known
post are both reached. A channel longer than one run may read goes on in the next run from where it
stopped; the cursor says where.
"""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import ConnectorError, FetchedPost, Trouble
from connectors.telegram.preview import Page

#: The most pages that one run reads of a channel, 20 posts each.
PAGES_A_RUN = 60

Fetch = Callable[[int], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the reading of a channel's posts stands.

    `seen` is the newest message known, everything between it and `back` is read; the older part
    goes on before the message `back` (None: nothing is left) down to message `floor` or the first
    post before the day `until`, whichever is set.
    """

    seen: int | None = None
    back: int | None = None
    floor: int | None = None
    until: date | None = None

    def dump(self) -> str:
        """The cursor as text."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(values, default=date.isoformat, sort_keys=True)


def parse_cursor(text: str | None) -> Cursor:
    """The cursor out of its text; one that makes no sense is none, and the channel is read anew."""
    try:
        values: Any = json.loads(text or "{}")
        until = values.get("until")
        numbers = {name: _number(values.get(name)) for name in ("seen", "back", "floor")}
        return Cursor(**numbers, until=date.fromisoformat(until) if until else None)
    except (ValueError, TypeError, AttributeError):
        return Cursor()


@dataclass(frozen=True, slots=True)
class History:
    """What a run read of a channel's posts, oldest first."""

    posts: tuple[FetchedPost, ...]
    cursor: Cursor
    complete_since: date | None
    trouble: Trouble | None


@dataclass(slots=True)
class Reader:
    """Reads one channel's posts in one run; `fetch` gets the page before a message."""

    zone: ZoneInfo
    fetch: Fetch
    pages_left: int = PAGES_A_RUN
    posts: dict[str, FetchedPost] = field(default_factory=dict)
    trouble: Trouble | None = None

    async def read(self, first: Page, cursor: Cursor, since: date | None) -> History:
        """Read from the newest page on, then a part of what earlier runs left."""
        if not first.ids:
            return History((), cursor, None, None)

        def is_enough(page: Page) -> bool:
            if since is None and cursor.seen is None:
                return False
            reaches_day = since is None or self._oldest_day(page) < since
            return reaches_day and (cursor.seen is None or page.ids[0] <= cursor.seen)

        left, reached_end = await self._walk(first, is_enough)
        complete = self._complete_since(since, reached_end=reached_end)
        if since is not None:
            seen = cursor.seen or math.inf
            self._drop(lambda post: self._day(post) < since and int(post.network_id) <= seen)
        newest = max(first.ids[-1], cursor.seen or 0)
        if left is not None:
            floor = cursor.seen if cursor.back is None else cursor.floor
            until = since if cursor.seen is None else cursor.until
            after = Cursor(newest, left, floor, until)
        else:
            after = await self._go_on(replace(cursor, seen=newest))
        ordered = sorted(self.posts.values(), key=lambda post: int(post.network_id))
        return History(tuple(ordered), after, complete, self.trouble)

    async def _go_on(self, cursor: Cursor) -> Cursor:
        """Read on where an earlier run stopped."""
        page = await self._page(cursor.back) if cursor.back is not None and self.pages_left > 0 else None
        if page is None:
            return cursor

        def is_enough(page: Page) -> bool:
            reaches_floor = cursor.floor is not None and page.ids[0] <= cursor.floor
            return reaches_floor or (cursor.until is not None and self._oldest_day(page) < cursor.until)

        left, _ = await self._walk(page, is_enough) if page.ids else (None, False)
        if cursor.until is not None:
            until, back = cursor.until, cursor.back or 0
            self._drop(lambda post: self._day(post) < until and int(post.network_id) < back)
        return Cursor(cursor.seen) if left is None else replace(cursor, back=left)

    async def _walk(self, page: Page, is_enough: Callable[[Page], bool]) -> tuple[int | None, bool]:
        """Take pages back from `page` on.

        Returns:
            Where to go on (None: what is wanted was reached, or there is no way on), and whether the
            channel's beginning was reached.
        """
        lowest: int | None = None
        while True:
            self.posts.update((post.network_id, post) for post in page.posts)
            older = page.before
            if older is None:
                return None, True
            if is_enough(page) or (lowest is not None and older >= lowest):
                return None, False
            lowest = older
            following = await self._page(older) if self.pages_left > 0 else None
            if following is None:
                return older, False
            if not following.ids:
                return None, False
            page = following

    async def _page(self, before: int) -> Page | None:
        """The page before a message; None when it could not be read, with the trouble noted."""
        self.pages_left -= 1
        try:
            return await self.fetch(before)
        except ConnectorError as error:
            self.trouble = error.trouble
            return None

    def _drop(self, is_unwanted: Callable[[FetchedPost], bool]) -> None:
        """Leave out what a page brought beyond what was asked for."""
        self.posts = {key: post for key, post in self.posts.items() if not is_unwanted(post)}

    def _day(self, post: FetchedPost) -> date:
        return post.when.astimezone(self.zone).date()

    def _oldest_day(self, page: Page) -> date:
        """The local day of a page's oldest post; the furthest future for a page of service messages."""
        return min(map(self._day, page.posts), default=date.max)

    def _complete_since(self, since: date | None, *, reached_end: bool) -> date | None:
        """The first day from which every post was read, up to the newest."""
        if not self.posts:
            return None
        oldest = min(map(self._day, self.posts.values()))
        if reached_end:
            return since or oldest
        whole = oldest + timedelta(days=1)
        return whole if since is None else max(whole, since)


def _number(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise ValueError(value)
