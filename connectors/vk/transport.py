"""The one place that sees vk_api and requests: a daemon thread for each token.

vk_api is the transport and nothing more. It has no timeout, retries without end, paces by the wall
clock and keeps the token in its exceptions; so the session is ours (deadline, size cap, host list,
no redirects, no environment), its handlers are off, and every failure leaves here as a `VkError`.
The thread is no part of asyncio's executor: the end of the program never waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectors.base import Secret
from connectors.vk.calls import API_VERSION
from connectors.vk.clock import Clock
from connectors.vk.errors import VkError, vk_error

if TYPE_CHECKING:
    from datetime import datetime

    from vk_api import VkApi

    from connectors.vk.edge import Edge


#: VK's own hosts, the second for when the first cannot be reached.
HOSTS = ("https://api.vk.ru", "https://api.vk.com")
#: Seconds that one call may take from its start to its last byte.
DEADLINE = 20.0

#: Seconds that the thread has to report its own time-out before it is given up.
_GRACE = 0.5
_SLOWEST = 2.0
_SLOWER_BY = 1.25
#: Good answers in a row after which a lane that was slowed down goes one step faster again.
_GOOD_A_STEP = 5

Answer = dict[str, object]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """One call on its way to the thread and back."""

    method: str
    values: Mapping[str, str | int]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Answer]
    expire: Callable[[_Job], None]
    timer: asyncio.TimerHandle | None = field(default=None)

    def begun(self, deadline: float) -> None:
        """The call starts now; runs in the event loop."""
        if not self.future.done():
            self.timer = self.loop.call_later(deadline, self.expire, self)

    def settle(self, outcome: Answer | VkError) -> None:
        """The call is over; runs in the event loop."""
        if self.timer is not None:
            self.timer.cancel()
        if self.future.done():
            return
        if isinstance(outcome, VkError):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


class Lane:
    """The calls of one token, one at a time, their starts at least `interval` seconds apart."""

    def __init__(
        self,
        name: str,
        secret: Secret,
        *,
        interval: float,
        clock: Clock,
        now: Callable[[], datetime],
        hosts: Sequence[str] = HOSTS,
        proxy: str | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._name = name
        self._secret = secret
        self._usual = self._interval = interval
        self._good = 0
        self._clock = clock
        self._now = now
        self._hosts = tuple(hosts)
        self._proxy = proxy
        self._deadline = deadline
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._generation = 0
        self._started = False
        self._closed = False
        self._last_start: float | None = None

    async def call(self, method: str, values: Mapping[str, str | int]) -> Answer:
        """Make one call and wait for its answer.

        Returns:
            VK's whole answer: an object with `response` in it.

        Raises:
            VkError: VK's own error, or what went wrong on the way.
        """
        loop = asyncio.get_running_loop()
        job = _Job(method, values, loop, loop.create_future(), self._expire)
        if not self._started:
            self._start_thread()
        self._jobs.put(job)
        return await job.future

    def slow_down(self) -> None:
        """Keep a longer distance between calls, until enough of them went well."""
        self._good = 0
        self._interval = min(self._interval * _SLOWER_BY, max(self._interval, _SLOWEST))

    def went_well(self) -> None:
        """One more call was answered: after some of them, a step back to the usual distance."""
        self._good += 1
        if self._good % _GOOD_A_STEP == 0:
            self._interval = max(self._usual, self._interval / _SLOWER_BY)

    def close(self) -> None:
        """Let the thread go; a call under way is left to itself."""
        self._closed = True
        self._generation += 1
        self._jobs.put(None)

    def _expire(self, job: _Job) -> None:
        """Give a call up that outlived its deadline, and its thread with it."""
        self._generation += 1
        host = urlsplit(self._hosts[0]).hostname or self._hosts[0]
        job.settle(VkError("http.timeout", facts={"host": host}))
        if not self._closed:
            self._start_thread()

    def _start_thread(self) -> None:
        self._started = True
        threading.Thread(
            target=self._serve, args=(self._generation,), name=f"vk-{self._name}", daemon=True
        ).start()

    def _serve(self, generation: int) -> None:
        courier = _Courier(self._secret, self._hosts, self._proxy, self._deadline, self._now)
        with contextlib.suppress(RuntimeError):  # the event loop was closed: nobody waits any more
            while generation == self._generation:
                job = self._jobs.get()
                if job is None:
                    return
                if job.future.done():
                    continue
                self._make(job, courier)

    def _make(self, job: _Job, courier: _Courier) -> None:
        outcome: Answer | VkError
        try:
            courier.get_ready()  # before the turn: the first imports would eat the distance to the next
            self._await_turn()
            job.loop.call_soon_threadsafe(job.begun, self._deadline + _GRACE)
            outcome = courier.call(job.method, job.values)
        except Exception as error:  # noqa: BLE001  # the edge of the thread: whoever waits must hear of it
            _log.exception("vk: %s broke", job.method)
            outcome = VkError("vk.broken", type(error).__name__)
        job.loop.call_soon_threadsafe(job.settle, outcome)

    def _await_turn(self) -> None:
        if self._last_start is not None:
            wait = self._last_start + self._interval - self._clock.monotonic()
            if wait > 0:
                self._clock.sleep(wait)
        self._last_start = self._clock.monotonic()


class _Courier:
    """vk_api behind our own session; lives in one thread."""

    def __init__(
        self,
        secret: Secret,
        hosts: Sequence[str],
        proxy: str | None,
        deadline: float,
        now: Callable[[], datetime],
    ) -> None:
        self._secret = secret
        self._hosts = list(hosts)
        self._proxy = proxy
        self._deadline = deadline
        self._now = now
        self._edge: Edge | None = None
        self._vk: VkApi | None = None

    def get_ready(self) -> tuple[VkApi, Edge]:
        """vk_api on our own session, made for the first call."""
        from vk_api import VkApi
        from vk_api.vk_api import jconfig

        from connectors.vk.edge import guarded_session

        if self._vk is None or self._edge is None:
            session, self._edge = guarded_session(self._hosts[0], self._proxy, self._deadline)
            self._vk = VkApi(
                token=self._secret.reveal(),
                api_version=API_VERSION,
                session=session,
                config=jconfig.MemoryConfig,
            )
            for code in (6, 14, 17):
                self._vk.error_handlers.pop(code, None)
            self._vk.RPS_DELAY = 0
        return self._vk, self._edge

    def call(self, method: str, values: Mapping[str, str | int]) -> Answer | VkError:
        """The answer, or the failure as a value: exceptions of vk_api hold the token."""
        from vk_api import exceptions

        from connectors.vk import edge

        vk, door = self.get_ready()
        try:
            answer = vk.method(method, dict(values), raw=True)
        except exceptions.ApiError as error:
            return _of_vk(error.error) or _not_json(door.base)
        except exceptions.ApiHttpError as error:
            return edge.of_status(error.response, door.base, self._now())
        except edge.RequestException as error:
            failure = edge.of_line(error, door.base, has_proxy=bool(self._proxy))
            if edge.never_connected(error) and len(self._hosts) > 1:
                self._hosts.pop(0)
                door.base = self._hosts[0]
                return self.call(method, values)
            return failure
        except (exceptions.VkApiError, KeyError, TypeError, ValueError, RecursionError):
            return _not_json(door.base)
        if not isinstance(answer, dict) or "response" not in answer:
            return _not_json(door.base)
        return answer


def _not_json(base: str) -> VkError:
    return VkError("http.not_json", facts={"host": urlsplit(base).hostname or base})


def _of_vk(error: Mapping[str, object]) -> VkError | None:
    """The error that VK tells; None for one without a number."""
    number = error.get("error_code")
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    redirect = error.get("redirect_uri")
    return vk_error(
        number, str(error.get("error_msg", "")), redirect=redirect if isinstance(redirect, str) else ""
    )
