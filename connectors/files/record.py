"""A table as it is read: its header, and its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Record(NamedTuple):
    """One row: the number of its first line (the header's is 1) and its cells."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its header, and its rows to be read once."""

    header: tuple[str, ...]
    rows: Iterator[Record]
