"""What a user's session tells of channels, as far as Telegram's own limits let it be asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from connectors.base import ConnectorError, Figure, Setup, Token, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.pace import Pace
from connectors.telegram.mtproto.application import application_of
from connectors.telegram.mtproto.calls import PAGE_SIZE, Calls
from connectors.telegram.mtproto.rpc import (
    FLOODS,
    LOST,
    NO_WAY,
    STALE_ADDRESS,
    STATS_MOVED,
    RpcError,
    rule_of,
    trouble_of,
)
from connectors.telegram.mtproto.sessions import Address, Session, Sessions
from connectors.telegram.mtproto.tl import (
    Channel,
    parse_channel,
    parse_days,
    parse_history,
    parse_name,
    parse_resolved,
)
from connectors.telegram.preview import ContactKind, Page

#: A pause that the network asks for is waited out up to so many seconds, so many times a call.
LONGEST_WAIT = 60
WAITS = 3
#: Names that are asked for in a day: the network answers some 200.
RESOLVES_A_DAY = 180
RESOLVE = "contacts.resolveUsername"
#: The whole session, as `Memory.block` calls it.
EVERYTHING = "*"

_NO_CHANNEL = {
    ContactKind.GROUP: "telegram.group",
    ContactKind.OTHER: "telegram.not_channel",
    ContactKind.NOBODY: "telegram.not_found",
}
_Answer = TypeVar("_Answer")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class User:
    """One token's session in one run. `ended` is why it is of no use any more in this run."""

    token: Token
    setup: Setup
    pace: Pace
    sleep: Callable[[float], Awaitable[None]]
    ended: Trouble | None = None
    _calls: Calls | None = field(default=None, init=False)
    _session: Session | None = field(default=None, init=False)
    _found: dict[str, Address] = field(default_factory=dict, init=False)
    _connecting: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def name(self) -> str:
        """Who is logged in: `@name` or the first name. Raises ConnectorError."""
        return parse_name(await self._told("", lambda calls: calls.me(), RequestCount()))

    async def channel(self, handle: str, spent: RequestCount) -> Channel:
        """A public channel. An address that holds no more is asked for anew, once.

        Raises:
            ConnectorError: `telegram.not_found`, `telegram.group`, `telegram.not_channel`,
                `telegram.private`, or what ends the session.
        """
        await self._open(handle)
        known = self._address(handle)
        if known is not None:
            try:
                return await self._full(handle, known, spent)
            except RpcError as failure:
                if not failure.is_any(STALE_ADDRESS):
                    raise ConnectorError(self._trouble(failure, handle)) from None
        address = await self._resolved(handle, spent)
        try:
            return await self._full(handle, address, spent)
        except RpcError as failure:
            raise ConnectorError(self._trouble(failure, handle)) from None

    async def page(self, handle: str, channel: Channel, before: int | None, spent: RequestCount) -> Page:
        """A page of a channel's messages, the newest or those before one. Raises ConnectorError."""
        address = self._known(handle)
        answer = await self._told(handle, lambda calls: calls.history(address, before), spent)
        return parse_history(answer, channel, PAGE_SIZE)

    async def days(
        self, handle: str, channel: Channel, since: date | None, spent: RequestCount
    ) -> list[Figure]:
        """Who came and left by day, and how many there were. Raises ConnectorError."""
        address, dc = self._known(handle), channel.stats_dc
        try:
            stats = await self._asked(lambda calls: calls.stats(address, dc), spent)
        except RpcError as failure:
            if STATS_MOVED not in failure.names or failure.number in {None, dc}:
                raise ConnectorError(self._trouble(failure, handle)) from None
            dc = failure.number
            stats = await self._told(handle, lambda calls: calls.stats(address, dc), spent)
        growth = await self._graph(handle, stats.growth_graph, dc, spent)
        moves = await self._graph(handle, stats.followers_graph, dc, spent)
        return parse_days(growth, moves, since, self.setup.now().astimezone(UTC).date())

    async def log_out(self) -> None:
        """End the session for good, in Telegram. Raises ConnectorError."""
        await self._told("", lambda calls: calls.log_out(), RequestCount())

    async def aclose(self) -> None:
        """Keep the addresses that were found, and give the connection back."""
        calls, self._calls = self._calls, None
        if calls is not None:
            await calls.aclose()
        self._keep()

    async def _graph(self, handle: str, graph: Any, dc: int | None, spent: RequestCount) -> Any:  # noqa: ANN401
        """A graph with its lines: one that is only named is loaded."""
        if type(graph).__name__ != "StatsGraphAsync":
            return graph
        return await self._told(handle, lambda calls: calls.graph(graph.token, dc), spent)

    async def _full(self, handle: str, address: Address, spent: RequestCount) -> Channel:
        channel = parse_channel(await self._asked(lambda calls: calls.full_channel(address), spent))
        if channel is None:
            raise ConnectorError(_none("telegram.group", handle))
        return channel if channel.handle else replace(channel, handle=handle)

    async def _resolved(self, handle: str, spent: RequestCount) -> Address:
        """The address of a name: dear to ask for, so that it is counted and kept."""
        memory, name = self.setup.memory, self.token.name
        until = memory.blocked_until(name, RESOLVE)
        if until is not None:
            raise ConnectorError(self._told_to_wait(until, handle))
        if memory.calls_today(name, RESOLVE) >= RESOLVES_A_DAY:
            facts = {"token": name, "handle": handle}
            raise ConnectorError(Trouble(TroubleKind.RETRY, "telegram.names_limit", facts=facts))
        memory.count(name, RESOLVE, 1)
        try:
            peer = parse_resolved(await self._asked(lambda calls: calls.resolve(handle), spent))
        except RpcError as failure:
            raise ConnectorError(self._trouble(failure, handle, RESOLVE)) from None
        if peer.kind is not ContactKind.CHANNEL:
            raise ConnectorError(_none(_NO_CHANNEL[peer.kind], handle))
        address = self._found[handle] = (peer.number, peer.access_hash)
        return address

    def _address(self, handle: str) -> Address | None:
        kept = self._session.channels.get(handle) if self._session is not None else None
        return self._found.get(handle, kept)

    def _known(self, handle: str) -> Address:
        address = self._address(handle)
        if address is None:
            raise LookupError(handle)
        return address

    async def _told(
        self, handle: str, ask: Callable[[Calls], Awaitable[_Answer]], spent: RequestCount
    ) -> _Answer:
        try:
            return await self._asked(ask, spent)
        except RpcError as failure:
            raise ConnectorError(self._trouble(failure, handle)) from None

    async def _asked(self, ask: Callable[[Calls], Awaitable[_Answer]], spent: RequestCount) -> _Answer:
        """The answer to a call: short pauses are waited out, a connection that was lost is made anew once.

        Raises:
            RpcError: what the call was refused with.
            ConnectorError: why the session is of no use in this run.
        """
        waits_left, is_again = WAITS, False
        while True:
            calls = await self._open("")
            await self.pace.wait()
            spent.add()
            try:
                return await ask(calls)
            except RpcError as failure:
                seconds = failure.number
                waits_left -= 1
                if failure.is_any(FLOODS) and seconds is not None and seconds <= LONGEST_WAIT and waits_left:
                    await self._wait(seconds)
                elif failure.is_any(LOST) and not is_again:
                    is_again = True
                    await self._drop(calls)
                else:
                    raise

    async def _wait(self, seconds: int) -> None:
        if self.setup.waiting is not None:
            self.setup.waiting(seconds)
        await self.sleep(seconds)

    async def _drop(self, calls: Calls) -> None:
        """Give up a connection that was lost; the next call makes another."""
        if self._calls is calls:
            self._calls = None
        await calls.aclose()

    async def _open(self, handle: str) -> Calls:
        """The connection, made when it is first wanted. Raises ConnectorError."""
        async with self._connecting:
            if self.ended is not None:
                raise ConnectorError(self.ended)
            if self._calls is not None:
                return self._calls
            try:
                application = application_of(self.token)
                session = Sessions(self.setup.state_dir).read(self.token)
                calls = Calls(application, session.text, self.setup.proxy)
                await calls.connect()
            except ConnectorError as error:
                self.ended = error.trouble
                raise
            except RpcError as failure:
                self.ended = self._trouble(failure, handle)
                raise ConnectorError(self.ended) from None
            self._session, self._calls = session, calls
            return calls

    def _trouble(self, failure: RpcError, handle: str, method: str = EVERYTHING) -> Trouble:
        """What a failure means for this session: a long pause is remembered, a lost session is not used."""
        if failure.is_any(FLOODS):
            until = self.setup.now() + timedelta(seconds=failure.number or LONGEST_WAIT)
            self.setup.memory.block(self.token.name, method, until, "telegram.user_flood")
            trouble = self._told_to_wait(until, handle)
            if method == EVERYTHING:
                self.ended = trouble
            return trouble
        trouble = trouble_of(failure, self.token.name, handle)
        if rule_of(failure).ends_session or failure.is_any(NO_WAY):
            self.ended = trouble
        return trouble

    def _told_to_wait(self, until: datetime, handle: str) -> Trouble:
        return told_to_wait(self.token, until - self.setup.now(), handle)

    def _keep(self) -> None:
        """Put the addresses that were found beside the session, unless it was taken away meanwhile."""
        if self._session is None or not self._found:
            return
        sessions = Sessions(self.setup.state_dir)
        try:
            kept = sessions.read(self.token)
            if kept.text.reveal() == self._session.text.reveal():
                sessions.write(self.token.name, replace(kept, channels={**kept.channels, **self._found}))
        except ConnectorError as error:
            _log.warning("the addresses of channels are not kept: %s", error.trouble.code)
        except OSError as error:
            _log.warning("the addresses of channels are not kept: %s", error.strerror)
        self._found.clear()


def told_to_wait(token: Token, left: timedelta, handle: str = "") -> Trouble:
    """The trouble of a session that may not ask for a while."""
    seconds = max(1, round(left.total_seconds()))
    facts = {"token": token.name, "handle": handle, "seconds": str(seconds)}
    return Trouble(TroubleKind.RETRY, "telegram.user_flood", facts=facts)


def _none(code: str, handle: str) -> Trouble:
    return Trouble(TroubleKind.SKIP, code, facts={"handle": handle})
