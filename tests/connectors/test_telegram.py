"""The Telegram connector against the fake network: what it reads, with a bot and without."""

from __future__ import annotations

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Part, Secret, Token, TokenKind
from goals.model import Exactness
from tests.fakes.server import Reply
from tests.fakes.telegram import BOT_TOKEN, TelegramFake
from tests.support.telegram_desk import BOT, NOW, Desk, channel, ids, target


async def test_a_channel_is_read_without_a_token(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel())
    found = await desk.read(target())
    profile, posts = found[1, Part.PROFILE], found[1, Part.POSTS]
    assert (profile.network_id, profile.handle, profile.title) == ("77", "zerno", "Кофейня «Зерно»")
    (audience,) = profile.figures
    assert (audience.metric, audience.day, audience.value) == ("audience", date(2026, 11, 23), 4810)
    assert audience.exactness is Exactness.ROUNDED
    assert profile.trouble is posts.trouble is None
    assert ids(posts) == [message.id for message in made.messages]
    assert posts.posts[-1].figures == {"views": 400 + 37 * 7, "reactions": 6}
    assert posts.posts[-1].when == NOW - timedelta(hours=1)
    assert (profile.requests, posts.requests) == (1, 0)
    assert fake.requests[0].headers["user-agent"] == "smart-smm/1.0"


async def test_the_day_is_that_of_the_clients_zone(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel())
    found = await desk.read(target(zone=ZoneInfo("Pacific/Honolulu")))
    assert found[1, Part.PROFILE].figures[0].day == date(2026, 11, 22)


async def test_a_bot_makes_the_audience_exact(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel())
    for own, shared in (((BOT,), ()), ((), (BOT,))):
        found = await desk.read(target(tokens=own), tokens=shared)
        (audience,) = found[1, Part.PROFILE].figures
        assert (audience.value, audience.exactness) == (4812, Exactness.EXACT)
        assert found[1, Part.PROFILE].requests == 2


async def test_routes_need_no_token(fake: TelegramFake, desk: Desk) -> None:
    connector = desk.connector(Token("app", TokenKind.SERVICE, Secret("x")))
    assert [(r.part, r.token, r.is_open) for r in connector.routes(target())] == [
        (Part.PROFILE, None, True),
        (Part.POSTS, None, True),
        (Part.STATS, None, False),
    ]
    assert connector.routes(target(tokens=(BOT,)))[0].token is BOT
    assert [r.part for r in connector.routes(target(parts=frozenset({Part.POSTS, Part.STORIES})))] == [
        Part.POSTS
    ]


async def test_only_wanted_parts_are_read(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel(60))
    found = await desk.read(target(parts=frozenset({Part.PROFILE})))
    assert set(found) == {(1, Part.PROFILE)}
    assert fake.paths() == ["/s/zerno"]
    assert await desk.read(target(parts=frozenset({Part.STORIES}))) == {}


@pytest.mark.parametrize(
    ("reply", "code", "kind"),
    [
        (
            Reply(b'{"ok":false,"error_code":401,"description":"Unauthorized"}', 401),
            "telegram.bad_token",
            "auth",
        ),
        (
            Reply(b'{"ok":false,"error_code":404,"description":"Not Found"}', 404),
            "telegram.bad_token",
            "auth",
        ),
        (
            Reply(b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', 400),
            "telegram.bot_no_chat",
            "skip",
        ),
        (
            Reply(b'{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}', 403),
            "telegram.bot_kicked",
            "auth",
        ),
        (
            Reply(b'{"ok":false,"error_code":400,"description":"Bad Request: strange"}', 400),
            "telegram.api",
            "retry",
        ),
        (Reply(b'{"ok":true,"result":null}'), "telegram.api", "retry"),
        (Reply(b'{"ok":true,"result":-1}'), "telegram.api", "retry"),
        (Reply(b'{"ok":true}'), "telegram.api", "retry"),
        (Reply(b"<html>", content_type="text/html"), "http.not_json", "retry"),
        (Reply(b"{}", 500), "http.status", "retry"),
    ],
)
async def test_a_failing_bot_does_not_spoil_the_preview(
    fake: TelegramFake, desk: Desk, reply: Reply, code: str, kind: str
) -> None:
    fake.add(channel())
    fake.script(reply, when=lambda request: "/bot" in request.path, times=None)
    found = await desk.read(target(), tokens=(BOT,))
    profile = found[1, Part.PROFILE]
    assert profile.trouble is not None
    assert (profile.trouble.code, profile.trouble.kind) == (code, kind)
    assert BOT_TOKEN not in repr(profile)
    assert profile.figures[0].value == 4810
    assert found[1, Part.POSTS].trouble is None
    assert len(found[1, Part.POSTS].posts) == 8


async def test_a_bot_that_is_not_known_is_asked_once_a_run(fake: TelegramFake, desk: Desk) -> None:
    stranger = Token("old", TokenKind.BOT, Secret("123:gone"))
    fake.add(channel())
    connector = desk.connector(stranger)
    for _ in range(3):
        await connector.resolve(target())
    await connector.aclose()
    assert sum("/bot" in path for path in fake.paths()) == 1


async def test_a_secret_that_is_no_bot_token_is_never_sent(fake: TelegramFake, desk: Desk) -> None:
    check = await desk.connector().check(Token("odd", TokenKind.BOT, Secret("../../etc/passwd?")))
    assert check.trouble is not None
    assert check.trouble.code == "telegram.bad_token"
    assert fake.requests == []


async def test_a_short_wait_is_waited_and_a_long_one_remembered(fake: TelegramFake, desk: Desk) -> None:
    def told(seconds: int) -> Reply:
        body = {
            "ok": False,
            "error_code": 429,
            "description": "Too Many",
            "parameters": {"retry_after": seconds},
        }
        return Reply(json.dumps(body).encode(), 429)

    fake.add(channel())
    is_bot = lambda request: "/bot" in request.path  # noqa: E731
    fake.script(told(4), when=is_bot)
    found = await desk.read(target(), tokens=(BOT,))
    assert found[1, Part.PROFILE].figures[0].value == 4812
    assert 4 in desk.pauses
    fake.script(told(300), when=is_bot)
    found = await desk.read(target(), tokens=(BOT,))
    trouble = found[1, Part.PROFILE].trouble
    assert trouble is not None
    assert (trouble.code, trouble.facts["seconds"]) == ("telegram.flood", "300")
    assert desk.memory.blocked_until("zerno-bot", "getChatMemberCount") == NOW + timedelta(seconds=300)
    asked = len(fake.requests)
    await desk.read(target(), tokens=(BOT,))
    assert len(fake.requests) == asked + 1


async def test_a_token_is_checked_with_one_call(fake: TelegramFake, desk: Desk) -> None:
    connector = desk.connector()
    good = await connector.check(BOT)
    assert (good.ok, good.kind, good.name) == (True, TokenKind.BOT, "@zerno_stat_bot")
    bad = await connector.check(Token("old", TokenKind.BOT, Secret("1:x")))
    assert not bad.ok
    wrong = await connector.check(Token("vk", TokenKind.SERVICE, Secret("1:x")))
    assert wrong.trouble is not None
    assert wrong.trouble.code == "telegram.token_kind"
    await connector.aclose()
    assert len(fake.requests) == 2
