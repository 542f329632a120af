"""The export of Telegram Desktop (`result.json`): one chat, or a whole account, message by message.

It holds the posts of a channel with their moments, texts and reactions, and no views, forwards or
subscribers: these stay missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from connectors.clean import TEXT_LIMIT, clean
from connectors.files.dates import parse_when
from connectors.files.jsonstream import JsonStream
from connectors.files.rows import BadRow, FileRow, refused
from connectors.files.troubles import FileTroubleError, opened
from connectors.numbers import ShownNumber, parse_count
from goals.model import PostKind

_PUBLIC = "public_channel"
_CHANNELS = frozenset({_PUBLIC, "private_channel"})
_VIDEOS = frozenset({"video_file", "video_message"})
_LISTS = frozenset({"chats", "left_chats"})
_PARTS = 1_000
_CHUNK = 1 << 20
_MOMENT = re.compile(rb'"date_unixtime": ?"(\d{9,11})"')
_LONGEST_MOMENT = 40


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of the export: its title, its number without the -100 of bots, and what it is.

    It is alone where the file holds no other chat.
    """

    name: str
    number: str
    is_channel: bool
    is_public: bool
    is_alone: bool


Messages = Iterator[FileRow | BadRow]
Take = Callable[[Chat, Messages], None]


def read_export(path: Path, take: Take, zone: tzinfo) -> None:
    """Hand each chat of an export with its messages to `take`, which may leave any of them.

    Args:
        path: the `result.json`.
        take: what is done with a chat.
        zone: of moments that name none: exports of old programs tell the clock of the computer only.

    Raises:
        FileTroubleError: `file.missing`, `file.unreadable`, `file.broken_json`, `file.json_piece`,
            `file.encoding`, `file.not_export` for another program's JSON.
    """
    with opened(path) as file:
        if not _walk(JsonStream(file, str(path)), take, zone):
            raise FileTroubleError("file.not_export", path=str(path))


def newest_moment(path: Path) -> datetime | None:
    """The moment of the newest message: the export is as old at most."""
    newest, rest = 0, b""
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            newest = max((newest, *map(int, _MOMENT.findall(rest + chunk))))
            rest = chunk[-_LONGEST_MOMENT:]
    return datetime.fromtimestamp(newest, UTC) if newest else None


def _walk(stream: JsonStream, take: Take, zone: tzinfo) -> bool:
    """Walk the document; whether it holds chats."""
    found = False
    known: dict[str, Any] = {}
    for name in stream.members():
        if name == "messages":
            _chat(stream, known, take, zone, is_alone=True)
            found = True
        elif name in _LISTS:
            found = True
            for part in stream.members():
                if part == "list":
                    for _ in stream.elements():
                        _listed(stream, take, zone)
                else:
                    stream.skip()
        elif name in {"name", "type", "id"}:
            known[name] = stream.value()
        else:
            stream.skip()
    return found


def _listed(stream: JsonStream, take: Take, zone: tzinfo) -> None:
    known: dict[str, Any] = {}
    for name in stream.members():
        if name == "messages":
            _chat(stream, known, take, zone, is_alone=False)
        elif name in {"name", "type", "id"}:
            known[name] = stream.value()
        else:
            stream.skip()


def _chat(stream: JsonStream, known: dict[str, Any], take: Take, zone: tzinfo, *, is_alone: bool) -> None:
    name, number = known.get("name"), known.get("id")
    chat = Chat(
        name=clean(name) if isinstance(name, str) else "",
        number=str(number).removeprefix("-100").removeprefix("-") if isinstance(number, int) else "",
        is_channel=str(known.get("type")) in _CHANNELS,
        is_public=known.get("type") == _PUBLIC,
        is_alone=is_alone,
    )
    messages = _pieces(stream)
    take(chat, _joined(_row(message, zone) for message in messages))
    for _ in messages:
        continue


def _pieces(stream: JsonStream) -> Iterator[Any]:
    for _ in stream.elements():
        yield stream.value()


class _Part(FileRow):
    """A message that may be one of an album: several pictures that the export tells one by one."""


def _row(message: object, zone: tzinfo) -> FileRow | BadRow:
    number = message.get("id") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(number, int) or isinstance(number, bool):
        return refused(0, "file.no_message")
    if message.get("type") != "message":
        return refused(number, "file.service_message")
    moment = _moment(message, zone)
    if moment is None:
        return refused(number, "file.no_date")
    text = clean(_text(message.get("text")), TEXT_LIMIT, multiline=True)
    is_video = message.get("media_type") in _VIDEOS
    make = _Part if "photo" in message or is_video else FileRow
    return make(
        line=number,
        post=str(number),
        published_at=moment,
        published_day=moment.date(),
        kind=PostKind.VIDEO if is_video and not text else PostKind.POST,
        text=text,
        figures=_reactions(message.get("reactions")),
    )


def _joined(rows: Messages) -> Messages:
    """Make one post of the parts of an album, under the number of the first as the network shows it."""
    album: FileRow | BadRow | None = None
    last = 0
    for row in rows:
        if album is not None and _is_next(album, row, last):
            album = _with(album, row)
        else:
            if album is not None:
                yield album
            album = row
        last = row.line
    if album is not None:
        yield album


def _is_next(album: FileRow | BadRow, row: FileRow | BadRow, last: int) -> bool:
    return (
        isinstance(album, _Part)
        and isinstance(row, _Part)
        and row.line == last + 1
        and row.published_at == album.published_at
        and not (row.text and album.text)
    )


def _with(album: FileRow | BadRow, row: FileRow | BadRow) -> FileRow | BadRow:
    if not isinstance(album, FileRow) or not isinstance(row, FileRow):
        return row
    text = album.text or row.text
    return replace(
        album,
        text=text,
        kind=PostKind.POST if text else album.kind,
        figures={**row.figures, **album.figures},
    )


def _moment(message: dict[str, Any], zone: tzinfo) -> datetime | None:
    seconds, text = message.get("date_unixtime"), message.get("date")
    if isinstance(seconds, str) and seconds.isascii() and seconds.isdigit() and len(seconds) <= 11:
        return datetime.fromtimestamp(int(seconds), UTC)
    when = parse_when(text, zone) if isinstance(text, str) else None
    return when.moment if when else None


def _text(text: object) -> str:
    """A text, be it plain or a list of plain pieces and of those with a form."""
    if isinstance(text, str):
        return text[: 2 * TEXT_LIMIT]
    if not isinstance(text, list):
        return ""
    pieces = (piece.get("text") if isinstance(piece, dict) else piece for piece in text[:_PARTS])
    return "".join(piece for piece in pieces if isinstance(piece, str))[: 2 * TEXT_LIMIT]


def _reactions(told: object) -> dict[str, ShownNumber]:
    """How many reactions there are; absent where the export tells none."""
    if not isinstance(told, list):
        return {}
    counts = [parse_count(reaction.get("count")) for reaction in told[:_PARTS] if isinstance(reaction, dict)]
    known = [count for count in counts if count is not None]
    return {"reactions": ShownNumber(float(sum(known)), exact=True)} if known else {}
