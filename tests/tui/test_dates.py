"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.store import TODAY
from tui.dates import parse_day, typed


@pytest.mark.parametrize(
    ("text", "ahead", "day"),
    [
        ("30.11", True, date(2026, 11, 30)),
        ("30.11.2026", True, date(2026, 11, 30)),
        ("30/11/26", True, date(2026, 11, 30)),
        ("2026-11-30", True, date(2026, 11, 30)),
        ("01.02", True, date(2027, 2, 1)),
        ("22.11", True, date(2027, 11, 22)),
        ("22.11", False, date(2026, 11, 22)),
        ("05.01", False, date(2027, 1, 5)),
        (" Завтра ", True, date(2026, 11, 24)),
        ("вчера", False, date(2026, 11, 22)),
        ("29.02", True, date(2028, 2, 29)),
        ("31.02", True, None),
        ("31.02.2026", True, None),
        ("скоро", True, None),
        ("", True, None),
        ("0.0", True, None),
        ("2026-13-01", True, None),
    ],
)
def test_examples(text: str, ahead: bool, day: date | None) -> None:
    assert parse_day(text, TODAY, ahead=ahead) == day


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_day_typed_again_is_the_same(day: date, ahead: bool) -> None:
    assert parse_day(typed(day), TODAY, ahead=ahead) == day


@given(st.text(max_size=20), st.booleans())
def test_nothing_typed_fails(text: str, ahead: bool) -> None:
    parse_day(text, TODAY, ahead=ahead)
