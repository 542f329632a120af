"""The board: the immutable value that the dashboard draws, everything evaluated for one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import NamedTuple

from goals.model import Client, ClientId


class GoalRow(NamedTuple):
    """One goal as the board shows it: the goal's own words beside its stored evaluation.

    `account` is the handle of the goal's one account, where its client has others in that network.

    The texts of `status`, `metric`, `kind` and `period` are the ids of goals.model; days are
    ordinals and moments Unix seconds, so that ten thousand rows come out of the store as they are.
    """

    goal_id: int
    client_id: int
    account_id: int | None
    account: str | None
    network: str | None
    metric: str
    kind: str
    amount: float | None
    period: str | None
    topic: str | None
    title: str
    start: int
    deadline: int | None
    baseline: float | None
    status: str
    current: float | None
    target: float | None
    progress: float | None
    expected: float | None
    safe_days: int | None
    needed_per_day: float | None
    due_today: int | None
    planned_today: int
    chance: float | None
    as_of: int | None
    urgency: int


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """A client with its goals, the most urgent first."""

    client: Client
    goals: tuple[GoalRow, ...]

    @property
    def urgency(self) -> int:
        """The urgency of the most urgent goal."""
        return self.goals[0].urgency if self.goals else -1_000_000


@dataclass(frozen=True, slots=True)
class Board:
    """All clients with their goals by urgency, for the moment `now` and the day `today`.

    `data_as_of` is when figures last arrived from a network or by an import, None before the first.
    `mark` is the store's mark of change when this was read, `clients` are the clients in its order.
    """

    now: datetime
    today: date
    groups: tuple[ClientGroup, ...]
    data_as_of: datetime | None
    demo: bool = False
    mark: int = 0
    clients: tuple[Client, ...] = ()

    @property
    def goal_count(self) -> int:
        """How many goals the board holds."""
        return sum(len(group.goals) for group in self.groups)


_by_urgency = attrgetter("urgency")
_row_urgency = itemgetter(GoalRow._fields.index("urgency"))


def build_board(
    clients: Sequence[Client],
    rows: Iterable[GoalRow],
    *,
    now: datetime,
    today: date,
    data_as_of: datetime | None = None,
    demo: bool = False,
    mark: int = 0,
    kept: Mapping[ClientId, ClientGroup] | None = None,
) -> Board:
    """Group `rows` under their clients and put the most urgent first; archived clients are left out.

    `kept` are the groups of an earlier board whose goals are as they were: `rows` has nothing of them.
    """
    known = kept or {}
    goals: dict[int, list[GoalRow]] = {int(c.id): [] for c in clients if not c.archived and c.id not in known}
    for row in sorted(rows, key=_row_urgency, reverse=True):
        bucket = goals.get(row[1])
        if bucket is not None:
            bucket.append(row)
    groups = [
        _regrouped(known[c.id], c) if c.id in known else ClientGroup(c, tuple(goals[int(c.id)]))
        for c in clients
        if not c.archived
    ]
    groups.sort(key=_by_urgency, reverse=True)
    return Board(now, today, tuple(groups), data_as_of, demo, mark, tuple(clients))


def _regrouped(group: ClientGroup, client: Client) -> ClientGroup:
    return group if group.client == client else ClientGroup(client, group.goals)
