"""The Telegram connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Secret, Setup, Target, Token, TokenKind
from connectors.telegram import TelegramConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from tests.fakes.server import Reply
from tests.fakes.telegram import BOT_TOKEN, Channel, Message, TelegramFake, history

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class TelegramContractWorld(ContractWorld):
    """Three channels and a bot."""

    now = NOW

    def __init__(self) -> None:
        self.fake = TelegramFake()
        for number in (1, 2, 3):
            made = history(15, NOW - timedelta(hours=1))
            self.fake.add(Channel(f"fake{number}", f"Канал {number}", 1000 * number + 7, number, made))
        nasty = Message(5, NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m", 12)
        self.fake.add(Channel("nasty", NASTY_NAME, 50, 4, [nasty]))
        self.targets = [_target(number, f"fake{number}") for number in (1, 2, 3)]
        self.unknown = _target(99, "nobody_here")
        self.nasty = _target(4, "nasty")
        self.good_token = Token("bot", TokenKind.BOT, Secret(BOT_TOKEN))
        self.bad_token = Token("old", TokenKind.BOT, Secret("8000000002:revoked-canary"))

    def connector(self) -> TelegramConnector:
        setup = Setup(
            tokens=(self.good_token,) if self.good_token else (),
            now=lambda: NOW,
            memory=DictMemory(lambda: NOW),
            base_url=self.fake.url,
            preview_base_url=self.fake.url,
        )
        return TelegramConnector(setup, sleep=_no_sleep)

    def publish(self, target: Target) -> str:
        self.fake.channels[target.handle].messages.append(Message(500, NOW, "Новый", 1))
        return "500"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


def _target(key: int, handle: str) -> Target:
    return Target(key=key, handle=handle, network_id=None, zone=ZoneInfo("Europe/Moscow"))


async def _no_sleep(seconds: float) -> None:
    """Go on at once."""


class TestTelegram(ConnectorContract):
    """All of the contract, on Telegram."""

    @pytest.fixture
    def world(self) -> Iterator[ContractWorld]:
        """A small Telegram on loopback."""
        world = TelegramContractWorld()
        with world.fake:
            yield world
