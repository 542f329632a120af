"""The exact reading of channels by a user's session: what of an account it gives, part by part.

It goes back through the same history with the same cursors as the public preview, so that either takes
up where the other stopped.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedGap,
    Figure,
    Part,
    Setup,
    Target,
    Token,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.counting import RequestCount
from connectors.pace import Pace
from connectors.telegram.history import Reader, parse_cursor
from connectors.telegram.mtproto.tl import Channel
from connectors.telegram.mtproto.user import EVERYTHING, User, told_to_wait
from connectors.telegram.preview import Page
from goals.model import PostKind, PostState

#: Seconds between calls of one session, after a first few at once.
CALL_INTERVAL = 0.5
CALLS_AT_ONCE = 5
#: A channel whose statistics were refused is asked for them again after so long.
REFUSED_FOR = timedelta(days=1)
STATS = "stats.getBroadcastStats"


@dataclass(slots=True)
class Exact:
    """What was read of an account, by part, and why the rest of it was not."""

    results: dict[Part, Fetched] = field(default_factory=dict)
    trouble: Trouble | None = None


@dataclass(slots=True)
class Users:
    """The sessions of a run, each opened when it is first wanted."""

    setup: Setup
    make_pace: Callable[[float, int], Pace]
    sleep: Callable[[float], Awaitable[None]]
    _open: dict[str, User] = field(default_factory=dict)

    def of(self, token: Token) -> User:
        """The session of a token."""
        user = self._open.get(token.name)
        if user is None:
            pace = self.make_pace(CALL_INTERVAL, CALLS_AT_ONCE)
            user = self._open[token.name] = User(token, self.setup, pace, self.sleep)
        return user

    def usable(self, target: Target) -> Token | None:
        """The token by which the account is read exactly: its own first, none that was told to wait."""
        return next((token for token in self.tokens(target) if self._wait_of(token) is None), None)

    def refusals(self, target: Target, token: Token | None) -> tuple[Trouble, ...]:
        """Why the statistics of an account are not asked for now; nothing where they are."""
        if token is None:
            waits = [(known, self._wait_of(known)) for known in self.tokens(target)]
            return tuple(
                told_to_wait(known, wait, target.handle) for known, wait in waits if wait is not None
            )
        code = self.setup.memory.blocked_by(token.name, STATS, target.handle)
        if code is None:
            return ()
        return (Trouble(TroubleKind.AUTH, code, facts={"token": token.name, "handle": target.handle}),)

    def tokens(self, target: Target) -> list[Token]:
        """The tokens of users, the account's own first."""
        return [token for token in (*target.tokens, *self.setup.tokens) if token.kind is TokenKind.USER]

    async def aclose(self) -> None:
        """Give all connections back."""
        users, self._open = list(self._open.values()), {}
        for user in users:
            await user.aclose()

    def _wait_of(self, token: Token) -> timedelta | None:
        until, now = self.setup.memory.blocked_until(token.name, EVERYTHING), self.setup.now()
        return None if until is None or until <= now else until - now


@dataclass(slots=True)
class ExactReading:
    """One account, read by one session."""

    user: User
    setup: Setup
    target: Target
    result: Callable[[Part, Trouble | None, RequestCount], Fetched]
    spent: RequestCount = field(default_factory=RequestCount)

    async def read(self, parts: frozenset[Part]) -> Exact:
        """Read the parts; those that only a session reads are told in any case."""
        exact = Exact()
        try:
            channel = await self.user.channel(self.target.handle, self.spent)
        except ConnectorError as error:
            exact.trouble = error.trouble
            if Part.STATS in parts:
                exact.results[Part.STATS] = self.result(Part.STATS, error.trouble, self.spent)
            return exact
        if Part.PROFILE in parts:
            exact.results[Part.PROFILE] = self._profile(channel)
        if Part.POSTS in parts:
            try:
                exact.results[Part.POSTS] = await self._posts(channel)
            except ConnectorError as error:
                exact.trouble = error.trouble
        if Part.STATS in parts:
            exact.results[Part.STATS] = await self._days(channel)
        return exact

    def _profile(self, channel: Channel) -> Fetched:
        day, count = self.setup.now().astimezone(self.target.zone).date(), channel.members
        return replace(
            self._told(Part.PROFILE, channel),
            title=channel.title,
            about=channel.about,
            figures=() if count is None else (Figure("audience", day, count),),
            gaps=(FetchedGap("audience", day, day, "hidden"),) if count is None else (),
        )

    async def _posts(self, channel: Channel) -> Fetched:
        handle = self.target.handle

        async def older(before: int | None) -> Page:
            return await self.user.page(handle, channel, before, self.spent)

        first = await older(None)
        cursor = parse_cursor(self.target.cursors.get(Part.POSTS))
        history = await Reader(self.target.zone, older).read(first, cursor, self.target.since)
        return replace(
            self._told(Part.POSTS, channel, history.trouble),
            posts=history.posts,
            cursor=history.cursor.dump(),
            goes_on=history.cursor.back is not None,
            complete_since=covered(history.complete_since),
        )

    async def _days(self, channel: Channel) -> Fetched:
        """The figures by day, where the channel lets this user see them."""
        target = self.target
        if not channel.shows_stats:
            return self._told(Part.STATS, channel, self._no_stats("telegram.no_stats"))
        try:
            figures = await self.user.days(target.handle, channel, target.since, self.spent)
        except ConnectorError as error:
            if error.trouble.code == "telegram.no_stats":
                self._no_stats(error.trouble.code)
            return self._told(Part.STATS, channel, error.trouble)
        return replace(self._told(Part.STATS, channel), figures=figures)

    def _no_stats(self, code: str) -> Trouble:
        """The refusal, which is remembered."""
        handle, name = self.target.handle, self.user.token.name
        self.setup.memory.block(name, STATS, self.setup.now() + REFUSED_FOR, code, handle)
        return Trouble(TroubleKind.AUTH, code, facts={"token": name, "handle": handle})

    def _told(self, part: Part, channel: Channel, trouble: Trouble | None = None) -> Fetched:
        empty = self.result(part, trouble, self.spent)
        return replace(empty, network_id=str(channel.number), handle=channel.handle)


def covered(since: date | None) -> dict[tuple[PostState, PostKind], date]:
    """Of what everything since a day was read: a message is shown as a post or as a video."""
    if since is None:
        return {}
    return {(PostState.PUBLISHED, kind): since for kind in (PostKind.POST, PostKind.VIDEO)}
