"""Orders of a shop and the reach of posts, from a fake VK over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Fetched, FetchedGap, Part, Refusal, TroubleKind
from connectors.vk import VkConnector
from connectors.vk.market import Order
from connectors.vk.orders import MOST_PAGES, by_day
from goals.model import Exactness
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, FakeOrder, FakeToken, World, wall_of
from tests.support.vk_tools import MOSCOW, NOW, SECOND, VirtualClock, target_of, vk_bench

HOUR, DAY = 3600, 86400
TODAY = NOW.astimezone(MOSCOW).date()


class Shop:
    """A community with a shop, its key and its owner's token."""

    def __init__(self) -> None:
        self.clock, self.world = VirtualClock(), World()
        self.community = self.world.add(FakeCommunity(1, "Кофейня «Зерно»", "zerno"))
        self.user = self.world.token("user")
        self.key = self.world.token("community", groups=frozenset({1}))
        self.service = self.world.token("service")
        self.fake = VkFake(self.world, clock=self.clock.monotonic)

    async def read(self, part: Part, *tokens: FakeToken, **changes: object) -> Fetched:
        wanted = replace(target_of(1), **changes)  # type: ignore[arg-type]
        async with vk_bench(self.fake, self.clock, *tokens) as bench:
            return await bench.one(part, wanted)


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    with made.fake:
        yield made


def figures(fetched: Fetched, metric: str) -> dict[int, float]:
    """A metric's values, by how many days ago."""
    return {(TODAY - f.day).days: f.value for f in fetched.figures if f.metric == metric}


async def test_orders_become_sales_and_revenue_by_day(shop: Shop) -> None:
    shop.community.orders = [
        FakeOrder(5, SECOND - HOUR, "99050"),
        FakeOrder(4, SECOND - DAY, "200000", status=0),
        FakeOrder(3, SECOND - DAY - HOUR, "70000", status=5),
        FakeOrder(2, SECOND - DAY - 2 * HOUR, "30000", status=6),
        FakeOrder(1, SECOND - 3 * DAY, "10000"),
    ]
    told = await shop.read(Part.SALES, shop.key)
    assert told.trouble is None
    assert figures(told, "orders") == {0: 1, 1: 3, 2: 0, 3: 1}
    assert figures(told, "sales") == {0: 1, 1: 1, 2: 0, 3: 1}
    assert figures(told, "revenue") == {0: 990.5, 1: 2000, 2: 0, 3: 100}
    assert {f.exactness for f in told.figures if f.day == TODAY} == {Exactness.PARTIAL}
    assert {f.exactness for f in told.figures if f.day != TODAY} == {Exactness.EXACT}


async def test_a_shop_without_orders_tells_no_figure_of_days_before_it(shop: Shop) -> None:
    assert list((await shop.read(Part.SALES, shop.key)).figures) == []
    told = await shop.read(Part.SALES, shop.key, since=TODAY - timedelta(days=1))
    assert figures(told, "sales") == {0: 0, 1: 0}


async def test_only_the_pages_that_are_wanted_are_read(shop: Shop) -> None:
    shop.community.orders = [FakeOrder(900 - n, SECOND - n * 8 * HOUR) for n in range(900)]
    told = await shop.read(Part.SALES, shop.key, since=TODAY - timedelta(days=10))
    assert sum(call.method == "market.getGroupOrders" for call in shop.fake.calls) == 1
    assert sorted(figures(told, "orders")) == list(range(11))
    everything = await shop.read(Part.SALES, shop.key)
    assert sum(figures(everything, "orders").values()) == 900


async def test_of_more_orders_than_a_run_may_read_the_days_that_are_whole_are_told(shop: Shop) -> None:
    count = 50 * MOST_PAGES + 30
    shop.community.orders = [FakeOrder(count - n, SECOND - n * HOUR) for n in range(count)]
    told = await shop.read(Part.SALES, shop.key)
    days = figures(told, "orders")
    assert {value for ago, value in days.items() if ago > 0} == {24}
    assert sum(days.values()) < count


async def test_orders_in_an_order_that_nobody_expects_are_read_to_the_end(shop: Shop) -> None:
    shop.community.orders = [FakeOrder(n, SECOND - (200 - n) * 8 * HOUR) for n in range(1, 201)]
    told = await shop.read(Part.SALES, shop.key, since=TODAY - timedelta(days=2))
    assert figures(told, "orders")[1] == 3


async def test_what_is_read_of_orders_does_not_tell_of_buyers(shop: Shop) -> None:
    shop.community.orders = [FakeOrder(n, SECOND) for n in range(1, 200)]
    told = await shop.read(Part.SALES, shop.user)
    code = next(request for request in shop.fake.requests if "market" in request.form.get("code", ""))
    assert "total_price@.amount" in code.form["code"]
    assert "Баумана" not in repr(told)


async def test_sales_in_another_currency_have_no_revenue(shop: Shop) -> None:
    shop.community.orders = [FakeOrder(2, SECOND - HOUR, currency="KZT"), FakeOrder(1, SECOND - DAY)]
    told = await shop.read(Part.SALES, shop.key)
    assert figures(told, "sales") == {0: 1, 1: 1}
    assert figures(told, "revenue") == {1: 1500}
    assert list(told.gaps) == [FetchedGap("revenue", TODAY, TODAY, "currency")]


async def test_an_order_without_a_sum_leaves_the_days_revenue_out_and_is_told(shop: Shop) -> None:
    shop.community.orders = [FakeOrder(2, SECOND - HOUR, amount="по договорённости"), FakeOrder(1, SECOND)]
    told = await shop.read(Part.SALES, shop.key)
    assert figures(told, "sales") == {0: 2}
    assert figures(told, "revenue") == {}
    assert told.trouble is not None
    assert (told.trouble.code, told.trouble.facts["fields"]) == ("vk.odd_values", "total_price.amount")


async def test_a_community_without_a_shop_is_left_alone_for_a_week(shop: Shop) -> None:
    shop.community.has_shop = False
    async with vk_bench(shop.fake, shop.clock, shop.key) as bench:
        told = await bench.one(Part.SALES, target_of(1))
        assert told.trouble is not None
        assert (told.trouble.code, told.trouble.kind) == ("vk.1409", TroubleKind.SKIP)
        assert VkConnector.refusals["vk.1409"] is Refusal.RIGHT
        until, _code = bench.memory.blocks["community", "market.getGroupOrders", "1"]
        assert until == NOW + timedelta(days=7)
        routes = {route.part: route.is_open for route in bench.connector.routes(target_of(1))}
    assert routes[Part.SALES] is False


async def test_the_reach_of_posts_is_told_beside_their_figures(shop: Shop) -> None:
    shop.community.posts = wall_of(65, SECOND - HOUR)
    shop.community.posts[0].reach = None
    told = await shop.read(Part.REACH, shop.user)
    assert len(told.posts) == 64
    assert {tuple(post.figures.items()) for post in told.posts} == {(("reach", 240),)}
    assert sum(call.method == "stats.getPostReach" for call in shop.fake.calls) == 3
    walls = [call for call in shop.fake.calls if call.method == "wall.get" and "filter" not in call.params]
    assert len(walls) == 1


async def test_reach_costs_no_second_reading_of_the_wall_and_is_asked_of_recent_posts(shop: Shop) -> None:
    shop.community.posts = wall_of(500, SECOND - HOUR, step=DAY)
    whole = await shop.read(Part.REACH, shop.user)
    assert len(whole.posts) == 300
    some = await shop.read(Part.REACH, shop.user, since=TODAY - timedelta(days=3))
    assert 0 < len(some.posts) < 6


async def test_reach_alone_counts_what_it_cost(shop: Shop) -> None:
    shop.community.posts = wall_of(3, SECOND - HOUR)
    told = await shop.read(Part.REACH, shop.user, parts=frozenset({Part.REACH}))
    assert len(told.posts) == 3
    assert told.requests == len(shop.fake.requests) == 2


async def test_a_small_community_has_no_reach_of_posts_and_that_is_no_trouble_of_the_account(
    shop: Shop,
) -> None:
    shop.community.posts = wall_of(3, SECOND - HOUR)
    shop.fake.fail(15, "stats.getPostReach", times=None)
    told = await shop.read(Part.REACH, shop.user)
    assert told.trouble is not None
    assert VkConnector.refusals[told.trouble.code] is Refusal.RIGHT


async def test_a_service_key_reads_neither(shop: Shop) -> None:
    async with vk_bench(shop.fake, shop.clock, shop.service) as bench:
        routes = {route.part: route.is_open for route in bench.connector.routes(target_of(1))}
    assert (routes[Part.SALES], routes[Part.REACH]) == (False, False)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.one_of(st.none(), st.integers(0, 10**9)))),
    st.integers(0, 20),
)
def test_days_add_up_to_their_orders(made: list[tuple[int, int, int | None]], back: int) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    orders = [
        Order(number, now - timedelta(days=ago), status, sum_, "RUB")
        for number, (ago, status, sum_) in enumerate(made, 1)
    ]
    today = now.date()
    found, gaps = by_day(orders, ZoneInfo("UTC"), today - timedelta(days=back), today)
    totals = {
        metric: sum(f.value for f in found if f.metric == metric) for metric in ("orders", "sales", "revenue")
    }
    inside = [(ago, status, sum_) for ago, status, sum_ in made if ago <= back]
    held = [(ago, sum_) for ago, status, sum_ in inside if status < 5]
    dark = {ago for ago, sum_ in held if sum_ is None}
    assert totals["orders"] == len(inside)
    assert totals["sales"] == len(held)
    assert totals["revenue"] == pytest.approx(sum(s for ago, s in held if s and ago not in dark) / 100)
    assert not gaps
