"""Goals, their revisions and stored verdicts, and the rows that the board is built of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from goals.board import GoalRow
from goals.metrics import METRICS, Source
from goals.model import AccountId, ClientId, Goal, GoalId, Revision
from store.errors import ConflictError, NotFoundError
from store.sqlite.people import PeopleReader, PeopleWriter
from store.sqlite.rows import (
    GOAL,
    day_or_none,
    goal_of,
    ids_json,
    moment_of,
    ordinal_or_none,
    seconds_of,
    seconds_or_none,
)
from store.values import MANUAL_NETWORK, Changes

if TYPE_CHECKING:
    from goals.evaluate import Evaluation

#: Builds a GoalRow from a tuple without a call into Python: ten thousand of them are read at once.
_goal_row = cast("Callable[[tuple[Any, ...]], GoalRow]", partial(tuple.__new__, GoalRow))

#: Triggers keep the goal's own words beside its verdict: a join would cost a tenth more.
_BOARD = f"SELECT {', '.join(GoalRow._fields)} FROM evaluation WHERE dropped = 0"
#: Clients of equal urgency come in the order in which `clients` gives them.
_URGENT = f"""{_BOARD} AND client_id IN (
    SELECT e.client_id FROM evaluation e JOIN client c ON c.id = e.client_id
    WHERE e.dropped = 0 AND c.archived = 0
    GROUP BY e.client_id ORDER BY max(e.urgency) DESC, c.kind, c.folded LIMIT ?)"""

_UNSEEN = {"id", "version", "author"}
#: While none of these changes, a baseline that was filled in meanwhile stays.
_BASELINE_DEPENDS_ON = ("metric", "kind", "network", "account_id", "topic", "start", "deadline")


class GoalReader(PeopleReader):
    """Reads goals."""

    def goals(self, client_id: ClientId | None = None, *, dropped: bool = False) -> list[Goal]:
        """Goals in the order they were added."""
        rows = self._db.rows(
            f"SELECT {GOAL} FROM goal WHERE (? OR dropped = 0) AND (? IS NULL OR client_id = ?) ORDER BY id",
            (dropped, client_id, client_id),
        )
        return [goal_of(row) for row in rows]

    def goal(self, goal_id: GoalId) -> Goal:
        """One goal. Raises NotFoundError."""
        row = self._db.row(f"SELECT {GOAL} FROM goal WHERE id = ?", (goal_id,))
        if row is None:
            raise NotFoundError(f"goal {goal_id}")
        return goal_of(row)

    def board_rows(self, client_ids: Iterable[ClientId] | None = None) -> list[GoalRow]:
        """Every goal of the clients (None: of all; dropped ones aside) with its stored evaluation."""
        if client_ids is None:
            return self._db.built(_goal_row, _BOARD)
        wanted = f"{_BOARD} AND client_id IN (SELECT value FROM json_each(?))"
        return self._db.built(_goal_row, wanted, (ids_json(client_ids),))

    def changes_since(self, mark: int) -> Changes:
        """What a board has to read again that was read at `mark`; 0 is before the first change."""
        rows = self._db.rows("SELECT client_id, mark, own_mark FROM client_change WHERE mark > ?", (mark,))
        return Changes(
            mark=max((at for _, at, _ in rows), default=mark),
            goals_of=frozenset(ClientId(number) for number, _, _ in rows),
            clients=any(own > mark for _, _, own in rows),
        )

    def bands(self, client_id: ClientId | None = None) -> dict[int, tuple[float, float]]:
        """The 80 % band (low, high) of the figure on the deadline, by goal; goals without one left out."""
        rows = self._db.rows(
            "SELECT goal_id, band_low, band_high FROM evaluation WHERE band_low IS NOT NULL"
            " AND dropped = 0 AND (? IS NULL OR client_id = ?)",
            (client_id, client_id),
        )
        return {goal_id: (low, high) for goal_id, low, high in rows}

    def urgent_rows(self, clients: int) -> list[GoalRow]:
        """The rows of the so many clients that have the most urgent goals: the top of the board."""
        return self._db.built(_goal_row, _URGENT, (clients,))

    def goals_touched(self, account_ids: Iterable[AccountId]) -> list[Goal]:
        """The goals whose scope holds one of the accounts (dropped ones aside).

        For one that was merged into another, these are the goals of the other one.
        """
        wanted = ids_json(set(account_ids))
        with self._db.snapshot():
            accounts = self._db.rows(
                "SELECT id, client_id, network FROM account WHERE id IN (SELECT value FROM json_each(?1))"
                " UNION SELECT kept.id, kept.client_id, kept.network FROM account gone JOIN account kept"
                " ON kept.client_id = gone.client_id AND kept.network = gone.network"
                " AND kept.network_id = gone.network_id AND kept.archived = 0"
                " WHERE gone.archived = 1 AND gone.id IN (SELECT value FROM json_each(?1))",
                (wanted,),
            )
            rows = self._db.rows(
                f"SELECT {GOAL} FROM goal WHERE dropped = 0 AND client_id IN"
                " (SELECT client_id FROM account WHERE id IN (SELECT value FROM json_each(?))) ORDER BY id",
                (wanted,),
            )
        touched = _Touched(accounts)
        return [goal for goal in map(goal_of, rows) if touched.holds(goal)]

    def not_judged_on(self, clients: Mapping[ClientId, date]) -> list[Goal]:
        """The goals without an evaluation of the client's given day."""
        days = {int(client): day.toordinal() for client, day in clients.items()}
        judged = self._db.rows("SELECT goal_id, client_id, judged_on FROM evaluation WHERE dropped = 0")
        stale = [number for number, client, judged_on in judged if judged_on != days.get(client, judged_on)]
        rows = self._db.rows(
            f"SELECT {GOAL} FROM goal WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (ids_json(stale),),
        )
        return [goal_of(row) for row in rows]

    def revisions(self, goal_id: GoalId) -> list[Revision]:
        """The changes of a goal, oldest first."""
        rows = self._db.rows(
            "SELECT number, made_at, author, why, agreed_on, changes FROM revision WHERE goal_id = ?"
            " ORDER BY number",
            (goal_id,),
        )
        return [
            Revision(
                goal_id=goal_id,
                number=number,
                made_at=moment_of(made_at),
                author=author,
                why=why,
                agreed_on=day_or_none(agreed_on),
                changes={name: (old, new) for name, (old, new) in json.loads(changes).items()},
            )
            for number, made_at, author, why, agreed_on, changes in rows
        ]


class GoalWriter(GoalReader, PeopleWriter):
    """Writes goals."""

    def add_goal(self, goal: Goal, *, author: str, now: datetime) -> GoalId:
        """Add a goal (its id is not looked at); its topic is made where the client has none of that name."""
        columns = _columns(goal) | {"version": 1, "author": author, "changed_at": seconds_of(now)}
        with self._db.transaction():
            if goal.topic:
                self.topic(goal.client_id, goal.topic)
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            number = self._db.add(
                f"INSERT INTO goal ({names}) VALUES ({marks})",
                tuple(columns.values()),
            )
        return GoalId(number)

    def update_goal(
        self, goal: Goal, *, author: str, now: datetime, why: str = "", agreed_on: date | None = None
    ) -> Goal:
        """Save an edited goal with a revision of what changed. Raises ConflictError.

        Where nothing changed and nothing is said, nothing is written. The goal waits for a new verdict.
        """
        with self._db.transaction():
            stored = self.goal(goal.id)
            if stored.version != goal.version:
                raise ConflictError(stored.author)
            edited = _with_stored_baseline(goal, stored)
            changes = _changes(stored, edited)
            if not changes and not why and agreed_on is None:
                return stored
            saved = replace(edited, version=stored.version + 1, author=author)
            if saved.topic:
                self.topic(saved.client_id, saved.topic)
            columns = _columns(saved) | {
                "version": saved.version,
                "author": author,
                "changed_at": seconds_of(now),
            }
            self._db.run(
                f"UPDATE goal SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",
                (*columns.values(), goal.id),
            )
            self._add_revision(Revision(goal.id, saved.version - 1, now, author, why, agreed_on, changes))
            self._db.run("UPDATE evaluation SET judged_on = 0 WHERE goal_id = ?", (goal.id,))
        return saved

    def _add_revision(self, revision: Revision) -> None:
        """Add the line of one change; a goal of version N has N - 1 of them."""
        self._db.run(
            "INSERT INTO revision (goal_id, number, made_at, author, why, agreed_on, changes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                revision.goal_id,
                revision.number,
                seconds_of(revision.made_at),
                revision.author,
                revision.why,
                ordinal_or_none(revision.agreed_on),
                json.dumps(revision.changes, ensure_ascii=False),
            ),
        )

    def set_baseline(self, goal_id: GoalId, baseline: float) -> None:
        """Fill in a baseline that was not known when the goal was set; no revision."""
        with self._db.transaction():
            self._db.run(
                "UPDATE goal SET baseline = ? WHERE id = ? AND baseline IS NULL", (baseline, goal_id)
            )

    def put_evaluations(self, evaluations: Iterable[Evaluation]) -> None:
        """Store the newest verdicts."""
        from goals.evaluate import Evaluation

        sets = ", ".join(f"{name} = ?" for name in Evaluation._fields[1:])
        with self._db.transaction():
            self._db.many(
                f"UPDATE evaluation SET {sets} WHERE goal_id = ?",
                [
                    (
                        item.judged_on.toordinal(),
                        item.status.value,
                        *item[3:-2],
                        seconds_or_none(item.as_of),
                        item.urgency,
                        item.goal_id,
                    )
                    for item in evaluations
                ],
            )


class _Touched:
    """Accounts, by which a goal's scope can be tried; a manual metric's scope is the hidden account."""

    def __init__(self, accounts: Iterable[tuple[int, int, str]]) -> None:
        self._ids, self._networks, self._clients = set(), set(), set()
        for number, client_id, network in accounts:
            self._ids.add(number)
            self._networks.add((client_id, network))
            if network != MANUAL_NETWORK:
                self._clients.add(client_id)

    def holds(self, goal: Goal) -> bool:
        """Whether one of the accounts is in the goal's scope."""
        metric = METRICS.get(goal.metric)
        if metric is not None and metric.source is Source.MANUAL:
            return (goal.client_id, MANUAL_NETWORK) in self._networks
        if goal.account_id is not None:
            return goal.account_id in self._ids
        if goal.network is not None:
            return (goal.client_id, goal.network) in self._networks
        return goal.client_id in self._clients


def _columns(goal: Goal) -> dict[str, object]:
    """The goal's columns as they are stored, without its id, version and author."""
    return {
        "client_id": goal.client_id,
        "account_id": goal.account_id,
        "network": goal.network,
        "metric": goal.metric,
        "kind": goal.kind.value,
        "amount": goal.amount,
        "period": None if goal.period is None else goal.period.value,
        "topic": goal.topic,
        "title": goal.title,
        "start": goal.start.toordinal(),
        "deadline": ordinal_or_none(goal.deadline),
        "baseline": goal.baseline,
        "agreed_on": ordinal_or_none(goal.agreed_on),
        "agreed_by": goal.agreed_by,
        "priority": goal.priority,
        "dropped": goal.dropped,
    }


def _with_stored_baseline(goal: Goal, stored: Goal) -> Goal:
    """The edited goal, with the baseline that was filled in while it was being edited."""
    if goal.baseline is not None or stored.baseline is None:
        return goal
    moved = any(getattr(goal, name) != getattr(stored, name) for name in _BASELINE_DEPENDS_ON)
    return goal if moved else replace(goal, baseline=stored.baseline)


def _changes(old: Goal, new: Goal) -> dict[str, tuple[str | None, str | None]]:
    changes = {}
    for field in fields(Goal):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _UNSEEN and before != after:
            changes[field.name] = (_as_text(before), _as_text(after))
    return changes


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
