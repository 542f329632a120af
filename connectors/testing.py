"""The tests that every connector must pass, ours and third parties'. Ships with the program.

Subclass `ConnectorContract` in a test module (pytest with pytest-asyncio in auto mode) and give it a
fixture `world` that returns a `ContractWorld` over a fake of the network:

    class TestMyNetwork(ConnectorContract):
        @pytest.fixture
        def world(self) -> Iterator[ContractWorld]: ...
"""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from connectors.base import Connector, Fetched, Part, Target, Token, TroubleKind
from connectors.clean import TEXT_LIMIT, clean
from goals.metrics import METRICS
from goals.model import PostState

if TYPE_CHECKING:
    import pytest

#: Seconds in which a reading must end when it is cancelled while the network hangs.
CANCEL_SECONDS = 2.0
#: A name as an attacker would choose it: markup, an escape sequence, a bidi override.
NASTY_NAME = "[/x] \x1b[31mкрасный\x1b]52;c;eA==\x07 \u202eназад [@click=app.quit]"


class DictMemory:
    """What is remembered between runs, in plain dictionaries. `blocks` is by (token, method, scope)."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.blocks: dict[tuple[str, str, str], tuple[datetime, str]] = {}
        self.calls: list[tuple[str, str, int, datetime]] = []

    def blocked_until(self, token: str, method: str, scope: str = "") -> datetime | None:
        """When the method may be called again."""
        until, _code = self.blocks.get((token, method, scope), (None, ""))
        return until if until is not None and until > self._now() else None

    def blocked_by(self, token: str, method: str, scope: str = "") -> str | None:
        """The code of the trouble that blocks the method now."""
        _until, code = self.blocks.get((token, method, scope), (None, ""))
        return code if self.blocked_until(token, method, scope) is not None else None

    def block(self, token: str, method: str, until: datetime, code: str, scope: str = "") -> None:
        """Do not call the method before `until`."""
        self.blocks[token, method, scope] = (until, code)

    def calls_today(self, token: str, method: str) -> int:
        """How many calls were counted in the last 24 hours."""
        since = self._now() - timedelta(hours=24)
        return sum(n for name, what, n, at in self.calls if (name, what) == (token, method) and at > since)

    def count(self, token: str, method: str, calls: int) -> None:
        """Count calls of a method that has a daily limit."""
        self.calls.append((token, method, calls, self._now()))


class ContractWorld(ABC):
    """What the contract asks of a fake network. All accounts start with some posts or an audience."""

    #: The moment that the connector takes for now (UTC).
    now: datetime
    #: Accounts that can be read, at least two.
    targets: Sequence[Target]
    #: An account that does not exist.
    unknown: Target
    #: An account that is named `NASTY_NAME`.
    nasty: Target
    #: A token that works and one that the network refuses; None where the network has no tokens.
    good_token: Token | None = None
    bad_token: Token | None = None

    @abstractmethod
    def connector(self) -> Connector:
        """A new connector, as a run makes one, with all tokens that it needs."""

    @abstractmethod
    def publish(self, target: Target) -> str:
        """Publish a post now; returns its network id, as the connector tells it."""

    @abstractmethod
    def hang(self) -> None:
        """Answer nothing from now on."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must not appear anywhere."""
        return tuple(token.secret.reveal() for token in (self.good_token, self.bad_token) if token)


class ConnectorContract:
    """The tests. Each makes its connectors through `world` and closes them."""

    async def test_it_declares_what_it_reads(self, world: ContractWorld) -> None:
        """The parts, the metrics and the name are known to the program."""
        connector = world.connector()
        await connector.aclose()
        assert connector.name
        assert connector.name == connector.name.lower()
        assert connector.reads
        assert set(connector.reads) <= set(Part)
        assert connector.metrics <= set(METRICS)

    async def test_one_result_for_each_account_and_open_part(self, world: ContractWorld) -> None:
        """Every open part is told exactly once, without trouble, with declared metrics only."""
        connector = world.connector()
        expected = {
            (target.key, route.part)
            for target in world.targets
            for route in connector.routes(target)
            if route.is_open
        }
        routed = {route.part for target in world.targets for route in connector.routes(target)}
        results = await read(connector, world.targets)
        assert routed == set(connector.reads)
        assert expected
        assert sorted((r.key, r.part) for r in results) == sorted(expected)
        assert [r.trouble for r in results if r.trouble] == []
        told = {figure.metric for r in results for figure in r.figures}
        told |= {metric for r in results for post in r.posts for metric in post.figures}
        assert told
        assert told <= connector.metrics

    async def test_only_wanted_parts_are_read(self, world: ContractWorld) -> None:
        """What nobody asked for is neither routed nor told."""
        connector = world.connector()
        open_parts = [route.part for route in connector.routes(world.targets[0]) if route.is_open]
        await connector.aclose()
        for part in open_parts:
            wanted = [replace(target, parts=frozenset({part})) for target in world.targets]
            results = await read(world.connector(), wanted)
            assert sorted(r.key for r in results) == sorted(target.key for target in wanted)
            assert {r.part for r in results} == {part}
            assert [r.trouble for r in results if r.trouble] == []

    async def test_figures_are_of_known_days(self, world: ContractWorld) -> None:
        """No figure is negative or of the future, every moment is aware."""
        results = await read(world.connector(), world.targets)
        zones = {target.key: target.zone for target in world.targets}
        for result in results:
            today = world.now.astimezone(zones[result.key]).date()
            assert result.taken_at.tzinfo is not None
            assert all(figure.value >= 0 and figure.day <= today for figure in result.figures)
            assert all(post.when.tzinfo is not None for post in result.posts)

    async def test_a_good_token_is_told_from_a_bad_one(self, world: ContractWorld) -> None:
        """`check` says yes and no, and why."""
        if world.good_token is None or world.bad_token is None:
            return
        connector = world.connector()
        try:
            good = await connector.check(world.good_token)
            bad = await connector.check(world.bad_token)
        finally:
            await connector.aclose()
        assert good.ok
        assert good.trouble is None
        assert not bad.ok
        assert bad.trouble is not None
        assert bad.trouble.kind is TroubleKind.AUTH

    async def test_two_readings_tell_the_same(self, world: ContractWorld) -> None:
        """The ids of accounts and posts are stable."""
        first = await read(world.connector(), world.targets)
        second = await read(world.connector(), world.targets)
        assert _ids(first) == _ids(second)

    async def test_it_resumes_from_its_cursors(self, world: ContractWorld) -> None:
        """A second run, with the first one's cursors, brings what was published in between."""
        target = world.targets[0]
        first = await read(world.connector(), [target])
        assert [r.trouble for r in first if r.trouble] == []
        cursors = {str(r.part): r.cursor for r in first if r.cursor is not None}
        published = world.publish(target)
        second = await read(world.connector(), [replace(target, cursors=cursors)])
        assert [r.trouble for r in second if r.trouble] == []
        assert published not in {post.network_id for r in first for post in r.posts}
        assert published in {post.network_id for r in second for post in r.posts}

    async def test_nothing_older_than_since_is_told(self, world: ContractWorld) -> None:
        """Content and daily figures begin on the day that was asked for."""
        target = world.targets[0]
        since = world.now.astimezone(target.zone).date() - timedelta(days=3)
        results = await read(world.connector(), [replace(target, since=since)])
        posts = [p for r in results for p in r.posts if p.state is PostState.PUBLISHED]
        assert all(post.when.astimezone(target.zone).date() >= since for post in posts)
        assert all(figure.day >= since for r in results for figure in r.figures)

    async def test_an_unknown_account_fails_alone(self, world: ContractWorld) -> None:
        """It gets a trouble that says what to do; the others are read as ever."""
        alone = await read(world.connector(), world.targets)
        results = await read(world.connector(), [world.targets[0], world.unknown, *world.targets[1:]])
        mine = [r for r in results if r.key == world.unknown.key]
        others = [r for r in results if r.key != world.unknown.key]
        assert mine
        assert all(r.trouble and r.trouble.kind in {TroubleKind.SKIP, TroubleKind.CONFIG} for r in mine)
        assert _ids(others) == _ids(alone)
        assert [r.trouble for r in others if r.trouble] == []

    async def test_an_account_is_found_by_its_handle(self, world: ContractWorld) -> None:
        """`resolve` tells the id that a reading tells, and a trouble for what is not there."""
        connector = world.connector()
        target = world.targets[0]
        try:
            found = await connector.resolve(replace(target, network_id=None))
            missing = await connector.resolve(world.unknown)
        finally:
            await connector.aclose()
        assert found.part is Part.PROFILE
        assert found.trouble is None
        assert found.handle
        assert found.network_id == target.network_id or target.network_id is None
        assert missing.trouble is not None
        assert missing.trouble.kind in {TroubleKind.SKIP, TroubleKind.CONFIG}

    async def test_texts_are_clean(self, world: ContractWorld) -> None:
        """No control or format character passes; markup stays what it is, text."""
        results = await read(world.connector(), [world.nasty])
        titles = {r.title for r in results if r.part is Part.PROFILE}
        assert titles == {clean(NASTY_NAME)}
        for result in results:
            assert result.title == clean(result.title)
            assert result.handle == clean(result.handle)
            assert result.about == clean(result.about, TEXT_LIMIT, multiline=True)
            for post in result.posts:
                assert post.text == clean(post.text, TEXT_LIMIT, multiline=True)

    async def test_secrets_stay_secret(self, world: ContractWorld, caplog: pytest.LogCaptureFixture) -> None:
        """No token appears in a value, a trouble or a log line."""
        caplog.set_level(logging.DEBUG)
        connector = world.connector()
        told = [repr(connector), repr(connector.setup), repr(world.good_token)]
        tokens = [token for token in (world.good_token, world.bad_token) if token is not None]
        told += [repr(await connector.check(token)) for token in tokens]
        told.append(repr(await read(connector, [*world.targets, world.unknown])))
        text = "\n".join([*told, caplog.text])
        assert [secret for secret in world.secrets if secret in text] == []

    async def test_a_hanging_network_does_not_hold_it(self, world: ContractWorld) -> None:
        """Cancelled while nothing answers, a reading ends at once."""
        world.hang()
        connector = world.connector()
        reading = asyncio.create_task(read(connector, world.targets))
        await asyncio.sleep(0.2)
        started = time.monotonic()
        assert not reading.done()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await connector.aclose()
        assert reading.cancelled()
        assert time.monotonic() - started < CANCEL_SECONDS


async def read(connector: Connector, targets: Sequence[Target]) -> list[Fetched]:
    """All results of one run; the connector is closed after it."""
    try:
        return [result async for result in connector.fetch(targets)]
    finally:
        await connector.aclose()


def _ids(results: Sequence[Fetched]) -> set[tuple[int, str, str | None, str]]:
    """Who and what was told: accounts and posts, by the network's own ids."""
    accounts = {(r.key, str(r.part), r.network_id, "") for r in results}
    return accounts | {(r.key, str(r.part), r.network_id, p.network_id) for r in results for p in r.posts}
