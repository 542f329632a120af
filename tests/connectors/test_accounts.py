"""Reading accounts side by side: one result a part, each with its own faults, no more held than are read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest

from connectors.accounts import AccountsConnector, Together
from connectors.base import (
    ConnectorError,
    Fetched,
    Part,
    Route,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from connectors.testing import DictMemory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def target(key: int, handle: str = "zerno") -> Target:
    return Target(key, handle, None, ZoneInfo("Europe/Moscow"))


class Echo(AccountsConnector):
    """A network whose accounts are titled by what one call for three of them told."""

    name = "echo"
    api_version = 1
    at_once = 4
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(), Part.POSTS: frozenset(), Part.STATS: frozenset({TokenKind.KEY}),
    }  # fmt: skip
    metrics = frozenset({"audience"})

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.calls: list[list[int]] = []
        self.reading = self.most = self.read_so_far = 0
        self._titles: Together[str] | None = None

    def routes(self, target: Target) -> tuple[Route, ...]:
        needs = {Part.STATS: (TokenKind.KEY,)}
        return tuple(Route(part, None, needs.get(part, ())) for part in self.reads if part in target.parts)

    def begin(self, targets: Sequence[Target]) -> None:
        self._titles = Together(targets, 3, self._titled)

    async def end(self) -> None:
        assert self._titles is not None
        await self._titles.aclose()

    async def _titled(self, targets: Sequence[Target]) -> Mapping[int, str]:
        self.calls.append([each.key for each in targets])
        await asyncio.sleep(0)
        if any(each.handle == "down" for each in targets):
            raise ConnectorError(Trouble(TroubleKind.RETRY, "http.timeout"))
        return {each.key: each.handle for each in targets if each.handle != "left-out"}

    async def read(self, target: Target) -> list[Fetched]:
        assert self._titles is not None
        self.reading += 1
        self.most = max(self.most, self.reading)
        title = await self._titles.of(target)
        self.reading -= 1
        self.read_so_far += 1
        if target.handle == "bug":
            raise ZeroDivisionError
        if title is None:
            raise ConnectorError(Trouble(TroubleKind.SKIP, "echo.not_found"))
        return [self.result(target, route.part) for route in self.routes(target) if route.is_open]

    async def check(self, token: Token) -> TokenCheck:
        raise NotImplementedError


@pytest.fixture
def echo() -> Echo:
    return Echo(Setup((), lambda: NOW, DictMemory(lambda: NOW)))


async def troubles(echo: Echo, *targets: Target) -> dict[tuple[int, Part], str | None]:
    return {
        (found.key, found.part): found.trouble.code if found.trouble else None
        async for found in echo.fetch(targets)
    }


async def test_each_open_part_has_one_result_and_one_call_tells_of_three(echo: Echo) -> None:
    found = await troubles(echo, *(target(key) for key in range(7)))
    assert found == {(key, part): None for key in range(7) for part in (Part.PROFILE, Part.POSTS)}
    assert echo.calls == [[0, 1, 2], [3, 4, 5], [6]]
    assert echo.most == echo.at_once


async def test_a_failure_stays_with_its_account(echo: Echo, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        found = await troubles(echo, target(1), target(2, "bug"), target(3, "left-out"))
    by_key = {key: code for (key, part), code in found.items() if part is Part.POSTS}
    assert by_key == {1: None, 2: "sync.internal", 3: "echo.not_found"}
    assert "ZeroDivisionError" in caplog.text


async def test_a_failed_call_is_made_once_and_told_for_each_of_its_accounts(echo: Echo) -> None:
    found = await troubles(echo, target(1, "down"), target(2), target(3), target(4))
    by_key = {key: code for (key, part), code in found.items() if part is Part.PROFILE}
    assert by_key == {1: "http.timeout", 2: "http.timeout", 3: "http.timeout", 4: None}
    assert echo.calls == [[1, 2, 3], [4]]


async def test_a_slow_listener_holds_the_reading_back(echo: Echo) -> None:
    async for _ in echo.fetch([target(key) for key in range(100)]):
        for _ in range(50):
            await asyncio.sleep(0)
        assert echo.read_so_far <= echo.at_once + 2
        break


async def test_nothing_to_read_ends_at_once(echo: Echo) -> None:
    assert await troubles(echo) == {}


async def test_resolving_asks_for_the_profile_alone(echo: Echo) -> None:
    found = await echo.resolve(target(5))
    assert (found.key, found.part, found.trouble) == (5, Part.PROFILE, None)
