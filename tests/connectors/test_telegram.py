"""The Telegram connector against the fake network: what it reads, how far back, and what it survives."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind, TroubleKind
from connectors.telegram import TelegramConnector
from connectors.testing import DictMemory
from goals.model import Exactness
from tests.fakes.server import Reply, Request
from tests.fakes.telegram import BOT_TOKEN, HOSTILE_TITLE, Channel, TelegramFake, history

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
BOT = Token("zerno-bot", TokenKind.BOT, Secret(BOT_TOKEN))


class Desk:
    """A connector on the fake, with pauses written down instead of waited for."""

    def __init__(self, fake: TelegramFake) -> None:
        self.fake = fake
        self.memory = DictMemory(lambda: NOW)
        self.pauses: list[float] = []
        self.time = 0.0
        self.setup = Setup(
            tokens=(),
            now=lambda: NOW,
            memory=self.memory,
            base_url=fake.url,
            preview_base_url=fake.url + "/",
            user_agent="smart-smm/1.0",
        )

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def connector(self, *tokens: Token) -> TelegramConnector:
        setup = replace(self.setup, tokens=tokens)
        return TelegramConnector(setup, sleep=self.sleep, clock=lambda: self.time)

    async def read(self, *targets: Target, tokens: tuple[Token, ...] = ()) -> dict[tuple[int, Part], Fetched]:
        connector = self.connector(*tokens)
        try:
            results = [result async for result in connector.fetch(targets)]
        finally:
            await connector.aclose()
        found = {(result.key, result.part): result for result in results}
        assert len(found) == len(results)
        return found


@pytest.fixture
def fake() -> Iterator[TelegramFake]:
    with TelegramFake() as running:
        yield running


@pytest.fixture
def desk(fake: TelegramFake) -> Desk:
    return Desk(fake)


def target(handle: str = "zerno", key: int = 1, **values: object) -> Target:
    made = Target(key=key, handle=handle, network_id=None, zone=MOSCOW)
    return replace(made, **values)  # type: ignore[arg-type]


def channel(count: int = 8, name: str = "zerno", members: int = 4812, **values: object) -> Channel:
    made = Channel(name, "Кофейня «Зерно»", members, 77, history(count, NOW - timedelta(hours=1)))
    for field, value in values.items():
        setattr(made, field, value)
    return made


def ids(result: Fetched) -> list[int]:
    return [int(post.network_id) for post in result.posts]


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


async def test_a_new_channel_is_read_to_its_beginning(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(70))
    posts = (await desk.read(target()))[1, Part.POSTS]
    assert ids(posts) == [message.id for message in made.messages]
    assert len(fake.requests) == 4
    assert posts.complete_since == made.messages[0].when.astimezone(MOSCOW).date()
    assert json.loads(posts.cursor or "") == {"seen": made.messages[-1].id}


async def test_reading_goes_back_to_the_day_that_is_wanted(fake: TelegramFake, desk: Desk) -> None:
    made = fake.add(channel(200))
    since = date(2026, 11, 1)
    posts = (await desk.read(target(since=since)))[1, Part.POSTS]
    wanted = [m.id for m in made.messages if m.when.astimezone(MOSCOW).date() >= since]
    assert ids(posts) == wanted
    assert len(fake.requests) == 3
    assert posts.complete_since == since


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
    second = (await desk.read(target(since=date(2026, 11, 20), cursors={"posts": first.cursor or ""})))[
        1, Part.POSTS
    ]
    assert set(ids(first)) | set(ids(second)) == {message.id for message in made.messages}
    assert json.loads(second.cursor or "") == {"seen": made.messages[-1].id}
    assert second.complete_since is not None
    assert second.complete_since > date(2026, 11, 1)


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


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (None, "telegram.not_found"),
        (channel(preview=False, hides_members=True), "telegram.no_preview"),
        (channel(preview=False, kind="group"), "telegram.group"),
        (channel(preview=False, kind="person"), "telegram.not_channel"),
    ],
)
async def test_what_has_no_preview_says_what_it_is(
    fake: TelegramFake, desk: Desk, made: Channel | None, code: str
) -> None:
    if made is not None:
        fake.add(made)
    found = await desk.read(target())
    posts = found[1, Part.POSTS]
    assert posts.trouble is not None
    assert (posts.trouble.code, posts.trouble.kind) == (code, TroubleKind.SKIP)
    assert posts.posts == ()
    assert posts.trouble.facts["handle"] == "zerno"
    assert len(fake.requests) == 2


async def test_a_channel_without_a_preview_still_shows_its_audience(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel(preview=False))
    profile = (await desk.read(target()))[1, Part.PROFILE]
    assert profile.trouble is None
    assert (profile.figures[0].value, profile.figures[0].exactness) == (4812, Exactness.EXACT)
    assert profile.title == "Кофейня «Зерно»"


async def test_a_hidden_audience_is_a_gap(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel(hides_members=True))
    profile = (await desk.read(target()))[1, Part.PROFILE]
    assert profile.figures == ()
    assert [(gap.metric, gap.reason) for gap in profile.gaps] == [("audience", "hidden")]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"<html>captcha</html>", content_type="text/html"), "telegram.unexpected_page"),
        (Reply(b"{}"), "http.not_text"),
        (Reply(status=302, headers={"Location": "https://provider.invalid/blocked"}), "http.redirect"),
        (Reply(b"<html>", content_type="text/html", cut=True), "http.truncated"),
        (Reply(status=429), "http.rate_limited"),
        (
            Reply(
                gzip.compress(b"x" * 30_000_000),
                content_type="text/html",
                headers={"Content-Encoding": "gzip"},
            ),
            "http.too_large",
        ),
        (Reply(status=404), "telegram.not_found"),
    ],
)
async def test_faults_of_the_preview(fake: TelegramFake, desk: Desk, reply: Reply, code: str) -> None:
    fake.script(reply, times=None)
    found = await desk.read(target())
    assert {result.trouble.code for result in found.values() if result.trouble} == {code}
    assert len(found) == 2


async def test_a_bot_counts_where_the_preview_fails(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel())
    fake.script(Reply(status=503), when=lambda request: request.path.startswith("/s/"), times=None)
    found = await desk.read(target(), tokens=(BOT,))
    assert found[1, Part.PROFILE].figures[0].value == 4812
    assert found[1, Part.PROFILE].trouble is None
    assert found[1, Part.POSTS].trouble is not None


async def test_an_unreachable_preview_asks_for_a_proxy(desk: Desk, fake: TelegramFake) -> None:
    desk.setup = replace(desk.setup, preview_base_url="http://127.0.0.1:9")
    posts = (await desk.read(target()))[1, Part.POSTS]
    assert posts.trouble is not None
    assert posts.trouble.code == "telegram.unreachable"
    desk.setup = replace(desk.setup, proxy="http://127.0.0.1:9")
    posts = (await desk.read(target()))[1, Part.POSTS]
    assert posts.trouble is not None
    assert posts.trouble.code == "http.proxy"


async def test_a_channel_fails_alone(fake: TelegramFake, desk: Desk) -> None:
    for n in range(12):
        fake.add(channel(name=f"kofe{n}"))
    fake.script(Reply(status=500), when=lambda request: request.path == "/s/kofe3", times=None)
    found = await desk.read(*(target(f"kofe{n}", n) for n in range(12)))
    assert len(found) == 24
    assert {result.key for result in found.values() if result.trouble is not None} == {3}


async def test_a_long_wait_is_for_all_channels(fake: TelegramFake, desk: Desk) -> None:
    for n in range(40):
        fake.add(channel(name=f"kofe{n}"))
    fake.script(Reply(status=429, headers={"Retry-After": "600"}), times=None)
    found = await desk.read(*(target(f"kofe{n}", n) for n in range(40)))
    assert {result.trouble.code for result in found.values() if result.trouble} == {"http.rate_limited"}
    assert len(fake.requests) <= 8


async def test_a_bug_in_one_account_is_logged_and_stays_there(
    fake: TelegramFake, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fake.add(channel())
    fake.add(channel(name="kofe"))
    sound = TelegramConnector._profile

    async def broken(self: TelegramConnector, aim: Target, *rest: object) -> Fetched:
        if aim.handle == "kofe":
            raise ZeroDivisionError
        return await sound(self, aim, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(TelegramConnector, "_profile", broken)
    with caplog.at_level(logging.ERROR):
        found = await desk.read(target(), target("kofe", 2))
    assert found[1, Part.PROFILE].trouble is None
    trouble = found[2, Part.POSTS].trouble
    assert trouble is not None
    assert trouble.code == "telegram.internal"
    assert "ZeroDivisionError" in caplog.text


async def test_pages_are_a_second_apart_after_the_first_few(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel(200))
    await desk.read(target())
    assert len(fake.requests) == 10
    assert desk.time == pytest.approx(5.0)


async def test_stopping_stops_at_once(fake: TelegramFake, desk: Desk) -> None:
    fake.add(channel())
    fake.script(Reply(hang=True), when=lambda request: request.path == "/s/kofe", times=None)
    connector = desk.connector()
    results: AsyncIterator[Fetched] = connector.fetch([target(), target("kofe", 2)])
    assert (await anext(results)).key == 1
    async with asyncio.timeout(2):
        await results.aclose()  # type: ignore[attr-defined]
        await connector.aclose()


async def test_a_hostile_channel_is_only_text(fake: TelegramFake, desk: Desk) -> None:
    made = channel()
    made.title = HOSTILE_TITLE
    fake.add(made)
    profile = (await desk.read(target()))[1, Part.PROFILE]
    assert profile.title == "[/x] [31mсбой[0m ]52;c;AAAA[@click=app.quit]да[/]"
