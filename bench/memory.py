"""What the dashboard holds in memory, against an empty Textual app in the same terminal."""

from __future__ import annotations

import shutil

from bench.apps import READY
from bench.harness import Budget, Sampler, in_turn
from bench.start import dashboard, is_painted, one_static
from bench.world import World
from wording.words import Words

_DOWN, _PREVIOUS, _SAVE = "\x1b[B", "\x1b[Z", "\x1bOQ"
#: Into the form of the goal: why it is changed, and the day when the client agreed.
_TYPED = (_PREVIOUS, "bench", _PREVIOUS, "22.11.2026")
#: The board is read again within a second of a commit.
_SETTLING_SECONDS = 2.0
_KEYS_SECONDS = 0.3


def _empty_mib(world: World) -> float:
    with one_static(world) as terminal:
        terminal.wait_for(lambda drawn: READY in drawn)
        return terminal.peak_mib


def _first_paint(world: World) -> Sampler:
    def ours() -> float:
        with dashboard(world, world.large) as terminal:
            terminal.wait_for(is_painted)
            return terminal.peak_mib

    return in_turn(ours, lambda: _empty_mib(world))


def _first_edit(world: World) -> Sampler:
    edited = world.folder / "edited.db"
    shutil.copyfile(world.large, edited)
    text = Words("ru").text
    form, saved = text("Edit the goal"), text("Saved: {goal}").partition(":")[0]

    def ours() -> float:
        with dashboard(world, edited) as terminal:
            terminal.wait_for(is_painted)
            terminal.send(f"{_DOWN}e")
            terminal.wait_for(lambda drawn: form in drawn)
            for keys in _TYPED:
                terminal.settle(_KEYS_SECONDS)
                terminal.send(keys)
            terminal.settle(_KEYS_SECONDS)
            terminal.send(_SAVE)
            terminal.wait_for(lambda drawn: f"{saved}:" in drawn)
            terminal.settle(_SETTLING_SECONDS)
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
    Budget(
        "memory-edit",
        "peak memory after the first edit of a goal / an empty Textual app",
        2.3,
        "MiB",
        _first_edit,
    ),
)
