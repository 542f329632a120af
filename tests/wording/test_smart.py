"""The five letters in words: every reason has a sentence, and every open letter a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.draft import Draft, Letter
from goals.model import GoalKind
from goals.outlook import attainability
from goals.phrase import read
from goals.smart import Evidence, Finding, State, Why, check
from goals.third import with_rate
from tests.goals.build import TODAY, goal, levels
from wording.smart import chance_text, dated, question_text, reading_text, targets_text, why_text
from wording.words import Words

RU, EN = Words("ru"), Words("en")
FACTS = levels([4000 + 9 * day for day in range(90)])


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def evidence(amount: float, days: int) -> Evidence:
    """What is known of an audience that grows by nine a day, for a goal of so many in so many days."""
    subject = goal(amount=amount, start=TODAY, deadline=TODAY + timedelta(days=days), baseline=4801)
    return Evidence(TODAY, ("vk",), baseline=4801, attainability=attainability(subject, FACTS, TODAY))


def said(line: str, about: Letter, known: Evidence) -> tuple[str, str | None]:
    [wish, *_] = read(line, TODAY)
    found = check(wish, known)[about]
    question = question_text(RU, found, TODAY)
    return plain(why_text(RU, found, TODAY)), None if question is None else plain(question)


@pytest.mark.parametrize(
    ("line", "about", "why", "question"),
    [
        ("+300 подписчиков в вк до 30.11", Letter.SPECIFIC, "ВК, подписчики", None),
        ("+300 подписчиков в вк до 30.11", Letter.MEASURABLE, "с 4 801 до 5 101", None),
        ("+300 подписчиков в вк до 30.11", Letter.TIMED, "до 30.11, пн: 8 дней, считая сегодня", None),
        (
            "+300 подписчиков в вк до 30.11",
            Letter.ATTAINABLE,
            "шанс меньше 3 %: нужно 38 в день, сейчас 9, в лучший месяц +270",
            "Взять цель из трёх, отодвинуть срок или договориться, что для этого даст клиент?",
        ),
        (
            "+300 подписчиков в вк до 30.11",
            Letter.RELEVANT,
            "не связано с тем, что важно клиенту",
            "Зачем это клиенту сейчас?",
        ),
        ("3 поста в неделю в вк", Letter.TIMED, "регулярно, в неделю", None),
        ("повысить узнаваемость", Letter.SPECIFIC, "«узнаваемость» — ещё не цифра", None),
        ("+30 подписчиков в ютубе", Letter.SPECIFIC, "у клиента пока нет аккаунта: YouTube", None),
    ],
)
def test_the_design_s_sentences(line: str, about: Letter, why: str, question: str | None) -> None:
    told = said(line, about, evidence(300, 7))
    assert told[0] == why
    if question is not None:
        assert told[1] == question


def test_the_three_targets() -> None:
    found = evidence(300, 7).attainability
    assert found is not None
    assert found.amounts is not None
    text = plain(targets_text(RU, found.amounts, "audience", GoalKind.GAIN))
    assert text.startswith("надёжно (8 из 10) +")
    assert " · 50 на 50 +" in text
    assert " · рискованно (2 из 10) +" in text
    percent = targets_text(RU, found.amounts, "audience", GoalKind.GAIN_PERCENT)
    assert percent.count("\u00a0%") == 3


@pytest.mark.parametrize(
    ("chance", "text"),
    [(0.03, "меньше 3 %"), (0.0305, "меньше 3 %"), (0.036, "4 %"), (0.97, "больше 97 %"), (0.5, "50 %")],
)
def test_a_chance_past_what_history_can_tell_has_no_figure(chance: float, text: str) -> None:
    assert plain(chance_text(RU, chance)) == text


@pytest.mark.parametrize(
    ("line", "about", "why", "question"),
    [
        (
            "12 постов до 30.11, по 5 в неделю",
            Letter.TIMED,
            "12 постов к 30.11 — это 10,5 в неделю, а не 5",
            "Что верно: 12 постов к 30.11 или 5 в неделю?",
        ),
        (
            "12 постов до 15.11",
            Letter.TIMED,
            "15.11 уже прошло, поэтому понял как 15.11.27, пн",
            "К какому дню, считая с сегодняшнего?",
        ),
        (
            "12 постов до 31 ноября",
            Letter.TIMED,
            "нет такого числа 31.11: в этом месяце 30 дней",
            "К какому дню?",
        ),
        ("500 заявок за декабрь", Letter.TIMED, "с 01.12 до 31.12, чт: 31 день", None),
        ("не больше 30 часов в неделю", Letter.MEASURABLE, "не больше 30 часов", None),
        (
            "не больше 3 постов в неделю",
            Letter.MEASURABLE,
            "сказано «не больше», а посты считаем как «не меньше»",
            "А сколько должно быть не меньше?",
        ),
        (
            "300 лайков или 20 заявок до 30.11",
            Letter.SPECIFIC,
            "две цели в одной: лайки или заявки",
            "Что из этого цель: лайки или заявки?",
        ),
        (
            "конверсия 3 % к 30.11",
            Letter.SPECIFIC,
            "«конверсия» здесь не считается",
            "По какой цифре это будет видно: заявки, продажи, клики?",
        ),
        ("конверсия 3 % к 30.11", Letter.MEASURABLE, "3 %", None),
        (
            "охват 500 в день в вк",
            Letter.SPECIFIC,
            "ВК: такую цифру сеть не показывает (охват в день)",
            "Какую цифру взять вместо неё: подписчики, лайки? Или загрузите её из файла: smm import ФАЙЛ",
        ),
        (
            "14 постов за месяц",
            Letter.MEASURABLE,
            "можно понять и так: 14 постов в месяц",
            "Один раз или каждый раз заново?",
        ),
        (
            "1000 подписчиков к лету",
            Letter.MEASURABLE,
            "можно понять и так: +1 000 подписчиков, до 31.05.27, пн",
            "Столько всего или столько сверх того, что есть?",
        ),
        (
            "5-7 постов в месяц",
            Letter.MEASURABLE,
            "можно понять и так: 7 постов в месяц",
            "Как правильно? Выберите вариант: --reading",
        ),
    ],
)
def test_what_a_line_says_beyond_its_goal(line: str, about: Letter, why: str, question: str | None) -> None:
    known = Evidence(TODAY, ("vk",), offers=frozenset({"audience", "likes"}))
    [wish, *_] = read(line, TODAY)
    found = check(with_rate(wish, None, TODAY), known)[about]
    asked = question_text(RU, found, TODAY)
    assert plain(why_text(RU, found, TODAY)) == why
    assert (None if asked is None else plain(asked)) == question


def test_what_is_logged_by_hand_is_of_no_network() -> None:
    [wish] = read("30 заявок в вк до 30.11", TODAY)
    assert plain(reading_text(RU, wish.draft, TODAY)) == "30 заявок, до 30.11, пн"
    [income] = read("выйти на доход 200к в месяц", TODAY)
    assert plain(reading_text(RU, income.draft, TODAY)) == "Доход 200 000 ₽ в месяц"
    [hours] = read("не больше 30 часов в неделю", TODAY)
    assert plain(reading_text(RU, hours.draft, TODAY)) == "Не больше 30 часов в неделю"


def test_priorities_are_numbered_for_the_answer() -> None:
    known = replace(evidence(300, 7), priorities=("распродать партию", "имя"))
    _, question = said("+300 подписчиков в вк до 30.11", Letter.RELEVANT, known)
    assert question == "Зачем это клиенту? 1 распродать партию  2 имя"


def test_dates_carry_their_weekday_and_the_year_where_it_is_another() -> None:
    assert dated(RU, date(2026, 11, 30), TODAY) == "30.11, пн"
    assert dated(RU, date(2027, 2, 23), TODAY) == "23.02.27, вт"
    assert dated(EN, date(2026, 11, 30), TODAY) == "Nov 30, Mon"


@pytest.mark.parametrize("words", [RU, EN])
@pytest.mark.parametrize("letter", list(Letter))
def test_every_letter_has_a_general_question(words: Words, letter: Letter) -> None:
    assert (question_text(words, Finding(letter, State.MISSING, Why.NO_DATE), TODAY) or "").endswith("?")


@given(st.text(max_size=80), st.sampled_from(["ru", "en"]), st.booleans())
def test_whatever_is_said_every_letter_has_its_sentence(line: str, lang: str, known: bool) -> None:
    words = Words(lang)
    for wish in read(line, TODAY):
        around = evidence(30, 30) if known else Evidence(TODAY)
        for finding in check(wish, around).values():
            assert why_text(words, finding, TODAY)
            asked = question_text(words, finding, TODAY)
            assert (asked is None) is (finding.state is State.OK)
        for reading in (wish.draft, *wish.alternatives):
            assert reading_text(words, reading, TODAY)


def test_a_reading_without_a_measure_is_told() -> None:
    assert reading_text(RU, Draft(amount=31), TODAY)
