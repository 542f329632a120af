"""The YouTube connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Secret, Setup, Target, Token, TokenKind
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from connectors.youtube import YoutubeConnector
from tests.fakes.server import Reply
from tests.fakes.youtube import (
    CLIENT_ID,
    CLIENT_SECRET,
    REFRESH_TOKEN,
    FakeChannel,
    Video,
    YoutubeFake,
    channel_id,
    uploads,
)

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class YoutubeContractWorld(ContractWorld):
    """Three channels, and the OAuth token of their owner: it opens every part."""

    now = NOW

    def __init__(self, state_dir: Path) -> None:
        self.fake = YoutubeFake()
        self.state_dir = state_dir
        days = {NOW.date() - timedelta(days=n): (n, 1) for n in range(3, 20)}
        for number in (1, 2, 3):
            made = uploads(15, NOW - timedelta(hours=1), prefix=f"c{number}v")
            self.fake.add(
                FakeChannel(
                    channel_id(number),
                    f"fake{number}",
                    f"Канал {number}",
                    1007 * number,
                    videos=made,
                    days=days,
                )
            )
        nasty = Video("nasty000001", NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m", NASTY_NAME)
        self.fake.add(FakeChannel(channel_id(4), "nasty", NASTY_NAME, 50, NASTY_NAME, videos=[nasty]))
        self.targets = [_target(number, f"fake{number}") for number in (1, 2, 3)]
        self.unknown = _target(99, "nobody_here")
        self.nasty = _target(4, "nasty")
        self.good_token = _token("owner", REFRESH_TOKEN)
        self.bad_token = _token("old", "1//0revoked-canary")

    def connector(self) -> YoutubeConnector:
        setup = Setup(
            tokens=(self.good_token,) if self.good_token else (),
            now=lambda: NOW,
            memory=DictMemory(lambda: NOW),
            base_url=self.fake.url,
            state_dir=self.state_dir,
        )
        return YoutubeConnector(setup, sleep=_no_sleep)

    def publish(self, target: Target) -> str:
        channel = next(c for c in self.fake.channels.values() if c.handle == target.handle)
        channel.videos.insert(0, Video("newest00001", NOW, "Новый"))
        return "newest00001"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)

    @property
    def secrets(self) -> tuple[str, ...]:
        return (*super().secrets, CLIENT_SECRET, REFRESH_TOKEN, "fake-access-canary")


def _token(name: str, refresh_token: str) -> Token:
    secret = Secret(f"{CLIENT_SECRET}:{refresh_token}")
    return Token(name, TokenKind.OAUTH, secret, {"client_id": CLIENT_ID})


def _target(key: int, handle: str) -> Target:
    return Target(key=key, handle=handle, network_id=None, zone=ZoneInfo("Europe/Moscow"))


async def _no_sleep(seconds: float) -> None:
    """Go on at once."""


class TestYoutube(ConnectorContract):
    """All of the contract, on YouTube."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[ContractWorld]:
        """A small YouTube on loopback."""
        world = YoutubeContractWorld(tmp_path)
        with world.fake:
            yield world
