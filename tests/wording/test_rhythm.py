"""The rhythm in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from goals.board import GoalRow
from goals.model import GoalId, GoalKind, GoalStatus, PostKind
from goals.records import CheckIn, Confidence
from goals.revision import Revision
from goals.rhythm import AskedFor
from tests.goals.test_board import row
from wording.rhythm import (
    Answer,
    asked_for_text,
    check_in_text,
    confidence_word,
    eased_text,
    hours_cell,
    hours_text,
    is_shot,
    money_cell,
    near_day,
    pace_text,
    rate_text,
    read_answer,
    read_confidence,
    share_cell,
    waiting_text,
)
from wording.words import Words

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)
MOSCOW = ZoneInfo("Europe/Moscow")


def goal_row(**changes: object) -> GoalRow:
    """A goal of 300 followers, behind."""
    audience = {"metric": "audience", "kind": "gain", "amount": 300, "due_today": None}
    return row(1, 1, 0)._replace(**(audience | changes))  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ok", Confidence.ON_TRACK),
        ("По плану", Confidence.ON_TRACK),
        ("1", Confidence.ON_TRACK),
        ("RISK", Confidence.RISK),
        ("риск", Confidence.RISK),
        ("под угрозой", Confidence.RISK),
        ("срыв", Confidence.OFF),
        ("off", Confidence.OFF),
        ("может быть", None),
        ("", None),
    ],
)
def test_confidence_is_typed_in_either_language(typed: str, meant: Confidence | None) -> None:
    assert read_confidence(typed) is meant


@pytest.mark.parametrize("words", [RU, EN])
@pytest.mark.parametrize("confidence", Confidence)
def test_what_is_shown_can_be_typed(words: Words, confidence: Confidence) -> None:
    assert read_confidence(confidence_word(words, confidence)) is confidence
    assert read_confidence(confidence.value) is confidence


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ('3=risk:"нет фото: ждём"', Answer("3", Confidence.RISK, "нет фото: ждём")),
        ("#3 = риск : «нет фото»", Answer("3", Confidence.RISK, "нет фото")),
        ("3=ok", Answer("3", Confidence.ON_TRACK, "")),
        ("3=ок:", Answer("3", Confidence.ON_TRACK, "")),
        ("3=\x1b[31moff:\x1b[31mx", Answer("3", None, "[31mx")),
        ("3=завтра", Answer("3", None, "")),
        ("3", None),
        ("", None),
    ],
)
def test_an_answer_is_read_from_one_line(typed: str, answer: Answer | None) -> None:
    found = read_answer(typed)
    if found is None or answer is None:
        assert found is answer
        return
    assert found[:2] == answer[:2]
    assert "\x1b" not in found.why
    if "\x1b" not in typed:
        assert found.why == answer.why


def test_a_check_in_on_one_line() -> None:
    made = datetime(2026, 11, 16, 6, tzinfo=UTC)
    said = CheckIn(1, GoalId(1), date(2026, 11, 16), made, "Анна", Confidence.RISK, "нет фото")
    assert check_in_text(RU, said, TODAY) == "16.11 под угрозой: нет фото"


def test_why_a_goal_is_asked_about() -> None:
    behind = goal_row(status=GoalStatus.BEHIND.value)
    assert asked_for_text(RU, behind, (AskedFor.NOT_GREEN, AskedFor.EDITED)) == "отстаём, изменена"
    assert asked_for_text(RU, behind, (AskedFor.RECOVERED,)) == "снова по плану"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (time(10), time(19, 30), "10:00–19:30"),
        (time(10), None, "с 10:00"),
        (None, time(19), "до 19:00"),
        (None, None, ""),
    ],
)
def test_hours(start: time | None, end: time | None, said: str) -> None:
    assert plain(hours_text(RU, start, end)) == said


def test_a_day_as_one_says_it() -> None:
    said = [near_day(RU, TODAY + timedelta(days=days), TODAY) for days in (0, 1, 7)]
    assert said == ["сегодня", "завтра", "30.11"]


@pytest.mark.parametrize(
    ("days", "said"), [(0, "запрошено сегодня"), (1, "ждём 1 день"), (3, "ждём 3 дня"), (11, "ждём 11 дней")]
)
def test_how_long_something_is_awaited(days: int, said: str) -> None:
    assert plain(waiting_text(RU, days)) == said


def test_what_is_shot() -> None:
    assert {kind for kind in PostKind if not is_shot(kind)} == {PostKind.POST, PostKind.ARTICLE}


def test_the_pace_of_what_nothing_can_be_published_for() -> None:
    followers = goal_row(needed_per_day=11.0)
    assert plain(pace_text(RU, followers)).endswith("— нужно 11 в день")
    content = goal_row(metric="posts", kind=GoalKind.TOTAL_IN_PERIOD.value, needed_per_day=2.0)
    assert pace_text(RU, content) == ""
    assert pace_text(RU, goal_row(needed_per_day=None)) == ""


def test_an_easing_is_told_with_its_days_where_the_client_is() -> None:
    def eased(number: int, moment: datetime) -> Revision:
        return Revision(GoalId(1), number, moment, "Анна", "", None, {"amount": ("300", "200")})

    late = eased(1, datetime(2026, 11, 11, 22, 30, tzinfo=UTC))
    same, other = (
        eased(2, datetime(2026, 11, 12, 9, tzinfo=UTC)),
        eased(3, datetime(2026, 11, 15, 9, tzinfo=UTC)),
    )
    assert eased_text(RU, [late], MOSCOW, TODAY) == "ослаблена без согласия клиента 12.11"
    assert eased_text(RU, [late, same, other], MOSCOW, TODAY) == "ослаблена без согласия клиента 12.11, 15.11"
    assert eased_text(RU, [], MOSCOW, TODAY) == ""


def test_what_is_not_known_is_a_dash_and_never_nought() -> None:
    assert (rate_text(RU, None), hours_cell(RU, None), money_cell(RU, None)) == ("—", "—", "—")
    assert (share_cell(RU, None, 30), share_cell(RU, 5, None)) == ("—", "—")
    assert plain(rate_text(RU, 1_049.4)) == "1 049 ₽/ч"
    assert (plain(hours_cell(RU, 12.5)), plain(money_cell(RU, 15_000))) == ("12,5", "15 000 ₽")


@pytest.mark.parametrize(("hours", "said"), [(12.5, "42 %"), (23, "77 %"), (24, "! 80 %"), (33, "! 110 %")])
def test_a_sign_from_eighty_per_cent_on(hours: float, said: str) -> None:
    assert plain(share_cell(RU, hours, 30)) == said
