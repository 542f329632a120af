from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path

import pytest

from bench import __main__ as program
from bench.harness import (
    Budget,
    CannotMeasureError,
    Pair,
    Result,
    Sampler,
    exit_code,
    in_turn,
    line,
    measure,
    summarise,
)
from bench.start import command, is_painted
from bench.terminal import Terminal, TerminalError
from bench.world import World


def budget(sampler: Sampler, limit: float = 2.0, name: str = "thing-fast") -> Budget:
    return Budget(name, "ours / base", limit, "ms", lambda world: sampler)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, readings=10_000)


def test_the_verdict_goes_by_the_median_of_the_pairs_ratios() -> None:
    # the medians of the two costs alone would give 30 / 10 = 3
    result = summarise(budget(lambda: Pair(0, 1)), [Pair(10, 10), Pair(30, 20), Pair(40, 5)])

    assert (result.ratio, result.low, result.high) == (1.5, 1.0, 8.0)
    assert (result.ours, result.base, result.pairs) == (30, 10, 3)
    assert result.status == "ok"


@pytest.mark.parametrize(("ours", "status"), [(2.0, "ok"), (2.0001, "missed")])
def test_a_budget_is_met_up_to_and_with_its_limit(ours: float, status: str) -> None:
    assert summarise(budget(lambda: Pair(0, 1)), [Pair(ours, 1.0)]).status == status


def test_the_two_sides_take_turns_and_the_first_pair_does_not_count(world: World) -> None:
    order: list[str] = []
    costs = count(1)

    def ours() -> float:
        order.append("ours")
        return float(next(costs))

    def base() -> float:
        order.append("base")
        return 1.0

    result = measure(budget(in_turn(ours, base)), world, pairs=2)

    assert order == ["ours", "base"] * 3
    assert (result.low, result.high) == (2.0, 3.0)


def test_what_cannot_be_measured_is_told_and_is_no_failure(world: World) -> None:
    def prepare(world: World) -> Sampler:
        raise CannotMeasureError("numpy cannot be installed here")

    result = measure(Budget("forecast", "chances", 5, "ms", prepare), world, pairs=3)

    assert result.status == "skipped"
    assert "numpy cannot be installed here" in line(result)
    assert exit_code([result]) == 0


def test_a_program_that_fails_is_told_and_fails_the_run(world: World) -> None:
    broken = command([sys.executable, "-c", "raise SystemExit(3)"], {})

    def prepare(world: World) -> Sampler:
        return in_turn(broken, broken)

    result = measure(Budget("cli", "broken", 5, "ms", prepare), world, pairs=3)

    assert result.status == "failed"
    assert "ended with 3" in line(result)
    assert exit_code([result]) == 1


def test_one_missed_budget_fails_the_run() -> None:
    met = Result("a", "", 1.0, "ms", pairs=1, ratio=0.5, low=0.5, high=0.5, ours=1, base=2)
    missed = Result("b", "", 1.0, "ms", pairs=1, ratio=1.5, low=1.5, high=1.5, ours=3, base=2)

    assert exit_code([met]) == 0
    assert exit_code([met, missed, met]) == 1


def test_the_line_shows_the_ratio_beside_its_limit() -> None:
    shown = line(summarise(budget(lambda: Pair(0, 1), limit=1.5), [Pair(3, 2), Pair(5, 2), Pair(4, 2)]))

    assert shown.split()[:5] == ["missed", "thing-fast", "2.00", "of", "1.5"]
    assert "[1.50-2.50]" in shown


def test_the_program_prints_json_and_fails_where_a_budget_is_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    budgets = (budget(lambda: Pair(1, 1)), budget(lambda: Pair(5, 1), name="other"))
    monkeypatch.setattr(program, "BUDGETS", budgets)

    assert program.main(["--json", "--pairs", "2"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [(r["name"], r["status"], r["ratio"]) for r in told["results"]] == [
        ("thing-fast", "ok", 1.0),
        ("other", "missed", 5.0),
    ]


@pytest.mark.parametrize("name", ["thing", "thing-fast"])
def test_only_takes_a_name_or_a_group(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    budgets = (budget(lambda: Pair(1, 1)), budget(lambda: Pair(5, 1), name="other"))
    monkeypatch.setattr(program, "BUDGETS", budgets)

    assert program.main(["--only", name, "--pairs", "1"]) == 0

    assert "other" not in capsys.readouterr().out


def test_an_unknown_name_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--only", "nothing"]) == 2

    assert "store-read" in capsys.readouterr().err


def test_every_budget_has_a_name_of_its_own() -> None:
    names = [entry.name for entry in program.BUDGETS]

    assert len(set(names)) == len(names)
    assert all(entry.limit > 0 for entry in program.BUDGETS)


def test_a_terminal_is_read_until_something_is_drawn_and_then_killed() -> None:
    child = "print('\\x1b[1m┃\\x1b[0m' * 20, flush=True); input(); print('done', flush=True); input()"
    with Terminal([sys.executable, "-c", child], {"PYTHONUTF8": "1"}) as terminal:
        terminal.wait_for(is_painted)
        terminal.send("\r")
        terminal.wait_for(lambda drawn: "done" in drawn)

    assert terminal.cpu_ms > 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to tell a peak of memory")
def test_the_peak_of_memory_is_the_childs_own() -> None:
    child = "kept = bytearray(50 * 2**20); kept[::4096] = b'x' * len(kept[::4096]); print('held'); input()"
    with Terminal([sys.executable, "-c", child], {}) as terminal:
        terminal.wait_for(lambda drawn: "held" in drawn)
        assert 50 < terminal.peak_mib < 100


def test_a_child_that_ends_early_is_told() -> None:
    with (
        Terminal([sys.executable, "-c", "print('sorry')"], {}) as terminal,
        pytest.raises(TerminalError, match="sorry"),
    ):
        terminal.wait_for(lambda drawn: "never" in drawn)
