"""The Mastodon connector: servers, tokens, figures, filters, paging, limits and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Part, Secret, Token, TokenKind, TroubleKind
from connectors.mastodon import (
    MastodonConnector,
    html_text,
    is_server,
    parse_account,
    parse_figures,
    parse_next,
    parse_status,
    parse_statuses,
)
from goals.model import Exactness, PostKind, PostState
from tests.fakes.mastodon import (
    HOST,
    TOKEN,
    Account,
    MastodonFake,
    Status,
    account_entity,
    history,
    status_entity,
)
from tests.fakes.server import Reply
from tests.support.network_desk import NOW, NetworkDesk, target, trouble_code

NEWEST = NOW - timedelta(hours=1)
HANDLE = f"zerno@{HOST}"
OURS = Token("ours", TokenKind.USER, Secret(TOKEN), {"host": HOST})


@pytest.fixture
def mastodon() -> Iterator[MastodonFake]:
    """A server of Mastodon on loopback."""
    with MastodonFake() as running:
        yield running


@pytest.fixture
def here(mastodon: MastodonFake) -> NetworkDesk:
    """A connector that reads all servers from there."""
    return NetworkDesk(MastodonConnector, mastodon.url)


def account(count: int = 5) -> Account:
    note = '<p>Кофе</p><p><a href="https://zerno.ru"><span class="invisible">https://</span>zerno.ru</a></p>'
    links = {"Telegram": '<a href="https://t.me/zerno">t.me/zerno</a>'}
    return Account("zerno", 17, "Зерно", note, 481, history(count, NEWEST), links)


async def test_what_is_told_of_an_account(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(account())
    found = await here.read(target(HANDLE))
    profile, posts = found[1, Part.PROFILE], found[1, Part.POSTS]
    assert (profile.network_id, profile.handle, profile.title) == (f"17@{HOST}", HANDLE, "Зерно")
    assert profile.about == "Кофе\nhttps://zerno.ru\nTelegram: t.me/zerno"
    [audience] = profile.figures
    assert (audience.value, audience.day, audience.exactness) == (481, date(2026, 11, 24), Exactness.EXACT)
    newest = posts.posts[-1]
    assert (newest.text, newest.figures) == ("Пост 5", {"likes": 9, "shares": 3, "comments": 1})
    assert newest.url == f"https://{HOST}/@zerno/{newest.network_id}"
    assert (profile.requests, posts.requests) == (1, 1)
    assert posts.complete_since[PostState.PUBLISHED, PostKind.POST] == date(2026, 11, 22)
    assert [request.headers.get("authorization") for request in mastodon.requests] == [None, None]


async def test_boosts_replies_and_private_posts_are_left_out(
    mastodon: MastodonFake, here: NetworkDesk
) -> None:
    mastodon.heeds_filters = False
    made = [
        Status(1, NEWEST, "<p>Своё</p>"),
        Status(2, NEWEST, "<p>Тихо</p>", visibility="unlisted"),
        Status(3, NEWEST, "<p>Только своим</p>", visibility="private"),
        Status(4, NEWEST, "<p>Личное письмо</p>", visibility="direct"),
        Status(5, NEWEST, reply_to="other"),
        Status(6, NEWEST, reply_to="self"),
        Status(7, NEWEST, boosted=True),
    ]
    mastodon.add(Account("zerno", 17, statuses=made))
    posts = (await here.read(target(HANDLE), tokens=(OURS,)))[1, Part.POSTS].posts
    assert [post.text for post in posts] == ["Своё", "Тихо"]
    assert mastodon.requests[-1].query["exclude_reblogs"] == "true"


@pytest.mark.parametrize("always_next", [False, True])
async def test_both_ends_of_the_statuses(
    mastodon: MastodonFake, here: NetworkDesk, always_next: bool
) -> None:
    mastodon.always_next = always_next
    mastodon.add(account(80))
    posts = (await here.read(target(HANDLE)))[1, Part.POSTS]
    assert len(posts.posts) == 80
    assert posts.requests == (3 if always_next else 2)
    assert not posts.goes_on


async def test_a_long_past_is_read_on_by_the_next_run(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(account(1300))
    first = (await here.read(target(HANDLE)))[1, Part.POSTS]
    assert (len(first.posts), first.goes_on) == (1200, True)
    cursors = {"posts": first.cursor or ""}
    second = (await here.read(target(HANDLE, since=date(2026, 11, 22), cursors=cursors)))[1, Part.POSTS]
    assert not second.goes_on
    assert len({post.network_id for post in (*first.posts, *second.posts)}) == 1300


async def test_a_closed_server_says_what_to_do(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(account())
    mastodon.closed = True
    found = await here.read(target(HANDLE))
    assert [trouble_code(result) for result in found.values()] == ["mastodon.closed"] * 2
    trouble = found[1, Part.POSTS].trouble
    assert trouble is not None
    assert (trouble.kind, trouble.facts["host"]) == (TroubleKind.AUTH, HOST)
    opened = await here.read(target(HANDLE), tokens=(OURS,))
    assert [trouble_code(result) for result in opened.values()] == [None, None]


def routed(here: NetworkDesk, own: tuple[Token, ...], shared: tuple[Token, ...]) -> Token | None:
    connector = here.connector(*shared)
    return connector.routes(target(HANDLE, tokens=own))[0].token


def test_a_token_goes_to_its_own_server_alone(here: NetworkDesk) -> None:
    here.setup = replace(here.setup, base_url=None)
    elsewhere = replace(OURS, params={"host": "other.example"})
    homeless = replace(OURS, params={})
    bot = replace(OURS, kind=TokenKind.BOT)
    assert routed(here, (), (elsewhere, bot, homeless)) is None
    assert routed(here, (), (elsewhere, OURS)) is OURS
    assert routed(here, (elsewhere,), ()) is None
    assert routed(here, (homeless,), (OURS,)) is homeless


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (OURS, None),
        (replace(OURS, kind=TokenKind.KEY), None),
        (replace(OURS, secret=Secret("gone-canary")), "mastodon.bad_token"),
        (replace(OURS, kind=TokenKind.BOT), "mastodon.token_kind"),
    ],
)
async def test_a_token_is_checked(here: NetworkDesk, token: Token, code: str | None) -> None:
    connector = here.connector()
    check = await connector.check(token)
    await connector.aclose()
    assert (check.ok, check.trouble.code if check.trouble else None) == (code is None, code)


@pytest.mark.parametrize(
    "params", [{}, {"host": "127.0.0.1"}, {"host": "a.example:81"}, {"host": "a/b.example"}]
)
async def test_a_token_without_a_server_is_sent_nowhere(here: NetworkDesk, params: dict[str, str]) -> None:
    here.setup = replace(here.setup, base_url=None)
    connector = here.connector()
    check = await connector.check(replace(OURS, params=params))
    await connector.aclose()
    assert check.trouble is not None
    assert check.trouble.code == "mastodon.token_host"


async def test_a_token_without_the_right_still_works(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.script(Reply(b'{"error": "This action is outside the authorized scopes"}', 403))
    connector = here.connector()
    check = await connector.check(OURS)
    await connector.aclose()
    assert check.ok


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.1", "2130706433", "0x7f.1", "[::1]", "::1", "localhost", "db", "db.localhost",
        "printer.local", "vault.internal", "nas.lan", "a.example:8080", "user:x@a.example", "a.example/..",
        "a.example#", "a.example?x", "a..example", "-a.example", "", "169.254.169.254", "x.arpa", "кофе.рф",
    ],
)  # fmt: skip
async def test_a_host_that_is_no_server_is_not_asked(host: str, here: NetworkDesk) -> None:
    here.setup = replace(here.setup, base_url=None)
    assert not is_server(host)
    found = await here.read(target(f"anna@{host}"))
    assert {trouble_code(result) for result in found.values()} == {"mastodon.bad_host"}
    assert {result.requests for result in found.values()} == {0}


@pytest.mark.parametrize("host", ["mastodon.social", "mas.to", "social.vivaldi.net", "xn--80aswg.xn--p1ai"])
def test_a_server_of_the_internet_is_one(host: str) -> None:
    assert is_server(host)


HTML = Reply(b"<html>404</html>", 404, content_type="text/html")


@pytest.mark.parametrize(
    ("reply", "tokens", "code"),
    [
        (HTML, (), "mastodon.not_found"),
        (Reply(b'{"error": "Record not found"}', 404), (), "mastodon.not_found"),
        (Reply(status=410), (), "mastodon.not_found"),
        (Reply(b'{"error": "identity_token_required"}', 401), (), "mastodon.closed"),
        (Reply(b'{"error": "needs a user"}', 422), (), "mastodon.closed"),
        (Reply(b"bad token", 400, content_type="text/plain"), (OURS,), "mastodon.bad_token"),
        (Reply(status=403), (OURS,), "mastodon.forbidden"),
        (Reply(b"<html>", content_type="text/html"), (), "mastodon.strange_answer"),
        (Reply(b"[]"), (), "mastodon.strange_answer"),
        (Reply(status=503), (), "http.status"),
        (Reply(status=418), (), "http.status"),
        (Reply(status=301, headers={"Location": "https://social.example/x"}), (), "mastodon.other_host"),
    ],
)
async def test_faults_of_a_server(
    mastodon: MastodonFake, here: NetworkDesk, reply: Reply, tokens: tuple[Token, ...], code: str
) -> None:
    mastodon.script(reply, times=None)
    found = await here.read(target(HANDLE), tokens=tokens)
    assert [trouble_code(result) for result in found.values()] == [code, code]
    assert TOKEN not in repr(found)


async def test_a_suspended_account_has_no_figures(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(Account("zerno", 17, followers=0, suspended=True))
    profile = (await here.read(target(HANDLE)))[1, Part.PROFILE]
    assert (trouble_code(profile), profile.figures) == ("mastodon.suspended", ())


async def test_a_limit_of_one_server_stops_no_other(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(account())
    reply = Reply(b"{}", 429, headers={"X-RateLimit-Reset": "2099-11-24T06:05:00.123456Z"})
    mastodon.script(reply)
    first = target(HANDLE, 1)
    found = await here.read(first, replace(first, key=2), target("zerno@other.example", 3))
    codes = {key: trouble_code(result) for (key, part), result in found.items() if part is Part.PROFILE}
    assert list(codes.values()).count("http.rate_limited") in {1, 2}
    assert None in codes.values()


async def test_calls_to_a_server_keep_within_its_limit(mastodon: MastodonFake, here: NetworkDesk) -> None:
    mastodon.add(account(1300))
    await here.read(target(HANDLE))
    assert len(mastodon.requests) == 31
    assert here.time == pytest.approx(11 * 1.1, abs=0.01)


def test_links_to_older_pages() -> None:
    assert parse_next('<https://a.example/x?limit=40&max_id=12>; rel="next"') == "12"
    assert parse_next("<https://a/x?min_id=3>; rel=prev, <https://a/x?max_id=7>; rel=next") == "7"
    assert parse_next('<https://a/x?max_id=7>; rel="prev"') is None
    assert parse_next('<https://[a/x?max_id=7>; rel="next"') is None
    assert parse_next("<" * 5000) is None


def test_quotes_are_shares_where_they_are_counted() -> None:
    assert parse_figures({"reblogs_count": 3, "quotes_count": None}) == {"shares": 3}
    assert parse_figures({"reblogs_count": 3, "quotes_count": 2, "favourites_count": -1}) == {"shares": 5}


def test_both_forms_of_the_last_day_and_a_hidden_audience() -> None:
    for last in ("2026-11-23", "2026-11-23T10:00:00.000Z", None):
        parsed = parse_account({**account_entity(account()), "last_status_at": last, "followers_count": None})
        assert parsed is not None
        assert parsed.audience is None


def test_a_video_without_words_is_a_video() -> None:
    def kind(status: Status) -> PostKind | None:
        post = parse_status(status_entity(account(), status))
        return post.kind if post else None

    assert kind(Status(1, NEWEST, "", media=("video",))) is PostKind.VIDEO
    assert kind(Status(1, NEWEST, "", media=("video", "image"))) is PostKind.POST
    assert kind(Status(1, NEWEST, "", warning="Кадры", media=("video",))) is PostKind.POST


@given(st.text(max_size=200))
def test_any_html_is_survived(text: str) -> None:
    assert isinstance(html_text(text), str)
    parse_next(text)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "created_at", "visibility", "content"]), inner)
        ),
        max_leaves=10,
    )
)
def test_any_answer_is_survived(answer: object) -> None:
    assert parse_statuses(answer, "").older is None
