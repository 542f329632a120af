"""The changes of goals as text, written down for ever and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from goals.model import Goal, GoalId, GoalKind, Period
from store.sqlite.base import Part
from store.sqlite.rows import day_or_none, moment_of, ordinal_or_none, seconds_of

if TYPE_CHECKING:
    from goals.revision import Revision

Changes = Mapping[str, tuple[str | None, str | None]]

_UNSEEN = {"id", "version", "author"}
#: How a field is read from its text; one that is not here is text.
_READ: dict[str, Callable[[str], object]] = {
    "client_id": int,
    "account_id": int,
    "priority": int,
    "amount": float,
    "baseline": float,
    "kind": GoalKind,
    "period": Period,
    "start": date.fromisoformat,
    "deadline": date.fromisoformat,
    "agreed_on": date.fromisoformat,
    "dropped": "True".__eq__,
}
_NEWEST_CHANGE = """SELECT number, changes FROM revision r
    WHERE goal_id = ? AND undoes IS NULL AND (changes <> '{}' OR agreed_on IS NOT NULL) AND NOT EXISTS (
        SELECT 1 FROM revision u WHERE u.goal_id = r.goal_id AND u.undoes = r.number)
    ORDER BY number DESC LIMIT 1"""


def changes_between(old: Goal, new: Goal) -> dict[str, tuple[str | None, str | None]]:
    """What differs, by the field's name, as text."""
    changes = {}
    for field in fields(Goal):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _UNSEEN and before != after:
            changes[field.name] = (_as_text(before), _as_text(after))
    return changes


def taken_back(goal: Goal, changes: Changes) -> Goal:
    """The goal with the changed fields as they were before."""
    before: dict[str, Any] = {
        name: None if old is None else _READ.get(name, str)(old) for name, (old, _) in changes.items()
    }
    return replace(goal, **before)


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


class RevisionReader(Part):
    """Reads revisions."""

    def revisions(self, goal_id: GoalId) -> list[Revision]:
        """The changes of a goal, oldest first."""
        from goals.revision import Revision

        rows = self._db.rows(
            "SELECT number, made_at, author, why, agreed_on, changes, undoes FROM revision"
            " WHERE goal_id = ? ORDER BY number",
            (goal_id,),
        )
        return [
            Revision(
                goal_id=goal_id,
                number=number,
                made_at=moment_of(made_at),
                author=author,
                why=why,
                agreed_on=day_or_none(agreed_on),
                changes=_changes_of(changes),
                undoes=undoes,
            )
            for number, made_at, author, why, agreed_on, changes, undoes in rows
        ]


class RevisionWriter(RevisionReader):
    """Writes revisions; the methods with an underscore are parts of a larger transaction."""

    def _add_revision(self, revision: Revision) -> None:
        self._db.run(
            "INSERT INTO revision (goal_id, number, made_at, author, why, agreed_on, changes, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                revision.goal_id,
                revision.number,
                seconds_of(revision.made_at),
                revision.author,
                revision.why,
                ordinal_or_none(revision.agreed_on),
                json.dumps(revision.changes, ensure_ascii=False),
                revision.undoes,
            ),
        )

    def _newest_change(self, goal_id: GoalId) -> tuple[int, Changes] | None:
        """The number and changes of the newest revision that neither undoes another nor was undone.

        A yes to the goal as it stands is one too, although it changes nothing.
        """
        row = self._db.row(_NEWEST_CHANGE, (goal_id,))
        return None if row is None else (row[0], _changes_of(row[1]))


def _changes_of(text: str) -> dict[str, tuple[str | None, str | None]]:
    return {name: (old, new) for name, (old, new) in json.loads(text).items()}
