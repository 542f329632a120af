"""One run at a time for a store: a lock that the system frees when its holder ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Another run holds the lock."""


def lock_file_of(store: Path) -> Path:
    """The lock file of a store: beside it."""
    return store.with_name(f"{store.name}.sync.lock")


@contextmanager
def only_run(lock_file: Path) -> Iterator[None]:
    """Hold the lock, without waiting for it. Child processes do not inherit it.

    Raises:
        LockedError: another run holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_file, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(str(lock_file)) from None
    try:
        yield
    finally:
        lock.release()
