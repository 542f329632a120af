"""What lies in a ZIP file: a table, or a workbook. A small file that unpacks to a huge one is refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from connectors.files.text import Source
from connectors.files.troubles import FileTroubleError

#: How large what is read of an archive may be once unpacked, in bytes, and how many files there may be.
MOST_UNPACKED = 256 << 20
_MOST_FILES = 2_000
_BOOK = "xl/workbook.xml"
#: Sheets are read as streams; all else, as the list of strings, is held in memory whole.
_SHEETS, _MOST_HELD = "xl/worksheets/", 48 << 20
#: The table of YouTube Studio among the files of its export, in the languages in which it names them.
_TABLES = ("table data.csv", "данные таблицы.csv", "таблица.csv")
#: What a damaged archive, a locked one or one packed in an unknown way makes of its reader.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
_SUFFIXES = {".csv", ".tsv", ".txt"}


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file. Raises FileTroubleError `file.broken_archive`, `file.too_large`."""
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > _MOST_FILES:
                raise FileTroubleError("file.too_large", path=str(path))
            yield archive
    except _BROKEN as error:
        raise FileTroubleError("file.broken_archive", path=str(path)) from error


def is_book(archive: zipfile.ZipFile) -> bool:
    """Whether this is a workbook of sheets (XLSX). Raises FileTroubleError `file.too_large`."""
    if _BOOK not in archive.namelist():
        return False
    whole = sum(info.file_size for info in archive.infolist())
    held = sum(info.file_size for info in archive.infolist() if not info.filename.startswith(_SHEETS))
    if whole > MOST_UNPACKED or held > _MOST_HELD:
        raise FileTroubleError("file.too_large", path=str(archive.filename))
    return True


def table_in(archive: zipfile.ZipFile) -> Source:
    """The one table in an archive. Raises FileTroubleError `file.no_table`, `file.several_tables`."""
    found = [info for info in archive.infolist() if _is_table(info.filename)]
    named = [info for info in found if PurePosixPath(info.filename).name.casefold() in _TABLES]
    chosen = named or found
    path = str(archive.filename)
    if not chosen:
        raise FileTroubleError("file.no_table", path=path)
    if len(chosen) > 1:
        names = ", ".join(info.filename for info in chosen[:5])
        raise FileTroubleError("file.several_tables", path=path, names=names)
    if chosen[0].file_size > MOST_UNPACKED:
        raise FileTroubleError("file.too_large", path=path)
    return Source(path, lambda: cast("BinaryIO", archive.open(chosen[0])))


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.casefold() in _SUFFIXES and not is_hidden
