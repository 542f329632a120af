"""How a sync goes, as one value made from the events of its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from tui.drawing import bar
from tui.drawing.cells import cell
from tui.services import EVERYTHING, SyncScope

if TYPE_CHECKING:
    from wording.words import Words

_BAR = 8


class Ending(IntEnum):
    """How a sync ended: the exit codes of `smm sync`, and -1 for one that was stopped here."""

    STOPPED = -1
    OK = 0
    INCOMPLETE = 3
    LOCKED = 11


@dataclass(frozen=True, slots=True)
class SyncState:
    """A sync as far as it is known: `done` of `total` accounts, `eta` in seconds (None: unknown).

    `ended` is the exit code once it is over, `said` what the process said of itself, `scope` what it
    reads.
    """

    running: bool = False
    done: int = 0
    total: int = 0
    unit: str = ""
    eta: float | None = None
    waiting: bool = False
    ended: int | None = None
    said: str = ""
    scope: SyncScope = EVERYTHING

    def after(self, event: Mapping[str, object]) -> SyncState:
        """The state after an event `{"event", "done", "total", "unit", "eta_seconds"}` or the exit."""
        if event.get("event") == "exit":
            code, said = event.get("code"), event.get("message")
            return replace(
                self,
                running=False,
                waiting=False,
                ended=code if isinstance(code, int) else 1,
                said=said if isinstance(said, str) else "",
            )
        eta, unit = event.get("eta_seconds"), event.get("unit")
        return replace(
            self,
            running=True,
            done=_count(event.get("done"), self.done),
            total=_count(event.get("total"), self.total),
            unit=cell(unit) if isinstance(unit, str) else self.unit,
            eta=float(eta) if isinstance(eta, int | float) else None,
            waiting=event.get("event") == "wait",
        )

    def stopped(self) -> SyncState:
        """The state after it was ended from here."""
        return replace(self, running=False, waiting=False, ended=Ending.STOPPED)

    @property
    def fraction(self) -> float:
        """The share of accounts that are done."""
        return self.done / self.total if self.total else 0.0


def _count(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def short_text(words: Words, state: SyncState) -> str:
    """The running sync in a few cells, for the headline."""
    if not state.running:
        return ""
    if not state.total:
        return words.text("updating")
    line = "".join(piece.text for piece in bar.draw(state.fraction, None, _BAR))
    return " ".join((words.text("updating"), line, f"{state.done}/{state.total}"))


def eta_text(words: Words, state: SyncState) -> str:
    """How long it still takes, in words."""
    if state.waiting:
        return words.text("waiting: the network asks for a pause")
    if state.eta is None:
        return ""
    return left_text(words, state.eta)


def left_text(words: Words, seconds: float) -> str:
    """So many seconds that something still takes, in words."""
    whole = int(seconds + 0.5)
    if whole < 60:
        return words.text("{n} s left", n=whole)
    return words.text("{n} min left", n=-(-whole // 60))


def ending_sentence(words: Words, state: SyncState) -> str:
    """How the update ended; what could not be read is told after a colon."""
    endings = {
        Ending.OK: words.text("All figures are up to date"),
        Ending.INCOMPLETE: words.text("Updated, but not everything could be read:"),
        Ending.LOCKED: words.text("Another update is running already: its figures appear here by themselves"),
        Ending.STOPPED: words.text("Stopped; what has arrived is kept"),
    }
    if state.ended in endings:
        return endings[Ending(state.ended)]
    return words.text("Nothing could be read:")
