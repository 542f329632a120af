"""What a sync of a thousand accounts over five networks costs, as five fakes see it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.harness import Budget, CannotMeasureError, Pair, ProgramFailedError, Sampler
from bench.world import NOW, ROOT, World
from goals.model import ClientId
from store.changes import NewAccount, NewClient
from store.opening import open_writer, prepare
from tests.fakes import max as fake_max
from tests.fakes import ok as fake_ok
from tests.fakes import rutube as fake_rutube
from tests.fakes import telegram as fake_telegram
from tests.fakes.server import LoopbackServer, Reply, Request
from tests.fakes.vk import RATES, VkFake
from tests.fakes.vk_world import big_world

#: How many accounts of each network; a fifth of them for the memory that a smaller sync takes.
MANY: Mapping[str, int] = {"vk": 860, "max": 100, "ok": 16, "telegram": 12, "rutube": 12}
FEW: Mapping[str, int] = {name: max(1, count // 5) for name, count in MANY.items()}
#: Seconds between the requests of each network and how many go at once, as they are documented.
_PACES: Mapping[str, tuple[float, int]] = {
    "vk": (1 / RATES["service"], 1),
    "max": (1 / 20, 1),
    "ok": (0.2, 8),
    "telegram": (1.0, 5),
    "rutube": (0.5, 4),
}
#: Seconds between two looks at a child's memory.
_LOOK_SECONDS = 0.05
_QUIETLY = ("--progress", "none")
_POSTS = 40
_OLD = NOW - timedelta(days=40)
_SECRETS = {
    "BENCH_VK": "service-token",
    "BENCH_MAX": fake_max.BOT_TOKEN,
    "BENCH_OK": f"{fake_ok.ACCESS_TOKEN}:{fake_ok.SESSION_SECRET}",
}
_CONFIG = """[tokens.vk]
kind = "service"
env = "BENCH_VK"
[tokens.max]
kind = "bot"
env = "BENCH_MAX"
[tokens.ok]
kind = "user"
env = "BENCH_OK"
[tokens.ok.params]
application_key = "{key}"
"""
_NETWORK = """[networks.{name}]
base_url = "{url}"
"""


class Run(NamedTuple):
    """One sync: seconds from first to last request, the slowest network's own, and what both sides cost.

    `base_ms` is the CPU of sending the same requests and decoding the same answers alone.
    """

    seconds: float
    slowest: float
    cpu_ms: float
    base_ms: float
    peak_mib: float


class _Replay(LoopbackServer):
    """Answers recorded requests as they were answered, as often as it is asked."""

    def __init__(self, answered: Sequence[tuple[Request, Reply]]) -> None:
        super().__init__()
        self._replies = {_key(request): reply for request, reply in answered}

    def respond(self, request: Request) -> Reply:
        """The recorded answer."""
        return self._replies[_key(request)]


def _key(request: Request) -> tuple[object, ...]:
    return request.verb, request.path, *sorted(request.query.items()), *sorted(request.form.items())


def _fakes(counts: Mapping[str, int]) -> dict[str, LoopbackServer]:
    channels, chats, groups, videos = (
        fake_telegram.TelegramFake(), fake_max.MaxFake(), fake_ok.OkFake(), fake_rutube.RutubeFake()
    )  # fmt: skip
    for n in range(1, counts["telegram"] + 1):
        made = fake_telegram.history(15, NOW - timedelta(hours=1))
        channels.add(fake_telegram.Channel(f"fake{n}", f"Канал {n}", 1000 + n, n, made))
    for n in range(1, counts["max"] + 1):
        chats.add(fake_max.Channel(-n, f"fake{n}", f"Канал {n}", 1000 + n, fake_max.history(_POSTS, NOW)))
    for n in range(1, counts["ok"] + 1):
        topics, days = fake_ok.history(_POSTS, NOW), fake_ok.daily(30, NOW)
        groups.add(fake_ok.Group(n, f"Группа {n}", 1000 + n, f"fake{n}", "", topics, days))
    for n in range(1, counts["rutube"] + 1):
        videos.add(fake_rutube.Channel(n, f"Канал {n}", 1000 + n, fake_rutube.history(15, _OLD)))
    return {
        "vk": VkFake(big_world(counts["vk"], posts=_POSTS, now=NOW.timestamp())),
        "telegram": channels, "max": chats, "ok": groups, "rutube": videos,
    }  # fmt: skip


class _Runs:
    """Everyday syncs of fresh copies of one store, whose first sync has read the past already."""

    def __init__(self, world: World, counts: Mapping[str, int]) -> None:
        self._world, self._counts = world, counts
        self._template = world.folder / f"networks{sum(counts.values())}.db"
        self._done: list[Run] = []
        prepare(self._template)
        with open_writer(self._template) as store:
            client = store.add_client(NewClient("Клиент"), author="bench", now=NOW)
            for network, count in counts.items():
                for n in range(1, count + 1):
                    store.add_account(_account(client, network, n), author="bench", now=NOW)
        self._sync(self._template)

    def __getitem__(self, number: int) -> Run:
        while len(self._done) <= number:
            store = self._world.folder / "networks.db"
            shutil.copyfile(self._template, store)
            self._done.append(self._sync(store))
        return self._done[number]

    def _sync(self, store: Path) -> Run:
        answered: dict[str, list[tuple[Request, Reply]]] = {}
        with ExitStack() as stack:
            fakes = {name: stack.enter_context(fake) for name, fake in _fakes(self._counts).items()}
            for name, fake in fakes.items():
                answered[name] = _recorded(fake)
            config = self._config(fakes)
            argv = [self._world.smm, "--db", str(store), "--config", str(config), "sync", *_QUIETLY]
            ours = _child(argv, self._world.environ(**_SECRETS))
        times = [request.at for each in answered.values() for request, _ in each]
        slowest = max(_least_seconds(name, len(each)) for name, each in answered.items())
        base = self._fetched([pair for each in answered.values() for pair in each])
        return Run(max(times) - min(times), slowest, ours.cpu_ms, base.cpu_ms, ours.peak_mib)

    def _fetched(self, answered: Sequence[tuple[Request, Reply]]) -> _Cost:
        """What sending the same requests and decoding the answers costs."""
        path = self._world.folder / "recorded.json"
        with _Replay(answered) as replay:
            told = [
                {
                    "verb": request.verb,
                    "url": replay.url + request.path,
                    "query": dict(request.query),
                    "form": dict(request.form),
                    "headers": {"Accept-Encoding": "identity"},
                }
                for request, _ in answered
            ]
            path.write_text(json.dumps(told), encoding="utf-8")
            argv = [self._world.python, "-m", "bench.fetching", str(path)]
            return _child(argv, self._world.environ(PYTHONPATH=str(ROOT)))

    def _config(self, fakes: Mapping[str, LoopbackServer]) -> Path:
        path = self._world.folder / "networks.toml"
        text = _CONFIG.format(key=fake_ok.APPLICATION_KEY)
        for name, fake in fakes.items():
            text += _NETWORK.format(name=name, url=fake.url)
            if name in {"vk", "max", "ok"}:
                text += f'token = "{name}"\n'
            if name == "telegram":
                text += f'preview_base_url = "{fake.url}"\n'
        path.write_text(text, encoding="utf-8")
        return path


class _Cost(NamedTuple):
    """What a child cost: CPU in milliseconds, and its peak memory."""

    cpu_ms: float
    peak_mib: float


def _child(argv: Sequence[str], environ: Mapping[str, str]) -> _Cost:
    """Run a child to its end. Raises ProgramFailedError."""
    child = subprocess.Popen(argv, env=dict(environ), stdout=subprocess.DEVNULL)
    peak_mib, status = 0.0, None
    while status is None:
        peak_mib = max(peak_mib, _peak_mib(child.pid))
        time.sleep(_LOOK_SECONDS)
        number, code, usage = os.wait4(child.pid, os.WNOHANG)
        status = code if number else None
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise ProgramFailedError(f"{' '.join(argv)} ended with {child.returncode}")
    return _Cost((usage.ru_utime + usage.ru_stime) * 1000, peak_mib)


def _peak_mib(number: int) -> float:
    """The kernel's peak of a process that runs; what `wait4` tells counts its parent's memory too."""
    try:
        told = Path(f"/proc/{number}/status").read_text("ascii")
    except OSError as error:
        raise CannotMeasureError("there is no /proc") from error
    peak = next((line.split()[1] for line in told.splitlines() if line.startswith("VmHWM")), "0")
    return int(peak) / 1024


def _recorded(fake: LoopbackServer) -> list[tuple[Request, Reply]]:
    """The list to which the fake's answers are added from now on."""
    answered: list[tuple[Request, Reply]] = []
    answer = fake.answer

    def noting(request: Request) -> Reply:
        reply = answer(request)
        answered.append((request, reply))
        return reply

    fake.answer = noting  # type: ignore[method-assign]
    return answered


def _account(client: ClientId, network: str, number: int) -> NewAccount:
    """An account that the store knows as after an earlier sync: its network's id where a link has one."""
    by_number = network in {"vk", "ok", "rutube"}
    handle = str(number) if network in {"ok", "rutube"} else f"fake{number}"
    return NewAccount(client, network, handle, str(number) if by_number else None)


def _least_seconds(network: str, requests: int) -> float:
    """How long so many requests of a network take by its own limit alone."""
    interval, burst = _PACES[network]
    return max(0, requests - burst) * interval


@cache
def _runs(world: World, *, many: bool) -> _Runs:
    return _Runs(world, MANY if many else FEW)


def _each_run(world: World, pair_of: Callable[[Run], Pair]) -> Sampler:
    runs, numbers = _runs(world, many=True), iter(range(10_000))
    return lambda: pair_of(runs[next(numbers)])


def _memory(world: World) -> Sampler:
    many, few, numbers = _runs(world, many=True), _runs(world, many=False), iter(range(10_000))

    def pair() -> Pair:
        number = next(numbers)
        return Pair(many[number].peak_mib, few[number].peak_mib)

    return pair


BUDGETS = (
    Budget(
        "networks-wall",
        "first to last request of 1,000 accounts of 5 networks / the slowest network's own limit",
        1.1,
        "s",
        lambda world: _each_run(world, lambda run: Pair(run.seconds, run.slowest)),
    ),
    Budget(
        "networks-cpu",
        "CPU of that sync / sending the same requests and decoding the answers alone",
        1.5,
        "ms",
        lambda world: _each_run(world, lambda run: Pair(run.cpu_ms, run.base_ms)),
    ),
    Budget("networks-memory", "peak memory of that sync / of one of 200 accounts", 1.1, "MiB", _memory),
)
