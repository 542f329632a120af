"""The Bluesky connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Setup, Target
from connectors.bluesky import BlueskyConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from tests.fakes.bluesky import Account, BlueskyFake, Post, history
from tests.fakes.server import Reply

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


class BlueskyContractWorld(ContractWorld):
    """Three accounts; no tokens."""

    now = NOW

    def __init__(self) -> None:
        self.fake = BlueskyFake()
        accounts = [
            Account(
                f"fake{n}.bsky.social", n, f"Лента {n}", "", 100 * n, history(15, NOW - timedelta(hours=1))
            )
            for n in (1, 2, 3)
        ]
        post = Post("3knasty", NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m")
        nasty = Account("nasty.bsky.social", 4, NASTY_NAME, f"{NASTY_NAME}\n\x1b[0m", 50, [post])
        for account in (*accounts, nasty):
            self.fake.add(account)
        self.targets = [_target(account.number, account.handle, account.did) for account in accounts]
        self.unknown = _target(99, "nobody.bsky.social")
        self.nasty = _target(4, nasty.handle)

    def connector(self) -> BlueskyConnector:
        setup = Setup(tokens=(), now=lambda: NOW, memory=DictMemory(lambda: NOW), base_url=self.fake.url)
        return BlueskyConnector(setup)

    def publish(self, target: Target) -> str:
        self.fake.accounts[target.handle].posts.append(Post("3zzznew", NOW - timedelta(minutes=5), "Новый"))
        return "3zzznew"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestBluesky(ConnectorContract):
    """All of it."""

    @pytest.fixture
    def world(self) -> Iterator[ContractWorld]:
        world = BlueskyContractWorld()
        with world.fake:
            yield world


def _target(key: int, handle: str, did: str | None = None) -> Target:
    return Target(key=key, handle=handle, network_id=did, zone=ZoneInfo("Europe/Moscow"))
