"""The VK connector passes the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.base import Secret, Setup, Token, TokenKind
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld, DictMemory
from connectors.vk import VkConnector
from tests.fakes.server import Reply
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, FakePost, FakeStory, World, stats_day, wall_of
from tests.support.vk_tools import NOW, VirtualClock, target_of, token_of

SECOND = int(NOW.timestamp())
DAY = 86400


class VkContractWorld(ContractWorld):
    """Four communities, a service key and the token of their administrator."""

    now = NOW

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.world = World()
        for number in (1, 2, 3):
            self.world.add(self._community(number))
        self.world.add(
            FakeCommunity(4, NASTY_NAME, "nasty", posts=[FakePost(1, SECOND - 60, f"{NASTY_NAME}\n\x1b[0m")])
        )
        self.fake = VkFake(self.world, clock=self.clock.monotonic)
        service, user = self.world.token("service"), self.world.token("user")
        self.tokens = (token_of(service), token_of(user))
        self.targets = [target_of(number) for number in (1, 2, 3)]
        self.unknown = target_of(99, handle="nobody_here", network_id=None)
        self.nasty = target_of(4)
        self.good_token = self.tokens[0]
        self.bad_token = Token("old", TokenKind.SERVICE, Secret("vk1.a.revoked"))

    def _community(self, number: int) -> FakeCommunity:
        return FakeCommunity(
            number,
            f"Сообщество {number}",
            f"fake{number}",
            posts=wall_of(30, SECOND - 3600),
            postponed=[FakePost(900, SECOND + DAY)],
            stories=[FakeStory(7, SECOND - 3600)],
            days=[stats_day(SECOND - back * DAY, visitors=5, subscribed=1) for back in range(40)],
        )

    def connector(self) -> VkConnector:
        setup = Setup(self.tokens, lambda: NOW, DictMemory(lambda: NOW), base_url=self.fake.url)
        return VkConnector(setup, clock=self.clock)

    def publish(self, target: object) -> str:
        posts = self.world.communities[1].posts
        posts.insert(0, FakePost(500, SECOND - 5))
        return "500"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestVk(ConnectorContract):
    """All of the contract, on VK."""

    @pytest.fixture
    def world(self) -> Iterator[ContractWorld]:
        """A small VK on loopback."""
        world = VkContractWorld()
        with world.fake:
            yield world
