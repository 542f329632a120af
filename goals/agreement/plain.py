"""Terms <-> plain tables and lists, as a file or a store holds them; every problem is told at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from re import compile as pattern
from typing import TYPE_CHECKING, Any, TypeVar

from goals.agreement.checks import TermProblem, check_lines, check_order
from goals.agreement.schema import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TEXT,
    MOST_LINES,
    SECTION_NAMES,
    SECTIONS,
    Field,
    Section,
    Type,
)
from goals.agreement.terms import Agreement, Terms

if TYPE_CHECKING:
    from goals.records import AgreementVersion

Plain = dict[str, Any]
_Version = TypeVar("_Version", "Agreement", "AgreementVersion")

_NETWORK = pattern(r"[a-z][a-z0-9_]{0,29}")
_KEY = pattern(r"[\w-]+")
_CLOCK = pattern(r"([01]?\d|2[0-3]):([0-5]\d)")


def to_plain(terms: Terms) -> Plain:
    """The terms as tables (dict), lists, texts, numbers and days; what was not said is left out."""
    plain: Plain = {}
    for section in SECTIONS:
        value = getattr(terms, section.name)
        found: object = (
            [table_to_plain(section, line) for line in value]
            if section.many
            else table_to_plain(section, value)
        )
        if found:
            plain[section.name] = found
    return plain


def to_stored(terms: Terms) -> Plain:
    """The terms as `to_plain` gives them, but as JSON has them: days as ISO text."""
    return {name: _stored(value) for name, value in to_plain(terms).items()}


def _stored(value: Any) -> Any:  # noqa: ANN401 - any plain value
    if isinstance(value, dict):
        return {key: _stored(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stored(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def agreement_of(version: AgreementVersion) -> Agreement:
    """A stored version with its terms read. Raises ValueError with every problem of terms that are broken."""
    terms = from_plain(version.terms)
    if not isinstance(terms, Terms):
        raise ValueError("; ".join(f"{problem.path}: {problem.code}" for problem in terms))  # noqa: TRY004
    return Agreement(
        client_id=version.client_id,
        version=version.version,
        made_at=version.made_at,
        author=version.author,
        reason=version.reason,
        terms=terms,
        acceptance=version.acceptance,
    )


def in_force(versions: Sequence[_Version]) -> _Version:
    """Of an agreement's versions (oldest first, at least one) the newest accepted one, else the newest."""
    accepted = [version for version in versions if version.acceptance is not None]
    return (accepted or versions)[-1]


def table_to_plain(section: Section, value: object) -> Plain:
    """One table of a section, or one line of its list."""
    said = ((name, getattr(value, name)) for name in section.keys)
    return {name: _plain_value(found) for name, found in said if found is not None and found != ""}


def _plain_value(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, str) else value


def from_plain(
    plain: Mapping[str, object], networks: Collection[str] | None = None
) -> Terms | tuple[TermProblem, ...]:
    """Read terms; an empty text is one that was not said, and a day may also be a text: 2026-11-30.

    Args:
        plain: what `to_plain` writes, from a file or a store.
        networks: the networks that may be named; None takes every name.

    Returns:
        The terms, or every problem with its path.
    """
    reader = _Reader(networks)
    known = reader.known(plain, SECTION_NAMES, "")
    parts = {section.name: reader.section(section, known.get(section.name)) for section in SECTIONS}
    problems = reader.problems + check_lines(parts) + check_order(parts)
    if problems:
        return tuple(problems)
    values: dict[str, Any] = {
        section.name: tuple(line for _, line in parts[section.name]) if section.many else parts[section.name]
        for section in SECTIONS
    }
    return Terms(**values)


@dataclass(slots=True)
class _Reader:
    """Reads values by the schema, gathering `problems`; a value that is wrong is None."""

    networks: Collection[str] | None
    problems: list[TermProblem] = field(default_factory=list)

    def problem(self, path: str, code: str, **facts: object) -> None:
        self.problems.append(TermProblem(path, code, facts))

    def known(self, table: Mapping[str, object], keys: tuple[str, ...], prefix: str) -> Mapping[str, object]:
        for key in table:
            if key not in keys:
                name = key if _KEY.fullmatch(str(key)) else f'"{key}"'
                path = f"{prefix}.{name}" if prefix else name
                self.problem(path, "unknown_key", near=_nearest(str(key), keys))
        return table

    def section(self, section: Section, found: object) -> Any:  # noqa: ANN401 - a dataclass of the section
        """The dataclass of a table, or the lines of a list with their places; None for a wrong line."""
        if not section.many:
            return self.table(section, {} if found is None else found, section.name)
        if found is None:
            return []
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.problem(section.name, "lines", section=section.name)
            return []
        if len(found) > MOST_LINES:
            self.problem(section.name, "many", limit=MOST_LINES)
        lines = enumerate(found[:MOST_LINES])
        return [(index, self.table(section, line, f"{section.name}[{index}]")) for index, line in lines]

    def table(self, section: Section, found: object, path: str) -> Any:  # noqa: ANN401
        if not isinstance(found, Mapping):
            self.problem(path, "table", section=section.name)
            return None
        before = len(self.problems)
        self.known(found, section.keys, path)
        values: dict[str, object] = {}
        for key in section.fields:
            value = self.value(key, found.get(key.name), f"{path}.{key.name}")
            if value is not None:
                values[key.name] = value
            elif key.needed and _is_unsaid(found.get(key.name)):
                self.problem(f"{path}.{key.name}", "missing")
        return None if len(self.problems) > before else section.make(**values)

    def value(self, key: Field, found: object, path: str) -> object:
        """The value of a key as its dataclass holds it; None for nothing, and for what is wrong."""
        if _is_unsaid(found):
            return None
        if key.type in {Type.TEXTS, Type.DAYS, Type.CHOICES}:
            return self.list(key, found, path)
        return self.single(key, key.type, found, path)

    def list(self, key: Field, found: object, path: str) -> tuple[object, ...] | None:
        if not isinstance(found, Sequence) or isinstance(found, str) or len(found) > MOST_LINES:
            self.problem(path, key.type.value, found=found, choices=key.choices, limit=MOST_LINES)
            return None
        item_type = {Type.TEXTS: Type.TEXT, Type.DAYS: Type.DAY, Type.CHOICES: Type.CHOICE}[key.type]
        items: list[object] = []
        for index, item in enumerate(found):
            at = f"{path}[{index}]"
            if _is_unsaid(item):
                self.problem(at, "missing")
            else:
                items.append(self.single(key, item_type, item, at))
        return tuple(dict.fromkeys(items)) if item_type is not Type.TEXT else tuple(items)

    def single(self, key: Field, wanted: Type, found: object, path: str) -> object:
        if wanted is Type.TEXT:
            return self.text(found, path)
        if wanted in {Type.WHOLE, Type.NUMBER}:
            return self.number(key, wanted, found, path)
        if wanted is Type.CHOICE:
            return self.choice(key, found, path)
        if wanted is Type.NETWORK:
            return self.network(found, path)
        if wanted is Type.YES_NO and isinstance(found, bool):
            return found
        read = {Type.DAY: _day, Type.CLOCK: _clock}.get(wanted)
        value = read(found) if read else None
        if value is None:
            self.problem(path, wanted.value, found=found)
        return value

    def text(self, found: object, path: str) -> str | None:
        if not isinstance(found, str) or not _is_writable(found):
            self.problem(path, "text", found=found)
            return None
        if len(found.strip()) > LONGEST_TEXT:
            self.problem(path, "long", limit=LONGEST_TEXT)
            return None
        return found.strip()

    def number(self, key: Field, wanted: Type, found: object, path: str) -> float | None:
        kinds = (int,) if wanted is Type.WHOLE else (int, float)
        if not isinstance(found, kinds) or isinstance(found, bool):
            self.problem(path, wanted.value, found=found)
            return None
        if not key.low <= found <= key.high:
            code = "share" if key.name == "share" else "range"
            self.problem(path, code, low=key.low, high=key.high, found=found)
            return None
        return found if wanted is Type.WHOLE else float(found)

    def choice(self, key: Field, found: object, path: str) -> str | None:
        if isinstance(found, str) and found.strip() in key.choices:
            return key.make(found.strip())
        near = _nearest(found, key.choices) if isinstance(found, str) else ""
        self.problem(path, "choice", found=found, choices=key.choices, near=near)
        return None

    def network(self, found: object, path: str) -> str | None:
        name = found.strip() if isinstance(found, str) else ""
        if _NETWORK.fullmatch(name) and (self.networks is None or name in self.networks):
            return name
        choices = tuple(self.networks or ())
        near = _nearest(name, choices) if choices and name else ""
        self.problem(path, "network", found=found, choices=choices, near=near)
        return None


def _nearest(name: str, choices: Collection[str]) -> str:
    """The choice that is like the name; empty where none is."""
    return next(iter(get_close_matches(name.casefold(), choices, 1)), "")


def _is_unsaid(found: object) -> bool:
    """Whether there is nothing, or a text that shows nothing: spaces and invisible signs."""
    if found is None:
        return True
    return isinstance(found, str) and all(unicodedata.category(char)[0] in "ZC" for char in found)


def _is_writable(text: str) -> bool:
    """Whether a text holds no control characters but line breaks, and no halves of characters."""
    return all(char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"} for char in text)


def _day(found: object) -> date | None:
    day: object = found
    if isinstance(found, str):
        try:
            day = date.fromisoformat(found.strip())
        except ValueError:
            return None
    if not isinstance(day, date) or isinstance(day, datetime):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _clock(found: object) -> time | None:
    if isinstance(found, time):
        return found if found == found.replace(second=0, microsecond=0) else None
    match = _CLOCK.fullmatch(found.strip()) if isinstance(found, str) else None
    return time(int(match[1]), int(match[2])) if match else None
