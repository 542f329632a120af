"""Dzen: subscribers and content of public channels, and what happens when its JSON is another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Part
from connectors.dzen import DzenConnector, parse_item, parse_more
from goals.model import PostKind
from tests.fakes.dzen import WALL, Channel, DzenFake, Piece, history
from tests.fakes.server import Reply
from tests.support.desk import NOW, Desk, code_of, target

HOUR = timedelta(hours=1)


@pytest.fixture
def fake() -> Iterator[DzenFake]:
    with DzenFake() as made:
        yield made


@pytest.fixture
def desk(fake: DzenFake) -> Desk:
    return Desk(DzenConnector, fake.url)


@pytest.mark.parametrize("handle", ["zerno", "id/" + "5f" * 12])
async def test_the_first_page_tells_who_and_how_many(fake: DzenFake, desk: Desk, handle: str) -> None:
    fake.add(Channel("zerno", "5f" * 12, "Зерно", 4812, about="Кофе\nt.me/zerno"))
    found = (await desk.read(target(handle)))[1, Part.PROFILE]
    assert (found.network_id, found.title, found.about) == ("5f" * 12, "Зерно", "Кофе\nt.me/zerno")
    assert [(figure.metric, figure.value) for figure in found.figures] == [("audience", 4812)]


async def test_pieces_of_all_kinds_have_the_figures_that_are_told(fake: DzenFake, desk: Desk) -> None:
    fake.add(Channel("zerno", "z", "Зерно", 10, [
        Piece("a1", NOW - 3 * HOUR, "Статья", "article", 50, 3, 1),
        Piece("b1", NOW - 2 * HOUR, "Пост", "brief", None, None),
        Piece("c1", NOW - HOUR, "Ролик", "short_video", 9, 0),
    ]))  # fmt: skip
    posts = (await desk.read(target("zerno")))[1, Part.POSTS].posts
    assert [(post.network_id, post.kind, dict(post.figures)) for post in posts] == [
        ("a1", PostKind.ARTICLE, {"views": 50, "likes": 3, "comments": 1}),
        ("b1", PostKind.POST, {}),
        ("c1", PostKind.CLIP, {"views": 9, "likes": 0}),
    ]
    assert posts[0].url == "https://dzen.ru/a/a1"


async def test_the_pages_that_follow_are_asked_of_the_same_host(fake: DzenFake, desk: Desk) -> None:
    fake.add(Channel("zerno", "z", "Зерно", 10, history(45, NOW)))
    found = (await desk.read(target("zerno")))[1, Part.POSTS]
    assert (len(found.posts), found.goes_on) == (45, False)
    assert [request.path for request in fake.requests][1:] == ["/api/v3/launcher/more"] * 2


async def test_after_a_wall_no_other_channel_is_tried(fake: DzenFake, desk: Desk) -> None:
    fake.script(WALL, times=None)
    found = await desk.read(*(target(f"c{n}", n) for n in range(12)))
    assert {code_of(each) for each in found.values()} == {"dzen.wall"}
    assert len(fake.requests) <= DzenConnector.at_once


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b'{"items": {}}'), "dzen.changed"),
        (Reply(b'{"items": [{"title": "x"}]}'), "dzen.changed"),
        (Reply(b'{"error": "x"}', 404), "dzen.not_found"),
    ],
)
async def test_another_shape_says_why(fake: DzenFake, desk: Desk, reply: Reply, code: str) -> None:
    fake.script(reply, times=None)
    found = await desk.read(target("zerno"))
    assert {code_of(each) for each in found.values()} == {code}


def test_names_of_other_years_are_known() -> None:
    item = {"publication_id": "x1", "type": "video", "publicationDate": 1_763_877_600_000,
            "socialInfo": {"likesCount": 4, "viewsCount": "1200"}}  # fmt: skip
    post = parse_item(item)
    assert post is not None
    assert post.when == datetime(2025, 11, 23, 6, tzinfo=UTC)
    assert dict(post.figures) == {"views": 1200, "likes": 4}


def test_a_link_to_more_that_is_none_ends_the_feed() -> None:
    assert [parse_more({"more": {"link": link}}) for link in (None, "", "https://x/", "//[x")] == [None] * 4


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
FIELDS = ["id", "type", "title", "text", "publication_date", "link", "stats", "views"]


@given(st.dictionaries(st.sampled_from(FIELDS), PLAIN | st.dictionaries(st.sampled_from(FIELDS), PLAIN)))
def test_any_item_is_read_or_left_out(item: dict[str, object]) -> None:
    post = parse_item(item)
    assert post is None or all(value >= 0 for value in post.figures.values())
