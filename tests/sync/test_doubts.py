"""Answers that cannot be true are refused; those that are hard to believe wait for a second look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.base import Fetched, FetchedPost, Figure, Target
from goals.model import PostKind, PostState
from store.values import Filter, UnitStatus
from tests.support.store import NOW, TODAY
from tests.sync.scripted import (
    Bench,
    Script,
    add,
    ordinary,
    parts,
    posts,
    profile,
    readings,
    stories,
    unit_of,
)


@pytest.mark.parametrize(
    "figure",
    [
        Figure("audience", TODAY + timedelta(days=2), 1000),
        Figure("audience", TODAY, -1),
        Figure("audience", TODAY, float("nan")),
        Figure("audience", TODAY, float("inf")),
        Figure("fame", TODAY, 1),
    ],
)
def test_figures_that_cannot_be_are_refused(bench: Bench, script: Script, figure: Figure) -> None:
    [zerno] = add(bench, "zerno")
    good = Figure("reach", TODAY - timedelta(days=1), 40)
    script.answers["zerno"] = parts(lambda target: profile(target, figures=[figure, good]), posts, stories)
    unit = unit_of(bench.run(), "zerno")
    assert unit.status is UnitStatus.PARTIAL
    assert unit.trouble is not None
    assert (unit.trouble.code, unit.trouble.facts) == ("sync.refused", {"n": "1"})
    with bench.open() as store:
        assert readings(store, zerno) == {("reach", TODAY - timedelta(days=1)): 40}


def test_address_that_another_account_took_over_writes_nothing(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = parts(lambda target: profile(target, 5, network_id="id-thief"), posts, stories)
    unit = unit_of(bench.later(days=1).run(), "zerno")
    assert unit.status is UnitStatus.FAILED
    assert unit.trouble is not None
    assert unit.trouble.code == "sync.other_account"
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}


def test_great_fall_is_believed_the_second_time(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    bench.run()
    script.answers["zerno"] = ordinary(audience=3)
    held = unit_of(bench.run(), "zerno")
    assert held.trouble is not None
    assert (held.trouble.code, held.trouble.facts) == ("sync.suspect_audience", {"was": "1000", "is": "3"})
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 1000}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 3}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK


def test_another_fall_than_the_one_remembered_waits_again(bench: Bench, script: Script) -> None:
    [zerno] = add(bench, "zerno")
    script.answers["zerno"] = ordinary(audience=1_234_567)
    bench.run()
    for audience in (300_000, 1000, 500_000):
        script.answers["zerno"] = ordinary(audience=audience)
        held = unit_of(bench.run(), "zerno")
        assert held.trouble is not None
        assert held.trouble.facts == {"was": "1234567", "is": str(audience)}
    script.answers["zerno"] = ordinary(audience=498_700)
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    with bench.open() as store:
        assert readings(store, zerno) == {("audience", TODAY): 498_700}


def plan(number: int, hours: float) -> FetchedPost:
    """A post that is held back for so many hours from now."""
    when = NOW + timedelta(hours=hours)
    return FetchedPost(f"postponed_{number}", PostKind.POST, PostState.PLANNED, when)


def wall_and_plans(
    *plans: FetchedPost, wall_is_whole: bool = True, count: int = 3
) -> Callable[[Target], Fetched]:
    """A reading of the wall and of all that is held back from it."""
    since = {(PostState.PLANNED, PostKind.POST): TODAY - timedelta(days=999)}
    if wall_is_whole:
        since[PostState.PUBLISHED, PostKind.POST] = TODAY - timedelta(days=5)

    def answer(target: Target) -> Fetched:
        read = posts(target, count)
        return replace(read, posts=[*read.posts, *plans], complete_since=since)

    return answer


def planned(bench: Bench) -> set[str | None]:
    with bench.open() as store:
        return {row.post.network_id for row in store.posts(Filter()) if row.post.state is PostState.PLANNED}


def test_a_cancelled_plan_is_no_plan_any_more(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(profile, wall_and_plans(plan(1, 30), plan(2, 50)), stories)
    bench.run()
    assert planned(bench) == {"postponed_1", "postponed_2"}
    script.answers["zerno"] = parts(profile, wall_and_plans(plan(2, 50), wall_is_whole=False), stories)
    bench.run()
    assert planned(bench) == {"postponed_1", "postponed_2"}, "it may stand on the wall that was not read"
    script.answers["zerno"] = parts(profile, wall_and_plans(plan(2, 50)), stories)
    bench.run()
    assert planned(bench) == {"postponed_2"}


def test_a_plan_that_has_appeared_is_the_published_post(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(profile, wall_and_plans(plan(1, 2)), stories)
    bench.run()
    bench.later(hours=2, minutes=30)
    script.answers["zerno"] = parts(profile, wall_and_plans(), stories)
    bench.run()
    assert planned(bench) == {"postponed_1"}, "it may be on its way to the wall"
    appeared = replace(plan(77, 2), network_id="77", state=PostState.PUBLISHED)
    bench.later(hours=3)
    script.answers["zerno"] = parts(profile, wall_and_plans(appeared), stories)
    bench.run()
    with bench.open() as store:
        found = [row.post for row in store.posts(Filter()) if row.post.network_id == "77"]
        assert [post.state for post in found] == [PostState.PUBLISHED]
        assert PostState.DELETED not in {row.post.state for row in store.posts(Filter())}
    assert planned(bench) == set()


def test_all_plans_gone_at_once_are_believed_the_second_time(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    script.answers["zerno"] = parts(
        profile, wall_and_plans(plan(1, 30), plan(2, 50), plan(3, 70), count=0), stories
    )
    bench.run()
    script.answers["zerno"] = parts(profile, wall_and_plans(count=0), stories)
    held = unit_of(bench.run(), "zerno")
    assert held.trouble is not None
    assert (held.trouble.code, held.trouble.facts) == ("sync.suspect_planned", {"n": "3"})
    assert len(planned(bench)) == 3
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    assert planned(bench) == set()


def test_a_deleted_video_is_noticed_where_the_network_tells_of_videos(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    film = FetchedPost("9", PostKind.VIDEO, PostState.PUBLISHED, NOW - timedelta(hours=9))
    since = dict.fromkeys(
        ((PostState.PUBLISHED, PostKind.POST), (PostState.PUBLISHED, PostKind.VIDEO)),
        TODAY - timedelta(days=5),
    )
    script.answers["zerno"] = parts(profile, lambda target: posts(target, posts=[film]), stories)
    bench.run()
    script.answers["zerno"] = parts(profile, lambda target: posts(target, complete_since=since), stories)
    bench.run()
    with bench.open() as store:
        states = {row.post.network_id: row.post.state for row in store.posts(Filter())}
    assert states["9"] is PostState.DELETED
    assert states["p1"] is PostState.PUBLISHED


def test_empty_wall_is_believed_the_second_time(bench: Bench, script: Script) -> None:
    add(bench, "zerno")
    bench.run()
    since = {(PostState.PUBLISHED, PostKind.POST): TODAY - timedelta(days=5)}
    script.answers["zerno"] = parts(profile, lambda target: posts(target, 0, complete_since=since), stories)
    held = unit_of(bench.run(), "zerno")
    assert held.trouble is not None
    assert held.trouble.code == "sync.suspect_posts"
    with bench.open() as store:
        assert {row.post.state for row in store.posts(Filter())} == {"published"}
    assert unit_of(bench.run(), "zerno").status is UnitStatus.OK
    with bench.open() as store:
        assert {row.post.state for row in store.posts(Filter())} == {"deleted"}
