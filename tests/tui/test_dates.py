"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.store import TODAY
from tui.dates import day_problem, parse_day, typed
from wording.words import Words


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
        ("29.02", True, None),
        ("29.02", False, None),
        ("29.02.2028", True, date(2028, 2, 29)),
        ("Конец  месяца", True, date(2026, 11, 30)),
        ("конец года", True, date(2026, 12, 31)),
        ("end of month", False, date(2026, 11, 30)),
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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("29.02", "29 февраля 2027 года нет"),
        ("31/04/2028", "31 апреля 2028 года нет"),
        ("2026-02-30", "30 февраля 2026 года нет"),
        ("32.01", "это не дата: например, 30.11, 30.11.2026, завтра или конец месяца"),
        ("скоро", "это не дата: например, 30.11, 30.11.2026, завтра или конец месяца"),
    ],
)
def test_what_is_wrong_with_a_day(text: str, sentence: str) -> None:
    assert day_problem(Words("ru"), text, TODAY, ahead=True) == sentence
