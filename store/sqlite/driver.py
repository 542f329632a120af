"""The one SQLite module of the process, its connections, and its errors in the contract's words.

pysqlite3 is taken where it is installed (it brings a newer SQLite), as sqlite-utils does too; its
exceptions are classes of its own, so nothing else in the project imports either module.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.contract import (
    NotFoundError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
)

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    try:
        import pysqlite3 as dbapi
    except ImportError:
        import sqlite3 as dbapi

#: How many migrations there are: what `PRAGMA user_version` says of a current store.
SCHEMA_VERSION = 1
#: "SMM1": tells our files from other programs' databases.
APPLICATION_ID = 0x534D4D31
#: STRICT tables.
OLDEST_SQLITE = (3, 37, 0)
BUSY_SECONDS = 5.0

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26
_SHORT_READ, _NO_PARENT = 522, 787
_DETAILS = {
    _READ_ONLY: "the file or its folder is read-only",
    _IO: "the disk could not be read or written",
    _FULL: "the disk is full",
    _CANNOT_OPEN: "the file cannot be opened",
}

Row = Any


def translate(error: dbapi.Error, path: str) -> StoreError | NotFoundError:
    """The contract's error for one of SQLite's; NotFoundError for a row that names one that is not there."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    if code == _NO_PARENT:
        return NotFoundError(str(error))
    family = code & 0xFF
    if family in {_BUSY, _LOCKED}:
        return StoreBusyError(path, "another process is writing")
    if family in {_CORRUPT, _NOT_A_DATABASE} or code == _SHORT_READ:
        return StoreDamagedError(path, str(error))
    if family == _CANNOT_OPEN and not Path(path).exists():
        return StoreMissingError(path, "there is no such file")
    known = _DETAILS.get(family)
    return StoreError(path, f"{known} ({error})" if known else str(error))


class Session:
    """One connection. Every read fetches all its rows at once, so no cursor is ever left open.

    A session may move from thread to thread, but two threads must not use it at the same time.
    """

    def __init__(self, connection: dbapi.Connection, path: str) -> None:
        self.connection = connection
        self.path = path

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self.connection.execute(sql, args).fetchall()
        except dbapi.ProgrammingError:
            raise
        except dbapi.Error as error:
            raise translate(error, self.path) from error

    def row(self, sql: str, args: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        found = self.rows(sql, args)
        return found[0] if found else None

    def value(self, sql: str, args: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - a cell of any column
        """The first cell of a query, None where there is no row."""
        found = self.rows(sql, args)
        return found[0][0] if found else None

    def run(self, sql: str, args: Sequence[Any] = ()) -> dbapi.Cursor:
        """Run a statement that writes; the cursor tells `rowcount` and `lastrowid`."""
        try:
            return self.connection.execute(sql, args)
        except dbapi.ProgrammingError:
            raise
        except dbapi.Error as error:
            raise translate(error, self.path) from error

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement that writes, once for each row."""
        try:
            self.connection.executemany(sql, rows)
        except dbapi.ProgrammingError:
            raise
        except dbapi.Error as error:
            raise translate(error, self.path) from error

    def add(self, sql: str, args: Sequence[Any]) -> int:
        """Insert one row; its id."""
        return self.run(sql, args).lastrowid or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One write transaction, all or nothing; within another one, a part of it.

        It begins IMMEDIATE: a deferred one that reads before it writes fails at once, without
        waiting, when anyone has written in between.
        """
        with self._begun("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the same moment."""
        with self._begun("BEGIN"):
            yield

    @contextmanager
    def _begun(self, begin: str) -> Iterator[None]:
        if self.connection.in_transaction:
            yield
            return
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def connect(path: Path, *, write: bool) -> Session:
    """Open an existing file. Raises StoreError and its kin."""
    mode = "rw" if write else "ro"
    try:
        connection = dbapi.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except dbapi.Error as error:
        raise translate(error, str(path)) from error
    session = Session(connection, str(path))
    try:
        session.run("PRAGMA foreign_keys = ON")
        if write:
            session.run("PRAGMA synchronous = NORMAL")
    except StoreError:
        session.close()
        raise
    return session


def stored_version(path: Path) -> int:
    """The store's schema version: 0 for a database without any table.

    Raises StoreMissingError for no file or an empty one, StoreDamagedError for what is no database
    of ours. Nothing is written: where no log of newer changes lies beside the file, its header is
    read as bytes, for even a read-only connection would leave files beside it.
    """
    try:
        log = path.with_name(f"{path.name}-wal")
        logged = log.exists() and log.stat().st_size > 0
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        raise StoreMissingError(str(path), "there is no such file") from None
    except OSError as error:
        raise StoreError(str(path), error.strerror or str(error)) from error
    if logged:
        return _version_by_query(path)
    if not header:
        raise StoreMissingError(str(path), "the file is empty")
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise StoreDamagedError(str(path), "this is no database")
    (version,) = struct.unpack_from(">i", header, 60)
    (owner,) = struct.unpack_from(">i", header, 68)
    if owner == APPLICATION_ID:
        return int(version)
    return _version_by_query(path)


def _version_by_query(path: Path) -> int:
    session = connect(path, write=False)
    try:
        owner = session.value("PRAGMA application_id")
        version = int(session.value("PRAGMA user_version"))
        tables = session.value("SELECT count(*) FROM sqlite_master")
    finally:
        session.close()
    if owner != APPLICATION_ID and (tables or version):
        raise StoreDamagedError(str(path), "this is another program's database")
    return version
