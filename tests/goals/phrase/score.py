"""Scoring of phrases with known truths: a field is right when it equals the truth or an accepted value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 23)
FIELDS = ("network", "metric", "kind", "amount", "unit", "topic", "period", "deadline", "missing")
_ARTICLES = {"the", "a", "an", "наш", "наша"}

Values = dict[str, object]
Parser = Callable[[str, date], Values]


@dataclass(frozen=True)
class Score:
    """How many phrases there are, which are wrong and where, as sentences for a failing test."""

    phrases: int
    wrong: dict[str, list[str]]

    def share(self, *fields: str) -> float:
        """The share of phrases with each of these fields right (all nine where none is named)."""
        bad = {text for field in fields or FIELDS for text in self.wrong[field]}
        return 1 - len(bad) / self.phrases


def records(path: Path) -> list[Values]:
    """The phrases of a file with their truths."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(phrases: list[Values], parser: Parser) -> Score:
    """What the parser gets right of the phrases."""
    wrong: dict[str, list[str]] = {field: [] for field in FIELDS}
    for phrase in phrases:
        text = str(phrase["text"])
        got = parser(text, TODAY)
        for field in FIELDS:
            if not _is_right(phrase, got, field):
                wrong[field].append(f"{text}: {field} is {got[field]!r}, not {phrase[field]!r}")
    return Score(len(phrases), wrong)


def _is_right(phrase: Values, got: Values, field: str) -> bool:
    others = phrase.get("accept") or []
    assert isinstance(others, list)
    wanted = [phrase[field], *(other[field] for other in others if field in other)]
    return any(_same(field, want, got[field]) for want in wanted)


def _same(field: str, want: object, got: object) -> bool:
    if field == "missing":
        assert isinstance(want, list)
        assert isinstance(got, list)
        return sorted(want) == sorted(got)
    if field == "topic":
        return _stems(want) == _stems(got)
    if field == "amount" and isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) <= max(0.005, 0.01 * abs(want))
    return want == got


def _stems(topic: object) -> list[str]:
    words = re.findall(r"\w+", str(topic or "").lower().replace("ё", "е"))
    return [word[:4] for word in words if word not in _ARTICLES]
