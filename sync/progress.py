"""How a run goes, as values: for a program (JSON lines), for a person (a bar), or for nobody."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from wording.words import Words

#: Pauses shorter than this, in seconds, are the usual pace and are not told.
TOLD_PAUSE = 1.0


class EventKind(StrEnum):
    """What happened."""

    START = "start"
    UNIT = "unit"
    WAIT = "wait"
    END = "end"


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a run: `done` of `total` accounts are finished, `unit` names the one that just was.

    `eta_seconds` is how long the rest will take; None where nothing is known yet.
    """

    event: EventKind
    done: int
    total: int
    unit: str | None = None
    eta_seconds: float | None = None


Listener = Callable[[Event], None]


def silent(event: Event) -> None:
    """Tell nobody."""


class Progress:
    """Counts a run's units and tells a listener."""

    def __init__(self, total: int, listener: Listener, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._listener = listener
        self._clock = clock
        self._began = clock()
        self._done = 0

    def start(self) -> None:
        """The run begins."""
        self._began = self._clock()
        self._tell(EventKind.START)

    def unit(self, name: str) -> None:
        """One more account is finished."""
        self._done += 1
        self._tell(EventKind.UNIT, name)

    def wait(self, seconds: float) -> None:
        """A network asks to wait for so many seconds."""
        if seconds >= TOLD_PAUSE:
            self._tell(EventKind.WAIT, extra=seconds)

    def end(self) -> None:
        """The run is over, complete or not."""
        self._tell(EventKind.END)

    def _tell(self, kind: EventKind, unit: str | None = None, extra: float = 0.0) -> None:
        self._listener(Event(kind, self._done, self._total, unit, self._eta(extra)))

    def _eta(self, extra: float) -> float | None:
        if self._done >= self._total:
            return 0.0
        if not self._done:
            return None
        per_unit = (self._clock() - self._began) / self._done
        return round(per_unit * (self._total - self._done) + extra, 1)


def json_lines(stream: TextIO) -> Listener:
    """A listener that writes one JSON object a line, at once."""

    def tell(event: Event) -> None:
        stream.write(json.dumps(asdict(event), ensure_ascii=False) + "\n")
        stream.flush()

    return tell


@contextmanager
def bar(stream: TextIO, words: Words) -> Iterator[Listener]:
    """A listener that draws a bar with the time left on a terminal; it is gone when the block ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[unit]}", markup=False),
    )
    with Bar(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as view:
        task = view.add_task(words.text("Collecting figures"), total=None, unit="")

        def tell(event: Event) -> None:
            if event.event is EventKind.WAIT:
                view.update(task, unit=words.text("the network asks to wait"))
            else:
                view.update(task, total=event.total, completed=event.done, unit=event.unit or "")

        yield tell
