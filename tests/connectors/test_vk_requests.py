"""How few requests a run makes, how batches shrink, and what a token's refusals lead to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.base import Part, TroubleKind
from tests.fakes.server import Reply
from tests.fakes.vk import VkFake
from tests.support.vk_tools import NOW, VirtualClock, codes, target_of, token_of, vk_bench, world_of

WEEK = timedelta(days=7)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def vk(clock: VirtualClock) -> Iterator[VkFake]:
    with VkFake(world_of(30), clock=clock.monotonic) as fake:
        yield fake


@pytest.mark.parametrize("count", [1, 2, 24, 25, 60])
async def test_a_service_key_reads_all_in_the_fewest_requests(clock: VirtualClock, count: int) -> None:
    with VkFake(world_of(count), clock=clock.monotonic) as fake:
        async with vk_bench(fake, clock, fake.world.token("service")) as bench:
            results = await bench.fetch(*(target_of(n) for n in range(1, count + 1)))
        assert len(results) == 2 * count
        assert [r for r in results if r.trouble] == []
        fewest = math.ceil((count + math.ceil(count / 500)) / 25)
        assert len(fake.requests) <= 1.1 * fewest
        assert sum(r.requests for r in results) == len(fake.requests)


async def test_three_hundred_communities_take_thirteen_requests_at_three_a_second(
    clock: VirtualClock,
) -> None:
    with VkFake(world_of(300, posts=100), clock=clock.monotonic) as fake:
        async with vk_bench(fake, clock, fake.world.token("service")) as bench:
            results = await bench.fetch(*(target_of(n) for n in range(1, 301)))
        assert len(fake.requests) == 13
        assert sum(len(r.posts) for r in results) == 30_000
        span = fake.requests[-1].at - fake.requests[0].at
        assert span <= 12 / 3 * 1.05


async def test_members_of_more_than_500_communities_are_asked_in_chunks(clock: VirtualClock) -> None:
    with VkFake(world_of(501, posts=0), clock=clock.monotonic) as fake:
        async with vk_bench(fake, clock, fake.world.token("service")) as bench:
            results = await bench.fetch(*(target_of(n) for n in range(1, 502)))
        assert [r for r in results if r.trouble] == []
        assert bench.called("groups.getById") == 2


async def test_a_token_without_execute_is_remembered_and_called_plainly(
    vk: VkFake, clock: VirtualClock
) -> None:
    service = vk.world.token("service", execute=False)
    async with vk_bench(vk, clock, service) as bench:
        first = await bench.fetch(*(target_of(n) for n in range(1, 6)))
        assert [r for r in first if r.trouble] == []
        assert sum("execute" in request.path for request in vk.requests) == 1
        until, code = bench.memory.blocks["service", "execute", ""]
        assert (until, code) == (NOW + WEEK, "vk.28")
        vk.requests.clear()
        clock.sleep(60)
        again = bench.another(token_of(service))
        await bench.fetch(*(target_of(n) for n in range(1, 6)), connector=again)
        await again.aclose()
        assert [request.path for request in vk.requests] == ["/method/groups.getById"] + [
            "/method/wall.get"
        ] * 5


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b'{"error": {"error_code": 13, "error_msg": "response size is too big"}}'),
        Reply(b'{"error": {"error_code": 36, "error_msg": "timeout"}}'),
        Reply(b"oops", status=500),
        Reply(b"oops", status=504),
        Reply(b'{"response": "' + b"x" * 6_000_000 + b'"}'),
    ],
)
async def test_a_batch_that_is_too_heavy_is_halved_and_the_size_kept(
    vk: VkFake, clock: VirtualClock, reply: Reply
) -> None:
    vk.script(reply, when=lambda r: r.form.get("code", "").count("API.") > 12, times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 31)))
    assert [r for r in results if r.trouble] == []
    sizes = [request.form["code"].count("API.") for request in vk.requests]
    assert sizes[0] == 25
    assert sizes.count(25) <= 2
    assert max(sizes[2:]) == 12
    assert clock.pauses == []


async def test_a_batch_that_hangs_is_halved(vk: VkFake, clock: VirtualClock) -> None:
    vk.script(Reply(hang=True), when=lambda r: r.form.get("code", "").count("API.") > 2, times=None)
    async with vk_bench(vk, clock) as bench:
        connector = bench.another(token_of(vk.world.token("service")), deadline=0.3)
        results = await bench.fetch(*(target_of(n) for n in range(1, 5)), connector=connector)
        await connector.aclose()
    assert [r for r in results if r.trouble] == []


async def test_walls_too_heavy_for_any_batch_are_read_one_by_one(vk: VkFake, clock: VirtualClock) -> None:
    vk.limits.operations = 1
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 9)))
    assert [r for r in results if r.trouble] == []
    assert {len(r.posts) for r in results if r.part is Part.POSTS} == {3}


async def test_columns_of_unequal_length_are_read_again_plainly(vk: VkFake, clock: VirtualClock) -> None:
    columns = b"3, [1, 2, 3], [1, 2], [], [], [], [], []"
    answer = b'{"response": [{"groups": [{"id": 1, "members_count": 5}]}, %s]}' % columns
    vk.script(Reply(answer))
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(target_of(1))
    posts = next(r for r in results if r.part is Part.POSTS)
    assert len(posts.posts) == 3
    assert [request.path for request in vk.requests] == ["/method/execute", "/method/wall.get"]


async def test_errors_inside_a_batch_find_their_calls(vk: VkFake, clock: VirtualClock) -> None:
    for number, code in ((3, 15), (7, 18), (8, 203)):
        vk.world.communities[number].wall_error = code
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 11)))
    told = {r.key: r.trouble.code for r in results if r.trouble}
    assert told == {3: "vk.15", 7: "vk.18", 8: "vk.203"}
    assert len(vk.requests) == 1


async def test_a_failure_without_its_error_is_asked_again_alone(vk: VkFake, clock: VirtualClock) -> None:
    columns = "0,[],[],[],[],[],[],[]"
    errors = '[{"method": "wall.get", "error_code": 15}, {"method": "execute", "error_code": 15}]'
    walls = ",".join([",".join(["null"] * 8), ",".join(["null"] * 8), columns])
    groups = '{"groups": [{"id": 1}, {"id": 2}, {"id": 3}]}'
    vk.script(Reply(f'{{"response": [{groups},{walls}], "execute_errors": {errors}}}'.encode()))
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 4)))
        assert bench.memory.blocks == {}
    assert {r.key: len(r.posts) for r in results if r.part is Part.POSTS} == {1: 3, 2: 3, 3: 0}
    assert [r for r in results if r.trouble] == []


async def test_too_fast_inside_a_batch_is_tried_again_and_slower(vk: VkFake, clock: VirtualClock) -> None:
    vk.fail(6, "wall.get", times=2)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 6)))
    assert [r for r in results if r.trouble] == []
    assert len(vk.requests) == 2


async def test_too_fast_ends_after_five_more_tries(vk: VkFake, clock: VirtualClock) -> None:
    vk.limits.rates["service"] = 0
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(target_of(1))
    assert codes(results, Part.POSTS) == {"vk.6"}
    assert len(vk.requests) == 6
    at = [request.at for request in vk.requests]
    assert at[-1] - at[-2] > at[1] - at[0]


async def test_one_answer_too_fast_does_not_slow_the_whole_run(clock: VirtualClock) -> None:
    with VkFake(world_of(400), clock=clock.monotonic) as fake:
        fake.fail(6, "execute", times=1)
        async with vk_bench(fake, clock, fake.world.token("service")) as bench:
            results = await bench.fetch(*(target_of(n) for n in range(1, 401)))
        assert [r for r in results if r.trouble] == []
        at = [request.at for request in fake.requests]
    gaps = [round(b - a, 3) for a, b in pairwise(at)]
    assert max(gaps[1:4]) >= 0.425
    assert gaps[-3:] == [0.34] * 3


@pytest.mark.parametrize("code", [1, 10])
async def test_an_internal_error_is_tried_four_times(vk: VkFake, clock: VirtualClock, code: int) -> None:
    vk.fail(code, "execute", times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(target_of(1))
        assert bench.waits == clock.pauses
    assert codes(results, Part.POSTS) == {f"vk.{code}"}
    assert len(vk.requests) == 4
    assert [1 <= pause <= 1.25 * 4 for pause in clock.pauses] == [True] * 3


async def test_one_failing_answer_is_mended_by_the_next(vk: VkFake, clock: VirtualClock) -> None:
    for reply in (Reply(b"<html>"), Reply(status=503, headers={"Retry-After": "7"}), Reply(reset=True)):
        vk.script(reply, when=lambda r: "execute" not in r.path)
    async with vk_bench(vk, clock, vk.world.token("service", execute=False)) as bench:
        results = await bench.fetch(target_of(1))
    assert [r for r in results if r.trouble] == []
    assert 7.0 in clock.pauses


async def test_a_dead_network_is_given_up_soon(vk: VkFake, clock: VirtualClock) -> None:
    vk.script(Reply(b"<html>", status=502), times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 31)))
    assert len(results) == 60
    assert {r.trouble.code for r in results if r.trouble} == {"http.status"}
    assert len(vk.requests) <= 10


async def test_a_very_long_retry_after_is_left_to_the_next_run(vk: VkFake, clock: VirtualClock) -> None:
    vk.script(Reply(status=429, headers={"Retry-After": "99999999"}), times=None)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(target_of(1))
    assert codes(results, Part.PROFILE) == {"http.rate_limited"}
    assert len(vk.requests) == 1
    assert clock.pauses == []


async def test_stories_alone_cost_no_look_at_the_members(vk: VkFake, clock: VirtualClock) -> None:
    async with vk_bench(vk, clock, vk.world.token("user")) as bench:
        wanted = [replace(target_of(n), parts=frozenset({Part.STORIES})) for n in range(1, 11)]
        results = await bench.fetch(*wanted)
        assert bench.called("groups.getById") == 0
        nameless = [replace(target, network_id=None) for target in wanted]
        found = await bench.fetch(*nameless)
        assert bench.called("groups.getById") == 1
    assert {r.part for r in [*results, *found]} == {Part.STORIES}
    assert [r for r in [*results, *found] if r.trouble] == []
    assert sum(r.requests for r in [*results, *found]) == len(vk.requests)


async def test_the_first_accounts_are_told_before_the_last_are_asked(clock: VirtualClock) -> None:
    with VkFake(world_of(100), clock=clock.monotonic) as fake:
        async with vk_bench(fake, clock, fake.world.token("service")) as bench:
            told: dict[int, set[Part]] = {}
            async for result in bench.connector.fetch([target_of(n) for n in range(1, 101)]):
                told.setdefault(result.key, set()).add(result.part)
                if Part.POSTS in told[result.key] and Part.PROFILE in told[result.key]:
                    break
            assert len(fake.requests) < 5


async def test_one_bad_id_among_many_is_singled_out(vk: VkFake, clock: VirtualClock) -> None:
    bad = target_of(2_000_000_000)
    async with vk_bench(vk, clock, vk.world.token("service")) as bench:
        results = await bench.fetch(*(target_of(n) for n in range(1, 11)), bad)
    profiles = {r.key: r for r in results if r.part is Part.PROFILE}
    trouble = profiles[bad.key].trouble
    assert trouble is not None
    assert (trouble.code, trouble.kind) == ("vk.not_found", TroubleKind.CONFIG)
    assert [key for key, r in profiles.items() if r.trouble] == [bad.key]
    assert sum(r.requests for r in results) == len(vk.requests)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(1, 40),
    kinds=st.sets(st.sampled_from(["service", "user", "community"]), min_size=1),
    failing=st.dictionaries(
        st.integers(1, 40), st.sampled_from([1, 6, 7, 10, 13, 15, 18, 36, 100, 1600]), max_size=6
    ),
)
async def test_every_open_part_is_told_once_whatever_fails(
    count: int, kinds: set[str], failing: dict[int, int]
) -> None:
    clock = VirtualClock()
    with VkFake(world_of(count), clock=clock.monotonic) as fake:
        for number, code in failing.items():
            fake.fail(code, "wall.get", times=2, owner_id=str(-number))
        tokens = [fake.world.token(kind) for kind in sorted(kinds)]
        async with vk_bench(fake, clock, *tokens) as bench:
            wanted = [target_of(n) for n in range(1, count + 1)]
            expected = sorted(
                (target.key, route.part)
                for target in wanted
                for route in bench.connector.routes(target)
                if route.is_open
            )
            results = await bench.fetch(*wanted)
        assert sorted((r.key, r.part) for r in results) == expected
        assert sum(r.requests for r in results) == len(fake.requests)
        assert all(r.posts or r.trouble for r in results if r.part is Part.POSTS)
