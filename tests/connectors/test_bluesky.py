"""The Bluesky connector: figures, filters, paging, what is left out, limits and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Part, Secret, Token, TokenKind, TroubleKind
from connectors.bluesky import BlueskyConnector, parse_feed, parse_figures, parse_item, parse_profiles
from goals.model import Exactness, PostKind, PostState
from tests.fakes.bluesky import Account, BlueskyFake, Post, feed_item, history
from tests.fakes.server import Reply
from tests.support.network_desk import MOSCOW, NOW, NetworkDesk, target, trouble_code

HANDLE = "zerno.bsky.social"
NEWEST = NOW - timedelta(hours=1)


@pytest.fixture
def bluesky() -> Iterator[BlueskyFake]:
    """A Bluesky on loopback."""
    with BlueskyFake() as running:
        yield running


@pytest.fixture
def here(bluesky: BlueskyFake) -> NetworkDesk:
    """A connector on it."""
    return NetworkDesk(BlueskyConnector, bluesky.url)


def account(count: int = 5, handle: str = HANDLE, number: int = 1) -> Account:
    return Account(handle, number, "Зерно", "t.me/zerno", 481, history(count, NEWEST))


async def test_what_is_told_of_an_account(bluesky: BlueskyFake, here: NetworkDesk) -> None:
    made = bluesky.add(account())
    found = await here.read(target(HANDLE))
    profile, posts = found[1, Part.PROFILE], found[1, Part.POSTS]
    assert (profile.network_id, profile.handle, profile.title) == (made.did, HANDLE, "Зерно")
    assert profile.about == "t.me/zerno"
    [audience] = profile.figures
    assert (audience.metric, audience.day, audience.value) == ("audience", date(2026, 11, 24), 481)
    assert audience.exactness is Exactness.EXACT
    newest = posts.posts[-1]
    assert newest.figures == {"likes": 9, "shares": 3, "comments": 1, "saves": 4}
    assert newest.url == f"https://bsky.app/profile/{made.did}/post/{newest.network_id}"
    assert (profile.requests, posts.requests) == (1, 1)
    assert posts.complete_since[PostState.PUBLISHED, PostKind.POST] == date(2026, 11, 22)


async def test_reposts_and_replies_are_left_out(bluesky: BlueskyFake, here: NetworkDesk) -> None:
    own = Post("3kown", NEWEST, "Своё")
    answer = Post("3kreply", NEWEST + timedelta(minutes=1), "Ответ", reply=True)
    other = Post("3kother", NEWEST + timedelta(minutes=2), "Чужое", reposted=True)
    bluesky.add(Account(HANDLE, 1, followers=1, posts=[own, answer, other]))
    posts = (await here.read(target(HANDLE)))[1, Part.POSTS].posts
    assert [post.network_id for post in posts] == ["3kown"]
    assert bluesky.requests[-1].query["filter"] == "posts_no_replies"
    did = bluesky.accounts[HANDLE].did
    assert parse_item(feed_item(bluesky.accounts[HANDLE], answer), did) is None


@pytest.mark.parametrize("empty_last", [False, True])
async def test_both_ends_of_a_feed(here: NetworkDesk, bluesky: BlueskyFake, empty_last: bool) -> None:
    bluesky.empty_last = empty_last
    bluesky.add(account(200))
    posts = (await here.read(target(HANDLE)))[1, Part.POSTS]
    assert len(posts.posts) == 200
    assert not posts.goes_on
    assert posts.requests == (3 if empty_last else 2)


async def test_a_repeated_cursor_ends_the_feed(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    made = bluesky.add(account(3))
    page = b'{"feed": [], "cursor": "again"}'
    bluesky.script(Reply(page), when=lambda r: r.path.endswith("getAuthorFeed"), times=None)
    posts = (await here.read(target(made.handle)))[1, Part.POSTS]
    assert list(posts.posts) == []
    assert posts.requests == 1


async def test_a_page_of_reposts_alone_is_no_end(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    posts = history(5, NEWEST - timedelta(days=9))
    shared = [Post(f"3s{n:03d}", NEWEST - timedelta(minutes=n), reposted=True) for n in range(100)]
    bluesky.add(Account(HANDLE, 1, followers=1, posts=[*posts, *shared]))
    assert len((await here.read(target(HANDLE)))[1, Part.POSTS].posts) == 5


async def test_reading_stops_at_the_wanted_day(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    bluesky.add(account(900))
    since = date(2026, 11, 20)
    posts = (await here.read(target(HANDLE, since=since)))[1, Part.POSTS]
    assert posts.requests == 1
    assert min(post.when.astimezone(MOSCOW).date() for post in posts.posts) == since
    assert posts.complete_since[PostState.PUBLISHED, PostKind.VIDEO] == since


async def test_profiles_go_by_25_and_those_left_out_are_told(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    targets = []
    for n in range(30):
        bluesky.add(account(1, f"kofe{n}.bsky.social", n))
        targets.append(target(f"kofe{n}.bsky.social", n, parts=frozenset({Part.PROFILE})))
    bluesky.accounts["kofe7.bsky.social"].gone = True
    found = await here.read(*targets)
    assert [len(actors) for actors in bluesky.asked] == [25, 5]
    assert {key: trouble_code(r) for (key, _), r in found.items() if r.trouble} == {7: "bluesky.not_found"}
    assert sum(result.requests for result in found.values()) == 2


async def test_a_handle_that_the_network_refuses_fails_alone(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    bluesky.add(account())
    bluesky.add(account(2, "svecha.ru", 2))
    odd = target("odd", 3, network_id="odd")
    found = await here.read(target(HANDLE, 1), target("svecha.ru", 2), odd, target("no spaces here", 4))
    codes = {key: trouble_code(result) for (key, part), result in found.items() if part is Part.PROFILE}
    assert codes == {1: None, 2: None, 3: "bluesky.refused", 4: "bluesky.not_found"}
    assert all("no spaces here" not in actors for actors in bluesky.asked)


async def test_a_known_account_is_found_under_its_new_handle(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    made = bluesky.add(account(1, "zerno.ru"))
    profile = (await here.read(target(HANDLE, network_id=made.did)))[1, Part.PROFILE]
    assert (profile.trouble, profile.handle) == (None, "zerno.ru")


async def test_an_account_that_goes_between_two_calls(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    bluesky.add(account())
    gone = Reply(b'{"error": "InvalidRequest", "message": "Profile not found"}', 400)
    bluesky.script(gone, when=lambda r: r.path.endswith("getAuthorFeed"))
    found = await here.read(target(HANDLE))
    assert trouble_code(found[1, Part.PROFILE]) is None
    trouble = found[1, Part.POSTS].trouble
    assert trouble is not None
    assert (trouble.code, trouble.kind) == ("bluesky.not_found", TroubleKind.SKIP)


async def test_a_limit_is_waited_out_as_the_headers_say(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    bluesky.add(account())
    reset = str(int((datetime.now(UTC) + timedelta(seconds=31)).timestamp()))
    bluesky.script(Reply(b"{}", 429, headers={"RateLimit-Reset": reset, "RateLimit-Remaining": "0"}))
    found = await here.read(target(HANDLE))
    assert trouble_code(found[1, Part.POSTS]) is None
    assert 20 < max(here.pauses) <= 31


async def test_a_long_limit_is_for_all_accounts(here: NetworkDesk, bluesky: BlueskyFake) -> None:
    for n in range(60):
        bluesky.add(account(1, f"kofe{n}.bsky.social", n))
    far = str(int((datetime.now(UTC) + timedelta(seconds=280)).timestamp()))
    bluesky.script(Reply(b"{}", 429, headers={"RateLimit-Reset": far}), times=None)
    found = await here.read(*(target(f"kofe{n}.bsky.social", n) for n in range(60)))
    assert {trouble_code(result) for result in found.values()} == {"http.rate_limited"}
    assert len(bluesky.requests) <= 3


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=501), "http.status"),
        (Reply(status=502), "http.status"),
        (Reply(b"<html>", content_type="text/html"), "http.not_json"),
        (Reply(b'{"profiles": NaN}'), "http.not_json"),
        (Reply(b'{"error": "UpstreamFailure"}', 404), "bluesky.refused"),
    ],
)
async def test_faults(here: NetworkDesk, bluesky: BlueskyFake, reply: Reply, code: str) -> None:
    bluesky.script(reply, times=None)
    found = await here.read(target(HANDLE))
    assert [trouble_code(result) for result in found.values()] == [code, code]


async def test_the_own_network_unreachable_asks_for_a_proxy(
    here: NetworkDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.bluesky.BASE_URL", "http://127.0.0.1:9")
    here.setup = replace(here.setup, base_url=None)
    found = await here.read(target(HANDLE))
    assert trouble_code(found[1, Part.PROFILE]) == "bluesky.unreachable"


async def test_no_token_is_of_use(here: NetworkDesk) -> None:
    connector = here.connector()
    check = await connector.check(Token("x", TokenKind.KEY, Secret("canary")))
    await connector.aclose()
    assert not check.ok
    assert check.trouble is not None
    assert check.trouble.code == "bluesky.no_tokens"


def test_a_post_dated_into_the_future_stands_where_the_network_saw_it() -> None:
    post = Post("3k", NOW + timedelta(days=300), "Из будущего", indexed=NEWEST)
    read = parse_item(feed_item(account(), post), account().did)
    assert read is not None
    assert read.when == NEWEST


def test_a_video_without_words_is_a_video() -> None:
    kinds = [
        parse_item(feed_item(account(), Post("3k", NEWEST, text, video=True)), account().did)
        for text in ("", "Смотрите")
    ]
    assert [post.kind for post in kinds if post] == [PostKind.VIDEO, PostKind.POST]


def test_absent_figures_stay_absent() -> None:
    assert parse_figures({}) == {}
    assert parse_figures({"likeCount": 0, "quoteCount": 5, "repostCount": None}) == {"likes": 0}
    assert parse_figures({"repostCount": 3}) == {"shares": 3}


def test_a_handle_that_does_not_resolve_is_not_told() -> None:
    view = {"did": "did:plc:" + "a" * 24, "handle": "handle.invalid"}
    [profile] = parse_profiles({"profiles": [view]}).values()
    assert (profile.handle, profile.audience) == ("", None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["feed", "post", "record", "uri", "author", "did", "profiles", "cursor", "createdAt"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["feed", "profiles", "cursor"]), JSON))
def test_any_answer_is_survived(answer: dict[str, object]) -> None:
    page = parse_feed(answer, "did:plc:x", MOSCOW)
    assert all(post.network_id for post in page.posts)
    assert all(profile.did for profile in parse_profiles(answer).values())
