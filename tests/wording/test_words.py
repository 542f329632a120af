"""Numbers, plurals, money, dates and times in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.details import detail_text, in_brackets
from wording.troubles import trouble_sentence
from wording.words import Words, filled, system_language

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_quotes_within_quotes_are_inner_ones() -> None:
    message = "There is no client «{name}»"
    assert RU.text(message, name="Кофейня «Зерно»") == "Клиента «Кофейня „Зерно“» нет"
    assert EN.text(message, name="Кофейня «Зерно»") == "There is no client «Кофейня „Зерно“»"
    assert filled("{name}: «{value}»", {"name": "«а»", "value": "«б»"}) == "«а»: «„б“»"
    sentence = trouble_sentence(RU, "skip", "file.unknown_account", facts={"account": "«x»"})
    assert "«„x“»" in sentence.message
    assert "?" in trouble_sentence(RU, "skip", "file.unknown_account").message


@pytest.mark.parametrize(
    ("detail", "ru", "en"),
    [
        ("file is not a database", "файл\u00a0— не база данных", "the file is no database"),
        (
            "the disk is full (database or disk is full)",
            "на диске нет места",
            "the disk is full",
        ),
        ("Permission denied", "нет прав доступа", "no rights to it"),
        ("something new", "", "something new"),
    ],
)
def test_english_details_stand_in_no_russian_sentence(detail: str, ru: str, en: str) -> None:
    assert detail_text(RU, detail).replace("\u00a0", " ") == ru.replace("\u00a0", " ")
    assert detail_text(EN, detail) == en
    assert in_brackets(RU, detail).replace("\u00a0", " ") == (f" ({ru})" if ru else "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        (4812, "4\u00a0812", "4,812"),
        (-4, "−4", "−4"),
        (41.5, "41,5", "41.5"),
        (0.04, "0", "0"),
        (1_234_567.89, "1\u00a0234\u00a0567,9", "1,234,567.9"),
        (-0.01, "0", "0"),
    ],
)
def test_numbers(value: float, ru: str, en: str) -> None:
    assert RU.number(value) == ru
    assert EN.number(value) == en


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_reads_back(value: int) -> None:
    assert int(RU.number(value).replace("\u00a0", "").replace("−", "-")) == value


def test_short_numbers_signs_money_and_percent() -> None:
    assert RU.short_number(81_000) == "81\u00a0тыс."
    assert RU.short_number(1_500_000) == "1,5\u00a0млн"
    assert RU.short_number(4812) == "4\u00a0812"
    assert EN.short_number(81_000) == "81K"
    assert RU.signed(212) == "+212"
    assert RU.signed(-4) == "−4"
    assert RU.signed(0) == "0"
    assert RU.money(120_000) == "120\u00a0000\u00a0₽"
    assert RU.percent(0.414) == "41\u00a0%"
    assert EN.percent(0.414) == "41%"


@pytest.mark.parametrize(
    ("n", "ru", "en"),
    [
        (1, "1 день назад", "1 day ago"),
        (2, "2 дня назад", "2 days ago"),
        (5, "5 дней назад", "5 days ago"),
        (11, "11 дней назад", "11 days ago"),
        (21, "21 день назад", "21 days ago"),
        (112, "112 дней назад", "112 days ago"),
    ],
)
def test_plurals(n: int, ru: str, en: str) -> None:
    assert RU.plural("{n} day ago", "{n} days ago", n).replace("\u00a0", " ") == ru
    assert EN.plural("{n} day ago", "{n} days ago", n) == en


def test_a_fraction_takes_the_form_of_two() -> None:
    assert RU.plural("{n} day ago", "{n} days ago", 1.5).replace("\u00a0", " ") == "1,5 дня назад"


def test_days_and_moments() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    assert RU.day(date(2026, 11, 30), TODAY) == "30.11"
    assert RU.day(date(2027, 1, 5), TODAY) == "05.01.27"
    assert EN.day(date(2026, 11, 30), TODAY) == "Nov 30"
    assert RU.moment(NOW, moscow, TODAY) == "12:00"
    assert RU.moment(NOW - timedelta(days=1), moscow, TODAY) == "22.11 12:00"


def test_how_long_ago() -> None:
    assert RU.ago(NOW - timedelta(seconds=20), NOW) == "только что"
    assert RU.ago(NOW - timedelta(minutes=12), NOW).replace("\u00a0", " ") == "12 мин назад"
    assert RU.ago(NOW - timedelta(hours=3), NOW).replace("\u00a0", " ") == "3 ч назад"
    assert RU.ago(NOW - timedelta(days=5), NOW).replace("\u00a0", " ") == "5 дней назад"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}, "ru"),
    ],
)
def test_the_language_of_the_locale(environ: dict[str, str], lang: str) -> None:
    assert system_language(environ) == lang


def test_two_languages_live_in_one_process() -> None:
    assert (RU.text("behind"), EN.text("behind")) == ("отстаём", "behind")
    with pytest.raises(ValueError, match="de"):
        Words("de")
