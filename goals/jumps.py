"""Jumps of a level: it grew by more than half within days, which is doubtful until somebody confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from goals.facts import DayValue
    from goals.model import AccountId

#: A level that grew by more than half within days is doubtful, as a fall by half is (sync holds that back).
JUMP = 1.5
JUMP_DAYS = timedelta(days=3)
#: A jump is told, and kept out of the forecast, for eight weeks: then it is history (ours).
MEMORY = timedelta(days=56)
#: Fewer people may well double at once; the same as for a fall.
FEW_PEOPLE = 20


class Jump(NamedTuple):
    """What a level was, and what it is from the day `day` on."""

    was: float
    now: float
    day: date


def jump_of(days: Sequence[DayValue], today: date) -> Jump | None:
    """The newest jump of a level (days oldest first) that was not undone: it is still that high."""
    recent = [point for point in days if today - MEMORY <= point.day <= today]
    for before, after in reversed(list(pairwise(recent))):
        near = after.day - before.day <= JUMP_DAYS and before.value >= FEW_PEOPLE
        if near and min(after.value, recent[-1].value) > JUMP * before.value:
            return Jump(before.value, after.value, after.day)
    return None


def key_of_jump(account_id: AccountId | int, day: date) -> str:
    """The key of the warning about a jump: acknowledging that confirms the jump."""
    return f"jump:account:{account_id}:{day.isoformat()}"
