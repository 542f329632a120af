"""The writing half of the SQLite store: what one transaction of a run holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from goals.model import AccountId
from store.changes import Profile, UnitOutcome
from store.sqlite.agreements import AgreementWriter
from store.sqlite.calendars import CalendarWriter
from store.sqlite.goals import GoalWriter
from store.sqlite.imports_undo import ImportUndoer
from store.sqlite.merging import MergeWriter
from store.sqlite.reader import SqliteReader
from store.sqlite.rhythm import RhythmWriter
from store.sqlite.rows import seconds_of
from store.sqlite.runs import RunWriter
from store.sqlite.verdicts import VerdictWriter
from store.sqlite.warnings import WarningWriter
from store.values import UnitCounts, UnitStatus

#: A unit with a cursor of one of these parts has read content, even where there was none to bring.
_CONTENT_PARTS = frozenset({"posts", "planned", "stories"})


class _RehearsalOver(Exception):  # noqa: N818 - no error: it takes a rehearsal back
    """Ends a transaction whose writes are not kept."""


class SqliteWriter(
    GoalWriter,
    VerdictWriter,
    MergeWriter,
    ImportUndoer,
    AgreementWriter,
    RhythmWriter,
    WarningWriter,
    CalendarWriter,
    RunWriter,
    SqliteReader,
):
    """A `store.contract.Writer` over one connection; sees its own writing."""

    @contextmanager
    def together(self, *, keep: bool = True) -> Iterator[None]:
        """Make one transaction of several writes; without `keep` it is a rehearsal, undone at its end."""
        with suppress(_RehearsalOver), self._db.transaction():
            yield
            if not keep:
                raise _RehearsalOver

    def mark_demo(self) -> None:
        """Mark the store as the demo."""
        with self._db.transaction():
            self._db.run("INSERT OR REPLACE INTO setting (name, value) VALUES ('demo', '1')")

    def commit_unit(self, unit: UnitOutcome, fence: int) -> UnitCounts:
        """Write one unit with its cursor in one transaction. Raises LeaseLostError.

        An account that proves to be another one of its client is merged into that.
        """
        with self._db.transaction():
            self._check_lease(unit.account_id, fence)
            if unit.profile is not None:
                self._write_profile(unit.account_id, unit.profile)
            readings = self._write_readings(unit.account_id, unit.readings)
            posts = self._write_posts(unit.account_id, unit.posts, unit.finished_at)
            deleted = 0
            if unit.complete_since is not None:
                deleted = self._mark_deleted(
                    unit.account_id, unit.posts, unit.complete_since, unit.finished_at
                )
            if unit.gaps:
                self._write_gaps(unit.account_id, unit.gaps)
            self._write_cursors(unit)
            self._write_freshness(unit)
            counts = UnitCounts(readings.new + readings.changed, posts.new + posts.changed + deleted)
            self._write_unit(unit, fence, counts)
            if unit.profile is not None:
                kept = self._merge_twin(unit.account_id, unit.profile, unit.finished_at)
                if kept is not None:
                    self._write_profile(kept, unit.profile)
        return counts

    def _write_profile(self, account_id: AccountId, profile: Profile) -> None:
        """Keep what the network says of the account; a live twin's network id stays the twin's for now."""
        self._db.run(
            "UPDATE account SET title = CASE WHEN ?1 = '' THEN title ELSE ?1 END,"
            " handle = CASE WHEN ?2 = '' THEN handle ELSE ?2 END,"
            " folded = CASE WHEN ?2 = '' THEN folded ELSE ?3 END,"
            " network_id = CASE WHEN EXISTS (SELECT 1 FROM account twin WHERE twin.id <> account.id"
            " AND twin.client_id = account.client_id AND twin.network = account.network"
            " AND twin.network_id = ?4 AND twin.archived = 0) THEN network_id"
            " ELSE coalesce(?4, network_id) END WHERE id = ?5",
            (profile.title, profile.handle, profile.handle.casefold(), profile.network_id, account_id),
        )

    def _write_freshness(self, unit: UnitOutcome) -> None:
        """Note when figures, and content, last arrived; a failure leaves what is known as old as it is."""
        if unit.status not in {UnitStatus.OK, UnitStatus.PARTIAL}:
            return
        content = (
            bool(unit.posts) or unit.complete_since is not None or bool(_CONTENT_PARTS & unit.cursors.keys())
        )
        self._db.run(
            "UPDATE account SET data_at = max(coalesce(data_at, 0), ?1),"
            " last_ok_at = CASE WHEN ?2 THEN ?1 ELSE last_ok_at END,"
            " posts_at = CASE WHEN ?3 THEN ?1 ELSE posts_at END WHERE id = ?4",
            (seconds_of(unit.finished_at), unit.status is UnitStatus.OK, content, unit.account_id),
        )
