"""Opening whatever holds a table: a text file, a sheet, an export that is packed."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from connectors.files.archive import is_book, open_archive, table_in
from connectors.files.record import Table
from connectors.files.sheet import open_sheet
from connectors.files.text import Source, open_text
from connectors.files.troubles import FileTroubleError, opened

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_START = 512
_EXPORT = "result.json"


class Form(StrEnum):
    """What a file is by its first bytes."""

    TEXT = "text"
    ARCHIVE = "archive"
    CHATS = "chats"


def form_of(path: Path) -> Form:
    """What the file is. Raises FileTroubleError `file.missing`, `file.unreadable`, `file.old_excel`."""
    with opened(path) as file:
        start = file.read(_START)
    if start.startswith(_ZIP):
        return Form.ARCHIVE
    if start.startswith(_OLD_EXCEL):
        raise FileTroubleError("file.old_excel", path=str(path))
    begins = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith((b"<!DOCTYPE html", b"<html")):
        raise FileTroubleError("file.web_page", path=str(path))
    return Form.CHATS if begins.startswith(b"{") else Form.TEXT


def export_in(path: Path) -> Path:
    """The file that is meant: of a folder of Telegram's its `result.json`."""
    inside = path / _EXPORT
    return inside if path.is_dir() and inside.is_file() else path


@contextmanager
def open_table(path: Path, sheet: str | None = None) -> Iterator[Table]:
    """Open a table with a header line; of a workbook the sheet of that name, or the first with a table.

    Raises:
        FileTroubleError: what `form_of`, `open_text`, `open_archive` and `open_sheet` raise.
    """
    if form_of(path) is not Form.ARCHIVE:
        with open_text(Source(str(path), lambda: path.open("rb"))) as table:
            yield table
        return
    with open_archive(path) as archive:
        if not is_book(archive):
            with open_text(table_in(archive)) as table:
                yield table
            return
    with open_sheet(path, sheet) as table:
        yield table
