"""Ending a run early: a flag that signals set, and that wakes whoever waits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Asks a run to end. May be set from any thread and from a signal's handler."""

    def __init__(self) -> None:
        self._asked = False
        self._wake: Callable[[], None] | None = None

    @property
    def asked(self) -> bool:
        """Whether the run was asked to end."""
        return self._asked

    def set(self) -> None:
        """Ask the run to end now."""
        self._asked = True
        if self._wake is not None:
            self._wake()

    def on_set(self, wake: Callable[[], None] | None) -> None:
        """Call `wake` when the run is asked to end; at once where it already was."""
        self._wake = wake
        if self._asked and wake is not None:
            wake()


@contextmanager
def stopped_by_signals(stop: Stop) -> Iterator[None]:
    """SIGINT and SIGTERM set `stop` while the block lasts; outside the main thread nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
