"""Runs, their units and leases, cursors, and what must be remembered of tokens between runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from goals.model import AccountId
from store.errors import LeaseLostError, NotFoundError
from store.sqlite.base import Part
from store.sqlite.rows import ids_json, moment_of, moment_or_none, seconds_of
from store.values import Block, RunRecord, RunStatus, TroubleRecord, UnitCounts, UnitRecord, UnitStatus

if TYPE_CHECKING:
    from store.changes import UnitOutcome

#: Runs and counted calls are forgotten after this long.
_KEEP_RUNS = timedelta(days=90)
_KEEP_CALLS = timedelta(days=2)
_UNIT = (
    "account_id, status, finished_at, readings, posts, requests,"
    " trouble_kind, trouble_code, trouble_detail, trouble_facts"
)


class RunReader(Part):
    """Reads what runs have left."""

    def cursors(self, account_id: AccountId) -> dict[str, str]:
        """Where each part of the account's last reading ended."""
        return dict(
            self._db.rows("SELECT part, value FROM cursor WHERE account_id = ? ORDER BY part", (account_id,))
        )

    def blocks(self, now: datetime) -> list[Block]:
        """Methods of tokens that must not be called at `now`."""
        rows = self._db.rows(
            "SELECT token, method, until, code, scope FROM token_block WHERE until > ?"
            " ORDER BY token, method, scope",
            (seconds_of(now),),
        )
        return [
            Block(token, method, moment_of(until), code, scope) for token, method, until, code, scope in rows
        ]

    def calls_since(self, token: str, method: str, since: datetime) -> int:
        """How many calls of `method` the token has made since."""
        return int(
            self._db.value(
                "SELECT coalesce(sum(calls), 0) FROM token_call"
                " WHERE token = ? AND method = ? AND made_at >= ?",
                (token, method, seconds_of(since)),
            )
        )

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """The newest runs, newest first."""
        rows = self._db.rows(
            "SELECT id, started_at, finished_at, status, requests FROM run ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [
            RunRecord(number, moment_of(started), moment_or_none(finished), RunStatus(status), requests)
            for number, started, finished, status, requests in rows
        ]

    def units(self, run_id: int) -> list[UnitRecord]:
        """The units of a run."""
        rows = self._db.rows(
            f"SELECT {_UNIT} FROM unit WHERE run_id = ? ORDER BY finished_at, account_id",
            (run_id,),
        )
        return [_unit_of(row) for row in rows]

    def last_units(self) -> list[UnitRecord]:
        """The newest unit of each account."""
        rows = self._db.rows(
            f"SELECT {_UNIT} FROM unit u WHERE run_id = (SELECT max(run_id) FROM unit"
            " WHERE account_id = u.account_id) ORDER BY account_id"
        )
        return [_unit_of(row) for row in rows]

    def last_reads(self) -> dict[AccountId, datetime]:
        """When each account was last read from its network, be it only in part; those never read left out."""
        rows = self._db.rows(
            "SELECT account_id, max(finished_at) FROM unit WHERE status IN (?, ?) GROUP BY account_id"
            " UNION ALL SELECT id, last_ok_at FROM account WHERE last_ok_at IS NOT NULL",
            (UnitStatus.OK.value, UnitStatus.PARTIAL.value),
        )
        found: dict[AccountId, datetime] = {}
        for number, at in rows:
            account_id, moment = AccountId(number), moment_of(at)
            found[account_id] = max(moment, found.get(account_id, moment))
        return found


class RunWriter(RunReader):
    """Writes runs and what is remembered of tokens."""

    def start_run(self, now: datetime) -> int:
        """Begin a run; its id is the fence of its claims. Runs of long ago are forgotten."""
        with self._db.transaction():
            self._db.run("DELETE FROM run WHERE started_at < ?", (seconds_of(now - _KEEP_RUNS),))
            return self._db.add(
                "INSERT INTO run (started_at, status) VALUES (?, ?)",
                (seconds_of(now), RunStatus.RUNNING.value),
            )

    def claim(self, run_id: int, account_ids: Iterable[AccountId]) -> None:
        """Take the accounts for this run; an earlier run's commits on them are refused from now on.

        Raises LeaseLostError when a later run has taken one of them, NotFoundError for one that is not there.
        """
        wanted = set(account_ids)
        with self._db.transaction():
            known = self._db.value(
                "SELECT count(*) FROM account WHERE id IN (SELECT value FROM json_each(?))",
                (ids_json(wanted),),
            )
            if known < len(wanted):
                raise NotFoundError(f"accounts {sorted(wanted)}")
            taken = self._db.run(
                "UPDATE account SET fence = ? WHERE fence <= ? AND id IN (SELECT value FROM json_each(?))",
                (run_id, run_id, ids_json(wanted)),
            ).rowcount
            if taken < len(wanted):
                raise LeaseLostError(f"run {run_id}")

    def finish_run(self, run_id: int, status: RunStatus, requests: int, now: datetime) -> None:
        """End a run."""
        with self._db.transaction():
            self._db.run(
                "UPDATE run SET status = ?, requests = ?, finished_at = ? WHERE id = ?",
                (status.value, requests, seconds_of(now), run_id),
            )

    def block(self, block: Block) -> None:
        """Remember that a token's method must not be called for a while; the longer block holds."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO token_block (token, method, scope, until, code) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (token, method, scope) DO UPDATE SET until = excluded.until,"
                " code = excluded.code WHERE excluded.until > token_block.until",
                (block.token, block.method, block.scope, seconds_of(block.until), block.code),
            )

    def unblock(self, token: str) -> None:
        """Forget all blocks of a token (it was replaced)."""
        with self._db.transaction():
            self._db.run("DELETE FROM token_block WHERE token = ?", (token,))

    def count_calls(self, token: str, method: str, calls: int, now: datetime) -> None:
        """Add to a token's calls of a method that has a daily limit."""
        with self._db.transaction():
            self._db.run("DELETE FROM token_call WHERE made_at < ?", (seconds_of(now - _KEEP_CALLS),))
            self._db.run(
                "INSERT INTO token_call (token, method, made_at, calls) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (token, method, made_at) DO UPDATE SET calls = calls + excluded.calls",
                (token, method, seconds_of(now), calls),
            )

    def _check_lease(self, account_id: AccountId, fence: int) -> None:
        held = self._db.value("SELECT fence FROM account WHERE id = ?", (account_id,))
        if held is None:
            raise NotFoundError(f"account {account_id}")
        if held != fence:
            raise LeaseLostError(f"account {account_id}")

    def _write_cursors(self, unit: UnitOutcome) -> None:
        self._db.many(
            "INSERT INTO cursor (account_id, part, value) VALUES (?, ?, ?)"
            " ON CONFLICT (account_id, part) DO UPDATE SET value = excluded.value",
            [(unit.account_id, part, value) for part, value in unit.cursors.items()],
        )

    def _write_unit(self, unit: UnitOutcome, run_id: int, counts: UnitCounts) -> None:
        trouble = unit.trouble
        told = (
            (None, None, None, None)
            if trouble is None
            else (
                trouble.kind,
                trouble.code,
                trouble.detail,
                json.dumps(dict(trouble.facts), ensure_ascii=False),
            )
        )
        self._db.run(
            f"INSERT OR REPLACE INTO unit (run_id, {_UNIT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run_id,
                unit.account_id,
                unit.status.value,
                seconds_of(unit.finished_at),
                *counts,
                unit.requests,
                *told,
            ),
        )


def _unit_of(row: tuple[Any, ...]) -> UnitRecord:
    account_id, status, finished_at, readings, posts, requests, kind, code, detail, facts = row
    trouble = None if kind is None else TroubleRecord(kind, code, detail, json.loads(facts))
    return UnitRecord(
        AccountId(account_id), UnitStatus(status), moment_of(finished_at), readings, posts, requests, trouble
    )
