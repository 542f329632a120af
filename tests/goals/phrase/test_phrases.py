"""Phrases with known truths: the project's own, and those beside the checkout where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from goals.phrase import parse
from tests.goals.phrase.score import FIELDS, Score, records, score

OWN = records(Path(__file__).parent / "phrases.jsonl")
#: Least share of phrases with all nine fields right, and with the deadline right.
ALL_FIELDS = 0.95
DEADLINE = 0.98


def _holds(found: Score) -> None:
    told = "\n".join(line for lines in found.wrong.values() for line in lines)
    assert found.share() >= ALL_FIELDS, told
    assert found.share("deadline") >= DEADLINE, told


def test_own_phrases_are_understood() -> None:
    assert len(OWN) >= 180
    _holds(score(OWN, parse))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_both_languages_are_understood_alike(lang: str) -> None:
    _holds(score([phrase for phrase in OWN if phrase["lang"] == lang], parse))


def test_phrases_beside_the_checkout_are_understood(shared_dir: Path) -> None:
    path = shared_dir / "data" / "goal_phrases.jsonl"
    if not path.is_file():
        pytest.skip("SKIPPED LOUDLY: ../shared/data/goal_phrases.jsonl is not there")
    _holds(score(records(path), parse))


def test_a_parser_that_understands_nothing_fails() -> None:
    nothing: dict[str, object] = dict.fromkeys(FIELDS) | {"missing": ["S", "M", "T"]}
    assert score(OWN, lambda _text, _today: nothing).share() < 0.2
