"""Goals and their changes, and the rows that the board is built of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from goals.board import GoalRow
from goals.metrics import METRICS, SUMMED_OVER_CLIENTS, Source
from goals.model import AccountId, ClientId, Goal, GoalId
from store.errors import ConflictError, NotFoundError, NothingToUndoError
from store.sqlite.revisions import RevisionReader, RevisionWriter, changes_between, taken_back
from store.sqlite.rows import GOAL, goal_of, ids_json, ordinal_or_none, seconds_of
from store.sqlite.topics import TopicWriter
from store.values import MANUAL_NETWORK, Changes

if TYPE_CHECKING:
    from goals.revision import Revision

#: Builds a GoalRow from a tuple without a call into Python: ten thousand of them are read at once.
_goal_row = cast("Callable[[tuple[Any, ...]], GoalRow]", partial(tuple.__new__, GoalRow))

#: Triggers keep the goal's own words beside its verdict: a join would cost a tenth more.
_BOARD = f"SELECT {', '.join(GoalRow._fields)} FROM evaluation WHERE dropped = 0"
#: Clients of equal urgency come in the order in which `clients` gives them.
_URGENT = f"""{_BOARD} AND client_id IN (
    SELECT e.client_id FROM evaluation e JOIN client c ON c.id = e.client_id
    WHERE e.dropped = 0 AND c.archived = 0
    GROUP BY e.client_id ORDER BY max(e.urgency) DESC, c.kind, c.folded LIMIT ?)"""

#: The clients and manual metrics of which one of some accounts has figures.
_TOLD = f"""SELECT DISTINCT a.client_id, m.name FROM account a, metric m
    WHERE a.id IN (SELECT value FROM json_each(?)) AND a.network <> '{MANUAL_NETWORK}'
    AND m.name IN (SELECT value FROM json_each(?))
    AND EXISTS (SELECT 1 FROM reading r WHERE r.account_id = a.id AND r.metric_id = m.id)"""
_MANUAL = [metric.name for metric in METRICS.values() if metric.source is Source.MANUAL]

#: While none of these changes, a baseline that was filled in meanwhile stays.
_BASELINE_DEPENDS_ON = ("metric", "kind", "network", "account_id", "topic", "start", "deadline")
#: An account that was merged into another of its client leaves that one's network id behind.
_MERGED = """FROM account gone JOIN account kept ON kept.client_id = gone.client_id
    AND kept.network = gone.network AND kept.network_id = gone.network_id AND kept.archived = 0
    WHERE gone.archived = 1"""


class GoalReader(RevisionReader):
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

    def urgent_rows(self, clients: int) -> list[GoalRow]:
        """The rows of the so many clients that have the most urgent goals: the top of the board."""
        return self._db.built(_goal_row, _URGENT, (clients,))

    def goals_touched(self, account_ids: Iterable[AccountId]) -> list[Goal]:
        """The goals whose scope holds one of the accounts (dropped ones aside).

        For one that was merged into another, these are the goals of the other one. Figures logged for any
        client are in the scope of the specialist's own goals that sum them up.
        """
        wanted = ids_json(set(account_ids))
        with self._db.snapshot():
            me = self._db.value("SELECT id FROM client WHERE kind = 'self'")
            accounts = self._db.rows(
                "SELECT id, client_id, network FROM account WHERE id IN (SELECT value FROM json_each(?1))"
                f" UNION SELECT kept.id, kept.client_id, kept.network {_MERGED}"
                " AND gone.id IN (SELECT value FROM json_each(?1))",
                (wanted,),
            )
            told = self._db.rows(_TOLD, (wanted, json.dumps(_MANUAL)))
            rows = self._db.rows(
                f"SELECT {GOAL} FROM goal WHERE dropped = 0 AND (client_id IN"
                " (SELECT client_id FROM account WHERE id IN (SELECT value FROM json_each(?1)))"
                " OR client_id = ?2) ORDER BY id",
                (wanted, me),
            )
        touched = _Touched(accounts, me, told)
        return [goal for goal in map(goal_of, rows) if touched.holds(goal)]


class GoalWriter(GoalReader, RevisionWriter, TopicWriter):
    """Writes goals."""

    def add_goal(self, goal: Goal, *, author: str, now: datetime) -> GoalId:
        """Add a goal (its id is not looked at); its topic is made where the client has none of that name.

        Raises ValueError for a goal that ends before it starts.
        """
        _refuse_early_end(goal)
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

        Raises ValueError for days by which the goal would end before it starts. Where nothing changed and
        nothing is said, nothing is written. The goal waits for a new verdict.
        """
        from goals.revision import Revision

        with self._db.transaction():
            stored = self.goal(goal.id)
            if stored.version != goal.version:
                raise ConflictError(stored.author)
            edited = _with_stored_baseline(goal, stored)
            changes = changes_between(stored, edited)
            if not changes.keys().isdisjoint({"start", "deadline"}):
                _refuse_early_end(edited)
            if not changes and not why and agreed_on is None:
                return stored
            revision = Revision(goal.id, stored.version, now, author, why, agreed_on, changes)
            return self._save(edited, revision)

    def undo_goal(self, goal_id: GoalId, *, author: str, now: datetime) -> Goal:
        """Take back the newest change or yes that was not taken back yet, by a revision of its own.

        Raises NothingToUndoError where there is none: a goal that was added is dropped instead.
        """
        from goals.revision import Revision

        with self._db.transaction():
            stored = self.goal(goal_id)
            newest = self._newest_change(goal_id)
            if newest is None:
                raise NothingToUndoError(f"goal {goal_id}")
            number, changes = newest
            before = taken_back(stored, changes)
            if before.account_id is not None:
                before = replace(before, account_id=self._kept_account(before.account_id))
            undone = changes_between(stored, before)
            revision = Revision(goal_id, stored.version, now, author, "", None, undone, undoes=number)
            return self._save(before, revision)

    def _save(self, goal: Goal, revision: Revision) -> Goal:
        """Write an edited goal with the line of its change; a revision's number is the version it ended."""
        saved = replace(goal, version=revision.number + 1, author=revision.author)
        if saved.topic:
            self.topic(saved.client_id, saved.topic)
        columns = _columns(saved) | {
            "version": saved.version,
            "author": saved.author,
            "changed_at": seconds_of(revision.made_at),
        }
        self._db.run(
            f"UPDATE goal SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",
            (*columns.values(), saved.id),
        )
        self._add_revision(revision)
        self._db.run("UPDATE evaluation SET judged_on = 0 WHERE goal_id = ?", (saved.id,))
        return saved

    def _kept_account(self, account_id: AccountId) -> AccountId:
        """The account, or the one that it was merged into."""
        kept = self._db.value(f"SELECT kept.id {_MERGED} AND gone.id = ?", (account_id,))
        return account_id if kept is None else AccountId(kept)

    def set_baseline(self, goal_id: GoalId, baseline: float) -> None:
        """Fill in a baseline that was not known when the goal was set; no revision."""
        with self._db.transaction():
            self._db.run(
                "UPDATE goal SET baseline = ? WHERE id = ? AND baseline IS NULL", (baseline, goal_id)
            )


def _refuse_early_end(goal: Goal) -> None:
    """No goal is written that ends before it starts, whoever asks."""
    if goal.ends_early:
        raise ValueError(f"the goal would end on {goal.deadline}, before its start {goal.start}")


class _Touched:
    """Accounts, by which a goal's scope can be tried.

    `told` are the clients and manual metrics of which one of the accounts has figures of its own.
    """

    def __init__(
        self, accounts: Iterable[tuple[int, int, str]], me: int | None, told: Iterable[tuple[int, str]]
    ) -> None:
        self._me, self._logged = me, False
        self._told = set(told)
        self._ids, self._networks, self._clients = set(), set(), set()
        for number, client_id, network in accounts:
            self._ids.add(number)
            self._networks.add((client_id, network))
            if network == MANUAL_NETWORK:
                self._logged = True
            else:
                self._clients.add(client_id)

    def holds(self, goal: Goal) -> bool:
        """Whether one of the accounts is in the goal's scope."""
        metric = METRICS.get(goal.metric)
        if metric is not None and metric.source is Source.MANUAL:
            sums_up = goal.client_id == self._me and goal.metric in SUMMED_OVER_CLIENTS
            is_logged = (goal.client_id, MANUAL_NETWORK) in self._networks or (sums_up and self._logged)
            return is_logged or (goal.client_id, goal.metric) in self._told
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
        "wish": goal.wish,
        "term": goal.term,
    }


def _with_stored_baseline(goal: Goal, stored: Goal) -> Goal:
    """The edited goal, with the baseline that was filled in while it was being edited."""
    if goal.baseline is not None or stored.baseline is None:
        return goal
    moved = any(getattr(goal, name) != getattr(stored, name) for name in _BASELINE_DEPENDS_ON)
    return goal if moved else replace(goal, baseline=stored.baseline)
