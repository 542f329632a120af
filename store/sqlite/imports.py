"""Imports of files: written in one transaction, remembered with what they changed, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from goals.model import AccountId, Exactness, PostState, Reading
from store.changes import ImportBatch
from store.errors import NotFoundError
from store.sqlite.base import Part
from store.sqlite.content import PostWriter
from store.sqlite.figures import FigureWriter
from store.sqlite.imports_log import logging_as
from store.sqlite.rows import EXACTNESS_CODE, moment_of, moment_or_none, seconds_of
from store.values import ImportCounts, ImportRecord

_IMPORT = "id, made_at, author, name, figures, posts, accounts, undone_at, undone_by"
_COUNT = """UPDATE file_import SET
    figures = (SELECT count(*) FROM import_reading WHERE import_id = ?1)
        + (SELECT count(*) FROM import_post_reading WHERE import_id = ?1),
    posts = (SELECT count(*) FROM import_post WHERE import_id = ?1),
    accounts = (SELECT count(*) FROM import_account WHERE import_id = ?1 AND added = 1)
    WHERE id = ?1"""
#: Nothing was changed: also no mark and no freshness.
_FORGET = """DELETE FROM file_import WHERE id = ?1 AND figures + posts + accounts = 0
    AND NOT EXISTS (SELECT 1 FROM import_mark WHERE import_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM import_topic WHERE import_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM import_account WHERE import_id = ?1)"""
_FRESHER = """UPDATE account SET
    data_at = CASE WHEN ?1 THEN max(coalesce(data_at, 0), ?3) ELSE data_at END,
    posts_at = CASE WHEN ?2 THEN max(coalesce(posts_at, 0), ?3) ELSE posts_at END WHERE id = ?4"""
_ROUNDED, _EXACT = EXACTNESS_CODE[Exactness.ROUNDED], EXACTNESS_CODE[Exactness.EXACT]


class ImportReader(Part):
    """Reads the list of imports."""

    def imports(self, limit: int = 20) -> list[ImportRecord]:
        """The newest imports that changed anything, newest first; those that were taken back too."""
        rows = self._db.rows(f"SELECT {_IMPORT} FROM file_import ORDER BY id DESC LIMIT ?", (limit,))
        return [
            ImportRecord(
                id=number,
                made_at=moment_of(made_at),
                author=author,
                name=name,
                figures=figures,
                posts=posts,
                accounts=accounts,
                undone_at=moment_or_none(undone_at),
                undone_by=undone_by or "",
            )
            for number, made_at, author, name, figures, posts, accounts, undone_at, undone_by in rows
        ]


class ImportWriter(FigureWriter, PostWriter, ImportReader):
    """Writes imports."""

    @contextmanager
    def recorded_import(self, name: str, *, author: str, now: datetime) -> Iterator[int]:
        """Remember what is written meanwhile as one import of the file `name`; gives its number.

        All of it is one transaction. An import that changed nothing is not kept in the list.
        """
        with self._db.transaction():
            number = self._db.add(
                "INSERT INTO file_import (made_at, author, name) VALUES (?, ?, ?)",
                (seconds_of(now), author, name),
            )
            with logging_as(self._db, number):
                yield number
            self._db.run(_COUNT, (number,))
            self._db.run(_FORGET, (number,))

    def import_batches(self, batches: Sequence[ImportBatch], *, now: datetime) -> ImportCounts:
        """Write a file's figures, all batches in one transaction. Plans alone make no data fresher.

        A figure that was taken later than the file's stays, and what a network tells of its post stays
        where the file tells it otherwise.
        """
        total = ImportCounts(0, 0, 0)
        with self._db.transaction():
            for batch in batches:
                content = any(post.state is not PostState.PLANNED for post in batch.posts)
                seen = seconds_of(batch.as_of or now)
                fresher = (content or bool(batch.readings), content, seen, batch.account_id)
                if self._db.run(_FRESHER, fresher).rowcount == 0:
                    raise NotFoundError(f"account {batch.account_id}")
                for counts in (
                    self._write_newer(batch.account_id, batch.readings),
                    self._write_posts(batch.account_id, batch.posts, now, from_file=True),
                ):
                    total = ImportCounts(*map(sum, zip(total, counts, strict=True)))
        return total

    def _write_newer(self, account_id: AccountId, readings: Sequence[Reading]) -> ImportCounts:
        """Write those of the readings in whose place no later one stands, nor the same."""
        if not readings:
            return ImportCounts(0, 0, 0)
        ids = self._made_metric_ids({reading.metric for reading in readings})
        days = [reading.day.toordinal() for reading in readings]
        stored = {
            (metric_id, day): (value, code, taken_at)
            for metric_id in ids.values()
            for day, value, code, taken_at in self._db.rows(
                "SELECT day, value, exactness, taken_at FROM reading"
                " WHERE account_id = ? AND metric_id = ? AND day BETWEEN ? AND ?",
                (account_id, metric_id, min(days), max(days)),
            )
        }
        newer = []
        for reading, day in zip(readings, days, strict=True):
            known = stored.get((ids[reading.metric], day))
            told = (reading.value, EXACTNESS_CODE[reading.exactness], seconds_of(reading.taken_at))
            if known is None or (known != told and known[2] <= told[2]):
                newer.append(reading)
        counts = self._write_readings(account_id, newer)
        return counts._replace(unchanged=counts.unchanged + len(readings) - len(newer))
