"""Readings with the newest of each kept beside them, gaps, and figures logged by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from goals.metrics import METRICS, Nature
from goals.model import AccountId, ClientId, Exactness, Gap, Reading
from store.errors import NotFoundError
from store.sqlite.people import PeopleReader, PeopleWriter
from store.sqlite.rows import (
    EXACTNESS,
    EXACTNESS_CODE,
    day_of,
    ids_json,
    moment_of,
    moment_or_none,
    seconds_of,
)
from store.values import ImportCounts

if TYPE_CHECKING:
    from goals.records import Entry

_ROUNDED = EXACTNESS_CODE[Exactness.ROUNDED]
_EXACT = EXACTNESS_CODE[Exactness.EXACT]
#: A later figure of the same day replaces an earlier one; a rounded one does not replace an exact one.
_UPSERT = f"""INSERT INTO reading (account_id, metric_id, day, value, exactness, taken_at)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, metric_id, day) DO UPDATE
    SET value = excluded.value, exactness = excluded.exactness, taken_at = excluded.taken_at
    WHERE NOT (excluded.exactness = {_ROUNDED} AND reading.exactness = {_EXACT})"""
#: For figures of which none is stored yet; what it leaves out, the upsert then writes or refuses.
_INSERT = """INSERT OR IGNORE INTO reading (account_id, metric_id, day, value, exactness, taken_at)
    VALUES (?, ?, ?, ?, ?, ?)"""
#: Makes the newest reading of an account and metric from those that are stored.
NEWEST = """INSERT INTO latest (account_id, metric_id, day, value, exactness, taken_at)
    SELECT account_id, metric_id, day, value, exactness, taken_at FROM reading
    WHERE account_id = ? AND metric_id = ? ORDER BY day DESC LIMIT 1
    ON CONFLICT (account_id, metric_id) DO UPDATE
    SET day = excluded.day, value = excluded.value, exactness = excluded.exactness,
        taken_at = excluded.taken_at"""


_OF_SERIES = "FROM reading WHERE account_id = ? AND metric_id = ? AND day BETWEEN ? AND ?"
_NAME, _DAY, _VALUE, _EXACTNESS, _TAKEN_AT = map(itemgetter, range(1, len(Reading._fields)))
#: (value, code of exactness) by (metric id, day).
_Figures = dict[tuple[int, int], tuple[float, int]]


class FigureReader(PeopleReader):
    """Reads figures of accounts and clients."""

    def data_as_of(self, client_id: ClientId | None = None) -> datetime | None:
        """When figures last arrived from a network or by an import."""
        return moment_or_none(
            self._db.value(
                "SELECT max(data_at) FROM account WHERE ? IS NULL OR client_id = ?", (client_id, client_id)
            )
        )

    def latest(self, account_ids: Iterable[AccountId]) -> list[Reading]:
        """The newest reading of each metric of the accounts."""
        rows = self._db.rows(
            "SELECT l.account_id, m.name, l.day, l.value, l.exactness, l.taken_at"
            " FROM latest l JOIN metric m ON m.id = l.metric_id"
            " WHERE l.account_id IN (SELECT value FROM json_each(?)) ORDER BY l.account_id, m.name",
            (ids_json(account_ids),),
        )
        return [
            Reading(AccountId(account), name, day_of(day), value, EXACTNESS[exactness], moment_of(taken_at))
            for account, name, day, value, exactness, taken_at in rows
        ]

    def gaps(self, account_id: AccountId) -> list[Gap]:
        """The known gaps of an account."""
        rows = self._db.rows(
            "SELECT m.name, g.first, g.last, g.reason FROM gap g JOIN metric m ON m.id = g.metric_id"
            " WHERE g.account_id = ? ORDER BY m.name, g.first, g.reason",
            (account_id,),
        )
        return [
            Gap(account_id, name, day_of(first), day_of(last), reason) for name, first, last, reason in rows
        ]

    def entries(self, client_id: ClientId, metric: str | None = None) -> list[Entry]:
        """Figures logged by hand, oldest first."""
        from goals.records import Entry

        rows = self._db.rows(
            "SELECT e.id, m.name, e.day, e.amount, e.note, e.author, e.made_at"
            " FROM entry e JOIN metric m ON m.id = e.metric_id"
            " WHERE e.client_id = ? AND (? IS NULL OR m.name = ?) ORDER BY e.day, e.id",
            (client_id, metric, metric),
        )
        return [
            Entry(number, client_id, name, day_of(day), amount, note, author, moment_of(made_at))
            for number, name, day, amount, note, author, made_at in rows
        ]


class FigureWriter(FigureReader, PeopleWriter):
    """Writes figures; the methods with an underscore are parts of a larger transaction."""

    def log_entry(self, entry: Entry) -> int:
        """Log a manual figure (its id is not looked at); the day's reading is brought up to it."""
        with self._db.transaction():
            account_id = self.manual_account(entry.client_id)
            metric_id = self._made_metric_ids([entry.metric])[entry.metric]
            day = entry.day.toordinal()
            key = (entry.client_id, metric_id, day)
            imported = self._unlogged(account_id, key, entry.metric)
            number = self._db.add(
                "INSERT INTO entry (client_id, metric_id, day, amount, note, author, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, entry.amount, entry.note, entry.author, seconds_of(entry.made_at)),
            )
            self._bring_up(account_id, key, entry.metric, imported)
        return number

    def remove_entry(self, entry_id: int) -> None:
        """Take a logged figure back. Raises NotFoundError."""
        with self._db.transaction():
            row = self._db.row(
                "SELECT e.client_id, e.metric_id, e.day, m.name FROM entry e JOIN metric m"
                " ON m.id = e.metric_id WHERE e.id = ?",
                (entry_id,),
            )
            if row is None:
                raise NotFoundError(f"entry {entry_id}")
            client_id, metric_id, day, name = row
            key = (client_id, metric_id, day)
            account_id = self.manual_account(client_id)
            imported = self._unlogged(account_id, key, name)
            self._db.run("DELETE FROM entry WHERE id = ?", (entry_id,))
            self._bring_up(account_id, key, name, imported)

    def _unlogged(self, account_id: AccountId, key: tuple[int, int, int], metric: str) -> float | None:
        """What the day's reading holds beyond the day's entries: a total that came by an import."""
        if METRICS[metric].nature is not Nature.TOTAL:
            return None
        value = self._db.value(
            "SELECT value FROM reading WHERE account_id = ? AND metric_id = ? AND day = ?",
            (account_id, *key[1:]),
        )
        if value is None:
            return None
        logged = self._db.value(
            "SELECT total(amount) FROM entry WHERE client_id = ? AND metric_id = ? AND day = ?", key
        )
        rest = float(value - logged)
        return rest if abs(rest) > 1e-6 * max(1.0, abs(value)) else None

    def _bring_up(
        self, account_id: AccountId, key: tuple[int, int, int], metric: str, imported: float | None
    ) -> None:
        """Make the day's reading from its entries: their sum for a total, the last one for a level."""
        rows = self._db.rows(
            "SELECT amount, made_at FROM entry WHERE client_id = ? AND metric_id = ? AND day = ? ORDER BY id",
            key,
        )
        _, metric_id, day = key
        amounts = [amount for amount, _ in rows]
        if METRICS[metric].nature is Nature.TOTAL:
            value = sum(amounts) + (imported or 0.0) if amounts or imported is not None else None
        else:
            value = amounts[-1] if amounts else None
        if value is None:
            self._db.run(
                "DELETE FROM reading WHERE account_id = ? AND metric_id = ? AND day = ?",
                (account_id, metric_id, day),
            )
            self._db.run("DELETE FROM latest WHERE account_id = ? AND metric_id = ?", (account_id, metric_id))
        elif rows:
            taken_at = max(made_at for _, made_at in rows)
            self._db.run(_UPSERT, (account_id, metric_id, day, value, _EXACT, taken_at))
        else:
            self._db.run(
                "UPDATE reading SET value = ? WHERE account_id = ? AND metric_id = ? AND day = ?",
                (value, account_id, metric_id, day),
            )
        self._db.run(NEWEST, (account_id, metric_id))

    def _write_readings(self, account_id: AccountId, readings: Sequence[Reading]) -> ImportCounts:
        """Write an account's readings and bring `latest` up to them.

        Columns are turned into rows by built-ins alone: a hundred thousand figures take little
        longer than SQLite needs for them.
        """
        if not readings:
            return ImportCounts(0, 0, 0)
        names = list(map(_NAME, readings))
        taken = list(map(_TAKEN_AT, readings))
        ids = self._made_metric_ids(set(names))
        moments = {taken_at: seconds_of(taken_at) for taken_at in set(taken)}
        metric_ids = list(map(ids.__getitem__, names))
        days = list(map(date.toordinal, map(_DAY, readings)))
        values = list(map(_VALUE, readings))
        codes = list(map(EXACTNESS_CODE.__getitem__, map(_EXACTNESS, readings)))
        span = (account_id, set(metric_ids), min(days), max(days))
        before = self._stored(*span)
        seconds = list(map(moments.__getitem__, taken))
        columns = ([account_id] * len(readings), metric_ids, days, values, codes, seconds)
        all_new = not before and self._db.many(_INSERT, zip(*columns, strict=True)) == len(readings)
        if not all_new:
            self._db.many(_UPSERT, zip(*columns, strict=True))
        self._db.many(NEWEST, [(account_id, metric_id) for metric_id in ids.values()])
        if not before:
            return ImportCounts(len(readings) if all_new else self._stored_count(*span), 0, 0)
        keys = zip(metric_ids, days, strict=True)
        return _compare(before, dict(zip(keys, zip(values, codes, strict=True), strict=True)))

    def _stored(self, account_id: AccountId, metric_ids: set[int], first: int, last: int) -> _Figures:
        """The account's stored figures of the metrics in those days."""
        return {
            (metric_id, day): (value, exactness)
            for metric_id in metric_ids
            for day, value, exactness in self._db.rows(
                f"SELECT day, value, exactness {_OF_SERIES}", (account_id, metric_id, first, last)
            )
        }

    def _stored_count(self, account_id: AccountId, metric_ids: set[int], first: int, last: int) -> int:
        """How many figures `_stored` would give."""
        return sum(
            self._db.value(f"SELECT count(*) {_OF_SERIES}", (account_id, metric_id, first, last))
            for metric_id in metric_ids
        )

    def _write_gaps(self, account_id: AccountId, gaps: Sequence[Gap]) -> None:
        """Write gaps, those of one reason that touch or overlap joined into one."""
        ids = self._made_metric_ids({gap.metric for gap in gaps})
        for metric, reason in sorted({(gap.metric, gap.reason) for gap in gaps}):
            key = (account_id, ids[metric], reason)
            where = "WHERE account_id = ? AND metric_id = ? AND reason = ?"
            spans = [tuple(row) for row in self._db.rows(f"SELECT first, last FROM gap {where}", key)]
            spans += [
                (gap.first.toordinal(), gap.last.toordinal())
                for gap in gaps
                if (gap.metric, gap.reason) == (metric, reason)
            ]
            self._db.run(f"DELETE FROM gap {where}", key)
            self._db.many(
                "INSERT INTO gap (account_id, metric_id, reason, first, last) VALUES (?, ?, ?, ?, ?)",
                [(*key, first, last) for first, last in _joined(spans)],
            )


def _compare(before: _Figures, told: _Figures) -> ImportCounts:
    """How many of the figures were new, changed, or known as they are."""
    new = changed = 0
    for key, figure in told.items():
        old = before.get(key)
        if old is None:
            new += 1
        elif old != figure and not (figure[1] == _ROUNDED and old[1] == _EXACT):
            changed += 1
    return ImportCounts(new, changed, len(told) - new - changed)


def _joined(spans: Iterable[tuple[int, ...]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
