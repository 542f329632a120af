"""Which logged figures are hardly meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.amounts import doubtful_amount
from goals.metrics import CATALOGUE, METRICS, Metric


@pytest.mark.parametrize(
    ("metric", "amount", "known", "doubtful"),
    [
        ("income", 1e12, [], True),
        ("income", -1e12, [], True),
        ("income", 120_000, [], False),
        ("income", 120_000, [1000], True),
        ("income", 100_000, [1000, 20], False),
        ("income", 5, [0], False),
        ("awareness", 101, [], True),
        ("clients", 5000, [], True),
        ("sales", 5000, [], False),
    ],
)
def test_examples(metric: str, amount: float, known: list[float], doubtful: bool) -> None:
    assert (doubtful_amount(METRICS[metric], amount, known) is not None) is doubtful


@given(st.sampled_from(CATALOGUE), st.floats(0, 1e15), st.lists(st.floats(0, 1e6), max_size=3))
def test_a_doubtful_amount_is_beyond_its_bound_and_nothing_is_never_doubtful(
    metric: Metric, amount: float, known: list[float]
) -> None:
    most = doubtful_amount(metric, amount, known)
    assert most is None or amount > most
    assert doubtful_amount(metric, 0.0, known) is None
