"""Which column of a table is which of our fields and metrics. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from connectors.clean import clean
from connectors.files.troubles import FileTroubleError
from goals.metrics import METRICS, Nature

#: What a column may hold beside the figure of a metric.
FIELDS = ("account", "day", "taken_at", "post", "published_at", "kind", "url", "text", "topic", "state")

_SHOWN = 40
#: What services call our fields and metrics: what is proposed to a person, never taken unasked.
_USUAL = {
    "account": (
        "аккаунт", "сообщество", "группа", "страница",
        "канал", "channel", "page", "profile", "username",
    ),
    "day": ("дата", "день", "date"),
    "published_at": (
        "дата публикации", "время публикации", "дата и время",
        "опубликовано", "published", "publish date",
    ),
    "post": ("id", "id поста", "id публикации", "id записи", "post id"),
    "url": ("ссылка", "ссылка на пост", "ссылка на публикацию", "адрес", "link", "permalink", "post url"),
    "text": (
        "текст", "текст поста", "текст публикации", "описание",
        "пост", "caption", "description", "message",
    ),
    "kind": ("тип", "формат", "тип поста", "тип публикации", "тип контента", "type", "post type", "format"),
    "topic": ("тема", "рубрика"),
    "state": ("статус", "состояние", "status"),
    "audience": (
        "подписчики", "участники", "аудитория", "число подписчиков",
        "followers", "subscribers", "members", "fans",
    ),
    "reach": ("охват", "полный охват", "охват за день"),
    "visitors": ("посетители", "уникальные посетители"),
    "page_views": ("просмотры страницы", "просмотры сообщества"),
    "joins": ("вступили", "вступившие", "новые подписчики", "подписались", "подписалось", "new followers"),
    "leaves": ("отписки", "отписались", "отписалось", "вышли", "вышедшие", "unfollows", "unsubscribes"),
    "views": ("просмотры", "показы", "просмотров", "impressions"),
    "likes": ("лайки", "нравится", "отметки нравится", "лайков"),
    "comments": ("комментарии", "комменты", "комментариев"),
    "shares": ("репосты", "поделились", "репостов", "reposts", "retweets"),
    "saves": ("сохранения", "сохранили", "saved"),
    "reactions": ("реакции",),
    "engagement_rate": ("er", "er post", "er, %", "er %", "вовлечённость", "вовлеченность"),
    "sales": ("продажи",),
    "revenue": ("выручка",),
    "leads": ("заявки", "лиды"),
}  # fmt: skip
#: A figure of a post is not one of the whole account on that day.
_OF_ACCOUNTS = frozenset({"audience", "reach", "visitors", "page_views", "joins", "leaves"})
_OF_POSTS = frozenset({"post", "url", "published_at", "text"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each of our fields and metrics stands in the file, by the place of its column."""

    fields: Mapping[str, int]
    metrics: Mapping[str, int]
    header: tuple[str, ...]

    @property
    def only_accounts(self) -> bool:
        """Whether the file is a list of accounts: nothing in it has a figure or a date."""
        dated = {"day", "taken_at", "post", "published_at"}
        return "account" in self.fields and not (dated & self.fields.keys() or self.metrics)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the columns of which nothing is taken."""
        used = {*self.fields.values(), *self.metrics.values()}
        return tuple(name for place, name in enumerate(self.header) if name and place not in used)

    def name(self, field: str) -> str:
        """What the file calls a field or metric."""
        place = self.fields.get(field, self.metrics.get(field))
        return field if place is None else self.header[place]


def find_columns(header: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Match our names with the file's: those of `mapping`, and columns that bear our names.

    Args:
        header: the names of the file's columns.
        mapping: our name -> the file's column.

    Raises:
        FileTroubleError: `file.field` for a name that is not ours, `file.counted` for content that is
            counted from its rows, `file.column` for a column that the file does not have,
            `file.columns` where nothing of the file can be used.
    """
    places = {_folded(name): place for place, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for field, column in mapping.items():
        check_field(field)
        place = places.get(_folded(column))
        if place is None:
            raise FileTroubleError("file.column", column=column, columns=", ".join(header))
        found[field] = place
    taken = set(found.values())
    for name, place in places.items():
        if name not in found and place not in taken and _is_ours(name):
            found[name] = place
    if not found:
        usual = mapping_text(usual_columns(header)) or "audience=COLUMN"
        raise FileTroubleError("file.columns", columns=", ".join(header), usual=usual)
    fields = {name: place for name, place in found.items() if name in FIELDS}
    metrics = {name: place for name, place in found.items() if name in METRICS}
    return Columns(fields, metrics, tuple(header))


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Read `account=channel,day=date` into our name -> the file's column.

    A comma inside a column's name stays: a part without `=` belongs to the one before.

    Raises:
        FileTroubleError: `file.map` where a part is no pair.
    """
    pairs: list[list[str]] = []
    for text in texts:
        for part in text.split(","):
            field, equals, column = part.partition("=")
            if equals:
                pairs.append([field.strip().lower(), column])
            elif pairs:
                pairs[-1][1] += f",{part}"
            else:
                raise FileTroubleError("file.map", text=clean(text, _SHOWN))
    for field, column in pairs:
        if not field or not column.strip():
            raise FileTroubleError("file.map", text=f"{field}={column}")
    return {field: column.strip() for field, column in pairs}


def _is_ours(name: str) -> bool:
    return name in FIELDS or (name in METRICS and METRICS[name].nature is not Nature.CONTENT)


def check_field(field: str) -> None:
    """Raise FileTroubleError `file.field` or `file.counted` for what no column can hold."""
    if field in METRICS and METRICS[field].nature is Nature.CONTENT:
        raise FileTroubleError("file.counted", field=field)
    if not _is_ours(field):
        known = [*FIELDS, *(name for name in METRICS if _is_ours(name))]
        near = get_close_matches(field, known, 1)
        raise FileTroubleError("file.field", field=field, near=near[0] if near else ", ".join(FIELDS))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def usual_columns(header: Sequence[str]) -> dict[str, str]:
    """Our name -> the column that usually holds it, for columns that do not bear our own names."""
    places = {_folded(name).replace("ё", "е"): name for name in reversed(header) if name}
    ours = {name for name in places if _is_ours(name)}
    found: dict[str, str] = {}
    for field, names in _USUAL.items():
        column = next((places[name] for name in names if name in places and name not in ours), None)
        if field not in ours and column is not None and column not in found.values():
            found[field] = column
    if _OF_POSTS & (found.keys() | ours):
        found = {field: column for field, column in found.items() if field not in _OF_ACCOUNTS}
    return found


def mapping_text(mapping: Mapping[str, str]) -> str:
    """A mapping as `--map` takes it."""
    return ",".join(f"{field}={column}" for field, column in mapping.items())
