"""What a content goal asks for a working day, beside what was made lately: its attainability."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.measure import content_count
from goals.metrics import METRICS, Nature
from goals.model import GoalKind, PostState
from goals.pace import period_of

if TYPE_CHECKING:
    from goals.facts import Facts
    from goals.model import Goal
    from goals.workcalendar import WorkCalendar

#: The pace of late is that of so many days; the best week is looked for in so many weeks.
LATELY = timedelta(days=28)
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Effort:
    """Content asked for beside content made, in pieces a working day.

    `lately` is the pace of the last four weeks, `most` that of the best of twelve; None where nothing
    was ever collected.
    """

    needed: float
    lately: float | None = None
    most: float | None = None


def effort_of(goal: Goal, facts: Facts, calendar: WorkCalendar, today: date) -> Effort | None:
    """The effort that a content goal with an amount and dates asks for; None for any other goal."""
    if METRICS[goal.metric].nature is not Nature.CONTENT or goal.amount is None:
        return None
    needed = _needed(goal, facts, calendar, today)
    if needed is None:
        return None
    made = [post.day for post in facts.posts if post.state is PostState.PUBLISHED and post.day < today]
    if not made or facts.as_of is None:
        return Effort(needed)
    monday = today - timedelta(days=today.weekday())
    mondays = (monday - timedelta(weeks=number) for number in range(1, WEEKS + 1))
    most = max(_pace(made, calendar, day, day + timedelta(weeks=1)) for day in mondays)
    return Effort(needed, _pace(made, calendar, today - LATELY, today), most)


def _pace(made: list[date], calendar: WorkCalendar, first: date, end: date) -> float:
    """Pieces a working day in [first, end); a stretch of days off counts as one day."""
    return sum(first <= day < end for day in made) / max(1, calendar.count(first, end))


def _needed(goal: Goal, facts: Facts, calendar: WorkCalendar, today: date) -> float | None:
    amount = goal.amount or 0.0
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        first, last = period_of(goal.period, max(goal.start, today))
    elif goal.deadline is not None:
        first, last = max(goal.start, today), goal.deadline
        amount = max(0.0, amount - (content_count(facts, goal.start, today) or 0.0))
    else:
        return None
    return amount / max(1, calendar.count(first, last + timedelta(days=1)))
