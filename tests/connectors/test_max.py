"""MAX: subscribers and posts through the Bot API, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Part, Secret, Token, TokenKind, TroubleKind
from connectors.max import PAGES_A_RUN, MaxConnector, parse_message, parse_messages, parse_moment
from goals.model import Exactness, PostKind, PostState
from tests.fakes.max import BOT_TOKEN, Channel, MaxFake, Message, history
from tests.fakes.server import Reply
from tests.support.desk import MOSCOW, NOW, Desk, code_of, target

BOT = Token("zerno-max", TokenKind.BOT, Secret(BOT_TOKEN))


@pytest.fixture
def fake() -> Iterator[MaxFake]:
    with MaxFake() as made:
        yield made


@pytest.fixture
def desk(fake: MaxFake) -> Desk:
    return Desk(MaxConnector, fake.url, [BOT])


async def test_the_card_tells_who_and_how_many(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 4812, about="Кофе\nt.me/zerno"))
    found = (await desk.read(target("zerno")))[1, Part.PROFILE]
    assert (found.network_id, found.handle, found.title, found.about) == (
        "-7",
        "zerno",
        "Зерно",
        "Кофе\nt.me/zerno",
    )
    (figure,) = found.figures
    assert (figure.metric, figure.value, figure.exactness) == ("audience", 4812, Exactness.EXACT)


async def test_a_message_is_a_post_with_its_views(fake: MaxFake, desk: Desk) -> None:
    fake.add(
        Channel(-7, "zerno", "Зерно", 10, [
            Message("m1", NOW - timedelta(hours=3), "", None, forwarded="Чужой текст"),
            Message("m2", NOW - timedelta(hours=2), "", 5, video=True),
            Message("m3", NOW - timedelta(hours=1), "Новая партия", 0),
        ])
    )  # fmt: skip
    posts = (await desk.read(target("zerno")))[1, Part.POSTS].posts
    assert [(p.network_id, p.kind, p.text, dict(p.figures)) for p in posts] == [
        ("m1", PostKind.POST, "Чужой текст", {}),
        ("m2", PostKind.VIDEO, "", {"views": 5}),
        ("m3", PostKind.POST, "Новая партия", {"views": 0}),
    ]
    assert posts[2].url == "https://max.ru/zerno/m3"


async def test_the_past_is_read_page_by_page_to_its_end(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 10, history(250, NOW)))
    found = (await desk.read(target("zerno")))[1, Part.POSTS]
    assert len(found.posts) == 250
    assert not found.goes_on
    first_day = found.posts[0].when.astimezone(MOSCOW).date()
    assert found.complete_since[PostState.PUBLISHED, PostKind.POST] == first_day


async def test_later_runs_read_what_is_new(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 10, history(450, NOW)))
    since = date(2026, 11, 20)
    found = (await desk.read(target("zerno", since=since)))[1, Part.POSTS]
    assert found.complete_since[PostState.PUBLISHED, PostKind.POST] == since
    assert found.requests + 1 == len(fake.requests)
    assert len(fake.requests) == 2


async def test_a_long_past_goes_on_in_the_next_run(fake: MaxFake, desk: Desk) -> None:
    count = 100 * PAGES_A_RUN + 300
    fake.add(Channel(-7, "zerno", "Зерно", 10, history(count, NOW, timedelta(hours=1))))
    first = (await desk.read(target("zerno")))[1, Part.POSTS]
    assert first.goes_on
    assert first.cursor is not None
    again = target("zerno", since=date(2026, 11, 22), cursors={"posts": first.cursor})
    second = (await desk.read(again))[1, Part.POSTS]
    assert not second.goes_on
    assert len({post.network_id for post in (*first.posts, *second.posts)}) == count


async def test_a_bot_outside_the_channel_still_counts_its_subscribers(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 10, has_bot=False))
    found = await desk.read(target("zerno"))
    assert code_of(found[1, Part.PROFILE]) is None
    assert code_of(found[1, Part.POSTS]) == "max.not_in_channel"


async def test_a_refused_token_is_not_tried_for_every_channel(fake: MaxFake, desk: Desk) -> None:
    old = Token("old", TokenKind.BOT, Secret("canary"))
    found = await desk.read(*(target(f"c{n}", n) for n in range(20)), tokens=[old])
    assert {code_of(each) for each in found.values()} == {"max.bad_token"}
    assert len(fake.requests) <= MaxConnector.at_once


async def test_a_group_chat_is_no_channel(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 10, kind="dialog"))
    found = (await desk.read(target("zerno")))[1, Part.PROFILE]
    assert (code_of(found), found.trouble and found.trouble.kind) == ("max.not_channel", TroubleKind.SKIP)


async def test_without_a_token_both_parts_are_closed(desk: Desk) -> None:
    routes = desk.connector(tokens=[]).routes(target("zerno"))
    assert [(route.part, route.needs) for route in routes] == [
        (Part.PROFILE, (TokenKind.BOT,)),
        (Part.POSTS, (TokenKind.BOT,)),
    ]


async def test_a_token_is_checked_with_one_call(fake: MaxFake, desk: Desk) -> None:
    connector = desk.connector()
    good = await connector.check(BOT)
    bad = await connector.check(Token("old", TokenKind.BOT, Secret("canary")))
    wrong = await connector.check(Token("key", TokenKind.KEY, Secret("canary")))
    await connector.aclose()
    assert (good.ok, good.name) == (True, "zerno_bot")
    assert [each.trouble.code for each in (bad, wrong) if each.trouble] == ["max.bad_token", "max.token_kind"]
    assert len(fake.requests) == 2


async def test_a_body_that_is_no_list_of_messages_ends_the_reading(fake: MaxFake, desk: Desk) -> None:
    fake.add(Channel(-7, "zerno", "Зерно", 10))
    fake.script(Reply(b'{"messages": "none"}'), when=lambda request: request.path == "/messages")
    found = (await desk.read(target("zerno")))[1, Part.POSTS]
    assert (code_of(found), list(found.posts)) == (None, [])


def test_moments_come_in_seconds_or_milliseconds() -> None:
    moment = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert parse_moment(int(moment.timestamp())) == parse_moment(int(moment.timestamp()) * 1000) == moment
    assert [parse_moment(value) for value in (None, True, "1", 0, -5, 10**18)] == [None] * 6


NAMES = st.sampled_from(["messages", "body", "mid", "timestamp", "stat", "views", "link", "text", "url"])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON))
def test_any_answer_is_read_without_failing(answer: dict[str, object]) -> None:
    page = parse_messages(answer)
    assert page.is_empty or page.posts is not None
    post = parse_message(answer)
    assert post is None or "views" not in post.figures or post.figures["views"] >= 0
