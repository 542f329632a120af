"""How long after a key its answer is drawn: against an empty app, and while a sync commits all the time.

`python -m bench.keys STORE` is that sync: it commits fifty accounts a second until it is ended.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import median

from bench.apps import READY
from bench.harness import Budget, ProgramFailedError, Sampler, in_turn
from bench.start import dashboard, is_painted
from bench.terminal import Terminal
from bench.world import NOW, ROOT, TODAY, World
from goals.model import Exactness, Reading
from store.changes import UnitOutcome
from store.opening import open_writer
from store.refresh import refresh_accounts
from store.values import UnitStatus

_KEYS, _WARM_UP = 40, 5
#: Between two keys, in seconds: everything that the one before asked for is drawn.
_BETWEEN = 0.05
#: Until the whole board of 10,000 goals is read and judged.
_SETTLING = 3.0
_COMMITS_A_SECOND = 50
_COMMITTING = "bench-is-committing"
#: The cursor's mark as it is drawn in the first cell of a line.
_CURSOR = re.compile(rb"\x1b\[(\d+);1H(?:\x1b\[[\d;]*m)*\xe2\x80\xba")


def _cursor_row(drawn: bytes) -> int | None:
    """The line that the cursor was last drawn on."""
    rows = _CURSOR.findall(drawn)
    return int(rows[-1]) if rows else None


def _moves(terminal: Terminal) -> float:
    """Milliseconds from a key to the cursor on the other line, the median of many."""
    waits, row = [], _row_after(terminal, "k")
    for key in ("j", "k") * (_KEYS // 2 + _WARM_UP):
        terminal.settle(_BETWEEN)
        began = time.monotonic()
        terminal.send(key)
        row = _moved(terminal, row)
        waits.append(time.monotonic() - began)
    return median(waits[2 * _WARM_UP :]) * 1000


def _row_after(terminal: Terminal, key: str) -> int:
    """Where the cursor is on its way to the first line."""
    terminal.send("j")
    terminal.settle(_BETWEEN)
    terminal.send(key)
    return _moved(terminal, 0)


def _moved(terminal: Terminal, before: int) -> int:
    found: list[int] = []

    def is_elsewhere(_: str) -> bool:
        row = _cursor_row(terminal.raw)
        if row is not None and row != before:
            found.append(row)
        return bool(found)

    terminal.wait_for(is_elsewhere)
    return found[-1]


def _on_store(world: World, store: Path) -> float:
    with dashboard(world, store) as terminal:
        terminal.wait_for(is_painted)
        terminal.settle(_SETTLING)
        return _moves(terminal)


def _empty_app(world: World) -> float:
    argv = [world.python, "-m", "bench.apps", "counting"]
    with Terminal(argv, world.environ(PYTHONPATH=str(ROOT))) as terminal:
        terminal.wait_for(lambda drawn: READY in drawn)
        terminal.settle(_SETTLING)
        waits = []
        for _ in range(_KEYS + 2 * _WARM_UP):
            terminal.settle(_BETWEEN)
            began = time.monotonic()
            terminal.send("j")
            terminal.wait_for(lambda drawn: bool(drawn.strip()))
            waits.append(time.monotonic() - began)
        return median(waits[2 * _WARM_UP :]) * 1000


def _idle(world: World) -> Sampler:
    return in_turn(lambda: _on_store(world, world.large), lambda: _empty_app(world))


@contextmanager
def _committing(world: World, store: Path) -> Iterator[None]:
    """A sync that commits all the time. Raises ProgramFailedError where it ends before it is ended."""
    child = subprocess.Popen(
        [world.python, "-m", "bench.keys", str(store)],
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if child.stdout is None or child.stdout.readline().strip() != _COMMITTING:
            raise ProgramFailedError("the process that commits did not begin")
        yield
        if child.poll() is not None:
            raise ProgramFailedError(f"the process that commits ended with {child.returncode}")
    finally:
        child.terminate()
        child.communicate()


def _while_committing(world: World) -> Sampler:
    store = world.folder / "busy.db"
    shutil.copyfile(world.large, store)

    def ours() -> float:
        with _committing(world, store):
            return _on_store(world, store)

    return in_turn(ours, lambda: _on_store(world, store))


def commit_for_ever(path: Path, begun: Callable[[], None]) -> None:
    """Commit one account after another, and judge its goals, so many times a second."""
    with open_writer(path) as store:
        accounts = [account.id for account in store.accounts()]
        run = store.start_run(NOW)
        store.claim(run, accounts)
        begun()
        due = time.monotonic()
        for number, account in enumerate(cycle(accounts)):
            moment = NOW + timedelta(seconds=number)
            reading = Reading(account, "audience", TODAY, 5_000.0 + number, Exactness.EXACT, moment)
            store.commit_unit(UnitOutcome(account, UnitStatus.OK, moment, [reading]), run)
            refresh_accounts(store, [account], NOW)
            due += 1 / _COMMITS_A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))


BUDGETS = (
    Budget(
        "key-to-repaint", "a key moves the cursor, 10,000 goals / a key in an empty app", 3.0, "ms", _idle
    ),
    Budget(
        "key-while-syncing",
        "a key while a sync commits 50 times a second / on an idle store",
        3.0,
        "ms",
        _while_committing,
    ),
)

if __name__ == "__main__":
    commit_for_ever(Path(sys.argv[1]), lambda: print(_COMMITTING, flush=True))
