"""The specialist's own goals of a month: there is nobody to agree them with, they go on as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.amended import share_days
from goals.metrics import METRICS
from goals.model import Goal, GoalId, GoalKind, Period
from goals.pace import period_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Renewal(NamedTuple):
    """A goal as it would be in the month, and the one that lives in it already."""

    goal: Goal
    live: Goal | None


def renewals(goals: Iterable[Goal], today: date, first: date, last: date) -> list[Renewal]:
    """Each own goal that ran this month or the one before `first`, again for the days from `first` to `last`.

    The amount stays, what it starts from is measured afresh. Goals that stand on a line of an agreement
    are left to it.

    Args:
        goals: the specialist's goals, without dropped ones.
        today: the specialist's local day.
        first: the first day of the month.
        last: its last day.
    """
    since = min(period_of(Period.MONTH, day)[0] for day in (today, first - timedelta(days=1)))
    newest: dict[tuple[object, ...], Goal] = {}
    for goal in sorted(goals, key=lambda each: (each.start, each.id)):
        recent = goal.deadline is None or goal.deadline >= since
        if goal.term is None and recent and goal.start <= last:
            newest[_key(goal)] = goal
    found = []
    for goal in newest.values():
        following = replace(
            goal,
            id=GoalId(0),
            start=first,
            deadline=last,
            baseline=None,
            agreed_by=None,
            agreed_on=None,
            version=1,
        )
        found.append(Renewal(following, goal if share_days(goal, following) else None))
    return found


def is_reached(goal: Goal, now: float | None) -> bool:
    """Whether a level is reached before the goal for it begins: it asks for nothing any more."""
    if goal.kind is not GoalKind.REACH_LEVEL or goal.amount is None or now is None:
        return False
    return now <= goal.amount if METRICS[goal.metric].less_is_better else now >= goal.amount


def _key(goal: Goal) -> tuple[object, ...]:
    """What two goals of different months have in common."""
    topic = (goal.topic or "").casefold()
    return goal.metric, goal.kind, goal.network, goal.account_id, topic, goal.period, goal.title
