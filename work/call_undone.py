"""Which decisions of a call were taken back since: by `smm goal undo` of the goals that followed them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from connectors.clean import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from goals.model import Client, GoalId
    from goals.records import Call
    from goals.revision import Revision
    from store.contract import Reader
    from wording.words import Words

#: The goals of a call are saved in one go with it.
_ONE_GO = timedelta(minutes=1)
#: A decision that no words were said about begins with the number of its goal.
_NUMBERED = re.compile(r"(\d+)\. ")


class Undone(NamedTuple):
    """The goals of a decision whose change was taken back; `wholly` says that these are all it made."""

    goals: tuple[int, ...]
    wholly: bool


def undone_of(reader: Reader, client: Client, calls: Sequence[Call]) -> dict[int, tuple[Undone | None, ...]]:
    """For each call what became of each of its decisions; None where nothing was taken back."""
    if not calls:
        return {}
    revisions = {goal.id: reader.revisions(goal.id) for goal in reader.goals(client.id, dropped=True)}
    said = frozenset(each for call in calls for each in call.decisions)
    return {call.id: tuple(_undone(call, each, revisions, said) for each in call.decisions) for call in calls}


def _undone(
    call: Call, decision: str, revisions: Mapping[GoalId, Sequence[Revision]], said: Collection[str]
) -> Undone | None:
    made = list(_made(call, decision, revisions, said))
    gone = tuple(goal for goal, is_undone in made if is_undone)
    return Undone(gone, wholly=len(gone) == len(made)) if gone else None


def _made(
    call: Call, decision: str, revisions: Mapping[GoalId, Sequence[Revision]], said: Collection[str]
) -> Iterator[tuple[int, bool]]:
    """The goals that a decision changed, and whether the change was taken back; `said` are all decisions."""
    numbered = _NUMBERED.match(decision)
    for goal, changes in revisions.items():
        undone = {revision.undoes for revision in changes}
        for revision in changes:
            of_call = revision.agreed_on == call.day and revision.author == call.author
            in_time = timedelta() <= revision.made_at - call.made_at <= _ONE_GO
            by_words = revision.why == clean(decision)
            by_number = numbered is not None and int(numbered[1]) == goal and revision.why not in said
            if of_call and in_time and (by_words or by_number):
                yield int(goal), revision.number in undone


def decision_texts(words: Words, call: Call, undone: Sequence[Undone | None]) -> Iterator[str]:
    """The decisions in words, each with what was taken back of it."""
    text = words.text
    for decision, gone in zip(call.decisions, undone, strict=True):
        said = clean(decision)
        if gone is None:
            yield said
        elif gone.wholly:
            yield text("{decision} — taken back", decision=said)
        else:
            ids = ", ".join(map(str, gone.goals))
            yield text("{decision} — taken back for goal {ids}", decision=said, ids=ids)


def call_record(call: Call, undone: Sequence[Undone | None] = ()) -> dict[str, object]:
    """A call for another program; `undone` are the decisions that were taken back, by their place from 0."""
    return {
        "id": call.id,
        "day": call.day,
        "author": call.author,
        "notes": call.notes,
        "decisions": call.decisions,
        "undone": [
            {"decision": place, "goals": gone.goals, "wholly": gone.wholly}
            for place, gone in enumerate(undone)
            if gone is not None
        ],
    }
