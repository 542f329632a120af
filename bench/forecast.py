"""What the chances cost."""

from __future__ import annotations

import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

from bench.harness import Budget, CannotMeasureError, Sampler, cpu_ms, in_turn
from bench.start import command
from bench.world import GOALS, TODAY, World
from goals.forecast import WINDOW_DAYS, probability

_SERIES = 500
_INSTALL_SECONDS = 300


def _chances(world: World) -> Sampler:
    numpy = _numpy(world)
    dice = random.Random(20261123)
    histories = [_history(dice) for _ in range(_SERIES)]
    deadline = TODAY + timedelta(days=30)

    def all_goals() -> None:
        for number in range(GOALS):
            history = histories[number % _SERIES]
            probability(history, history[-1][1] + 50 + number % 300, deadline)

    environ = world.environ(PYTHONPATH=str(numpy))
    return in_turn(cpu_ms(all_goals), command([world.python, "-c", "import numpy"], environ))


def _history(dice: random.Random) -> list[tuple[date, float]]:
    value, pace = 5_000.0, dice.uniform(-2, 12)
    line = []
    for back in range(WINDOW_DAYS, -1, -1):
        value += round(dice.gauss(pace, 4))
        line.append((TODAY - timedelta(days=back), value))
    return line


def _numpy(world: World) -> Path:
    """Numpy in a folder of this run: installed beside the project it would slow the other imports down."""
    folder = world.folder / "numpy"
    pip = [world.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run(
            [*pip, "--target", str(folder), "numpy"],
            check=True,
            capture_output=True,
            timeout=_INSTALL_SECONDS,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise CannotMeasureError(
            "numpy cannot be installed here: this budget needs a package index"
        ) from error
    return folder


BUDGETS = (Budget("forecast", "chances of 10,000 goals / `import numpy`", 5.0, "ms", _chances),)
