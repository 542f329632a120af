"""A file that cannot be read as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from connectors.base import ConnectorError, Trouble, TroubleKind


class FileTroubleError(ConnectorError):
    """The file as a whole cannot be read; `trouble.code` is one of `file.*`."""

    def __init__(self, code: str, detail: str = "", **facts: str) -> None:
        super().__init__(Trouble(TroubleKind.CONFIG, code, detail, facts))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading. Raises FileTroubleError `file.missing`, `file.unreadable`."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FileTroubleError("file.missing", path=str(path)) from None
    except OSError as error:
        raise FileTroubleError("file.unreadable", error.strerror or "", path=str(path)) from error
    with file:
        yield file
