"""What the dashboard holds in memory, against an empty Textual app in the same terminal."""

from __future__ import annotations

from bench.apps import READY
from bench.harness import Budget, Sampler, in_turn
from bench.start import dashboard, is_painted, one_static
from bench.world import World


def _empty_mib(world: World) -> float:
    with one_static(world) as terminal:
        terminal.wait_for(lambda drawn: READY in drawn)
        return terminal.peak_mib


def _first_paint(world: World) -> Sampler:
    def ours() -> float:
        with dashboard(world) as terminal:
            terminal.wait_for(is_painted)
            return terminal.peak_mib

    return in_turn(ours, lambda: _empty_mib(world))


BUDGETS = (
    Budget(
        "memory-paint",
        "peak memory at first paint, 10,000 goals / an empty Textual app",
        1.8,
        "MiB",
        _first_paint,
    ),
)
