from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.numbers import parse_count, parse_number
from tests.support.steps import HANGS


@pytest.mark.parametrize(
    ("text", "value", "exact"),
    [
        ("2", 2, True),
        ("2 345", 2345, True),
        ("2\u00a0345", 2345, True),
        ("1\u202f234\u202f567", 1234567, True),
        ("1.91K", 1910, False),
        ("1,1K", 1100, False),
        ("1,2К", 1200, False),
        ("50.9k", 50900, False),
        ("3.1M", 3_100_000, False),
        ("3,1 млн", 3_100_000, False),
        ("81 тыс.", 81_000, False),
        ("1,234", 1234, True),
        ("1.234.567", 1234567, True),
        ("1 234,00", 1234, True),
        ("−7", -7, True),
        ("0", 0, True),
        (" 12 ", 12, True),
    ],
)
def test_counts_as_shown(text: str, value: float, exact: bool) -> None:
    assert parse_number(text) == (value, exact)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("3,125", 3.125),
        ("1,234,567", 1234567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("12,5 %", 12.5),
        ("120 000,50 ₽", 120000.5),
        ("1,2K", 1200),
    ],
)
def test_figures_with_fractions(text: str, value: float) -> None:
    found = parse_number(text, whole=False)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    ["", "-", "K", "1.2.3", "2 34", "12 3456", "1,50", "2.5", "1e9", "inf", "nan", "٣", "0x10", "1X", "1,",
     ".5", "9" * 20, "1,2,3", "5 000 000 000 000 млрд", "1;2"],
)  # fmt: skip
def test_what_is_no_count(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**12))
def test_grouped_digits_come_back(value: int) -> None:
    for separator in (" ", "\u00a0", ","):
        assert parse_number(f"{value:,}".replace(",", separator)) == (value, True)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_a_number_or_none(text: str, whole: bool) -> None:
    found = parse_number(text, whole=whole)
    assert found is None or abs(found.value) < 2**53


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(0, 0), (12, 12), ("12", 12), (1.0, 1)],
)
def test_counts_of_an_api(raw: object, expected: int) -> None:
    assert parse_count(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        None,
        True,
        False,
        -1,
        1.5,
        "1 234",
        "abc",
        "",
        "-1",
        "٣",
        float("nan"),
        float("inf"),
        2**63,
        "9" * 5000,
        [],
        {},
    ],
)
def test_what_is_no_count_of_an_api(raw: object) -> None:
    assert parse_count(raw) is None


@pytest.mark.parametrize(
    "text",
    ["1" + " " * 1_000_000 + "!", "1 " * 500_000, "1'" * 500_000, "1" * 1_000_000, "1" + "." * 1_000_000],
    ids=["spaces", "groups", "marks", "digits", "points"],
)
def test_a_megabyte_made_to_hang_the_program_is_no_number_at_once(text: str) -> None:
    began = time.process_time()
    assert parse_number(text) is None
    assert time.process_time() - began < HANGS


def test_a_long_number_within_spaces_is_one() -> None:
    assert parse_number(" " * 1000 + "123 456 789 012" + "\t" * 1000 + "₽ ") == (123_456_789_012, True)
