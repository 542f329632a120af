"""How fresh an account is: whole, in part, from a file, never."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

from goals.model import Account, AccountId, ClientId
from tests.goals.test_board import row
from tests.support.store import NOW, TODAY
from wording.freshness import read_phrase, unjudged_sentence
from wording.words import Words

RU, EN = Words("ru"), Words("en")
ACCOUNT = Account(AccountId(1), ClientId(1), "vk", "zerno")
LATELY = NOW - timedelta(minutes=5)


def test_an_account_that_is_read_only_in_part_is_as_fresh_as_its_last_reading() -> None:
    assert read_phrase(RU, ACCOUNT, LATELY, NOW, today=TODAY) == "5\xa0мин назад, не всё"
    whole_once = replace(ACCOUNT, last_ok_at=NOW - timedelta(days=5))
    assert read_phrase(EN, whole_once, LATELY, NOW, today=TODAY) == "5 min ago, not all of it"


def test_an_account_that_was_read_whole_says_only_when() -> None:
    whole = replace(ACCOUNT, last_ok_at=LATELY)
    assert read_phrase(RU, whole, LATELY, NOW, today=TODAY) == "5\xa0мин назад"


def test_an_account_that_no_sync_has_read_has_at_most_a_file() -> None:
    assert read_phrase(RU, ACCOUNT, None, NOW, imported=TODAY, today=TODAY) == "из файла, по 23.11"
    assert read_phrase(RU, ACCOUNT, None, NOW, today=TODAY) == "ещё не читали"


def test_a_goal_that_cannot_be_judged_says_why_and_what_brings_figures() -> None:
    def said(
        words: Words, status: str, metric: str, as_of: int | None = None, *, from_file: bool = False
    ) -> str:
        ended = date(2026, 11, 20).toordinal()
        subject = row(0, 0, 0)._replace(status=status, metric=metric, as_of=as_of, deadline=ended)
        return unjudged_sentence(words, subject, TODAY, UTC, from_file=from_file)

    old = int(NOW.timestamp()) - 5 * 24 * 3600
    assert said(RU, "stale", "audience", old) == "Нет данных с 18.11: ни хорошо, ни плохо"
    assert said(RU, "stale", "audience", old, from_file=True) == (
        "Данные до 18.11, из файла. Загрузите новые: smm import ФАЙЛ"
    )
    assert "smm sync" in said(EN, "stale", "views")
    assert "smm log sales" in said(EN, "stale", "sales")
    assert said(RU, "unknown", "sales") == (
        "Итог неизвестен: нет данных. Внесите цифру: smm log sales ЧИСЛО --client КЛИЕНТ --day 2026-11-20"
    )
    assert said(EN, "unknown", "views").startswith("Outcome unknown: no data")


def test_an_unknown_outcome_says_how_far_the_figures_go() -> None:
    ended = date(2026, 11, 20).toordinal()
    as_of = int((NOW - timedelta(days=9)).timestamp())
    subject = row(0, 0, 0)._replace(status="unknown", current=5.0, as_of=as_of, deadline=ended)
    assert unjudged_sentence(RU, subject, TODAY, UTC, from_file=True).startswith(
        "Итог неизвестен: цифры только до 14.11"
    )
