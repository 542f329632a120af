"""The connector itself: channels by fifty, then the videos of each, and the days that owners may see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from connectors.accounts import AccountsConnector, Together
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedGap,
    FetchedPost,
    Figure,
    Part,
    Refusal,
    Route,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.counting import RequestCount
from connectors.youtube.access import AccessTokens
from connectors.youtube.api import ANALYTICS_URL, Api, Call
from connectors.youtube.errors import REFUSALS, not_found
from connectors.youtube.parse import (
    CHANNEL_ID,
    DAY_METRICS,
    VIDEO_METRICS,
    Channel,
    UploadsPage,
    parse_channels,
    parse_days,
    parse_uploads,
    parse_videos,
)
from connectors.youtube.uploads import UploadsReader, parse_cursor
from goals.model import PostKind, PostState

#: Seconds between two calls, after a first few at once: the network names no pace of its own.
INTERVAL = 0.05
AT_ONCE = 10
#: Channels and videos that one call tells of, and videos on a page.
A_CALL = 50
#: The first day of the network: owners' reports go back as far as their channels.
BEGINNING = date(2005, 2, 14)
#: How long a token is not tried again for the reports of a channel that is not its owner's.
REFUSED_FOR = timedelta(days=7)
#: What a refusal of reports is remembered under.
REPORTS = "reports"

_PUBLIC = frozenset({TokenKind.KEY, TokenKind.OAUTH})
_OWNERS = frozenset({TokenKind.OAUTH})
_VIDEO_PARTS = "snippet,contentDetails,statistics,liveStreamingDetails,player"
#: The height for which the network is asked to tell a video's width: the shape is all that is wanted.
_HEIGHT = "720"
_KINDS = (PostKind.VIDEO, PostKind.CLIP, PostKind.STREAM)
#: No channel has this id: asked with a key that works, the network answers with nothing.
_NO_CHANNEL = "UC0000000000000000000000"


class YoutubeConnector(AccountsConnector):
    """Reads public channels with a key or by OAuth, and with the owner's OAuth who came and left."""

    name = "youtube"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: _PUBLIC,
        Part.POSTS: _PUBLIC,
        Part.PLANNED: _PUBLIC,
        Part.STATS: _OWNERS,
    }
    metrics = frozenset({"audience", *VIDEO_METRICS.values(), *DAY_METRICS.values()})
    refusals: ClassVar[Mapping[str, Refusal]] = REFUSALS

    def __init__(
        self,
        setup: Setup,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the settings; `sleep` and the monotonic `clock` may be replaced."""
        super().__init__(setup, sleep=sleep, clock=clock)
        access = AccessTokens(self.http, setup)
        self._api = Api(self.http, setup, self.pace(INTERVAL, AT_ONCE), access)
        self._channels: dict[int, Together[Channel]] = {}
        self._spent: dict[int, RequestCount] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """Everything public by a key or by OAuth; figures by day by an owner's OAuth alone."""
        return tuple(self._route(target, part) for part in self.reads if part in target.parts)

    async def check(self, token: Token) -> TokenCheck:
        """Ask for a channel that is not there with a key, for the own one by OAuth."""
        if token.kind not in _PUBLIC:
            facts = {"token": token.name, "kind": str(token.kind)}
            trouble = Trouble(TroubleKind.CONFIG, "youtube.token_kind", facts=facts)
            return TokenCheck(ok=False, trouble=trouble)
        owned = {"mine": "true"} if token.kind is TokenKind.OAUTH else {"id": _NO_CHANNEL}
        call = Call("youtube/v3/channels", {"part": "snippet", "maxResults": "1", **owned})
        try:
            channels = await self._api.ask([token], call, parse_channels, RequestCount())
        except ConnectorError as error:
            return TokenCheck(ok=False, trouble=error.trouble)
        return TokenCheck(ok=True, kind=token.kind, name=channels[0].title if channels else "")

    async def resolve(self, target: Target) -> Fetched:
        """The channel's id, handle, title and subscribers, or the trouble."""
        if self._tokens(target, Part.PROFILE):
            return await super().resolve(target)
        facts = {"handle": target.handle, "kinds": str(TokenKind.KEY)}
        trouble = Trouble(TroubleKind.AUTH, "youtube.no_token", facts=facts)
        return self.result(target, Part.PROFILE, trouble=trouble)

    def begin(self, targets: Sequence[Target]) -> None:
        """Prepare the calls that tell of many channels: by their ids; a handle is asked for alone."""
        groups: dict[tuple[tuple[str, ...], bool], list[Target]] = {}
        for target in targets:
            tokens = self._tokens(target, Part.PROFILE)
            if tokens and self._needs_channel(target):
                names = tuple(token.name for token in tokens)
                groups.setdefault((names, _id_of(target) is not None), []).append(target)
        for (_names, by_id), mine in groups.items():
            together = Together(mine, A_CALL if by_id else 1, self._find)
            self._channels.update((target.key, together) for target in mine)

    async def end(self) -> None:
        """End the calls that nobody waits for any more."""
        running = {id(together): together for together in self._channels.values()}
        self._channels.clear()
        self._spent.clear()
        for together in running.values():
            await together.aclose()

    async def read(self, target: Target) -> list[Fetched]:
        """Read the channel itself, its videos and its days, as far as they are wanted and open."""
        is_open = {route.part for route in self.routes(target) if route.is_open}
        channel = None
        if self._needs_channel(target) and target.key in self._channels:
            channel = await self._channels[target.key].of(target)
            if channel is None:
                raise ConnectorError(not_found(target.handle))
        spent = self._spent.pop(target.key, RequestCount())
        results = []
        if channel is not None:
            if Part.PROFILE in is_open:
                results.append(self._profile(target, channel, spent))
            results += await self._content(target, channel, is_open, spent)
        number = channel.id if channel is not None else _id_of(target)
        if Part.STATS in is_open and number is not None:
            results.append(await self._days(target, number, spent))
        return results

    def _profile(self, target: Target, channel: Channel, spent: RequestCount) -> Fetched:
        day, count = self._today(target), channel.subscribers
        figures = () if count is None else (Figure("audience", day, count, channel.exactness),)
        return replace(
            self.result(target, Part.PROFILE, spent=spent),
            network_id=channel.id,
            handle=channel.handle,
            title=channel.title,
            about=channel.about,
            figures=figures,
            gaps=(FetchedGap("audience", day, day, "hidden"),) if channel.hidden else (),
        )

    async def _content(
        self, target: Target, channel: Channel, is_open: set[Part], spent: RequestCount
    ) -> list[Fetched]:
        """The published videos, and those that the newest pages announce."""
        wanted = [part for part in (Part.POSTS, Part.PLANNED) if part in is_open]
        if not wanted:
            return []
        try:
            told, videos = await self._videos(target, channel, spent, deep=Part.POSTS in wanted)
        except ConnectorError as error:
            return [self._failed(target, part, channel.id, error.trouble, spent) for part in wanted]
        results = []
        if Part.POSTS in wanted:
            posts = tuple(video for video in videos if video.state is PostState.PUBLISHED)
            results.append(replace(told, posts=posts, requests=spent.take()))
        if Part.PLANNED in wanted:
            planned = tuple(video for video in videos if video.state is PostState.PLANNED)
            result = self.result(target, Part.PLANNED, trouble=told.trouble, spent=spent)
            results.append(replace(result, network_id=channel.id, posts=planned))
        return results

    async def _videos(
        self, target: Target, channel: Channel, spent: RequestCount, *, deep: bool
    ) -> tuple[Fetched, list[FetchedPost]]:
        """What a reading of the uploads comes to, and its videos; only the newest page if not `deep`."""

        async def page(token: str) -> UploadsPage:
            return await self._uploads(target, channel, token, spent)

        reader = UploadsReader(target.zone, page)
        empty = replace(self.result(target, Part.POSTS), network_id=channel.id)
        first = await page("")
        if not deep:
            numbers = [upload.id for upload in first.uploads]
            return empty, await self._tell(target, numbers, spent)
        cursor = await reader.read(first, parse_cursor(target.cursors.get(Part.POSTS)), target.since)
        videos = await self._tell(target, list(reader.uploads), spent)
        whole = reader.complete_since
        told = replace(
            empty,
            trouble=reader.trouble,
            cursor=cursor.dump(),
            goes_on=cursor.back is not None,
            complete_since={} if whole is None else {(PostState.PUBLISHED, kind): whole for kind in _KINDS},
        )
        return told, sorted(videos, key=lambda video: (video.when, video.network_id))

    async def _uploads(self, target: Target, channel: Channel, page: str, spent: RequestCount) -> UploadsPage:
        """A page of the uploads; a channel that never had any has no list of them."""
        if channel.uploads is None:
            return UploadsPage((), None)
        params = {"part": "contentDetails", "playlistId": channel.uploads, "maxResults": str(A_CALL)}
        if page:
            params["pageToken"] = page
        call = Call("youtube/v3/playlistItems", params, target.handle)
        try:
            return await self._api.ask(self._tokens(target, Part.POSTS), call, parse_uploads, spent)
        except ConnectorError as error:
            if error.trouble.code == "youtube.no_uploads" and not page:
                return UploadsPage((), None)
            raise

    async def _tell(self, target: Target, numbers: Sequence[str], spent: RequestCount) -> list[FetchedPost]:
        """What the network says of videos; one that is private or gone is left out of its answer."""
        videos: list[FetchedPost] = []
        for place in range(0, len(numbers), A_CALL):
            asked = numbers[place : place + A_CALL]
            params = {"part": _VIDEO_PARTS, "id": ",".join(asked), "maxHeight": _HEIGHT}
            call = Call("youtube/v3/videos", params, target.handle)
            told = await self._api.ask(self._tokens(target, Part.POSTS), call, parse_videos, spent)
            videos += [video for video in told if video.network_id in set(asked)]
        return videos

    async def _days(self, target: Target, number: str, spent: RequestCount) -> Fetched:
        """Who subscribed and who left, by day, from the first owner's token that may tell."""
        params = {
            "ids": f"channel=={number}",
            "startDate": (target.since or BEGINNING).isoformat(),
            "endDate": self._today(target).isoformat(),
            "dimensions": "day",
            "metrics": ",".join(DAY_METRICS),
            "sort": "day",
        }
        call = Call("v2/reports", params, target.handle, ANALYTICS_URL)
        failures: list[Trouble] = []
        for token in self._owners(target):
            try:
                days = await self._api.ask([token], call, parse_days, spent)
            except ConnectorError as error:
                failures.append(error.trouble)
                if error.trouble.code == "youtube.forbidden":
                    until = self.setup.now() + REFUSED_FOR
                    self.setup.memory.block(token.name, REPORTS, until, error.trouble.code, number)
                continue
            figures = [
                Figure(metric, day, count)
                for day, figures in sorted(days.items())
                for metric, count in figures.items()
                if target.since is None or day >= target.since
            ]
            result = self.result(target, Part.STATS, spent=spent)
            return replace(result, network_id=number, figures=figures)
        return self._failed(target, Part.STATS, number, failures[0], spent)

    def _failed(
        self, target: Target, part: Part, number: str, trouble: Trouble, spent: RequestCount
    ) -> Fetched:
        return replace(self.result(target, part, trouble=trouble, spent=spent), network_id=number)

    async def _find(self, chunk: Sequence[Target]) -> Mapping[int, Channel]:
        """The channels of one call, by the accounts' keys; the network leaves out what it does not know."""
        spent = self._spent.setdefault(chunk[0].key, RequestCount())
        ids = {target.key: _id_of(target) for target in chunk}
        by_id = [number for number in ids.values() if number is not None]
        asked = {"id": ",".join(dict.fromkeys(by_id))} if by_id else {"forHandle": f"@{chunk[0].handle}"}
        params = {"part": "snippet,contentDetails,statistics", "maxResults": str(A_CALL), **asked}
        call = Call("youtube/v3/channels", params, chunk[0].handle if len(chunk) == 1 else "")
        tokens = self._tokens(chunk[0], Part.PROFILE)
        channels = await self._api.ask(tokens, call, parse_channels, spent)
        if not by_id:
            return {chunk[0].key: channels[0]} if channels else {}
        known = {channel.id: channel for channel in channels}
        return {key: known[number] for key, number in ids.items() if number in known}

    def _route(self, target: Target, part: Part) -> Route:
        kinds = self.reads[part]
        tokens = self._owners(target) if part is Part.STATS else self._tokens(target, part)
        if tokens:
            return Route(part, tokens[0])
        needs = tuple(kind for kind in (TokenKind.KEY, TokenKind.OAUTH) if kind in kinds)
        refused = [
            Trouble(TroubleKind.AUTH, code, facts={"token": token.name, "handle": target.handle})
            for token in self._tokens(target, part)
            if (code := self._refusal(token, target)) is not None
        ]
        return Route(part, None, needs, tuple(refused))

    def _tokens(self, target: Target, part: Part) -> list[Token]:
        """The tokens of a kind that may read a part, the account's own first, keys before OAuth."""
        kinds = self.reads[part]
        named = {token.name: token for token in (*target.tokens, *self.setup.tokens) if token.kind in kinds}
        return sorted(named.values(), key=lambda token: token.kind is not TokenKind.KEY)

    def _owners(self, target: Target) -> list[Token]:
        """The tokens that may be an owner's: those that were not refused lately for this channel."""
        tokens = self._tokens(target, Part.STATS)
        return [token for token in tokens if self._refusal(token, target) is None]

    def _refusal(self, token: Token, target: Target) -> str | None:
        number = _id_of(target)
        return None if number is None else self.setup.memory.blocked_by(token.name, REPORTS, number)

    def _needs_channel(self, target: Target) -> bool:
        """Whether the channel itself must be asked for: days need no more than its id."""
        return bool(target.parts & {Part.PROFILE, Part.POSTS, Part.PLANNED}) or _id_of(target) is None

    def _today(self, target: Target) -> date:
        return self.setup.now().astimezone(target.zone).date()


def _id_of(target: Target) -> str | None:
    """The channel's id, where it is known."""
    return target.network_id or (target.handle if CHANNEL_ID.fullmatch(target.handle) else None)
