"""Copies of a whole store: a checked one is made, and one is brought back with the old store kept.

A copy is brought back page by page into the file that is there (SQLite's online backup), so that programs
that have it open go on with it, and a log that lies beside it cannot be taken for the new file's.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from store.errors import StoreDamagedError, StoreError, StoreMissingError
from store.opening import back_up, file_of, problems, schema_state
from store.sqlite import driver


def make_backup(path: str | Path, target: Path) -> int:
    """Write a whole copy of a store to a new file, safe while others write, and check it.

    Returns:
        The copy's size in bytes.

    Raises:
        FileExistsError: there is something at `target` already.
        StoreError: the store cannot be read, the copy cannot be written, or it is not sound.
    """
    schema_state(path)
    if os.path.lexists(target):
        raise FileExistsError(str(target))
    back_up(path, target)
    found = problems(target)
    if found:
        target.unlink()
        raise StoreDamagedError(str(target), found[0])
    return target.stat().st_size


def restore(path: str | Path, source: Path, now: datetime) -> Path | None:
    """Bring a copy back in the place of the store; the old store is kept beside it.

    Args:
        path: the store.
        source: the copy; it stays as it is.
        now: names the file in which the old store is kept (UTC).

    Returns:
        Where the old store is kept; None where there was none.

    Raises:
        StoreError: the copy is no sound store of this program, or of a newer one, or another program's
            database stands in the store's place; nothing was touched.
    """
    file = file_of(path)
    schema_state(source)
    found = problems(source)
    if found:
        raise StoreDamagedError(str(source), found[0])
    kept = _free(file.with_name(f"{file.name}.before-restore-{now:%Y%m%dT%H%M%SZ}"))
    try:
        schema_state(file)
        back_up(file, kept)
    except (StoreMissingError, StoreDamagedError):
        was_there = _put_aside(file, kept)
        _fresh(source, file)
        return kept if was_there else None
    _into(source, file)
    return kept


def _into(source: Path, file: Path) -> None:
    """Write the copy over a store in one transaction. Raises StoreError."""
    with _session(source, write=False) as ours, _session(file, write=True) as theirs:
        ours.copy_into(theirs)


def _fresh(source: Path, file: Path) -> None:
    """Make a store out of the copy where there is none. Raises StoreError."""
    part = file.with_name(f"{file.name}.part-{os.getpid()}")
    try:
        back_up(source, part)
        part.replace(file)
    except OSError as error:
        raise StoreError(str(file), error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _put_aside(file: Path, kept: Path) -> bool:
    """Move what cannot be read out of the way, its log with it; whether there was anything."""
    try:
        for ending in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                shutil.move(f"{file}{ending}", f"{kept}{ending}")
    except OSError as error:
        raise StoreError(str(file), error.strerror or str(error)) from error
    return kept.exists()


def _free(wanted: Path) -> Path:
    """A name that nothing has yet."""
    found, number = wanted, 1
    while os.path.lexists(found):
        number += 1
        found = wanted.with_name(f"{wanted.name}-{number}")
    return found


@contextmanager
def _session(file: Path, *, write: bool) -> Iterator[driver.Session]:
    session = driver.connect(file, write=write)
    try:
        yield session
    finally:
        session.close()
