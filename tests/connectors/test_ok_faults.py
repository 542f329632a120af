"""What the Odnoklassniki connector survives: errors inside good answers, limits, pages that never end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from connectors.base import Part, Refusal, Token, TokenKind, TroubleKind
from connectors.ok import OkConnector
from connectors.ok.errors import REFUSALS, RULES
from tests.fakes.ok import ACCESS_TOKEN, SESSION_SECRET, OkFake, is_method, refusal
from tests.fakes.server import Reply, Request
from tests.support.ok_desk import NOW, NUMBER, Desk, group, target, token
from wording.troubles.ok import TROUBLES

#: Codes as others have written them down.
KNOWN = {
    1,
    2,
    9999,
    7,
    8,
    9,
    10,
    11,
    101,
    102,
    103,
    104,
    105,
    200,
    210,
    401,
    402,
    453,
    455,
    3,
    4,
    100,
    110,
    300,
    900,
}


def pages(body: Mapping[str, object]) -> Reply:
    return Reply(json.dumps(body).encode())


async def test_every_code_of_the_table_is_told_as_what_it_is(fake_ok: OkFake) -> None:
    assert set(RULES) == KNOWN
    for number, rule in RULES.items():
        fake_ok.clear_script()
        fake_ok.script(refusal(number, "SOME : text"), times=None)
        found = await Desk(fake_ok).read(target(network_id=str(NUMBER)))
        told = [result.trouble for result in found.values()]
        troubles = [trouble for trouble in told if trouble]
        code = "ok.not_found" if number == 300 else f"ok.{number}"
        assert len(troubles) == len(OkConnector.reads)
        assert {trouble.code for trouble in troubles} <= {code, "ok.paused"}
        assert troubles[0].code == code
        assert {trouble.kind for trouble in troubles} == {rule.kind}
        assert {trouble.code for trouble in troubles} <= set(TROUBLES)


def test_what_refuses_a_token_and_what_a_right() -> None:
    assert {code for code, refused in REFUSALS.items() if refused is Refusal.RIGHT} == {
        "ok.10",
        "ok.200",
        "ok.455",
    }
    assert REFUSALS["ok.103"] is Refusal.TOKEN
    assert "ok.101" not in REFUSALS


async def test_an_unknown_code_is_told_with_its_number(fake_ok: OkFake) -> None:
    fake_ok.script(refusal(4242, "NEW : thing"), times=None)
    trouble = (await Desk(fake_ok).read(target()))[1, Part.PROFILE].trouble
    assert trouble is not None
    assert (trouble.code, trouble.facts["code"], trouble.detail) == ("ok.api", "4242", "NEW : thing")


async def test_an_error_of_the_service_is_tried_again(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    fake_ok.script(refusal(2), when=is_method("group.getInfo"), times=2)
    desk = Desk(fake_ok)
    found = await desk.read(target())
    assert all(result.trouble is None for result in found.values())
    assert [pause for pause in desk.pauses if pause >= 1] == [1.0, 2.0]


async def test_a_dead_token_is_asked_once(fake_ok: OkFake) -> None:
    for n in range(20):
        fake_ok.add(group(NUMBER + n, ""))
    fake_ok.expired.add(ACCESS_TOKEN)
    known = [
        target(str(NUMBER + n), n, parts=frozenset({Part.STATS}), network_id=str(NUMBER + n))
        for n in range(20)
    ]
    found = await Desk(fake_ok).read(*known)
    assert {result.trouble.code for result in found.values() if result.trouble} == {"ok.102"}
    assert len(found) == 20
    assert len(fake_ok.calls()) <= OkConnector.at_once


async def test_a_limit_rests_the_method_and_no_other(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    fake_ok.script(refusal(11), when=is_method("group.getStatTopics"), times=None)
    desk = Desk(fake_ok)
    found = await desk.read(target())
    assert {part: f.trouble.code for (_, part), f in found.items() if f.trouble} == {Part.POSTS: "ok.11"}
    fake_ok.clear_script()
    again = (await desk.read(target()))[1, Part.POSTS].trouble
    assert again is not None
    assert (again.code, again.kind, again.facts["minutes"]) == ("ok.paused", TroubleKind.RETRY, "60")
    assert len(fake_ok.calls("group.getStatTopics")) == 1
    desk.now = NOW + timedelta(hours=2)
    assert (await desk.read(target()))[1, Part.POSTS].trouble is None


async def test_a_flood_rests_the_token(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    fake_ok.script(refusal(8), times=1)
    desk = Desk(fake_ok)
    await desk.read(target())
    assert len(fake_ok.calls()) == 1
    assert desk.memory.blocked_by("ok-zerno", "*") == "ok.8"


async def test_a_long_wait_of_the_host_is_for_all(fake_ok: OkFake) -> None:
    for n in range(30):
        fake_ok.add(group(NUMBER + n, ""))
    fake_ok.script(Reply(status=429, headers={"Retry-After": "600"}), times=None)
    known = [target(str(NUMBER + n), n, network_id=str(NUMBER + n)) for n in range(30)]
    found = await Desk(fake_ok).read(*known)
    assert {result.trouble.code for result in found.values() if result.trouble} == {"http.rate_limited"}
    assert len(fake_ok.requests) <= OkConnector.at_once


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"<html>", content_type="text/html"), "http.not_json"),
        (Reply(b'"text"'), "http.not_json"),
        (Reply(b"[]"), "ok.odd_answer"),
        (Reply(b'{"topics": 5}'), "ok.odd_answer"),
        (Reply(b'{"topics": [{"id": "x"}]}'), "ok.odd_answer"),
        (Reply(status=503), "http.status"),
    ],
)
async def test_answers_that_are_none(fake_ok: OkFake, reply: Reply, code: str) -> None:
    fake_ok.add(group())
    fake_ok.script(reply, when=is_method("group.getStatTopics"), times=None)
    found = await Desk(fake_ok).read(target())
    assert {part: f.trouble.code for (_, part), f in found.items() if f.trouble} == {Part.POSTS: code}


@pytest.mark.parametrize(
    "later",
    [
        {"topics": [], "anchor": "next", "has_more": True},
        {"topics": [{"id": "5", "created_ms": 1_795_000_000_000}], "anchor": "again", "has_more": True},
        {"topics": [{"id": "5", "created_ms": 1_795_000_000_000}], "has_more": True},
    ],
    ids=["an empty page", "the same anchor", "no anchor"],
)
async def test_pages_end(fake_ok: OkFake, later: Mapping[str, object]) -> None:
    fake_ok.add(group())

    def is_page(request: Request) -> bool:
        return is_method("group.getStatTopics")(request)

    first = {"topics": [{"id": "4", "created_ms": 1_795_000_000_000}], "anchor": "again", "has_more": True}
    fake_ok.script(pages(first), when=is_page)
    fake_ok.script(pages(later), when=is_page, times=None)
    posts = (await Desk(fake_ok).read(target()))[1, Part.POSTS]
    assert posts.trouble is None
    assert not posts.goes_on
    assert len(fake_ok.calls("group.getStatTopics")) == 2


async def test_a_page_before_the_wanted_day_is_the_last(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    old = {"topics": [{"id": "4", "created_ms": 1_500_000_000_000}], "anchor": "n1", "has_more": True}
    fake_ok.script(pages(old), when=is_method("group.getStatTopics"), times=None)
    wanted = target(since=(NOW - timedelta(days=9)).date())
    posts = (await Desk(fake_ok).read(wanted))[1, Part.POSTS]
    assert (posts.posts, posts.goes_on) == ([], False)
    assert len(fake_ok.calls("group.getStatTopics")) == 1


async def test_an_odd_count_is_left_out_and_named(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    row = {"id": "4", "created_ms": 1_795_000_000_000, "views": "1,5K", "likes": 3}
    fake_ok.script(pages({"topics": [row]}), when=is_method("group.getStatTopics"))
    posts = (await Desk(fake_ok).read(target()))[1, Part.POSTS]
    assert posts.posts[0].figures == {"likes": 3}
    assert posts.trouble is not None
    assert (posts.trouble.code, posts.trouble.facts["fields"]) == ("ok.odd_values", "views")


async def test_secrets_that_the_network_repeats_are_not_told(fake_ok: OkFake) -> None:
    fake_ok.script(refusal(104, f"sig of {ACCESS_TOKEN} with {SESSION_SECRET}"), times=None)
    found = await Desk(fake_ok).read(target())
    assert {f.trouble.detail for f in found.values() if f.trouble} == {"sig of *** with ***"}


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (token(), None),
        (token(secret="e" * 32), "ok.104"),
        (token(access="tkn1-nobody"), "ok.103"),
        (Token("ok-key", TokenKind.KEY, token().secret, {}), "ok.token_kind"),
        (Token("ok-bare", TokenKind.USER, token().secret, {}), "ok.no_application_key"),
    ],
)
async def test_a_token_is_tried(fake_ok: OkFake, tried: Token, code: str | None) -> None:
    connector = Desk(fake_ok).connector()
    check = await connector.check(tried)
    await connector.aclose()
    assert check.ok is (code is None)
    assert (check.trouble.code if check.trouble else None) == code
    assert check.name == ("Анна Зернова" if check.ok else "")


async def test_without_a_token_nothing_is_read_and_it_is_said(fake_ok: OkFake) -> None:
    desk = Desk(fake_ok)
    desk.setup = desk.setup.__class__(tokens=(), now=lambda: NOW, memory=desk.memory, base_url=fake_ok.url)
    connector = desk.connector()
    assert [(route.is_open, route.needs) for route in connector.routes(target())] == [
        (False, (TokenKind.USER,))
    ] * 3
    assert [result async for result in connector.fetch([target()])] == []
    trouble = (await connector.resolve(target())).trouble
    await connector.aclose()
    assert trouble is not None
    assert (trouble.code, trouble.kind) == ("ok.no_token", TroubleKind.AUTH)
    assert fake_ok.requests == []
