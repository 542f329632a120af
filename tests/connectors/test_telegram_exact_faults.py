"""When a user's session of Telegram fails: the public preview stands, and the trouble beside it."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.base import Fetched, Part, Secret
from connectors.telegram.mtproto import user as user_module
from connectors.telegram.mtproto.sessions import Session
from goals.model import Exactness
from tests.fakes.telegram import TelegramFake
from tests.support.telegram_desk import BOT, NOW, channel, ids, target
from tests.support.telegram_user_desk import USER, UserDesk, user_desk

Found = dict[tuple[int, Part], Fetched]


@pytest.fixture
def desk(fake: TelegramFake, tmp_path: Path) -> Iterator[UserDesk]:
    """A connector with somebody logged in, and a channel."""
    with user_desk(fake, tmp_path / "state") as made:
        fake.add(channel())
        yield made


def expect_preview(found: Found, code: str) -> None:
    """The figures are the preview's, and each part tells the trouble."""
    assert {
        part: result.trouble and result.trouble.code for (_key, part), result in found.items()
    } == dict.fromkeys((Part.PROFILE, Part.POSTS, Part.STATS), code)
    (audience,) = found[1, Part.PROFILE].figures
    assert (audience.value, audience.exactness) == (4810, Exactness.ROUNDED)
    assert len(found[1, Part.POSTS].posts) == 8
    assert found[1, Part.STATS].figures == ()


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        ("AUTH_KEY_UNREGISTERED", "telegram.session_lost", "auth"),
        ("SESSION_REVOKED", "telegram.session_lost", "auth"),
        ("USER_DEACTIVATED", "telegram.user_gone", "auth"),
        ("CHANNEL_PRIVATE", "telegram.private", "skip"),
        ("API_ID_INVALID", "telegram.bad_application", "auth"),
        ("SOMETHING_NEW", "telegram.rpc", "retry"),
        ("FLOOD_WAIT_3600", "telegram.user_flood", "retry"),
    ],
)
async def test_a_refused_call_leaves_the_preview(desk: UserDesk, error: str, code: str, kind: str) -> None:
    desk.world.script("GetFullChannel", error, times=None)
    found = await desk.read(target(), tokens=(USER,))
    expect_preview(found, code)
    trouble = found[1, Part.PROFILE].trouble
    assert trouble is not None
    assert trouble.kind == kind


async def test_a_session_that_was_ended_elsewhere(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel(name="kofe", number=78))
    desk.world.end_sessions()
    connector = desk.connector(USER)
    results = [result async for result in connector.fetch([target(), target("kofe", 2)])]
    await connector.aclose()
    assert {r.trouble.code for r in results if r.trouble} == {"telegram.session_lost"}
    assert len(results) == 6
    check = await (again := desk.connector(USER)).check(USER)
    await again.aclose()
    assert check.trouble is not None
    assert check.trouble.code == "telegram.session_lost"


async def test_a_key_that_the_servers_forgot(desk: UserDesk) -> None:
    desk.world.server.keys.clear()
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.session_lost")


async def test_servers_that_cannot_be_reached_are_tried_once_a_run(
    fake: TelegramFake, desk: UserDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.add(channel(name="kofe", number=78))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setattr(desk.world.server, "port", closed.getsockname()[1])
        desk.sessions.write(USER.name, Session(Secret(desk.world.session())))
        connector = desk.connector(USER)
        results = [result async for result in connector.fetch([target(), target("kofe", 2)])]
        await connector.aclose()
    assert {r.trouble.code for r in results if r.trouble} == {"telegram.user_unreachable"}
    assert len(results) == 6


@pytest.mark.parametrize("times", [1, 2])
async def test_a_connection_that_is_lost_is_made_anew_once(desk: UserDesk, times: int) -> None:
    desk.world.server.cutting = {"GetHistory": times}
    found = await desk.read(target(parts=frozenset({Part.POSTS})), tokens=(USER,))
    posts = found[1, Part.POSTS]
    assert len(posts.posts) == 8
    assert (posts.trouble and posts.trouble.code) == [None, "telegram.user_unreachable"][times - 1]
    assert desk.world.server.connections == 2


async def test_silence_ends_in_time(desk: UserDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.telegram.mtproto.calls.CALL_SECONDS", 0.2)
    desk.world.server.hanging = True
    expect_preview(await desk.read(target(), tokens=(USER,)), "http.timeout")


async def test_stopping_stops_at_once(desk: UserDesk) -> None:
    desk.world.server.hanging = True
    connector = desk.connector(USER)
    results: AsyncIterator[Fetched] = connector.fetch([target()])
    reading = asyncio.ensure_future(anext(results))
    await asyncio.sleep(0.1)
    reading.cancel()
    async with asyncio.timeout(2):
        await asyncio.gather(reading, return_exceptions=True)
        await connector.aclose()
    assert reading.cancelled()


async def test_a_short_pause_is_waited_out(desk: UserDesk) -> None:
    told: list[float] = []
    desk.setup = replace(desk.setup, waiting=told.append)
    desk.world.script("GetHistory", "FLOOD_WAIT_17")
    found = await desk.read(target(), tokens=(USER,))
    assert found[1, Part.POSTS].trouble is None
    assert 17 in desk.pauses
    assert 17 in told
    assert desk.memory.blocks.get((USER.name, "*", "")) is None


async def test_a_pause_that_never_ends_is_not_waited_for(desk: UserDesk) -> None:
    desk.world.script("GetFullChannel", "FLOOD_WAIT_30", times=None)
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.user_flood")
    assert desk.asked("GetFullChannel") == user_module.WAITS


async def test_a_long_pause_is_remembered(desk: UserDesk) -> None:
    desk.world.script("GetHistory", "FLOOD_WAIT_7200")
    found = await desk.read(target(), tokens=(USER,))
    assert found[1, Part.PROFILE].figures[0].value == 4812
    assert len(found[1, Part.POSTS].posts) == 8
    assert found[1, Part.POSTS].posts[0].exactness is Exactness.EXACT  # below 1 000 the preview is exact
    trouble = found[1, Part.POSTS].trouble
    assert trouble is not None
    assert trouble.facts["seconds"] == "7200"
    assert desk.memory.blocks[USER.name, "*", ""] == (NOW + timedelta(hours=2), "telegram.user_flood")
    asked = len(desk.world.calls)
    again = await desk.read(target(), tokens=(USER,))
    assert set(again) == {(1, Part.PROFILE), (1, Part.POSTS)}
    assert len(desk.world.calls) == asked
    route = desk.connector(USER).routes(target())[2]
    assert not route.is_open
    assert [trouble.code for trouble in route.refused] == ["telegram.user_flood"]


async def test_a_long_pause_in_the_middle_keeps_what_was_read(fake: TelegramFake, desk: UserDesk) -> None:
    made = fake.add(channel(250))
    desk.world.calls.clear()
    real = desk.world.answer

    def answer(key: bytes, request: object) -> object:
        if desk.asked("GetHistory") == 1:
            desk.world.script("GetHistory", "FLOOD_WAIT_7200")
        return real(key, request)

    desk.world.server.answer = answer
    posts = (await desk.read(target(), tokens=(USER,)))[1, Part.POSTS]
    assert posts.trouble is not None
    assert posts.trouble.code == "telegram.user_flood"
    assert ids(posts) == [message.id for message in made.messages[-100:]]
    assert posts.goes_on


async def test_names_are_not_asked_for_over_the_limit(fake: TelegramFake, desk: UserDesk) -> None:
    await desk.read(target(), tokens=(USER,))
    fake.add(channel(name="kofe", number=78))
    desk.memory.count(USER.name, user_module.RESOLVE, user_module.RESOLVES_A_DAY)
    found = await desk.read(target(), target("kofe", 2), tokens=(USER,))
    assert found[1, Part.PROFILE].figures[0].exactness is Exactness.EXACT
    trouble = found[2, Part.PROFILE].trouble
    assert trouble is not None
    assert trouble.code == "telegram.names_limit"
    assert found[2, Part.PROFILE].figures[0].exactness is Exactness.ROUNDED


async def test_a_pause_for_names_holds_for_names_only(fake: TelegramFake, desk: UserDesk) -> None:
    await desk.read(target(), tokens=(USER,))
    fake.add(channel(name="kofe", number=78))
    desk.world.script("ResolveUsername", "FLOOD_WAIT_9000")
    for _ in range(2):
        found = await desk.read(target("kofe", 2), target(), tokens=(USER,))
        assert found[1, Part.PROFILE].figures[0].exactness is Exactness.EXACT
        trouble = found[2, Part.PROFILE].trouble
        assert trouble is not None
        assert trouble.code == "telegram.user_flood"
    assert desk.asked("ResolveUsername") == 2


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [("nobody", "channel", "telegram.not_found"), ("anna", "person", "telegram.not_channel")],
)
async def test_what_is_no_channel(
    fake: TelegramFake, desk: UserDesk, name: str, kind: str, code: str
) -> None:
    if name != "nobody":
        fake.add(channel(name=name, kind=kind, preview=False))
    found = await desk.read(target(name), tokens=(USER,))
    assert {result.trouble.code for result in found.values() if result.trouble} == {code}
    assert len(found) == 3


async def test_a_group_is_no_channel(fake: TelegramFake, desk: UserDesk) -> None:
    fake.add(channel(name="chat", kind="group", preview=False, number=90))
    desk.world.extra("chat").megagroup = True
    found = await desk.read(target("chat"), tokens=(USER,))
    assert {result.trouble.code for result in found.values() if result.trouble} == {"telegram.group"}


async def test_statistics_that_are_not_shown_are_asked_for_tomorrow(desk: UserDesk) -> None:
    days = (await desk.read(target(), tokens=(USER,)))[1, Part.STATS]
    assert days.trouble is not None
    assert (days.trouble.kind, days.trouble.code) == ("auth", "telegram.no_stats")
    assert desk.asked("GetBroadcastStats") == 0
    assert set(await desk.read(target(), tokens=(USER,))) == {(1, Part.PROFILE), (1, Part.POSTS)}
    route = desk.connector(USER).routes(target())[2]
    assert [trouble.code for trouble in route.refused] == ["telegram.no_stats"]
    assert desk.connector(USER).routes(target("other"))[2].is_open


async def test_nobody_is_logged_in(desk: UserDesk) -> None:
    desk.sessions.remove(USER.name)
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.no_session")


@pytest.mark.parametrize("text", ["junk", "1junk", "1" + "A" * 352])
async def test_a_session_that_is_none(desk: UserDesk, text: str) -> None:
    desk.sessions.write(USER.name, Session(Secret(text)))
    found = await desk.read(target(), tokens=(USER,))
    trouble = found[1, Part.STATS].trouble
    assert trouble is not None
    assert trouble.code in {"telegram.broken_session", "telegram.user_unreachable"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 2, "session": "x", "channels": {}}'])
async def test_a_file_that_is_no_session(desk: UserDesk, content: str) -> None:
    path = desk.sessions.path(USER.name)
    assert path is not None
    path.write_text(content)
    path.chmod(0o600)
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.broken_session")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such rights there")
async def test_a_session_that_others_may_read_is_not_used(desk: UserDesk) -> None:
    path = desk.sessions.path(USER.name)
    assert path is not None
    path.chmod(0o644)
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.open_session")
    assert desk.world.calls == []


async def test_a_session_that_was_taken_away_does_not_come_back(desk: UserDesk) -> None:
    connector = desk.connector(USER)
    assert [result async for result in connector.fetch([target()])]
    desk.sessions.remove(USER.name)
    await connector.aclose()
    assert not desk.sessions.exists(USER.name)


async def test_a_secret_that_is_no_application(desk: UserDesk) -> None:
    odd = replace(USER, secret=Secret("94575"))
    expect_preview(await desk.read(target(), tokens=(odd,)), "telegram.token_form")


async def test_telethon_is_not_installed(desk: UserDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "telethon", None)
    expect_preview(await desk.read(target(), tokens=(USER,)), "telegram.no_telethon")


@pytest.mark.parametrize(
    ("proxy", "code"),
    [("https://127.0.0.1:1", "telegram.proxy_kind"), ("socks5://127.0.0.1:1", "http.proxy")],
)
async def test_a_proxy_that_leads_nowhere(desk: UserDesk, proxy: str, code: str) -> None:
    desk.setup = replace(desk.setup, proxy=proxy)
    found = await desk.read(target(parts=frozenset({Part.STATS})), tokens=(USER,))
    trouble = found[1, Part.STATS].trouble
    assert trouble is not None
    assert trouble.code == code


async def test_a_bot_counts_where_the_session_fails(desk: UserDesk) -> None:
    desk.world.end_sessions()
    profile = (await desk.read(target(), tokens=(USER, BOT)))[1, Part.PROFILE]
    assert (profile.figures[0].value, profile.figures[0].exactness) == (4812, Exactness.EXACT)
    assert profile.trouble is not None
    assert profile.trouble.code == "telegram.session_lost"
