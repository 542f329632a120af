"""What starting costs: the dashboard up to its first useful paint, and the thin commands."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.apps import READY
from bench.harness import Budget, Measure, ProgramFailedError, Sampler, in_turn
from bench.terminal import ROWS, Terminal
from bench.world import ROOT, World

#: The first useful paint: as many bars with their marks as leave room for head, clients and footer.
_BARS = ROWS // 2
_MARK = "┃"
#: A process of a few milliseconds is run this often, and the mean counts.
_REPEATS = 5


def is_painted(drawn: str) -> bool:
    """Whether rows of goals with bars are on the screen."""
    return drawn.count(_MARK) >= _BARS


def dashboard(world: World, store: Path) -> Terminal:
    """The dashboard on a store."""
    return Terminal([world.smm, "--db", str(store)], world.environ())


def one_static(world: World) -> Terminal:
    """The simplest Textual program."""
    return Terminal([world.python, "-m", "bench.apps"], world.environ(PYTHONPATH=str(ROOT)))


def _first_paint(world: World) -> Sampler:
    def ours() -> float:
        with dashboard(world, world.large) as terminal:
            terminal.wait_for(is_painted)
        return terminal.cpu_ms

    def base() -> float:
        with one_static(world) as terminal:
            terminal.wait_for(lambda drawn: READY in drawn)
        return terminal.cpu_ms

    return in_turn(ours, base)


def child_cpu_ms(argv: Sequence[str], environ: Mapping[str, str]) -> float:
    """The CPU milliseconds of a child from start to end. Raises ProgramFailedError."""
    child = subprocess.Popen(argv, env=dict(environ), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise ProgramFailedError(f"{' '.join(argv)} ended with {child.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def command(argv: Sequence[str], environ: Mapping[str, str]) -> Measure:
    """Measure a command that ends by itself: CPU milliseconds, the mean of five runs."""
    return lambda: sum(child_cpu_ms(argv, environ) for _ in range(_REPEATS)) / _REPEATS


def _thin(*words: str) -> Budget:
    limits = {("--version",): 2.5, ("goal", "list"): 12.0, ("goal", "list", "--json"): 9.0}
    name = "-".join(["cli", *(word.strip("-") for word in words)])

    def prepare(world: World) -> Sampler:
        environ = world.environ(SMM_DB=str(world.demo))
        return in_turn(command([world.smm, *words], environ), command([world.python, "-c", "pass"], environ))

    return Budget(name, f"CPU of `smm {' '.join(words)}` / `python -c pass`", limits[words], "ms", prepare)


BUDGETS = (
    Budget(
        "start",
        "CPU to first useful paint, 10,000 goals / an App with one Static",
        1.5,
        "ms",
        _first_paint,
    ),
    _thin("--version"),
    _thin("goal", "list"),
    _thin("goal", "list", "--json"),
)
