"""What arrives of one account, until all of its open parts are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from connectors.base import Fetched, Part, Refusal, Trouble, TroubleKind
from sync.plan import Job

#: Of several troubles the one is told that a person can do most about.
_BY_WORTH = (TroubleKind.AUTH, TroubleKind.CONFIG, TroubleKind.RETRY, TroubleKind.SKIP)

#: The parts without which an account is not read; the others are there where a token's rights reach.
CORE = frozenset({Part.PROFILE, Part.POSTS})


@dataclass(slots=True)
class Gathering:
    """One account's results by part; `wanted` are its open parts, read from `since` on.

    `refusals` are what the network's troubles refuse, by code. `troubles` are those that no part's
    result carries: a token that cannot be opened, a connector that broke off. `closed` are the
    remembered refusals of core parts that no token opens.
    """

    job: Job
    wanted: frozenset[Part]
    since: date | None
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    closed: list[Trouble] = field(default_factory=list)
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
    def goes_on(self) -> bool:
        """Whether the next runs bring the rest of the account's past."""
        return any(fetched.goes_on for fetched in self.results.values())

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

    @property
    def is_denied(self) -> bool:
        """Whether all that came is that no token at hand has the right to an optional part."""
        denied = all(self._is_denied(fetched) for fetched in self.results.values())
        return denied and bool(self.results) and not self.troubles

    def all_troubles(self) -> list[Trouble]:
        """Every trouble in a set order: tokens, then parts, then what is closed; see docs/sync.md.

        That no token has the right to an optional part is no trouble of the account, as long as
        there is anything else to tell of it.
        """
        told = [*self.troubles, *self._of_parts(denied=False), *self.closed]
        return told or ([] if self.brought_something else self._of_parts(denied=True))

    def _of_parts(self, *, denied: bool) -> list[Trouble]:
        found = [self.results[part] for part in Part if part in self.results]
        return [f.trouble for f in found if f.trouble is not None and self._is_denied(f) is denied]

    def _is_denied(self, fetched: Fetched) -> bool:
        """Whether no token at hand has the right to an optional part, and nothing of it came."""
        if fetched.trouble is None or fetched.part in CORE or fetched.figures or fetched.posts:
            return False
        return self.refusals.get(fetched.trouble.code) is Refusal.RIGHT


def worst(troubles: Iterable[Trouble]) -> Trouble | None:
    """The trouble that a person can do most about; None where there is none."""
    return min(troubles, key=lambda trouble: _BY_WORTH.index(trouble.kind), default=None)
