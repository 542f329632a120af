"""What of a file could not be used: the first rows of each reason, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from connectors.files.rows import BadRow

#: So many rows are kept as they are; of the others it is counted why.
MOST_KEPT = 1_000
_MOST_LINES = 5


@dataclass(slots=True)
class Reason:
    """Why rows were skipped: the first of them, the lines of the first few, how many they are."""

    first: BadRow
    lines: list[int] = field(default_factory=list)
    count: int = 0


class Skipped:
    """Rows and figures that were left out; `rows` are the first, `reasons` count all of them by code."""

    def __init__(self) -> None:
        self.rows: list[BadRow] = []
        self.reasons: dict[str, Reason] = {}

    def __len__(self) -> int:
        return sum(reason.count for reason in self.reasons.values())

    def add(self, row: BadRow) -> None:
        """Note one more."""
        if len(self.rows) < MOST_KEPT:
            self.rows.append(row)
        reason = self.reasons.setdefault(row.trouble.code, Reason(row))
        reason.count += 1
        if len(reason.lines) < _MOST_LINES:
            reason.lines.append(row.line)
