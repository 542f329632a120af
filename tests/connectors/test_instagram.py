"""How the Instagram connector reads: both logins, pages, insights, absent figures, limits, refusals.

No contract of others judges the fake: what there is casts whatever it is given.
"""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Fetched, Part, Secret, Setup, Target, Token, TokenKind, TroubleKind
from connectors.instagram import InstagramConnector
from connectors.instagram.api import CALLS, PAUSE_SCOPE
from connectors.instagram.connector import PAGES_A_RUN
from connectors.testing import DictMemory
from goals.model import Exactness, PostKind
from tests.fakes.instagram import (
    FACEBOOK_TOKEN,
    INSTAGRAM_TOKEN,
    Account,
    InstagramFake,
    Media,
    error,
    history,
)
from tests.fakes.server import Reply

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
FACEBOOK = Token("fb", TokenKind.OAUTH, Secret(FACEBOOK_TOKEN))
INSTAGRAM = Token("ig", TokenKind.OAUTH, Secret(INSTAGRAM_TOKEN))
PROFILE, POSTS, STATS, STORIES = (
    frozenset({part}) for part in (Part.PROFILE, Part.POSTS, Part.STATS, Part.STORIES)
)
PUBLIC = PROFILE | POSTS


class Desk:
    """Connectors on the fake, one a run; `now` may be moved."""

    def __init__(self, fake: InstagramFake, state_dir: Path) -> None:
        self.fake, self.state_dir, self.now = fake, state_dir, NOW
        self.memory = DictMemory(lambda: self.now)

    def connector(self, *tokens: Token) -> InstagramConnector:
        setup = Setup(tokens, lambda: self.now, self.memory, base_url=self.fake.url, state_dir=self.state_dir)
        return InstagramConnector(setup, sleep=no_sleep)

    async def read(self, target: Target, *tokens: Token) -> dict[Part, Fetched]:
        connector = self.connector(*(tokens or (FACEBOOK,)))
        try:
            return {result.part: result async for result in connector.fetch([target])}
        finally:
            await connector.aclose()


async def no_sleep(seconds: float) -> None:
    """Go on at once."""


@pytest.fixture
def fake() -> Iterator[InstagramFake]:
    """One's own account `zerno`, and `svecha`, which is another's."""
    with InstagramFake() as running:
        own = Account("1", "zerno", "Зерно", "Кофе", 481, history(3, NOW - timedelta(hours=1)))
        running.add(own, FACEBOOK_TOKEN, INSTAGRAM_TOKEN)
        running.add(Account("2", "svecha", "Свеча", "", 93, history(3, NOW - timedelta(hours=1), first=5000)))
        yield running


@pytest.fixture
def desk(fake: InstagramFake, tmp_path: Path) -> Desk:
    """The connector on it."""
    return Desk(fake, tmp_path / "state")


def target(handle: str = "zerno", **values: object) -> Target:
    made = Target(1, handle, None, ZoneInfo("Europe/Moscow"))
    return replace(made, **values)  # type: ignore[arg-type]


async def test_one_call_tells_of_anothers_profile_and_newest_posts(fake: InstagramFake, desk: Desk) -> None:
    fake.accounts["svecha"].media[0].likes = None
    found = await desk.read(target("svecha", parts=PUBLIC))
    profile = found[Part.PROFILE]
    assert (profile.network_id, profile.title) == ("2", "Свеча")
    assert [(figure.metric, figure.value) for figure in profile.figures] == [("audience", 93)]
    assert [post.figures for post in found[Part.POSTS].posts] == [
        {"likes": 3, "comments": 1},
        {"likes": 3, "comments": 1},
        {"comments": 1},
    ]
    discovered = [request for request in fake.requests if "business_discovery" in str(request.query)]
    assert len(discovered) == 2  # the second page is the empty one that ends the list


async def test_own_posts_have_insights_and_others_are_asked_for_none(fake: InstagramFake, desk: Desk) -> None:
    mine = fake.accounts["zerno"].media
    mine[0].insights = None
    mine[1].insights = {}
    mine[1].product, mine[1].media_type = "REELS", "VIDEO"
    posts = (await desk.read(target(parts=POSTS)))[Part.POSTS]
    assert posts.trouble is None
    assert [post.figures for post in posts.posts] == [
        {"likes": 3, "comments": 1, "views": 102, "reach": 82, "saves": 4, "shares": 2},
        {"likes": 3, "comments": 1},
        {"likes": 3, "comments": 1},
    ]
    assert [post.kind for post in posts.posts] == [PostKind.POST, PostKind.CLIP, PostKind.POST]
    fake.requests.clear()
    await desk.read(target("svecha", parts=POSTS))
    assert fake.asked("/insights") == []


async def test_no_insights_are_asked_of_old_posts(fake: InstagramFake, desk: Desk) -> None:
    fake.accounts["zerno"].media = history(60, NOW - timedelta(hours=1))
    await desk.read(target(parts=POSTS))
    assert len(fake.asked("/insights")) == 28


async def test_the_own_account_is_read_by_instagram_login(fake: InstagramFake, desk: Desk) -> None:
    found = await desk.read(target(parts=PUBLIC), INSTAGRAM)
    assert [found[part].trouble for part in found] == [None, None]
    assert found[Part.PROFILE].network_id == "1"
    assert len(found[Part.POSTS].posts) == 3
    other = (await desk.read(target("svecha", parts=PUBLIC), INSTAGRAM))[Part.PROFILE].trouble
    assert other is not None
    assert (other.code, other.kind) == ("instagram.own_only", TroubleKind.AUTH)
    assert (await desk.read(target("svecha", parts=PUBLIC), INSTAGRAM, FACEBOOK))[
        Part.PROFILE
    ].trouble is None


async def test_the_past_is_read_on_by_the_next_run(fake: InstagramFake, desk: Desk) -> None:
    fake.accounts["svecha"].media = history(50 * PAGES_A_RUN + 70, NOW - timedelta(hours=1))
    wanted = target("svecha", parts=POSTS)
    first = (await desk.read(wanted))[Part.POSTS]
    assert (len(first.posts), first.goes_on) == (50 * PAGES_A_RUN, True)
    since = (NOW - timedelta(days=2)).date()
    cursors = {"posts": first.cursor or ""}
    second = (await desk.read(replace(wanted, cursors=cursors, since=since)))[Part.POSTS]
    assert not second.goes_on
    assert len({post.network_id for post in (*first.posts, *second.posts)}) == 50 * PAGES_A_RUN + 70


async def test_a_page_that_is_not_known_any_more_starts_anew(fake: InstagramFake, desk: Desk) -> None:
    cursor = json.dumps({"v": 1, "back": "gone", "until": None})
    fake.script(error(100, "Invalid cursor"), when=lambda request: "after(gone)" in str(request.query))
    wanted = target("svecha", parts=POSTS, cursors={"posts": cursor}, since=NOW.date())
    found = (await desk.read(wanted))[Part.POSTS]
    assert found.trouble is not None
    assert found.trouble.code == "instagram.bad_page"
    assert json.loads(found.cursor or "")["back"] is None


async def test_days_are_those_of_the_pacific_and_the_last_may_change(fake: InstagramFake, desk: Desk) -> None:
    today = NOW.date() - timedelta(days=1)  # the Pacific is behind
    fake.accounts["zerno"].days = {today - timedelta(days=n): (50 + n, n) for n in range(120)}
    found = (await desk.read(target(parts=STATS)))[Part.STATS]
    told = {(figure.metric, figure.day): figure for figure in found.figures}
    assert found.trouble is None
    assert len({day for metric, day in told if metric == "reach"}) == 91
    assert told["reach", today - timedelta(days=40)].value == 90
    assert told["joins", today - timedelta(days=5)].value == 5
    partial = {day for (_, day), figure in told.items() if figure.exactness is Exactness.PARTIAL}
    assert partial == {today, today - timedelta(days=1)}
    assert not {"impressions", "plays", "video_views"} & {r.query.get("metric") for r in fake.requests}


async def test_few_followers_leave_the_new_ones_untold(fake: InstagramFake, desk: Desk) -> None:
    fake.accounts["zerno"].days = {NOW.date() - timedelta(days=3): (7, 1)}
    fake.script(error(100, "(#100) less than 100"), when=lambda r: r.query.get("metric") == "follower_count")
    found = (await desk.read(target(parts=STATS)))[Part.STATS]
    assert found.trouble is None
    assert [(figure.metric, figure.value) for figure in found.figures] == [("reach", 7)]


async def test_stories_are_told_with_what_was_counted(fake: InstagramFake, desk: Desk) -> None:
    seen = Media("71", NOW, product="STORY", likes=None, comments=None, insights={"views": 9, "replies": 1})
    few = Media("72", NOW, product="STORY", likes=None, comments=None, insights=None)
    fake.accounts["zerno"].stories = [seen, few]
    found = (await desk.read(target(parts=STORIES)))[Part.STORIES]
    assert [(post.kind, post.figures) for post in found.posts] == [
        (PostKind.STORY, {"views": 9, "comments": 1}),
        (PostKind.STORY, {}),
    ]


async def test_what_only_the_owner_sees_is_not_asked_for_again(desk: Desk) -> None:
    found = await desk.read(target("svecha", parts=PROFILE | STATS | STORIES))
    assert found[Part.PROFILE].trouble is None
    assert {found[part].trouble.code for part in (Part.STATS, Part.STORIES) if found[part].trouble} == {  # type: ignore[union-attr]
        "instagram.not_own"
    }
    connector = desk.connector(FACEBOOK)
    routes = {route.part: route for route in connector.routes(target("svecha"))}
    await connector.aclose()
    assert [part for part, route in routes.items() if not route.is_open] == [Part.STORIES, Part.STATS]
    assert [trouble.code for trouble in routes[Part.STATS].refused] == ["instagram.not_own"]


async def test_a_missing_right_is_told_of_the_days_and_not_of_posts(fake: InstagramFake, desk: Desk) -> None:
    fake.may_insights = False
    found = await desk.read(target(parts=POSTS | STATS))
    assert found[Part.POSTS].trouble is None
    assert len(found[Part.POSTS].posts) == 3
    trouble = found[Part.STATS].trouble
    assert trouble is not None
    assert (trouble.code, trouble.kind) == ("instagram.forbidden", TroubleKind.AUTH)
    fake.requests.clear()
    await desk.read(target())
    assert fake.asked("/insights") == []


@pytest.mark.parametrize(
    ("reply", "code", "kind"),
    [
        (error(190, "expired", 463), "instagram.expired", TroubleKind.AUTH),
        (error(190, "password", 460), "instagram.password", TroubleKind.AUTH),
        (error(190, "Malformed", status=401), "instagram.bad_token", TroubleKind.AUTH),
        (error(10, "(#10) No permission"), "instagram.forbidden", TroubleKind.AUTH),
        (error(200, "(#200) Needs", status=403), "instagram.forbidden", TroubleKind.AUTH),
        (error(100, "(#100)", 2_207_013), "instagram.not_business", TroubleKind.SKIP),
        (error(110, "Invalid user id"), "instagram.not_business", TroubleKind.SKIP),
        (error(803, "(#803)", status=404), "instagram.not_found", TroubleKind.SKIP),
        *((error(n, "limit"), "instagram.limit", TroubleKind.RETRY) for n in (4, 17, 32, 613, 80_002)),
        (Reply(status=429), "instagram.limit", TroubleKind.RETRY),
        *((error(n, "Try later"), "instagram.api", TroubleKind.RETRY) for n in (1, 2, 100, 5555)),
        (Reply(b"[]"), "instagram.api", TroubleKind.RETRY),
        (Reply(b"{}"), "instagram.api", TroubleKind.RETRY),
        (Reply(b'{"error": {"code": "x"}}'), "instagram.api", TroubleKind.RETRY),
        (Reply(b"<html>", content_type="text/html"), "http.not_json", TroubleKind.RETRY),
    ],
)
async def test_refusals(fake: InstagramFake, desk: Desk, reply: Reply, code: str, kind: TroubleKind) -> None:
    fake.script(reply, when=lambda request: "business_discovery" in str(request.query), times=None)
    found = await desk.read(target("svecha", parts=PUBLIC))
    assert {(r.trouble.code, r.trouble.kind) for r in found.values() if r.trouble} == {(code, kind)}
    assert len(found) == 2


async def test_a_personal_account_cannot_be_read(desk: Desk) -> None:
    for handle in ("nobody", "не имя){id}"):
        trouble = (await desk.read(target(handle, parts=PROFILE)))[Part.PROFILE].trouble
        assert trouble is not None
        assert (trouble.code, trouble.facts["handle"]) == ("instagram.not_business", handle)


async def test_it_rests_before_the_limit_is_used_up(fake: InstagramFake, desk: Desk) -> None:
    fake.usage = 96
    trouble = (await desk.read(target("svecha", parts=PROFILE)))[Part.PROFILE].trouble
    assert trouble is not None
    assert (trouble.code, trouble.facts["minutes"], len(fake.requests)) == ("instagram.limit", "60", 1)
    assert desk.memory.blocked_until("fb", CALLS, PAUSE_SCOPE) == NOW + timedelta(hours=1)
    await desk.read(target("svecha", parts=PROFILE))
    assert len(fake.requests) == 1
    fake.usage, desk.now = 5, NOW + timedelta(hours=1)
    assert (await desk.read(target("svecha", parts=PROFILE)))[Part.PROFILE].trouble is None


async def test_the_time_that_the_network_names_is_rested(fake: InstagramFake, desk: Desk) -> None:
    told = json.dumps({"17": [{"type": "instagram", "estimated_time_to_regain_access": 19}]})
    refusal = error(80_002, "There have been too many calls")
    fake.script(replace(refusal, headers={"X-Business-Use-Case-Usage": told}))
    await desk.read(target("svecha", parts=PROFILE))
    assert desk.memory.blocked_until("fb", CALLS, PAUSE_SCOPE) == NOW + timedelta(minutes=19)


async def test_a_token_of_instagram_login_is_renewed_and_kept_for_its_owner_alone(
    fake: InstagramFake, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for days, renewals in ((0, 0), (2, 0), (3, 1), (4, 1), (7, 2)):
        desk.now = NOW + timedelta(days=days)
        assert (await desk.read(target(parts=PROFILE), INSTAGRAM))[Part.PROFILE].trouble is None
        assert len(fake.asked("/refresh_access_token")) == renewals
    sent = fake.requests[-1].headers["authorization"]
    assert sent == f"Bearer {INSTAGRAM_TOKEN}-3"
    kept = list(desk.state_dir.iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    assert "canary" not in kept[0].name + caplog.text


async def test_a_token_that_is_not_renewed_goes_on_and_is_tried_once_a_day(
    fake: InstagramFake, desk: Desk
) -> None:
    await desk.read(target(parts=PROFILE), INSTAGRAM)
    fake.script(error(190, "no"), when=lambda request: request.path.startswith("/refresh"), times=None)
    for hours in (72, 80, 95):
        desk.now = NOW + timedelta(hours=hours)
        assert (await desk.read(target(parts=PROFILE), INSTAGRAM))[Part.PROFILE].trouble is None
    assert len(fake.asked("/refresh_access_token")) == 1


async def test_a_damaged_file_is_none(desk: Desk) -> None:
    await desk.read(target(parts=PROFILE), INSTAGRAM)
    [path] = desk.state_dir.iterdir()
    moment = "2026-11-24T00:00:00"
    naive = json.dumps({"access_token": "IGabcdef", "since": moment, "tried": moment})
    for junk in ("{", "[]", '{"since": 5}', naive):
        path.write_text(junk, "utf-8")
        assert (await desk.read(target(parts=PROFILE), INSTAGRAM))[Part.PROFILE].trouble is None


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (replace(FACEBOOK, kind=TokenKind.BOT), "instagram.token_kind"),
        (replace(FACEBOOK, params={"login": "threads"}), "instagram.token_login"),
        (replace(FACEBOOK, secret=Secret("EAAgone-long-ago")), "instagram.bad_token"),
        (replace(FACEBOOK, secret=Secret("bad\ntoken")), "instagram.bad_token"),
        (replace(FACEBOOK, secret=Secret("EAAempty")), "instagram.no_account"),
    ],
)
async def test_a_check_says_what_is_wrong(fake: InstagramFake, desk: Desk, token: Token, code: str) -> None:
    fake.owners["EAAempty"] = []
    connector = desk.connector()
    checked = await connector.check(token)
    await connector.aclose()
    assert not checked.ok
    assert checked.trouble is not None
    assert checked.trouble.code == code


async def test_a_check_names_the_accounts(desk: Desk) -> None:
    connector = desk.connector()
    names = [(await connector.check(token)).name for token in (FACEBOOK, INSTAGRAM)]
    await connector.aclose()
    assert names == ["zerno", "zerno"]


async def test_without_a_token_nothing_is_open(desk: Desk) -> None:
    connector = desk.connector()
    routes = connector.routes(target())
    found = await connector.resolve(target())
    await connector.aclose()
    assert {route.needs for route in routes} == {(TokenKind.OAUTH,)}
    assert found.trouble is not None
    assert found.trouble.code == "instagram.no_token"


async def test_no_token_stands_in_the_address_of_a_call(fake: InstagramFake, desk: Desk) -> None:
    await desk.read(target("svecha", parts=PUBLIC))
    assert all("canary" not in str(request.query) + request.path for request in fake.requests)
