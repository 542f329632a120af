"""The addresses of every network, in the forms in which people copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.links import LinkError, account_url, may_be_of, parse_link, split_post_link
from connectors.links.found import links_in

UC = "UC" + "aB3_-" * 4 + "xY"
VIDEO = "dQw4w9WgXcQ"
DID = "did:plc:" + "abcdefghijkl234567mnopqr"
DZEN = "5f" * 12
RUTUBE = "0a" * 16


@pytest.mark.parametrize(
    ("text", "network", "handle", "network_id"),
    [
        ("https://max.ru/Zerno_Kofe", "max", "zerno_kofe", None),
        ("max.ru/zerno_kofe/", "max", "zerno_kofe", None),
        ("https://web.max.ru/-70998871122", "max", "-70998871122", "-70998871122"),
        ("https://ok.ru/group/57381942886509", "ok", "57381942886509", "57381942886509"),
        ("ok.ru/group57381942886509", "ok", "57381942886509", "57381942886509"),
        ("https://m.ok.ru/zerno.kofe", "ok", "zerno.kofe", None),
        ("https://ok.ru/group/57381942886509/topic/15", "ok", "57381942886509", "57381942886509"),
        ("https://www.youtube.com/@ZernoKofe", "youtube", "zernokofe", None),
        ("https://youtube.com/@зерно/videos", "youtube", "зерно", None),
        (f"https://m.youtube.com/channel/{UC}", "youtube", UC, UC),
        ("youtube.com/c/ZernoKofe", "youtube", "zernokofe", None),
        ("https://www.youtube.com/user/zerno", "youtube", "zerno", None),
        ("https://bsky.app/profile/zerno.bsky.social", "bluesky", "zerno.bsky.social", None),
        ("zerno.bsky.social", "bluesky", "zerno.bsky.social", None),
        ("@Zerno.bsky.social", "bluesky", "zerno.bsky.social", None),
        (f"https://bsky.app/profile/{DID}", "bluesky", DID, DID),
        ("https://bsky.app/profile/kofe.example.org/post/3k", "bluesky", "kofe.example.org", None),
        ("https://mastodon.social/@Zerno", "mastodon", "zerno@mastodon.social", None),
        ("@zerno@mastodon.social", "mastodon", "zerno@mastodon.social", None),
        ("zerno@mastodon.social", "mastodon", "zerno@mastodon.social", None),
        ("https://mastodon.social/@zerno@kofe.example/11", "mastodon", "zerno@kofe.example", None),
        ("https://rutube.ru/channel/23460655/", "rutube", "23460655", "23460655"),
        ("rutube.ru/channel/23460655/videos/", "rutube", "23460655", "23460655"),
        ("https://rutube.ru/u/zerno/", "rutube", "zerno", None),
        ("https://dzen.ru/zerno_kofe", "dzen", "zerno_kofe", None),
        (f"https://dzen.ru/id/{DZEN}?share_to=link", "dzen", f"id/{DZEN}", None),
        ("https://zen.yandex.ru/zerno", "dzen", "zerno", None),
        ("https://www.instagram.com/Zerno.Kofe/?igsh=x", "instagram", "zerno.kofe", None),
        ("https://instagram.com/stories/zerno/3", "instagram", "zerno", None),
        ("https://metrika.yandex.ru/dashboard?id=24226447", "metrika", "24226447", "24226447"),
        ("https://metrika.yandex.ru/stat/?period=week&id=24226447", "metrika", "24226447", "24226447"),
        ("https://metrica.yandex.com/overview?id=24226447", "metrika", "24226447", "24226447"),
    ],
)
def test_an_account_by_its_address(text: str, network: str, handle: str, network_id: str | None) -> None:
    link = parse_link(text)
    assert (link.network, link.handle, link.network_id) == (network, handle, network_id)
    if link.url:
        assert parse_link(link.url) == link
        assert account_url(network, handle, network_id) == link.url


@pytest.mark.parametrize(
    ("text", "network", "handle"),
    [
        ("@ZernoKofe", "youtube", "zernokofe"),
        (UC, "youtube", UC),
        ("zerno", "bluesky", "zerno.bsky.social"),
        ("kofe.example.org", "bluesky", "kofe.example.org"),
        ("57381942886509", "ok", "57381942886509"),
        ("zerno.kofe", "instagram", "zerno.kofe"),
        ("24226447", "metrika", "24226447"),
        ("zerno", "dzen", "zerno"),
        ("-70998871122", "max", "-70998871122"),
    ],
)
def test_an_account_by_its_name_beside_the_network(text: str, network: str, handle: str) -> None:
    assert parse_link(text, network).handle == handle


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://max.ru/join/AbCdEf", "link.private"),
        ("https://max.ru/help", "link.not_account"),
        ("https://ok.ru/profile/571", "link.person"),
        ("https://ok.ru/group", "link.not_account"),
        ("https://ok.ru/feed", "link.not_account"),
        (f"https://youtu.be/{VIDEO}", "link.not_account"),
        ("https://www.youtube.com/feed/subscriptions", "link.not_account"),
        ("https://bsky.app/search", "link.not_account"),
        ("https://www.tiktok.com/@zerno", "link.unknown_host"),
        ("https://localhost/@zerno", "link.bad_handle"),
        ("https://127.0.0.1/@zerno", "link.bad_handle"),
        ("https://mastodon.social/about", "link.unknown_host"),
        (f"https://rutube.ru/video/{RUTUBE}/", "link.not_account"),
        ("https://rutube.ru/feeds/top", "link.not_account"),
        ("https://dzen.ru/", "link.not_account"),
        ("https://dzen.ru/news", "link.not_account"),
        ("https://www.instagram.com/p/CxYz12/", "link.not_account"),
        ("https://metrika.yandex.ru/list", "link.not_account"),
    ],
)
def test_what_is_no_account_says_why(text: str, code: str) -> None:
    with pytest.raises(LinkError) as caught:
        parse_link(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "network", "handle", "post"),
    [
        ("https://ok.ru/group/57381942886509/topic/15", "ok", "57381942886509", "15"),
        (f"https://www.youtube.com/watch?v={VIDEO}&t=3", "youtube", "", VIDEO),
        (f"https://youtu.be/{VIDEO}?si=x", "youtube", "", VIDEO),
        (f"https://youtube.com/shorts/{VIDEO}", "youtube", "", VIDEO),
        ("https://bsky.app/profile/zerno.bsky.social/post/3lab", "bluesky", "zerno.bsky.social", "3lab"),
        ("https://mastodon.social/@zerno/113", "mastodon", "zerno@mastodon.social", "113"),
        (f"https://rutube.ru/video/{RUTUBE}/", "rutube", "", RUTUBE),
        ("https://dzen.ru/a/Zx1_abcdefgh", "dzen", "", "Zx1_abcdefgh"),
    ],
)
def test_the_address_of_a_post(text: str, network: str, handle: str, post: str) -> None:
    link, post_id = split_post_link(text)
    assert (link.network, link.handle, post_id) == (network, handle, post)
    assert may_be_of(link, network, handle or "anybody", None)


@pytest.mark.parametrize("text", ["https://max.ru/zerno", "https://www.instagram.com/zerno", "@zerno@mas.to"])
def test_an_account_is_no_post(text: str) -> None:
    with pytest.raises(LinkError) as caught:
        split_post_link(text)
    assert caught.value.code == "link.not_post"


def test_a_description_tells_the_other_accounts() -> None:
    about = (
        "Обжариваем кофе с 2014 года. Телеграм: https://t.me/zerno_kofe, видео — youtube.com/@ZernoKofe!\n"
        "Пишите zerno@kofe.example или в direct (instagram.com/zerno.kofe). Сайт: https://kofe.example/menu\n"
        "MAX:max.ru/zerno_kofe | @zerno@mastodon.social\n"
        "ещё раз t.me/Zerno_Kofe/12 | t.me/+AbCdEf | vk.com/id1"
    )
    assert [(link.network, link.handle) for link in links_in(about)] == [
        ("telegram", "zerno_kofe"),
        ("youtube", "zernokofe"),
        ("instagram", "zerno.kofe"),
        ("max", "zerno_kofe"),
        ("mastodon", "zerno@mastodon.social"),
    ]


@given(st.text(max_size=200))
def test_any_text_has_links_or_none(text: str) -> None:
    assert isinstance(links_in(text), list)
