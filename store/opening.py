"""Opening a store by its path: looking at its version, making and migrating it, backing it up.

A current store is opened without sqlite-utils being imported. An older one is backed up beside
itself and migrated, all under one write lock, so that any number of processes may start together.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import (
    StoreBusyError,
    StoreError,
    StoreMissingError,
    StoreNewerError,
    StoreOlderError,
)
from store.sqlite import driver
from store.sqlite.driver import Session
from store.sqlite.reader import SqliteReader

if TYPE_CHECKING:
    from store.sqlite.writer import SqliteWriter

_OWNER_ONLY = 0o600
_FOLDER_OWNER_ONLY = 0o700
_RETRY_SECONDS = 0.02


class SchemaState(StrEnum):
    """How a store's schema stands to this program's."""

    CURRENT = "current"
    OLDER = "older"


def schema_state(path: str | Path) -> SchemaState:
    """Whether the store can be opened as it is; writes nothing, imports no sqlite-utils.

    Raises:
        StoreMissingError: there is no file, or it holds nothing.
        StoreNewerError: a newer program wrote it.
        StoreDamagedError: it is no database.
        StoreForeignError: it is another program's database.
        StoreError: it is no path (a URL), or it cannot be read.
    """
    file = file_of(path)
    version = driver.stored_version(file)
    if version > driver.SCHEMA_VERSION:
        detail = f"schema {version}, this program knows {driver.SCHEMA_VERSION}"
        raise StoreNewerError(str(file), detail)
    if version == 0:
        raise StoreMissingError(str(file), "the database holds nothing")
    return SchemaState.CURRENT if version == driver.SCHEMA_VERSION else SchemaState.OLDER


def file_of(path: str | Path) -> Path:
    """The file that `--db` names, links followed. Raises StoreError for a URL of another kind of store."""
    text = str(path)
    scheme, separator, _ = text.partition("://")
    if separator and scheme.isalpha():
        # a URL may carry a password: only its scheme is told
        raise StoreError(f"{scheme}://…", "only SQLite files are supported: give the path of a file")
    return Path(text).expanduser().resolve()


def prepare(path: str | Path) -> None:
    """Make the store where there is none, migrate an older one after backing it up.

    Raises StoreNewerError, StoreDamagedError, StoreForeignError, StoreBusyError (after 5 s) or StoreError.
    """
    file = file_of(path)
    with suppress(StoreMissingError):
        if schema_state(file) is SchemaState.CURRENT:
            return
    if driver.library_version() < driver.OLDEST_SQLITE:
        needed, found = (".".join(map(str, v)) for v in (driver.OLDEST_SQLITE, driver.library_version()))
        raise StoreError(str(file), f"SQLite {needed} or newer is needed, this is {found}")
    _create(file)
    session = driver.connect(file, write=True)
    try:
        _use_log(session)
        _migrate(session, file)
    finally:
        session.close()


def open_reader(path: str | Path) -> SqliteReader:
    """Open a store read-only.

    Raises what `schema_state` raises, and StoreOlderError for one that waits for `prepare`.
    """
    file = file_of(path)
    if schema_state(file) is SchemaState.OLDER:
        raise StoreOlderError(str(file), "it waits for a migration")
    return SqliteReader(driver.connect(file, write=False))


def open_writer(path: str | Path) -> SqliteWriter:
    """Open a store for writing; an older one is backed up and migrated first.

    Raises what `schema_state` and `prepare` raise.
    """
    file = file_of(path)
    if schema_state(file) is SchemaState.OLDER:
        prepare(file)
    from store.sqlite.writer import SqliteWriter

    return SqliteWriter(driver.connect(file, write=True))


def problems(path: str | Path) -> list[str]:
    """What SQLite's own quick check finds wrong in the file; empty when it is sound."""
    session = driver.connect(file_of(path), write=False)
    try:
        found = [str(row[0]) for row in session.rows("PRAGMA quick_check(20)")]
    finally:
        session.close()
    return [] if found == ["ok"] else found


def back_up(path: str | Path, target: Path) -> None:
    """Write a whole copy of the store to `target`, safe while others write. An existing file is replaced."""
    session = driver.connect(file_of(path), write=False)
    try:
        _copy(session, target)
    finally:
        session.close()


def _create(file: Path) -> None:
    """An empty file that only its owner may read, unless there is one already."""
    try:
        file.parent.mkdir(mode=_FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, _OWNER_ONLY))
    except OSError as error:
        raise StoreError(str(file), error.strerror or str(error)) from error


def _use_log(session: Session) -> None:
    """Switch to the write-ahead log. SQLite does not wait for others here, so it is tried again."""
    give_up = time.monotonic() + driver.BUSY_SECONDS
    while True:
        try:
            session.run("PRAGMA journal_mode = WAL")
        except StoreBusyError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _migrate(session: Session, file: Path) -> None:
    from store.sqlite import migrations

    with session.transaction():
        version = int(session.value("PRAGMA user_version"))
        if version == driver.SCHEMA_VERSION:
            return
        if version > driver.SCHEMA_VERSION:
            raise StoreNewerError(str(file), f"schema {version}, this program knows {driver.SCHEMA_VERSION}")
        if version:
            _keep(file, version)
        with session.translated():
            migrations.apply(session)


def _keep(file: Path, version: int) -> None:
    """Back the store up as FILE.backup-VERSION-STAMP, the stamp being when it was last written (UTC)."""
    log = file.with_name(f"{file.name}-wal")
    written = max(part.stat().st_mtime for part in (file, log) if part.exists())
    stamp = datetime.fromtimestamp(written, UTC).strftime("%Y%m%dT%H%M%SZ")
    back_up(file, file.with_name(f"{file.name}.backup-{version}-{stamp}"))


def _copy(session: Session, target: Path) -> None:
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        session.run("VACUUM INTO ?", (str(part),))
        part.replace(target)
    except OSError as error:
        raise StoreError(str(target), error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
