"""The connectors of public pages' own JSON pass the contract of connectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.base import Connector, Target
from connectors.dzen import DzenConnector
from connectors.rutube import RutubeConnector
from connectors.testing import NASTY_NAME, ConnectorContract, ContractWorld
from tests.fakes import dzen, rutube
from tests.fakes.server import Reply
from tests.support.desk import NOW, Desk, target

NEWEST = NOW - timedelta(hours=1)


class RutubeWorld(ContractWorld):
    """Three channels and a hostile one."""

    now = NOW

    def __init__(self) -> None:
        self.fake = rutube.RutubeFake()
        for n in (1, 2, 3):
            self.fake.add(rutube.Channel(n, f"Канал {n}", 1000 * n, rutube.history(15, NEWEST)))
        nasty = rutube.Video("f" * 32, NEWEST, f"{NASTY_NAME}\n\x1b[0m", 12)
        self.fake.add(rutube.Channel(4, NASTY_NAME, 50, [nasty]))
        self.targets = [target(str(n), n) for n in (1, 2, 3)]
        self.unknown = target("99", 99)
        self.nasty = target("4", 4)

    def connector(self) -> Connector:
        return Desk(RutubeConnector, self.fake.url).connector()

    def publish(self, target: Target) -> str:
        channel = next(each for each in self.fake.channels if str(each.number) == target.handle)
        channel.videos.append(rutube.Video("e" * 32, NOW, "Новое", 1))
        return "e" * 32

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class DzenWorld(ContractWorld):
    """Three channels and a hostile one."""

    now = NOW

    def __init__(self) -> None:
        self.fake = dzen.DzenFake()
        for n in (1, 2, 3):
            made = dzen.history(15, NEWEST)
            self.fake.add(dzen.Channel(f"fake{n}", f"id{n}", f"Канал {n}", 1000 * n, made))
        nasty = dzen.Piece("nasty-piece", NEWEST, f"{NASTY_NAME}\n\x1b[0m")
        self.fake.add(dzen.Channel("nasty", "id4", NASTY_NAME, 50, [nasty]))
        self.targets = [target(f"fake{n}", n) for n in (1, 2, 3)]
        self.unknown = target("nobody", 99)
        self.nasty = target("nasty", 4)

    def connector(self) -> Connector:
        return Desk(DzenConnector, self.fake.url).connector()

    def publish(self, target: Target) -> str:
        channel = next(each for each in self.fake.channels if each.name == target.handle)
        channel.pieces.append(dzen.Piece("new-piece", NOW, "Новое"))
        return "new-piece"

    def hang(self) -> None:
        self.fake.script(Reply(hang=True), times=None)


class TestRutube(ConnectorContract):
    @pytest.fixture
    def world(self) -> Iterator[RutubeWorld]:
        made = RutubeWorld()
        with made.fake:
            yield made


class TestDzen(ConnectorContract):
    @pytest.fixture
    def world(self) -> Iterator[DzenWorld]:
        made = DzenWorld()
        with made.fake:
            yield made
