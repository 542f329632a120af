"""The Odnoklassniki connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.base import Target
from connectors.ok import OkConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld
from tests.fakes.ok import OkFake, Topic
from tests.fakes.server import Reply
from tests.support.ok_desk import NOW, NUMBER, Desk, group, target, token


class OkContractWorld(ContractWorld):
    """Three groups and one with a nasty name."""

    now = NOW

    def __init__(self) -> None:
        self.fake = OkFake()
        self._desk = Desk(self.fake)
        for n in (1, 2, 3):
            self.fake.add(group(NUMBER + n, f"fake{n}"))
        nasty = self.fake.add(group(NUMBER + 9, "nasty"))
        nasty.title = nasty.about = NASTY_NAME
        nasty.topics = [Topic(77, NOW - timedelta(hours=2), f"{NASTY_NAME}\n\x1b[0m", {"views": 12})]
        self.targets = [
            target("fake1", 1),
            target("fake2", 2, network_id=str(NUMBER + 2)),
            target(str(NUMBER + 3), 3),
        ]
        self.unknown = target("nobody.here", 99)
        self.nasty = target("nasty", 4)
        self.good_token = token()
        self.bad_token = token("ok-old", "tkn1-revoked-canary", "fedcba9876543210fedcba9876543210")

    def connector(self) -> OkConnector:
        return self._desk.connector()

    def publish(self, target: Target) -> str:
        self.fake.groups[str(NUMBER + 1)].topics.append(Topic(500, NOW, "Новый", {"views": 1}))
        return "500"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)

    @property
    def secrets(self) -> tuple[str, ...]:
        whole = super().secrets
        return (*whole, *(part for secret in whole for part in secret.split(":")))


class TestOk(ConnectorContract):
    """All of the contract, on Odnoklassniki."""

    @pytest.fixture
    def world(self) -> Iterator[ContractWorld]:
        """A small Odnoklassniki on loopback."""
        world = OkContractWorld()
        with world.fake:
            yield world
