"""What keeps a would-be goal from being one that can be judged: codes by field, never sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from goals.measure import measure_of
from goals.metrics import METRICS, UNNAMED, Metric, Nature, Source
from goals.model import Goal, GoalKind
from goals.reach import is_in_reach

if TYPE_CHECKING:
    from datetime import date

#: A goal that is longer has a slip in its year.
LONGEST_DAYS = 3660
_GAINS = frozenset({GoalKind.GAIN, GoalKind.GAIN_PERCENT})
_LEVELS = frozenset({GoalKind.REACH_LEVEL, GoalKind.GAIN})


class Flaw(StrEnum):
    """What is wrong with a goal."""

    UNNAMED = "unnamed"  # it is not said what is measured
    NO_TOTAL = "no_total"  # the figures of days do not add up
    NO_LEVEL = "no_level"  # what adds up from nothing, and is to be little, is not moved to a level
    NO_MEAN = "no_mean"  # pieces of content are counted, not averaged
    NO_MOVE = "no_move"  # pieces of content are counted from 0, they stand at no level
    NO_AMOUNT = "no_amount"
    NOT_POSITIVE = "not_positive"
    NO_PERIOD = "no_period"
    NO_DEADLINE = "no_deadline"
    BEFORE_START = "before_start"
    TOO_LONG = "too_long"
    FAR_START = "far_start"  # a start that nobody can mean
    FAR_DEADLINE = "far_deadline"  # a deadline that nobody can mean
    PAST = "past"  # a deadline that is over when it is set
    NO_TOPIC = "no_topic"  # what is not of posts is about nothing
    NEEDS_TOPIC = "needs_topic"  # a share of content is of what is about something
    AGREED_AHEAD = "agreed_ahead"


#: What a draft may lack.
_LACKS = frozenset({Flaw.UNNAMED, Flaw.NO_AMOUNT, Flaw.NO_PERIOD, Flaw.NO_DEADLINE, Flaw.NEEDS_TOPIC})


class Problem(NamedTuple):
    """A flaw and the field of the goal in which it is mended."""

    field: str
    flaw: Flaw


def kind_flaw(metric: Metric, kind: GoalKind) -> Flaw | None:
    """Why a kind of goal cannot be measured for a metric, or says nothing of it; None where it can."""
    if metric.nature is Nature.CONTENT and kind in _LEVELS:
        return Flaw.NO_MOVE
    if measure_of(metric, kind) is not None:
        return None
    return {GoalKind.TOTAL_IN_PERIOD: Flaw.NO_TOTAL, GoalKind.AVERAGE: Flaw.NO_MEAN}.get(kind, Flaw.NO_LEVEL)


def problems_of(goal: Goal, today: date, *, before: Goal | None = None) -> list[Problem]:
    """What is wrong with a goal that is to be saved, one problem a field at most.

    Args:
        goal: what is to be saved.
        today: the client's local day.
        before: the goal as it was, for one that is edited: a deadline that was there may have passed, and
            what a draft lacked it may go on to lack.
    """
    lacked = _lacks(before) if before is not None else frozenset()
    return [problem for problem in _problems(goal, today, before) if problem not in lacked]


def _lacks(goal: Goal) -> frozenset[Problem]:
    """What a goal does not say yet."""
    return frozenset(problem for problem in _problems(goal, goal.start, None) if problem.flaw in _LACKS)


def _problems(goal: Goal, today: date, before: Goal | None) -> list[Problem]:
    metric = METRICS[goal.metric]
    agreed = Flaw.AGREED_AHEAD if goal.agreed_on is not None and goal.agreed_on > today else None
    found = {
        "metric": Flaw.UNNAMED if goal.metric == UNNAMED else None,
        "kind": kind_flaw(metric, goal.kind),
        "amount": _amount_flaw(goal, metric),
        "period": Flaw.NO_PERIOD if goal.kind is GoalKind.KEEP_RATE and goal.period is None else None,
        "start": None if is_in_reach(goal.start, today) else Flaw.FAR_START,
        "deadline": _deadline_flaw(goal, today, before),
        "topic": _topic_flaw(goal, metric),
        "agreed_on": agreed,
    }
    return [Problem(field, flaw) for field, flaw in found.items() if flaw is not None]


def _topic_flaw(goal: Goal, metric: Metric) -> Flaw | None:
    if metric.needs_topic and not goal.topic:
        return Flaw.NEEDS_TOPIC
    return Flaw.NO_TOPIC if goal.topic and metric.source is not Source.POSTS else None


def _amount_flaw(goal: Goal, metric: Metric) -> Flaw | None:
    if goal.amount is None:
        return Flaw.NO_AMOUNT
    falls = metric.nature is Nature.LEVEL and goal.baseline is not None and goal.kind is GoalKind.GAIN
    may_fall = falls or (metric.less_is_better and goal.kind in _GAINS)
    return Flaw.NOT_POSITIVE if goal.amount == 0 or (goal.amount < 0 and not may_fall) else None


def _deadline_flaw(goal: Goal, today: date, before: Goal | None) -> Flaw | None:
    if goal.deadline is None:
        return None if goal.kind is GoalKind.KEEP_RATE else Flaw.NO_DEADLINE
    if goal.ends_early:
        return Flaw.BEFORE_START
    if not is_in_reach(goal.deadline, today):
        return Flaw.FAR_DEADLINE
    if (goal.deadline - goal.start).days > LONGEST_DAYS:
        return Flaw.TOO_LONG
    is_new = before is None or goal.deadline != before.deadline
    return Flaw.PAST if is_new and goal.deadline < today else None
