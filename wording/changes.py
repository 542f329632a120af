"""The changes of a goal in words: which field, from what to what, as people write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.model import GoalKind
from wording.goals import PERIODS, kind_word, metric_name, network_name
from wording.words import mark

if TYPE_CHECKING:
    from goals.model import Account, Client
    from goals.revision import Revision
    from wording.words import Words

#: (old, new) as the store keeps them, by the field of the goal.
Changes = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Names:
    """What clients and accounts are called, by their ids as text."""

    clients: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Words, clients: Iterable[Client], accounts: Iterable[Account]) -> Names:
        """The names of these clients and accounts."""
        return cls(
            {str(client.id): clean(client.name) for client in clients},
            {str(a.id): f"{network_name(words, a.network)} «{clean(a.title or a.handle)}»" for a in accounts},
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads: the language, the day, the names of things."""

    words: Words
    today: date
    names: Names


def _day(reader: _Reader, value: str) -> str:
    return reader.words.day(date.fromisoformat(value), reader.today)


def _number(reader: _Reader, value: str) -> str:
    return reader.words.number(float(value), 2)


def _as_it_is(_reader: _Reader, value: str) -> str:
    return clean(value)


_Form = Callable[[_Reader, str], str]
_FIELDS: dict[str, tuple[str, _Form]] = {
    "client_id": (mark("client"), lambda reader, value: reader.names.clients.get(value, "?")),
    "account_id": (mark("account"), lambda reader, value: reader.names.accounts.get(value, "?")),
    "network": (mark("network"), lambda reader, value: network_name(reader.words, value)),
    "metric": (mark("figure"), lambda reader, value: metric_name(reader.words, value)),
    "kind": (mark("kind"), lambda reader, value: kind_word(reader.words, GoalKind(value))),
    "amount": (mark("amount"), _number),
    "period": (mark("period"), lambda reader, value: reader.words.text(PERIODS[value])),
    "topic": (mark("topic"), _as_it_is),
    "start": (mark("start"), _day),
    "deadline": (mark("deadline"), _day),
    "baseline": (mark("baseline"), _number),
    "title": (mark("title"), _as_it_is),
    "priority": (mark("priority"), _as_it_is),
    "agreed_on": (mark("agreed on"), _day),
    "agreed_by": (mark("agreed by"), _as_it_is),
    "wish": (mark("as it was said"), _as_it_is),
    "term": (mark("line of the agreement"), _as_it_is),
}


def changes_text(words: Words, changes: Changes, today: date, names: Names) -> str:
    """What was changed, from what to what, on one line: «число: 12 → 15, срок: 30.11 → 10.12»."""
    reader = _Reader(words, today, names)
    return ", ".join(_change(reader, name, *pair) for name, pair in changes.items())


def revision_text(words: Words, revision: Revision, today: date, names: Names) -> str:
    """What a revision changed, and which one it took back.

    The day of the client's yes is told beside it, not once more.
    """
    told = {
        name: pair for name, pair in revision.changes.items() if name != "agreed_on" or not revision.agreed_on
    }
    changes = changes_text(words, told, today, names)
    if revision.undoes is None:
        return changes
    if not changes:
        return words.text("the yes of change {n} is taken back", n=revision.undoes)
    return words.text("change {n} is taken back: {changes}", n=revision.undoes, changes=changes)


def _change(reader: _Reader, name: str, old: str | None, new: str | None) -> str:
    if name == "dropped":
        return reader.words.text("dropped") if new == "True" else reader.words.text("taken up again")
    label, form = _FIELDS[name]
    before, after = ("—" if not value else form(reader, value) for value in (old, new))
    return f"{reader.words.text(label)}: {before} → {after}"
