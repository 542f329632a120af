"""How fresh an account is: whole, in part, from a file, never."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from goals.model import Account, AccountId, ClientId
from tests.support.store import NOW, TODAY
from wording.freshness import read_phrase
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
