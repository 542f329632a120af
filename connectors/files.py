"""Tables in text files: their encoding, their separator, their columns and their cells. Pure but for reading.

A file may come from any program: comma, semicolon or tab, UTF-8 with or without a mark, UTF-16 or
cp1251. It is read as a stream, so its length does not matter.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from connectors.base import ConnectorError, Trouble, TroubleKind
from connectors.clean import clean
from goals.metrics import METRICS, Nature

#: What a column may hold beside the figure of a metric.
FIELDS = ("account", "day", "taken_at", "post", "published_at", "kind", "url", "text", "topic", "state")

_SEPARATORS = ",;\t"
_SAMPLE_LINES = 20
_CHUNK = 1 << 16
_SHOWN = 40
_MOST_CELL = 1 << 20


class FileTroubleError(ConnectorError):
    """The file as a whole cannot be read; `trouble.code` is one of `file.*`."""

    def __init__(self, code: str, detail: str = "", **facts: str) -> None:
        super().__init__(Trouble(TroubleKind.CONFIG, code, detail, facts))


class Record(NamedTuple):
    """One row: the number of its first line (the header's is 1) and its cells."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its header, and its rows to be read once."""

    header: tuple[str, ...]
    rows: Iterator[Record]


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

    def name(self, field: str) -> str:
        """What the file calls a field or metric."""
        place = self.fields.get(field, self.metrics.get(field))
        return field if place is None else self.header[place]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a file with a header line.

    Raises:
        FileTroubleError: `file.missing`, `file.unreadable`, `file.encoding`, `file.empty`,
            `file.not_table`; while its rows are read `file.cell` for a cell without an end.
    """
    try:
        encoding = _encoding_of(path)
        sample = _sample(path, encoding)
    except FileNotFoundError:
        raise FileTroubleError("file.missing", path=str(path)) from None
    except OSError as error:
        raise FileTroubleError("file.unreadable", error.strerror or "", path=str(path)) from error
    if not any(line.strip() for line in sample):
        raise FileTroubleError("file.empty", path=str(path))
    separator = _separator_of(sample)
    csv.field_size_limit(_MOST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        records = _records(csv.reader(file, delimiter=separator), path)
        header = next(records)
        names = tuple(clean(cell, _SHOWN) for cell in header.cells)
        yield Table(names, records)


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
        _check_field(field)
        place = places.get(_folded(column))
        if place is None:
            raise FileTroubleError("file.column", column=column, columns=", ".join(header))
        found[field] = place
    taken = set(found.values())
    for name, place in places.items():
        if name not in found and place not in taken and _is_ours(name):
            found[name] = place
    if not found:
        raise FileTroubleError("file.columns", columns=", ".join(header))
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


def _check_field(field: str) -> None:
    if field in METRICS and METRICS[field].nature is Nature.CONTENT:
        raise FileTroubleError("file.counted", field=field)
    if not _is_ours(field):
        known = [*FIELDS, *(name for name in METRICS if _is_ours(name))]
        near = get_close_matches(field, known, 1)
        raise FileTroubleError("file.field", field=field, near=near[0] if near else ", ".join(FIELDS))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _encoding_of(path: Path) -> str:
    """UTF-16 and UTF-8 by their marks, UTF-8 where all of the file is, else cp1251."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if b"\0" in start:
            raise FileTroubleError("file.not_table", path=str(path))
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8"


def _sample(path: Path, encoding: str) -> list[str]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            return [line for line, _ in zip(file, range(_SAMPLE_LINES), strict=False)]
    except UnicodeError as error:
        raise FileTroubleError("file.encoding", path=str(path)) from error


def _separator_of(sample: list[str]) -> str:
    """The separator that cuts the lines into the most columns, as many in each as in the header."""

    def columns(separator: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(sample, delimiter=separator) if row]
        same = sum(len(row) == len(rows[0]) for row in rows)
        return (same if len(rows[0]) > 1 else 0), len(rows[0])

    return max(_SEPARATORS, key=columns)


def _records(reader: Iterator[list[str]], path: Path) -> Iterator[Record]:
    """The rows that hold anything, with the number of the line each begins on."""
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeError as error:
            raise FileTroubleError("file.encoding", path=str(path)) from error
        except csv.Error as error:
            raise FileTroubleError("file.cell", path=str(path), line=str(line)) from error
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)
        line = reader.line_num + 1  # type: ignore[attr-defined]
