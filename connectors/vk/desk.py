"""What the reading of one part of one community has at hand, and the result that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from connectors.base import Fetched, FetchedGap, FetchedPost, Figure, Part, Target, Trouble, TroubleKind
from connectors.counting import RequestCount
from connectors.vk.caller import Caller
from connectors.vk.calls import Call
from goals.model import PostKind, PostState

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the reading of one part of one account has at hand."""

    caller: Caller
    target: Target
    community: int
    now: datetime
    spent: RequestCount

    async def ask(self, call: Call[_T]) -> _T:
        """The answer to a call. Raises VkError."""
        return await self.caller.ask(call, self.spent)

    @property
    def today(self) -> date:
        """The account's local day."""
        return self.now.astimezone(self.target.zone).date()

    def result(
        self,
        part: Part,
        *,
        figures: Sequence[Figure] = (),
        posts: Sequence[FetchedPost] = (),
        gaps: Sequence[FetchedGap] = (),
        cursor: str | None = None,
        trouble: Trouble | None = None,
        complete_since: Mapping[tuple[PostState, PostKind], date] | None = None,
    ) -> Fetched:
        """What was read of the part."""
        return Fetched(
            key=self.target.key,
            part=part,
            taken_at=self.now,
            network_id=str(self.community),
            figures=figures,
            posts=posts,
            gaps=gaps,
            cursor=cursor,
            trouble=trouble,
            requests=self.spent.made,
            complete_since=complete_since or {},
        )


def odd_values(names: Sequence[str]) -> Trouble | None:
    """The trouble of values that are no counts; they were left out, the rest stands."""
    if not names:
        return None
    return Trouble(TroubleKind.RETRY, "vk.odd_values", facts={"fields": ", ".join(names)})
