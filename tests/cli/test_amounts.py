"""Numbers, days and metrics on the command line: read as everywhere, refused with the next step."""

from __future__ import annotations

from datetime import date

import pytest

from cli.amounts import read_amount, read_baseline, read_day, read_metric
from cli.exits import Exit, UserError
from goals.metrics import METRICS, UNNAMED
from goals.model import GoalKind
from wording.words import Words

TODAY = date(2026, 11, 23)
WORDS = Words("en")


def test_what_is_typed_is_read() -> None:
    assert read_amount(WORDS, "10k", METRICS["audience"]) == 10_000
    assert read_baseline(WORDS, "512.37", METRICS["views"]) == 512.37
    assert read_day(WORDS, "01.02", TODAY, ahead=True) == date(2027, 2, 1)
    assert read_day(WORDS, "22.11", TODAY) == date(2026, 11, 22)
    assert read_day(WORDS, "1.12", TODAY, after=date(2026, 12, 5)) == date(2027, 12, 1)


@pytest.mark.parametrize(("text", "says"), [("29.02.2027", "There is no such day"), ("soon", "no date")])
def test_what_is_no_day_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        read_day(WORDS, text, TODAY)
    assert caught.value.code is Exit.USAGE
    assert "2026-11-23" in caught.value.next_step


def test_what_is_no_number_is_refused() -> None:
    for read in (read_amount, read_baseline):
        with pytest.raises(UserError, match="no amount") as caught:
            read(WORDS, "many", METRICS["audience"])
        assert caught.value.code is Exit.USAGE


def test_a_metric_is_known_by_its_name_in_either_language() -> None:
    assert read_metric(Words("ru"), "Подписчики").name == "audience"
    assert read_metric(WORDS, "followers").name == "audience"
    with pytest.raises(UserError) as caught:
        read_metric(WORDS, "folowers")
    assert "audience" in caught.value.next_step
    with pytest.raises(UserError):
        read_metric(WORDS, UNNAMED)


def test_a_fraction_of_what_comes_in_wholes_asks_for_a_whole_number() -> None:
    with pytest.raises(UserError, match="whole number") as caught:
        read_amount(WORDS, "1,5", METRICS["posts"], GoalKind.TOTAL_IN_PERIOD)
    assert "4.5" not in caught.value.next_step
    assert read_amount(WORDS, "1,5", METRICS["hours"]) == 1.5
