"""Warnings in words: every rule in both languages, and sentences that a colleague would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goals.model import ClientKind, GoalKind, Period
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004
from goals.warnings.rules import warnings_in
from tests.goals.build import TODAY
from tests.goals.warnings.build import CLIENT, goal_state, situation
from tests.goals.warnings.cases import CASES, REFUSED, Case
from wording.goals import reserve_cell
from wording.warnings import GLYPHS, next_step, sentence
from wording.warnings.sentences import SENTENCES
from wording.warnings.told import about_topic
from wording.words import NBSP, Words

RU, EN = Words("ru"), Words("en")
BOTH = pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])
EACH = pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])


def first(rule: str) -> Warning:
    fires = next(case.fires for case in CASES if case.rule == rule)
    return next(warning for warning in warnings_in(fires) if warning.rule == rule)


def said(warning: Warning, words: Words = RU) -> str:
    return sentence(words, warning, TODAY).replace(NBSP, " ")


@EACH
@BOTH
def test_every_rule_has_its_sentence_and_its_step(case: Case, words: Words) -> None:
    for warning in warnings_in(case.fires):
        text, step = sentence(words, warning, TODAY), next_step(words, warning, CLIENT.name)
        assert text[0].isupper() or not text[0].isalpha()
        assert (text.strip(), step.strip()) == (text, step)
        assert step
        assert not set("{}") & set(text + step)
        assert "None" not in text + step
        if words is RU:
            assert any("а" <= char <= "я" for char in text.lower())
            assert any("а" <= char <= "я" for char in step.lower())


def test_there_is_a_sentence_for_every_rule_and_no_other() -> None:
    assert set(SENTENCES) == {case.rule for case in CASES}
    assert set(GLYPHS) == set(Severity)


SAID = {
    "wrong_work": "Цифры растут, а про «старую партию» за месяц 0 постов из 12 (+500 подписчиков за 4 недели,"
    " по графику было бы уже 8)",
    "topic_behind": "Про «старую партию» за месяц 0 постов из 12 (по графику было бы уже 8)",
    "priority_without_goal": "Под приоритет «распродать старую партию» нет ни одной цели",
    "month_without_goals": "На ноябрь ещё нет целей, а по договорённостям нужна 1",
    "behind": "+300 подписчиков: отстаём 4 дня, нужно 14 в день",
    "unlikely": "+300 подписчиков: шанс 20 %, ниже 40 % уже 2 дня",
    "falls_off": "+300 подписчиков: при нынешнем темпе начнём отставать сегодня, до созвона 28.11",
    "nothing_tomorrow": "На завтра, 24.11, нужно: 1 пост (в плане 0)",
    "confidence": "+300 подписчиков: уверенность падает второй раз подряд (клиент молчит)",
    "unfinished": "Подписчики: с 01.11 нет числа",
    "eased": "+200 подписчиков: цель смягчили 10.11 (300 → 200), согласия клиента пока нет",
    "all_red": "Отстают все текущие цели (2)",
    "not_logged": "Продажи: новых цифр нет с 01.11",
    "token_idle": "ОК zerno: данных не собирали с 02.11; если не собрать, 02.12 токен перестанет работать",
    "jump": "ВК zerno: подписчиков было 1 000, через пару дней, 23.11, стало 1 600;"
    " пока скачок не подтверждён, шансы считаем без него",
    "stories_missed": "ВК zerno: истории за 20.11–21.11 не собраны, поэтому их счёт — «не меньше»",
    "bought_audience": "ВК zerno: подписчиков +21 % за 4 недели, а ER −60 %",
    "leaving": "ВК zerno: за 4 недели ушло больше (140), чем пришло (84)",
    "hours": "Часы: 33 из 40, рабочих дней в месяце осталось: 6",
    "outside": "Вне договорённостей, ВК: 3 истории с 27.10",
    "materials": "Ждём от клиента 9 дней: фото партии",
}


@pytest.mark.parametrize("rule", SAID)
def test_how_it_is_said(rule: str) -> None:
    assert said(first(rule)) == SAID[rule]


def test_a_trouble_tells_its_reason_and_its_own_next_step() -> None:
    stale = first("stale")
    assert said(stale).startswith(
        "Нет свежих данных с 17.11 (ВК zerno): ВК больше не принимает токен «vk-main»"
    )
    assert "smm token replace vk-main" in next_step(RU, stale, CLIENT.name)
    token = first("token")
    assert said(token).endswith("с 25.11 цифры устареют")
    assert REFUSED.token == token.facts["token"]


def test_a_token_that_is_not_used_may_have_died_already() -> None:
    idle = first("token_idle")
    late = replace(idle, facts={**idle.facts, "day": TODAY, "accounts": 3})
    assert said(late) == (
        "ОК, 3 аккаунта: данных не собирали с 02.11; без запросов токен мог перестать работать 23.11"
    )
    assert "smm sync" in next_step(RU, idle, CLIENT.name)


def test_a_share_and_a_silence_and_stories_that_nobody_saw() -> None:
    whole = first("wrong_work")
    share = replace(whole, facts={**whole.facts, "agreed": None, "done_share": 0.1, "agreed_share": 0.3})
    assert "про «старую партию» только 10 % контента вместо 30 %" in said(share)
    part = replace(whole, facts={**whole.facts, "monthly": False, "agreed": 3, "due": 1, "per_month": 12})
    assert said(part).endswith(
        "(+500 подписчиков за 4 недели, по графику было бы уже 1, договорено 12 в месяц)"
    )
    unseen = replace(whole, facts={**whole.facts, "at_least": True})
    assert said(unseen).endswith("за часть дней истории не собраны)")
    engaged = replace(whole, facts={**whole.facts, "figure": "engagement", "gain_share": 0.18})
    assert "вовлечённость +18 % за 4 недели" in said(engaged)
    both = replace(whole, facts={**whole.facts, "also": (("stories", 1, 6),)})
    assert "за месяц 0 постов из 12 и 1 история из 6 (+500 подписчиков за 4 недели)" in said(both)
    dated = replace(
        whole, facts={**whole.facts, "monthly": False, "first": date(2026, 10, 5), "metric": None}
    )
    assert "про «старую партию» с 05.10 0 публикаций из 12" in said(dated)


@pytest.mark.parametrize(
    ("facts", "days", "told", "english"),
    [
        ({}, 7, "за 7 дней ни одного поста про «старую партию»", "no posts about «старая партия» in 7 days"),
        ({"metric": "stories"}, 21, "за 21 день ни одной истории про", "no stories about"),
        ({"metric": "clips"}, 22, "за 22 дня ни одного клипа про", "no clips about"),
        ({"metric": "videos"}, 8, "за 8 дней ни одного видео про", "no videos about"),
        ({"metric": "streams"}, 8, "за 8 дней ни одного эфира про", "no streams about"),
        ({"metric": None}, 9, "за 9 дней ни одной публикации про", "nothing about"),
        ({"formats": 2}, 9, "за 9 дней ни одной публикации про", "nothing about"),
    ],
)
def test_a_silence_is_told_by_what_was_asked_for(
    facts: dict[str, Fact], days: int, told: str, english: str
) -> None:
    whole = first("wrong_work")
    silent = replace(whole, facts={**whole.facts, "is_short": False, "idle_days": days, **facts})
    assert said(silent).startswith(f"Цифры растут, а {told}")
    assert said(silent).endswith("(+500 подписчиков за 4 недели)")
    assert said(silent, EN).startswith(f"The figures grow, but {english}")


def test_tomorrow_tells_what_is_due_and_what_is_planned_of_each() -> None:
    due = (("posts", "старая партия", 2, 1), ("stories", None, 3, 0))
    warning = replace(first("nothing_tomorrow"), facts={"day": date(2026, 11, 24), "due": due})
    assert said(warning) == (
        "На завтра, 24.11, нужно: 2 поста про «старую партию» (в плане 1), 3 истории (в плане 0)"
    )
    assert said(warning, EN) == (
        "For tomorrow, Nov 24, the road asks for 2 posts about «старая партия» (1 planned),"
        " 3 stories (0 planned)"
    )
    step = next_step(RU, warning, CLIENT.name)
    assert step.endswith('--client "Кофейня «Зерно»" --kind post --day 2026-11-24 --topic "старая партия"')
    rest = replace(warning, facts={**warning.facts, "due": due[1:]})
    assert next_step(EN, rest, CLIENT.name).endswith(" --kind story --day 2026-11-24")


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("day", "за прошлый рабочий день норма не набрана"),
        ("week", "прошлая неделя сорвана"),
        ("month", "прошлый месяц сорван"),
    ],
)
def test_a_rate_that_is_behind_for_its_last_period_alone_says_so(period: str, told: str) -> None:
    rate = goal_state(
        "posts",
        GoalKind.KEEP_RATE,
        3,
        period=Period(period),
        row={"status": "behind", "safe_days": 0, "needed_per_day": 1.0, "current": 0.0, "target": 3.0},
    )
    (warning,) = [one for one in warnings_in(situation(goals=[rate])) if one.rule == "behind"]
    assert said(warning).endswith(f": {told}, нужно 1 в день")
    assert reserve_cell(RU, rate.row) == "без запаса"


def test_a_sudden_fall_is_told_behind_its_account() -> None:
    assert said(first("suspect")).startswith("ВК zerno: аудитория разом упала с 5 000 до 12")


def test_a_mean_is_told_with_its_unit() -> None:
    row = {"status": "behind", "current": 3.4, "target": 4.5, "progress": 0.76}
    mean = goal_state("engagement_rate", GoalKind.AVERAGE, 4.5, row=row)
    (warning,) = warnings_in(situation(goals=[mean]))
    assert said(warning).endswith("сейчас 3,4 % вместо 4,5 %")


#: What has to be told otherwise to somebody who is his own client.
CLIENTS_WORDS = ("клиент", "client ", "созвон", "before the call")


@EACH
@BOTH
def test_own_goals_ask_no_client(case: Case, words: Words) -> None:
    own = replace(case.fires.client, name="Я", kind=ClientKind.SELF)
    for warning in warnings_in(replace(case.fires, client=own)):
        step = next_step(words, warning, own.name, own=True)
        assert not any(word in step.replace("--client ", "") for word in CLIENTS_WORDS)
        assert warning.rule != "eased"
        assert "клиента" not in sentence(words, warning, TODAY)


def test_joins_needed_are_told_with_the_goal() -> None:
    warning = first("leaving")
    more = replace(warning, facts={**warning.facts, "needed": 140, "until": date(2026, 11, 30)})
    assert said(more).endswith("; для цели к 30.11 нужно новых подписчиков: 140")


@pytest.mark.parametrize(
    ("topic", "about"),
    [
        ("старая партия", "про «старую партию»"),
        ("Летняя коллекция", "про «Летнюю коллекцию»"),
        ("новая мебель", "про «новую мебель»"),
        ("зимние скидки", "по теме «зимние скидки»"),
        ("доставка", "по теме «доставка»"),
        ("главная тема недели", "по теме «главная тема недели»"),
    ],
)
def test_a_topic_is_declined_only_where_it_is_certain(topic: str, about: str) -> None:
    assert about_topic(RU, topic) == about
    assert about_topic(EN, topic) == f"about «{topic}»"


def test_quotes_of_a_name_do_not_break_the_command() -> None:
    step = next_step(RU, replace(first("wrong_work"), topic='партия "А"'), 'ООО "Зерно"')
    assert step.count('"') == 4
    assert first("wrong_work").step is Step.PLAN_TOPIC
