"""Keys that arrive in a burst (type-ahead, a slow line, a script) take effect one after another.

Textual hands a key to whatever has the focus when the key arrives. A key that opens a form or moves
the focus takes a moment to do so, and what was typed right after it would be taken for commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.dom import DOMNode

    from tui.services import ExitState

#: How long a key may keep those after it waiting, in seconds.
_PATIENCE = 2.0


class TypeAhead:
    """Lets a key through only after the one before it has had its whole effect."""

    def __init__(self, app: App[ExitState]) -> None:
        self._app = app
        self._waiting: deque[events.Key] = deque()
        self._busy: asyncio.Task[None] | None = None
        self._opened = asyncio.Event()
        self._opened.set()
        self._patience = _PATIENCE

    def hold(self, patience: float = _PATIENCE) -> None:
        """Something is being opened or closed, and the next keys are meant for what comes: wait so long."""
        self._patience = patience
        self._opened.clear()

    def release(self) -> None:
        """It is there, or will not come."""
        self._opened.set()

    def drop(self) -> None:
        """It will not come: what was typed for it is meant for nothing else."""
        self._waiting.clear()
        self.release()

    async def take(self, event: events.Key, handle: Callable[[events.Event], Awaitable[None]]) -> None:
        """Handle a key now, or after those that are still at work."""
        if self._busy is not None:
            self._waiting.append(event)
            return
        if self._opened.is_set():
            await handle(event)
        else:
            self._waiting.append(event)
        self._busy = asyncio.create_task(self._go_on(handle))

    async def _go_on(self, handle: Callable[[events.Event], Awaitable[None]]) -> None:
        try:
            await self._settled()
            while self._waiting:
                await handle(self._waiting.popleft())
                await self._settled()
        finally:
            self._busy = None

    async def _settled(self) -> None:
        """Wait until the key has gone its way: up from the focus to the app, and into what it opened."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._pass_through()
                await self._pass_through()
            while not self._opened.is_set():
                async with asyncio.timeout(self._patience):
                    await self._opened.wait()
                    await self._pass_through()
        except TimeoutError:
            self._opened.set()

    async def _pass_through(self) -> None:
        focused: DOMNode = self._app.focused or self._app.screen
        for node in (*focused.ancestors_with_self, self._app.screen, self._app):
            done = asyncio.Event()
            if node.call_later(done.set):
                await done.wait()
