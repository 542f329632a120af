"""A month of content, day by day: what came out, what is planned, what was promised, days without work.

A promise is due evenly by the client's working days, as pace counts: what is promised by the evening of
a day and neither out nor planned is lacking. Promises that count the same pieces are not added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from goals.metrics import METRICS, Nature
from goals.model import Goal, GoalKind, Period, PostState
from goals.pace import period_of
from goals.warnings.situation import GoalState, Piece
from tui.client.promises import unjudged_row

if TYPE_CHECKING:
    from goals.records import DayOff
    from goals.workcalendar import WorkCalendar

_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What sort of day it is for the client's work."""

    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OFF = "off"


class DayPlan(NamedTuple):
    """One day. `due` pieces were promised for it, `lacking` of them are neither out nor planned.

    `reason` is that of a day off; `for_all` says that it is one for every client.
    """

    day: date
    kind: DayKind
    done: int = 0
    planned: int = 0
    due: int = 0
    lacking: int = 0
    reason: str = ""
    for_all: bool = False


class Sum(NamedTuple):
    """A week's promises: `kept` of the `due` pieces are out or planned in it; more of one are not counted."""

    kept: int
    due: int


@dataclass(frozen=True)
class MonthPlan:
    """The days of a month as it stands on `today`, the client's local day, and the sum of each week."""

    first: date
    today: date
    days: tuple[DayPlan, ...]
    sums: tuple[Sum, ...] = ()

    @cached_property
    def weeks(self) -> tuple[tuple[DayPlan | None, ...], ...]:
        """The days by weeks from Monday; None for those of other months."""
        before: list[DayPlan | None] = [None] * self.first.weekday()
        cells = [*before, *self.days]
        cells += [None] * (-len(cells) % 7)
        return tuple(tuple(cells[place : place + 7]) for place in range(0, len(cells), 7))

    def day(self, day: date) -> DayPlan | None:
        """A day of the month; None for one of another."""
        place = (day - self.first).days
        return self.days[place] if 0 <= place < len(self.days) else None


class _Span(NamedTuple):
    """A stretch of days for which a goal promises so many pieces."""

    first: date
    last: date
    amount: float


def month_of(
    month: date,
    *,
    goals: Iterable[Goal],
    content: Sequence[Piece],
    calendar: WorkCalendar,
    days_off: Sequence[DayOff],
    today: date,
) -> MonthPlan:
    """The month of the day `month`.

    Args:
        month: any day of it.
        goals: those that promise content, also would-be ones of agreed lines.
        content: what came out and is planned from the beginnings of their periods on.
        calendar: the client's working days.
        days_off: those for this client and for all.
        today: the client's local day.
    """
    first, last = period_of(Period.MONTH, month)
    promises = [goal for goal in goals if METRICS[goal.metric].nature is Nature.CONTENT]
    span = [first + offset * _DAY for offset in range((last - first).days + 1)]
    plans = [(goal, _of_goal(goal, content, calendar, span, today)) for goal in promises]
    due = {day: _together((goal, plan[day][0]) for goal, plan in plans) for day in span}
    lacking = {day: _together((goal, plan[day][1]) for goal, plan in plans) for day in span}
    days = []
    for day in span:
        off = next((each for each in days_off if each.first <= day <= each.last), None)
        days.append(
            DayPlan(
                day=day,
                kind=_kind(day, calendar, off),
                done=sum(p.day == day and p.state is PostState.PUBLISHED for p in content),
                planned=sum(p.day == day and p.state is PostState.PLANNED for p in content if day >= today),
                due=sum(due[day].values()),
                lacking=sum(lacking[day].values()),
                reason=off.reason if off else "",
                for_all=off is not None and off.client_id is None,
            )
        )
    counted = [piece for piece in content if _is_there(piece, today)]
    return MonthPlan(first, today, tuple(days), tuple(_sums(promises, counted, due)))


def _sums(
    goals: Sequence[Goal], content: Sequence[Piece], due: Mapping[date, Mapping[str, int]]
) -> Iterator[Sum]:
    """The sum of each week of the days in `due`."""
    weeks: dict[date, list[date]] = {}
    for day in due:
        weeks.setdefault(day - day.weekday() * _DAY, []).append(day)
    counters = [GoalState(goal, unjudged_row(goal)) for goal in goals]
    for days in weeks.values():
        kept = asked = 0
        for metric in {goal.metric for goal in goals}:
            wanted = sum(due[day].get(metric, 0) for day in days)
            made = sum(
                any(each.goal.metric == metric and each.counts(piece) for each in counters)
                for piece in content
                if days[0] <= piece.day <= days[-1]
            )
            kept, asked = kept + min(made, wanted), asked + wanted
        yield Sum(kept, asked)


def _kind(day: date, calendar: WorkCalendar, off: DayOff | None) -> DayKind:
    if off is not None:
        return DayKind.OFF
    if calendar.is_working(day):
        return DayKind.WORK
    return DayKind.HOLIDAY if day in calendar.free else DayKind.WEEKEND


def _together(counts: Iterable[tuple[Goal, int]]) -> dict[str, int]:
    """The pieces that goals ask for, by metric: one piece counts for all that do not exclude each other."""
    found: dict[str, dict[str | None, int]] = {}
    for goal, count in counts:
        by_network = found.setdefault(goal.metric, {})
        by_network[goal.network] = max(by_network.get(goal.network, 0), count)
    return {name: max(each.pop(None, 0), sum(each.values())) for name, each in found.items()}


def _of_goal(
    goal: Goal, content: Sequence[Piece], calendar: WorkCalendar, days: Sequence[date], today: date
) -> dict[date, tuple[int, int]]:
    """For each day what it adds to what is due, and how much of that lacks by its evening."""
    plan = dict.fromkeys(days, (0, 0))
    counter = GoalState(goal, unjudged_row(goal))
    mine = [piece for piece in content if counter.counts(piece)]
    for span in _spans(goal, days[0], days[-1]):
        total = max(1, calendar.count(span.first, span.last + _DAY))
        for day in days:
            if not span.first <= day <= span.last:
                continue
            over = (calendar.count(span.first, end) for end in (day, day + _DAY))
            before, by_now = (floor(round(span.amount * part / total, 9)) for part in over)
            made = sum(span.first <= piece.day <= day and _is_there(piece, today) for piece in mine)
            plan[day] = (by_now - before, max(0, min(by_now - before, by_now - made)))
    return plan


def _is_there(piece: Piece, today: date) -> bool:
    """Whether a piece is out, or still stands in the plan."""
    return piece.state is PostState.PUBLISHED or (piece.state is PostState.PLANNED and piece.day >= today)


def _spans(goal: Goal, first: date, last: date) -> Iterator[_Span]:
    """The stretches of a goal that touch these days."""
    if goal.amount is None:
        return
    end = goal.deadline or date.max
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        begin, until = period_of(goal.period, max(first, goal.start))
        while begin <= min(last, end):
            if begin >= goal.start and until <= end:
                yield _Span(begin, until, goal.amount)
            begin, until = period_of(goal.period, until + _DAY)
    elif goal.kind is GoalKind.TOTAL_IN_PERIOD and goal.deadline is not None:
        yield _Span(goal.start, goal.deadline, goal.amount)
