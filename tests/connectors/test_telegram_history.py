"""How far back the Telegram connector reads, over several runs and after faults."""

from __future__ import annotations

import json
from datetime import date

from connectors.base import Part
from goals.model import PostKind, PostState
from tests.fakes.server import Reply, Request
from tests.fakes.telegram import TelegramFake
from tests.support.telegram_desk import MOSCOW, Desk, channel, ids, target

POSTS_AND_VIDEOS = {(PostState.PUBLISHED, PostKind.POST), (PostState.PUBLISHED, PostKind.VIDEO)}


async def test_a_new_channel_is_read_to_its_beginning(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(70))
    posts = (await desk.read(target()))[1, Part.POSTS]
    assert ids(posts) == [message.id for message in made.messages]
    assert len(fake.requests) == 4
    first = made.messages[0].when.astimezone(MOSCOW).date()
    assert posts.complete_since == dict.fromkeys(POSTS_AND_VIDEOS, first)
    assert json.loads(posts.cursor or "") == {"seen": made.messages[-1].id}


async def test_reading_goes_back_to_the_day_that_is_wanted(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(200))
    since = date(2026, 11, 1)
    posts = (await desk.read(target(since=since)))[1, Part.POSTS]
    wanted = [m.id for m in made.messages if m.when.astimezone(MOSCOW).date() >= since]
    assert ids(posts) == wanted
    assert len(fake.requests) == 3
    assert posts.complete_since == dict.fromkeys(POSTS_AND_VIDEOS, since)


async def test_reading_goes_back_to_the_last_known_post(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(200))
    seen = made.messages[100].id
    cursor = json.dumps({"seen": seen})
    since = date(2026, 11, 20)
    posts = (await desk.read(target(since=since, cursors={"posts": cursor})))[1, Part.POSTS]
    assert set(ids(posts)) >= {m.id for m in made.messages if m.id > seen}
    assert len(fake.requests) == 5
    assert json.loads(posts.cursor or "")["seen"] == made.messages[-1].id


async def test_a_long_channel_is_read_over_several_runs(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(1500))
    first = (await desk.read(target()))[1, Part.POSTS]
    assert first.trouble is None
    assert len(fake.requests) == 61
    assert len(first.posts) == 61 * 20
    assert first.goes_on
    second = (await desk.read(target(since=date(2026, 11, 20), cursors={"posts": first.cursor or ""})))[
        1, Part.POSTS
    ]
    assert set(ids(first)) | set(ids(second)) == {message.id for message in made.messages}
    assert json.loads(second.cursor or "") == {"seen": made.messages[-1].id}
    assert not second.goes_on
    assert set(second.complete_since) == POSTS_AND_VIDEOS
    assert min(second.complete_since.values()) > date(2026, 11, 1)


async def test_what_was_read_before_a_fault_is_kept_and_the_rest_follows(
    fake: TelegramFake, desk: Desk
) -> None:
    made = fake.add(channel(100))
    fake.script(Reply(status=500), when=lambda r: r.query.get("before") == str(made.messages[60].id), times=3)
    first = (await desk.read(target()))[1, Part.POSTS]
    assert first.trouble is not None
    assert first.trouble.code == "http.status"
    assert ids(first) == [m.id for m in made.messages[60:]]
    second = (await desk.read(target(cursors={"posts": first.cursor or ""})))[1, Part.POSTS]
    assert second.trouble is None
    assert set(ids(first)) | set(ids(second)) == {message.id for message in made.messages}


async def test_a_hole_between_two_runs_is_closed_later(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(100))
    cursor = json.dumps({"seen": made.messages[10].id})
    fake.script(Reply(status=500), when=lambda r: r.query.get("before") == str(made.messages[60].id), times=3)
    first = (await desk.read(target(since=date(2026, 11, 20), cursors={"posts": cursor})))[1, Part.POSTS]
    second = (await desk.read(target(since=date(2026, 11, 20), cursors={"posts": first.cursor or ""})))[
        1, Part.POSTS
    ]
    read = set(ids(first)) | set(ids(second))
    assert read >= {m.id for m in made.messages[11:]}
    assert json.loads(second.cursor or "") == {"seen": made.messages[-1].id}


async def test_a_paging_loop_ends(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(60))
    first_page = fake.respond(Request("GET", "/s/zerno", {}, {}, {}, 0.0))
    fake.script(first_page, times=None)
    posts = (await desk.read(target()))[1, Part.POSTS]
    assert ids(posts) == [m.id for m in made.messages[-20:]]
    assert len(fake.requests) == 2


async def test_a_cursor_that_makes_no_sense_is_none(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel(30))
    for text in ("junk", "[]", '{"seen": -1}', '{"seen": "x"}', '{"until": "tomorrow"}', "1"):
        posts = (await desk.read(target(cursors={"posts": text})))[1, Part.POSTS]
        assert len(posts.posts) == 30
