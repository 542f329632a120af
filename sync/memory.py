"""What connectors remember between runs, kept in the store: blocked methods and counted calls."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from types import TracebackType
from typing import Self

from store.contract import Writer
from store.errors import StoreError
from store.values import Block

_log = logging.getLogger(__name__)
_DAY = timedelta(hours=24)


class StoreMemory:
    """`connectors.base.Memory` over a connection of its own, for any thread.

    What cannot be written (a busy or full store) is logged and holds for this run only. A thread
    that outlives the run is told what is known, and writes nothing more.
    """

    def __init__(self, store: Writer, now: Callable[[], datetime]) -> None:
        self._store: Writer | None = store
        self._now = now
        self._lock = Lock()
        self._blocks = {(block.token, block.method, block.scope): block for block in store.blocks(now())}
        self._calls: dict[tuple[str, str], int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()

    def blocked_until(self, token: str, method: str, scope: str = "") -> datetime | None:
        """When the method may be called again; None for now."""
        block = self._held(token, method, scope)
        return None if block is None else block.until

    def blocked_by(self, token: str, method: str, scope: str = "") -> str | None:
        """The code of the trouble for which the method must not be called now; None where it may be."""
        block = self._held(token, method, scope)
        return None if block is None else block.code

    def block(self, token: str, method: str, until: datetime, code: str, scope: str = "") -> None:
        """Do not call the method before `until`; the longer of two blocks holds."""
        block = Block(token, method, until, code, scope)
        key = (token, method, scope)
        with self._lock:
            known = self._blocks.get(key)
            if known is None or known.until < until:
                self._blocks[key] = block
                self._write(lambda store: store.block(block))

    def blocks_of(self, token: str, scope: str) -> list[Block]:
        """The token's blocks that hold now, for all accounts or for the one of `scope`, the longest first."""
        now = self._now()
        with self._lock:
            held = [
                block
                for block in self._blocks.values()
                if block.token == token and block.scope in {"", scope} and block.until > now
            ]
        return sorted(held, key=lambda block: block.until, reverse=True)

    def calls_today(self, token: str, method: str) -> int:
        """How many calls were counted in the last 24 hours."""
        with self._lock:
            return self._known_calls(token, method)

    def count(self, token: str, method: str, calls: int) -> None:
        """Count calls of a method that has a daily limit."""
        with self._lock:
            self._calls[token, method] = self._known_calls(token, method) + calls
            self._write(lambda store: store.count_calls(token, method, calls, self._now()))

    def _held(self, token: str, method: str, scope: str) -> Block | None:
        with self._lock:
            block = self._blocks.get((token, method, scope))
        return block if block is not None and block.until > self._now() else None

    def _known_calls(self, token: str, method: str) -> int:
        if (token, method) not in self._calls:
            since = self._now() - _DAY
            known = 0 if self._store is None else self._store.calls_since(token, method, since)
            self._calls[token, method] = known
        return self._calls[token, method]

    def _write(self, write: Callable[[Writer], None]) -> None:
        if self._store is None:
            return
        try:
            write(self._store)
        except StoreError:
            _log.warning("a token's block or calls cannot be remembered", exc_info=True)
