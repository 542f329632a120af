"""A desk for trying the YouTube connector: the connector on the fake network, and what it is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind
from connectors.testing import DictMemory
from connectors.youtube import YoutubeConnector
from tests.fakes.youtube import CLIENT_ID, CLIENT_SECRET, KEY, REFRESH_TOKEN, YoutubeFake, channel_id

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEY_TOKEN = Token("yt-key", TokenKind.KEY, Secret(KEY))
OWNER = Token(
    "yt-owner", TokenKind.OAUTH, Secret(f"{CLIENT_SECRET}:{REFRESH_TOKEN}"), {"client_id": CLIENT_ID}
)


class Desk:
    """A connector on the fake, with pauses written down instead of waited for; `now` may be moved."""

    def __init__(self, fake: YoutubeFake, state_dir: Path | None = None) -> None:
        self.fake = fake
        self.now = NOW
        self.memory = DictMemory(lambda: self.now)
        self.time = 0.0
        self.setup = Setup(
            tokens=(KEY_TOKEN,),
            now=lambda: self.now,
            memory=self.memory,
            base_url=f"{fake.url}/",
            state_dir=state_dir,
        )

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)

    def connector(self, *tokens: Token) -> YoutubeConnector:
        setup = replace(self.setup, tokens=tokens or self.setup.tokens)
        return YoutubeConnector(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(self, *targets: Target, tokens: tuple[Token, ...] = ()) -> dict[tuple[int, Part], Fetched]:
        connector = self.connector(*tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


def target(number: int = 1, **values: object) -> Target:
    """The account of the channel of a number, whose id is known."""
    made = Target(number, f"fake{number}", channel_id(number), ZoneInfo("Europe/Moscow"))
    return replace(made, **values)  # type: ignore[arg-type]
