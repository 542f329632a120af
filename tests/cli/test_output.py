"""Tables by cell width, JSON by exact values."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.output import cell_width, json_ready, json_text, table
from goals.model import Exactness


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("Кофейня", 7),
        ("漢字", 4),
        ("й", 1),
        ("и\u0306", 1),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("🇷🇺", 2),
        ("a\u200bb", 2),
    ],
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert cell_width(text) == cells


def test_columns_are_aligned() -> None:
    assert table(("имя", "n"), [("漢字", "5"), ("Зерно", "4 812")], right={1}).splitlines() == [
        "имя        n",
        "漢字       5",
        "Зерно  4 812",
    ]


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5))
def test_every_second_column_begins_at_one_cell(rows: list[tuple[str, str]]) -> None:
    rows = [tuple(cell.replace("\n", "").replace("\r", "") for cell in row) for row in rows]  # type: ignore[misc]
    width = max([1, *(cell_width(first) for first, _second in rows)])
    for line, (first, second) in zip(table(("a", "b"), rows).split("\n")[1:], rows, strict=True):
        assert line == (first + " " * (width - cell_width(first) + 2) + second).rstrip()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 23), '"2026-11-23"'),
        (datetime(2026, 11, 23, 6, 0, 1, tzinfo=UTC), '"2026-11-23T06:00:01+00:00"'),
        (datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=3))), '"2026-11-23T09:00:00+03:00"'),
        (4812.0, "4812"),
        (-0.5, "-0.5"),
        (6896.400000000001, "6896.4"),
        (2.999999999999999999, "3"),
        (0.123456789012345012345, "0.123456789"),
        (True, "true"),
        (None, "null"),
        (Exactness.ROUNDED, '"rounded"'),
        ({"имя": ("а", 1.0)}, '{"имя": ["а", 1]}'),
        ((n for n in (1, 2)), "[1, 2]"),
    ],
)
def test_json_values(value: object, text: str) -> None:
    assert json_text(value) == text


def test_json_for_a_terminal_without_utf8() -> None:
    text = json_text({"a": "Зерно 🙂"}, ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == {"a": "Зерно 🙂"}


def test_no_json_for_what_has_no_form() -> None:
    with pytest.raises(TypeError):
        json_ready(object())
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(math.inf)
