"""The shapes of VK's answers: values taken out of them, and the error where they are built otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connectors.numbers import parse_count

_LATEST = 4_102_444_800  # the year 2100


class ShapeError(ValueError):
    """An answer that is not built as VK builds it; nothing of it is used."""


@dataclass(slots=True)
class Counts:
    """Takes counts out of an answer and remembers which were none."""

    odd: list[str] = field(default_factory=list)

    def take(self, value: object, name: str) -> int | None:
        """The value as a count; None where it is absent or none."""
        if value is None:
            return None
        count = parse_count(value)
        if count is None and name not in self.odd:
            self.odd.append(name)
        return count


def figures_of(
    told: Mapping[str, object], names: Iterable[tuple[str, str]], counts: Counts
) -> dict[str, float]:
    """Counts by our metric, out of `told` by VK's names; what is no count is left out and remembered."""
    taken = ((ours, counts.take(told.get(theirs), theirs)) for theirs, ours in names)
    return {ours: float(count) for ours, count in taken if count is not None}


def as_object(value: object, name: str) -> Mapping[str, object]:
    """The value as an object. Raises ShapeError with its name."""
    if not isinstance(value, Mapping):
        raise ShapeError(name)
    return value


def as_list(value: object, name: str) -> list[object]:
    """The value as a list. Raises ShapeError with its name."""
    if not isinstance(value, list):
        raise ShapeError(name)
    return value


def as_text(value: object, name: str) -> str:
    """The value as text, as it came. Raises ShapeError with its name."""
    if not isinstance(value, str):
        raise ShapeError(name)
    return value


def as_id(value: object, name: str) -> int:
    """The value as the number of a thing. Raises ShapeError with its name."""
    number = parse_count(value)
    if not number:
        raise ShapeError(name)
    return number


def as_seconds(value: object, name: str) -> int:
    """The value as Unix seconds. Raises ShapeError with its name."""
    seconds = parse_count(value)
    if seconds is None or seconds > _LATEST:
        raise ShapeError(name)
    return seconds


def as_moment(value: object, name: str) -> datetime:
    """The value, in Unix seconds, as a moment (UTC). Raises ShapeError with its name."""
    return datetime.fromtimestamp(as_seconds(value, name), UTC)
