"""From a draft to a goal of a client: what words left open is filled in, or stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.draft import OTHER_MONEY, is_monthly_level
from goals.metrics import METRICS, UNNAMED, Source
from goals.model import Goal, GoalId, GoalKind, Period

if TYPE_CHECKING:
    from goals.draft import Draft
    from goals.model import Account, ClientId

#: A month with fewer days left is too short to reach anything in.
_SHORTEST = timedelta(days=7)


def month_end(today: date) -> date:
    """The last day of this month; of the next one where fewer than seven days are left."""
    first = today.replace(day=1)
    last = _next_month(first) - timedelta(days=1)
    return last if last - today >= _SHORTEST else _next_month(_next_month(first)) - timedelta(days=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def goal_of(
    draft: Draft,
    client_id: ClientId,
    today: date,
    *,
    account: Account | None = None,
    wish: str = "",
    priority: int | None = None,
) -> Goal:
    """The goal that a draft means for a client; one that lacks something is a draft in the list too.

    A wish that names no measure is kept as `UNNAMED`, under its own words. What is logged by hand belongs
    to the client and names no account. What comes to a level each month («доход 200к в месяц») and adds up
    is a rate. An amount in another currency is left open, and so is a deadline before the start.
    """
    metric = draft.metric if draft.metric in METRICS else UNNAMED
    by_hand = METRICS[metric].source is Source.MANUAL
    network = account.network if account is not None else draft.network
    kind = _kind_of(draft)
    return Goal(
        id=GoalId(0),
        client_id=client_id,
        metric=metric,
        kind=kind,
        amount=None if draft.unit in OTHER_MONEY else draft.amount,
        start=draft.start or today,
        network=None if by_hand else network,
        account_id=None if by_hand or account is None else account.id,
        topic=draft.topic if METRICS[metric].source is Source.POSTS else None,
        period=(draft.period or Period.WEEK) if kind is GoalKind.KEEP_RATE else None,
        deadline=None if _ends_early(draft, today) else draft.deadline,
        baseline=draft.baseline,
        priority=priority,
        title=wish if metric == UNNAMED else "",
        wish=wish,
    )


def _ends_early(draft: Draft, today: date) -> bool:
    """Whether what was said ends before it starts; a day that has passed already says itself that it has."""
    return draft.deadline is not None and draft.deadline < (draft.start or today)


def _kind_of(draft: Draft) -> GoalKind:
    """The kind as a goal has it; a level of what adds up, again and again, is so much each time."""
    return GoalKind.KEEP_RATE if is_monthly_level(draft) else draft.kind or GoalKind.GAIN


def named(goal: Goal) -> Goal:
    """The goal, by its own words no more where these were a wish whose measure has been named since."""
    if goal.metric != UNNAMED and goal.wish and goal.title == goal.wish:
        return replace(goal, title="")
    return goal
