"""The run as its callers know it: `run_sync` for accounts that are there, `backfill` for a new one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from connectors.base import Trouble, TroubleKind
from goals.model import AccountId
from store.contract import Reader, Writer
from store.days import today_of
from store.errors import StoreBusyError
from store.refresh import refresh_stale_days
from store.values import Filter, RunStatus, UnitStatus
from sync.engine import Engine
from sync.holidays import ensure_holidays
from sync.lock import LockedError, Patience, only_run
from sync.memory import StoreMemory
from sync.outcome import record
from sync.plan import Job, Selection, by_network, plan
from sync.progress import Listener, Progress, silent
from sync.report import RunReport, UnitReport, status_of
from sync.settings import SyncSettings
from sync.stop import Stop
from sync.threads import DaemonThreads

_log = logging.getLogger(__name__)

#: How long connectors have to end when a run is stopped, in seconds; then they are left behind.
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class History:
    """What is known of an account: how much of it, and since which day (None: nothing)."""

    posts: int
    first_post: date | None
    readings: int
    first_reading: date | None


@dataclass(frozen=True, slots=True)
class Backfill:
    """A new account's first reading: the run, and the history that it brought."""

    report: RunReport
    history: History


def run_sync(
    open_store: Callable[[], Writer],
    settings: SyncSettings,
    selection: Selection,
    *,
    now: Callable[[], datetime],
    stop: Stop,
    listener: Listener = silent,
    deadline: float | None = None,
    patience: Patience | None = None,
) -> RunReport:
    """Read the selected accounts and write what they gave, each in one transaction of its own.

    The accounts of a demo are made up: nothing is asked and nothing is written.

    Args:
        open_store: opens the store for writing; called twice.
        settings: the networks, the tokens and the lock.
        selection: which accounts and parts.
        now: the wall clock, aware, UTC.
        stop: ends the run early, with what is finished kept.
        listener: is told how the run goes, on the caller's thread.
        deadline: after so many seconds what is not finished is cancelled; None for never.
        patience: how long to wait where another run holds the lock; None for not at all.

    Returns:
        What was done; its status is LOCKED where another run held the lock all that time.

    Raises:
        StoreError: the store cannot be used.
    """
    began = time.monotonic()
    run = _Run(open_store, settings, selection, now, stop, listener, deadline)
    with open_store() as store:
        try:
            with only_run(settings.lock_file, patience or Patience(), gives_up=lambda: stop.asked):
                status, units = run.locked(store)
        except LockedError:
            status, units = RunStatus.LOCKED, []
    return RunReport(status, units, time.monotonic() - began, interrupted=stop.asked)


def backfill(
    open_store: Callable[[], Writer],
    settings: SyncSettings,
    account_id: AccountId,
    *,
    now: Callable[[], datetime],
    stop: Stop,
    listener: Listener = silent,
) -> Backfill:
    """Read a new account as far back as its tokens allow. Raises StoreError."""
    selection = Selection(account_id=account_id)
    report = run_sync(open_store, settings, selection, now=now, stop=stop, listener=listener)
    with open_store() as store:
        return Backfill(report, history_of(store, account_id))


def history_of(reader: Reader, account_id: AccountId) -> History:
    """What the store knows of an account's past."""
    which = Filter(account_id=account_id)
    posts = [row.post.day for row in reader.posts(which)]
    readings = [row.day for row in reader.readings(which)]
    return History(len(posts), min(posts, default=None), len(readings), min(readings, default=None))


@dataclass(frozen=True, slots=True)
class _Run:
    """One run with all that it was asked for (see `run_sync`)."""

    open_store: Callable[[], Writer]
    settings: SyncSettings
    selection: Selection
    now: Callable[[], datetime]
    stop: Stop
    listener: Listener
    deadline: float | None

    def locked(self, store: Writer) -> tuple[RunStatus, list[UnitReport]]:
        """Do it all, the lock being held."""
        is_demo = store.is_demo()
        jobs = [] if is_demo else plan(store, self.selection)
        for client in [] if is_demo else store.clients():
            ensure_holidays(store, client, today_of(client, self.now()))
        progress = Progress(len(jobs), self.listener)
        progress.start()
        units = self._read(store, jobs, progress) if jobs else []
        if not (is_demo or self.stop.asked):
            self._match(store)
            refresh_stale_days(store, self.now())
        progress.end()
        return status_of(units), units

    def _read(self, store: Writer, jobs: Sequence[Job], progress: Progress) -> list[UnitReport]:
        run_id = store.start_run(self.now())
        store.claim(run_id, [job.account.id for job in jobs])
        with StoreMemory(self.open_store(), self.now) as memory:
            engine = Engine(store, self.settings, self.selection.parts, memory, progress, self.now, run_id)
            _run_loop(engine, jobs, self.stop, self.deadline)
        units = [engine.units.get(job.account.id) or self._cancelled(job) for job in jobs]
        store.finish_run(run_id, status_of(units), sum(unit.requests for unit in units), self.now())
        return units

    def _match(self, store: Writer) -> None:
        """Find out what the posts are about; if the store is busy, the next run does."""
        if self.settings.match is None:
            return
        try:
            for _ in self.settings.match(store, self.now()):
                if self.stop.asked:
                    return
        except StoreBusyError:
            _log.warning("the topics of the new posts are left to the next run")

    def _cancelled(self, job: Job) -> UnitReport:
        code = "sync.interrupted" if self.stop.asked else "sync.deadline"
        return job.report(UnitStatus.CANCELLED, trouble=record(Trouble(TroubleKind.RETRY, code)))


def _run_loop(engine: Engine, jobs: Sequence[Job], stop: Stop, deadline: float | None) -> None:
    """Run the engine on a loop of its own, which waits for no thread when it ends."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(DaemonThreads())
    try:
        loop.run_until_complete(_supervised(engine, jobs, stop, deadline))
    finally:
        loop.close()


async def _supervised(engine: Engine, jobs: Sequence[Job], stop: Stop, deadline: float | None) -> None:
    """Read until all is read, the run is stopped, or its time is over."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    reading = asyncio.create_task(engine.read(by_network(jobs)))
    asking = asyncio.create_task(asked.wait())

    def wake() -> None:
        loop.call_soon_threadsafe(asked.set)

    stop.on_set(wake)
    try:
        await asyncio.wait({reading, asking}, timeout=deadline, return_when=asyncio.FIRST_COMPLETED)
        if not reading.done():
            reading.cancel()
            await asyncio.wait({reading}, timeout=GRACE)
    finally:
        stop.on_set(None)
        asking.cancel()
    if reading.done() and not reading.cancelled():
        reading.result()
