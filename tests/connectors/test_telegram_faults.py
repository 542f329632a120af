"""What the Telegram connector survives: closed channels, odd answers, long waits, hostile text."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from connectors.base import Fetched, Part, Target, TroubleKind
from connectors.telegram import TelegramConnector
from goals.model import Exactness
from tests.fakes.server import Reply
from tests.fakes.telegram import HOSTILE_TITLE, Channel, TelegramFake
from tests.support.telegram_desk import BOT, Desk, channel, target


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
    assert trouble.code == "sync.internal"
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
    assert profile.title == "[/x] сбой [@click=app.quit]да[/]"
