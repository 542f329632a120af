"""Groups of Odnoklassniki as they are read: batches, posts, days, and where each run goes on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, Part, Trouble, TroubleKind
from connectors.ok import topics, trends
from connectors.ok.parse import Trends
from goals.model import Exactness, PostKind, PostState
from tests.fakes.ok import ACCESS_TOKEN, OkFake, daily, history, is_method, refusal
from tests.support.ok_desk import NOW, NUMBER, Desk, group, target, token

TODAY = date(2026, 11, 23)


async def test_a_group_is_read_whole(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    found = await Desk(fake_ok).read(target())
    profile, posts, days = (found[1, part] for part in (Part.PROFILE, Part.POSTS, Part.STATS))
    assert (profile.network_id, profile.handle, profile.title) == (str(NUMBER), "zerno", "Кофейня «Зерно»")
    assert profile.about == "Кофе у дома"
    assert [(f.metric, f.day, f.value) for f in profile.figures] == [("audience", TODAY, 4812)]
    newest = posts.posts[-1]
    assert newest.figures == {"views": 407, "reach": 307, "likes": 7, "comments": 2, "shares": 1}
    assert (newest.text, newest.kind, newest.state) == ("Пост 8", PostKind.POST, PostState.PUBLISHED)
    assert newest.url == f"https://ok.ru/group/{NUMBER}/topic/{newest.network_id}"
    assert posts.complete_since == {(PostState.PUBLISHED, PostKind.POST): trends.BEGINNING}
    told = {(f.metric, f.day): (f.value, f.exactness) for f in days.figures}
    assert told["reach", TODAY] == (900, Exactness.PARTIAL)
    assert told["joins", TODAY - timedelta(days=1)] == (11, Exactness.EXACT)
    assert told["audience", TODAY - timedelta(days=1)] == (4809, Exactness.EXACT)
    assert ("audience", TODAY) not in told
    assert [result.requests for result in found.values()] == [2, 2, 2]


async def test_a_hundred_groups_are_asked_for_in_one_call(fake_ok: OkFake) -> None:
    for n in range(250):
        fake_ok.add(replace(group(NUMBER + n, ""), topics=[], days={}))
    known = [target(str(NUMBER + n), n, parts=frozenset({Part.PROFILE})) for n in range(250)]
    found = await Desk(fake_ok).read(*known, target("777", 999, parts=frozenset({Part.PROFILE})))
    assert len(fake_ok.calls("group.getInfo")) == len(fake_ok.calls()) == 3
    assert {key: f.trouble.code for (key, _), f in found.items() if f.trouble} == {999: "ok.not_found"}
    assert sum(result.requests for result in found.values()) == 3


async def test_one_bad_number_does_not_spoil_the_others(fake_ok: OkFake) -> None:
    for n in range(5):
        fake_ok.add(group(NUMBER + n, ""))
    bad = str(NUMBER + 3)
    fake_ok.script(refusal(100), when=lambda r: bad in r.form.get("uids", ""), times=None)
    parts = frozenset({Part.PROFILE})
    found = await Desk(fake_ok).read(*(target(str(NUMBER + n), n, parts=parts) for n in range(5)))
    assert {key: f.trouble.code for (key, _), f in found.items() if f.trouble} == {3: "ok.100"}


async def test_days_alone_need_no_look_at_the_group(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    wanted = target(network_id=str(NUMBER), parts=frozenset({Part.STATS}))
    found = await Desk(fake_ok).read(wanted)
    assert found[1, Part.STATS].figures
    assert {call["method"] for call in fake_ok.calls()} == {"group.getStatTrends"}


async def test_hidden_members_and_figures_are_absent(fake_ok: OkFake) -> None:
    made = fake_ok.add(group())
    made.members, made.days = None, {"reach": made.days["reach"]}
    made.topics = [replace(made.topics[0], figures={"views": 5})]
    found = await Desk(fake_ok).read(target())
    assert found[1, Part.PROFILE].figures == ()
    assert {figure.metric for figure in found[1, Part.STATS].figures} == {"reach"}
    assert found[1, Part.POSTS].posts[0].figures == {"views": 5}
    assert all(result.trouble is None for result in found.values())


async def test_a_long_history_of_posts_goes_on_in_the_next_run(
    fake_ok: OkFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "PAGES_A_RUN", 3)
    made = fake_ok.add(group(posts=220))
    desk, wanted = Desk(fake_ok), target(parts=frozenset({Part.POSTS}))
    first = (await desk.read(wanted))[1, Part.POSTS]
    assert (len(first.posts), first.goes_on, first.complete_since) == (150, True, {})
    made.topics += history(225, NOW)[-1:]
    later = replace(wanted, cursors={"posts": str(first.cursor)}, since=TODAY - timedelta(days=3))
    second = (await desk.read(later))[1, Part.POSTS]
    seen = {post.network_id for post in (*first.posts, *second.posts)}
    assert (len(seen), second.goes_on) == (221, False)
    assert second.complete_since == {(PostState.PUBLISHED, PostKind.POST): TODAY - timedelta(days=3)}


async def test_an_anchor_that_grew_stale_begins_anew(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    end = int(NOW.timestamp() * 1000)
    old = topics.TopicsCursor(end, (topics.Walk(end, None, "gone!"),))
    wanted = target(cursors={"posts": old.dump()}, parts=frozenset({Part.POSTS}))
    posts = (await Desk(fake_ok).read(wanted))[1, Part.POSTS]
    assert posts.trouble is not None
    assert posts.trouble.code == "ok.100"
    assert topics.parse_topics_cursor(posts.cursor).walks == (topics.Walk(end, None, ""),)
    assert posts.posts


async def test_posts_stay_where_their_texts_cannot_be_read(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    fake_ok.script(refusal(11), when=is_method("mediatopic.getByIds"), times=None)
    posts = (await Desk(fake_ok).read(target()))[1, Part.POSTS]
    assert len(posts.posts) == 8
    assert {post.text for post in posts.posts} == {""}
    assert posts.trouble is not None
    assert posts.trouble.code == "ok.11"


async def test_a_long_history_of_days_takes_several_calls_and_runs(
    fake_ok: OkFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trends, "CALLS_A_RUN", 2)
    made = fake_ok.add(group(days=250))
    desk, wanted = Desk(fake_ok), target(parts=frozenset({Part.STATS}))
    first = (await desk.read(wanted))[1, Part.STATS]
    assert {f.day for f in first.figures} == {TODAY - timedelta(days=n) for n in range(180)}
    assert first.goes_on
    made.days = daily(250, NOW)
    second = (await desk.read(replace(wanted, cursors={"stats": str(first.cursor)})))[1, Part.STATS]
    days = {f.day for f in (*first.figures, *second.figures)}
    assert days == {TODAY - timedelta(days=n) for n in range(250)}
    third = (await desk.read(replace(wanted, cursors={"stats": str(second.cursor)})))[1, Part.STATS]
    assert not third.goes_on
    assert {f.day for f in third.figures} == {TODAY - timedelta(days=n) for n in range(4)}


async def test_what_comes_later_fails_and_what_came_stays(fake_ok: OkFake) -> None:
    fake_ok.add(group(days=200))
    calls = iter(range(100))
    fake_ok.script(
        refusal(300), when=lambda r: is_method("group.getStatTrends")(r) and next(calls) > 0, times=None
    )
    days = (await Desk(fake_ok).read(target(parts=frozenset({Part.STATS}))))[1, Part.STATS]
    assert len({f.day for f in days.figures}) == 90
    assert days.trouble is not None
    assert (days.goes_on, trends.parse_days_cursor(days.cursor).back) == (True, TODAY - timedelta(days=90))


async def test_another_token_reads_what_the_first_may_not(fake_ok: OkFake) -> None:
    made = fake_ok.add(group())
    fake_ok.tokens["tkn1-other"] = ("f" * 32, "Пётр")
    made.admins = {"tkn1-other"}
    desk = Desk(fake_ok)
    found = await desk.read(target(), tokens=(token(), token("ok-owner", "tkn1-other", "f" * 32)))
    assert all(result.trouble is None for result in found.values())
    alone = await desk.read(target())
    assert {part: f.trouble.code for (_, part), f in alone.items() if f.trouble} == {
        Part.POSTS: "ok.10",
        Part.STATS: "ok.10",
    }
    trouble = alone[1, Part.POSTS].trouble
    assert trouble is not None
    assert trouble.facts["token"] == "ok-zerno"
    assert ACCESS_TOKEN not in repr(alone)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{", '{"v":1}', '{"v":2}', '{"v":1,"walks":[{"end":"x"}]}', "7"]
)
async def test_a_cursor_that_makes_no_sense_is_none(text: str) -> None:
    assert trends.parse_days_cursor(text) == trends.DaysCursor()
    assert topics.parse_topics_cursor(text) == topics.TopicsCursor()


def test_cursors_come_back_as_they_went() -> None:
    days = trends.DaysCursor(TODAY, date(2025, 1, 1), None)
    posts = topics.TopicsCursor(5, (topics.Walk(5, None, "a"), topics.Walk(9, 3, "")))
    assert trends.parse_days_cursor(days.dump()) == days
    assert topics.parse_topics_cursor(posts.dump()) == posts


@given(st.integers(1, 1500), st.integers(2, 5), st.lists(st.booleans(), max_size=8))
async def test_every_day_of_the_past_is_read_at_last(days: int, calls: int, failures: list[bool]) -> None:
    failing = iter(failures)

    async def fetch(first: date, last: date) -> Trends:
        if next(failing, False):
            raise ConnectorError(Trouble(TroubleKind.RETRY, "ok.1"))
        asked = (TODAY - timedelta(days=n) for n in range(days))
        return Trends({("reach", day): 1.0 for day in asked if first <= day <= last})

    read: set[date] = set()
    cursor = trends.DaysCursor()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trends, "CALLS_A_RUN", calls)
        while cursor.last is None or cursor.back is not None:
            reader = trends.DaysReader(TODAY, fetch)
            with suppress(ConnectorError):  # not even the newest days: the cursor stays as it was
                cursor = trends.parse_days_cursor((await reader.read(cursor, None)).dump())
            read |= {day for _metric, day in reader.figures}
    assert read == {TODAY - timedelta(days=n) for n in range(days)}
