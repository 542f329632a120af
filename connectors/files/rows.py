"""From a file's cells to values: moments, days, figures, posts. Pure.

A figure that cannot be read is left out with its column and the reason, and the row's other figures
stand; a date or a choice that cannot be read refuses its row. Nothing is guessed, and an empty cell is
a missing figure, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from operator import itemgetter
from typing import TypeVar

from connectors.base import Trouble, TroubleKind
from connectors.clean import TEXT_LIMIT, clean
from connectors.files.columns import Columns
from connectors.files.dates import When, parse_when
from connectors.files.record import Record
from connectors.numbers import ShownNumber, parse_number
from goals.metrics import METRICS
from goals.model import PostKind, PostState

#: Cells by which programs say that there is no figure.
NOTHING = frozenset({"", "-", "–", "—", "−", "n/a", "na", "null", "none", "nan", "нет", "н/д"})
#: Fields that make a row a piece of content rather than readings of a day.
CONTENT_FIELDS = ("post", "published_at", "kind", "url", "text", "topic", "state")

#: What people and Russian programs write for our words.
_SYNONYMS: dict[str, PostKind | PostState] = {
    **dict.fromkeys(("пост", "запись", "публикация", "текст", "ссылка", "опрос"), PostKind.POST),
    **dict.fromkeys(("фото", "фотография", "картинка", "альбом", "карусель"), PostKind.POST),
    **dict.fromkeys(("photo", "image", "album", "carousel", "text", "link", "status"), PostKind.POST),
    **dict.fromkeys(("история", "сторис", "стори", "сториз", "stories"), PostKind.STORY),
    **dict.fromkeys(("клип", "рилс", "рилз", "reels", "reel", "shorts", "short"), PostKind.CLIP),
    **dict.fromkeys(("видео", "ролик", "видеоролик"), PostKind.VIDEO),
    **dict.fromkeys(("эфир", "прямой эфир", "трансляция", "стрим", "live"), PostKind.STREAM),
    "статья": PostKind.ARTICLE,
    **dict.fromkeys(("план", "в плане", "запланировано", "запланирован"), PostState.PLANNED),
    **dict.fromkeys(("опубликовано", "опубликован", "вышло"), PostState.PUBLISHED),
    **dict.fromkeys(("удалено", "удален"), PostState.DELETED),
}

_SHOWN = 40
_Choice = TypeVar("_Choice", PostKind, PostState)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row as far as the file tells it; `kind`, `state` and moments are None where it does not.

    `day` is the day as written; `taken_at` and `published_at` are UTC; `is_bare` says that the time of
    `published_at` names no zone; `troubles` are those of the figures that were left out.
    """

    line: int
    account: str = ""
    day: date | None = None
    taken_at: datetime | None = None
    post: str = ""
    published_at: datetime | None = None
    published_day: date | None = None
    is_bare: bool = False
    kind: PostKind | None = None
    state: PostState | None = None
    url: str = ""
    text: str = ""
    topic: str = ""
    figures: Mapping[str, ShownNumber] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_content(self) -> bool:
        """Whether the row is a piece of content rather than readings of a day."""
        return any(getattr(self, name) for name in CONTENT_FIELDS)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    line: int
    trouble: Trouble


class _CellError(Exception):
    def __init__(self, code: str, column: str, value: str, known: str = "") -> None:
        super().__init__(code)
        facts = {"column": column, "value": clean(value, _SHOWN), "known": known}
        self.trouble = Trouble(TroubleKind.SKIP, code, facts=facts)


def refused(line: int, code: str, **facts: str) -> BadRow:
    """A row refused for a reason of `file.*`."""
    return BadRow(line, Trouble(TroubleKind.SKIP, code, facts=facts))


def parse_rows(
    rows: Iterator[Record], columns: Columns, zone: tzinfo | None = None
) -> Iterator[FileRow | BadRow]:
    """Read rows; times that name no zone are of `zone`, and bare ones of UTC where that is None."""
    for record in rows:
        extra = record.cells[len(columns.header) :]
        if any(cell.strip() for cell in extra):
            counts = {"cells": str(len(record.cells)), "columns": str(len(columns.header))}
            yield refused(record.line, "file.row", **counts)
            continue
        try:
            yield _parse(record, columns, zone)
        except _CellError as error:
            yield BadRow(record.line, error.trouble)


def _parse(record: Record, columns: Columns, zone: tzinfo | None) -> FileRow:
    def cell(name: str) -> str:
        place = columns.fields.get(name)
        return "" if place is None or place >= len(record.cells) else record.cells[place].strip()

    def when(name: str) -> When | None:
        text = cell(name)
        if text.casefold() in NOTHING:
            return None
        found = parse_when(text, zone)
        if found is None:
            raise _CellError("file.bad_date", columns.name(name), text)
        return found

    day, taken, published = when("day"), when("taken_at"), when("published_at")
    figures, troubles = _figures(record, columns)
    return FileRow(
        line=record.line,
        account=clean(cell("account")),
        day=day.day if day else taken.day if taken and taken.moment is None else None,
        taken_at=taken.moment if taken else None,
        post=clean(cell("post")),
        published_at=published.moment if published else None,
        published_day=published.day if published else None,
        is_bare=published.is_bare if published else False,
        kind=_member(PostKind, cell("kind"), columns.name("kind")),
        state=_member(PostState, cell("state"), columns.name("state")),
        url=clean(cell("url"), 500),
        text=clean(cell("text"), TEXT_LIMIT, multiline=True),
        topic=clean(cell("topic")),
        figures=figures,
        troubles=troubles,
    )


def _figures(record: Record, columns: Columns) -> tuple[dict[str, ShownNumber], tuple[Trouble, ...]]:
    figures: dict[str, ShownNumber] = {}
    troubles: list[Trouble] = []
    for metric, place in sorted(columns.metrics.items(), key=itemgetter(1)):
        text = record.cells[place].strip() if place < len(record.cells) else ""
        if text.casefold() in NOTHING:
            continue
        number = parse_number(text, whole=METRICS[metric].whole)
        if number is not None and number.value >= 0:
            figures[metric] = number
        else:
            troubles.append(_CellError(_why_no_figure(text, number), columns.header[place], text).trouble)
    return figures, tuple(troubles)


def _why_no_figure(text: str, number: ShownNumber | None) -> str:
    """The code of what is wrong with a cell that gives no figure."""
    if number is not None:
        return "file.negative"
    return "file.bad_number" if parse_number(text, whole=False) is None else "file.not_whole"


def _member(choices: type[_Choice], text: str, column: str) -> _Choice | None:
    if text.casefold() in NOTHING:
        return None
    known = _SYNONYMS.get(" ".join(text.casefold().replace("ё", "е").split()))
    if isinstance(known, choices):
        return known
    for choice in choices:
        if text.casefold() == choice.value:
            return choice
    raise _CellError("file.bad_choice", column, text, ", ".join(choice.value for choice in choices))
