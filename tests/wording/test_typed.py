"""What people type is read in one way, and what a field shows is read back as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.metrics import CATALOGUE, METRICS
from goals.model import GoalKind
from tests.support.store import TODAY
from wording.typed import (
    day_problem,
    day_text,
    number_text,
    read_amount,
    read_baseline,
    read_day,
    read_topic,
)
from wording.words import Words

WORDS = {lang: Words(lang) for lang in ("ru", "en")}


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
        ("30.11.", True, date(2026, 11, 30)),
        ("послезавтра", False, date(2026, 11, 25)),
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
    assert read_day(text, TODAY, after=TODAY if ahead else None) == day


@given(st.dates(date(2001, 1, 1), date(2036, 11, 23)), st.booleans())
def test_a_day_typed_again_is_the_same(day: date, ahead: bool) -> None:
    assert read_day(day_text(day), TODAY, after=TODAY if ahead else None) == day


@given(st.text(max_size=20), st.booleans())
def test_nothing_typed_fails(text: str, ahead: bool) -> None:
    day = read_day(text, TODAY, after=TODAY if ahead else None)
    assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("29.02", "29 февраля 2027 года нет"),
        ("31/04/2028", "31 апреля 2028 года нет"),
        ("2026-02-30", "30 февраля 2026 года нет"),
        ("32.01", "это не дата: например, 30.11, 30.11.2026, завтра или конец месяца"),
        ("скоро", "это не дата: например, 30.11, 30.11.2026, завтра или конец месяца"),
        ("31.12.9999", "31.12.9999 слишком далеко: нужен день с 01.01.2000 по 23.11.2036"),
        ("0001-01-01", "01.01.0001 слишком далеко: нужен день с 01.01.2000 по 23.11.2036"),
    ],
)
def test_what_is_wrong_with_a_day(text: str, sentence: str) -> None:
    assert day_problem(Words("ru"), text, TODAY, after=TODAY) == sentence


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_a_day_without_a_year_is_the_nearest_one_or_the_next(day: date, today: date) -> None:
    text = f"{day:%d.%m}"
    near, ahead = read_day(text, today), read_day(text, today, after=today)
    if (day.month, day.day) != (2, 29):
        assert near is not None
        assert ahead is not None
        assert today <= ahead
        assert abs(near - today) <= min(ahead - today, timedelta(days=183))


def test_named_days_are_counted_from_today_whatever_the_others_are_after() -> None:
    later = date(2026, 12, 1)
    assert read_day("завтра", TODAY, after=later) == date(2026, 11, 24)
    assert read_day("30.11", TODAY, after=later) == date(2027, 11, 30)
    assert read_day("05.12", TODAY, after=later) == date(2026, 12, 5)


FIGURES = (0.0, 1.0, -3.0, 999.0, 1234.0, 120_000.0, 10.0**12)
FRACTIONS = (0.5, 4.125, 1.234, 99.125, 1234.5678, -0.001)


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("kind", GoalKind)
def test_a_figure_in_a_field_is_read_back_for_every_metric(lang: str, kind: GoalKind) -> None:
    for metric in CATALOGUE:
        wholes = metric.whole and kind not in {GoalKind.GAIN_PERCENT, GoalKind.AVERAGE}
        for amount in FIGURES if wholes else FIGURES + FRACTIONS:
            text = number_text(WORDS[lang], amount)
            assert read_amount(text, metric, kind) == amount, (metric.name, text)
        mean = not metric.whole or metric.nature.value in {"flow", "per_post"}
        for start in FIGURES + FRACTIONS if mean else FIGURES:
            text = number_text(WORDS[lang], start)
            assert read_baseline(text, metric) == start, (metric.name, text)


@given(st.floats(-(10**12), 10**12, allow_nan=False))
def test_every_figure_in_a_field_can_be_read(value: float) -> None:
    for words in WORDS.values():
        read = read_amount(number_text(words, value), METRICS["income"])
        assert read == pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "metric", "kind", "value"),
    [
        ("120.000", "income", GoalKind.TOTAL_IN_PERIOD, 120_000),
        ("120,000", "income", GoalKind.TOTAL_IN_PERIOD, 120_000),
        ("120000", "income", GoalKind.TOTAL_IN_PERIOD, 120_000),
        ("99,5", "income", GoalKind.TOTAL_IN_PERIOD, 99.5),
        ("1_000", "audience", GoalKind.GAIN, 1000),
        ("1.500", "reach", GoalKind.AVERAGE, 1500),
        ("12,5", "reach", GoalKind.AVERAGE, 12.5),
        ("4,500", "audience", GoalKind.GAIN_PERCENT, 4.5),
        ("1,5", "hours", GoalKind.KEEP_RATE, 1.5),
        ("1,5", "audience", GoalKind.GAIN, None),
        ("", "audience", GoalKind.GAIN, None),
    ],
)
def test_marks_are_read_as_the_figure_asks(
    text: str, metric: str, kind: GoalKind, value: float | None
) -> None:
    assert read_amount(text, METRICS[metric], kind) == value


def test_a_topic_is_the_clients_own_in_any_case() -> None:
    assert read_topic(" старая  ПАРТИЯ ", ["Старая партия"]) == "Старая партия"
    assert read_topic("новая\x1b[31m", ["Старая партия"]) == "новая"
    assert read_topic("  ", ["Старая партия"]) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2:30", 2.5),
        ("2 ч 30 мин", 2.5),
        ("2ч30м", 2.5),
        ("2,5", 2.5),
        ("2,5 ч", 2.5),
        ("90 мин", 1.5),
        ("1.5 h", 1.5),
        ("полтора часа", 1.5),
        ("полчаса", 0.5),
        ("час", 1),
        ("1:75", None),
        ("ч", None),
        ("скоро", None),
    ],
)
def test_hours_are_read_by_the_clock_too(text: str, hours: float | None) -> None:
    assert read_amount(text, METRICS["hours"]) == hours


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("полторы тысячи", 1500),
        ("сто тысяч рублей", 100_000),
        ("300 руб.", 300),
        ("+300", 300),
        ("10к", 10_000),
        ("тысяча чертей", None),
        ("2:30", None),
    ],
)
def test_amounts_are_read_in_words(text: str, amount: float | None) -> None:
    assert read_amount(text, METRICS["income"]) == amount


def test_what_is_counted_in_wholes_is_no_fraction_in_words_either() -> None:
    assert read_amount("полтора", METRICS["sales"]) is None


@pytest.mark.parametrize(
    ("text", "ahead", "day"),
    [
        ("до конца месяца", True, date(2026, 11, 30)),
        ("до 30.11", True, date(2026, 11, 30)),
        ("30 ноября", True, date(2026, 11, 30)),
        ("20 ноября", False, date(2026, 11, 20)),
        ("20 ноября", True, date(2027, 11, 20)),
        ("к 5 дек.", True, date(2026, 12, 5)),
        ("by 30 November 2027", False, date(2027, 11, 30)),
        ("до конца недели", True, date(2026, 11, 29)),
        ("позавчера", False, date(2026, 11, 21)),
        ("31 ноября", True, None),
        ("5 майор", True, None),
        ("до", True, None),
    ],
)
def test_days_are_read_in_words(text: str, ahead: bool, day: date | None) -> None:
    assert read_day(text, TODAY, after=TODAY if ahead else None) == day
