"""What is read out of the answers of YouTube: figures, kinds, moments, and nothing of what is not there."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import FetchedPost
from connectors.youtube.errors import parse_refusal
from connectors.youtube.parse import (
    parse_channels,
    parse_days,
    parse_duration,
    parse_uploads,
    parse_videos,
)
from connectors.youtube.uploads import Cursor, parse_cursor
from goals.model import Exactness, PostKind, PostState
from tests.fakes.youtube import channel_id

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["items", "id", "snippet", "statistics", "rows", "columnHeaders", "error", "errors"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def channel(**statistics: object) -> dict[str, Any]:
    return {"items": [{"id": channel_id(1), "snippet": {"title": "Зерно"}, "statistics": statistics}]}


def video(item: dict[str, Any] | None = None, **snippet: object) -> FetchedPost:
    made = {
        "id": "abcdefghijk",
        "snippet": {"publishedAt": "2026-11-20T10:00:00Z", "liveBroadcastContent": "none", **snippet},
        "contentDetails": {"duration": "PT45S"},
        **(item or {}),
    }
    return parse_videos({"items": [made]})[0]


def player(width: int, height: int) -> dict[str, str]:
    return {"embedWidth": str(width), "embedHeight": str(height)}


@pytest.mark.parametrize(
    ("shown", "count", "exactness"),
    [
        ("0", 0, Exactness.EXACT),
        ("999", 999, Exactness.EXACT),
        ("1000", 1000, Exactness.ROUNDED),
        ("1230000", 1_230_000, Exactness.ROUNDED),
    ],
)
def test_subscribers_are_rounded_from_a_thousand_on(shown: str, count: int, exactness: Exactness) -> None:
    told = parse_channels(channel(subscriberCount=shown, hiddenSubscriberCount=False))[0]
    assert (told.subscribers, told.exactness, told.hidden) == (count, exactness, False)


def test_hidden_subscribers_are_not_zero() -> None:
    told = parse_channels(channel(subscriberCount="0", hiddenSubscriberCount=True))[0]
    assert (told.subscribers, told.hidden) == (None, True)
    told = parse_channels(channel())[0]
    assert (told.subscribers, told.hidden) == (None, False)


def test_a_recorded_answer_is_read(shared_dir: Path) -> None:
    answer = json.loads((shared_dir / "samples" / "youtube_channels_list.json").read_text("utf-8"))
    channels = parse_channels(answer)
    google = next(channel for channel in channels if channel.handle == "google")
    assert len(channels) == len(answer["items"])
    assert (google.title, google.subscribers, google.uploads) == (
        "Google",
        10_700_000,
        "UUK8sQmJBp8GCxrOtXWBpyEA",
    )


def test_counts_that_are_absent_have_no_figure() -> None:
    assert video({"statistics": {"viewCount": "7", "commentCount": "0"}}).figures == {
        "views": 7,
        "comments": 0,
    }
    assert video().figures == {}


@pytest.mark.parametrize(
    ("width", "height", "duration", "published", "kind"),
    [
        (405, 720, "PT45S", "2026-11-20T10:00:00Z", PostKind.CLIP),
        (720, 720, "PT3M", "2026-11-20T10:00:00Z", PostKind.CLIP),
        (405, 720, "PT3M1S", "2026-11-20T10:00:00Z", PostKind.VIDEO),
        (1280, 720, "PT45S", "2026-11-20T10:00:00Z", PostKind.VIDEO),
        (405, 720, "PT2M", "2024-10-14T10:00:00Z", PostKind.VIDEO),
        (405, 720, "PT1M", "2024-10-14T10:00:00Z", PostKind.CLIP),
    ],
)
def test_a_short_is_upright_and_short_enough(
    width: int, height: int, duration: str, published: str, kind: PostKind
) -> None:
    item = {"player": player(width, height), "contentDetails": {"duration": duration}}
    assert video(item, publishedAt=published).kind is kind


def test_without_a_shape_it_is_a_video() -> None:
    assert video().kind is PostKind.VIDEO


def test_a_stream_is_told_from_its_broadcast() -> None:
    live = {"actualStartTime": "2026-11-20T11:00:00Z"}
    told = video({"liveStreamingDetails": live, "player": player(405, 720)})
    assert (told.kind, told.state) == (PostKind.STREAM, PostState.PUBLISHED)
    assert told.when == datetime(2026, 11, 20, 11, tzinfo=UTC)


@pytest.mark.parametrize(("duration", "kind"), [("P0D", PostKind.STREAM), ("PT5M", PostKind.VIDEO)])
def test_what_is_announced_is_planned(duration: str, kind: PostKind) -> None:
    item = {
        "liveStreamingDetails": {"scheduledStartTime": "2026-12-01T16:00:00Z"},
        "contentDetails": {"duration": duration},
        "statistics": {"viewCount": "0"},
    }
    told = video(item, liveBroadcastContent="upcoming")
    assert (told.kind, told.state, told.figures) == (kind, PostState.PLANNED, {})
    assert told.when == datetime(2026, 12, 1, 16, tzinfo=UTC)


def test_an_announcement_without_its_time_is_left_out() -> None:
    item = {
        "id": "abc",
        "snippet": {"publishedAt": "2026-11-20T10:00:00Z", "liveBroadcastContent": "upcoming"},
    }
    assert parse_videos({"items": [item]}) == []


def test_a_report_is_read_by_its_heads() -> None:
    heads = [{"name": name} for name in ("subscribersLost", "day", "subscribersGained")]
    answer = {"columnHeaders": heads, "rows": [[2, "2026-11-01", 9], [None, "2026-11-02", 4], [1, "junk", 1]]}
    assert parse_days(answer) == {
        date(2026, 11, 1): {"joins": 9, "leaves": 2},
        date(2026, 11, 2): {"joins": 4},
    }
    assert parse_days({"columnHeaders": heads}) == {}


@given(st.integers(0, 9), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_durations(days: int, hours: int, minutes: int, seconds: int) -> None:
    told = parse_duration(f"P{days}DT{hours}H{minutes}M{seconds}S")
    assert told == timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "4:13", None, 253, "PT-4M"])
def test_no_durations(text: object) -> None:
    assert parse_duration(text) is None


@given(JSON)
def test_no_answer_breaks_the_parser(answer: object) -> None:
    wrapped = {"items": [answer], "rows": [answer], "columnHeaders": answer, "error": answer}
    for told in (answer, wrapped):
        parse_channels(told)
        parse_uploads(told)
        parse_videos(told)
        parse_days(told)
        assert parse_refusal(told, 403)[0].code.startswith("youtube.")


MOMENTS = st.datetimes(min_value=datetime(2005, 1, 1), timezones=st.just(UTC)) | st.none()  # noqa: DTZ001


@given(MOMENTS, st.text(min_size=1, max_size=9) | st.none(), MOMENTS, st.dates() | st.none())
def test_a_cursor_comes_back_as_it_was(
    seen: datetime | None, back: str | None, floor: datetime | None, until: date | None
) -> None:
    cursor = Cursor(seen, back, floor, until)
    assert parse_cursor(cursor.dump()) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "junk",
        "[]",
        '{"v": 2}',
        '{"v": 1, "seen": 5}',
        '{"v": 1, "seen": "2026-01-01T00:00:00"}',
        '{"v": 1, "back": 3}',
    ],
)
def test_a_cursor_of_nonsense_is_none(text: str) -> None:
    assert parse_cursor(text) == Cursor()
