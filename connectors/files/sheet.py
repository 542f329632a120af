"""Sheets of a workbook (XLSX), read as a stream: the values that were last worked out, nothing else.

Formulas are not run, links to other workbooks are not followed.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.clean import clean
from connectors.files.record import Record, Table
from connectors.files.troubles import FileTroubleError

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

#: A title may stand above the header.
_TITLE_LINES = 20
_MOST_COLUMNS = 500
_MOST_CELL = 1 << 20
_SHOWN = 80
_MOST_NUMBER = 1e15
#: What a workbook that is put together wrongly makes of its reader; a SyntaxError is one of XML.
_BROKEN = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, EOFError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip


@contextmanager
def open_sheet(path: Path, name: str | None) -> Iterator[Table]:
    """Open a sheet of a workbook: that of the name, or the first that holds a table.

    Raises:
        FileTroubleError: `file.broken_archive`, `file.empty`, `file.no_sheet`.
    """
    import openpyxl

    try:
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            yield _table(book, path, name)
    except FileTroubleError:
        raise
    except _BROKEN as error:
        raise FileTroubleError("file.broken_archive", path=str(path)) from error


def _table(book: Workbook, path: Path, name: str | None) -> Table:
    names = [sheet.title for sheet in book.worksheets]
    chosen = [sheet for sheet in book.worksheets if name is None or sheet.title.casefold() == name.casefold()]
    if not chosen:
        listed = ", ".join(clean(title) for title in names)
        raise FileTroubleError("file.no_sheet", sheet=str(name), sheets=listed)
    for sheet in chosen:
        sheet.reset_dimensions()  # what a file says of its size need not be true
        rows = _rows(sheet)
        header, rows = _header(rows)
        if header is not None:
            return Table(tuple(clean(cell, _SHOWN) for cell in header.cells), rows)
    raise FileTroubleError("file.empty", path=str(path))


def _header(rows: Iterator[Record]) -> tuple[Record | None, Iterator[Record]]:
    """The first row of several cells, and those under it; one of a single cell where there is none."""
    seen: list[Record] = []
    for record in rows:
        if sum(bool(cell) for cell in record.cells) > 1:
            return record, rows
        seen.append(record)
        if len(seen) == _TITLE_LINES:
            break
    return (seen[0], chain(seen[1:], rows)) if seen else (None, rows)


def _rows(sheet: Any) -> Iterator[Record]:  # noqa: ANN401 - a sheet that is read as a stream
    """The rows that hold anything."""
    for line, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield Record(line, texts)


def _text(cell: Any) -> str:  # noqa: ANN401 - one of several classes of cells
    """The value of a cell as it would stand in a text file."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return _number(value, is_percent="%" in (cell.number_format or ""))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:_MOST_CELL].strip()


def _number(value: float, *, is_percent: bool) -> str:
    """A number without thousands or powers, so that it cannot be read as another."""
    value = value * 100 if is_percent else value
    if not abs(value) < _MOST_NUMBER:  # nor is what is no number at all
        return str(value)
    if value == int(value):
        return str(int(value))
    text = f"{value:.10f}".rstrip("0")
    return text.ljust(text.index(".") + 5, "0")  # 1.234 might be a thousand and more, 1.2340 is not
