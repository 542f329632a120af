"""What is read of a community, part by part, from a fake VK over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Fetched, FetchedGap, Part, TroubleKind
from connectors.vk import VkConnector
from connectors.vk.wall import BEGINNING, PLANNED_POSTS, PUBLISHED_POSTS
from goals.model import Exactness, PostKind, PostState
from tests.fakes.vk import VkFake
from tests.fakes.vk_world import FakeCommunity, FakePost, FakeStory, FakeToken, World, stats_day, wall_of
from tests.support.vk_tools import MOSCOW, NOW, VirtualClock, target_of, vk_bench

SECOND = int(NOW.timestamp())
HOUR, DAY = 3600, 86400
TODAY = NOW.astimezone(MOSCOW).date()


class Vk:
    """A world with one community and one token of each kind, served."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.world = World()
        self.community = self.world.add(FakeCommunity(1, "Кофейня «Зерно»", "zerno"))
        self.service = self.world.token("service")
        self.user = self.world.token("user")
        self.key = self.world.token("community", groups=frozenset({1}))
        self.fake = VkFake(self.world, clock=self.clock.monotonic)

    async def read(self, part: Part, token: FakeToken, target: object = None, **changes: object) -> Fetched:
        wanted = replace(target_of(1), **changes)  # type: ignore[arg-type]
        async with vk_bench(self.fake, self.clock, token) as bench:
            return await bench.one(part, wanted)


@pytest.fixture
def vk() -> Iterator[Vk]:
    made = Vk()
    with made.fake:
        yield made


def ids(fetched: Fetched) -> list[int]:
    return sorted(int(post.network_id) for post in fetched.posts)


async def test_the_profile_tells_who_and_how_many(vk: Vk) -> None:
    vk.community.members = 4812
    told = await vk.read(Part.PROFILE, vk.service)
    assert (told.network_id, told.handle, told.title) == ("1", "zerno", "Кофейня «Зерно»")
    [figure] = told.figures
    assert (figure.metric, figure.day, figure.value) == ("audience", TODAY, 4812)
    assert told.gaps == []
    assert told.trouble is None


async def test_the_day_of_a_figure_is_the_accounts_own(vk: Vk) -> None:
    told = await vk.read(Part.PROFILE, vk.service, zone=ZoneInfo("Pacific/Honolulu"))
    assert told.figures[0].day == TODAY - timedelta(days=1)


async def test_a_hidden_audience_is_a_gap_not_a_zero(vk: Vk) -> None:
    vk.community.members = None
    told = await vk.read(Part.PROFILE, vk.service)
    assert list(told.figures) == []
    assert list(told.gaps) == [FetchedGap("audience", TODAY, TODAY, "hidden")]


@pytest.mark.parametrize("handle", ["zerno", "ZERNO", "@zerno", "club1", "public1", "event1"])
async def test_an_account_without_its_number_is_found_by_any_handle(vk: Vk, handle: str) -> None:
    vk.community.posts = wall_of(3, SECOND - HOUR)
    posts = await vk.read(Part.POSTS, vk.service, handle=handle, network_id=None)
    assert posts.network_id == "1"
    assert ids(posts) == [1, 2, 3]


async def test_two_clients_may_have_the_same_community(vk: Vk) -> None:
    async with vk_bench(vk.fake, vk.clock, vk.service) as bench:
        results = await bench.fetch(target_of(1), replace(target_of(1), key=2))
    assert sorted((r.key, r.part) for r in results) == [
        (1, Part.POSTS), (1, Part.PROFILE), (2, Part.POSTS), (2, Part.PROFILE),
    ]  # fmt: skip
    assert {r.network_id for r in results} == {"1"}


async def test_posts_carry_their_figures_and_a_missing_one_is_absent(vk: Vk) -> None:
    vk.community.posts = [
        FakePost(3, SECOND - HOUR, "Новое", {"views": 0, "likes": 0, "reposts": 0, "comments": 0}),
        FakePost(2, SECOND - 2 * HOUR, "Без просмотров", {"likes": 5, "reposts": 1, "comments": 2}),
        FakePost(1, SECOND - 3 * HOUR, "Репост", repost_of=77),
    ]
    told = await vk.read(Part.POSTS, vk.service)
    first, second, third = told.posts
    assert (first.network_id, first.kind, first.state) == ("1", PostKind.POST, PostState.PUBLISHED)
    assert first.url == "https://vk.com/wall-1_1"
    assert first.figures == {"views": 100, "likes": 10, "shares": 2, "comments": 3}
    assert second.figures == {"likes": 5, "shares": 1, "comments": 2}
    assert third.figures == {"views": 0, "likes": 0, "shares": 0, "comments": 0}
    assert third.when == datetime.fromtimestamp(SECOND - HOUR, UTC)


async def test_an_empty_wall_is_complete(vk: Vk) -> None:
    told = await vk.read(Part.POSTS, vk.service)
    assert list(told.posts) == []
    assert told.trouble is None
    assert told.complete_since == {PUBLISHED_POSTS: BEGINNING}


async def test_a_long_wall_is_read_over_several_runs_without_a_hole(vk: Vk) -> None:
    vk.community.posts = wall_of(2350, SECOND - HOUR)
    seen: set[int] = set()
    cursor: dict[str, str] = {}
    told = []
    for run in range(4):
        result = await vk.read(Part.POSTS, vk.service, cursors=cursor, since=None if run == 0 else TODAY)
        cursor = {Part.POSTS: result.cursor or ""}
        seen |= set(ids(result))
        told.append(len(result.posts))
        vk.community.posts.insert(0, FakePost(5000 + run, SECOND - 60 + run))
    assert told[0] == 1000
    assert seen >= set(range(1, 2351))
    assert told[3] < 100


async def test_a_finished_wall_costs_one_page_a_run(vk: Vk) -> None:
    vk.community.posts = wall_of(250, SECOND - HOUR)
    first = await vk.read(Part.POSTS, vk.service)
    before = len(vk.fake.calls)
    again = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: first.cursor or ""})
    assert len(first.posts) == 250
    assert len(again.posts) == 100
    assert sum(call.method == "wall.get" for call in vk.fake.calls[before:]) == 1


async def test_a_burst_of_posts_since_the_last_run_is_read_to_where_it_ended(vk: Vk) -> None:
    vk.community.posts = wall_of(30, SECOND - 400 * HOUR, step=HOUR)
    first = await vk.read(Part.POSTS, vk.service)
    vk.community.posts = wall_of(350, SECOND - HOUR, step=HOUR, first_id=100) + vk.community.posts
    second = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: first.cursor or ""})
    assert set(ids(second)) >= set(range(100, 450))


async def test_since_ends_the_paging_and_says_what_is_complete(vk: Vk) -> None:
    vk.community.posts = wall_of(450, SECOND - HOUR, step=2 * HOUR)
    since = TODAY - timedelta(days=10)
    told = await vk.read(Part.POSTS, vk.service, since=since)
    assert sum(call.method == "wall.get" for call in vk.fake.calls) == 2
    assert min(post.when.astimezone(MOSCOW).date() for post in told.posts) == since
    assert told.complete_since == {PUBLISHED_POSTS: since}
    assert len(told.posts) == 125


async def test_one_page_of_a_long_wall_is_complete_from_its_second_day(vk: Vk) -> None:
    vk.community.posts = wall_of(1500, SECOND - HOUR, step=2 * HOUR)
    first = await vk.read(Part.POSTS, vk.service)
    told = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: first.cursor or ""})
    assert (first.goes_on, told.goes_on) == (True, False)
    oldest = datetime.fromtimestamp(SECOND - HOUR - 99 * 2 * HOUR, MOSCOW).date()
    assert told.complete_since == {PUBLISHED_POSTS: oldest + timedelta(days=1)}


async def test_an_old_pinned_post_does_not_end_the_paging(vk: Vk) -> None:
    posts = wall_of(150, SECOND - HOUR, step=HOUR)
    pinned = replace(posts[149], is_pinned=True)
    vk.community.posts = [pinned, *posts[:149]]
    told = await vk.read(Part.POSTS, vk.service, since=TODAY - timedelta(days=5))
    assert len(told.posts) == len({post.network_id for post in told.posts})
    assert told.complete_since == {PUBLISHED_POSTS: TODAY - timedelta(days=5)}
    first = SECOND - (9 + 5 * 24) * HOUR
    assert set(ids(told)) == {post.id for post in posts if post.date >= first}


async def test_a_wall_that_repeats_itself_is_left(vk: Vk) -> None:
    page = {"count": 10_000, "items": [
        {"inner_type": "wall_wallpost", "id": n, "date": SECOND - n * HOUR, "text": ""} for n in range(1, 101)
    ]}  # fmt: skip
    from tests.fakes.server import Reply

    vk.service.execute = False
    vk.fake.script(
        Reply(json.dumps({"response": page}).encode()), when=lambda r: r.path.endswith("wall.get"), times=None
    )
    told = await vk.read(Part.POSTS, vk.service)
    assert not told.goes_on
    assert len(told.posts) == 100
    assert len(vk.fake.requests) < 15


async def test_a_shrinking_wall_claims_no_completeness(vk: Vk) -> None:
    vk.community.posts = wall_of(90, SECOND - HOUR)
    first = await vk.read(Part.POSTS, vk.service)
    vk.community.posts = []
    told = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: first.cursor or ""})
    assert not told.complete_since


async def test_pages_that_came_are_kept_when_a_later_one_fails(vk: Vk) -> None:
    vk.community.posts = wall_of(450, SECOND - HOUR, step=HOUR)
    vk.fake.fail(1, "wall.get", times=None, offset="200")
    told = await vk.read(Part.POSTS, vk.service, since=TODAY - timedelta(days=30))
    assert len(told.posts) == 200
    assert told.trouble is not None
    assert (told.trouble.code, told.trouble.kind) == ("vk.1", TroubleKind.RETRY)
    assert told.complete_since
    again = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: told.cursor or ""})
    assert again.trouble is None
    assert set(ids(told)) | set(ids(again)) == set(range(1, 451))


@pytest.mark.parametrize("cursor", ["", "junk", "{}", "[1]", "null", '["a",1,2,3,4]', "[" * 100])
async def test_a_cursor_that_is_not_ours_is_as_none(vk: Vk, cursor: str) -> None:
    vk.community.posts = wall_of(150, SECOND - HOUR)
    told = await vk.read(Part.POSTS, vk.service, cursors={Part.POSTS: cursor, Part.STATS: cursor})
    assert len(told.posts) == 150


async def test_postponed_posts_are_planned(vk: Vk) -> None:
    vk.community.postponed = [FakePost(901, SECOND + DAY, "Завтра")]
    told = await vk.read(Part.PLANNED, vk.user)
    [post] = told.posts
    assert (post.state, post.text, post.figures) == (PostState.PLANNED, "Завтра", {})
    assert post.when == datetime.fromtimestamp(SECOND + DAY, UTC)
    assert told.complete_since == {PLANNED_POSTS: BEGINNING}


async def test_a_day_that_has_begun_in_moscow_and_not_yet_for_the_client_waits(vk: Vk) -> None:
    midnight = int(datetime.combine(TODAY, datetime.min.time(), MOSCOW).timestamp())
    vk.community.days = [stats_day(midnight, visitors=1), stats_day(midnight - DAY, visitors=40)]
    west = await vk.read(Part.STATS, vk.user, zone=ZoneInfo("America/Los_Angeles"))
    assert {figure.day for figure in west.figures} == {TODAY - timedelta(days=1)}
    moscow = await vk.read(Part.STATS, vk.user)
    assert {figure.day for figure in moscow.figures} == {TODAY - timedelta(days=1), TODAY}


async def test_statistics_are_figures_by_day_and_an_absent_key_is_zero(vk: Vk) -> None:
    midnight = int(datetime.combine(TODAY, datetime.min.time(), MOSCOW).timestamp())
    quiet: dict[str, object] = {"period_from": midnight - 2 * DAY, "period_to": midnight - DAY - 1}
    vk.community.days = [
        stats_day(midnight, visitors=4, views=9),
        stats_day(
            midnight - DAY,
            visitors=40, views=90, reach=400, likes=7, comments=3, copies=2, subscribed=5, unsubscribed=1,
        ),
        {**quiet, "reach": {"reach": 12}},
    ]  # fmt: skip
    told = await vk.read(Part.STATS, vk.user)
    by_day: dict[date, dict[str, float]] = {}
    for figure in told.figures:
        by_day.setdefault(figure.day, {})[figure.metric] = figure.value
    assert by_day[TODAY - timedelta(days=1)] == {
        "visitors": 40, "page_views": 90, "reach": 400, "likes": 7, "comments": 3, "shares": 2, "joins": 5,
        "leaves": 1,
    }  # fmt: skip
    assert by_day[TODAY - timedelta(days=2)] == {"reach": 12}
    assert by_day[TODAY]["joins"] == 0
    assert {f.exactness for f in told.figures if f.day == TODAY} == {Exactness.PARTIAL}
    assert {f.exactness for f in told.figures if f.day < TODAY} == {Exactness.EXACT}


async def test_statistics_go_back_a_year_and_then_the_last_days_again(vk: Vk) -> None:
    vk.community.days = [stats_day(SECOND - back * DAY, visitors=back + 1) for back in range(400)]
    first = await vk.read(Part.STATS, vk.user)
    later = {Part.STATS: (TODAY - timedelta(days=2)).isoformat()}
    await vk.read(Part.STATS, vk.user, cursors=later)
    await vk.read(Part.STATS, vk.user, since=TODAY - timedelta(days=9))
    asked = [call.params for call in vk.fake.calls if call.method == "stats.get"]
    assert first.cursor == TODAY.isoformat()
    assert [params["intervals_count"] for params in asked] == ["365", "5", "10"]
    assert asked[0]["interval"] == "day"
    assert asked[0]["extended"] == "0"


async def test_stories_come_with_their_figures(vk: Vk) -> None:
    vk.community.stories = [
        FakeStory(5, SECOND - HOUR, {"views": 50, "likes": 4, "shares": 1, "replies": 2, "bans": 9}),
        FakeStory(6, SECOND - 2 * HOUR, {"views": 30, "likes": "hidden", "shares": "off"}),
    ]
    told = await vk.read(Part.STORIES, vk.key)
    five, six = told.posts
    assert (five.network_id, five.kind) == ("story_5", PostKind.STORY)
    assert five.figures == {"views": 50, "likes": 4, "shares": 1, "comments": 2}
    assert six.figures == {"views": 30}
    assert list(told.gaps) == [FetchedGap("likes", TODAY, TODAY, "hidden")]
    assert told.trouble is None


async def test_a_story_that_expires_meanwhile_is_still_a_story(vk: Vk) -> None:
    vk.community.stories = [FakeStory(5, SECOND - HOUR), FakeStory(6, SECOND - HOUR)]
    vk.fake.fail(1600, "stories.getStats", story_id="5")
    told = await vk.read(Part.STORIES, vk.key)
    assert [post.figures == {} for post in told.posts] == [True, False]
    assert told.trouble is None


async def test_a_story_whose_figures_fail_is_told_with_the_trouble(vk: Vk) -> None:
    vk.community.stories = [FakeStory(5, SECOND - HOUR), FakeStory(6, SECOND - HOUR)]
    vk.fake.fail(7, "stories.getStats", times=None, story_id="5")
    told = await vk.read(Part.STORIES, vk.key)
    assert len(told.posts) == 2
    assert told.trouble is not None
    assert told.trouble.code == "vk.7"


@pytest.mark.parametrize(("state", "code"), [("deleted", "vk.deleted"), ("banned", "vk.banned")])
async def test_a_closed_down_community_says_so_and_loses_nothing(vk: Vk, state: str, code: str) -> None:
    vk.community.deactivated = state
    vk.community.posts = wall_of(3, SECOND - HOUR)
    async with vk_bench(vk.fake, vk.clock, vk.service, vk.user) as bench:
        results = await bench.fetch(target_of(1))
    assert {r.part for r in results} == set(VkConnector.reads)
    for result in results:
        assert result.trouble is not None
        assert (result.trouble.code, result.trouble.kind) == (code, TroubleKind.SKIP)
        assert not result.posts
        assert not result.figures
        assert not result.gaps
        assert not result.complete_since


@pytest.mark.parametrize("number", [18, 19, 30, 37, 203])
async def test_an_unavailable_wall_leaves_the_members(vk: Vk, number: int) -> None:
    vk.community.wall_error = number
    async with vk_bench(vk.fake, vk.clock, vk.service) as bench:
        results = {r.part: r for r in await bench.fetch(target_of(1))}
    assert results[Part.PROFILE].trouble is None
    trouble = results[Part.POSTS].trouble
    assert trouble is not None
    assert (trouble.code, trouble.kind) == (f"vk.{number}", TroubleKind.SKIP)


async def test_a_persons_page_is_no_community(vk: Vk) -> None:
    vk.world.people.add("anna")
    async with vk_bench(vk.fake, vk.clock, vk.service) as bench:
        for handle in ("anna", "id77"):
            found = await bench.connector.resolve(target_of(5, handle=handle, network_id=None))
            assert found.trouble is not None
            assert (found.trouble.code, found.trouble.kind) == ("vk.not_community", TroubleKind.CONFIG)


@pytest.mark.parametrize("value", ["many", -1, 1.5, True, 2**63, float("inf")])
async def test_a_count_that_is_none_is_left_out_and_told(vk: Vk, value: object) -> None:
    vk.community.posts = [FakePost(1, SECOND - HOUR, figures={"views": value, "likes": 3})]
    vk.community.members = value  # type: ignore[assignment]
    async with vk_bench(vk.fake, vk.clock, vk.service) as bench:
        results = {r.part: r for r in await bench.fetch(target_of(1))}
    assert list(results[Part.PROFILE].figures) == []
    assert results[Part.POSTS].posts[0].figures == {"likes": 3}
    for part, field in ((Part.PROFILE, "members_count"), (Part.POSTS, "views")):
        trouble = results[part].trouble
        assert trouble is not None
        assert (trouble.code, trouble.facts["fields"]) == ("vk.odd_values", field)


async def test_a_community_that_is_looked_up_tells_of_itself(vk: Vk) -> None:
    vk.community.about, vk.community.links = "Кофе\nt.me/zerno", ["https://youtube.com/@zerno"]
    async with vk_bench(vk.fake, vk.clock, vk.service) as bench:
        found = await bench.connector.resolve(target_of(1))
    assert found.about == "Кофе\nt.me/zerno\nhttps://youtube.com/@zerno"
