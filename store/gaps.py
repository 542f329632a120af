"""What is missing of a goal's count, over the store's contract only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.gaps import Days, missing_days

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Goal
    from store.contract import Reader


def missing_of(reader: Reader, goal: Goal, today: date) -> list[Days]:
    """The stretches of days that were not collected in the goal's scope (see `goals.gaps.missing_days`)."""
    gaps = [
        gap
        for account in reader.accounts(goal.client_id, archived=goal.account_id is not None)
        if goal.account_id in {None, account.id} and goal.network in {None, account.network}
        for gap in reader.gaps(account.id)
    ]
    return missing_days(goal, gaps, today)
