"""What Instagram's answers say, however they are built."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.instagram.parse import (
    POST_METRICS,
    parse_account,
    parse_days,
    parse_insights,
    parse_media,
    parse_pages,
    parse_usage,
)

_USE = {"total_time": 99, "estimated_time_to_regain_access": 7}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("data", "id", "values", "value", "name", "paging", "cursors", "timestamp")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_nothing_odd_breaks_a_parser(value: object) -> None:
    parse_account(value)
    parse_pages(value)
    parse_days(value)
    page = parse_media(value, asks_next=False)
    assert all(count >= 0 for post in page.posts for count in post.figures.values())
    assert all(count >= 0 for count in parse_insights(value, POST_METRICS).values())
    assert parse_usage({"x-app-usage": json.dumps(value)}).percent >= 0


def test_an_empty_set_is_no_zero() -> None:
    assert parse_insights({"data": []}, POST_METRICS) == {}
    assert parse_days({"data": []}) == {}


def test_both_forms_of_a_figure_are_read() -> None:
    data = [
        {"name": "views", "values": [{"value": 5}]},
        {"name": "saved", "total_value": {"value": 2}},
        {"name": "reach", "values": []},
        {"name": "shares", "values": [{"value": {"FOLLOWER": 1}}]},
    ]
    assert parse_insights({"data": data}, POST_METRICS) == {"views": 5, "saves": 2}


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2026-11-22T08:00:00+0000", date(2026, 11, 21)),
        ("2026-07-22T07:00:00+0000", date(2026, 7, 21)),
    ],
)
def test_a_day_ends_at_midnight_of_the_pacific(end: str, day: date) -> None:
    answer = {"data": [{"name": "reach", "values": [{"value": 3, "end_time": end}]}]}
    assert parse_days(answer) == {("reach", day): 3}


def test_an_advertisement_is_no_post() -> None:
    item = {"id": "1", "timestamp": "2026-11-22T08:00:00+0000", "media_product_type": "AD"}
    page = parse_media({"data": [item]}, asks_next=True)
    assert (page.posts, page.is_empty, page.older) == ([], False, None)


def test_a_page_name_that_could_be_a_field_is_none() -> None:
    told = {"data": [], "paging": {"cursors": {"after": "x){id}"}, "next": "https://x"}}
    assert parse_media(told, asks_next=False).older is None


@pytest.mark.parametrize(
    ("headers", "percent", "minutes"),
    [
        ({}, 0, 0),
        ({"x-app-usage": '{"call_count": 28, "total_time": 97.5}'}, 97.5, 0),
        ({"x-app-usage": "{", "x-business-use-case-usage": "[1]"}, 0, 0),
        (
            {"x-business-use-case-usage": json.dumps({"1": [_USE]})},
            99,
            7,
        ),
    ],
)
def test_what_is_used_up(headers: dict[str, str], percent: float, minutes: int) -> None:
    usage = parse_usage(headers)
    assert (usage.percent, usage.minutes) == (percent, minutes)
