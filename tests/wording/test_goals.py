"""Goals in words: titles and cells in both languages, for every metric and kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from goals.board import GoalRow
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus
from tests.goals.test_board import row
from wording.goals import (
    GLYPHS,
    METRIC_NAMES,
    STATUSES,
    counted,
    done_cell,
    logged,
    reserve_cell,
    row_title,
    standing_word,
    title,
    today_cell,
)
from wording.pace import pace_sentence
from wording.words import Words

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)
MOSCOW = ZoneInfo("Europe/Moscow")
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
    assert plain(pace_sentence(RU, _audience(), TODAY, MOSCOW)) == (
        "Отстаём 1 день, нужно 11 в день, осталось 8 дней, считая сегодня, шанс 41 %"
    )
    stale = _audience(status="stale", as_of=1_794_000_000)
    assert "Нет данных с" in pace_sentence(RU, stale, TODAY, MOSCOW)
    assert "No data yet" in pace_sentence(EN, _audience(status="stale", as_of=None), TODAY, MOSCOW)


def test_a_figure_that_is_not_known_is_a_dash() -> None:
    assert done_cell(RU, _audience(current=None)) == "—"
    assert reserve_cell(RU, _audience(safe_days=None)) == "—"


def test_a_reserve_never_speaks_against_the_verdict() -> None:
    said = {status: plain(reserve_cell(RU, _audience(status=status, safe_days=0))) for status in GoalStatus}
    assert said.pop(GoalStatus.ON_TRACK) == "в графике"
    assert {said.pop(status) for status in (GoalStatus.BEHIND, GoalStatus.UNLIKELY)} == {"без запаса"}
    assert set(said.values()) == {"—"}


def test_figures_are_as_old_as_their_day_where_the_client_is() -> None:
    just_after_midnight = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)
    stale = _audience(status="stale", as_of=int(just_after_midnight.timestamp()))
    assert "с 20.11" in plain(pace_sentence(RU, stale, TODAY, MOSCOW))


def test_a_goal_that_has_nothing_to_start_from_says_so() -> None:
    for status in ("stale", "draft"):
        row = _audience(status=status, as_of=1_794_000_000, target=None, baseline=None)
        assert "smm goal edit 1 --baseline X" in pace_sentence(EN, row, TODAY, MOSCOW)
    assert plain(standing_word(RU, row)) == "нет начальной цифры"
    endless = _audience(status="draft", as_of=1_794_000_000, target=None, deadline=None)
    assert "it lacks a deadline" in pace_sentence(EN, endless, TODAY, MOSCOW)
    assert standing_word(RU, endless) == "черновик"
    bare = _audience(status="draft", amount=None, deadline=None)
    assert pace_sentence(EN, bare, TODAY, MOSCOW) == "A draft: it lacks an amount and a deadline"
    assert plain(pace_sentence(RU, bare, TODAY, MOSCOW)) == "Черновик: не хватает числа и срока"
    unread = _audience(status="draft", as_of=None, target=None, baseline=None)
    assert plain(pace_sentence(RU, unread, TODAY, MOSCOW)) == "Черновик: не хватает цифры, от которой считать"
    share = _audience(status="draft", metric="topic_share", kind="average", topic=None)
    assert pace_sentence(EN, share, TODAY, MOSCOW) == "A draft: it lacks a topic"
    unnamed = _audience(status="draft", metric="unnamed", amount=None)
    assert "what is measured" in pace_sentence(EN, unnamed, TODAY, MOSCOW)


@pytest.mark.parametrize(
    ("metric", "amount", "said"),
    [
        ("hours", 4.98, "5 часов"),
        ("hours", 5.04, "5 часов"),
        ("posts", 25.02, "25 постов"),
        ("hours", 1.04, "1 час"),
        ("hours", 1.06, "1,1 часа"),
        ("hours", 1.5, "1,5 часа"),
    ],
)
def test_the_noun_goes_by_the_digits_that_are_shown(metric: str, amount: float, said: str) -> None:
    assert plain(counted(RU, metric, amount)) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [(20.98, "Не больше 21 часа"), (1.5, "Не больше 1,5 часа"), (11.0, "Не больше 11 часов")],
)
def test_a_limit_asks_for_the_genitive(amount: float, said: str) -> None:
    assert plain(title(RU, metric="hours", kind="total_in_period", amount=amount)) == said


@pytest.mark.parametrize(
    ("metric", "amount", "said"),
    [
        ("hours", 1.25, "1,25 часа"),
        ("hours", 1.02, "1,02 часа"),
        ("hours", 1.0, "1 час"),
        ("income", 1234.56, "1 234,56 ₽"),
        ("leads", 21.0, "21 заявка"),
    ],
)
def test_what_was_logged_is_told_as_it_was_logged(metric: str, amount: float, said: str) -> None:
    assert plain(logged(RU, metric, amount)) == said
