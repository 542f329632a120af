"""The connector itself: routes, the reading run, looking up a link, trying a token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from connectors.base import (
    Connector,
    Fetched,
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
from connectors.vk.caller import Caller
from connectors.vk.check import check_token
from connectors.vk.clock import Clock, SystemClock
from connectors.vk.desk import Desk
from connectors.vk.errors import REFUSALS, VkError, most_telling
from connectors.vk.parts import READERS, read_reach
from connectors.vk.profiles import Profiles, no_token, profile
from connectors.vk.tokens import KINDS, candidates, denials, routes
from connectors.vk.transport import DEADLINE, HOSTS, Lane

#: Seconds between the starts of two calls: 3 a second for service and user tokens, 20 for a community's.
INTERVALS: Mapping[TokenKind, float] = {TokenKind.COMMUNITY: 0.051}
_INTERVAL = 0.34
#: Accounts that are under way at once: enough to fill requests, and what they brought stays little.
ACCOUNTS_AT_ONCE = 100

_log = logging.getLogger(__name__)
_Read = Callable[[Desk], Awaitable[Fetched]]


@dataclass(slots=True)
class _Run:
    """What the accounts of one reading share: the look-up of communities; and each account's wall."""

    profiles: Profiles
    walls: dict[int, asyncio.Task[Fetched]] = field(default_factory=dict)


class VkConnector(Connector):
    """VK, over vk_api. `clock`, `hosts` and `deadline` (seconds a call) are for tests."""

    name: ClassVar[str] = "vk"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        part: frozenset(kinds) for part, kinds in KINDS.items()
    }
    metrics: ClassVar[frozenset[str]] = frozenset(
        {
            "audience",
            "visitors",
            "page_views",
            "reach",
            "joins",
            "leaves",
            "orders",
            "sales",
            "revenue",
            "likes",
            "comments",
            "shares",
            "views",
        }
    )
    refusals: ClassVar[Mapping[str, Refusal]] = REFUSALS

    def __init__(
        self,
        setup: Setup,
        *,
        clock: Clock | None = None,
        hosts: Sequence[str] | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        super().__init__(setup)
        self._clock = clock or SystemClock()
        self._hosts = tuple(hosts or HOSTS)
        if setup.base_url:
            self._hosts = (setup.base_url.rstrip("/"),)
        self._deadline = deadline
        self._callers: dict[str, Caller] = {}

    def routes(self, target: Target) -> tuple[Route, ...]:
        """By which token each part is read; a token that was refused lately is passed over."""
        return routes(target, self.setup.tokens, self.setup.memory)

    async def fetch(self, targets: Sequence[Target]) -> AsyncIterator[Fetched]:
        """Read the open parts of all targets together, so that they share requests."""
        results: asyncio.Queue[Fetched | None] = asyncio.Queue(ACCOUNTS_AT_ONCE)
        reading = asyncio.create_task(self._read_all(targets, results))
        try:
            while (result := await results.get()) is not None:
                yield result
            await reading
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def resolve(self, target: Target) -> Fetched:
        """Find the account by its handle or id, with what it says of itself."""
        profiles = self._profiles(about=True)
        profiles.expect([target])
        await profiles.look_up([target])
        return profile(target, await profiles.of(target), self.setup.now(), profiles.take_requests(target))

    async def check(self, token: Token) -> TokenCheck:
        """One free call that tells whether the token works."""
        return await check_token(self._caller(token), token)

    async def aclose(self) -> None:
        """Stop all calls and let the tokens' threads go."""
        for caller in self._callers.values():
            caller.close()
        self._callers.clear()

    def _caller(self, token: Token) -> Caller:
        if token.name not in self._callers:
            lane = Lane(
                token.name,
                token.secret,
                interval=INTERVALS.get(token.kind, _INTERVAL),
                clock=self._clock,
                now=self.setup.now,
                hosts=self._hosts,
                proxy=self.setup.proxy,
                deadline=self._deadline,
            )
            self._callers[token.name] = Caller(
                token,
                lane,
                self.setup.memory,
                now=self.setup.now,
                clock=self._clock,
                waiting=self.setup.waiting,
            )
        return self._callers[token.name]

    def _candidates(self, part: Part, target: Target) -> list[Token]:
        return candidates(part, target, self.setup.tokens, self.setup.memory)

    def _profiles(self, *, about: bool = False) -> Profiles:
        return Profiles(lambda target: self._candidates(Part.PROFILE, target), self._caller, about=about)

    async def _read_all(self, targets: Sequence[Target], results: asyncio.Queue[Fetched | None]) -> None:
        """Put one result for each target and open part into `results`, then None, whatever happens."""
        run = _Run(self._profiles())
        unknown = [target for target in targets if _is_looked_up(target)]
        run.profiles.expect(unknown)
        free = asyncio.Semaphore(ACCOUNTS_AT_ONCE)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(run.profiles.look_up(unknown))
                for target in targets:
                    await free.acquire()
                    tasks.create_task(self._read_account(target, run, results, free))
        finally:
            await results.put(None)

    async def _read_account(
        self, target: Target, run: _Run, results: asyncio.Queue[Fetched | None], free: asyncio.Semaphore
    ) -> None:
        """Read all open parts of an account at the same time, then let the next account begin."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for route in self.routes(target):
                    if route.is_open:
                        tasks.create_task(self._read(route.part, target, run, results))
        finally:
            run.walls.pop(target.key, None)
            free.release()

    async def _read(
        self, part: Part, target: Target, run: _Run, results: asyncio.Queue[Fetched | None]
    ) -> None:
        try:
            result = await self._result(part, target, run)
        except Exception as error:  # noqa: BLE001  # the edge of one account: logged, the others go on
            _log.exception("vk: reading %s of %s broke", part, target.handle)
            trouble = Trouble(TroubleKind.RETRY, "vk.broken", type(error).__name__)
            result = Fetched(target.key, part, self.setup.now(), trouble=trouble)
        await results.put(result)

    async def _result(self, part: Part, target: Target, run: _Run) -> Fetched:
        if part is Part.PROFILE:
            found = await run.profiles.of(target)
            return profile(target, found, self.setup.now(), run.profiles.take_requests(target))
        if part is Part.POSTS:
            return await self._wall(target, run)
        if part is Part.REACH:
            return await self._reach(target, run)
        return await self._of_community(part, target, run, READERS[part])

    def _wall(self, target: Target, run: _Run) -> asyncio.Task[Fetched]:
        """The reading of an account's posts, which its posts and their reach have in common."""
        if target.key not in run.walls:
            reading = self._of_community(Part.POSTS, target, run, READERS[Part.POSTS])
            run.walls[target.key] = asyncio.create_task(reading)
        return run.walls[target.key]

    async def _reach(self, target: Target, run: _Run) -> Fetched:
        wall = await self._wall(target, run)
        spent = 0 if Part.POSTS in target.parts else wall.requests
        if not wall.posts:
            trouble = wall.trouble
            return Fetched(target.key, Part.REACH, self.setup.now(), trouble=trouble, requests=spent)
        known = replace(target, network_id=wall.network_id)
        result = await self._read_part(
            Part.REACH, known, int(wall.network_id or 0), lambda desk: read_reach(desk, wall.posts)
        )
        return replace(result, requests=result.requests + spent)

    async def _of_community(self, part: Part, target: Target, run: _Run, read: _Read) -> Fetched:
        """Read a part of the community that the target names, as soon as its number is known."""
        if target.network_id is not None:
            result = await self._read_part(part, target, int(target.network_id), read)
            if not _is_looked_up(target):
                return result
            found = await run.profiles.of(target)
            return self._failed(part, target, found.error, result.requests) if found.is_closed else result
        found = await run.profiles.of(target)
        spent = 0 if Part.PROFILE in target.parts else run.profiles.take_requests(target)
        if found.community is None or found.error is not None:
            return self._failed(part, target, found.error, spent)
        result = await self._read_part(part, target, found.community.id, read)
        return replace(result, requests=result.requests + spent)

    async def _read_part(self, part: Part, target: Target, community: int, read: _Read) -> Fetched:
        """Read a part with the best token, with the next one where that is refused."""
        spent = RequestCount()
        failures: list[VkError] = []
        target = replace(target, network_id=str(community))
        for token in self._candidates(part, target):
            desk = Desk(self._caller(token), target, community, self.setup.now(), spent)
            try:
                return await read(desk)
            except VkError as error:
                failures.append(error)
                if not error.of_token:
                    break
        known = failures or denials(part, target, self.setup.tokens, self.setup.memory)
        failure = most_telling(known) or no_token(target.handle, KINDS[part])
        return self._failed(part, target, failure, spent.made)

    def _failed(self, part: Part, target: Target, error: VkError | None, requests: int = 0) -> Fetched:
        trouble = error.trouble if error else None
        return Fetched(target.key, part, self.setup.now(), trouble=trouble, requests=requests)


def _is_looked_up(target: Target) -> bool:
    """Whether the community itself is asked for: its figures are wanted, or its number is not known."""
    return Part.PROFILE in target.parts or target.network_id is None
