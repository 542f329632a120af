"""Goals in words: titles and cells in both languages, for every metric and kind."""

from __future__ import annotations

from datetime import date

import pytest

from goals.board import GoalRow
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus
from tests.goals.test_board import row
from wording.goals import (
    GLYPHS,
    METRIC_NAMES,
    STATUSES,
    done_cell,
    pace_sentence,
    reserve_cell,
    row_title,
    title,
    today_cell,
)
from wording.words import Words

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)
DEADLINE = date(2026, 11, 30).toordinal()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("ru", "en", "goal"),
    [
        (
            "ВК: +300 подписчиков",
            "VK: +300 followers",
            {"metric": "audience", "kind": "gain", "amount": 300, "network": "vk"},
        ),
        (
            "Старая партия: 12 постов",
            "Старая партия: 12 posts",
            {"metric": "posts", "kind": "total_in_period", "amount": 12, "head": "Старая партия"},
        ),
        (
            "Доход 120 000 ₽",
            "Income 120,000 ₽",
            {"metric": "income", "kind": "total_in_period", "amount": 120_000},
        ),
        (
            "3 поста в неделю",
            "3 posts a week",
            {"metric": "posts", "kind": "keep_rate", "amount": 3, "period": "week"},
        ),
        (
            "Telegram: до 5 001 подписчика",
            "Telegram: up to 5,001 followers",
            {"metric": "audience", "kind": "reach_level", "amount": 5001, "network": "telegram"},
        ),
        (
            "Не больше 21 часа",
            "At most 21 hours",
            {"metric": "hours", "kind": "total_in_period", "amount": 21},
        ),
        (
            "Вовлечённость (ER) в среднем 4,5 %",
            "Engagement rate (ER) 4.5% on average",
            {"metric": "engagement_rate", "kind": "average", "amount": 4.5},
        ),
    ],
)
def test_titles(ru: str, en: str, goal: dict[str, object]) -> None:
    assert plain(title(RU, **goal)) == ru  # type: ignore[arg-type]
    assert plain(title(EN, **goal)) == en  # type: ignore[arg-type]


@pytest.mark.parametrize("metric", sorted(METRICS))
@pytest.mark.parametrize("kind", list(GoalKind))
@pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])
def test_every_goal_has_a_title(metric: str, kind: GoalKind, words: Words) -> None:
    text = title(words, metric=metric, kind=kind.value, amount=21, period="week")
    assert text.strip() == text
    assert "{" not in text


def test_every_metric_and_status_has_a_name() -> None:
    assert set(METRIC_NAMES) == set(METRICS)
    assert set(STATUSES) == set(GLYPHS) == set(GoalStatus)


def _audience(**changes: object) -> GoalRow:
    base = row(1, 1, 0)._replace(
        metric="audience",
        kind="gain",
        amount=300,
        network="vk",
        baseline=4812,
        current=5024,
        target=5112,
        progress=212 / 300,
        expected=22 / 30,
        safe_days=-1,
        needed_per_day=11.0,
        due_today=None,
        chance=0.41,
        deadline=DEADLINE,
    )
    return base._replace(**changes)  # type: ignore[arg-type]


def test_the_cells_of_the_design() -> None:
    content = row(1, 1, 0)
    assert done_cell(RU, content) == "3/12"
    assert plain(reserve_cell(RU, content)) == "отстаём 4 дня"
    assert plain(today_cell(RU, content)) == "2 поста, план 0"
    assert done_cell(RU, _audience()) == "+212"
    assert plain(reserve_cell(RU, _audience())) == "отстаём 1 день"
    assert plain(today_cell(RU, _audience())) == "нужно 11 в день"


def test_a_goal_is_told_from_its_neighbours() -> None:
    assert plain(row_title(RU, _audience())) == "ВК: +300 подписчиков"
    assert plain(row_title(RU, _audience(account="zerno"))) == "zerno: +300 подписчиков"
    assert plain(row_title(RU, _audience(account="zerno", topic="партия"))) == "партия: +300 подписчиков"
    assert row_title(RU, _audience(title="Своё имя", account="zerno")) == "Своё имя"


def test_the_pace_in_one_sentence() -> None:
    assert plain(pace_sentence(RU, _audience(), TODAY)) == (
        "Отстаём 1 день, нужно 11 в день, осталось 8 дней, считая сегодня, шанс 41 %"
    )
    stale = _audience(status="stale", as_of=1_794_000_000)
    assert "Нет данных с" in pace_sentence(RU, stale, TODAY)
    assert "No data yet" in pace_sentence(EN, _audience(status="stale", as_of=None), TODAY)


def test_a_figure_that_is_not_known_is_a_dash() -> None:
    assert done_cell(RU, _audience(current=None)) == "—"
    assert reserve_cell(RU, _audience(safe_days=None)) == "—"
