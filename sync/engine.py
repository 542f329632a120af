"""The reading itself: networks side by side, each account written as soon as all of it is there.

Everything here runs on one event loop; only connectors have threads of their own. The store is
written from the loop, one short transaction a unit.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from connectors.base import (
    Connector,
    ConnectorError,
    Fetched,
    Part,
    Refusal,
    Route,
    Setup,
    Target,
    Token,
    Trouble,
    TroubleKind,
)
from connectors.registry import connector_class
from goals.model import AccountId, PostKind, PostState
from store.changes import UnitOutcome
from store.contract import Writer
from store.errors import LeaseLostError, NotFoundError, StoreBusyError, StoreError
from store.refresh import refresh_accounts
from store.values import Filter, TroubleRecord, UnitCounts, UnitStatus
from sync.doubts import Known
from sync.gathering import CORE, Gathering, worst
from sync.memory import StoreMemory
from sync.outcome import failed, outcome_of, record
from sync.plan import NOTHING, Job, since_of
from sync.progress import Progress
from sync.report import UnitReport
from sync.settings import Keyring, SyncSettings

_log = logging.getLogger(__name__)

INTERNAL = Trouble(TroubleKind.RETRY, "sync.internal")
_NOT_WRITTEN: Mapping[type[Exception], str] = {
    LeaseLostError: "sync.lease_lost",
    NotFoundError: "sync.removed",
    StoreBusyError: "sync.store_busy",
}


@dataclass(slots=True)
class Engine:
    """One run's reading. `run_id` is the fence of its writing; `units` fill as accounts are finished.

    `refusals` are what the troubles of each network refuse, by code.
    """

    store: Writer
    settings: SyncSettings
    parts: frozenset[Part]
    memory: StoreMemory
    progress: Progress
    now: Callable[[], datetime]
    run_id: int
    units: dict[AccountId, UnitReport] = field(default_factory=dict)
    keyring: Keyring = field(init=False)
    refusals: dict[str, Mapping[str, Refusal]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keyring = Keyring(self.settings.open_token)

    async def read(self, networks: Mapping[str, Sequence[Job]]) -> None:
        """Read all networks side by side. Raises StoreError where the store cannot be written."""
        try:
            async with asyncio.TaskGroup() as group:
                for name, jobs in networks.items():
                    group.create_task(self._network(name, jobs))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _network(self, name: str, jobs: Sequence[Job]) -> None:
        """Read one network; whatever goes wrong in its connector stays with its accounts."""
        try:
            found = connector_class(name)
        except ConnectorError as error:
            if error.trouble.code == "registry.unknown":
                self._skip(jobs)
                return
            for job in jobs:
                self._write(job, failed(job, error.trouble, self.now()))
            return
        try:
            await self._connected(name, found, jobs)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - the edge of one network: the others go on
            _log.exception("the connector of %s failed", name)
            for job in jobs:
                if job.account.id not in self.units:
                    self._write(job, failed(job, INTERNAL, self.now()))

    def _skip(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self._tell(job, UnitStatus.SKIPPED)

    async def _connected(self, name: str, found: type[Connector], jobs: Sequence[Job]) -> None:
        self.refusals[name] = found.refusals
        network = self.settings.network(name)
        tokens, troubles = await self._tokens(network.tokens)
        loop = asyncio.get_running_loop()
        setup = Setup(
            tokens=tokens,
            now=self.now,
            memory=self.memory,
            base_url=network.base_url,
            preview_base_url=network.preview_base_url,
            proxy=network.proxy,
            waiting=lambda seconds: _on(loop, lambda: self.progress.wait(seconds)),
            user_agent=self.settings.user_agent,
            state_dir=self.settings.state_dir,
        )
        connector = found(setup)
        try:
            await self._accounts(connector, jobs, troubles)
        finally:
            await connector.aclose()

    async def _tokens(self, names: Sequence[str]) -> tuple[tuple[Token, ...], tuple[Trouble, ...]]:
        """Open tokens away from the loop: a program that gives one may take its time."""
        return await asyncio.to_thread(self.keyring.take, names) if names else ((), ())

    async def _accounts(self, connector: Connector, jobs: Sequence[Job], troubles: Sequence[Trouble]) -> None:
        targets: list[Target] = []
        waiting: dict[int, Gathering] = {}
        for job in jobs:
            tokens, own = await self._tokens(job.account.tokens)
            target = job.target(tokens, self.parts)
            routes = [route for route in connector.routes(target) if route.part in self.parts]
            wanted = frozenset(route.part for route in routes if route.is_open)
            if not wanted:
                self._closed(job, connector, target, routes, [*own, *troubles])
                continue
            since = since_of(job, wanted, self.now())
            targets.append(replace(target, since=since))
            closed = [_as_told(job, trouble) for trouble in _refused(routes, CORE)]
            waiting[target.key] = Gathering(
                job, wanted, since, connector.refusals, closed, troubles=[*own, *troubles]
            )
        broken = await self._gather(connector, targets, waiting)
        for gathering in waiting.values():
            gathering.troubles.append(broken or INTERNAL)
            self._finish(gathering)

    async def _gather(
        self, connector: Connector, targets: Sequence[Target], waiting: dict[int, Gathering]
    ) -> Trouble | None:
        """Write each account when all of it is there; the trouble is why some are left in `waiting`."""
        if not targets:
            return None
        async with aclosing(_safely(connector, targets)) as results:
            async for fetched in results:
                if isinstance(fetched, Trouble):
                    return fetched
                gathering = waiting.get(fetched.key)
                if gathering is not None and gathering.add(fetched):
                    del waiting[fetched.key]
                    self._finish(gathering)
                    await asyncio.sleep(0)
        if waiting:
            _log.error("%s gave no result for %d accounts", connector.name, len(waiting))
        return None

    def _closed(
        self,
        job: Job,
        connector: Connector,
        target: Target,
        routes: Sequence[Route],
        troubles: Sequence[Trouble],
    ) -> None:
        """An account of which nothing can be read: nothing wanted is there, or no token opens it."""
        needs = sorted({kind for route in routes for kind in route.needs})
        if not routes:
            self._skip([job])
            return
        refused = [*_refused(routes, CORE), *_refused(routes, frozenset(Part) - CORE)]
        reason = worst([*troubles, *(_as_told(job, trouble) for trouble in refused)])
        for token in (*target.tokens, *connector.setup.tokens):
            if reason is None and token.kind in needs:
                reason = self._blocked(job, token.name)
        if reason is None:
            facts = {"network": connector.name, "kinds": ", ".join(needs)}
            reason = Trouble(TroubleKind.AUTH, "sync.no_token", facts=facts)
        if self.parts == frozenset(Part):
            self._write(job, failed(job, reason, self.now()))
        else:  # a run for some parts says nothing of the account as a whole
            self._tell(job, UnitStatus.SKIPPED, trouble=record(reason, job.account.network))

    def _blocked(self, job: Job, token: str) -> Trouble | None:
        """Why a token is not used now: the trouble that blocked it, where the account has met it."""
        blocks = self.memory.blocks_of(token, job.account.network_id or "")
        if not blocks:
            return None
        code, until = blocks[0].code, blocks[0].until
        told = job.last_trouble
        if told is not None and told.code == code:
            return _told(told)
        moment = until.astimezone(job.zone).isoformat(timespec="minutes")
        facts = {"token": token, "until": moment, "code": code}
        return Trouble(TroubleKind.RETRY, "sync.token_blocked", facts=facts)

    def _finish(self, gathering: Gathering) -> None:
        """Write one account's part; a fault of ours in it stays with this account."""
        job = gathering.job
        if self.parts != frozenset(Part) and gathering.is_denied:
            trouble = record(worst(gathering.all_troubles()), job.account.network)
            self._tell(job, UnitStatus.SKIPPED, requests=gathering.requests, trouble=trouble)
            return
        try:
            outcome = outcome_of(gathering, self._known(job), self.now())
            self._write(job, outcome, goes_on=gathering.goes_on)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - the edge of one account: the others go on
            _log.exception("account %d could not be written", job.account.id)
            self._write(job, failed(job, INTERNAL, self.now(), gathering.requests))

    def _known(self, job: Job) -> Known:
        latest = self.store.latest([job.account.id])
        audience = next((reading.value for reading in latest if reading.metric == "audience"), None)

        def content(since: Mapping[tuple[PostState, PostKind], date]) -> int:
            rows = self.store.posts(Filter(account_id=job.account.id, since=min(since.values())))
            return sum(
                row.post.network_id is not None
                and row.post.day >= since.get((row.post.state, row.post.kind), date.max)
                for row in rows
            )

        return Known(audience, content)

    def _write(self, job: Job, outcome: UnitOutcome, *, goes_on: bool = False) -> None:
        """Commit a unit, judge the goals that it touches, and tell that it is done."""
        try:
            counts = self.store.commit_unit(outcome, self.run_id)
        except (LeaseLostError, NotFoundError, StoreBusyError) as error:
            lost = record(Trouble(TroubleKind.RETRY, _NOT_WRITTEN[type(error)]))
            self._tell(job, UnitStatus.FAILED, requests=outcome.requests, trouble=lost)
            return
        if outcome.status is not UnitStatus.FAILED:
            self._judge(job)
        self._tell(job, outcome.status, counts, outcome.requests, outcome.trouble, goes_on=goes_on)

    def _judge(self, job: Job) -> None:
        """Bring the verdicts on the account's goals up to date; if the store is busy, the next run does."""
        try:
            refresh_accounts(self.store, [job.account.id], self.now())
        except StoreBusyError:
            _log.warning("the goals of account %d are judged by the next run", job.account.id)

    def _tell(
        self,
        job: Job,
        status: UnitStatus,
        counts: UnitCounts = NOTHING,
        requests: int = 0,
        trouble: TroubleRecord | None = None,
        *,
        goes_on: bool = False,
    ) -> None:
        refusals = self.refusals.get(job.account.network)
        told = job.report(status, counts, requests, trouble, refusals)
        self.units[job.account.id] = replace(told, goes_on=goes_on)
        self.progress.unit(job.label)


def _refused(routes: Sequence[Route], parts: frozenset[Part]) -> list[Trouble]:
    """For each of the parts that no token opens, the remembered refusal of the best token."""
    closed = [route for route in routes if route.part in parts and not route.is_open]
    return [route.refused[0] for route in closed if route.refused]


def _as_told(job: Job, trouble: Trouble) -> Trouble:
    """A remembered refusal in the network's own words, where the account's last run has heard them."""
    told = job.last_trouble
    if told is None or (told.code, told.facts.get("token")) != (trouble.code, trouble.facts.get("token")):
        return trouble
    return _told(told)


def _told(trouble: TroubleRecord) -> Trouble:
    return Trouble(TroubleKind(trouble.kind), trouble.code, trouble.detail, trouble.facts)


async def _safely(connector: Connector, targets: Sequence[Target]) -> AsyncGenerator[Fetched | Trouble, None]:
    """What a connector yields; where it breaks off, the trouble, once, with the traceback logged."""
    results = connector.fetch(targets)
    try:
        async for fetched in results:
            yield fetched
    except ConnectorError as error:
        yield error.trouble
    except Exception:  # noqa: BLE001 - the edge of one network: what it gave so far is kept
        _log.exception("the connector of %s broke off", connector.name)
        yield INTERNAL
    finally:
        if isinstance(results, AsyncGenerator):
            await results.aclose()


def _on(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call on the loop, from any thread; a thread that outlives the loop is not heard."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call)
