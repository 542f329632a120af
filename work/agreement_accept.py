"""The client's yes to a version of the agreement, and with it to the goals on its lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goals.agreement.goals import goals_of
from goals.agreement.plain import in_force
from goals.evaluate import is_complete
from wording.agreements.lists import line_texts
from work.agreements import (
    amended_of,
    follow,
    is_running,
    make_topics,
    new_topics,
    open_goals,
    says_the_same,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client, Goal
    from store.contract import Writer
    from wording.words import Words
    from work.agreements import By, Match


@dataclass(frozen=True, slots=True)
class Yes:
    """What the client's yes did to his goals: agreed, and not because of what they say or lack.

    `decided` say otherwise than their line because the client said so since; `waiting` are the lines that
    have no goal yet, and that the client did not drop. `topics` are the topics that were made.
    """

    agreed: list[Goal] = field(default_factory=list)
    decided: list[Goal] = field(default_factory=list)
    otherwise: list[Goal] = field(default_factory=list)
    open: list[Goal] = field(default_factory=list)
    without_line: list[Goal] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


def agreed_already(agreements: Sequence[Agreement], agreement: Agreement) -> Agreement | None:
    """The version that a yes to `agreement` comes too late for: itself or a newer one; None where none is."""
    if agreement.acceptance is not None:
        return agreement
    newer = [each for each in agreements if each.acceptance and each.version > agreement.version]
    return newer[-1] if newer else None


def too_early(words: Words, version: int, written: date, on: date, today: date) -> str:
    """Why nobody can have said yes to a version on the day `on`; empty where he can.

    The first version may write down what was agreed before.

    Args:
        words: the language.
        version: the number of the version, also of one that is about to be saved.
        written: the client's local day on which it was written.
        on: the day of the yes.
        today: the client's local day.
    """
    if version == 1 or on >= written:
        return ""
    return words.text(
        "Version {n} was written on {day}: nobody can have said yes to it before",
        n=version,
        day=words.day(written, today),
    )


def written_on(client: Client, agreement: Agreement) -> date:
    """The client's local day on which a version was written."""
    return agreement.made_at.astimezone(ZoneInfo(client.timezone)).date()


def accept(
    by: By,
    writer: Writer,
    client: Client,
    agreements: Sequence[Agreement],
    agreement: Agreement,
    *,
    who: str,
    on: date,
    match: Match | None = None,
) -> Yes:
    """Note the yes of `who` on the day `on` and agree the goals on the lines, all or nothing.

    The topics that the version names are made, and posts are looked through for them by `match`.

    Raises:
        ExistsError: the version was accepted meanwhile.
    """
    from store.days import today_of
    from store.refresh import refresh_goals

    runs = is_running(agreement.terms, today_of(client, by.now))
    topics = new_topics(writer, client, agreement.terms) if runs else []
    with writer.together():
        before = in_force(agreements).terms
        writer.accept_agreement(client.id, agreement.version, by=who, on=on, author=by.author, now=by.now)
        found = _agree(by, writer, client, agreement, before, who, on)
        make_topics(by, writer, client, topics)
        refresh_goals(writer, writer.goals(client.id), by.now)
    if topics and match is not None:
        match(writer)
    return replace(found, topics=topics)


def _agree(
    by: By, writer: Writer, client: Client, agreement: Agreement, before: Terms, who: str, on: date
) -> Yes:
    """Let the open goals follow the new terms, and agree those that say what their line does."""
    from store.days import today_of

    today, terms, calendar = today_of(client, by.now), agreement.terms, writer.calendar(client.id)
    lines = line_texts(by.words, terms)
    asked = {each.term: each for each in goals_of(terms, today)}
    goals = open_goals(writer, client, today)
    amended = amended_of(writer, client, before, today)
    settled = {goal.term for goal in goals} | {term for term, each in amended.items() if each.dropped}
    found = Yes(waiting=[term for term in asked if term not in settled])
    for goal, followed in follow(before, terms, goals, today, calendar, amended):
        edited = followed
        line = asked.get(goal.term or "")
        if goal.term is not None and goal.term not in lines:
            found.without_line.append(goal)
        elif goal.term is not None and not is_complete(edited):
            found.open.append(goal)
        elif line is not None and not says_the_same(edited, line, calendar):
            (found.decided if goal.term in amended else found.otherwise).append(goal)
        elif goal.term is not None and (edited != goal or goal.agreed_on is None):
            edited = replace(edited, agreed_by=who, agreed_on=on)
            found.agreed.append(edited)
        if edited != goal:
            why = by.words.text("version {n} of the agreement", n=agreement.version)
            writer.update_goal(edited, author=by.author, now=by.now, why=why, agreed_on=on)
    return found
