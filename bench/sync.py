"""What a sync of 300 VK communities with a service key asks for, and how long, as a fake VK sees it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from bench.harness import Budget, Pair, ProgramFailedError, Sampler
from bench.world import NOW, World
from store.changes import NewAccount, NewClient
from store.opening import open_writer, prepare
from tests.fakes.vk import RATES, VkFake
from tests.fakes.vk_world import big_world

COMMUNITIES, POSTS = 300, 60
CALLS_A_REQUEST = 25
_SECRET = "service-token"
_CONFIG = """[tokens.key]
kind = "service"
env = "BENCH_TOKEN"

[networks.vk]
token = "key"
base_url = "{url}"
"""


class Run(NamedTuple):
    """One sync as the fake saw it: seconds from first to last request, and what was asked."""

    seconds: float
    requests: int
    calls: int


class _Runs:
    """Syncs of fresh copies of one store; both budgets look at the same ones."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._template = world.folder / "communities.db"
        self._done: list[Run] = []
        prepare(self._template)
        with open_writer(self._template) as store:
            client = store.add_client(NewClient("Клиент"), author="bench", now=NOW)
            for number in range(1, COMMUNITIES + 1):
                account = NewAccount(client, "vk", f"fake{number}", str(number))
                store.add_account(account, author="bench", now=NOW)

    def __getitem__(self, number: int) -> Run:
        while len(self._done) <= number:
            self._done.append(self._sync())
        return self._done[number]

    def _sync(self) -> Run:
        store = self._world.folder / "synced.db"
        shutil.copyfile(self._template, store)
        with VkFake(big_world(COMMUNITIES, posts=POSTS, now=NOW.timestamp())) as fake:
            config = self._config(fake.url)
            done = subprocess.run(
                [self._world.smm, "--db", str(store), "--config", str(config), "sync", "--progress", "none"],
                env=self._world.environ(BENCH_TOKEN=_SECRET),
                stdout=subprocess.DEVNULL,
                check=False,
            )
        if done.returncode:
            raise ProgramFailedError(f"smm sync ended with {done.returncode}")
        times = [request.at for request in fake.requests]
        return Run(max(times) - min(times), len(times), len(fake.calls))

    def _config(self, url: str) -> Path:
        path = self._world.folder / "sync.toml"
        path.write_text(_CONFIG.format(url=url), encoding="utf-8")
        return path


@cache
def _runs(world: World) -> _Runs:
    return _Runs(world)


def _each_run(world: World, pair_of: Callable[[Run], Pair]) -> Sampler:
    runs = _runs(world)
    numbers = iter(range(10_000))
    return lambda: pair_of(runs[next(numbers)])


BUDGETS = (
    Budget(
        "sync-wall",
        "first to last request of 300 communities / (requests - 1) / 3 s",
        1.05,
        "s",
        lambda world: _each_run(world, lambda run: Pair(run.seconds, (run.requests - 1) / RATES["service"])),
    ),
    Budget(
        "sync-requests",
        "requests of that sync / ceil(calls / 25)",
        1.1,
        "requests",
        lambda world: _each_run(world, lambda run: Pair(run.requests, ceil(run.calls / CALLS_A_REQUEST))),
    ),
)
