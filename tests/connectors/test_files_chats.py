"""The export of Telegram Desktop: walked piece by piece, and what its messages are."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files import jsonstream
from connectors.files.chats import Chat, Messages, newest_moment, read_export
from connectors.files.jsonstream import JsonStream
from connectors.files.rows import BadRow, FileRow
from connectors.files.troubles import FileTroubleError
from goals.model import PostKind

MOSCOW = ZoneInfo("Europe/Moscow")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=25,
)


def message(number: int, text: object = "", **more: object) -> dict[str, object]:
    seconds = str(1_700_000_000 + number * 60)
    return {"id": number, "type": "message", "date": "2023-11-15T01:13:20", "date_unixtime": seconds} | {
        "text": text,
        **more,
    }


def chat(*messages: object, **more: object) -> dict[str, object]:
    head = {"name": "Зерно", "type": "public_channel", "id": 1234567890}
    return {**head, **more, "messages": list(messages)}


def read(tmp_path: Path, tree: object, most: int = 100) -> list[tuple[Chat, list[FileRow | BadRow]]]:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    found: list[tuple[Chat, list[FileRow | BadRow]]] = []

    def take(told: Chat, messages: Messages) -> None:
        found.append((told, list(islice(messages, most))))

    read_export(path, take, MOSCOW)
    return found


def rows(tmp_path: Path, *messages: object) -> list[FileRow]:
    ((_, told),) = read(tmp_path, chat(*messages))
    assert not any(isinstance(row, BadRow) for row in told)
    return [row for row in told if isinstance(row, FileRow)]


def test_a_chat_and_its_posts(tmp_path: Path) -> None:
    reactions = [{"type": "emoji", "count": 3, "emoji": "❤"}, {"type": "paid", "count": 2}]
    ((told, (row,)),) = read(tmp_path, chat(message(7, "Привет", reactions=reactions)))
    assert told == Chat("Зерно", "1234567890", is_channel=True, is_public=True, is_alone=True)
    assert isinstance(row, FileRow)
    assert (row.line, row.post, row.text, row.kind) == (7, "7", "Привет", PostKind.POST)
    assert row.published_at == datetime.fromtimestamp(1_700_000_420, UTC)
    assert {name: number.value for name, number in row.figures.items()} == {"reactions": 5}


@pytest.mark.parametrize("told", [{}, {"reactions": []}, {"reactions": [{"count": "x"}]}, {"reactions": 3}])
def test_figures_that_are_not_told_are_missing(tmp_path: Path, told: dict[str, object]) -> None:
    (row,) = rows(tmp_path, message(1, "а", views=5, forwards=6, **told))
    assert row.figures == {}


def test_a_text_of_pieces_is_one(tmp_path: Path) -> None:
    pieces = ["Скидка ", {"type": "bold", "text": "20 %"}, {"type": "link", "text": " a\x1b[31m.ru"}, 5, {}]
    (row,) = rows(tmp_path, message(1, pieces))
    assert row.text == "Скидка 20 % a.ru"


def test_what_is_no_post_is_said_with_its_number(tmp_path: Path) -> None:
    ((_, told),) = read(
        tmp_path,
        chat(
            message(1) | {"type": "service", "action": "pin_message"},
            {"id": 2, "type": "message", "date": "soon", "text": "а"},
            "text",
            {"type": "message"},
            message(3, "а"),
        ),
    )
    said = [(row.line, row.trouble.code) for row in told if isinstance(row, BadRow)]
    assert said == [
        (1, "file.service_message"),
        (2, "file.no_date"),
        (0, "file.no_message"),
        (0, "file.no_message"),
    ]
    assert [row.line for row in told if isinstance(row, FileRow)] == [3]


def test_exports_of_old_programs_tell_the_clock_of_the_computer(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, {"id": 1, "type": "message", "date": "2020-01-02T03:04:05", "text": "а"})
    assert row.published_at == datetime(2020, 1, 2, 0, 4, 5, tzinfo=UTC)


def test_the_pictures_of_an_album_are_one_post(tmp_path: Path) -> None:
    def picture(number: int, text: str = "", second: int = 0, **more: object) -> dict[str, object]:
        return message(number, text, photo="a.jpg", **more) | {"date_unixtime": str(1_700_000_000 + second)}

    reactions = [{"type": "emoji", "count": 4, "emoji": "❤"}]
    told = rows(
        tmp_path,
        picture(1, "Альбом", reactions=reactions),
        picture(2),
        picture(3),
        picture(5),  # one in between is gone: another post
        picture(6, "Подпись"),
        picture(7, "Своя подпись"),
        picture(8, second=9),
        message(9, "а") | {"date_unixtime": "1700000009"},
    )
    assert [(row.line, row.text) for row in told] == [
        (1, "Альбом"),
        (5, "Подпись"),
        (7, "Своя подпись"),
        (8, ""),
        (9, "а"),
    ]
    assert told[0].figures["reactions"].value == 4


def test_a_video_without_words_is_a_video(tmp_path: Path) -> None:
    told = rows(tmp_path, message(1, media_type="video_file"), message(5, "а", media_type="video_file"))
    assert [row.kind for row in told] == [PostKind.VIDEO, PostKind.POST]


def test_a_whole_account_is_walked_chat_by_chat(tmp_path: Path) -> None:
    tree = {
        "about": "…",
        "contacts": {"list": [{"name": 'a"]}'}]},
        "chats": {
            "about": "…",
            "list": [
                chat(message(1, "личное"), type="personal_chat", name="Мама", id=7),
                chat(message(1, "а"), message(2, "б")),
                chat(message(1, "в"), type="private_channel", name=None, id=-1009),
            ],
        },
        "left_chats": {"list": [chat(message(4), name="Бывший")]},
    }
    told = read(tmp_path, tree, most=1)  # the rest of each chat is left unread by whoever takes it
    assert [(one.name, one.number, one.is_channel, one.is_public) for one, _ in told] == [
        ("Мама", "7", False, False),
        ("Зерно", "1234567890", True, True),
        ("", "9", True, False),
        ("Бывший", "1234567890", True, True),
    ]
    assert not any(one.is_alone for one, _ in told)
    assert [len(messages) for _, messages in told] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": 1}', "file.not_export"),
        (b'{"name": "a", "messages": [{"id": 1', "file.broken_json"),
        (b'{"name": "a", "messages": [{"id": 1} {"id": 2}]}', "file.broken_json"),
        (b'{"name": "a" "messages": []}', "file.broken_json"),
        (b'{"contacts": {"list": ["', "file.broken_json"),
        (b'{"name": "\xff\xfe", "messages": []}', "file.encoding"),
        (b'{"messages": [' + b"[" * 200_000, "file.broken_json"),
        (b'{"messages": [{"id": ' + b"9" * 10_000 + b"}]}", "file.broken_json"),
    ],
)
def test_what_is_no_export_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(content)

    def take(told: Chat, messages: Messages) -> None:
        assert list(messages) is not None

    with pytest.raises(FileTroubleError) as caught:
        read_export(path, take, UTC)
    assert caught.value.trouble.code == code


def test_a_message_without_an_end_costs_no_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b'{"messages": ["' if self.given == size else b"a" * size

    file = Endless()
    stream = JsonStream(file, "a.json", most_piece=1 << 20)  # type: ignore[arg-type]
    with pytest.raises(FileTroubleError) as caught:
        _walked(stream)
    assert caught.value.trouble.code == "file.json_piece"
    assert file.given < 4 << 20


def test_the_newest_message_says_how_old_an_export_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.files.chats._CHUNK", 64)
    path = tmp_path / "result.json"
    tree = chat(message(9), message(30, 'мы "date_unixtime": "9999999999"'), message(20))
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    assert newest_moment(path) == datetime.fromtimestamp(1_700_001_800, UTC)
    path.write_text(json.dumps(chat()), encoding="utf-8")
    assert newest_moment(path) is None


def _walked(stream: JsonStream) -> Any:  # noqa: ANN401
    """The document, walked as far as it can be."""
    mark = stream.peek()
    if mark == "{":
        return {name: _walked(stream) for name in stream.members()}
    if mark == "[":
        return [_walked(stream) for _ in stream.elements()]
    return stream.value()


@pytest.mark.parametrize("chunk", [1, 7, 4096])
@given(tree=JSON, indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_walking_gives_what_the_library_gives(
    chunk: int, tree: object, indent: int | None, ascii_only: bool
) -> None:
    content = json.dumps(tree, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")

    def with_stream(use: Callable[[JsonStream], Any]) -> Any:  # noqa: ANN401
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(jsonstream, "_CHUNK", chunk)
            return use(JsonStream(io.BytesIO(content), "a.json"))

    try:
        content.decode()
    except UnicodeDecodeError:
        with pytest.raises(FileTroubleError):
            with_stream(_walked)
        return
    assert with_stream(_walked) == tree
    assert with_stream(lambda stream: stream.value()) == tree

    def skipped(stream: JsonStream) -> str:
        stream.skip()
        return stream.peek()

    assert with_stream(skipped) == ""
