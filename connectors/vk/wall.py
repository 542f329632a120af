"""Reading a community's wall: the newest page, back to a day, or page by page to its beginning."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.base import FetchedPost
from connectors.vk.calls import PAGE
from connectors.vk.errors import VkError
from connectors.vk.parse import WallPage, WallPost
from connectors.vk.shapes import Counts
from goals.model import PostKind, PostState

#: Pages that one run reads of one wall; the next run goes on where it ended.
PAGES_A_RUN = 10
#: No wall is older than the network.
BEGINNING = date(2006, 10, 10)
#: What stands on a wall, and what is held back from it.
PUBLISHED_POSTS = (PostState.PUBLISHED, PostKind.POST)
PLANNED_POSTS = (PostState.PLANNED, PostKind.POST)

#: Posts by which a page of the backfill overlaps what was read before, for walls change meanwhile.
_OVERLAP = 10

ReadPage = Callable[[int], Awaitable[WallPage]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a wall was read: the cursor.

    `head` is the time of the newest post, `tail` the time down to which nothing is missing (Unix
    seconds), `read` how many posts that were when the wall had `total`. `wanted` is the time down to
    which it was ever asked for, 0 for all of it; runs go on until they are there.
    """

    head: int
    tail: int
    read: int
    total: int
    wanted: int

    @property
    def is_done(self) -> bool:
        """Whether nothing that was ever wanted is missing."""
        return self.read >= self.total or self.tail <= self.wanted

    def dumps(self) -> str:
        """As a cursor."""
        return json.dumps(astuple(self))

    @classmethod
    def loads(cls, cursor: str | None) -> Progress | None:
        """From a cursor; None for none, or for one that is not ours."""
        try:
            values = json.loads(cursor or "null")
        except ValueError:
            return None
        if not isinstance(values, list) or len(values) != 5 or not all(type(v) is int for v in values):
            return None
        return cls(*values)


@dataclass(slots=True)
class Reading:
    """What one run has read of a wall: two stretches, from the top and further back.

    `oldest` and `is_complete` tell of the stretch from the top, `further` are the ids of the other;
    `error` is why the run ended early.
    """

    posts: dict[int, WallPost] = field(default_factory=dict)
    further: set[int] = field(default_factory=set)
    total: int = 0
    pages: int = 0
    top: int = 0
    head: int = 0
    oldest: int = 0
    is_complete: bool = False
    shrunk: bool = False
    error: VkError | None = None

    def add(self, page: WallPage) -> bool:
        """Take a page in; False when it brought nothing new."""
        known = len(self.posts)
        for post in page.posts:
            self.posts.setdefault(post.id, post)
        self.shrunk = self.shrunk or (self.pages > 0 and page.total < self.total)
        self.pages += 1
        self.total = page.total
        return len(self.posts) > known

    def add_to_top(self, page: WallPage) -> bool:
        """Take the next page from the top in; False when there is nothing below it."""
        fresh = self.add(page)
        times = [post.at for post in page.posts]
        if self.top == 0 and len(times) > 1 and times[0] < times[1]:
            times = times[1:]  # a pinned post stands first, out of order
        if times:
            self.head = max(self.head, *times)
            self.oldest = min(self.oldest or times[0], *times)
        self.top += len(page.posts)
        self.is_complete = self.top >= page.total or not page.posts
        return fresh and not self.is_complete

    def progress(self, wanted: int) -> Progress:
        """How far the stretch from the top goes."""
        read = self.total if self.is_complete else self.top
        return Progress(self.head, self.oldest, read, self.total, wanted)


async def read_wall(
    page_at: ReadPage, before: Progress | None, since: datetime | None
) -> tuple[Reading, Progress]:
    """Read a wall from its top down to `since`, then on from where earlier runs ended.

    Args:
        page_at: gives the page at an offset.
        before: how far earlier runs came, None for a new wall.
        since: the moment down to which posts are wanted; None: the whole wall, some pages a run.

    Returns:
        What was read, and how far the wall is known now.

    Raises:
        VkError: not even the first page could be read.
    """
    goal = int(since.timestamp()) if since is not None else 0
    wanted = min(goal, before.wanted) if before is not None else goal
    reading = Reading()
    await _read_top(page_at, reading, goal or (before.head if before is not None else None))
    after = reading.progress(wanted)
    joined = before is not None and reading.oldest <= before.head
    if before is not None and joined and not reading.is_complete:
        read = max(after.read, before.read + after.total - before.total)
        after = replace(after, tail=min(after.tail, before.tail), read=read)
    if not after.is_done and reading.error is None:
        after = await _read_back(page_at, reading, after, from_top=not joined)
    return reading, after


async def _read_top(page_at: ReadPage, reading: Reading, goal: int | None) -> None:
    """Read down to the time `goal`; None: one page."""
    more = True
    while more and reading.pages < PAGES_A_RUN:
        try:
            more = reading.add_to_top(await page_at(reading.top))
        except VkError as error:
            if reading.pages == 0:
                raise
            reading.error = error
            return
        if goal is None or reading.oldest <= goal:
            return


async def _read_back(page_at: ReadPage, reading: Reading, after: Progress, *, from_top: bool) -> Progress:
    """Read on below what is known; what another run left is overlapped, for walls change meanwhile."""
    start = after.read if from_top else max(reading.top, after.read - _OVERLAP)
    end = start + (PAGES_A_RUN - reading.pages) * PAGE
    offsets = range(start, min(after.total, end), PAGE)
    pages = await asyncio.gather(*(page_at(at) for at in offsets), return_exceptions=True)
    for offset, page in zip(offsets, pages, strict=True):
        if isinstance(page, VkError):
            reading.error = page
            break
        if isinstance(page, BaseException):
            raise page
        if from_top:
            more = reading.add_to_top(page)
            after = reading.progress(after.wanted)
        else:
            reading.further.update(post.id for post in page.posts if post.id not in reading.posts)
            more = reading.add(page)
            after = _further(after, page, offset)
        if not more:
            return replace(after, read=after.total)
    return after


def _further(after: Progress, page: WallPage, offset: int) -> Progress:
    times = [post.at for post in page.posts]
    tail = min(after.tail, *times) if times else after.tail
    return replace(after, tail=tail, read=offset + len(page.posts))


def complete_from(reading: Reading, since: date | None, zone: ZoneInfo, today: date) -> date | None:
    """The day from which on every post is in the reading; None where that is not known."""
    if reading.shrunk:
        return None
    if reading.is_complete:
        return since or BEGINNING
    oldest = datetime.fromtimestamp(reading.oldest, UTC).astimezone(zone).date()
    first = max(oldest + timedelta(days=1), since or BEGINNING)
    return first if first <= today else None


def wall_posts(
    reading: Reading, community: int, since: date | None, zone: ZoneInfo, counts: Counts
) -> tuple[FetchedPost, ...]:
    """The published posts since a day, and those of the stretch further back, oldest first.

    What is no count is left out of the figures and remembered in `counts`.
    """
    first = midnight(since, zone).timestamp() if since is not None else 0
    wanted = [post for post in reading.posts.values() if post.at >= first or post.id in reading.further]
    return tuple(
        FetchedPost(
            network_id=str(post.id),
            kind=PostKind.POST,
            state=PostState.PUBLISHED,
            when=post.when,
            url=f"https://vk.com/wall-{community}_{post.id}",
            text=post.text,
            figures=post.figures(counts),
        )
        for post in sorted(wanted, key=lambda post: post.at)
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), zone)
