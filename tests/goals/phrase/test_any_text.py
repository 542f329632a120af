"""Any text at all gives at least one wish with sound values, in bounded time."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import ASKING_ORDER, Wish
from goals.phrase import parse, read, read_day, read_number
from tests.goals.phrase.score import TODAY, records
from tests.support.steps import steps_of

PHRASES = [str(phrase["text"]) for phrase in records(Path(__file__).parent / "phrases.jsonl")]
WORDS = sorted({word for phrase in PHRASES for word in phrase.split()})
UNITS = {None, "people", "percent", "count", "RUB", "USD", "EUR", "minutes", "hours"}


def _sound(wish: Wish) -> None:
    draft = wish.draft
    assert draft.amount is None or math.isfinite(draft.amount)
    assert draft.unit in UNITS
    assert (draft.unit is None) == (draft.amount is None)
    assert draft.topic is None or draft.topic in wish.text
    assert draft.purpose is None or draft.purpose in wish.text
    assert [letter for letter in ASKING_ORDER if letter in wish.missing] == list(wish.missing)
    assert draft not in wish.alternatives


@given(st.text())
def test_any_string_is_read(text: str) -> None:
    wishes = read(text, TODAY)
    assert wishes
    for wish in wishes:
        assert wish.text == text
        _sound(wish)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_order_of_known_words_is_read(text: str) -> None:
    for wish in read(text, TODAY):
        _sound(wish)


@given(st.sampled_from(PHRASES), st.integers(0, 80), st.integers(0, 3), st.text(max_size=3))
def test_a_broken_phrase_is_read(phrase: str, place: int, dropped: int, put: str) -> None:
    for wish in read(phrase[:place] + put + phrase[place + dropped :], TODAY):
        _sound(wish)


@given(st.text(alphabet="0123456789.,-/ :кkмm%₽$+годня", max_size=30))
def test_any_digits_are_read(text: str) -> None:
    number, day = read_number(text), read_day(text, TODAY)
    assert number is None or math.isfinite(number)
    assert day is None or isinstance(day, date)
    parse(text, TODAY)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.sampled_from(PHRASES))
def test_any_day_of_speaking_will_do(today: date, phrase: str) -> None:
    for wish in read(phrase, today):
        _sound(wish)


@given(st.sampled_from(PHRASES))
def test_case_and_spaces_change_nothing(phrase: str) -> None:
    def values(text: str) -> str:
        """Everything read, topics as they are told apart: they are quoted from the text."""
        return json.dumps(parse(text, TODAY), ensure_ascii=False).casefold().replace("\u00a0", " ")

    assert values(phrase.upper().lower()) == values(phrase.lower())
    assert values(phrase.replace(" ", "\u00a0")) == values(phrase)


@pytest.mark.parametrize(
    "piece", ["до ", "на пост ", "в ", "с 1 по ", "1 ", "этот ", "the ", "W5", "«", "пост, "]
)
def test_work_on_a_long_monotonous_line_grows_with_its_length_at_the_most(piece: str) -> None:
    def steps(times: int) -> int:
        return steps_of(lambda: read(piece * times, TODAY))

    assert steps(2000) < 6 * steps(500)
