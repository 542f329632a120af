"""Answers of Odnoklassniki as values: what is absent stays absent, what is odd is left out and named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ok.parse import (
    ShapeError,
    parse_error,
    parse_group_number,
    parse_groups,
    parse_texts,
    parse_topics,
    parse_trends,
    parse_user_name,
)
from connectors.testing import NASTY_NAME

MOSCOW = ZoneInfo("Europe/Moscow")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["uid", "name", "members_count", "topics", "id", "created_ms", "views", "anchor", "has_more",
             "reach", "time", "value", "media_topics", "media", "type", "text", "objectId", "error_code"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
PARSERS: list[Callable[[object], object]] = [
    parse_groups, parse_topics, parse_texts, parse_user_name, parse_group_number,
    lambda answer: parse_trends(answer, MOSCOW),
]  # fmt: skip


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


@given(JSON)
def test_whatever_comes_is_read_or_refused(answer: object) -> None:
    parse_error(answer)
    for parse in PARSERS:
        try:
            parse(answer)
        except ShapeError:
            continue


def test_a_group_presents_itself() -> None:
    told = {"uid": "53100000000001", "name": NASTY_NAME, "shortname": "Zerno", "members_count": 4812}
    (group,) = parse_groups([told]).values()
    assert (group.id, group.handle, group.members, group.about) == ("53100000000001", "zerno", 4812, "")
    assert "\x1b" not in group.title


@pytest.mark.parametrize("members", [None, "many", -1, 1.5, True])
def test_members_that_are_no_count_are_absent(members: object) -> None:
    (group,) = parse_groups([{"uid": 7, "members_count": members}]).values()
    assert group.members is None
    assert (group.handle, group.title) == ("7", "")


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (ms(2026, 11, 21, 21), "Europe/Moscow", 22),  # midnight in Moscow
        (ms(2026, 11, 21, 21), "Europe/Kaliningrad", 22),
        (ms(2026, 11, 21, 21), "Asia/Vladivostok", 22),
        (ms(2026, 11, 22), "Europe/Moscow", 22),  # midnight in UTC
        (ms(2026, 11, 22), "Asia/Yekaterinburg", 22),
    ],
)
def test_a_day_is_the_accounts_day_whose_beginning_is_nearest(moment: int, zone: str, day: int) -> None:
    trends = parse_trends({"gid": "7", "reach": [{"time": moment, "value": 120}]}, ZoneInfo(zone))
    assert trends.figures == {("reach", date(2026, 11, day)): 120}


def test_only_figures_that_mean_the_same_are_ours() -> None:
    point = [{"time": ms(2026, 11, 21, 21), "value": 5}]
    theirs = ["reach", "page_visits", "new_members", "left_members", "members_count", "likes", "comments",
              "reshares", "engagement", "feedback", "renderings", "members_diff", "votes"]  # fmt: skip
    trends = parse_trends(dict.fromkeys(theirs, point), MOSCOW)
    assert {metric for metric, _day in trends.figures} == {
        "reach", "page_views", "joins", "leaves", "audience", "likes", "comments", "shares"
    }  # fmt: skip


def test_days_without_a_figure_are_absent_and_odd_ones_named() -> None:
    at = ms(2026, 11, 21, 21)
    trends = parse_trends(
        {"reach": [{"time": at}], "likes": [{"time": at, "value": "1,5K"}], "comments": None}, MOSCOW
    )
    assert (trends.figures, trends.odd) == ({}, ("likes",))


def test_a_page_of_posts() -> None:
    row = {
        "id": 150_000_000_000_001_234,
        "created_ms": ms(2026, 11, 22),
        "views": 12,
        "likes": 0,
        "reach": -3,
    }
    page = parse_topics({"topics": [row], "anchor": "n50", "has_more": True})
    (topic,) = page.topics
    assert topic.id == "150000000000001234"
    assert topic.when == datetime(2026, 11, 22, tzinfo=UTC)
    assert topic.figures == {"views": 12, "likes": 0}
    assert (page.anchor, page.has_more, page.odd) == ("n50", True, ("reach",))


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({"anchor": "n5"}, True),
        ({"anchor": "n5", "has_more": False}, False),
        ({"anchor": None}, False),
        ({}, False),
    ],
)
def test_whether_there_is_more(told: dict[str, object], more: bool) -> None:
    assert parse_topics({"topics": [], **told}).has_more is more


def test_the_text_of_a_post_is_its_text_parts() -> None:
    media = [
        {"type": "text", "text": "Новая\x1b[31m партия"},
        {"type": "photo"},
        {"type": "text", "text": "Ждём"},
    ]
    answer = {"media_topics": [{"id": "7", "media": media}, {"id": "8"}]}
    assert parse_texts(answer) == {"7": "Новая партия\nЖдём", "8": ""}


def test_only_a_link_of_a_group_leads_to_a_number() -> None:
    assert parse_group_number({"type": "GROUP", "objectId": 53_100_000_000_001}) == "53100000000001"
    assert parse_group_number({"type": "PROFILE", "objectId": 5}) is None


def test_an_error_is_told_from_an_answer() -> None:
    assert parse_error({"error_code": 103, "error_msg": "PARAM : x"}) == (103, "PARAM : x")
    assert parse_error({"error_code": "odd"}) == (0, "")
    assert parse_error([{"uid": "1"}]) is None
