"""The part of a store's contract about the days between two calls: check-ins, calls, materials, ticks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from goals.model import ClientId, GoalId
from goals.records import Call, CheckIn, DoneMark, Material


class RhythmReader(Protocol):
    """Reading what was said and done between two calls."""

    def check_ins(self, client_id: ClientId | None, since: date) -> list[CheckIn]:
        """The check-ins of the client's goals (None: of all) from a day on, oldest first."""

    def last_check_ins(self, goal_ids: Iterable[GoalId]) -> dict[GoalId, list[CheckIn]]:
        """The newest two check-ins of each goal, the newest first; goals without one left out."""

    def calls(self, client_id: ClientId) -> list[Call]:
        """The calls with the client, oldest first."""

    def materials(self, client_id: ClientId | None = None, *, received: bool = False) -> list[Material]:
        """What is awaited from the client (None: from all), the longest first; with `received` all of it."""

    def done_marks(self, client_id: ClientId, since: date) -> list[DoneMark]:
        """The ticks of the client's tasks that are for a day from `since` on, by day."""


class RhythmWriter(RhythmReader, Protocol):
    """Writing it. `author` is who makes the change, `now` when."""

    def add_check_ins(self, check_ins: Iterable[CheckIn]) -> None:
        """Add check-ins (ids are not looked at): the last of a day holds, a rule's never over a person's."""

    def remove_check_in(self, goal_id: GoalId, day: date) -> None:
        """Take back what was said of a goal on a day. Raises NotFoundError."""

    def add_call(self, call: Call) -> int:
        """Add a call (its id is not looked at)."""

    def remove_call(self, call_id: int) -> None:
        """Take a call back; goals that its decisions changed stay as they are. Raises NotFoundError."""

    def add_material(self, material: Material, *, author: str, now: datetime) -> int:
        """Add what the client was asked for (its id is not looked at)."""

    def update_material(self, material: Material, *, author: str, now: datetime) -> Material:
        """Save what is awaited, or that it came. Raises ConflictError."""

    def remove_material(self, material: Material) -> None:
        """Take back that the client was asked. Raises ConflictError where it was changed since."""

    def add_done_mark(self, mark: DoneMark) -> None:
        """Tick a task off; where it is ticked already, that tick stays."""

    def remove_done_mark(self, mark: DoneMark) -> None:
        """Take a tick back as it was made. Raises NotFoundError where it is gone or somebody else's."""
