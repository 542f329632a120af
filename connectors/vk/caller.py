"""The calls of one token: gathered into `execute`, retried, paced, and stopped where VK says so.

Whoever needs an answer asks; all who ask at the same time share requests. A batch that is too heavy
is halved, and the size that worked is kept for the run.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from connectors.base import Memory, Token
from connectors.counting import RequestCount
from connectors.vk.calls import MOST_CALLS, AnyCall, Call, Params, Piece, pieces, script
from connectors.vk.clock import Clock
from connectors.vk.errors import FORBIDDEN_FOR, PAUSED, Action, VkError
from connectors.vk.shapes import ShapeError
from connectors.vk.transport import Answer, Lane

#: Calls a day that VK allows a token, by method.
DAILY_LIMITS = {"wall.get": 5000}
#: The scope under which a pause is remembered, so that it is not taken for a refusal.
PAUSE_SCOPE = "pause"

_TRIES = 3
_TRIES_WHEN_TOO_FAST = 5
_TRIES_IN_A_BATCH = 2
_LONGEST_WAIT = 120.0
_TOLD_FROM = 1.0
#: Network failures in a row after which the token's line is taken for dead.
_STRAIN = 8
#: Requests under way at once: the second waits in the token's thread, so that pacing loses no time.
_AHEAD = 2
_SETTLED_AFTER = 3

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_chance = random.SystemRandom()


@dataclass(slots=True, eq=False)
class _Ask:
    """A call that somebody waits for; `alone`: not to be put into a batch."""

    call: AnyCall
    spent: RequestCount
    future: asyncio.Future[object]
    tries: int = 0
    alone: bool = field(default=False)

    def give(self, value: object) -> None:
        if not self.future.done():
            self.future.set_result(value)

    def fail(self, error: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Caller:
    """Everything that is asked with one token in one run."""

    def __init__(
        self,
        token: Token,
        lane: Lane,
        memory: Memory,
        *,
        now: Callable[[], datetime],
        clock: Clock,
        waiting: Callable[[float], None] | None = None,
    ) -> None:
        self._token = token
        self._lane = lane
        self._memory = memory
        self._now = now
        self._clock = clock
        self._waiting = waiting
        self._pending: deque[_Ask] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._size = MOST_CALLS
        self._can_execute = not self._is_blocked("execute")
        self._stopped: VkError | None = None
        self._paused: dict[str, VkError | None] = {}
        self._left: dict[str, int] = {}
        self._failures = 0

    async def ask(self, call: Call[_T], spent: RequestCount) -> _T:
        """The answer to a call; its requests are counted for one of those who share them.

        Raises:
            VkError: why there is no answer.
        """
        self._refuse(call)
        loop = asyncio.get_running_loop()
        ask = _Ask(call, spent, loop.create_future())
        if call.is_first:
            self._pending.appendleft(ask)
        else:
            self._pending.append(ask)
        if self._worker is None or self._worker.done():
            self._worker = loop.create_task(self._work())
        return cast("_T", await ask.future)

    def close(self) -> None:
        """Stop at once; nobody must wait for an answer any more."""
        if self._worker is not None:
            self._worker.cancel()
        self._lane.close()

    def _is_blocked(self, method: str, scope: str = "") -> bool:
        until = self._memory.blocked_until(self._token.name, method, scope)
        return until is not None and until > self._now()

    def _refuse(self, call: AnyCall) -> None:
        """Raise where the call must not be made with this token now."""
        if self._stopped is not None:
            raise self._stopped.again()
        method = call.method
        if method not in self._paused:
            self._paused[method] = self._remembered_pause(method)
            if method in DAILY_LIMITS:
                made = self._memory.calls_today(self._token.name, method)
                self._left[method] = DAILY_LIMITS[method] - made
        paused = self._paused[method]
        if paused is not None:
            raise paused.again()
        if method in self._left:
            if self._left[method] <= 0:
                raise VkError("vk.29", facts={"token": self._token.name, "method": method})
            self._left[method] -= 1

    def _remembered_pause(self, method: str) -> VkError | None:
        for name, scope in (("*", ""), (method, PAUSE_SCOPE)):
            until = self._memory.blocked_until(self._token.name, name, scope)
            if until is not None and until > self._now():
                minutes = round((until - self._now()).total_seconds() / 60) or 1
                facts = {"token": self._token.name, "minutes": str(minutes)}
                return VkError("vk.paused", facts=facts, rule=PAUSED)
        return None

    async def _work(self) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            await self._gathered()
            while self._pending or running:
                full = len(self._pending) >= self._batch_size
                if self._pending and len(running) < _AHEAD and (full or not running):
                    running.add(asyncio.create_task(self._serve(self._take())))
                    continue
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                await self._gathered()
        finally:
            for task in running:
                task.cancel()

    async def _gathered(self) -> None:
        """Let everybody who is about to ask do so, for full batches."""
        seen, still = -1, 0
        while still < _SETTLED_AFTER:
            still = still + 1 if len(self._pending) == seen else 0
            seen = len(self._pending)
            await asyncio.sleep(0)

    @property
    def _batch_size(self) -> int:
        return self._size if self._can_execute else 1

    def _take(self) -> list[_Ask]:
        taken: list[_Ask] = []
        while self._pending and len(taken) < self._batch_size:
            if self._pending[0].alone and taken:
                break
            ask = self._pending.popleft()
            if ask.future.done():
                continue
            taken.append(ask)
            if ask.alone:
                break
        return taken

    async def _serve(self, asks: list[_Ask]) -> None:
        """Answer some asks; whatever happens, none of them is left waiting."""
        if self._stopped is not None:
            for ask in asks:
                ask.fail(self._stopped.again())
            return
        try:
            if len(asks) > 1:
                await self._batch(asks)
            elif asks:
                await self._plain(asks[0])
        except Exception as error:  # noqa: BLE001  # the edge of a request: logged, and told to who asked
            _log.exception("vk: a call with token %s broke", self._token.name)
            for ask in asks:
                ask.fail(VkError("vk.broken", type(error).__name__))

    async def _plain(self, ask: _Ask) -> None:
        call = ask.call
        try:
            answer = await self._request(call.method, call.params, [ask])
            ask.give(call.parse(answer["response"]))
        except ShapeError as error:
            ask.fail(VkError("vk.shape", str(error)))
        except VkError as error:
            self._note(error, call)
            ask.fail(error)

    async def _batch(self, asks: list[_Ask]) -> None:
        calls = [ask.call for ask in asks]
        try:
            answer = await self._request("execute", {"code": script(calls)}, asks)
            found = pieces(calls, answer)
        except ShapeError:
            for ask in asks:
                ask.alone = True
            self._again(asks)
        except VkError as error:
            self._batch_failed(asks, error)
        else:
            again = [ask for ask, piece in zip(asks, found, strict=True) if not self._delivered(ask, piece)]
            self._again(again)

    def _again(self, asks: Sequence[_Ask]) -> None:
        self._pending.extendleft(reversed(asks))

    def _batch_failed(self, asks: list[_Ask], error: VkError) -> None:
        if self._stopped is None and error.too_heavy:
            self._size = min(self._size, max(1, len(asks) // 2))
            self._again(asks)
        elif error.action in {Action.FORBID, Action.FORBID_HERE, Action.FAIL} and not error.of_network:
            self._can_execute = False
            if error.action is not Action.FAIL:
                until = self._now() + FORBIDDEN_FOR
                self._memory.block(self._token.name, "execute", until, error.code)
            _log.info("vk: execute is refused to token %s (%s)", self._token.name, error.code)
            self._again(asks)
        else:
            self._note(error, None)
            for ask in asks:
                ask.fail(error.again())

    def _delivered(self, ask: _Ask, piece: Piece) -> bool:
        """Hand a piece of a batch over; False: the call must be made again."""
        error = piece.error
        if not piece.failed:
            try:
                ask.give(_value(ask.call, piece))
            except ShapeError:
                ask.alone = True
                return False
            return True
        if error is None:
            ask.alone = True
            return False
        if error.action in {Action.RETRY, Action.SLOWER, Action.HALVE}:
            if error.action is Action.SLOWER:
                self._lane.slow_down()
            ask.tries += 1
            ask.alone = ask.tries >= _TRIES_IN_A_BATCH
            return False
        self._note(error, ask.call)
        ask.fail(error)
        return True

    def _note(self, error: VkError, call: AnyCall | None) -> None:
        """Say whose failure it is, and remember what it says about later calls."""
        error.facts.setdefault("token", self._token.name)
        if call is not None:
            error.facts.setdefault("method", call.method)
        action, park = error.action, error.rule.park
        until = self._now() + park if park else None
        name = self._token.name
        if action is Action.STOP_TOKEN:
            self._stopped = error
        elif action is Action.PARK_TOKEN and until:
            self._stopped = error
            self._memory.block(name, "*", until, error.code)
        elif call is None or until is None:
            return
        elif action is Action.PARK_METHOD:
            self._paused[call.method] = error
            self._memory.block(name, call.method, until, error.code, PAUSE_SCOPE)
        elif action is Action.FORBID:
            self._memory.block(name, call.remembered_as, until, error.code)
        elif action is Action.FORBID_HERE:
            self._memory.block(name, call.remembered_as, until, error.code, call.scope)

    async def _request(self, method: str, params: Params, asks: Sequence[_Ask]) -> Answer:
        """Make a request, again where that may help. Raises VkError."""
        attempt = 0
        while True:
            self._count(asks)
            try:
                answer = await self._lane.call(method, params)
            except VkError as error:
                pause = self._pause_after(error, attempt, in_batch=len(asks) > 1)
                if pause is None:
                    raise
            else:
                self._failures = 0
                self._lane.went_well()
                return answer
            attempt += 1
            if pause >= _TOLD_FROM and self._waiting is not None:
                self._waiting(pause)
            await self._clock.pause(pause)

    def _count(self, asks: Sequence[_Ask]) -> None:
        asks[0].spent.add()
        for method in DAILY_LIMITS:
            calls = sum(ask.call.method == method for ask in asks)
            if calls:
                self._memory.count(self._token.name, method, calls)

    def _pause_after(self, error: VkError, attempt: int, *, in_batch: bool) -> float | None:
        """Seconds until the next try, None for no other try."""
        if error.of_network:
            self._failures += 1
            if self._failures >= _STRAIN or (error.retry_after or 0) > _LONGEST_WAIT:
                self._stopped = error
                return None
        if error.action is Action.SLOWER:
            self._lane.slow_down()
            return 0.35 + 0.13 * attempt if attempt < _TRIES_WHEN_TOO_FAST else None
        if (in_batch and error.too_heavy) or attempt >= _TRIES:
            return None
        if error.retry_after is not None:
            return error.retry_after
        if error.action in {Action.RETRY, Action.HALVE}:
            return float(2**attempt) * (1 + _chance.random() / 4)
        return None


def _value(call: AnyCall, piece: Piece) -> object:
    if piece.columns is not None and call.parse_columns is not None:
        return call.parse_columns(piece.columns)
    return call.parse(piece.whole)
