"""Filters that a person has given a name: they belong to the person, so they lie in a file of theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.private import write_private
from tui.overview.lines import Grouping
from tui.services import FiltersUnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: More than anybody keeps apart, and longer than any name.
MOST, NAME_LENGTH = 100, 40


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A way to look at the overview, by its name: the words of the filter and the grouping."""

    name: str
    words: tuple[str, ...] = ()
    grouping: Grouping = Grouping.CLIENT

    @property
    def key(self) -> str:
        """The name as it is told from others."""
        return self.name.casefold()

    @property
    def is_head(self) -> bool:
        """A filter is no head."""
        return False


def read_filters(path: Path) -> tuple[SavedFilter, ...]:
    """The saved filters by name; none where there is no file. Raises FiltersUnreadableError, OSError."""
    try:
        tree = json.loads(path.read_bytes())
        found = [
            SavedFilter(str(each["name"]), tuple(map(str, each["words"])), Grouping(each["grouping"]))
            for each in tree["filters"]
        ]
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError) as error:
        raise FiltersUnreadableError(path) from error
    return _ordered(found)


def keep_filter(path: Path, new: SavedFilter) -> tuple[SavedFilter, ...]:
    """Add a filter, or replace the one of that name; gives all. Raises FiltersUnreadableError, OSError."""
    return _write(path, [*(each for each in read_filters(path) if each.key != new.key), new])


def forget_filter(path: Path, key: str) -> tuple[SavedFilter, ...]:
    """Remove the filter of a key; gives the others. Raises FiltersUnreadableError, OSError."""
    return _write(path, [each for each in read_filters(path) if each.key != key])


def _write(path: Path, filters: Iterable[SavedFilter]) -> tuple[SavedFilter, ...]:
    kept = _ordered(filters)
    tree = {
        "filters": [
            {"name": each.name, "words": list(each.words), "grouping": each.grouping.value} for each in kept
        ]
    }
    write_private(path, tree)
    return kept


def _ordered(filters: Iterable[SavedFilter]) -> tuple[SavedFilter, ...]:
    return tuple(sorted(filters, key=lambda each: each.key)[:MOST])
