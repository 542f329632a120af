"""A desk for trying a connector: one on a fake network, with pauses written down instead of waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from connectors.accounts import AccountsConnector
from connectors.base import Fetched, Part, Setup, Target, Token
from connectors.testing import DictMemory

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


class Maker(Protocol):
    """The class of a connector."""

    def __call__(
        self, setup: Setup, *, sleep: Callable[[float], Awaitable[None]], clock: Callable[[], float]
    ) -> AccountsConnector: ...


class NetworkDesk:
    """Makes connectors of one class for the network at `url`; `time` is what they wait by."""

    def __init__(self, maker: Maker, url: str | None) -> None:
        self.maker = maker
        self.pauses: list[float] = []
        self.time = 0.0
        self.setup = Setup(tokens=(), now=lambda: NOW, memory=DictMemory(lambda: NOW), base_url=url)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def connector(self, *tokens: Token) -> AccountsConnector:
        setup = replace(self.setup, tokens=tokens)
        return self.maker(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(self, *targets: Target, tokens: tuple[Token, ...] = ()) -> dict[tuple[int, Part], Fetched]:
        connector = self.connector(*tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


def target(handle: str, key: int = 1, **values: object) -> Target:
    made = Target(key=key, handle=handle, network_id=None, zone=MOSCOW)
    return replace(made, **values)  # type: ignore[arg-type]


def trouble_code(result: Fetched) -> str | None:
    return result.trouble.code if result.trouble is not None else None
