"""JSON as the standard has it, and nothing that Python alone would take."""

from __future__ import annotations

import json
import math


def parse_json(body: bytes) -> object:
    """Strict JSON: no NaN, no Infinity, no number that becomes one, no endless nesting.

    Raises:
        ValueError: for whatever is not that.
    """
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("number too large")
    return value
