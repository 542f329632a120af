"""Going back through a channel's list of uploads: what is new, and the past bit by bit.

A reading starts at the newest page and goes back until the day that is wanted and the newest video
known are both reached. A list longer than one run may read goes on in the next run; the cursor says
where. Places of the list are counted from its top, so that a page asked for later may repeat videos.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import ConnectorError, Trouble
from connectors.youtube.parse import Upload, UploadsPage

#: The most pages that one run reads of a channel, 50 videos each.
PAGES_A_RUN = 20
_VERSION = 1

Fetch = Callable[[str], Awaitable[UploadsPage]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the reading of a channel's uploads stands.

    `seen` is when the newest video known was published; everything between it and the page `back` is
    read; the older part goes on there (None: nothing is left) down to the moment `floor` or the first
    video before the day `until`, whichever is set.
    """

    seen: datetime | None = None
    back: str | None = None
    floor: datetime | None = None
    until: date | None = None

    def dump(self) -> str:
        """The cursor as text."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps({"v": _VERSION, **values}, default=_iso, sort_keys=True)


def parse_cursor(text: str | None) -> Cursor:
    """The cursor out of its text; one that makes no sense is none, and the list is read anew."""
    try:
        values: Any = json.loads(text or "{}")
        if values.get("v") != _VERSION:
            return Cursor()
        back, until = values.get("back"), values.get("until")
        if back is not None and not isinstance(back, str):
            return Cursor()
        return Cursor(
            _moment(values.get("seen")),
            back,
            _moment(values.get("floor")),
            date.fromisoformat(until) if until else None,
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Cursor()


@dataclass(slots=True)
class UploadsReader:
    """Reads one channel's list in one run; `fetch` gets a page by its token.

    `uploads` are the videos to be told, the newest first; `complete_since` is the first day from which
    on every one was read, None where none is told of.
    """

    zone: ZoneInfo
    fetch: Fetch
    pages_left: int = PAGES_A_RUN - 1
    uploads: dict[str, Upload] = field(default_factory=dict)
    complete_since: date | None = None
    trouble: Trouble | None = None

    async def read(self, first: UploadsPage, cursor: Cursor, since: date | None) -> Cursor:
        """Read from the newest page on, then a part of what earlier runs left; gives the next cursor."""

        def is_enough(page: UploadsPage) -> bool:
            oldest = _oldest(page)
            if oldest is None or (since is None and cursor.seen is None):
                return False
            reaches_day = since is None or self._day(oldest) < since
            return reaches_day and (cursor.seen is None or oldest <= cursor.seen)

        left, reached_end = await self._walk(first, is_enough)
        self.complete_since = self._whole_since(since, reached_end=reached_end)
        if since is not None:
            self._drop(since, lambda moment: cursor.seen is None or moment <= cursor.seen)
        moments = [upload.published for upload in first.uploads if upload.published is not None]
        newest = max([*moments, *([cursor.seen] if cursor.seen is not None else [])], default=None)
        if left is not None:
            floor = cursor.seen if cursor.back is None else cursor.floor
            return Cursor(newest, left, floor, since if cursor.seen is None else cursor.until)
        return await self._go_on(replace(cursor, seen=newest))

    async def _go_on(self, cursor: Cursor) -> Cursor:
        """Read on where an earlier run stopped."""
        page = await self._page(cursor.back) if cursor.back is not None and self.pages_left > 0 else None
        if page is None:
            refused = self.trouble is not None and self.trouble.code == "youtube.bad_page"
            return Cursor() if refused else cursor

        def is_enough(page: UploadsPage) -> bool:
            oldest = _oldest(page)
            if oldest is None:
                return False
            reaches_floor = cursor.floor is not None and oldest <= cursor.floor
            return reaches_floor or (cursor.until is not None and self._day(oldest) < cursor.until)

        known = dict(self.uploads)
        left, _ = await self._walk(page, is_enough)
        if cursor.until is not None:
            self._drop(cursor.until, lambda _: True)
            self.uploads = {**known, **self.uploads}
        return Cursor(cursor.seen) if left is None else replace(cursor, back=left)

    async def _walk(
        self, page: UploadsPage, is_enough: Callable[[UploadsPage], bool]
    ) -> tuple[str | None, bool]:
        """Take pages from `page` on.

        Returns:
            Where to go on (None: what is wanted was reached, or there is no way on), and whether the
            list's end was reached.
        """
        asked: set[str] = set()
        while True:
            self.uploads.update((upload.id, upload) for upload in page.uploads)
            following = page.following
            if following is None or not page.uploads:
                return None, following is None
            if is_enough(page) or following in asked:
                return None, False
            asked.add(following)
            older = await self._page(following) if self.pages_left > 0 else None
            if older is None:
                return following, False
            page = older

    async def _page(self, token: str) -> UploadsPage | None:
        """A page; None when it could not be read, with the trouble noted."""
        self.pages_left -= 1
        try:
            return await self.fetch(token)
        except ConnectorError as error:
            self.trouble = error.trouble
            return None

    def _drop(self, since: date, is_known: Callable[[datetime], bool]) -> None:
        """Leave out what a page brought beyond what was asked for."""
        self.uploads = {
            key: upload
            for key, upload in self.uploads.items()
            if upload.published is None
            or self._day(upload.published) >= since
            or not is_known(upload.published)
        }

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _whole_since(self, since: date | None, *, reached_end: bool) -> date | None:
        moments = [upload.published for upload in self.uploads.values() if upload.published is not None]
        if not moments:
            return since if reached_end else None
        oldest = self._day(min(moments))
        if reached_end:
            return since or oldest
        whole = oldest + timedelta(days=1)
        return whole if since is None else max(whole, since)


def _oldest(page: UploadsPage) -> datetime | None:
    return min((upload.published for upload in page.uploads if upload.published is not None), default=None)


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(UTC)


def _iso(value: date) -> str:
    return value.isoformat()
