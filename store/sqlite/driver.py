"""The one SQLite module of the process, its connections, and its errors in the contract's words.

pysqlite3 is taken where it is installed (it brings a newer SQLite), as sqlite-utils does too; its
exceptions are classes of its own, so nothing else in the project imports either module.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import (
    NotFoundError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreForeignError,
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
SCHEMA_VERSION = 4
#: "SMM1": tells our files from other programs' databases.
APPLICATION_ID = 0x534D4D31
#: STRICT tables.
OLDEST_SQLITE = (3, 37, 0)
BUSY_SECONDS = 5.0

_UNCHANGING = "mode=ro&immutable=1"
_BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26
_SHORT_READ, _NO_PARENT = 522, 787
_DETAILS = {
    _READ_ONLY: "the file or its folder is read-only",
    _IO: "the disk could not be read or written",
    _FULL: "the disk is full",
    _CANNOT_OPEN: "the file cannot be opened",
}

Row = Any
T = TypeVar("T")


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

    def built(self, make: Callable[[tuple[Any, ...]], T], sql: str, args: Sequence[Any] = ()) -> list[T]:
        """All rows of a large query, each passed through `make`.

        The garbage collector pauses meanwhile: it would walk over thousands of new tuples again and
        again, a third of the whole time, and none of them can be part of a cycle.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            with self.translated():
                return list(map(make, self.connection.execute(sql, args)))
        finally:
            if collecting:
                gc.enable()

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

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement that writes, once for each row; how many rows of the table it touched."""
        try:
            return self.connection.executemany(sql, rows).rowcount
        except dbapi.ProgrammingError:
            raise
        except dbapi.Error as error:
            raise translate(error, self.path) from error

    def add(self, sql: str, args: Sequence[Any]) -> int:
        """Insert one row; its id."""
        return self.run(sql, args).lastrowid or 0

    def copy_into(self, target: Session) -> None:
        """Write the whole database over another one, in one transaction there.

        Raises StoreBusyError where others write to the target for too long, and what SQLite says.
        """
        give_up = time.monotonic() + BUSY_SECONDS

        def bound(status: int, _remaining: int, _total: int) -> None:
            if status in {_BUSY, _LOCKED} and time.monotonic() > give_up:
                raise StoreBusyError(target.path, "another process is writing")

        with target.translated():
            self.connection.backup(target.connection, progress=bound, sleep=0.05)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """SQLite's errors in the contract's words, for work that goes past this class."""
        try:
            yield
        except dbapi.ProgrammingError:
            raise
        except dbapi.Error as error:
            raise translate(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One write transaction, all or nothing; within another one, a part of it that is undone alone.

        It begins IMMEDIATE: a deferred one that reads before it writes fails at once, without
        waiting, when anyone has written in between.
        """
        if self._is_open():
            with self._steps("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part"):
                yield
        else:
            with self._steps("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"):
                yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the same moment."""
        if self._is_open():
            yield
        else:
            with self._steps("BEGIN", "COMMIT", "ROLLBACK"):
                yield

    @contextmanager
    def _steps(self, begin: str, keep: str, undo: str) -> Iterator[None]:
        self.run(begin)
        try:
            yield
            self.run(keep)
        except BaseException:
            if self._is_open():
                for step in undo.split("; "):
                    self.run(step)
            raise

    def _is_open(self) -> bool:
        """Whether a transaction is open; a full disk may have ended it."""
        return bool(self.connection.in_transaction)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def library_version() -> tuple[int, ...]:
    """The version of the SQLite library."""
    return tuple(dbapi.sqlite_version_info)


def connect(path: Path, *, write: bool) -> Session:
    """Open an existing file. Raises StoreError and its kin.

    Even a reader needs to make a file beside the store; where the folder is read-only or the disk is
    full, and no log of newer changes lies there, the file is read as one that nobody changes.
    """
    if write:
        session = _opened(path, "mode=rw")
        try:
            session.run("PRAGMA foreign_keys = ON")
            session.run("PRAGMA synchronous = NORMAL")
        except StoreError:
            session.close()
            raise
        return session
    try:
        return _opened(path, "mode=ro")
    except (StoreBusyError, StoreDamagedError, StoreMissingError):
        raise
    except StoreError:
        if _has_log(path):
            raise
        return _opened(path, _UNCHANGING)


def _opened(path: Path, options: str) -> Session:
    """A connection that has read from the file once, so that what is wrong with it shows here."""
    try:
        connection = dbapi.connect(
            f"{path.absolute().as_uri()}?{options}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except dbapi.Error as error:
        raise translate(error, str(path)) from error
    session = Session(connection, str(path))
    try:
        session.value("PRAGMA user_version")
    except StoreError:
        session.close()
        raise
    return session


def _has_log(path: Path) -> bool:
    """Whether changes lie in the log that are not in the file yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def stored_version(path: Path) -> int:
    """The store's schema version: 0 for a database without any table.

    Raises StoreMissingError for no file or an empty one, StoreDamagedError for what is no database,
    StoreForeignError for another program's. Nothing is written: where no log of newer changes lies
    beside the file, it is read as one that nobody changes, for even a reader would leave files beside
    it. SQLite itself must read it: if this program closed the file, it would lose the locks of all
    its connections to it, and another process might then delete the log under them.
    """
    try:
        logged = _has_log(path)
        size = path.stat().st_size
    except FileNotFoundError:
        raise StoreMissingError(str(path), "there is no such file") from None
    except OSError as error:
        raise StoreError(str(path), error.strerror or str(error)) from error
    if not logged and not size:
        raise StoreMissingError(str(path), "the file is empty")
    return _version_by_query(connect(path, write=False) if logged else _opened(path, _UNCHANGING))


def _version_by_query(session: Session) -> int:
    try:
        with session.snapshot():  # another process may be making the store just now
            tables = session.value("SELECT count(*) FROM sqlite_master")
            owner = session.value("PRAGMA application_id")
            version = int(session.value("PRAGMA user_version"))
    finally:
        session.close()
    if owner != APPLICATION_ID and (tables or version):
        raise StoreForeignError(session.path, "this is another program's database")
    return version
