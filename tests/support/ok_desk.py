"""A desk for trying the Odnoklassniki connector: the connector on the fake network, and its accounts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind
from connectors.ok import OkConnector
from connectors.testing import DictMemory
from tests.fakes.ok import ACCESS_TOKEN, APPLICATION_KEY, SESSION_SECRET, Group, OkFake, daily, history

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
NUMBER = 53_100_000_000_001


def token(name: str = "ok-zerno", access: str = ACCESS_TOKEN, secret: str = SESSION_SECRET) -> Token:
    """A token as the settings give it."""
    params = {"application_key": APPLICATION_KEY}
    return Token(name, TokenKind.USER, Secret(f"{access}:{secret}"), params)


class Desk:
    """A connector on the fake, with pauses written down instead of waited for."""

    def __init__(self, fake: OkFake) -> None:
        self.fake = fake
        self.now = NOW
        self.memory = DictMemory(lambda: self.now)
        self.pauses: list[float] = []
        self.time = 0.0
        self.setup = Setup(tokens=(token(),), now=lambda: self.now, memory=self.memory, base_url=fake.url)

    async def sleep(self, seconds: float) -> None:
        """Write a pause down."""
        self.pauses.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def connector(self, *tokens: Token) -> OkConnector:
        """A new connector, as a run makes one."""
        setup = replace(self.setup, tokens=tokens or self.setup.tokens)
        return OkConnector(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(self, *targets: Target, tokens: tuple[Token, ...] = ()) -> dict[tuple[int, Part], Fetched]:
        """All results of one run, by account and part."""
        connector = self.connector(*tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


def target(handle: str = "zerno", key: int = 1, **values: object) -> Target:
    """An account to read."""
    made = Target(key=key, handle=handle, network_id=None, zone=MOSCOW)
    return replace(made, **values)  # type: ignore[arg-type]


def group(number: int = NUMBER, shortname: str = "zerno", *, posts: int = 8, days: int = 8) -> Group:
    """A group with posts of the last days and figures of as many."""
    made = history(posts, NOW - timedelta(hours=1))
    return Group(number, "Кофейня «Зерно»", 4812, shortname, "Кофе у дома", made, daily(days, NOW))
