"""The Mastodon connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Secret, Setup, Target, Token, TokenKind
from connectors.mastodon import MastodonConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from tests.fakes.mastodon import HOST, TOKEN, Account, MastodonFake, Status, history
from tests.fakes.server import Reply

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


class MastodonContractWorld(ContractWorld):
    """Three accounts of one server, and a token for it."""

    now = NOW

    def __init__(self) -> None:
        self.fake = MastodonFake()
        for n in (1, 2, 3):
            made = history(15, NOW - timedelta(hours=1))
            self.fake.add(Account(f"fake{n}", n, f"Лента {n}", "<p>Мы</p>", 100 * n, made))
        status = Status(5, NOW - timedelta(hours=2), f"<p>{NASTY_NAME}<br>\x1b[0m</p>")
        self.fake.add(Account("nasty", 4, NASTY_NAME, f"<p>{NASTY_NAME}</p>", 50, [status]))
        self.targets = [_target(n, f"fake{n}", f"{n}@{HOST}") for n in (1, 2, 3)]
        self.unknown = _target(99, "nobody")
        self.nasty = _target(4, "nasty")
        self.good_token = Token("ours", TokenKind.USER, Secret(TOKEN), {"host": HOST})
        self.bad_token = Token("old", TokenKind.USER, Secret("revoked-canary"), {"host": HOST})

    def connector(self) -> MastodonConnector:
        tokens = (self.good_token,) if self.good_token else ()
        memory = DictMemory(lambda: NOW)
        return MastodonConnector(Setup(tokens, now=lambda: NOW, memory=memory, base_url=self.fake.url))

    def publish(self, target: Target) -> str:
        account = self.fake.accounts[target.handle.partition("@")[0]]
        account.statuses.append(Status(999_000_000_000, NOW - timedelta(minutes=5), "<p>Новый</p>"))
        return "999000000000"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestMastodon(ConnectorContract):
    """All of it."""

    @pytest.fixture
    def world(self) -> Iterator[ContractWorld]:
        world = MastodonContractWorld()
        with world.fake:
            yield world


def _target(key: int, name: str, network_id: str | None = None) -> Target:
    return Target(key=key, handle=f"{name}@{HOST}", network_id=network_id, zone=ZoneInfo("Europe/Moscow"))
