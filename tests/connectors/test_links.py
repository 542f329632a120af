from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.links import SITES, LinkError, account_url, parse_link, split_post_link

VK_NAMED = [
    "https://vk.com/kofe_zerno",
    "http://vk.com/kofe_zerno/",
    "https://vk.ru/kofe_zerno",
    "https://m.vk.com/kofe_zerno",
    "m.vk.ru/kofe_zerno",
    "www.vk.com/Kofe_Zerno",
    "VK.COM/KOFE_ZERNO",
    "  https://vk.com/kofe_zerno?from=search#x  ",
    "https://vk.com/@kofe_zerno-kak-varit-kofe",
    "vk.me/kofe_zerno",
    "«vk.com/kofe_zerno».",
    "https://vk.com/kofe_zerno?w=club77",
    "\u202avk.com/kofe_zerno\u202c",
]

VK_NUMBERED = [
    "club123",
    "public123",
    "event123",
    "@club123",
    "https://vk.com/club123",
    "vk.com/public123/",
    "https://vk.ru/event123",
    "https://vk.com/wall-123_45",
    "https://vk.com/kofe?w=wall-123_45",
    "https://vk.com/feed?w=wall-123_45%2Fall",
    "https://m.vk.com/wall-123",
    "https://vk.com/topic-123_7",
    "https://vk.com/album-123_00",
    "https://vk.com/clip-123_7",
    "vk.com:443/club123",
]

TELEGRAM = [
    "https://t.me/zerno_kofe",
    "http://t.me/zerno_kofe/",
    "t.me/Zerno_Kofe",
    "https://t.me/s/zerno_kofe",
    "https://t.me/s/zerno_kofe?before=120",
    "https://t.me/zerno_kofe/1205",
    "https://telegram.me/zerno_kofe",
    "telegram.dog/zerno_kofe",
    "@zerno_kofe",
    "@Zerno_Kofe",
    "zerno_kofe.t.me",
    "tg://resolve?domain=zerno_kofe",
    "tg:resolve?domain=Zerno_Kofe&post=12",
    "https://t.me/@zerno_kofe",
]


@pytest.mark.parametrize("text", VK_NAMED)
def test_names_of_vk(text: str) -> None:
    link = parse_link(text)
    assert (link.network, link.handle, link.network_id) == ("vk", "kofe_zerno", None)
    assert link.url == "https://vk.com/kofe_zerno"


@pytest.mark.parametrize("text", VK_NUMBERED)
def test_numbers_of_vk(text: str) -> None:
    network = "vk" if text.startswith("@") else None
    link = parse_link(text, network)
    assert (link.network, link.handle, link.network_id) == ("vk", "club123", "123")


@pytest.mark.parametrize("text", TELEGRAM)
def test_channels_of_telegram(text: str) -> None:
    link = parse_link(text)
    assert (link.network, link.handle, link.network_id) == ("telegram", "zerno_kofe", None)
    assert link.url == "https://t.me/zerno_kofe"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "link.empty"),
        (" \t\n", "link.empty"),
        ("«».", "link.empty"),
        ("https://t.me/joinchat/AAAAAE", "link.private"),
        ("https://t.me/+abcdef", "link.private"),
        ("https://t.me/c/1234/5", "link.private"),
        ("tg://join?invite=abc", "link.private"),
        ("https://vk.com/id1", "link.person"),
        ("id12345", "link.person"),
        ("https://vk.com/wall5_1", "link.person"),
        ("https://example.com/zerno", "link.unknown_host"),
        ("https://t.me@example.com/zerno", "link.unknown_host"),
        ("https://vk.com.example.com/zerno", "link.unknown_host"),
        ("https://xn--80ak6aa92e.com/x", "link.unknown_host"),
        ("https://вк.ком/x", "link.unknown_host"),
        ("http://[::1/x", "link.unknown_host"),
        ("zerno", "link.no_network"),
        ("Кофейня «Зерно»", "link.no_network"),
        ("https://vk.com/", "link.not_account"),
        ("https://vk.com/feed", "link.not_account"),
        ("t.me", "link.not_account"),
        ("https://t.me/s/", "link.not_account"),
        ("https://t.me/addstickers/Cats", "link.not_account"),
        ("tg://settings", "link.not_account"),
        ("https://t.me/кофе", "link.bad_handle"),
        ("@x", "link.bad_handle"),
        ("vk.com/club0", "link.bad_handle"),
        ("vk.com/public007", "link.bad_handle"),
        ("vk.com/event12345678901234567", "link.bad_handle"),
        ("https://vk.com/кофе", "link.bad_handle"),
        ("https://t.me/" + "a" * 600, "link.bad_handle"),
    ],
)
def test_what_is_no_account_says_why(text: str, code: str) -> None:
    with pytest.raises(LinkError) as caught:
        parse_link(text)
    assert caught.value.code == code
    assert caught.value.trouble.kind == "config"


def test_the_network_may_be_said_beside_the_handle() -> None:
    assert parse_link("@kofe", "vk").url == "https://vk.com/kofe"
    assert parse_link("kofe.zerno", "vk").handle == "kofe.zerno"
    assert parse_link("kofe", "telegram").url == "https://t.me/kofe"
    assert parse_link("@Kofe@mastodon.social", "mastodon").handle == "kofe@mastodon.social"
    assert parse_link("@Kofe", "partner").handle == "kofe"
    assert parse_link("https://partner.example/kofe", "partner").handle == "kofe"
    assert parse_link("https://max.ru/kofe", "max").handle == "kofe"
    with pytest.raises(LinkError) as caught:
        parse_link("https://t.me/kofe", "vk")
    assert caught.value.code == "link.other_network"
    assert caught.value.facts["network"] == "telegram"


@given(st.text(max_size=80))
def test_any_text_is_a_link_or_a_link_error(text: str) -> None:
    for network in (None, *SITES, "partner"):
        try:
            link = parse_link(text, network)
        except LinkError:
            continue
        assert link.handle == link.handle.lower() or link.network == "youtube"
        if link.url and link.network != "partner":
            assert parse_link(link.url) == link


def test_the_address_of_an_account() -> None:
    assert account_url("vk", "kofe") == "https://vk.com/kofe"
    assert account_url("vk", "", "12") == "https://vk.com/club12"
    assert account_url("telegram", "zerno") == "https://t.me/zerno"
    assert account_url("telegram", "", "12") == ""
    assert account_url("partner", "zerno") == ""


@pytest.mark.parametrize(
    ("text", "network", "handle", "post"),
    [
        ("https://vk.com/wall-1_10", "vk", "club1", "10"),
        ("https://vk.com/kofe?w=wall-1_10", "vk", "club1", "10"),
        ("m.vk.ru/wall-1_10?reply=3", "vk", "club1", "10"),
        ("https://t.me/zerno/12", "telegram", "zerno", "12"),
        ("https://t.me/s/zerno/12?single", "telegram", "zerno", "12"),
        ("tg://resolve?domain=zerno&post=12", "telegram", "zerno", "12"),
    ],
)
def test_the_address_of_a_post(text: str, network: str, handle: str, post: str) -> None:
    link, post_id = split_post_link(text)
    assert (link.network, link.handle, post_id) == (network, handle, post)


@pytest.mark.parametrize(
    "text", ["https://vk.com/kofe", "https://t.me/zerno", "https://vk.com/photo-1_2", "@zerno"]
)
def test_an_account_is_no_post(text: str) -> None:
    with pytest.raises(LinkError) as caught:
        split_post_link(text)
    assert caught.value.code == "link.not_post"
