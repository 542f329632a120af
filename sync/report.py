"""What a run did: each account's part, and how the whole ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.base import Refusal
from store.values import RunStatus, TroubleRecord, UnitStatus

if TYPE_CHECKING:
    from wording.words import Words


@dataclass(frozen=True, slots=True)
class UnitReport:
    """One account's part of a run, with the names it had when the run began.

    `as_before` says that its trouble is that of the run before, `refusal` what the trouble refuses,
    `goes_on` that the next runs bring the rest of the account's past.
    """

    client: str
    network: str
    account: str
    status: UnitStatus
    readings: int = 0
    posts: int = 0
    requests: int = 0
    trouble: TroubleRecord | None = None
    as_before: bool = False
    refusal: Refusal | None = None
    goes_on: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the network has nothing to give, as the run before has said already."""
        return self.trouble is not None and self.as_before and self.trouble.kind == "skip"

    @property
    def is_old_news(self) -> bool:
        """Whether the network gave as little the last time: it has nothing, or no token has the right."""
        return self.is_settled or (self.as_before and self.refusal is Refusal.RIGHT)

    def to_json(self, words: Words) -> dict[str, object]:
        """The unit as `smm sync --json` shows it."""
        return {
            "client": self.client,
            "network": self.network,
            "account": self.account,
            "status": self.status.value,
            "readings": self.readings,
            "posts": self.posts,
            "requests": self.requests,
            "error": error_json(self.trouble, words),
        }


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run; `seconds` is how long it took, `interrupted` that a signal ended it."""

    status: RunStatus
    units: Sequence[UnitReport] = ()
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def requests(self) -> int:
        """All requests of the run."""
        return sum(unit.requests for unit in self.units)

    @property
    def open_units(self) -> list[UnitReport]:
        """The accounts by which the run ends well or not: all but those that are settled."""
        return [unit for unit in self.units if not unit.is_settled]

    def to_json(self, words: Words) -> dict[str, object]:
        """The run as `smm sync --json` shows it, its errors in the language of `words`."""
        return {
            "status": self.status.value,
            "units": [unit.to_json(words) for unit in self.units],
            "requests": self.requests,
            "seconds": round(self.seconds, 3),
        }


def every_token_refused(report: RunReport) -> bool:
    """Whether a run failed because no token is accepted any more; an account without one says nothing."""
    units = report.open_units
    troubles = [(unit.trouble, unit.refusal) for unit in units if unit.trouble is not None]
    told = [refusal for trouble, refusal in troubles if trouble.code != "sync.no_token"]
    failed = status_of(units) is RunStatus.FAILED
    return failed and bool(told) and all(refusal is Refusal.TOKEN for refusal in told)


def error_json(trouble: TroubleRecord | None, words: Words) -> dict[str, str] | None:
    """A trouble with its sentences; None for none."""
    if trouble is None:
        return None
    from wording.troubles import trouble_sentence

    sentence = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
    return {
        "kind": trouble.kind,
        "code": trouble.code,
        "message": sentence.message,
        "next_step": sentence.next_step,
    }


def status_of(units: Sequence[UnitReport]) -> RunStatus:
    """How a run ended, by its units; skipped ones do not count."""
    counted = [unit.status for unit in units if unit.status is not UnitStatus.SKIPPED]
    if all(status is UnitStatus.OK for status in counted):
        return RunStatus.OK
    if all(status is UnitStatus.FAILED for status in counted):
        return RunStatus.FAILED
    return RunStatus.INCOMPLETE
