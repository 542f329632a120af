"""Tables in text files: their encoding and their separator are found out. Read as a stream.

A file may come from any program: comma, semicolon or tab, UTF-8 with or without a mark, UTF-16 or
cp1251, so its length does not matter.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Self, TextIO

from connectors.clean import clean
from connectors.files.record import Record, Table
from connectors.files.troubles import FileTroubleError

_SEPARATORS = ",;\t"
_SAMPLE_LINES = 20
_CHUNK = 1 << 16
_SHOWN = 80
_MOST_CELL, _MOST_ROW = 1 << 20, 4 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read from their beginning again and again, and how they are called."""

    name: str
    open: Callable[[], BinaryIO]


@contextmanager
def open_text(source: Source) -> Iterator[Table]:
    """Open a table of text with a header line.

    Raises:
        FileTroubleError: `file.encoding`, `file.empty`, `file.not_table`; while its rows are read
            `file.cell` for a cell without an end.
    """
    encoding = _encoding_of(source)
    sample = _sample(source, encoding)
    if not any(line.strip() for line in sample):
        raise FileTroubleError("file.empty", path=source.name)
    separator = _separator_of(sample)
    csv.field_size_limit(_MOST_CELL)
    with source.open() as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        records = _records(_Lines(text), separator, source)
        header = next(records)
        names = tuple(clean(cell, _SHOWN) for cell in header.cells)
        yield Table(names, records)


def _encoding_of(source: Source) -> str:
    """UTF-16 and UTF-8 by their marks, UTF-8 where all of the file is, else cp1251."""
    with source.open() as file:
        start = file.read(_CHUNK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if b"\0" in start:
            raise FileTroubleError("file.not_table", path=source.name)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8"


def _sample(source: Source, encoding: str) -> list[str]:
    try:
        with source.open() as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
            lines = (text.readline(_MOST_ROW) for _ in range(_SAMPLE_LINES))
            return [line for line in lines if line]
    except UnicodeError as error:
        raise FileTroubleError("file.encoding", path=source.name) from error


def _separator_of(sample: list[str]) -> str:
    """The separator that cuts the lines into the most columns, as many in each as in the header."""

    def columns(separator: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(sample, delimiter=separator) if row]
        same = sum(len(row) == len(rows[0]) for row in rows)
        return (same if len(rows[0]) > 1 else 0), len(rows[0])

    return max(_SEPARATORS, key=columns)


class _Lines:
    """The lines of a file, of which one row may take only so many characters."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.of_row = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_MOST_ROW)
        self.of_row += len(line)
        if self.of_row >= _MOST_ROW:
            raise csv.Error("the row is too long")
        if not line:
            raise StopIteration
        return line


def _records(lines: _Lines, separator: str, source: Source) -> Iterator[Record]:
    """The rows that hold anything, with the number of the line each begins on."""
    reader = csv.reader(lines, delimiter=separator)
    line = 1
    while True:
        lines.of_row = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeError as error:
            raise FileTroubleError("file.encoding", path=source.name) from error
        except csv.Error as error:
            raise FileTroubleError("file.cell", path=source.name, line=str(line)) from error
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)
        line = reader.line_num + 1
