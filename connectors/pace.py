"""How fast calls may follow one another, by the monotonic clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """Lets one call through every `interval` seconds, after a first few at once.

    `burst` calls may go without waiting when nothing was sent for a while, as a browser does;
    after that they are `interval` apart. `clock` is monotonic, in seconds; `waiting` is told of pauses.
    """

    interval: float
    burst: int = 1
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    waiting: Callable[[float], None] | None = None
    _next: float | None = field(default=None, init=False)

    async def wait(self) -> None:
        """Return when the next call may be sent; callers are let through in turn."""
        now = self.clock()
        earliest = now - self.interval * (self.burst - 1)
        mine = earliest if self._next is None else max(self._next, earliest)
        self._next = mine + self.interval
        if mine > now:
            if self.waiting is not None:
                self.waiting(mine - now)
            await self.sleep(mine - now)
