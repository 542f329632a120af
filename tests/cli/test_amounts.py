"""Numbers and days as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.amounts import read_amount, read_day, read_metric
from cli.exits import UserError
from goals.metrics import METRICS
from wording.words import Words

TODAY = date(2026, 11, 23)
WORDS = {lang: Words(lang) for lang in ("ru", "en")}


@given(
    st.sampled_from(["ru", "en"]), st.integers(0, 10**12), st.sampled_from(["audience", "income", "sales"])
)
def test_a_number_as_the_program_writes_it_is_read_back(lang: str, value: int, metric: str) -> None:
    words = WORDS[lang]
    assert read_amount(words, words.number(value), METRICS[metric]) == value


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_day_with_its_year_is_that_day(day: date, ahead: bool) -> None:
    for text in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}"):
        assert read_day(WORDS["ru"], text, TODAY, ahead=ahead) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_a_day_without_a_year_is_the_next_or_the_nearest_one(day: date, today: date) -> None:
    ahead = read_day(WORDS["ru"], f"{day:%d.%m}", today, ahead=True)
    near = read_day(WORDS["ru"], f"{day:%d.%m}", today)
    assert (ahead.day, ahead.month) == (near.day, near.month) == (day.day, day.month)
    assert ahead >= today
    assert abs(near - today) <= abs(ahead - today)
    if (day.month, day.day) != (2, 29):
        assert ahead - today <= timedelta(days=366)
        assert abs(near - today) <= timedelta(days=183)


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("120.000", "income", 120_000),
        ("99,5", "income", 99.5),
        ("1,5", "hours", 1.5),
        ("12,5 %", "awareness", 12.5),
    ],
)
def test_marks_are_read_as_the_unit_asks(text: str, metric: str, value: float) -> None:
    assert read_amount(WORDS["ru"], text, METRICS[metric]) == value


def test_a_metric_is_known_by_its_name_in_either_language() -> None:
    assert read_metric(WORDS["ru"], "Подписчики").name == "audience"
    assert read_metric(WORDS["en"], "followers").name == "audience"
    with pytest.raises(UserError) as caught:
        read_metric(WORDS["en"], "folowers")
    assert "audience" in caught.value.next_step
