"""Going through the posts of a group by anchors: what is new, and the past bit by bit.

The order of the pages is not relied on: each walk asks for the posts of a stretch of time, and is
whole when its last page was read. One that is longer than a run goes on in the next one.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from connectors.base import ConnectorError, Trouble
from connectors.ok.errors import BAD_PARAMETER
from connectors.ok.parse import Topic, TopicsPage

#: Posts a page.
PAGE = 50
#: The most pages that one run reads of a group.
PAGES_A_RUN = 60
#: How far behind the last reading the next one begins where nobody says from when on, milliseconds.
SETTLING_MS = int(timedelta(days=3).total_seconds() * 1000)

_STALE_ANCHOR = f"ok.{BAD_PARAMETER}"


@dataclass(frozen=True, slots=True)
class Walk:
    """A stretch of time and how far it is read; milliseconds since 1970, `start` None: from the beginning."""

    end: int
    start: int | None = None
    anchor: str = ""

    def holds(self, topic: Topic) -> bool:
        """Whether a post is of this time."""
        return self.start is None or topic.when.timestamp() * 1000 >= self.start


@dataclass(frozen=True, slots=True)
class TopicsCursor:
    """Where the reading of a group's posts stands: up to when all is read, and the walks that go on."""

    end: int | None = None
    walks: tuple[Walk, ...] = ()

    def dump(self) -> str:
        """The cursor as text."""
        return json.dumps({"v": 1, **asdict(self)}, sort_keys=True)


def parse_topics_cursor(text: str | None) -> TopicsCursor:
    """The cursor out of its text; one that makes no sense is none, and the group is read anew."""
    try:
        values: Any = json.loads(text or "{}")
        if values.get("v") != 1:
            return TopicsCursor()
        return TopicsCursor(_moment(values.get("end")), tuple(map(_walk_of, values["walks"])))
    except (ValueError, TypeError, AttributeError, KeyError):
        return TopicsCursor()


@dataclass(slots=True)
class TopicsReader:
    """Reads one group's posts in one run; `fetch` gets the page of a walk."""

    fetch: Callable[[Walk], Awaitable[TopicsPage]]
    topics: dict[str, Topic] = field(default_factory=dict)
    odd: dict[str, None] = field(default_factory=dict)
    trouble: Trouble | None = None
    pages: int = 0
    #: From when on all posts are known, milliseconds; None where that is not known.
    whole_from: int | None = None

    async def read(self, cursor: TopicsCursor, since: int | None, now: int) -> TopicsCursor:
        """Read what is new up to `now`, then a part of what earlier runs left.

        Args:
            cursor: how far earlier runs came.
            since: from when on posts are wanted; None: as far back as there are any, or those that
                came after the last reading.
            now: the moment, all in milliseconds since 1970.

        Raises:
            ConnectorError: not even the first page could be read.
        """
        start = since
        if start is None and cursor.end is not None:
            start = cursor.end - SETTLING_MS
        left, is_whole = await self._walk(Walk(now, start))
        if is_whole:
            self.whole_from = start or 0
        walks = [] if left is None else [left]
        for walk in cursor.walks:
            rest: Walk | None = walk
            if self.trouble is None and self.pages < PAGES_A_RUN:
                rest, _ = await self._walk(walk)
            if rest is not None:
                walks.append(rest)
        return TopicsCursor(now, tuple(walks))

    async def _walk(self, walk: Walk) -> tuple[Walk | None, bool]:
        """Take pages on; returns what is left of the walk, and whether it was read to its last page."""
        seen = {walk.anchor}
        while self.pages < PAGES_A_RUN:
            try:
                page = await self.fetch(walk)
            except ConnectorError as error:
                if self.pages == 0:
                    raise
                self.trouble = error.trouble
                return (replace(walk, anchor="") if error.trouble.code == _STALE_ANCHOR else walk), False
            self.pages += 1
            wanted = {topic.id: topic for topic in page.topics if walk.holds(topic)}
            self.topics.update(wanted)
            self.odd.update(dict.fromkeys(page.odd))
            if not (wanted and page.has_more and page.anchor):
                return None, True
            if page.anchor in seen:
                return None, False
            seen.add(page.anchor)
            walk = replace(walk, anchor=page.anchor)
        return walk, False


def _walk_of(values: dict[str, object]) -> Walk:
    end, anchor = _moment(values["end"]), values["anchor"]
    if end is None or not isinstance(anchor, str):
        raise ValueError(values)
    return Walk(end, _moment(values["start"]), anchor)


def _moment(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ValueError(value)
