"""What lines ask for in a month that they begin in the middle of: the one rule of a month's share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import copysign, floor
from typing import TYPE_CHECKING

from goals.agreement.goals import ProposedGoal, goals_of
from goals.metrics import METRICS
from goals.model import GoalKind, Period
from goals.pace import period_of
from goals.validity import kind_flaw

if TYPE_CHECKING:
    from goals.agreement.terms import Terms
    from goals.model import Goal
    from goals.workcalendar import WorkCalendar

#: A level or a mean is the same in a part of a month; of these a part of the days brings a part.
_SHARED = frozenset({GoalKind.GAIN, GoalKind.GAIN_PERCENT, GoalKind.TOTAL_IN_PERIOD})
#: Hours and per cent are not told more exactly.
_DIGITS = 1


def month_share(amount: float, metric: str, first: date, last: date, calendar: WorkCalendar) -> float:
    """What the days from `first` to `last`, or to the end of the month, bring of a month's amount.

    Content and hours go by the client's working days, everything else by calendar days. What comes in
    whole pieces is rounded down: the last piece is not owed in part.
    """
    begin, month_end = period_of(Period.MONTH, first)
    end, after = min(last, month_end) + timedelta(days=1), month_end + timedelta(days=1)
    if METRICS[metric].by_working_days:
        part, whole = calendar.count(first, end), calendar.count(begin, after)
    else:
        part, whole = (end - first).days, (after - begin).days
    share = round(amount * part / max(1, whole), 9)
    return copysign(floor(abs(share)), share) if METRICS[metric].whole else round(share, _DIGITS)


def begun(asked: ProposedGoal, since: date, calendar: WorkCalendar) -> ProposedGoal:
    """The goal of a line that holds since a day: it begins then, and has the share of its month.

    A rate a month is a number to be reached there: a part of a month is no month to keep a rate in.
    """
    start = max(asked.start, since)
    asked = replace(asked, start=start)
    if not asked.monthly or asked.amount is None or asked.deadline is None:
        return asked
    first, last = period_of(Period.MONTH, start)
    if start == first and asked.deadline >= last:
        return asked
    kind = GoalKind.TOTAL_IN_PERIOD if asked.kind is GoalKind.KEEP_RATE else asked.kind
    if kind not in _SHARED or kind_flaw(METRICS[asked.metric], kind) is not None:
        return asked
    amount = month_share(asked.amount, asked.metric, start, asked.deadline, calendar)
    return replace(asked, kind=kind, period=None, amount=amount, per_month=asked.amount, partial=True)


def goals_since(
    terms: Terms,
    today: date,
    since: Mapping[str, date],
    calendar: WorkCalendar,
    *,
    start: date | None = None,
    deadline: date | None = None,
) -> tuple[ProposedGoal, ...]:
    """The goals of a month (see `goals_of`), each from the day since which its line holds.

    Args:
        terms: what is agreed.
        today: the client's local day.
        since: since when each line holds, by term (see `goals.warnings.held.held_lines`).
        calendar: the client's working days.
        start: the first day of another month.
        deadline: its last day.
    """
    if start is None and terms.dates.start is None:
        start = period_of(Period.MONTH, today)[0]
    found = goals_of(terms, today, start=start, deadline=deadline)
    cut = (begun(asked, since.get(asked.term, asked.start), calendar) for asked in found)
    return tuple(asked for asked in cut if asked.deadline is None or asked.start <= asked.deadline)


def forms_of(goal: Goal, asked: ProposedGoal, calendar: WorkCalendar) -> tuple[ProposedGoal, ProposedGoal]:
    """What a line asks for as it stands, and for the days that a goal on it has."""
    own = replace(asked, start=goal.start, deadline=goal.deadline or asked.deadline)
    return asked, begun(own, goal.start, calendar)
