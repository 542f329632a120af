"""Telegram's exact figures by a user's session, over real sockets and real MTProto."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from connectors.base import Part, TokenKind
from goals.model import Exactness, PostKind
from tests.fakes.mtproto_world import API_HASH
from tests.fakes.telegram import HOSTILE_TITLE, Message, TelegramFake
from tests.support.telegram_desk import BOT, NOW, channel, ids, target
from tests.support.telegram_user_desk import USER, UserDesk, user_desk


@pytest.fixture
def desk(fake: TelegramFake, tmp_path: Path) -> Iterator[UserDesk]:
    """A connector with somebody logged in."""
    with user_desk(fake, tmp_path / "state") as made:
        yield made


async def test_a_channel_is_read_exactly(fake: TelegramFake, desk: UserDesk) -> None:
    made = fake.add(channel(about="Обжариваем\nсами"))
    extra = desk.world.extra("zerno")
    extra.forwards, extra.comments, extra.stats_from = 7, 3, date(2026, 11, 20)
    found = await desk.read(target(), tokens=(USER,))
    profile, posts, days = (found[1, part] for part in (Part.PROFILE, Part.POSTS, Part.STATS))
    assert [result.trouble for result in found.values()] == [None, None, None]
    assert (profile.network_id, profile.handle, profile.title) == ("77", "zerno", "Кофейня «Зерно»")
    assert profile.about == "Обжариваем\nсами"
    (audience,) = profile.figures
    assert (audience.value, audience.day, audience.exactness) == (4812, date(2026, 11, 23), Exactness.EXACT)
    assert ids(posts) == [message.id for message in made.messages]
    assert posts.posts[-1].figures == {
        "views": 400 + 37 * 7,
        "forwards": 7,
        "comments": 3,
        "reactions": 6,
    }
    assert posts.posts[-1].exactness is Exactness.EXACT
    assert posts.posts[-1].url == f"https://t.me/zerno/{made.messages[-1].id}"
    figures = {(figure.metric, figure.day): figure.value for figure in days.figures}
    assert figures[("joins", date(2026, 11, 20))] == 5
    assert figures[("leaves", date(2026, 11, 21))] == 2
    assert figures[("audience", date(2026, 11, 22))] == 4810
    assert max(day for _metric, day in figures) == date(2026, 11, 22)
    assert (profile.requests, posts.requests, days.requests) == (2, 1, 2)
    assert fake.requests == []


async def test_the_statistics_are_found_in_their_data_centre(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel())
    desk.world.extra("zerno").stats_from = date(2026, 11, 20)
    desk.world.extra("zerno").tells_dc = False
    days = (await desk.read(target(since=date(2026, 11, 22)), tokens=(USER,)))[1, Part.STATS]
    assert days.trouble is None
    assert {(f.metric, f.day) for f in days.figures} == {
        (metric, date(2026, 11, 22)) for metric in ("audience", "joins", "leaves")
    }
    assert desk.asked("GetBroadcastStats") == 2


async def test_the_token_of_the_account_is_taken_first(fake: TelegramFake, desk: UserDesk) -> None:
    connector = desk.connector(USER)
    own = replace(USER, name="own")
    assert [(r.part, r.token) for r in connector.routes(target(tokens=(own,)))] == [
        (part, own) for part in (Part.PROFILE, Part.POSTS, Part.STATS)
    ]
    closed = desk.connector(BOT).routes(target())[2]
    assert (closed.token, closed.needs) == (None, (TokenKind.USER,))


async def test_a_hundred_messages_come_at_a_time(fake: TelegramFake, desk: UserDesk) -> None:
    made = fake.add(channel(250))
    posts = (await desk.read(target(), tokens=(USER,)))[1, Part.POSTS]
    assert ids(posts) == [message.id for message in made.messages]
    assert desk.asked("GetHistory") == 3
    assert json.loads(posts.cursor or "") == {"seen": made.messages[-1].id}


async def test_preview_and_session_take_up_where_the_other_stopped(
    fake: TelegramFake, desk: UserDesk
) -> None:
    made = fake.add(channel(1500))
    shown = (await desk.read(target()))[1, Part.POSTS]
    assert shown.goes_on
    cursors = {"posts": shown.cursor or ""}
    exact = (await desk.read(target(since=date(2026, 11, 20), cursors=cursors), tokens=(USER,)))[
        1, Part.POSTS
    ]
    assert set(ids(shown)) | set(ids(exact)) == {message.id for message in made.messages}
    assert not exact.goes_on
    made.messages.append(Message(9000, NOW, "Новый", 5))
    again = (await desk.read(target(since=date(2026, 11, 22), cursors={"posts": exact.cursor or ""})))[
        1, Part.POSTS
    ]
    assert 9000 in ids(again)


async def test_names_are_asked_for_once(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel())
    for _ in range(2):
        await desk.read(target(), tokens=(USER,))
    assert desk.asked("ResolveUsername") == 1
    assert dict(desk.session.channels) == {"zerno": (77, 5_000_001)}
    path = desk.sessions.path(USER.name)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_an_address_that_holds_no_more_is_asked_for_anew(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel())
    await desk.read(target(), tokens=(USER,))
    desk.world.extra("zerno").access_hash = 8_000_008
    found = await desk.read(target(), tokens=(USER,))
    assert found[1, Part.PROFILE].figures[0].value == 4812
    assert desk.asked("ResolveUsername") == 2
    assert desk.session.channels["zerno"] == (77, 8_000_008)


async def test_hidden_and_absent_figures_are_not_zero(fake: TelegramFake, desk: UserDesk) -> None:
    bare = Message(5, NOW - timedelta(hours=2), "а", None, None)
    fake.add(channel(messages=[bare, Message(6, NOW - timedelta(hours=1), service=True)]))
    extra = desk.world.extra("zerno")
    extra.hides_members, extra.has_reactions = True, False
    found = await desk.read(target(), tokens=(USER,))
    profile, posts = found[1, Part.PROFILE], found[1, Part.POSTS]
    assert profile.figures == ()
    assert [(gap.metric, gap.reason) for gap in profile.gaps] == [("audience", "hidden")]
    assert [(post.network_id, dict(post.figures)) for post in posts.posts] == [("5", {})]


async def test_a_video_is_told_from_a_post(fake: TelegramFake, desk: UserDesk) -> None:
    when = NOW - timedelta(hours=1)
    fake.add(channel(messages=[Message(5, when, video=True), Message(6, when, "с видео", video=True)]))
    posts = (await desk.read(target(), tokens=(USER,)))[1, Part.POSTS]
    assert [post.kind for post in posts.posts] == [PostKind.VIDEO, PostKind.POST]
    assert posts.posts[0].figures["reactions"] == 0


async def test_a_hostile_channel_is_only_text(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel(title=HOSTILE_TITLE))
    profile = (await desk.read(target(), tokens=(USER,)))[1, Part.PROFILE]
    assert profile.title == "[/x] сбой [@click=app.quit]да[/]"


async def test_only_wanted_parts_are_asked_for(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel())
    found = await desk.read(target(parts=frozenset({Part.PROFILE})), tokens=(USER,))
    assert set(found) == {(1, Part.PROFILE)}
    assert desk.asked("GetHistory") == desk.asked("GetBroadcastStats") == 0
    resolved = await desk.connector(USER).resolve(target())
    assert resolved.figures[0].value == 4812


async def test_check_says_who_is_logged_in(desk: UserDesk) -> None:
    connector = desk.connector(USER)
    check = await connector.check(USER)
    await connector.aclose()
    assert (check.ok, check.kind, check.name) == (True, TokenKind.USER, "@anna_smm")


async def test_calls_are_paced(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel(1000))
    await desk.read(target(), tokens=(USER,))
    assert desk.asked("GetHistory") == 11
    assert desk.time == pytest.approx(0.5 * (13 - 5))


async def test_nothing_secret_is_told(
    fake: TelegramFake, desk: UserDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    fake.add(channel())
    connector = desk.connector(USER)
    told = [repr(await connector.check(USER)), repr(connector.setup), repr(desk.session)]
    told.append(repr([result async for result in connector.fetch([target(), target("nobody", 2)])]))
    await connector.aclose()
    text = "\n".join([*told, caplog.text])
    assert API_HASH not in text
    assert desk.text not in text
