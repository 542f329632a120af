"""Pairs, medians, verdicts: how a budget is measured and told.

Every budget is a ratio: what we do against something simple that any program would have to do.
The two are measured in turn (ours, base, ours, base, ...) in one run, so that a machine that is
slow or busy slows both; the verdict goes by the median of the pairs' ratios.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bench.world import World

DEFAULT_PAIRS = 9
#: A short piece of work is done this often, and the fastest time counts.
_TRIES = 5

Measure = Callable[[], float]


class Pair(NamedTuple):
    """What one pair cost, both in the unit of the budget."""

    ours: float
    base: float

    @property
    def ratio(self) -> float:
        """Ours against the base. Raises ZeroDivisionError for a base that cost nothing."""
        return self.ours / self.base


Sampler = Callable[[], Pair]


class CannotMeasureError(Exception):
    """Something that this budget needs is not there; the text says what."""


class ProgramFailedError(Exception):
    """A program that was to be measured ended badly; the text says which and how."""


@dataclass(frozen=True, slots=True)
class Budget:
    """One line of the table: `prepare` sets the scene (not measured) and gives the sampler of pairs.

    `unit` is that of the two costs: `ms` of CPU, `s` of waiting, `MiB`, or `requests`.
    """

    name: str
    what: str
    limit: float
    unit: str
    prepare: Callable[[World], Sampler]


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured: the median ratio with its smallest and largest, and the medians of both costs.

    `skipped` says why nothing could be measured here, `failed` how a program ended instead of being
    measured; then there are no figures.
    """

    name: str
    what: str
    limit: float
    unit: str
    pairs: int = 0
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    ours: float | None = None
    base: float | None = None
    skipped: str = ""
    failed: str = ""

    @property
    def status(self) -> str:
        """`ok`, `missed`, `skipped` or `failed`."""
        if self.ratio is None:
            return "failed" if self.failed else "skipped"
        return "ok" if self.ratio <= self.limit else "missed"

    def as_json(self) -> dict[str, object]:
        """The result as another program reads it."""
        return asdict(self) | {"status": self.status}


def in_turn(ours: Measure, base: Measure) -> Sampler:
    """A sampler that measures ours, then the base."""
    return lambda: Pair(ours(), base())


def cpu_ms(work: Callable[[], object]) -> Measure:
    """Measure the CPU milliseconds of this process for `work`: the fastest of five goes."""
    return cpu_ms_afresh(lambda: nullcontext(work))


def cpu_ms_afresh(make: Callable[[], AbstractContextManager[Callable[[], object]]]) -> Measure:
    """The same for work that can be done only once: `make` sets each go up, unmeasured."""

    def measure() -> float:
        times = []
        for _ in range(_TRIES):
            with make() as work, others_aside():
                start = time.process_time()
                work()
                times.append(time.process_time() - start)
        return min(times) * 1000

    return measure


@contextmanager
def others_aside() -> Iterator[None]:
    """Keep the collector from walking over what other budgets have left in memory."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def summarise(budget: Budget, pairs: Sequence[Pair]) -> Result:
    """The verdict of one or more pairs."""
    ratios = [pair.ratio for pair in pairs]
    return Result(
        name=budget.name,
        what=budget.what,
        limit=budget.limit,
        unit=budget.unit,
        pairs=len(pairs),
        ratio=median(ratios),
        low=min(ratios),
        high=max(ratios),
        ours=median(pair.ours for pair in pairs),
        base=median(pair.base for pair in pairs),
    )


def measure(budget: Budget, world: World, pairs: int) -> Result:
    """Prepare the scene, warm both sides up with one pair that does not count, and measure `pairs`."""
    try:
        sample = budget.prepare(world)
        sample()
        return summarise(budget, [sample() for _ in range(pairs)])
    except CannotMeasureError as error:
        return Result(budget.name, budget.what, budget.limit, budget.unit, skipped=str(error))
    except ProgramFailedError as error:
        return Result(budget.name, budget.what, budget.limit, budget.unit, failed=str(error))


def line(result: Result) -> str:
    """One result for a person."""
    head = f"{result.status:<8}{result.name:<22}"
    if result.ratio is None:
        return f"{head} {result.skipped or result.failed}"
    spread = f"[{result.low:.2f}-{result.high:.2f}]"
    costs = f"{result.ours:.1f} / {result.base:.1f} {result.unit}"
    return f"{head}{result.ratio:>7.2f} of {result.limit:<5g}{spread:<15}n={result.pairs:<3}{costs}"


def exit_code(results: Iterable[Result]) -> int:
    """1 when a budget was missed or a program failed, else 0."""
    return int(any(result.status in {"missed", "failed"} for result in results))
