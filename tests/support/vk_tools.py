"""A VK connector on a fake VK, with time that costs nothing."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind
from connectors.testing import DictMemory
from connectors.vk import VkConnector
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, FakeStory, FakeToken, World, stats_day, wall_of

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
MOSCOW = ZoneInfo("Europe/Moscow")


class VirtualClock:
    """Time that passes only in pauses; the fake server may share it."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._lock = threading.Lock()
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.sleep(seconds)


def token_of(fake: FakeToken, name: str = "") -> Token:
    """The token as the config names it."""
    return Token(name or fake.kind, TokenKind(fake.kind), Secret(fake.secret))


def target_of(
    number: int,
    *,
    handle: str = "",
    network_id: str | None = "",
    since: date | None = None,
    cursors: dict[str, str] | None = None,
    tokens: Sequence[Token] = (),
    zone: ZoneInfo = MOSCOW,
) -> Target:
    """Community `number` of a world as an account; its key is the number."""
    return Target(
        key=number,
        handle=handle or f"club{number}",
        network_id=str(number) if network_id == "" else network_id,
        zone=zone,
        since=since,
        cursors=cursors or {},
        tokens=tuple(tokens),
    )


def world_of(communities: int, posts: int = 3) -> World:
    """Communities 1..n with posts, a story and a day of statistics; no tokens."""
    world = World()
    for number in range(1, communities + 1):
        world.add(
            FakeCommunity(
                number,
                f"Сообщество {number}",
                f"fake{number}",
                posts=wall_of(posts, SECOND - 3600),
                stories=[FakeStory(1, SECOND - 60)],
                days=[stats_day(SECOND, visitors=1)],
            )
        )
    return world


def codes(results: list[Fetched], part: Part) -> set[str | None]:
    """The troubles' codes of one part, None among them where it was read well."""
    return {r.trouble.code if r.trouble else None for r in results if r.part is part}


class Bench:
    """A connector, the fake that it talks to, what it remembers, and the clock of both."""

    def __init__(
        self, fake: VkFake, clock: VirtualClock, memory: DictMemory, tokens: Sequence[Token]
    ) -> None:
        self.fake = fake
        self.clock = clock
        self.memory = memory
        self.waits: list[float] = []
        self.connector = self.another(*tokens)

    def another(self, *tokens: Token, deadline: float = 5.0) -> VkConnector:
        """One more connector on the same world and memory: the next run."""
        setup = Setup(
            tokens=tokens,
            now=lambda: NOW,
            memory=self.memory,
            base_url=self.fake.url,
            waiting=self.waits.append,
        )
        return VkConnector(setup, clock=self.clock, deadline=deadline)

    async def fetch(self, *targets: Target, connector: VkConnector | None = None) -> list[Fetched]:
        """All results."""
        return [result async for result in (connector or self.connector).fetch(targets)]

    async def one(self, part: Part, target: Target, connector: VkConnector | None = None) -> Fetched:
        """The result of one part of one account."""
        [result] = [r for r in await self.fetch(target, connector=connector) if r.part is part]
        return result

    def called(self, method: str) -> int:
        """How often a method was called, inside `execute` too."""
        return sum(call.method == method for call in self.fake.calls)


@asynccontextmanager
async def vk_bench(fake: VkFake, clock: VirtualClock, *tokens: FakeToken | Token) -> AsyncIterator[Bench]:
    """A started connector with these tokens of the world as the network's own."""
    named = [token if isinstance(token, Token) else token_of(token) for token in tokens]
    bench = Bench(fake, clock, DictMemory(lambda: NOW), named)
    try:
        yield bench
    finally:
        await bench.connector.aclose()
