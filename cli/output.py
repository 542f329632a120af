"""What goes to stdout: tables for people, aligned by cells, and exact JSON for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum

from reports.values import plain_number

_GAP = "  "
_JOINER = "\u200d"
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def cell_width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    width = 0
    joined = False
    for char in text:
        if char == _JOINER:
            joined = True
            continue
        if not joined and ord(char) not in _SKIN_TONES and unicodedata.category(char) not in _ZERO_WIDTH:
            width += 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        joined = False
    return width


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to `width` cells, on its left where `right` aligns it."""
    spaces = " " * (width - cell_width(text))
    return spaces + text if right else text + spaces


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int] = ()) -> str:
    """Lines of aligned columns under their headers.

    Args:
        headers: one for each column.
        rows: the cells, as many as there are headers; an unknown value is «—».
        right: the indexes of the columns that are aligned to the right (numbers).
    """
    lines = [list(headers), *(list(row) for row in rows)]
    widths = [max(cell_width(line[column]) for line in lines) for column in range(len(headers))]
    return "\n".join(
        _GAP.join(
            padded(cell, width, right=column in right)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def json_ready(value: object) -> object:
    """The value in JSON's own types, exactly.

    Days are ISO dates, moments ISO 8601 with their offset, floats are plain numbers (`reports.values`),
    named tuples and other sequences are lists. Raises TypeError for
    what has no such form.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return json_ready(value.value)
    if isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [json_ready(item) for item in value]
    raise TypeError(f"no JSON for {type(value).__name__}")


def json_text(value: object, *, ascii_only: bool = False) -> str:
    """One JSON document on one line; with `ascii_only` other letters stand in it as escapes."""
    import json

    return json.dumps(json_ready(value), ensure_ascii=ascii_only, allow_nan=False)
