"""What most connectors share: accounts are read one by one, several at once, each with its own faults."""

from __future__ import annotations

import asyncio
import logging
import time
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Generic, TypeVar

from connectors.base import (
    Connector,
    ConnectorError,
    Fetched,
    Part,
    Setup,
    Target,
    Trouble,
    TroubleKind,
)
from connectors.counting import RequestCount
from connectors.http import Http
from connectors.pace import Pace

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class AccountsConnector(Connector):
    """A connector that reads accounts one by one, `at_once` of them at the same time.

    Subclasses write `read`; results of an account leave together, and no more of them are held than are
    being read. Calls that tell of many accounts are prepared in `begin` (see `Together`).
    """

    #: Accounts that are read at the same time.
    at_once: ClassVar[int] = 8

    def __init__(
        self,
        setup: Setup,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the settings; `sleep` and the monotonic `clock` may be replaced."""
        super().__init__(setup)
        self._sleep, self._clock = sleep, clock
        self.http = Http(
            user_agent=setup.user_agent, proxy=setup.proxy, now=setup.now, sleep=sleep, waiting=setup.waiting
        )

    @abstractmethod
    async def read(self, target: Target) -> Sequence[Fetched]:
        """Read an account's wanted parts, one result for each.

        Raises:
            ConnectorError: where nothing of the account can be read; it becomes each part's trouble.
        """

    def begin(self, targets: Sequence[Target]) -> None:  # noqa: ARG002 - the name is for subclasses
        """Prepare a reading of these accounts; called once before `read`."""
        return

    async def end(self) -> None:
        """Clear away what `begin` prepared."""
        return

    async def fetch(self, targets: Sequence[Target]) -> AsyncIterator[Fetched]:
        """Read the accounts, several at once; an account's results come together."""
        results: asyncio.Queue[Sequence[Fetched] | None] = asyncio.Queue(maxsize=1)
        waiting = iter(targets)

        async def reader() -> None:
            for target in waiting:
                await results.put(await self._read_safely(target))

        async def readers() -> None:
            try:
                await asyncio.gather(*(reader() for _ in range(min(self.at_once, len(targets)))))
            except Exception:
                await results.put(None)
                raise
            await results.put(None)

        self.begin(targets)
        running = asyncio.create_task(readers())
        try:
            while (account := await results.get()) is not None:
                for result in account:
                    yield result
            await running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await self.end()

    async def resolve(self, target: Target) -> Fetched:
        """The account's id, handle, title and audience, or the trouble."""
        wanted = replace(target, parts=frozenset({Part.PROFILE}))
        self.begin([wanted])
        try:
            results = await self._read_safely(wanted)
        finally:
            await self.end()
        return results[0]

    async def aclose(self) -> None:
        """Close the connections."""
        await self.http.aclose()

    def pace(self, interval: float, burst: int = 1) -> Pace:
        """A pace of calls `interval` seconds apart, whose pauses are told; see `Pace`."""
        return Pace(interval, burst, self._clock, self._sleep, self.setup.waiting)

    def result(
        self,
        target: Target,
        part: Part,
        *,
        trouble: Trouble | None = None,
        spent: RequestCount | None = None,
    ) -> Fetched:
        """A part's result with nothing in it yet; `spent` are the requests made for it, taken from there."""
        return Fetched(
            key=target.key,
            part=part,
            taken_at=self.setup.now(),
            trouble=trouble,
            requests=spent.take() if spent is not None else 0,
        )

    async def _read_safely(self, target: Target) -> Sequence[Fetched]:
        try:
            return await self.read(target)
        except ConnectorError as error:
            trouble = error.trouble
        except Exception:  # noqa: BLE001 -- the edge of one account: the others go on
            _log.exception("reading %s in %s failed", target.handle, self.name)
            trouble = Trouble(TroubleKind.RETRY, "sync.internal")
        parts = [route.part for route in self.routes(target) if route.is_open]
        return [self.result(target, part, trouble=trouble) for part in parts]


@dataclass(slots=True)
class Together(Generic[_Answer]):
    """Calls that tell of many accounts at once: each is made when the first of its accounts is asked for.

    `load` is given the `size` accounts of one call and answers by their keys; an account that is not in
    the answer is one that the network left out. A failed call fails for each of its accounts.
    """

    targets: Sequence[Target]
    size: int
    load: Callable[[Sequence[Target]], Awaitable[Mapping[int, _Answer]]]
    _calls: dict[int, asyncio.Task[Mapping[int, _Answer]]] = field(default_factory=dict, init=False)
    _places: dict[int, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._places = {target.key: place for place, target in enumerate(self.targets)}

    async def of(self, target: Target) -> _Answer | None:
        """What the call says of an account; None where it says nothing. Raises what `load` raises."""
        number = self._places[target.key] // self.size
        call = self._calls.get(number)
        if call is None:
            chunk = self.targets[number * self.size : (number + 1) * self.size]
            call = self._calls[number] = asyncio.create_task(self._loaded(chunk))
        return (await asyncio.shield(call)).get(target.key)

    async def aclose(self) -> None:
        """End the calls that nobody waits for any more."""
        for call in self._calls.values():
            call.cancel()
        await asyncio.gather(*self._calls.values(), return_exceptions=True)

    async def _loaded(self, chunk: Sequence[Target]) -> Mapping[int, _Answer]:
        return await self.load(chunk)
