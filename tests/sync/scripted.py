"""A connector that answers as a test says, and a run on a real store around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from connectors.base import Connector as BaseConnector
from connectors.base import (
    ConnectorError,
    Fetched,
    FetchedPost,
    Figure,
    Part,
    Refusal,
    Route,
    Secret,
    Setup,
    Target,
    Token,
    TokenCheck,
    TokenKind,
    Trouble,
    TroubleKind,
)
from goals.model import AccountId, PostKind, PostState
from store.contract import Writer
from store.opening import open_writer
from store.values import Filter
from sync.api import run_sync
from sync.lock import lock_file_of
from sync.plan import Selection
from sync.progress import Event
from sync.report import RunReport, UnitReport
from sync.settings import NetworkSettings, SyncSettings
from sync.stop import Stop
from tests.support.store import NOW, add_account, add_client, prepare_copy

DENIED = Trouble(TroubleKind.AUTH, "vk.15", "Access denied", {"token": "key"})
DELETED = Trouble(TroubleKind.SKIP, "vk.18", "User was deleted or banned")
REFUSED = Trouble(TroubleKind.AUTH, "vk.5", "User authorization failed")

Answer = Callable[[Target], AsyncIterator[Fetched]]


@dataclass(slots=True)
class Script:
    """What the scripted network does: `answers` by handle, else `ordinary`; `asked` is what it was asked.

    `refused` are the parts that the network remembers to have refused to the token at hand.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Target] = field(default_factory=list)
    setups: list[Setup] = field(default_factory=list)
    needs: frozenset[TokenKind] = frozenset()
    refused: dict[Part, Trouble] = field(default_factory=dict)
    closed: int = 0


class ScriptedConnector(BaseConnector):
    """Reads the profile, posts and stories of the accounts of `script`, one after the other."""

    name: ClassVar[str] = "scripted"
    reads: ClassVar[Mapping[Part, frozenset[TokenKind]]] = {
        Part.PROFILE: frozenset(),
        Part.POSTS: frozenset(),
        Part.STORIES: frozenset(),
    }
    metrics: ClassVar[frozenset[str]] = frozenset({"audience", "views", "likes"})
    refusals: ClassVar[Mapping[str, Refusal]] = {"vk.5": Refusal.TOKEN, "vk.15": Refusal.RIGHT}
    script: ClassVar[Script] = Script()

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.script.setups.append(setup)

    def routes(self, target: Target) -> tuple[Route, ...]:
        tokens = [token for token in (*target.tokens, *self.setup.tokens) if token.kind in self.script.needs]
        allowed = [token for token in tokens if self.setup.memory.blocked_until(token.name, "*") is None]
        needs = () if allowed or not self.script.needs else tuple(sorted(self.script.needs))
        token = allowed[0] if allowed else None
        refused = self.script.refused
        return tuple(
            Route(part, None, (TokenKind.USER,), (refused[part],))
            if part in refused
            else Route(part, token, needs)
            for part in self.reads
            if part in target.parts
        )

    async def fetch(self, targets: Sequence[Target]) -> AsyncIterator[Fetched]:
        for target in targets:
            self.script.asked.append(target)
            answer = self.script.answers.get(target.handle, ordinary())
            async for fetched in answer(target):
                if fetched.part in target.parts:
                    yield replace(fetched, taken_at=self.setup.now())

    async def resolve(self, target: Target) -> Fetched:
        return Fetched(target.key, Part.PROFILE, self.setup.now())

    async def check(self, token: Token) -> TokenCheck:
        return TokenCheck(ok=True)

    async def aclose(self) -> None:
        self.script.closed += 1


def profile(target: Target, audience: float = 1000, **more: object) -> Fetched:
    """A profile with today's audience."""
    day = NOW.astimezone(target.zone).date()
    known = Fetched(
        target.key,
        Part.PROFILE,
        NOW,
        network_id=f"id-{target.handle}",
        handle=target.handle,
        title=target.handle.title(),
        figures=[Figure("audience", day, audience)],
        requests=1,
    )
    return replace(known, **more)  # type: ignore[arg-type]


def fetched_post(number: int, when: datetime | None = None, views: float = 10) -> FetchedPost:
    """A published post, `number` hours old unless `when` is told."""
    moment = when or NOW - timedelta(hours=number)
    return FetchedPost(
        f"p{number}", PostKind.POST, PostState.PUBLISHED, moment, figures={"views": views * number}
    )


def posts(target: Target, count: int = 3, **more: object) -> Fetched:
    """The newest `count` posts, of the last hours."""
    found = [fetched_post(number) for number in range(1, count + 1)]
    known = Fetched(target.key, Part.POSTS, NOW, posts=found, cursor=f"p{count}", requests=1)
    return replace(known, **more)  # type: ignore[arg-type]


def stories(target: Target, **more: object) -> Fetched:
    """No story is live."""
    return replace(Fetched(target.key, Part.STORIES, NOW), **more)  # type: ignore[arg-type]


def ordinary(audience: float = 1000, count: int = 3) -> Answer:
    """An account that can be read whole."""

    async def answer(target: Target) -> AsyncIterator[Fetched]:
        yield profile(target, audience)
        yield posts(target, count)
        yield stories(target)

    return answer


def parts(*make: Callable[[Target], Fetched]) -> Answer:
    """An account that gives these parts."""

    async def answer(target: Target) -> AsyncIterator[Fetched]:
        for one in make:
            yield one(target)

    return answer


def troubled(trouble: Trouble) -> Answer:
    """An account of which no part can be read."""

    async def answer(target: Target) -> AsyncIterator[Fetched]:
        for part in ScriptedConnector.reads:
            yield Fetched(target.key, part, NOW, trouble=trouble, requests=1)

    return answer


def breaking(error: Exception) -> Answer:
    """The connector itself fails at this account."""

    async def answer(target: Target) -> AsyncIterator[Fetched]:
        yield profile(target)
        raise error

    return answer


def hanging(reached: Callable[[], None] = lambda: None) -> Answer:
    """The network never answers for this account; `reached` is called when it is asked."""

    async def answer(target: Target) -> AsyncIterator[Fetched]:
        yield profile(target)
        reached()
        await asyncio.Event().wait()

    return answer


def no_tokens(name: str) -> Token:
    """Settings without any token."""
    raise ConnectorError(Trouble(TroubleKind.CONFIG, "token.unknown", facts={"token": name}))


@dataclass(slots=True)
class Bench:
    """A store in a file, a clock, and runs on them."""

    path: Path
    now: datetime = NOW
    network: NetworkSettings = field(default_factory=NetworkSettings)
    tokens: dict[str, TokenKind] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)

    def open(self) -> Writer:
        """The store for writing."""
        return open_writer(self.path)

    @property
    def settings(self) -> SyncSettings:
        """The settings with this bench's network and tokens."""
        return SyncSettings(lock_file_of(self.path), self.token, {"scripted": self.network})

    def token(self, name: str) -> Token:
        """A token of the kind that the test said."""
        if name not in self.tokens:
            return no_tokens(name)
        return Token(name, self.tokens[name], Secret(f"secret-of-{name}"))

    def run(self, selection: Selection | None = None, deadline: float | None = None) -> RunReport:
        """One run."""
        return run_sync(
            self.open,
            self.settings,
            selection or Selection(),
            now=lambda: self.now,
            stop=self.stop,
            listener=self.events.append,
            deadline=deadline,
        )

    def later(self, **passed: float) -> Bench:
        """Some time passes."""
        self.now += timedelta(**passed)
        return self


def make_bench(folder: Path) -> Bench:
    """A bench on a new, empty store."""
    path = folder / "smm.db"
    prepare_copy(path)
    return Bench(path, now=NOW.astimezone(UTC))


def unit_of(report: RunReport, account: str) -> UnitReport:
    """The unit of an account."""
    return next(unit for unit in report.units if unit.account == account)


def add(bench: Bench, *handles: str, network: str = "scripted") -> list[AccountId]:
    """A client with accounts of these handles."""
    with bench.open() as store:
        client = add_client(store)
        return [add_account(store, client, handle, network=network) for handle in handles]


def readings(store: Writer, account_id: AccountId) -> dict[tuple[str, date], float]:
    """All that is stored of an account, by metric and day."""
    return {(row.metric, row.day): row.value for row in store.readings(Filter(account_id=account_id))}
