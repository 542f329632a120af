"""Which letters the words lack: vague, without number or date, past belief, without a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goals.draft import Draft, Letter
from goals.model import GoalKind, Period
from goals.phrase import lacking, read
from tests.goals.phrase.score import TODAY

MONTH = TODAY + timedelta(days=lacking.PACE_DAYS)


def _lacks(text: str) -> str:
    return "".join(read(text, TODAY)[0].missing)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("раскачать группу", "SMT"),
        ("нарастить лояльность гостей", "SMT"),
        ("больше вовлечения", "SMT"),
        ("побольше пересылок", "MT"),
        ("40 репостов", "T"),
        ("40 репостов к пятнице", ""),
        ("2 поста в день", ""),
        ("отвечать за 20 минут", ""),
        ("больше лайков", "MTR"),
        ("40 лайков к пятнице, чтобы пост увидели", ""),
        ("накрутить 100 подписчиков к пятнице", "R"),
        ("сделать как у конкурентов", "SMTR"),
        ("завирусить пост", "MTA"),
        ("25 тысяч новых подписчиков за месяц", "A"),
        ("охваты +250% за месяц", "A"),
        ("охваты +250% за год", ""),
        ("2 млн просмотров за месяц", "A"),
        ("2 млн просмотров за год", ""),
        ("триллион подписчиков", "TA"),
        ("1000000000000 заявок к лету", "A"),
        ("5000 постов за неделю", "A"),
        ("250 часов в неделю", "A"),
        ("снизить цену заявки на 150 % к лету", "A"),
        ("ER 120 % к лету", "A"),
    ],
)
def test_what_the_words_lack_in_the_order_of_asking(text: str, letters: str) -> None:
    assert _lacks(text) == letters


@pytest.mark.parametrize(
    ("kind", "metric", "threshold"),
    [
        (GoalKind.GAIN, "audience", lacking.ABSURD_GAIN),
        (GoalKind.REACH_LEVEL, "audience", lacking.ABSURD_LEVEL),
        (GoalKind.TOTAL_IN_PERIOD, "views", lacking.ABSURD_VIEWS),
        (GoalKind.TOTAL_IN_PERIOD, "reach", lacking.ABSURD_VIEWS),
        (GoalKind.GAIN_PERCENT, "reach", lacking.ABSURD_PERCENT),
    ],
)
def test_the_absurd_begins_at_its_threshold(kind: GoalKind, metric: str, threshold: float) -> None:
    draft = Draft(metric=metric, kind=kind, amount=threshold, deadline=MONTH)
    assert lacking.is_absurd(draft, TODAY)
    assert not lacking.is_absurd(replace(draft, amount=threshold - 1), TODAY)
    assert not lacking.is_absurd(replace(draft, deadline=TODAY + timedelta(days=60)), TODAY)
    assert not lacking.is_absurd(replace(draft, deadline=None), TODAY)
    assert not lacking.is_absurd(replace(draft, amount=None), TODAY)


def test_a_rate_is_absurd_by_its_own_period() -> None:
    daily = Draft(metric="audience", kind=GoalKind.KEEP_RATE, amount=400, period=Period.DAY)
    assert lacking.is_absurd(daily, TODAY)
    assert not lacking.is_absurd(replace(daily, period=Period.WEEK), TODAY)


def test_a_deadline_of_today_or_before_is_no_division_by_zero() -> None:
    draft = Draft(metric="audience", kind=GoalKind.GAIN, amount=500, deadline=TODAY)
    assert lacking.is_absurd(draft, TODAY)
    assert lacking.is_absurd(replace(draft, deadline=date(2026, 1, 1)), TODAY)


def test_likes_with_a_purpose_are_relevant() -> None:
    draft = Draft(metric="likes", kind=GoalKind.GAIN)
    flags = {"viral": False, "bought": False, "as_rivals": False}
    assert Letter.RELEVANT in lacking.missing(draft, TODAY, **flags)
    assert Letter.RELEVANT not in lacking.missing(replace(draft, purpose="для охвата"), TODAY, **flags)
