"""A desk for trying a connector: on its fake network, with pauses written down instead of waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.accounts import AccountsConnector
from connectors.base import Fetched, Part, Setup, Target, Token
from connectors.testing import DictMemory

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


class Desk:
    """Makes connectors of one class and reads with them; `pauses` are what they waited for, in seconds."""

    def __init__(self, made: type[AccountsConnector], url: str, tokens: Iterable[Token] = ()) -> None:
        self.made = made
        self.now = NOW
        self.memory = DictMemory(lambda: self.now)
        self.pauses: list[float] = []
        self.time = 0.0
        self.setup = Setup(tuple(tokens), lambda: self.now, self.memory, base_url=url)

    async def sleep(self, seconds: float) -> None:
        """Write a pause down."""
        self.pauses.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def connector(
        self, tokens: Iterable[Token] | None = None, state_dir: Path | None = None
    ) -> AccountsConnector:
        """A new connector, as a run makes one."""
        given = self.setup.tokens if tokens is None else tuple(tokens)
        setup = replace(self.setup, tokens=given, state_dir=state_dir)
        return self.made(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(
        self, *targets: Target, tokens: Iterable[Token] | None = None
    ) -> dict[tuple[int, Part], Fetched]:
        """All results of one run, by account and part; each is there once."""
        connector = self.connector(tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


def target(handle: str, key: int = 1, **values: object) -> Target:
    """An account to read."""
    return replace(Target(key, handle, None, MOSCOW), **values)  # type: ignore[arg-type]


def code_of(fetched: Fetched) -> str | None:
    """The code of a result's trouble."""
    return fetched.trouble.code if fetched.trouble else None
