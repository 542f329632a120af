"""Rutube, unofficially: subscribers and videos with views out of the JSON of its public pages.

No key is needed. Nothing of it is documented since the developers' site was closed: see
`connectors.unofficial`. Views are exact; likes are asked for one video at a time, so only the newest have
them. Moments without an offset are taken as Moscow time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from connectors.accounts import AccountsConnector
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedPost,
    Figure,
    Part,
    Route,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.clean import TEXT_LIMIT, clean
from connectors.counting import RequestCount
from connectors.feed import Feed, FeedPage
from connectors.http import CallOptions
from connectors.numbers import parse_count
from connectors.unofficial import changed, get_object
from goals.model import PostKind, PostState

BASE_URL = "https://rutube.ru"
#: The most pages of videos that one run reads of a channel; a page has some twenty.
PAGES_A_RUN = 40
#: Seconds between calls: nobody says how many are allowed.
INTERVAL = 0.5
#: Likes are asked for so many of the newest videos, and of so many days.
LIKED, LIKED_DAYS = 20, 30

_MOSCOW = ZoneInfo("Europe/Moscow")


class RutubeConnector(AccountsConnector):
    """Reads public channels."""

    name = "rutube"
    at_once = 4
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
    }
    metrics = frozenset({"audience", "views", "likes"})

    def __init__(self, setup: Setup, **replaced: Any) -> None:  # noqa: ANN401 - those of the base class
        """Take the settings; what is replaced is as `AccountsConnector` has it."""
        super().__init__(setup, **replaced)
        self._url = (setup.base_url or BASE_URL).rstrip("/")
        self._pace = self.pace(INTERVAL, 4)

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Both parts are open without a token."""
        return tuple(Route(part, None) for part in self.reads if part in target.parts)

    async def read(self, target: Target) -> list[Fetched]:
        """Read the channel's card and its videos."""
        spent = RequestCount()
        card = await self._get(f"profile/user/{quote(target.network_id or target.handle)}/", target, spent)
        number = parse_number(card.get("id"))
        if number is None:
            raise changed(self.name, "profile.id")
        results = []
        if Part.PROFILE in target.parts:
            results.append(self._profile(target, card, number, spent))
        if Part.POSTS in target.parts:
            read = replace(await self._videos(target, number, spent), network_id=number)
            results.append(replace(read, requests=spent.take()))
        return results

    async def check(self, token: Token) -> TokenCheck:
        """No token is of any use here."""
        facts = {"token": token.name, "kind": str(token.kind)}
        return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "rutube.no_tokens", facts=facts))

    def _profile(self, target: Target, card: Mapping[str, Any], number: str, spent: RequestCount) -> Fetched:
        count = parse_count(card.get("subscribers_count"))
        day = self.setup.now().astimezone(target.zone).date()
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=number,
            handle=target.handle,
            title=clean(str(card.get("name") or "")),
            about=clean(str(card.get("description") or ""), TEXT_LIMIT, multiline=True),
            figures=() if count is None else (Figure("audience", day, count),),
            trouble=None if count is not None else changed(self.name, "profile.subscribers_count").trouble,
        )

    async def _videos(self, target: Target, number: str, spent: RequestCount) -> Fetched:
        async def load(page: str | None) -> FeedPage:
            params = {"page": page or "1"}
            return parse_videos(await self._get(f"video/person/{number}/", target, spent, params))

        feed = Feed(target.zone, load, (PostKind.VIDEO, PostKind.CLIP, PostKind.STREAM), PAGES_A_RUN)
        read = await feed.read(self.result(target, Part.POSTS), target.cursors.get(Part.POSTS), target.since)
        if read.trouble is not None:
            return read
        try:
            return replace(read, posts=await self._with_likes(target, read.posts, spent))
        except ConnectorError as error:
            return replace(read, trouble=error.trouble)

    async def _with_likes(
        self, target: Target, posts: Sequence[FetchedPost], spent: RequestCount
    ) -> list[FetchedPost]:
        """The posts, the newest of them with their likes."""
        first = self.setup.now() - timedelta(days=LIKED_DAYS)
        newest = {post.network_id for post in posts[-LIKED:] if post.when >= first}
        told = []
        for post in posts:
            if post.network_id in newest:
                votes = await self._get(f"numerator/video/{post.network_id}/vote", target, spent)
                likes = parse_count(votes.get("positive"))
                if likes is not None:
                    post = replace(post, figures={**post.figures, "likes": float(likes)})  # noqa: PLW2901
            told.append(post)
        return told

    async def _get(
        self, path: str, target: Target, spent: RequestCount, params: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        return await get_object(
            self.name,
            self.http,
            f"{self._url}/api/{path}",
            params={"format": "json", **(params or {})},
            options=CallOptions(pace=self._pace, spent=spent),
            handle=target.handle,
        )


def parse_number(value: object) -> str | None:
    """A channel's number as text; None for what is none."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def parse_videos(answer: Mapping[str, Any]) -> FeedPage:
    """A page of a channel's videos, newest first. Raises ConnectorError `rutube.changed`."""
    results = answer.get("results")
    if not isinstance(results, list):
        raise changed("rutube", "videos.results")
    page = parse_count(answer.get("page")) or 1
    posts = [post for result in results if isinstance(result, dict) and (post := parse_video(result))]
    if results and not any(isinstance(result, dict) and "id" in result for result in results):
        raise changed("rutube", "videos.id")
    return FeedPage(posts, str(page + 1) if answer.get("has_next") is True else None, is_empty=not results)


def parse_video(result: Mapping[str, Any]) -> FetchedPost | None:
    """A video; None for what is hidden, deleted or built in another way."""
    network_id, when = (
        result.get("id"),
        parse_moment(result.get("publication_ts") or result.get("created_ts")),
    )
    if not isinstance(network_id, str) or not network_id or when is None:
        return None
    if result.get("is_hidden") is True or result.get("is_deleted") is True:
        return None
    views = parse_count(result.get("hits"))
    texts = [text for text in (result.get("title"), result.get("description")) if isinstance(text, str)]
    identity = clean(network_id, 64)
    return FetchedPost(
        network_id=identity,
        kind=_kind(result),
        state=PostState.PUBLISHED,
        when=when,
        url=f"https://rutube.ru/video/{quote(identity)}/",
        text=clean("\n".join(texts), TEXT_LIMIT, multiline=True),
        figures={} if views is None else {"views": float(views)},
    )


def parse_moment(value: object) -> datetime | None:
    """A moment out of ISO text, Moscow time where it says none, in UTC; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=_MOSCOW)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _kind(result: Mapping[str, Any]) -> PostKind:
    if result.get("is_livestream") is True:
        return PostKind.STREAM
    return PostKind.CLIP if result.get("is_shorts") is True else PostKind.VIDEO
