"""What the store costs: the board's read, the board itself, and writing figures."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from bench.harness import Budget, Sampler, cpu_ms, cpu_ms_afresh, in_turn
from bench.world import NOW, TODAY, World
from goals.board import build_board
from goals.metrics import CATALOGUE, Source
from goals.model import AccountId, Exactness, Reading
from store.changes import NewAccount, NewClient, UnitOutcome
from store.opening import open_reader, open_writer, prepare
from store.sqlite import driver
from store.values import UnitStatus
from tui.feed import read_board
from tui.services import EVERYTHING, Ran, Services, SyncScope
from wording.words import Words

WRITTEN = 100_000
_INSERT = (
    "INSERT INTO reading (account_id, metric_id, day, value, exactness, taken_at) VALUES (?, ?, ?, ?, ?, ?)"
)


def bare_select(world: World) -> Callable[[], object]:
    """The base of the reads: all columns of the goal rows, as SQLite gives them."""
    session = driver.connect(world.large, write=False)
    return lambda: session.connection.execute("SELECT * FROM goal").fetchall()


def _read(world: World) -> Sampler:
    reader = open_reader(world.large)
    return in_turn(cpu_ms(reader.board_rows), cpu_ms(bare_select(world)))


def _build(world: World) -> Sampler:
    reader = open_reader(world.large)
    clients, rows = reader.clients(), reader.board_rows()
    work = partial(build_board, clients, rows, now=NOW, today=TODAY, data_as_of=NOW)
    return in_turn(cpu_ms(work), cpu_ms(bare_select(world)))


async def _no_sync(scope: SyncScope = EVERYTHING) -> AsyncGenerator[Mapping[str, object], None]:
    """Stands where a sync would be run; reading the board runs none."""
    del scope
    yield {}


async def _no_command(*arguments: str) -> Ran:
    """Stands where a command would be run; reading the board runs none."""
    return Ran(1, "", " ".join(arguments))


def _services(path: Path) -> Services:
    return Services(
        words=Words("ru"),
        author="bench",
        zone=UTC,
        path=path,
        now=lambda: NOW,
        open_reader=partial(open_reader, path),
        open_writer=partial(open_writer, path),
        sync=_no_sync,
        command=_no_command,
        match=lambda _: 0,
        recognise=lambda _, texts: [None for _ in texts],
    )


def _rebuild(world: World) -> Sampler:
    """The board as the dashboard reads it after the verdicts of one account's goals were written."""
    services = _services(world.large)
    board = read_board(services, None)
    changed = replace(board, mark=board.mark - 1)
    return in_turn(cpu_ms(lambda: read_board(services, changed)), cpu_ms(bare_select(world)))


class _Writing:
    """A hundred thousand readings of one account, written to a fresh copy of an empty store each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "empty.db"
        self._numbers = count()
        prepare(self._template)
        with open_writer(self._template) as store:
            client = store.add_client(NewClient("Клиент"), author="bench", now=NOW)
            new = NewAccount(client, "vk", "bench", "1")
            self._account = AccountId(store.add_account(new, author="bench", now=NOW))
        names = [metric.name for metric in CATALOGUE if metric.source is not Source.MANUAL][:10]
        days = [TODAY - timedelta(days=n) for n in reversed(range(WRITTEN // len(names)))]
        self._readings = [
            Reading(self._account, name, day, 1_000.0 + day.day, Exactness.EXACT, NOW)
            for name in names
            for day in days
        ]
        ids = {name: number for number, name in enumerate(names, 1)}
        taken = int(NOW.timestamp())
        self._rows = [
            (int(r.account_id), ids[r.metric], r.day.toordinal(), r.value, 0, taken) for r in self._readings
        ]

    @contextmanager
    def commit_unit(self) -> Iterator[Callable[[], object]]:
        """The unit of a sync, with `latest`, its cursor and its fence."""
        with self._copy() as path, open_writer(path) as store:
            run = store.start_run(NOW)
            store.claim(run, [self._account])
            unit = UnitOutcome(self._account, UnitStatus.OK, NOW, readings=self._readings)
            yield lambda: store.commit_unit(unit, run)

    @contextmanager
    def raw(self) -> Iterator[Callable[[], object]]:
        """The rows as they are, into the same table, in one transaction."""
        with self._copy() as path:
            session = driver.connect(path, write=True)

            def work() -> None:
                with session.transaction():
                    session.many(_INSERT, self._rows)

            try:
                yield work
            finally:
                session.close()

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        path = self._folder / f"written-{next(self._numbers)}.db"
        shutil.copyfile(self._template, path)
        try:
            yield path
        finally:
            path.unlink()


def _write(world: World) -> Sampler:
    writing = _Writing(world.folder)
    return in_turn(cpu_ms_afresh(writing.commit_unit), cpu_ms_afresh(writing.raw))


BUDGETS = (
    Budget("store-read", "read of the board, 10,000 goals / bare SELECT of the goal rows", 1.5, "ms", _read),
    Budget("store-board", "build_board of 10,000 goals / the same SELECT", 6.0, "ms", _build),
    Budget(
        "store-rebuild", "board after one account's commit, read again / the same SELECT", 0.3, "ms", _rebuild
    ),
    Budget("store-write", "writing 100,000 readings with `latest` / raw executemany", 1.4, "ms", _write),
)
