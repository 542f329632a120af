"""How the YouTube connector reads: batches, pages, the day's units, refusals, owners' figures."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.base import Part, Secret, Token, TokenKind, TroubleKind
from connectors.youtube.api import PAUSE_SCOPE, UNITS, UNITS_A_DAY, next_reset
from connectors.youtube.uploads import PAGES_A_RUN
from goals.model import Exactness, PostKind, PostState
from tests.fakes.server import Reply, Request
from tests.fakes.youtube import (
    CLIENT_SECRET,
    KEY,
    REFRESH_TOKEN,
    FakeChannel,
    Video,
    YoutubeFake,
    channel_id,
    error,
    uploads,
)
from tests.support.youtube_desk import KEY_TOKEN, NOW, OWNER, Desk, target

PROFILE = frozenset({Part.PROFILE})
POSTS = frozenset({Part.POSTS})
STATS = frozenset({Part.STATS})


@pytest.fixture
def fake() -> Iterator[YoutubeFake]:
    """A YouTube on loopback."""
    with YoutubeFake() as running:
        yield running


@pytest.fixture
def desk(fake: YoutubeFake, tmp_path: Path) -> Desk:
    """A connector on it."""
    return Desk(fake, tmp_path / "state")


def add(fake: YoutubeFake, number: int = 1, count: int = 3, **values: object) -> FakeChannel:
    videos = uploads(count, NOW - timedelta(hours=1), prefix=f"n{number}v")
    made = FakeChannel(channel_id(number), f"fake{number}", f"Канал {number}", 12_345, videos=videos)
    for field, value in values.items():
        setattr(made, field, value)
    return fake.add(made)


async def test_channels_are_asked_for_by_fifty_and_missing_ones_fail_alone(
    fake: YoutubeFake, desk: Desk
) -> None:
    for number in range(1, 60):
        add(fake, number)
    targets = [target(number, parts=PROFILE) for number in range(1, 61)]
    found = await desk.read(*targets)
    assert [len(request.query["id"].split(",")) for request in fake.asked("/channels")] == [50, 10]
    missing = found[60, Part.PROFILE].trouble
    assert missing is not None
    assert (missing.code, missing.kind) == ("youtube.not_found", TroubleKind.SKIP)
    assert missing.facts == {"handle": "fake60"}
    assert {found[n, Part.PROFILE].title for n in range(1, 60)} == {f"Канал {n}" for n in range(1, 60)}
    assert sum(result.requests for result in found.values()) == 2
    assert desk.memory.calls_today("yt-key", UNITS) == 2


async def test_handles_are_asked_for_one_by_one(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, 1)
    add(fake, 2)
    found = await desk.read(*(target(n, network_id=None, parts=PROFILE) for n in (1, 2)))
    assert sorted(request.query["forHandle"] for request in fake.asked("/channels")) == ["@fake1", "@fake2"]
    assert [found[n, Part.PROFILE].network_id for n in (1, 2)] == [channel_id(1), channel_id(2)]


async def test_a_key_stands_in_no_address(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    await desk.read(target())
    assert all(KEY not in str(request.query) + request.path for request in fake.requests)
    assert {request.headers["x-goog-api-key"] for request in fake.requests} == {KEY}


async def test_subscribers_are_rounded_or_hidden(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, 1)
    add(fake, 2, hides_subscribers=True)
    found = await desk.read(target(1, parts=PROFILE), target(2, parts=PROFILE))
    figure = found[1, Part.PROFILE].figures[0]
    assert (figure.value, figure.exactness) == (12_300, Exactness.ROUNDED)
    hidden = found[2, Part.PROFILE]
    assert hidden.figures == ()
    assert [(gap.metric, gap.reason) for gap in hidden.gaps] == [("audience", "hidden")]


async def test_the_past_is_read_on_by_the_next_runs(fake: YoutubeFake, desk: Desk) -> None:
    channel = add(fake, count=50 * PAGES_A_RUN + 120)
    wanted = target(parts=POSTS)
    first = (await desk.read(wanted))[1, Part.POSTS]
    assert (len(first.posts), first.goes_on) == (50 * PAGES_A_RUN, True)
    assert len(fake.asked("/playlistItems")) == PAGES_A_RUN
    channel.videos.insert(0, Video("fresh000001", NOW, "Новый"))
    second = (await desk.read(replace(wanted, cursors={"posts": first.cursor or ""})))[1, Part.POSTS]
    assert not second.goes_on
    told = {post.network_id for post in (*first.posts, *second.posts)}
    assert told == {video.id for video in channel.videos}
    assert len(fake.asked("/playlistItems")) < PAGES_A_RUN + 6


async def test_the_date_wanted_ends_the_reading(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, count=400)
    since = (NOW - timedelta(days=30)).date()
    result = (await desk.read(target(parts=POSTS, since=since)))[1, Part.POSTS]
    assert len(fake.asked("/playlistItems")) == 2
    assert 59 <= len(result.posts) <= 61
    assert set(result.complete_since.values()) == {since}
    assert not result.goes_on


async def test_a_repeated_page_and_an_empty_one_end_the_reading(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, count=70)
    item = b'{"contentDetails": {"videoId": "n1v000001", "videoPublishedAt": "2026-10-19T00:00:00Z"}}'
    for items in (item, b""):
        fake.script(
            Reply(b'{"nextPageToken": "P7", "items": [' + items + b"]}"),
            when=lambda request: request.path.endswith("/playlistItems"),
            times=None,
        )
        result = (await desk.read(target(parts=POSTS)))[1, Part.POSTS]
        assert (result.trouble, result.goes_on) == (None, False)
        fake.clear_script()
    assert len(fake.asked("/playlistItems")) == 3


async def test_a_page_that_is_not_known_any_more_starts_anew(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, count=60)
    stale = '{"v": 1, "seen": "2026-11-23T05:00:00+00:00", "back": "gone"}'
    result = (await desk.read(target(parts=POSTS, cursors={"posts": stale})))[1, Part.POSTS]
    assert result.trouble is not None
    assert result.trouble.code == "youtube.bad_page"
    again = (await desk.read(target(parts=POSTS, cursors={"posts": result.cursor or ""})))[1, Part.POSTS]
    assert (again.trouble, len(again.posts)) == (None, 60)


async def test_a_channel_that_never_uploaded_has_no_posts(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, count=0, never_uploaded=True)
    result = (await desk.read(target(parts=POSTS)))[1, Part.POSTS]
    assert (result.posts, result.trouble) == ((), None)


async def test_private_videos_are_left_out_and_announced_ones_are_planned(
    fake: YoutubeFake, desk: Desk
) -> None:
    channel = add(fake)
    channel.videos[0].private = True
    soon = Video(
        "soon0000001",
        NOW - timedelta(days=1),
        duration="P0D",
        live="upcoming",
        streaming={"scheduledStartTime": "2026-12-01T16:00:00Z"},
    )
    channel.videos.insert(1, soon)
    found = await desk.read(target())
    assert [post.network_id for post in found[1, Part.POSTS].posts] == ["n1v000001", "n1v000002"]
    planned = found[1, Part.PLANNED].posts
    assert [(post.network_id, post.state, post.kind) for post in planned] == [
        ("soon0000001", PostState.PLANNED, PostKind.STREAM)
    ]


async def test_it_stops_before_the_days_units_are_used_up(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    desk.memory.count("yt-key", UNITS, UNITS_A_DAY - 1)
    found = await desk.read(target())
    assert len(fake.requests) == 1
    kept = found[1, Part.POSTS].trouble
    assert kept is not None
    assert (kept.code, kept.kind, found[1, Part.POSTS].cursor) == (
        "youtube.quota_kept",
        TroubleKind.RETRY,
        None,
    )
    assert found[1, Part.PROFILE].trouble is None
    desk.now = NOW + timedelta(hours=24)
    assert [result.trouble for result in (await desk.read(target())).values()] == [None, None, None]


async def test_a_spent_quota_rests_until_midnight_of_the_pacific(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    fake.units_a_day = 1
    found = await desk.read(target())
    assert {r.trouble.code for r in found.values() if r.trouble} == {"youtube.quota"}
    assert found[1, Part.PROFILE].trouble is None
    asked = len(fake.requests)
    found = await desk.read(target())
    assert {r.trouble.code if r.trouble else "" for r in found.values()} == {"youtube.quota"}
    assert len(fake.requests) == asked
    midnight = desk.memory.blocked_until("yt-key", UNITS, PAUSE_SCOPE)
    assert midnight == datetime(2026, 11, 23, 8, tzinfo=UTC)
    fake.units, desk.now = 0, midnight
    assert (await desk.read(target(parts=PROFILE)))[1, Part.PROFILE].trouble is None


def test_midnight_of_the_pacific_follows_its_summer_time() -> None:
    assert next_reset(datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(2026, 7, 2, 7, tzinfo=UTC)
    assert next_reset(datetime(2026, 11, 1, 8, tzinfo=UTC)) == datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reply", "code", "kind"),
    [
        (error(400, "badRequest", "Bad key", closer="API_KEY_INVALID"), "youtube.bad_key", TroubleKind.AUTH),
        (error(400, "keyInvalid", "Bad Request"), "youtube.bad_key", TroubleKind.AUTH),
        (error(403, "accessNotConfigured", "Off"), "youtube.api_off", TroubleKind.CONFIG),
        (error(403, "forbidden", "No", closer="SERVICE_DISABLED"), "youtube.api_off", TroubleKind.CONFIG),
        (error(403, "ipRefererBlocked", "No"), "youtube.key_restricted", TroubleKind.CONFIG),
        (error(403, "quotaExceeded", "No"), "youtube.quota", TroubleKind.RETRY),
        (error(403, "rateLimitExceeded", "Slow"), "youtube.rate", TroubleKind.RETRY),
        (error(403, "forbidden", "No"), "youtube.forbidden", TroubleKind.AUTH),
        (error(403, "channelSuspended", "No"), "youtube.closed", TroubleKind.SKIP),
        (error(400, "unheardOf", "Eh"), "youtube.api", TroubleKind.RETRY),
        (Reply(b"[1]"), "youtube.api", TroubleKind.RETRY),
        (Reply(b"{}", 403), "youtube.forbidden", TroubleKind.AUTH),
        (Reply(status=429), "youtube.rate", TroubleKind.RETRY),
        (Reply(b"<html>", content_type="text/html"), "http.not_json", TroubleKind.RETRY),
        (Reply(b"{}", cut=True), "http.truncated", TroubleKind.RETRY),
    ],
)
async def test_refusals(fake: YoutubeFake, desk: Desk, reply: Reply, code: str, kind: TroubleKind) -> None:
    add(fake)
    fake.script(reply, times=None)
    found = await desk.read(target())
    assert {(r.trouble.code, r.trouble.kind) for r in found.values() if r.trouble} == {(code, kind)}
    assert len(found) == 3


async def test_another_token_steps_in_for_one_that_is_refused(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    dead = Token("dead", TokenKind.KEY, Secret("AIzaDead"))
    found = await desk.read(target(parts=PROFILE), tokens=(dead, KEY_TOKEN))
    assert found[1, Part.PROFILE].trouble is None
    assert [request.headers["x-goog-api-key"] for request in fake.requests] == ["AIzaDead", KEY]


async def test_an_owner_sees_who_came_and_left(fake: YoutubeFake, desk: Desk) -> None:
    days = {NOW.date() - timedelta(days=n): (n, n % 2) for n in range(3, 40)}
    add(fake, days=days)
    since = NOW.date() - timedelta(days=5)
    result = (await desk.read(target(parts=STATS, since=since), tokens=(OWNER,)))[1, Part.STATS]
    told = {(figure.metric, figure.day): figure.value for figure in result.figures}
    expected = {("joins", since + timedelta(days=n)): 5 - n for n in range(3)}
    assert told == {**expected, **{("leaves", day): value % 2 for (_, day), value in expected.items()}}
    assert fake.asked("/channels") == []
    assert desk.memory.calls_today("yt-owner", UNITS) == 0


async def test_a_token_that_is_no_owners_is_remembered(fake: YoutubeFake, desk: Desk) -> None:
    add(fake, owner="someone else's")
    result = (await desk.read(target(parts=STATS), tokens=(OWNER,)))[1, Part.STATS]
    assert result.trouble is not None
    assert (result.trouble.code, result.trouble.kind) == ("youtube.forbidden", TroubleKind.AUTH)
    connector = desk.connector(OWNER)
    closed, other = (connector.routes(target(number, parts=STATS))[0] for number in (1, 2))
    await connector.aclose()
    assert not closed.is_open
    assert [trouble.code for trouble in closed.refused] == ["youtube.forbidden"]
    assert other.is_open


async def test_access_is_bought_once_an_hour_and_kept_for_its_owner_alone(
    fake: YoutubeFake, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    add(fake)
    wanted = target(parts=PROFILE)
    for _ in range(2):
        assert (await desk.read(wanted, tokens=(OWNER,)))[1, Part.PROFILE].trouble is None
    assert len(fake.asked("/token")) == 1
    kept = list((tmp_path / "state").iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    text = kept[0].read_text("utf-8")
    assert REFRESH_TOKEN not in text + kept[0].name + caplog.text
    assert CLIENT_SECRET not in text + caplog.text
    desk.now = NOW + timedelta(hours=1)
    await desk.read(wanted, tokens=(OWNER,))
    assert len(fake.asked("/token")) == 2


async def test_access_that_ended_early_is_bought_anew(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    wanted = target(parts=PROFILE)
    await desk.read(wanted, tokens=(OWNER,))
    fake.access.clear()
    fake.access["another"] = REFRESH_TOKEN
    assert (await desk.read(wanted, tokens=(OWNER,)))[1, Part.PROFILE].trouble is None
    assert len(fake.asked("/token")) == 2


async def test_a_damaged_file_of_access_is_none(fake: YoutubeFake, desk: Desk, tmp_path: Path) -> None:
    add(fake)
    wanted = target(parts=PROFILE)
    await desk.read(wanted, tokens=(OWNER,))
    path = next((tmp_path / "state").iterdir())
    for junk in ("{", "[]", '{"until": 5}', '{"until": "2027-01-01T00:00:00", "access_token": "abcdef"}'):
        path.write_text(junk, "utf-8")
        assert (await desk.read(wanted, tokens=(OWNER,)))[1, Part.PROFILE].trouble is None


@pytest.mark.parametrize(
    ("token", "code", "kind"),
    [
        (replace(OWNER, secret=Secret("no-colon-here")), "youtube.token_form", TroubleKind.CONFIG),
        (replace(OWNER, secret=Secret("secret\n12:refresh")), "youtube.token_form", TroubleKind.CONFIG),
        (replace(OWNER, params={}), "youtube.no_client_id", TroubleKind.CONFIG),
        (replace(OWNER, params={"client_id": "other"}), "youtube.bad_client", TroubleKind.AUTH),
        (
            replace(OWNER, secret=Secret(f"{CLIENT_SECRET}:1//0gone-long-ago")),
            "youtube.access_lost",
            TroubleKind.AUTH,
        ),
        (replace(KEY_TOKEN, secret=Secret("bad\nkey")), "youtube.bad_key", TroubleKind.AUTH),
        (replace(KEY_TOKEN, secret=Secret("AIzaWrong")), "youtube.bad_key", TroubleKind.AUTH),
        (replace(KEY_TOKEN, kind=TokenKind.BOT), "youtube.token_kind", TroubleKind.CONFIG),
    ],
)
async def test_a_check_says_what_is_wrong_with_a_token(
    desk: Desk, token: Token, code: str, kind: TroubleKind
) -> None:
    connector = desk.connector()
    checked = await connector.check(token)
    await connector.aclose()
    assert checked.trouble is not None
    assert (checked.ok, checked.trouble.code, checked.trouble.kind) == (False, code, kind)


async def test_a_check_names_the_owners_channel(fake: YoutubeFake, desk: Desk) -> None:
    add(fake)
    connector = desk.connector()
    checks = [await connector.check(token) for token in (OWNER, KEY_TOKEN)]
    await connector.aclose()
    assert [(check.ok, check.kind, check.name) for check in checks] == [
        (True, TokenKind.OAUTH, "Канал 1"),
        (True, TokenKind.KEY, ""),
    ]


async def test_without_a_token_nothing_is_open(desk: Desk) -> None:
    desk.setup = replace(desk.setup, tokens=())
    connector = desk.connector()
    routes = {route.part: route.needs for route in connector.routes(target())}
    found = await connector.resolve(target())
    await connector.aclose()
    both = (TokenKind.KEY, TokenKind.OAUTH)
    assert routes == {
        Part.PROFILE: both,
        Part.POSTS: both,
        Part.PLANNED: both,
        Part.STATS: (TokenKind.OAUTH,),
    }
    assert found.trouble is not None
    assert found.trouble.code == "youtube.no_token"


async def test_a_limit_of_the_host_stops_the_run(fake: YoutubeFake, desk: Desk) -> None:
    for number in (1, 2, 3):
        add(fake, number)

    def of_uploads(request: Request) -> bool:
        return request.path.endswith("/playlistItems")

    fake.script(error(403, "rateLimitExceeded", "Slow down"), when=of_uploads, times=None)
    connector_reads = [target(number, parts=POSTS) for number in (1, 2, 3)]
    found = await desk.read(*connector_reads)
    assert {r.trouble.code for r in found.values() if r.trouble} == {"youtube.rate"}
    assert len(found) == 3
