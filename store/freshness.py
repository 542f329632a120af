"""Where the figures of a goal come from, over the store's contract only."""

from __future__ import annotations

from goals.metrics import METRICS, Source
from goals.model import Goal
from store.contract import Reader


def is_from_file(reader: Reader, goal: Goal) -> bool:
    """Whether the goal has accounts and none of them was ever read from its network."""
    if METRICS[goal.metric].source is Source.MANUAL:
        return False
    mine = [
        account.id
        for account in reader.accounts(goal.client_id)
        if goal.account_id in {None, account.id} and goal.network in {None, account.network}
    ]
    return bool(mine) and not reader.last_reads().keys() & set(mine)
