"""The MAX connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.base import Connector, Secret, Target, Token, TokenKind
from connectors.max import MaxConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld
from tests.fakes.max import BOT_TOKEN, Channel, MaxFake, Message, history
from tests.fakes.server import Reply
from tests.support.desk import NOW, Desk, target


class MaxContractWorld(ContractWorld):
    """Three channels, a hostile one, and a bot."""

    now = NOW

    def __init__(self) -> None:
        self.fake = MaxFake()
        for number in (1, 2, 3):
            made = history(15, NOW - timedelta(hours=1))
            self.fake.add(Channel(-number, f"fake{number}", f"Канал {number}", 1000 * number, made))
        nasty = Message("mid.5", NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m", 12)
        self.fake.add(Channel(-4, "nasty", NASTY_NAME, 50, [nasty]))
        self.targets = [target(f"fake{number}", number) for number in (1, 2, 3)]
        self.unknown = target("nobody_here", 99)
        self.nasty = target("nasty", 4)
        self.good_token = Token("bot", TokenKind.BOT, Secret(BOT_TOKEN))
        self.bad_token = Token("old", TokenKind.BOT, Secret("revoked-max-canary"))

    def connector(self) -> Connector:
        return Desk(MaxConnector, self.fake.url, [self.good_token] if self.good_token else []).connector()

    def publish(self, target: Target) -> str:
        channel = next(each for each in self.fake.channels if each.name == target.handle)
        channel.messages.append(Message("mid.new", NOW, "Новый", 1))
        return "mid.new"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestMax(ConnectorContract):
    @pytest.fixture
    def world(self) -> Iterator[MaxContractWorld]:
        made = MaxContractWorld()
        with made.fake:
            yield made
