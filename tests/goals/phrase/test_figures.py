"""Numbers and days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from goals.phrase import parse, read_day, read_number
from tests.goals.phrase.score import TODAY


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300", 300),
        ("+300", 300),
        ("-20", -20),
        ("−20 %", -20),
        ("10к", 10_000),
        ("10 к", 10_000),
        ("1,5 млн", 1_500_000),
        ("1.2K", 1200),
        ("3m", 3_000_000),
        ("1 000", 1000),
        ("25\u00a0000", 25_000),
        ("25\u2009000 ₽", 25_000),
        ("1,000", 1000),
        ("1.234.567", 1_234_567),
        ("1 234,5", 1234.5),
        ("10.000,300", 10_000.3),
        ("1.500 300.000", 1_500_300_000),
        ("4,2%", 4.2),
        ("4.25", 4.25),
        ("80 т.р.", 80_000),
        ("полторы тысячи", 1500),
        ("полмиллиона", 500_000),
        ("две с половиной тысячи", 2500),
        ("сто тысяч", 100_000),
        ("тысяча", 1000),
        ("тысяч пять", 5000),
        ("триста двадцать пять", 325),
        ("двадцати одного", 21),
        ("тысяча двести", 1200),
        ("пара", 2),
        ("десяток", 10),
        ("пару сотен", 200),
        ("twenty-five", 25),
        ("half a million", 500_000),
        ("a hundred", 100),
        ("two dozen", 24),
        ("3-4 поста", 3),
        ("10-15 тысяч", 10_000),
        ("два-три", 2),
        ("много", None),
        ("", None),
        ("3 поста и 4 сторис", None),
        ("9" * 40, None),
    ],
)
def test_a_number_is_read_as_typed(text: str, value: float | None) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30.11", date(2026, 11, 30)),
        ("15.12.2026", date(2026, 12, 15)),
        ("15.12.26", date(2026, 12, 15)),
        ("2026-12-31", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/25", date(2026, 12, 25)),
        ("23 ноября", date(2026, 11, 23)),
        ("1 марта", date(2027, 3, 1)),
        ("первого марта", date(2027, 3, 1)),
        ("двадцать пятого декабря", date(2026, 12, 25)),
        ("29 февраля", date(2028, 2, 29)),
        ("March 1", date(2027, 3, 1)),
        ("the 1st of March", date(2027, 3, 1)),
        ("Jan 15, 2028", date(2028, 1, 15)),
        ("30-го", date(2026, 11, 30)),
        ("by the 15th", date(2026, 12, 15)),
        ("к 20 числу", date(2026, 12, 20)),
        ("конец месяца", date(2026, 11, 30)),
        ("до конца недели", date(2026, 11, 29)),
        ("к концу следующего месяца", date(2026, 12, 31)),
        ("середина декабря", date(2026, 12, 15)),
        ("к началу марта", date(2027, 3, 1)),
        ("до конца второго квартала", date(2027, 6, 30)),
        ("end of Q1", date(2027, 3, 31)),
        ("by EOY", date(2026, 12, 31)),
        ("в первом полугодии", date(2027, 6, 30)),
        ("до пятницы", date(2026, 11, 27)),
        ("понедельник", date(2026, 11, 30)),
        ("next Friday", date(2026, 12, 4)),
        ("к выходным", date(2026, 11, 27)),
        ("через 2 недели", date(2026, 12, 7)),
        ("через полтора месяца", date(2027, 1, 7)),
        ("за полгода", date(2027, 5, 23)),
        ("за квартал", date(2027, 2, 23)),
        ("in six weeks", date(2027, 1, 4)),
        ("within 90 days", date(2027, 2, 21)),
        ("in the next month", date(2026, 12, 23)),
        ("next month", date(2026, 12, 31)),
        ("на следующей неделе", date(2026, 12, 6)),
        ("к февралю", date(2027, 2, 1)),
        ("в декабре", date(2026, 12, 31)),
        ("в октябре", date(2027, 10, 31)),
        ("к лету", date(2027, 5, 31)),
        ("до конца лета", date(2027, 8, 31)),
        ("к Новому году", date(2026, 12, 31)),
        ("before Christmas", date(2026, 12, 25)),
        ("к Рождеству", date(2027, 1, 7)),
        ("Чёрная пятница", date(2026, 11, 27)),
        ("до Пасхи", date(2027, 5, 2)),
        ("by Easter", date(2027, 3, 28)),
        ("завтра", date(2026, 11, 24)),
        ("в 2027 году", date(2027, 12, 31)),
        ("31 февраля", None),
        ("2026-13-45", None),
        ("когда-нибудь", None),
        ("", None),
        ("через 99999 лет", None),
    ],
)
def test_a_day_is_read_as_typed(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["+25% охвата", "3-4 поста", "1000 лайков на пост", "2.5к просмотров", "ER 4.12%"]
)
def test_a_figure_is_not_taken_for_a_date(text: str) -> None:
    assert parse(text, TODAY)["deadline"] is None


@pytest.mark.parametrize(
    ("text", "amount", "period"),
    [
        ("пост каждый день", 1, "day"),
        ("посты ежедневно", 1, "day"),
        ("пост раз в неделю", 1, "week"),
        ("3 раза в неделю пост", 3, "week"),
        ("пост через день", 3, "week"),
        ("пост раз в две недели", 2, "month"),
        ("посты по вторникам и четвергам", 2, "week"),
        ("по 2 поста в день", 2, "day"),
        ("3 раза в неделю по 2 сторис", 6, "week"),
        ("сторис утром и вечером", 2, "day"),
        ("post 3x per week", 3, "week"),
        ("a reel every other day", 3, "week"),
        ("posts on weekdays", 1, "day"),
        ("two stories a day", 2, "day"),
    ],
)
def test_recurrence_is_a_count_each_period(text: str, amount: float, period: str) -> None:
    got = parse(text, TODAY)
    assert (got["kind"], got["amount"], got["period"]) == ("keep_rate", amount, period)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("удвоить охваты", 100),
        ("охваты втрое", 200),
        ("охваты в 2,5 раза больше", 150),
        ("заявка в 2 раза дешевле", -50),
        ("снизить цену заявки на 20%", -20),
        ("заявок на треть больше", 33.3),
        ("2x reach", 100),
        ("halve the cost per lead", -50),
        ("40% more followers", 40),
    ],
)
def test_growth_by_words_is_percent(text: str, percent: float) -> None:
    got = parse(text, TODAY)
    assert (got["kind"], got["amount"], got["unit"]) == ("gain_percent", percent, "percent")


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("в вк", "vk"),
        ("во вконтакте", "vk"),
        ("в ТГК", "telegram"),
        ("на ютьюбе", "youtube"),
        ("in our yt channel", "youtube"),
        ("в инсте", "instagram"),
        ("на ig", "instagram"),
        ("в Дзене", "dzen"),
        ("в ок", "ok"),
        ("ок, давайте", None),
        ("инструменту", None),
        ("on Facebook", None),
    ],
)
def test_networks_by_their_nicknames(text: str, network: str | None) -> None:
    assert parse(f"нужны охваты {text}" if text[0] != "о" else f"{text} охваты", TODAY)["network"] == network
