"""A desk for trying the Telegram connector: the connector on the fake network, and what it is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind
from connectors.telegram import TelegramConnector
from connectors.testing import DictMemory
from tests.fakes.telegram import BOT_TOKEN, Channel, TelegramFake, history

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
BOT = Token("zerno-bot", TokenKind.BOT, Secret(BOT_TOKEN))


class Desk:
    """A connector on the fake, with pauses written down instead of waited for."""

    def __init__(self, fake: TelegramFake) -> None:
        self.fake = fake
        self.memory = DictMemory(lambda: NOW)
        self.pauses: list[float] = []
        self.time = 0.0
        self.setup = Setup(
            tokens=(),
            now=lambda: NOW,
            memory=self.memory,
            base_url=fake.url,
            preview_base_url=fake.url + "/",
            user_agent="smart-smm/1.0",
        )

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def connector(self, *tokens: Token) -> TelegramConnector:
        setup = replace(self.setup, tokens=tokens)
        return TelegramConnector(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(self, *targets: Target, tokens: tuple[Token, ...] = ()) -> dict[tuple[int, Part], Fetched]:
        connector = self.connector(*tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


def target(handle: str = "zerno", key: int = 1, **values: object) -> Target:
    made = Target(key=key, handle=handle, network_id=None, zone=MOSCOW)
    return replace(made, **values)  # type: ignore[arg-type]


def channel(count: int = 8, name: str = "zerno", members: int = 4812, **values: object) -> Channel:
    made = Channel(name, "Кофейня «Зерно»", members, 77, history(count, NOW - timedelta(hours=1)))
    for field, value in values.items():
        setattr(made, field, value)
    return made


def ids(result: Fetched) -> list[int]:
    return [int(post.network_id) for post in result.posts]
