"""Which logged figures are hardly meant: far beyond what a client ever had, or what a day can hold."""

from __future__ import annotations

from collections.abc import Iterable

from goals.metrics import Metric, Unit

#: So many times the largest figure so far is hardly meant.
TIMES_THE_LARGEST = 100
#: The most that one figure of a unit may be before somebody has to say that it is meant.
_MOST = {
    Unit.PEOPLE: 1e7,
    Unit.COUNT: 1e6,
    Unit.PERCENT: 100.0,
    Unit.RUB: 1e8,
    Unit.MINUTES: 30 * 24 * 60.0,
    Unit.HOURS: 24.0,
}
_MOST_OF = {"clients": 1000.0, "courses": 1000.0, "cases": 1000.0}


def doubtful_amount(metric: Metric, amount: float, known: Iterable[float]) -> float | None:
    """The bound that a figure is beyond; None where it may well be meant.

    Args:
        metric: what is logged.
        amount: how much of it, in the metric's unit.
        known: the figures that the client has of it so far.
    """
    most = _MOST_OF.get(metric.name, _MOST[metric.unit])
    largest = max((abs(value) for value in known), default=0.0)
    if largest:
        most = min(most, TIMES_THE_LARGEST * largest)
    return most if abs(amount) > most else None
