"""Time as the connector sees it: one object, so that a test can hold another."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds, and pauses in a thread and in a coroutine."""

    def monotonic(self) -> float:
        """Seconds since some moment, never going back."""

    def sleep(self, seconds: float) -> None:
        """Pause the calling thread."""

    async def pause(self, seconds: float) -> None:
        """Pause the calling task."""


class SystemClock:
    """The machine's own monotonic time."""

    def monotonic(self) -> float:
        """Seconds of `time.monotonic`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Pause the calling thread."""
        time.sleep(seconds)

    async def pause(self, seconds: float) -> None:
        """Pause the calling task."""
        await asyncio.sleep(seconds)
