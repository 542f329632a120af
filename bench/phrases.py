"""What reading a phrase costs, beside taking the same phrase apart into words."""

from __future__ import annotations

import json
import re
from datetime import date

from bench.harness import Budget, Sampler, cpu_ms, in_turn
from bench.world import ROOT, World
from goals.phrase import parse

_PHRASES = ROOT / "tests" / "goals" / "phrase" / "phrases.jsonl"
_TODAY = date(2026, 11, 23)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: So often are the words found, that both sides take their time.
_TIMES = 100


def _reading(_world: World) -> Sampler:
    phrases = [json.loads(line)["text"] for line in _PHRASES.read_text(encoding="utf-8").splitlines()]

    def ours() -> None:
        for phrase in phrases:
            parse(phrase, _TODAY)

    def base() -> None:
        for phrase in phrases * _TIMES:
            _WORD.findall(phrase.casefold())

    return in_turn(cpu_ms(ours), cpu_ms(base))


BUDGETS = (
    Budget("phrases-read", f"reading phrases / finding their words {_TIMES} times", 2.0, "ms", _reading),
)
