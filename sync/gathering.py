"""What arrives of one account, until all of its open parts are there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from connectors.base import Fetched, Part, Trouble, TroubleKind
from sync.plan import Job

#: Of several troubles the one is told that a person can do most about.
_BY_WORTH = (TroubleKind.AUTH, TroubleKind.CONFIG, TroubleKind.RETRY, TroubleKind.SKIP)


@dataclass(slots=True)
class Gathering:
    """One account's results by part; `wanted` are its open parts, read from `since` on.

    `troubles` are those that no part's result carries: a token that cannot be opened, a connector
    that broke off.
    """

    job: Job
    wanted: frozenset[Part]
    since: date | None
    troubles: list[Trouble] = field(default_factory=list)
    results: dict[Part, Fetched] = field(default_factory=dict)

    def add(self, fetched: Fetched) -> bool:
        """Take a part's result; says whether every open part is there now."""
        if fetched.part in self.wanted:
            self.results[fetched.part] = fetched
        return len(self.results) == len(self.wanted)

    @property
    def requests(self) -> int:
        """The requests made for this account alone."""
        return sum(fetched.requests for fetched in self.results.values())

    @property
    def brought_something(self) -> bool:
        """Whether any part was read without trouble, or brought data beside its trouble."""
        return any(
            fetched.trouble is None or fetched.figures or fetched.posts for fetched in self.results.values()
        )

    @property
    def clean_parts(self) -> list[Part]:
        """The parts that were read without trouble."""
        return [part for part, fetched in self.results.items() if fetched.trouble is None]

    def all_troubles(self) -> list[Trouble]:
        """Every trouble, a token's first."""
        return [*self.troubles, *(f.trouble for f in self.results.values() if f.trouble is not None)]


def worst(troubles: Iterable[Trouble]) -> Trouble | None:
    """The trouble that a person can do most about; None where there is none."""
    return min(troubles, key=lambda trouble: _BY_WORTH.index(trouble.kind), default=None)
