"""The Instagram connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Secret, Setup, Target, Token, TokenKind
from connectors.instagram import InstagramConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from tests.fakes.instagram import FACEBOOK_TOKEN, Account, InstagramFake, Media, history
from tests.fakes.server import Reply

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


class InstagramContractWorld(ContractWorld):
    """Three accounts of one owner, and his token of Facebook Login: it opens every part."""

    now = NOW

    def __init__(self, state_dir: Path) -> None:
        self.fake = InstagramFake()
        self.state_dir = state_dir
        days = {NOW.date() - timedelta(days=n): (100 + n, n) for n in range(1, 20)}
        for n in (1, 2, 3):
            made = history(15, NOW - timedelta(hours=1), first=1000 * n)
            story = Media(f"77{n}", NOW - timedelta(hours=3), product="STORY", insights={"views": 9})
            account = Account(f"17841{n}", f"fake{n}", f"Лента {n}", "Мы", 100 * n, made, [story], days)
            self.fake.add(account, FACEBOOK_TOKEN)
        item = Media("5", NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m")
        self.fake.add(Account("178414", "nasty", NASTY_NAME, NASTY_NAME, 50, [item]), FACEBOOK_TOKEN)
        self.targets = [_target(n, f"fake{n}", f"17841{n}") for n in (1, 2, 3)]
        self.unknown = _target(99, "nobody")
        self.nasty = _target(4, "nasty")
        self.good_token = Token("ours", TokenKind.OAUTH, Secret(FACEBOOK_TOKEN))
        self.bad_token = Token("old", TokenKind.OAUTH, Secret("EAArevoked-canary"))

    def connector(self) -> InstagramConnector:
        tokens = (self.good_token,) if self.good_token else ()
        setup = Setup(
            tokens,
            now=lambda: NOW,
            memory=DictMemory(lambda: NOW),
            base_url=self.fake.url,
            state_dir=self.state_dir,
        )
        return InstagramConnector(setup, sleep=_no_sleep)

    def publish(self, target: Target) -> str:
        self.fake.accounts[target.handle].media.insert(0, Media("99", NOW - timedelta(minutes=5), "Новый"))
        return "99"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestInstagram(ConnectorContract):
    """All of it, with the owner's token."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[ContractWorld]:
        world = InstagramContractWorld(tmp_path)
        with world.fake:
            yield world


async def _no_sleep(seconds: float) -> None:
    """Go on at once."""


def _target(key: int, handle: str, network_id: str | None = None) -> Target:
    return Target(key=key, handle=handle, network_id=network_id, zone=ZoneInfo("Europe/Moscow"))
