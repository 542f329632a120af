"""One change of a goal. It stands apart from goals.records: each list of goals reads the changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goals.model import GoalId


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a goal: append-only. `changes` maps a field's name to (old, new) as text.

    `undoes` is the number of the revision that this one took back.
    """

    goal_id: GoalId
    number: int
    made_at: datetime
    author: str
    why: str
    agreed_on: date | None
    changes: dict[str, tuple[str | None, str | None]]
    undoes: int | None = None
