"""One run at a time for a store: a lock that the system frees when its holder ends, however it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks whether the lock is free.
_LOOK = 0.2


class LockedError(Exception):
    """Another run holds the lock."""


def lock_file_of(store: Path) -> Path:
    """The lock file of a store: beside it."""
    return store.with_name(f"{store.name}.sync.lock")


@dataclass(frozen=True, slots=True)
class Patience:
    """How to meet another run: `seconds` to wait for its end, and whom to tell once that this waits."""

    seconds: float = 0.0
    told: Callable[[], None] | None = None


_NONE = Patience()


@contextmanager
def only_run(
    lock_file: Path, patience: Patience = _NONE, *, gives_up: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold the lock. Child processes do not inherit it.

    Args:
        lock_file: the file that is locked.
        patience: how long to wait for another run to end.
        gives_up: asked again and again meanwhile; true ends the waiting.

    Raises:
        LockedError: another run holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_file)
    until = time.monotonic() + patience.seconds
    look = 0.0
    while True:
        try:
            lock.acquire(timeout=look, poll_interval=_LOOK)
            break
        except Timeout:
            left = until - time.monotonic()
            if left <= 0 or gives_up():
                raise LockedError(str(lock_file)) from None
            if look == 0.0 and patience.told is not None:
                patience.told()
            look = min(_LOOK, left)
    try:
        yield
    finally:
        lock.release()
