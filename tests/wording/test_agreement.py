"""The page that a client says yes to: what stands on it, in both languages, and what cannot get onto it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from goals.agreement.schema import SECTIONS
from goals.agreement.terms import (
    Approval,
    ContentLine,
    Dates,
    Hours,
    KpiLine,
    MaterialLine,
    Priority,
    Replies,
    Report,
    Scope,
    Terms,
    TopicLine,
    lacking,
)
from goals.metrics import METRICS
from goals.model import Client, ClientId, GoalKind, Period
from goals.records import Acceptance
from tests.goals.agreement.build import COFFEE, MADE_AT, TODAY, agreement, terms
from wording.agreement import agreement_markdown, agreement_text
from wording.agreements.fields import FIELDS, field_text
from wording.agreements.fields import SECTIONS as SECTION_TEXTS
from wording.words import NBSP, Words

RU, EN = Words("ru"), Words("en")
ZERNO = Client(ClientId(1), "Кофейня «Зерно»")
BOTH = pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def markdown(some: Terms, words: Words = RU) -> str:
    return agreement_markdown(words, ZERNO, agreement(some))


def lines_of(some: Terms, words: Words = RU) -> list[str]:
    return plain(agreement_text(words, ZERNO, agreement(some))).splitlines()


def test_a_coffee_shops_page_in_russian() -> None:
    lines = plain(agreement_markdown(RU, ZERNO, agreement(reason="Первая версия"))).splitlines()
    assert lines[0] == "# Договорённости: Кофейня «Зерно»"
    assert lines[2] == "Версия 1 от 24 ноября 2026: Первая версия"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Зачем (приоритеты по порядку)",
        "## О чём контент",
        "## Контент",
        "## Показатели",
        "## Как работаем",
    ]
    for line in (
        "1. Распродать старую партию (сезон: с 1 декабря 2026 по 31 декабря 2026)",
        "2. Запись на дегустации",
        "- Старая партия: 12 постов в месяц (приоритет 1)",
        "- Старая партия: 6 историй до 31 декабря 2026 (приоритет 1)",
        "- Дегустации: не меньше 20 % контента (приоритет 2)",
        "- ВК: 3 поста в неделю",
        "- ВК: 21 история в месяц",
        "- 30 заказов каждый месяц (приоритет 1); зависит и от клиента",
        "- **Материалы:** фото — Ольга, до 25-го числа; цены и скидки — Ольга",
        "- **Ответы людям:** Анна; 10:00–20:00; за 30 минут; передаём клиенту: жалобы и заказы",
        "- **Не входит:** съёмка; дизайн меню; ответы ночью",
        "- **Оплата:** 40 000 ₽ в месяц; до 5-го числа; сверх объёма: 500 ₽ за пост",
    ):
        assert line in lines
    assert lines[-1].startswith("Согласовано (имя, дата): …")


def test_a_coffee_shops_page_in_english() -> None:
    lines = lines_of(COFFEE, EN)
    assert lines[:2] == ["Agreement: Кофейня «Зерно»", "Version 1 of 24 November 2026"]
    assert lines[3:5] == [
        "What for, the most important first:",
        "1. Распродать старую партию (season: from 1 December 2026 to 31 December 2026)",
    ]
    for line in (
        "• Дегустации: at least 20% of content (priority 2)",
        "• VK: 3 posts a week",
        "• 30 orders each month (priority 1); depends on the client too",
        "• Term: from 1 December 2026 to 31 May 2027; goes on by itself; notice 14 days ahead",
        "• Payment: 40,000 ₽ a month; by the 5th of the month; more work: 500 ₽ за пост",
    ):
        assert line in lines


@BOTH
def test_a_usual_agreement_fits_one_page(words: Words) -> None:
    for written in (agreement_markdown, agreement_text):
        assert len(written(words, ZERNO, agreement()).splitlines()) <= 60


@BOTH
def test_what_was_not_said_is_not_there(words: Words) -> None:
    assert len(lines_of(Terms(), words)) == 4
    some = Terms(hours=Hours(1), scope=Scope(()))
    lines = lines_of(some, words)
    assert len(lines) == 7
    assert lines[4] in {"• Часы: 1 час в месяц", "• Hours: 1 hour a month"}
    assert "None" not in markdown(COFFEE, words)


def test_the_yes_is_written_down() -> None:
    said = agreement(acceptance=Acceptance("Ольга", TODAY, "Анна", MADE_AT), version=2)
    lines = plain(agreement_text(RU, ZERNO, said)).splitlines()
    assert lines[-1] == "Согласовано: Ольга, 23 ноября 2026"
    assert lines[1] == "Версия 2 от 24 ноября 2026"


@pytest.mark.parametrize(
    ("n", "days", "rounds", "minutes"),
    [
        (1, "за 1 рабочий день", "1 круг правок", "за 1 минуту"),
        (2, "за 2 рабочих дня", "2 круга правок", "за 2 минуты"),
        (5, "за 5 рабочих дней", "5 кругов правок", "за 5 минут"),
        (11, "за 11 рабочих дней", "11 кругов правок", "за 11 минут"),
    ],
)
def test_russian_plurals(n: int, days: str, rounds: str, minutes: str) -> None:
    some = Terms(approval=Approval(reply_days=n, rounds=n), replies=Replies(minutes=n))
    text = "\n".join(lines_of(some))
    assert days in text
    assert rounds in text
    assert minutes in text


def test_zero_and_no_are_said_as_such() -> None:
    lines = lines_of(
        Terms(
            approval=Approval(reply_days=0, rounds=0, silence_is_consent=False),
            hours=Hours(days_off=(), urgent=False, worked_days=(date(2026, 12, 12),)),
            dates=Dates(end=date(2026, 12, 31), renews=False),
        )
    )
    assert "• Согласование: клиент отвечает в тот же день; молчание — не согласие; без правок" in lines
    assert "• Часы: без выходных; рабочие выходные: 12 декабря 2026; срочное не берём" in lines
    assert "• Срок: до 31 декабря 2026; само не продлевается" in lines


def test_single_lines_of_every_kind() -> None:
    some = Terms(
        topics=(
            TopicLine("Меню", share=0.125, format="story", network="vk"),
            TopicLine("Бариста"),
            TopicLine("Весна", None, 2, "clip", "vk", Period.WEEK, date(2027, 3, 1)),
        ),
        content=(ContentLine("stream", 1, None, None, date(2026, 12, 20)),),
        kpis=(
            KpiLine("engagement_rate", GoalKind.AVERAGE, "vk", 2.5, 4, Period.MONTH),
            KpiLine("leads", GoalKind.TOTAL_IN_PERIOD),
        ),
        materials=(MaterialLine("фото"),),
        report=Report(call_minutes=21),
    )
    lines = lines_of(some)
    for line in (
        "• Меню: не меньше 12,5 % контента (история, ВК)",
        "• Бариста",
        "• Весна (ВК): 2 клипа в неделю до 1 марта 2027",
        "• 1 эфир до 20 декабря 2026",
        "• Материалы: фото",
        "• Отчёт: созвон 21 минута",
    ):
        assert line in lines
    assert any(line.endswith(" каждый месяц; сейчас 2,5 %") for line in lines)


@pytest.mark.parametrize("metric", [name for name in METRICS if name != "unnamed"])
def test_every_figure_can_be_said(metric: str) -> None:
    line = KpiLine(metric, GoalKind.KEEP_RATE, baseline=2, amount=5, period=Period.WEEK)
    for words in (RU, EN):
        assert "{" not in markdown(Terms(kpis=(line,)), words)


_PARSER = MarkdownIt("gfm-like", {"linkify": False})
_MARKUP = st.text(st.sampled_from("aБ1#-+=*_`~<>[]()!|\\&;.:/ \n\t\"'"), max_size=12)


def read_back(page: str) -> list[str]:
    """The texts of a Markdown page as a reader sees them; fails on any markup inside but bold labels."""
    texts: list[str] = []
    for token in _PARSER.parse(page):
        assert token.type.split("_")[0] in {"heading", "paragraph", "bullet", "ordered", "list", "inline"}
        parts = token.children or []
        assert {part.type for part in parts} <= {"text", "text_special", "strong_open", "strong_close"}
        texts += [_even("".join(part.content for part in parts))]
    return [text for text in texts if text]


def _even(text: str) -> str:
    return " ".join(text.split()).removesuffix(":")


@settings(max_examples=60, deadline=None)
@given(terms(), st.lists(_MARKUP, max_size=3), _MARKUP, _MARKUP | st.text(), st.sampled_from([RU, EN]))
def test_any_agreement_prints_and_reads_the_same_in_both_forms(
    some: Terms, hostile: list[str], name: str, reason: str, words: Words
) -> None:
    priorities = tuple(map(Priority, hostile))
    subject = agreement(replace(some, priorities=priorities, scope=Scope(tuple(hostile))), reason=reason)
    client = replace(ZERNO, name=name)
    text = agreement_text(words, client, subject)
    categories = {unicodedata.category(char) for char in text if char not in "\n\u200d"}
    assert not categories & {"Cc", "Cf", "Cs", "Co"}
    written = [re.sub(r"^(?:• ?|\d+\. ?)", "", line) for line in text.splitlines()[2:]]
    expected = map(_even, [*text.splitlines()[:2], *written])
    assert read_back(agreement_markdown(words, client, subject)) == [line for line in expected if line]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# заголовок #", "1. \\# заголовок \\#"),
        ("#хэштег", "1. #хэштег"),
        ("- пункт", "1. \\- пункт"),
        ("2. пункт", "1. 2\\. пункт"),
        ("old_batch *now* [x](http://a)", "1. old\\_batch \\*now\\* \\[x\\](http://a)"),
        ("<b>кофе</b> & Ко &amp; `код`", "1. \\<b\\>кофе\\</b\\> & Ко \\&amp; \\`код\\`"),
        ("две\n\n# строки", "1. две \\# строки"),
        ("\x1b[31mкрасный\u202e", "1. красный"),
    ],
)
def test_markup_in_a_value_stays_a_value(text: str, escaped: str) -> None:
    assert escaped in markdown(Terms(priorities=(Priority(text),))).splitlines()


@BOTH
def test_every_field_and_whatever_lacks_has_a_name(words: Words) -> None:
    assert set(FIELDS) == {f"{section.name}.{key}" for section in SECTIONS for key in section.keys}
    assert set(SECTION_TEXTS) == {section.name for section in SECTIONS}
    for path in (*lacking(Terms(kpis=(KpiLine("leads", GoalKind.GAIN),))), "content[2].amount", "topics"):
        assert field_text(words, path)
    assert plain(field_text(RU, "kpis[0].until")) == "или к какому дню"
