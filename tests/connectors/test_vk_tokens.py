"""Which token reads what, what VK's refusals lead to, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.base import Part, Refusal, Secret, Token, TokenKind, TroubleKind
from connectors.vk import VkConnector
from tests.fakes.server import Reply
from tests.fakes.vk import VkFake
from tests.support.vk_tools import NOW, VirtualClock, codes, target_of, token_of, vk_bench, world_of

WEEK = timedelta(days=7)
_ORDER = (TokenKind.SERVICE, TokenKind.USER)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def vk(clock: VirtualClock) -> Iterator[VkFake]:
    with VkFake(world_of(30), clock=clock.monotonic) as fake:
        yield fake


@pytest.mark.parametrize("code", [5, 1117, 42, 2])
async def test_a_refused_token_is_not_used_again_in_the_run(
    vk: VkFake, clock: VirtualClock, code: int
) -> None:
    vk.script(Reply(b'{"error": {"error_code": %d, "error_msg": "no"}}' % code), times=None)
    async with vk_bench(vk, clock, vk.world.token("service", execute=False)) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 31)))
        assert bench.memory.blocks == {}
    assert {r.trouble.code for r in results if r.trouble} == {f"vk.{code}"}
    assert {r.trouble.facts["token"] for r in results if r.trouble} == {"service"}
    assert len(vk.requests) == 1


async def test_another_token_takes_over_from_a_refused_one(vk: VkFake, clock: VirtualClock) -> None:
    revoked = Token("old", TokenKind.SERVICE, Secret("vk1.a.revoked"))
    async with vk_bench(vk, clock, revoked, vk.world.token("user")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 6)))
    assert [r for r in results if r.trouble] == []


async def test_of_two_refused_tokens_the_best_is_always_named(vk: VkFake, clock: VirtualClock) -> None:
    dead = [Token(f"dead{n}", kind, Secret(f"vk1.a.revoked{n}")) for n, kind in enumerate(_ORDER)]
    async with vk_bench(vk, clock, *reversed(dead)) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 31)))
    named = {r.part: set[str]() for r in results}
    for result in results:
        assert result.trouble is not None
        named[result.part].add(result.trouble.facts["token"])
    assert named == {
        Part.PROFILE: {"dead0"},
        Part.POSTS: {"dead0"},
        Part.PLANNED: {"dead1"},
        Part.STORIES: {"dead1"},
        Part.STATS: {"dead1"},
        Part.REACH: {"dead0"},
        Part.SALES: {"dead1"},
    }


async def test_a_token_that_is_dead_is_told_before_one_without_the_right(
    vk: VkFake, clock: VirtualClock
) -> None:
    vk.world.communities[1].wall_error = 15
    dead = Token("dead", TokenKind.USER, Secret("vk1.a.revoked"))
    async with vk_bench(vk, clock, vk.world.token("service"), dead) as bench:
        posts = await bench.one(Part.POSTS, target_of(1))
    assert posts.trouble is not None
    assert (posts.trouble.code, posts.trouble.facts["token"]) == ("vk.5", "dead")


async def test_vks_own_text_is_told_without_a_full_stop(vk: VkFake, clock: VirtualClock) -> None:
    async with vk_bench(vk, clock, Token("old", TokenKind.SERVICE, Secret("vk1.a.revoked"))) as bench:
        profile = await bench.one(Part.PROFILE, target_of(1))
    assert profile.trouble is not None
    assert profile.trouble.detail == "User authorization failed: invalid access_token (4)"


@pytest.mark.parametrize(("code", "pause"), [(14, 1), (3300, 1), (17, 24), (24, 24), (3303, 24)])
async def test_a_captcha_parks_the_token(vk: VkFake, clock: VirtualClock, code: int, pause: int) -> None:
    vk.fail(code, "execute", times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(target_of(1))
        assert codes(results, Part.POSTS) == {f"vk.{code}"}
        assert all(r.trouble.facts["link"].startswith("https://") for r in results if r.trouble)
        assert bench.memory.blocks["service", "*", ""][0] == NOW + timedelta(hours=pause)
        vk.requests.clear()
        again = bench.another(Token("service", TokenKind.SERVICE, Secret("x")))
        assert {route.part for route in again.routes(target_of(1)) if route.is_open} == {
            Part.PROFILE,
            Part.POSTS,
        }
        results = await bench.fetch(target_of(1), connector=again)
        await again.aclose()
    assert codes(results, Part.POSTS) == {"vk.paused"}
    assert vk.requests == []


@pytest.mark.parametrize(("code", "hours"), [(9, 1), (29, 24)])
async def test_a_parked_method_leaves_the_others(
    vk: VkFake, clock: VirtualClock, code: int, hours: int
) -> None:
    vk.fail(code, "wall.get", times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 30)))
        assert bench.memory.blocks["service", "wall.get", "pause"][0] == NOW + timedelta(hours=hours)
    assert codes(results, Part.PROFILE) == {None}
    assert codes(results, Part.POSTS) == {f"vk.{code}"}
    kinds = {r.trouble.kind for r in results if r.trouble}
    assert kinds == {TroubleKind.RETRY}


async def test_the_days_walls_are_counted_and_end(vk: VkFake, clock: VirtualClock) -> None:
    service = vk.world.token("service")
    async with vk_bench(vk, clock, service) as bench:
        await bench.fetch(*(target_of(n) for n in range(1, 11)))
        assert bench.memory.calls_today("service", "wall.get") == 10
        bench.memory.count("service", "wall.get", 4985)
        again = bench.another(token_of(service))
        results = await bench.fetch(*(target_of(n) for n in range(1, 11)), connector=again)
        await again.aclose()
        assert bench.memory.calls_today("service", "wall.get") == 5000
    assert [r.trouble.code for r in results if r.trouble] == ["vk.29"] * 5
    assert codes(results, Part.PROFILE) == {None}


async def test_the_real_days_limit_is_enforced_by_the_fake(vk: VkFake, clock: VirtualClock) -> None:
    vk.limits.daily["wall.get"] = 3
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 6)))
    assert sorted(r.trouble.code if r.trouble else "" for r in results if r.part is Part.POSTS) == [
        "", "", "", "vk.29", "vk.29",
    ]  # fmt: skip


async def test_a_refusal_is_remembered_and_another_token_asked(vk: VkFake, clock: VirtualClock) -> None:
    stranger = vk.world.token("user", "vk1.a.stranger", groups=frozenset())
    owner = vk.world.token("user", "vk1.a.owner")
    tokens = token_of(stranger, "stranger"), token_of(owner, "owner")
    async with vk_bench(vk, clock, *tokens) as bench:
        stats = await bench.one(Part.STATS, target_of(1))
        assert stats.trouble is None
        assert [figure.metric for figure in stats.figures]
        until, code = bench.memory.blocks["stranger", "stats.get", "1"]
        assert (until, code) == (NOW + WEEK, "vk.15")
        vk.calls.clear()
        again = bench.another(*tokens)
        routes = {route.part: route for route in again.routes(target_of(1))}
        await bench.fetch(target_of(1), connector=again)
        await again.aclose()
    for part in (Part.STATS, Part.PLANNED, Part.STORIES):
        token = routes[part].token
        assert token is not None
        assert token.name == "owner"
    asked = {call.token for call in vk.calls if call.method in {"stats.get", "stories.get"}}
    assert asked == {"vk1.a.owner"}


async def test_a_refused_part_is_closed_when_no_token_is_left(vk: VkFake, clock: VirtualClock) -> None:
    stranger = vk.world.token("user", groups=frozenset())
    async with vk_bench(vk, clock, stranger) as bench:
        stats = await bench.one(Part.STATS, target_of(1))
        assert stats.trouble is not None
        assert (stats.trouble.code, stats.trouble.kind) == ("vk.15", TroubleKind.AUTH)
        routes = {route.part: route for route in bench.connector.routes(target_of(1))}
        other = {route.part: route for route in bench.connector.routes(target_of(2))}
    assert routes[Part.STATS].needs == (TokenKind.USER,)
    assert not routes[Part.STATS].is_open
    assert routes[Part.POSTS].is_open
    assert other[Part.STATS].is_open


async def test_a_closed_wall_names_the_refused_key_and_the_kind_that_may(
    vk: VkFake, clock: VirtualClock
) -> None:
    vk.world.communities[1].wall_error = 15
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        await bench.fetch(target_of(1))
        routes = {route.part: route for route in bench.connector.routes(target_of(1))}
    [refused] = routes[Part.POSTS].refused
    assert (refused.kind, refused.code, refused.facts["token"]) == (TroubleKind.AUTH, "vk.15", "service")
    assert routes[Part.POSTS].needs == (TokenKind.USER,)
    assert routes[Part.PROFILE].is_open
    assert routes[Part.PROFILE].refused == ()
    assert routes[Part.STORIES].refused == ()


async def test_a_part_that_is_refused_while_it_is_read_says_why(vk: VkFake, clock: VirtualClock) -> None:
    stranger = vk.world.token("user", groups=frozenset())
    nameless = target_of(1, network_id=None, handle="fake1")
    async with vk_bench(vk, clock, stranger) as bench:
        bench.memory.block("user", "stats.get", NOW + WEEK, "vk.15", "1")
        stats = await bench.one(Part.STATS, nameless)
        assert bench.called("stats.get") == 0
    assert stats.trouble is not None
    assert stats.trouble.code == "vk.15"


def test_what_a_code_refuses() -> None:
    told = {code: VkConnector.refusals.get(f"vk.{code}") for code in (5, 1117, 7, 15, 27, 14, 17, 6, 18)}
    assert told == {
        5: Refusal.TOKEN,
        1117: Refusal.TOKEN,
        7: Refusal.RIGHT,
        15: Refusal.RIGHT,
        27: Refusal.RIGHT,
        14: None,
        17: None,
        6: None,
        18: None,
    }


async def test_postponed_posts_may_be_refused_without_closing_the_wall(
    vk: VkFake, clock: VirtualClock
) -> None:
    stranger = vk.world.token("user", groups=frozenset())
    async with vk_bench(vk, clock, stranger) as bench:
        results = {r.part: r for r in await bench.fetch(target_of(1))}
        open_parts = {route.part for route in bench.connector.routes(target_of(1)) if route.is_open}
    assert results[Part.POSTS].trouble is None
    assert results[Part.PLANNED].trouble is not None
    assert open_parts == {Part.PROFILE, Part.POSTS}


async def test_each_part_goes_to_the_token_that_may(vk: VkFake, clock: VirtualClock) -> None:
    service = token_of(vk.world.token("service", "vk1.a.service"), "service")
    key = token_of(vk.world.token("community", "vk1.a.key", groups=frozenset({1})), "key")
    async with vk_bench(vk, clock, service) as bench:
        routes = bench.connector.routes(target_of(1, tokens=[key]))
        names = {route.part: route.token.name if route.token else None for route in routes}
        assert names == {
            Part.PROFILE: "service",
            Part.POSTS: "service",
            Part.PLANNED: None,
            Part.STORIES: "key",
            Part.STATS: None,
            Part.REACH: None,
            Part.SALES: "key",
        }
        results = await bench.fetch(target_of(1, tokens=[key]))
    assert {r.part for r in results} == {Part.PROFILE, Part.POSTS, Part.STORIES, Part.SALES}
    assert [r for r in results if r.trouble] == []


async def test_of_one_kind_the_accounts_own_token_comes_first(vk: VkFake, clock: VirtualClock) -> None:
    shared = token_of(vk.world.token("user", "vk1.a.shared"), "shared")
    own = token_of(vk.world.token("user", "vk1.a.own"), "own")
    async with vk_bench(vk, clock, shared) as bench:
        routes = bench.connector.routes(target_of(1, tokens=[own]))
    assert {route.token.name for route in routes if route.token} == {"own"}


async def test_checking_tells_each_kind(vk: VkFake, clock: VirtualClock) -> None:
    made = {kind: token_of(vk.world.token(kind)) for kind in ("service", "user", "community")}
    async with vk_bench(vk, clock) as bench:
        for kind, token in made.items():
            answer = await bench.connector.check(token)
            assert answer.ok
            assert answer.kind == kind
        assert (await bench.connector.check(made["user"])).name == "Мария Седова"
        assert len(vk.requests) == 4


@pytest.mark.parametrize(
    ("claimed", "real"),
    [("community", "user"), ("community", "service"), ("user", "community"), ("bot", "user")],
)
async def test_checking_sees_through_a_wrong_kind(
    vk: VkFake, clock: VirtualClock, claimed: str, real: str
) -> None:
    token = Token("mine", TokenKind(claimed), Secret(vk.world.token(real).secret))
    async with vk_bench(vk, clock) as bench:
        answer = await bench.connector.check(token)
    assert not answer.ok
    assert answer.trouble is not None
    assert (answer.trouble.code, answer.trouble.kind) == ("vk.wrong_kind", TroubleKind.CONFIG)
