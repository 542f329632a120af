"""Agreements changed from the dashboard: a new version, the client's yes, the goals of lines; and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.terms import Terms
from store.errors import ConflictError
from tui.changes import ChangedSinceError, Done, Undo, added_goal_undo
from work.agreement_accept import accept
from work.agreement_goals import Proposal, save_proposal
from work.agreements import By, agreements_of, save_terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Client
    from store.contract import Writer
    from tui.services import Services
    from wording.words import Words


class Yes(NamedTuple):
    """The client's yes: of whom, on which day."""

    who: str
    on: date


class NewVersion(NamedTuple):
    """A version to be saved, made from version `based_on` (0: from none); with the yes, where there is one.

    `over` says that it takes the place of a version that somebody else has saved meanwhile.
    """

    terms: Terms
    based_on: int
    reason: str = ""
    yes: Yes | None = None
    over: bool = False


def by_now(services: Services) -> By:
    """Who makes a change, and when: now."""
    return By(services.words, services.author, services.now())


def save_version(services: Services, writer: Writer, client: Client, new: NewVersion) -> Done:
    """Save a version, and the yes to it. Raises ConflictError where somebody saved a newer one meanwhile."""
    words, by = services.words, by_now(services)
    with writer.together():
        agreements = agreements_of(writer, client)
        newest = agreements[-1].version if agreements else 0
        if newest != new.based_on and not new.over:
            raise ConflictError(agreements[-1].author if agreements else services.author)
        number = save_terms(
            by, writer, client, new.terms,
            reason=new.reason, based_on=agreements, match=services.match,
        )  # fmt: skip
        if new.yes is not None:
            later = agreements_of(writer, client)
            accept(
                by, writer, client, later, later[-1],
                who=new.yes.who, on=new.yes.on, match=services.match,
            )  # fmt: skip
    said = words.text("Saved: version {n} of the agreement with «{client}»", n=number, client=client.name)
    if new.yes is not None:
        return Done(words.text("{said}; agreed: {name}", said=said, name=new.yes.who))
    before = agreements[-1].terms if agreements else Terms()
    return Done(said, Undo(lambda later: _take_back(services, later, client, before, number)))


def _take_back(services: Services, writer: Writer, client: Client, before: Terms, number: int) -> str:
    """Say by a version of its own what was said before: versions are never taken away."""
    words = services.words
    agreements = agreements_of(writer, client)
    newest = agreements[-1]
    if newest.version != number or newest.acceptance is not None:
        raise ChangedSinceError(newest.author)
    reason = words.text("version {n} is taken back", n=number)
    made = save_terms(by_now(services), writer, client, before, reason=reason, based_on=agreements)
    return words.text("Taken back: version {n} says what was said before", n=made)


def note_yes(services: Services, writer: Writer, client: Client, version: int, yes: Yes) -> Done:
    """Note the client's yes to a version, and agree the goals on its lines. Raises ExistsError."""
    words = services.words
    agreements = agreements_of(writer, client)
    agreement = next(each for each in agreements if each.version == version)
    found = accept(
        by_now(services), writer, client, agreements, agreement,
        who=yes.who, on=yes.on, match=services.match,
    )  # fmt: skip
    parts = [words.text("Agreed: version {n}, {name}", n=version, name=yes.who)]
    if found.agreed:
        parts.append(words.plural("{n} goal agreed with it", "{n} goals agreed with it", len(found.agreed)))
    if found.otherwise:
        said = words.plural("{n} goal says otherwise", "{n} goals say otherwise", len(found.otherwise))
        parts.append(said)
    if found.waiting:
        said = words.plural(
            "{n} line has no goal yet: b", "{n} lines have no goal yet: b", len(found.waiting)
        )
        parts.append(said)
    return Done("; ".join(parts))


def set_goals(services: Services, writer: Writer, found: Proposal) -> Done:
    """Set the goals that the lines ask for; taken back, they are dropped."""
    words = services.words
    known = {each.live.id for each in found.planned if each.live is not None}
    numbers = save_proposal(by_now(services), writer, found, services.match)
    added = [number for number in numbers if number is not None and number not in known]
    said = words.plural("{n} goal set by the agreement", "{n} goals set by the agreement", len(added))
    undos = [added_goal_undo(services, writer, number) for number in added]
    return Done(said, Undo(lambda later: _drop(services.words, later, undos)))


def _drop(words: Words, writer: Writer, undos: Sequence[Undo]) -> str:
    """Drop the goals, all of them or, where one was changed since, none."""
    with writer.together():
        for undo in undos:
            undo.work(writer)
    return words.plural("Taken back: {n} goal", "Taken back: {n} goals", len(undos))
