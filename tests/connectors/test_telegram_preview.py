"""Parsing of Telegram's pages: two real ones, and small ones for each trap."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.numbers import ShownNumber
from connectors.telegram.preview import Contact, ContactKind, Page, parse_contact, parse_preview
from goals.model import Exactness, PostKind, PostState
from tests.fakes.telegram import HOSTILE_TITLE, Channel, Message, contact_page, preview_page, shown

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def page_of(*messages: Message, **channel: object) -> Page:
    made = Channel("zerno", "Кофейня", 4812, 77, list(messages))
    for name, value in channel.items():
        setattr(made, name, value)
    page = parse_preview(preview_page(made))
    assert page is not None
    return page


def real_page(shared_dir: Path, name: str) -> Page:
    page = parse_preview((shared_dir / "samples" / name).read_text(encoding="utf-8"))
    assert page is not None
    return page


def test_a_real_page(shared_dir: Path) -> None:
    page = real_page(shared_dir, "telegram_preview.html")
    assert (page.handle, page.title, page.channel_id) == ("enjoymyhobby", "취미생활방📮", "1479376547")
    assert page.audience == ShownNumber(50_900, exact=False)
    assert page.before == 96544
    assert len(page.posts) == len(page.ids) == 20
    first, reply, video, forwarded = (page.posts[n] for n in (0, 2, 15, 17))
    assert first.network_id == "96544"
    assert first.when == datetime(2026, 7, 1, 8, 8, 39, tzinfo=UTC)
    assert first.figures == {"views": 3860, "reactions": 5}
    assert first.exactness is Exactness.ROUNDED
    assert first.url == "https://t.me/enjoymyhobby/96544"
    assert first.text.endswith("\n\n#해외주식")
    assert reply.text.startswith("🧃 OUSD 에 대한 써클 CEO의 트윗")
    assert "joinopenstandard" not in reply.text
    assert page.posts[5].figures["reactions"] == 7
    assert (video.network_id, video.kind) == ("96560", PostKind.POST)
    assert forwarded.figures == {"views": 2720}
    assert sum(post.figures["views"] for post in page.posts) == 74_920


def test_a_small_real_page(shared_dir: Path) -> None:
    page = real_page(shared_dir, "telegram_preview_small.html")
    assert (page.handle, page.title, page.channel_id) == ("test_channel", "Test_Channel", None)
    assert page.audience == ShownNumber(10_000, exact=False)
    assert (page.ids, page.before) == ((1001, 1003, 1010), 1001)
    assert [post.figures for post in page.posts] == [
        {"views": 2500, "reactions": 13},
        {"views": 1300, "reactions": 0},
        {"views": 1000, "reactions": 35},
    ]
    assert page.posts[1].text == ""
    assert page.posts[2].text.count("This is a forwarded message") == 1


def test_an_exact_figure_is_told_from_a_rounded_one() -> None:
    small = page_of(Message(5, WHEN, "а", 999, {"👍": 2}), members=812)
    assert small.audience == ShownNumber(812, exact=True)
    assert small.posts[0].exactness is Exactness.EXACT
    assert page_of(Message(5, WHEN, "а", 1000)).posts[0].exactness is Exactness.ROUNDED
    assert page_of(Message(5, WHEN, "а", 5, {"👍": 1200})).posts[0].figures == {"views": 5, "reactions": 1200}


def test_reactions_are_summed_and_missing_is_not_zero() -> None:
    page = page_of(
        Message(1, WHEN, "а", 10, {"👍": 3, "": 4}, stars=5),
        Message(2, WHEN, "б", None, {}),
        Message(3, WHEN, "в", 0, None),
    )
    assert [post.figures for post in page.posts] == [
        {"views": 10, "reactions": 12},
        {"reactions": 0},
        {"views": 0},
    ]


def test_service_messages_are_no_posts_but_count_for_paging() -> None:
    page = page_of(Message(7, WHEN, service=True), Message(9, WHEN, "текст", 3))
    assert page.ids == (7, 9)
    assert [post.network_id for post in page.posts] == ["9"]


def test_a_post_has_its_own_text_and_kind() -> None:
    page = page_of(
        Message(1, WHEN, "Ответ\nна два", 3, quoted="Цитата"),
        Message(2, WHEN, "", 3, video=True),
        Message(3, WHEN, "с видео", 3, video=True),
    )
    assert [(p.text, p.kind) for p in page.posts] == [
        ("Ответ\nна два", PostKind.POST),
        ("", PostKind.VIDEO),
        ("с видео", PostKind.POST),
    ]
    assert all(post.state is PostState.PUBLISHED for post in page.posts)


def test_hostile_text_is_cleaned() -> None:
    page = page_of(Message(1, WHEN, "a\x1b[2Jb\u202e", 3), title=HOSTILE_TITLE)
    assert page.title == "[/x] сбой [@click=app.quit]да[/]"
    assert page.posts[0].text == "ab"


def test_a_hidden_audience_is_not_another_counter() -> None:
    assert page_of(hides_members=True).audience is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("channel", Contact(ContactKind.CHANNEL, "Кофейня", 12_345)),
        ("group", Contact(ContactKind.GROUP, "Кофейня")),
        ("person", Contact(ContactKind.OTHER, "Кофейня")),
    ],
)
def test_contact_cards_are_told_apart(kind: str, expected: Contact) -> None:
    channel = Channel("zerno", "Кофейня", 12_345, 7, preview=False, kind=kind)
    html = contact_page(channel, "zerno")
    assert parse_contact(html) == expected
    assert parse_preview(html) is None


def test_a_name_of_nobody_and_a_strange_page() -> None:
    assert parse_contact(contact_page(None, "zerno")) == Contact(ContactKind.NOBODY)
    assert parse_contact("<html>Доступ ограничен</html>") is None


@given(st.text(max_size=200))
def test_broken_pages_break_nothing(noise: str) -> None:
    html = preview_page(Channel("zerno", noise, 5, 7, [Message(4, WHEN, noise, 3)]))
    for cut in (len(html) // 3, len(html) // 2, len(html) - 60):
        parse_preview(html[:cut] + noise)
        parse_contact(noise + html[cut:])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2, "2"),
        (999, "999"),
        (1000, "1K"),
        (1915, "1.91K"),
        (15_399, "15.3K"),
        (104_900, "104K"),
        (3_100_000, "3.1M"),
    ],
)
def test_the_fake_shows_figures_as_telegram_does(number: int, text: str) -> None:
    assert shown(number) == text


def test_a_channel_tells_of_itself_line_by_line() -> None:
    about = "Обжариваем <кофе> & чай\nВидео: youtube.com/@ZernoKofe\nПишите @anna"
    told = Channel("zerno_kofe", "Зерно", 4812, 100, about=about)
    page, card = parse_preview(preview_page(told)), parse_contact(contact_page(told, told.name))
    assert page is not None
    assert card is not None
    assert page.about == card.about == about
