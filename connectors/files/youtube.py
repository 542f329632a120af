"""The table of YouTube Studio, in English and in Russian: which of its columns are what.

Its first row is the total of the channel and is left out. Its days are those of YouTube in California.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.files.record import Record
from goals.model import PostKind

NETWORK = "youtube"
#: What the column of videos is called; one of these and one of the titles tell the table.
_VIDEOS = ("content", "video", "контент", "видео")
_TITLES = ("video title", "название видео", "название")
_COLUMNS = {
    "published_at": (
        "video publish time",
        "время публикации видео",
        "дата публикации видео",
        "время публикации",
    ),
    "views": ("views", "просмотры", "количество просмотров"),
    "likes": ("likes", "likes added", "отметки «нравится»", 'отметки "нравится"', "лайки", "понравилось"),
    "comments": ("comments", "comments added", "комментарии", "добавленные комментарии"),
    "shares": ("shares", "поделились", "репосты", "количество репостов"),
}
_TOTALS = frozenset({"total", "итого", "всего", "общий итог"})
KIND = PostKind.VIDEO


def youtube_columns(header: Sequence[str]) -> dict[str, str] | None:
    """Our names -> the columns of a table of YouTube Studio; None for another table."""
    known = {" ".join(name.split()).casefold(): name for name in header}
    video = next((known[name] for name in _VIDEOS if name in known), None)
    title = next((known[name] for name in _TITLES if name in known), None)
    if video is None or title is None or video == title:
        return None
    found = {"post": video, "text": title}
    for field, names in _COLUMNS.items():
        column = next((known[name] for name in names if name in known), None)
        if column is not None:
            found[field] = column
    return found


def without_total(rows: Iterator[Record], place: int) -> Iterator[Record]:
    """The rows without that of the total; `place` is that of the column of videos."""
    for record in rows:
        if place >= len(record.cells) or record.cells[place].strip().casefold() not in _TOTALS:
            yield record


def video_url(video: str) -> str:
    """The address of a video."""
    return f"https://www.youtube.com/watch?v={video}"
