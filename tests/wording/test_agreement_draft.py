"""A change of the agreement as the client is asked for his yes: off, on, otherwise, hours."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.agreement.diff import change_draft, swap_priorities
from goals.agreement.terms import Hours, Terms, TopicLine, Weekday
from goals.model import ClientId, Goal, GoalId, GoalKind
from tests.goals.agreement.build import COFFEE, TODAY, terms
from tests.goals.agreement.test_diff import goals_agreed
from wording.agreements.draft import draft_text
from wording.words import NBSP, Words

RU, EN = Words("ru"), Words("en")


def told(new: Terms, old: Terms = COFFEE, words: Words = RU, goals: list[Goal] | None = None) -> list[str]:
    draft = change_draft(old, new, goals_agreed(old) if goals is None else goals, TODAY)
    return draft_text(words, draft, old, new).replace(NBSP, " ").splitlines()


def test_a_swap_names_the_new_order_and_every_goal_that_it_touches() -> None:
    assert told(swap_priorities(COFFEE, (2, 1))) == [
        "Приоритеты теперь:",
        "1. Запись на дегустации",
        "2. Распродать старую партию",
        "",
        "Какие цели это задевает:",
        "• Старая партия: 12 постов до 31 декабря 2026: теперь приоритет 2, Распродать старую партию",
        "• Старая партия: 6 историй до 31 декабря 2026: теперь приоритет 2, Распродать старую партию",
        "• Дегустации: не меньше 20 % контента до 31 декабря 2026: теперь приоритет 1, Запись на дегустации",
        "• ВК: +300 подписчиков до 31 декабря 2026: теперь приоритет 1, Запись на дегустации",
        "• 30 заказов до 31 декабря 2026: теперь приоритет 2, Распродать старую партию",
        "",
        "Часы в месяц: 30, как и раньше",
    ]


def test_what_is_taken_off_added_and_changed_with_the_hours() -> None:
    less, _, tastings = COFFEE.topics
    more = TopicLine("Новый год", None, 5, "post", "vk", until=date(2026, 12, 31))
    old = replace(COFFEE, hours=replace(COFFEE.hours, urgent=None, urgent_price=""))
    new = replace(
        old,
        topics=(replace(tastings, share=0.3), replace(less, amount=4), more, TopicLine("Бариста")),
        hours=replace(old.hours, month=36, days_off=(Weekday.SUN,)),
    )
    assert told(new, old, goals=[]) == [
        "Что снимаем:",
        "• Старая партия: 6 историй до 31 декабря 2026",
        "",
        "Что добавляем:",
        "• Новый год (ВК): 5 постов до 31 декабря 2026",
        "• Бариста",
        "",
        "Что меняем:",
        "• Старая партия: 12 постов до 31 декабря 2026 → Старая партия: 4 поста до 31 декабря 2026",
        "• Дегустации: не меньше 20 % контента → Дегустации: не меньше 30 % контента",
        "",
        "Что ещё меняется:",
        "• Часы: было «на связи 10:00–19:00; выходные: сб, вс», стало «на связи 10:00–19:00; выходные: вс»",
        "",
        "Часы в месяц: 30 → 36",
    ]  # fmt: skip


def test_goals_that_serve_nothing_any_more_and_those_of_the_topic() -> None:
    own = Goal(
        GoalId(1),
        ClientId(1),
        "likes",
        GoalKind.TOTAL_IN_PERIOD,
        50,
        TODAY,
        topic="Дегустации",
        title="Сердца",
    )
    lonely = replace(own, topic=None, title="", priority=2)
    new = replace(COFFEE, priorities=COFFEE.priorities[:1], topics=COFFEE.topics[:2], kpis=COFFEE.kpis[1:])
    lines = told(new, words=EN, goals=[own, lonely])
    assert lines[lines.index("Goals this touches:") + 1 :][:2] == [
        "• Сердца: its topic is agreed otherwise",
        "• 50 likes: what it served is no priority any more",
    ]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (None, 20, "Hours a month: — → 20"),
        (1.5, None, "Hours a month: 1.5 → —"),
        (None, None, "Hours a month: —, as before"),
    ],
)
def test_the_hours_are_always_told(before: float | None, after: float | None, line: str) -> None:
    old, new = (Terms(hours=Hours(hours)) for hours in (before, after))
    assert told(new, old, EN)[-1] == line


@settings(max_examples=30, deadline=None)
@given(terms(), terms(), st.sampled_from([RU, EN]))
def test_any_change_can_be_told_safely(old: Terms, new: Terms, words: Words) -> None:
    text = "\n".join(told(new, old, words))
    assert not {unicodedata.category(char) for char in text if char not in "\n\u200d"} & {"Cc", "Cf", "Cs"}
    if old == new:
        assert len(text.splitlines()) == 1
