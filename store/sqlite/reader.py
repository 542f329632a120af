"""The reading half of the SQLite store."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from store.sqlite.agreements import AgreementReader
from store.sqlite.calendars import CalendarReader
from store.sqlite.exports import ExportReader
from store.sqlite.facts import FactsReader
from store.sqlite.figures import FigureReader
from store.sqlite.goals import GoalReader
from store.sqlite.imports import ImportReader
from store.sqlite.rhythm import RhythmReader
from store.sqlite.runs import RunReader
from store.sqlite.topics import TopicReader
from store.sqlite.verdicts import VerdictReader
from store.sqlite.warnings import WarningReader


class SqliteReader(
    GoalReader,
    VerdictReader,
    FigureReader,
    FactsReader,
    TopicReader,
    AgreementReader,
    RhythmReader,
    WarningReader,
    CalendarReader,
    RunReader,
    ExportReader,
    ImportReader,
):
    """A `store.contract.Reader` over one connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the store back; nothing can be read after."""
        self._db.close()

    def change_token(self) -> int:
        """A number that differs after another connection has committed; microseconds to ask."""
        return int(self._db.value("PRAGMA data_version"))

    def is_demo(self) -> bool:
        """Whether this is the demo store."""
        return self._db.row("SELECT value FROM setting WHERE name = 'demo'") is not None
