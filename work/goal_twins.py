"""Goals that say what another living one of the client says already."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from goals.evaluate import is_complete
from goals.metrics import METRICS, Source
from wording.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from goals.model import Account, Goal

#: Goals that end further apart than this are steps of one way.
_APART = timedelta(days=31)


def twin_of(goal: Goal, living: Iterable[Goal], accounts: Sequence[Account], today: date) -> Goal | None:
    """A living goal of the same client about the same, on days that overlap; None where there is none.

    A goal that is but a draft has no twin and is none: a wish is kept whatever there is beside it.
    `accounts` are the client's: a goal on a network with one account is about that account.
    """
    if not is_complete(goal):
        return None
    return next((other for other in living if _is_twin(goal, other, accounts, today)), None)


def _is_twin(goal: Goal, other: Goal, accounts: Sequence[Account], today: date) -> bool:
    if other.dropped or not is_complete(other) or (other.deadline is not None and other.deadline < today):
        return False
    same = _about(goal) == _about(other) and _scope(goal, accounts) == _scope(other, accounts)
    return same and _overlap(goal, other)


def _about(goal: Goal) -> tuple[object, ...]:
    return goal.client_id, goal.metric, goal.kind, goal.period, folded(goal.topic) if goal.topic else None


def _scope(goal: Goal, accounts: Sequence[Account]) -> object:
    """The accounts that the goal is about; its network where the client has none there yet."""
    if METRICS[goal.metric].source is Source.MANUAL:
        return None
    covered = frozenset(
        account.id
        for account in accounts
        if goal.account_id in {None, account.id} and goal.network in {None, account.network}
    )
    return covered or (goal.network, goal.account_id)


def _overlap(one: Goal, other: Goal) -> bool:
    """Whether goals share days and end about the same time."""
    if one.deadline and other.deadline and abs(one.deadline - other.deadline) > _APART:
        return False
    begins_in_time = other.deadline is None or one.start <= other.deadline
    return begins_in_time and (one.deadline is None or other.start <= one.deadline)
