"""What a client's day is made of: the day itself, and the tasks in it by rank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from goals.rhythm import next_working_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from goals.agreement.terms import Terms
    from goals.board import GoalRow
    from goals.model import Client
    from goals.records import DoneMark
    from goals.rhythm import AwaitedMaterial
    from goals.workcalendar import WorkCalendar
    from store.values import PostRow
    from wording.words import Words


class Rank(IntEnum):
    """What comes first on a day."""

    LATE = 0  # content of a goal that is behind
    DATED = 1  # a report or call of today
    DUE = 2  # content of today
    AHEAD = 3  # content of the next working day
    MATERIALS = 4
    CHECK_IN = 5
    DATA = 6  # a token, a figure to log
    SOON = 7  # a report or call of the next working day
    ANSWERS = 8


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: publish, shoot, prepare, materials, answer, check_in, report, call, log, token, renew.

    Renew is setting the goals of a month by the agreement, `set_goals` the same without one; `deadline` is
    the month's first day. `amount` is how many (pieces to publish, goals to check in on or to set, minutes
    to answer within), `planned` how many of them stand in the plan, `waiting_days` how long a material is
    awaited. `start_time` and `end_time` (HH:MM, the client's local time) are the hours for it.
    """

    client: str
    goal_id: int | None
    kind: str
    what: str
    amount: int | None = None
    unit: str | None = None
    planned: int | None = None
    deadline: date | None = None
    waiting_days: int | None = None
    start_time: str | None = None
    end_time: str | None = None


class Ranked(NamedTuple):
    """A task and its place in the day.

    `about` is the record that it stands for, where it stands for one, `done` its tick.
    """

    rank: Rank
    task: Task
    about: GoalRow | PostRow | AwaitedMaterial | None = None
    done: DoneMark | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A client's day: what is agreed and when, `clock` the client's local time."""

    words: Words
    client: Client
    today: date
    clock: time
    calendar: WorkCalendar
    terms: Terms | None
    rows: Sequence[GoalRow]

    @property
    def works(self) -> bool:
        """Whether work is done today."""
        return self.calendar.is_working(self.today)

    @property
    def now(self) -> datetime:
        """The moment."""
        return datetime.combine(self.today, self.clock, ZoneInfo(self.client.timezone))

    @property
    def ahead(self) -> date:
        """The last day to prepare for: the next working day, or only today on a day off."""
        return next_working_day(self.calendar, self.today) if self.works else self.today
