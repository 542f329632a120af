"""Rutube: subscribers and videos of public channels, and what happens when its JSON is another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Part, TroubleKind
from connectors.rutube import LIKED, RutubeConnector, parse_moment, parse_video
from goals.model import PostKind, PostState
from tests.fakes.rutube import Channel, RutubeFake, Video, history
from tests.fakes.server import Reply
from tests.support.desk import NOW, Desk, code_of, target

HOUR = timedelta(hours=1)


@pytest.fixture
def fake() -> Iterator[RutubeFake]:
    with RutubeFake() as made:
        yield made


@pytest.fixture
def desk(fake: RutubeFake) -> Desk:
    return Desk(RutubeConnector, fake.url)


async def test_the_card_tells_who_and_how_many(fake: RutubeFake, desk: Desk) -> None:
    fake.add(Channel(7, "Зерно", 4812, slug="zerno", about="Кофе"))
    found = (await desk.read(target("zerno")))[1, Part.PROFILE]
    assert (found.network_id, found.title, found.about) == ("7", "Зерно", "Кофе")
    assert [(figure.metric, figure.value) for figure in found.figures] == [("audience", 4812)]


async def test_videos_have_views_and_the_newest_likes(fake: RutubeFake, desk: Desk) -> None:
    fake.add(Channel(7, "Зерно", 10, [
        Video("a", NOW - 40 * 24 * HOUR, "Старое", 5, 9),
        Video("b", NOW - 3 * HOUR, "Короткое", 7, 2, shorts=True),
        Video("c", NOW - 2 * HOUR, "Эфир", None, None, live=True),
        Video("d", NOW - HOUR, "Скрытое", hidden=True),
    ]))  # fmt: skip
    posts = (await desk.read(target("7")))[1, Part.POSTS].posts
    assert [(post.network_id, post.kind, dict(post.figures)) for post in posts] == [
        ("a", PostKind.VIDEO, {"views": 5}),
        ("b", PostKind.CLIP, {"views": 7, "likes": 2}),
        ("c", PostKind.STREAM, {}),
    ]
    assert posts[1].when == NOW - 3 * HOUR
    assert posts[1].url == "https://rutube.ru/video/b/"


async def test_likes_cost_a_call_a_video_and_are_few(fake: RutubeFake, desk: Desk) -> None:
    fake.add(Channel(7, "Зерно", 10, history(60, NOW, HOUR)))
    await desk.read(target("7"))
    votes = [request for request in fake.requests if "numerator" in request.path]
    assert len(votes) == LIKED
    assert len(fake.requests) == 1 + 3 + LIKED


async def test_the_past_ends_with_the_day_wanted_or_the_last_page(fake: RutubeFake, desk: Desk) -> None:
    fake.add(Channel(7, "Зерно", 10, history(50, NOW)))
    whole = (await desk.read(target("7")))[1, Part.POSTS]
    assert (len(whole.posts), whole.goes_on) == (50, False)
    since = date(2026, 11, 20)
    recent = (await desk.read(target("7", since=since)))[1, Part.POSTS]
    assert recent.complete_since[PostState.PUBLISHED, PostKind.VIDEO] == since
    assert all(post.when.date() >= date(2026, 11, 19) for post in recent.posts)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"<html>captcha</html>", content_type="text/html"), "rutube.wall"),
        (Reply(status=403), "rutube.wall"),
        (Reply(status=302, headers={"Location": "https://id.example/login"}), "rutube.wall"),
        (Reply(b'{"id": "seven"}'), "rutube.changed"),
        (Reply(b'{"detail": "Not found."}', 404), "rutube.not_found"),
    ],
)
async def test_another_page_says_why(fake: RutubeFake, desk: Desk, reply: Reply, code: str) -> None:
    fake.script(reply, times=None)
    found = await desk.read(target("7"))
    assert {code_of(each) for each in found.values()} == {code}


async def test_figures_that_are_gone_are_told_and_never_zero(fake: RutubeFake, desk: Desk) -> None:
    fake.add(Channel(7, "Зерно", None))
    another = Reply(b'{"results": [{"title": "x"}]}')
    fake.script(another, when=lambda request: "/video/person/" in request.path)
    found = await desk.read(target("7"))
    assert [code_of(found[1, part]) for part in (Part.PROFILE, Part.POSTS)] == ["rutube.changed"] * 2
    assert not found[1, Part.PROFILE].figures
    trouble = found[1, Part.POSTS].trouble
    assert trouble is not None
    assert trouble.kind is TroubleKind.RETRY


def test_a_moment_without_an_offset_is_of_moscow() -> None:
    assert parse_moment("2026-11-23T09:00:00") == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert parse_moment("2026-11-23T09:00:00+05:00") == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert [parse_moment(value) for value in (None, 5, "вчера", "0001-01-01")] == [None] * 4


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
FIELDS = ["id", "title", "description", "hits", "publication_ts", "is_hidden", "is_livestream"]


@given(st.dictionaries(st.sampled_from(FIELDS), PLAIN))
def test_any_video_is_read_or_left_out(result: dict[str, object]) -> None:
    post = parse_video(result)
    assert post is None or all(value >= 0 for value in post.figures.values())
