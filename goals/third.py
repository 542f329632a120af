"""The third of amount, date and weekly rate, where two are known; what all three say against one another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from goals.draft import Draft, Letter, Wish
from goals.metrics import METRICS
from goals.model import GoalKind
from goals.reach import last_day

#: A rate whose sum by the date is off by no more than this share of the amount says the same, rounded.
SLACK = 0.2
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An amount by a date that is not what the weekly rate brings.

    `needed` is the rate that the amount asks for, `said` the one that was said, both a week; `brings` is what
    the said one comes to by the date, `until` the day on which it has brought the amount; None for
    one out of reach.
    """

    amount: float
    deadline: date
    needed: float
    said: float
    brings: float
    until: date | None


def with_third(draft: Draft, per_week: float | None, today: date, baseline: float | None = None) -> Draft:
    """The draft with the third of amount, date and weekly rate, where the other two are known.

    A rate beside an amount gives the date, beside a date the amount; where both are known it is kept beside
    them. The way to a level starts from its baseline, and without one it has no third, nor has a rate that
    brings the amount only when nobody plans any more. A measure that is to move but was named without a word
    of growth is taken to gain.

    Args:
        draft: what was said.
        per_week: so much a week; the draft's own rate where None.
        today: the first day, where the draft has no later one.
        baseline: the figure of now, for a level that the draft names without one.
    """
    per_week = draft.per_week if per_week is None else per_week
    if per_week is None or per_week <= 0:
        return draft
    draft = replace(draft, kind=draft.kind or _kind_of(draft), per_week=per_week)
    way = _way(draft, baseline)
    start = _first_day(draft, today)
    if way is not None and draft.deadline is None:
        return replace(draft, deadline=_until(start, way, per_week, today))
    if draft.deadline is not None and draft.amount is None and draft.kind in _SUMS:
        days = (draft.deadline - start).days + 1
        return replace(draft, amount=float(max(1, round(per_week * days / _WEEK))), unit=_unit_of(draft))
    return draft


def contradiction(
    draft: Draft, today: date, baseline: float | None = None, *, exact: bool = False
) -> Contradiction | None:
    """What amount, date and weekly rate of a draft say against one another; None where they agree.

    A rate that was said may be rounded; an `exact` one is off by no more than a day brings.
    """
    way = _way(draft, baseline)
    if way is None or draft.amount is None or draft.deadline is None or not draft.per_week:
        return None
    start = _first_day(draft, today)
    days = (draft.deadline - start).days + 1
    if days <= 0:
        return None
    brings = draft.per_week * days / _WEEK
    if abs(brings - way) <= max(1.0, draft.per_week / _WEEK if exact else SLACK * way):
        return None
    until = _until(start, way, draft.per_week, today)
    needed = way * _WEEK / days
    return Contradiction(draft.amount, draft.deadline, needed, draft.per_week, brings, until)


def with_rate(wish: Wish, per_week: float | None, today: date, baseline: float | None = None) -> Wish:
    """The wish with the third of what it says, and without the letters that this answers.

    Where only another reading has a third («+1000», not «до 1000»), that one is the likeliest. Where all
    three are said and do not agree, what follows from each two of them is offered to choose from.
    """
    draft = with_third(wish.draft, per_week, today, baseline)
    readings = tuple(with_third(other, per_week, today, baseline) for other in wish.alternatives)
    dated = next((other for other in readings if other.deadline is not None), None)
    if draft.per_week and draft.deadline is None and dated is not None:
        draft, readings = dated, (draft, *(other for other in readings if other is not dated))
    exact = wish.exact or per_week is not None
    against = contradiction(draft, today, baseline, exact=exact)
    if against is not None:
        plain = replace(draft, per_week=None)
        brought = replace(plain, amount=float(max(1, round(against.brings))))
        sums = (brought,) if draft.kind in _SUMS else ()
        later = (replace(plain, deadline=against.until),) if against.until is not None else ()
        readings = (*sums, *later, *readings)
    closed = {Letter.MEASURABLE} if draft.amount is not None else set()
    closed |= {Letter.TIMED} if draft.deadline is not None else set()
    missing = tuple(letter for letter in wish.missing if letter not in closed)
    return replace(
        wish, draft=draft, alternatives=tuple(dict.fromkeys(readings)), missing=missing, exact=exact
    )


_SUMS = frozenset({GoalKind.GAIN, GoalKind.TOTAL_IN_PERIOD})


def _kind_of(draft: Draft) -> GoalKind | None:
    """How a bare measure moves by a rate a week."""
    if draft.metric is None:
        return None
    return GoalKind.TOTAL_IN_PERIOD if METRICS[draft.metric].adds_up else GoalKind.GAIN


def _unit_of(draft: Draft) -> str | None:
    if draft.unit is not None or draft.metric is None:
        return draft.unit
    return METRICS[draft.metric].unit.value


def _way(draft: Draft, baseline: float | None) -> float | None:
    """How much is to come: the amount, or of a level what it is above the baseline."""
    if draft.amount is None:
        return None
    if draft.kind in _SUMS:
        return draft.amount
    start = draft.baseline if draft.baseline is not None else baseline
    if draft.kind is not GoalKind.REACH_LEVEL or start is None or draft.amount <= start:
        return None
    return draft.amount - start


def _first_day(draft: Draft, today: date) -> date:
    return draft.start if draft.start is not None and draft.start > today else today


def _until(start: date, way: float, per_week: float, today: date) -> date | None:
    """The day on which so many a week have come to the whole way; None where it is out of reach."""
    days = max(1, round(way / per_week * _WEEK, 6))
    return start + timedelta(days=ceil(days) - 1) if days <= (last_day(today) - start).days else None
