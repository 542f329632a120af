"""What is known about a goal at a moment: what measure, pace and chance use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from goals.model import PostState


class DayValue(NamedTuple):
    """One day's figure of a goal's scope; levels are summed over accounts, carried forward."""

    day: date
    value: float


class PostValue(NamedTuple):
    """One piece of content in a goal's scope; `value` is the figure of the goal's metric, if known."""

    day: date
    state: PostState
    value: float | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A goal's scope as far as it is known: day values and posts oldest first.

    `as_of` is when the newest of them was taken (None: never by a network). `by_hand` says that
    no network feeds this goal, so that age alone never makes it stale. `from_file` says that all of it
    came by files: nobody brings one every day, so that it may be as old as what is logged by hand.
    `unread` says that no content of the scope was ever collected or written down, so that none known is
    no 0. `doubtful_from` is the day from which on a level jumped and waits for confirmation: no forecast
    looks at it.
    """

    days: tuple[DayValue, ...] = ()
    posts: tuple[PostValue, ...] = ()
    as_of: datetime | None = None
    by_hand: bool = False
    from_file: bool = False
    unread: bool = False
    doubtful_from: date | None = None
