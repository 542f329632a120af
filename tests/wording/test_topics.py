"""Why a post is only perhaps about a topic, and what is missing of a count, in words."""

from __future__ import annotations

from datetime import date

import pytest

from goals.gaps import Days
from goals.topics import Doubt, Evidence, Sign
from wording.topics import DOUBTS, at_least, evidence_text
from wording.words import Words

RU, EN = Words("ru"), Words("en")
TODAY = date(2026, 11, 23)


def days(first: tuple[int, int], last: tuple[int, int], year: int = 2026) -> Days:
    return date(year, *first), date(year, *last)


@pytest.mark.parametrize(
    ("missing", "russian", "english"),
    [
        ([days((5, 12), (5, 13))], "12–13 мая", "May 12–13"),
        ([days((5, 12), (5, 12))], "12 мая", "May 12"),
        ([days((4, 30), (5, 2))], "30 апреля – 2 мая", "Apr 30 – May 2"),
        ([days((5, 1), (5, 1)), days((5, 3), (5, 4))], "1 мая, 3–4 мая", "May 1, May 3–4"),
        ([days((5, 12), (5, 13), 2025)], "12–13 мая 2025", "May 12–13, 2025"),
        (
            [days((5, n), (5, n)) for n in (1, 3, 5, 7)],
            "3 мая, 5 мая, 7 мая и раньше",
            "May 3, May 5, May 7 and earlier",
        ),
    ],
)
def test_a_count_with_gaps_is_at_least(missing: list[Days], russian: str, english: str) -> None:
    told = at_least(RU, 4, missing, TODAY).replace("\u00a0", " ")
    assert told == f"Не меньше 4: нет данных за {russian}"
    assert at_least(EN, 4, missing, TODAY).replace("\u00a0", " ") == f"At least 4: no data for {english}"


def test_a_day_is_not_torn_from_its_month() -> None:
    assert "12–13\u00a0мая" in at_least(RU, 4, [days((5, 12), (5, 13))], TODAY)


def test_every_doubt_has_its_words_in_both_languages() -> None:
    assert set(DOUBTS) == set(Doubt)
    for doubt in Doubt:
        one = Evidence(Sign.WORD, "скидкой", "распродажа", doubt)
        assert evidence_text(RU, [one]) != evidence_text(EN, [one])
        assert evidence_text(RU, [one]).startswith("«скидкой»: ")


def test_evidence_names_what_was_found_and_for_which_entry() -> None:
    word = Evidence(Sign.WORD, "скидкой", "распродажа", Doubt.RELATED)
    tag = Evidence(Sign.HASHTAG, "#партия2025года", "#партия2025", Doubt.GLUED)
    assert evidence_text(RU, [word, tag]) == (
        "«скидкой»: только рядом по смыслу с «распродажа»; #партия2025года: хештег длиннее"
    )
    assert evidence_text(RU, [Evidence(Sign.LINK, "zerno.example/old", "zerno.example/old")]) == (
        "zerno.example/old"
    )
    assert evidence_text(RU, []) == ""
