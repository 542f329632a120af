"""A month of content, day by day: what came out, what is planned, what was promised, days without work.

A promise is due evenly by the client's working days, as pace counts. What is due on a day and neither out
nor planned for it is lacking, unless more than was due came out before. Promises that count the same
pieces are not added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby
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
#: Days on end: the first and the last of them.
_Window = tuple[date, date]


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
    """A week's promises: by its end `kept` of the pieces `due` in it are out or planned.

    What one line lacks, another's pieces do not make up.
    """

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


class _Share(NamedTuple):
    """What a promise adds to what is due in a window of days, and how much of that lacks by its end."""

    due: int
    lacking: int


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

    def shares(windows: Sequence[_Window]) -> list[_Share]:
        return _shares(promises, windows, content, calendar, today)

    days = []
    for day, share in zip(span, shares([(day, day) for day in span]), strict=True):
        off = next((each for each in days_off if each.first <= day <= each.last), None)
        days.append(
            DayPlan(
                day=day,
                kind=_kind(day, calendar, off),
                done=sum(p.day == day and p.state is PostState.PUBLISHED for p in content),
                planned=sum(p.day == day and p.state is PostState.PLANNED for p in content if day >= today),
                due=share.due,
                lacking=share.lacking,
                reason=off.reason if off else "",
                for_all=off is not None and off.client_id is None,
            )
        )
    sums = [Sum(share.due - share.lacking, share.due) for share in shares(_weeks(span))]
    return MonthPlan(first, today, tuple(days), tuple(sums))


def _weeks(days: Sequence[date]) -> list[_Window]:
    """The weeks from Monday of these days, each with its first and last one."""
    weeks = (list(week) for _, week in groupby(days, key=lambda day: day - day.weekday() * _DAY))
    return [(week[0], week[-1]) for week in weeks]


def _kind(day: date, calendar: WorkCalendar, off: DayOff | None) -> DayKind:
    if off is not None:
        return DayKind.OFF
    if calendar.is_working(day):
        return DayKind.WORK
    return DayKind.HOLIDAY if day in calendar.free else DayKind.WEEKEND


def _shares(
    goals: Iterable[Goal],
    windows: Sequence[_Window],
    content: Sequence[Piece],
    calendar: WorkCalendar,
    today: date,
) -> list[_Share]:
    """What all promises together ask for in each window, and what of it lacks."""
    plans = [(goal, _of_goal(goal, windows, content, calendar, today)) for goal in goals]
    return [
        _Share(
            _together((goal, plan[place].due) for goal, plan in plans),
            _together((goal, plan[place].lacking) for goal, plan in plans),
        )
        for place in range(len(windows))
    ]


def _together(counts: Iterable[tuple[Goal, int]]) -> int:
    """The pieces that goals ask for: one piece counts for all goals that do not exclude each other."""
    found: dict[str, dict[str | None, int]] = {}
    for goal, count in counts:
        by_network = found.setdefault(goal.metric, {})
        by_network[goal.network] = max(by_network.get(goal.network, 0), count)
    return sum(max(each.pop(None, 0), sum(each.values())) for each in found.values())


def _of_goal(
    goal: Goal, windows: Sequence[_Window], content: Sequence[Piece], calendar: WorkCalendar, today: date
) -> list[_Share]:
    """What a goal asks for in each window."""
    shares = [_Share(0, 0)] * len(windows)
    counter = GoalState(goal, unjudged_row(goal))
    mine = [piece.day for piece in content if counter.counts(piece) and _is_there(piece, today)]
    for span in _spans(goal, windows[0][0], windows[-1][1]):
        total = max(1, calendar.count(span.first, span.last + _DAY))
        for place, (first, last) in enumerate(windows):
            start, end = max(first, span.first), min(last, span.last)
            if start > end:
                continue
            over = (calendar.count(span.first, day) for day in (start, end + _DAY))
            before, by_now = (floor(round(span.amount * part / total, 9)) for part in over)
            due, known = by_now - before, shares[place]
            late = by_now - sum(span.first <= day <= end for day in mine)
            short = due - sum(start <= day <= end for day in mine)
            shares[place] = _Share(known.due + due, known.lacking + max(0, min(short, late)))
    return shares


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
