"""What if: the amount, the date or the weekly rate of a goal moved by a step; any two give the third."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from goals.drafting import month_end
from goals.metrics import METRICS
from goals.model import GoalKind
from goals.reach import last_day

if TYPE_CHECKING:
    from goals.draft import Draft
    from work.goal_draft import Answers, Said

_WEEK = 7
#: A step is a tenth of the figure's size, in round numbers; what is no whole number goes no finer than this.
_FINEST = 0.1
_FIRST = 1.0
_FRACTIONS = frozenset({GoalKind.GAIN_PERCENT, GoalKind.AVERAGE})


def rate_of(said: Said, today: date) -> float | None:
    """How much a week the rest of the goal asks for from now on; None where there is no way to go by."""
    way, deadline = _way(said), said.draft.deadline
    if way is None or deadline is None:
        return None
    days = (deadline - _first_day(said.draft, today)).days + 1
    return way * _WEEK / days if days > 0 else None


def with_amount_moved(said: Said, answers: Answers, steps: int) -> Answers:
    """The amount some steps further; one that was not said begins with the even target."""
    draft = said.draft
    whole = draft.metric is None or (METRICS[draft.metric].whole and draft.kind not in _FRACTIONS)
    if draft.amount is None:
        offered = said.outlook.amounts if said.outlook is not None else None
        return replace(answers, amount=max(_FIRST, offered.even) if offered is not None else _FIRST)
    return replace(answers, amount=_moved(draft.amount, steps, finest=_FIRST if whole else _FINEST))


def with_date_moved(said: Said, answers: Answers, days: int, today: date) -> Answers:
    """The deadline some days later; one that was not said begins with the end of the month."""
    if said.draft.deadline is None:
        return replace(answers, deadline=month_end(today))
    return replace(answers, deadline=_bounded(said.draft.deadline + timedelta(days=days), said.draft, today))


def with_rate_moved(said: Said, answers: Answers, steps: int, today: date) -> Answers:
    """The rate some steps higher: the amount stays, and the date follows."""
    way, rate = _way(said), rate_of(said, today)
    if way is None or not rate:
        return answers
    rate = _moved(rate, steps, finest=_FINEST)
    first = _first_day(said.draft, today)
    days = max(1, ceil(min(round(way / rate * _WEEK, 6), (last_day(today) - first).days + 1)))
    return replace(answers, deadline=_bounded(first + timedelta(days=days - 1), said.draft, today))


def _moved(value: float, steps: int, *, finest: float) -> float:
    """The next round number above (steps over 0) or below the value, at least one step from 0."""
    size = abs(value)
    step = max(finest, 10.0 ** (floor(log10(size)) - 1)) if size else finest
    if steps < 0 and size <= 10 * step > 10 * finest:
        step /= 10  # below 100 the figures are of the size of 90: by ones, not by tens
    places = max(0, -floor(log10(step)))
    count = floor(size / step + 1e-9) if steps > 0 else ceil(size / step - 1e-9)
    moved = round(max(step, (count + steps) * step), places)
    return moved if value >= 0 else -moved


def _bounded(day: date, draft: Draft, today: date) -> date:
    first = _first_day(draft, today)
    return min(max(day, first), max(first, last_day(today)))


def _first_day(draft: Draft, today: date) -> date:
    return draft.start if draft.start is not None and draft.start > today else today


def _way(said: Said) -> float | None:
    """How much is still to come on the way; None for what is no way: a mean, a rate, a ceiling."""
    draft = said.draft
    if draft.amount is None or draft.metric is None or draft.ceiling:
        return None
    whole = draft.amount if draft.kind in {GoalKind.GAIN, GoalKind.TOTAL_IN_PERIOD} else _way_from(said)
    return whole - said.done if whole is not None and whole - said.done > 0 else None


def _way_from(said: Said) -> float | None:
    """The way from the figure of the start; None where that is not known, or for what is no way."""
    draft = said.draft
    start = draft.baseline if draft.baseline is not None else said.baseline
    if start is None or draft.amount is None:
        return None
    if draft.kind is GoalKind.GAIN_PERCENT:
        return start * draft.amount / 100.0
    return draft.amount - start if draft.kind is GoalKind.REACH_LEVEL else None
