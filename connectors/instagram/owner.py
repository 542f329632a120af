"""What only an account's owner sees: insights of posts and stories, and the account's days."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from connectors.accounts import AccountsConnector
from connectors.base import ConnectorError, Fetched, FetchedPost, Figure, Part, Target, Token, Trouble
from connectors.counting import RequestCount
from connectors.instagram.api import Api
from connectors.instagram.errors import AbsentError
from connectors.instagram.parse import (
    PACIFIC,
    POST_METRICS,
    STORY_METRICS,
    next_page,
    parse_days,
    parse_insights,
    parse_media,
)
from goals.model import Exactness, PostKind

MEDIA_FIELDS = "id,caption,media_type,media_product_type,permalink,timestamp,like_count,comments_count"
#: Posts of so many days are asked about anew in every run, so many of them at most.
RECENT = timedelta(days=28)
MOST_POSTS = 50
#: Calls about posts that are under way at the same time.
TOGETHER = 5
#: How far back days are told, how many days one call may ask for, and new followers are told of.
DAYS_BACK = 90
DAYS_A_CALL = 29
#: The last days may still change: the network counts up to 48 hours.
SETTLING = timedelta(days=2)
#: How long a right that is missing is not tried again, and what that is remembered under.
REFUSED_FOR = timedelta(days=7)
INSIGHTS = "insights"

_STORY_PAGES = 5


@dataclass(slots=True)
class Owner:
    """Reads one account with its owner's token; `number` is the account's id."""

    connector: AccountsConnector
    api: Api
    token: Token
    target: Target
    number: str
    spent: RequestCount

    async def with_insights(self, posts: Sequence[FetchedPost]) -> tuple[list[FetchedPost], Trouble | None]:
        """Posts with the insights of the newest; the trouble for which some are without them.

        A missing right is no trouble of the posts: it is told of the days, which need it too.
        """
        since = self.api.setup.now() - RECENT
        newest = sorted((post for post in posts if post.when >= since), key=lambda post: post.when)
        newest = newest[::-1][:MOST_POSTS]
        told: dict[str, Mapping[str, float]] = {}
        trouble: Trouble | None = None
        while newest and trouble is None and not self._is_refused():
            chunk, newest = newest[:TOGETHER], newest[TOGETHER:]
            answers = await asyncio.gather(*map(self._insights, chunk))
            for post, (figures, failure) in zip(chunk, answers, strict=True):
                told[post.network_id] = figures
                trouble = trouble or failure
        full = [replace(post, figures={**post.figures, **told.get(post.network_id, {})}) for post in posts]
        return full, None if self._is_refused() else trouble

    async def stories(self) -> Fetched:
        """The stories that are live, with their insights."""
        stories: dict[str, FetchedPost] = {}
        params = {"fields": MEDIA_FIELDS, "limit": "50"}
        trouble: Trouble | None = None
        try:
            for _ in range(_STORY_PAGES):
                path = f"{self.number}/stories"
                answer = await self.api.ask(self.token, path, params, self.spent, self.target.handle)
                page = parse_media(answer, asks_next=True)
                stories.update((post.network_id, replace(post, kind=PostKind.STORY)) for post in page.posts)
                after = next_page(answer)
                if after is None or after == params.get("after"):
                    break
                params["after"] = after
        except ConnectorError as error:
            trouble = error.trouble
        posts, failure = await self.with_insights(list(stories.values()))
        result = self.connector.result(
            self.target, Part.STORIES, trouble=trouble or failure, spent=self.spent
        )
        return replace(result, network_id=self.number, posts=posts)

    async def days(self) -> Fetched:
        """Reach and new followers by day; the last days are told again by the next runs."""
        today = self.api.setup.now().astimezone(PACIFIC).date()
        first = max(self.target.since or date.min, today - timedelta(days=DAYS_BACK))
        figures: dict[tuple[str, date], float] = {}
        trouble: Trouble | None = None
        try:
            await self._series(figures, "reach", first, today)
            await self._new_followers(figures, max(first, today - timedelta(days=DAYS_A_CALL)), today)
        except ConnectorError as error:
            trouble = error.trouble
            self._remember(trouble)
        latest = self.api.setup.now().astimezone(self.target.zone).date()
        told = [
            Figure(metric, day, value, Exactness.PARTIAL if day > today - SETTLING else Exactness.EXACT)
            for (metric, day), value in sorted(figures.items(), key=lambda item: item[0][::-1])
            if first <= day <= latest
        ]
        result = self.connector.result(self.target, Part.STATS, trouble=trouble, spent=self.spent)
        return replace(result, network_id=self.number, figures=told)

    async def _series(
        self, figures: dict[tuple[str, date], float], metric: str, first: date, last: date
    ) -> None:
        """Take a metric's days from `first` to `last`, the newest of them first."""
        until = last + timedelta(days=1)
        while until > first:
            since = max(first, until - timedelta(days=DAYS_A_CALL))
            params = {"metric": metric, "period": "day", "since": _moment(since), "until": _moment(until)}
            path = f"{self.number}/insights"
            answer = await self.api.ask(self.token, path, params, self.spent, self.target.handle)
            figures.update(parse_days(answer))
            until = since

    async def _new_followers(self, figures: dict[tuple[str, date], float], first: date, last: date) -> None:
        """Take the new followers of days: an account with few followers is told none."""
        try:
            await self._series(figures, "follower_count", first, last)
        except AbsentError:
            return

    async def _insights(self, post: FetchedPost) -> tuple[Mapping[str, float], Trouble | None]:
        """The figures of a post or a story: none where too few saw it, or where it is too old."""
        names = STORY_METRICS if post.kind is PostKind.STORY else POST_METRICS
        params = {"metric": ",".join(names)}
        path = f"{post.network_id}/insights"
        try:
            answer = await self.api.ask(self.token, path, params, self.spent, self.target.handle)
        except AbsentError:
            return {}, None
        except ConnectorError as error:
            self._remember(error.trouble)
            return {}, error.trouble
        return parse_insights(answer, names), None

    def _remember(self, trouble: Trouble) -> None:
        if trouble.code == "instagram.forbidden":
            until = self.api.setup.now() + REFUSED_FOR
            self.api.setup.memory.block(self.token.name, INSIGHTS, until, trouble.code, self.target.handle)

    def _is_refused(self) -> bool:
        memory = self.api.setup.memory
        return memory.blocked_until(self.token.name, INSIGHTS, self.target.handle) is not None


def _moment(day: date) -> str:
    """The midnight with which a day of the network begins, seconds since 1970."""
    return str(int(datetime.combine(day, clock_time(), PACIFIC).timestamp()))
