"""`python -m bench`: measure the budgets, print each beside its limit, exit 1 when one is missed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench import forecast, imports, keys, memory, networks, phrases, screen, start, store, sync, topics
from bench.harness import DEFAULT_PAIRS, Budget, Result, exit_code, line, measure
from bench.world import World

BUDGETS: tuple[Budget, ...] = (
    *start.BUDGETS,
    *store.BUDGETS,
    *screen.BUDGETS,
    *keys.BUDGETS,
    *forecast.BUDGETS,
    *phrases.BUDGETS,
    *topics.BUDGETS,
    *sync.BUDGETS,
    *networks.BUDGETS,
    *memory.BUDGETS,
    *imports.BUDGETS,
)
FULL_READINGS, QUICK_READINGS = 10_000_000, 1_000_000


def main(argv: list[str] | None = None) -> int:
    """Measure what `argv` asks for and return the exit code."""
    args = _arguments(argv)
    chosen = [budget for budget in BUDGETS if not args.only or _is_named(budget, args.only)]
    if not chosen:
        names = ", ".join(budget.name for budget in BUDGETS)
        print(f"There is no budget of that name. There are: {names}", file=sys.stderr)
        return 2
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="smm-bench-") as folder:
        world = World(Path(folder), QUICK_READINGS if args.quick else FULL_READINGS)
        for budget in chosen:
            result = measure(budget, world, args.pairs)
            results.append(result)
            print(line(result), file=sys.stderr if args.json else sys.stdout, flush=True)
    code = exit_code(results)
    if args.json:
        print(json.dumps({"ok": code == 0, "results": [result.as_json() for result in results]}))
    return code


def _is_named(budget: Budget, names: list[str]) -> bool:
    return any(budget.name == name or budget.name.startswith(f"{name}-") for name in names)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="one budget or group; may be repeated"
    )
    parser.add_argument(
        "--pairs", type=_at_least_one, default=DEFAULT_PAIRS, help="pairs (default %(default)s)"
    )
    parser.add_argument("--quick", action="store_true", help="1 million readings instead of 10 million")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser.parse_args(argv)


def _at_least_one(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


if __name__ == "__main__":
    raise SystemExit(main())
