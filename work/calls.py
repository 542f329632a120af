"""Keeping what a call decided: the call, and a revision with the client's yes of each goal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from connectors.clean import TEXT_LIMIT, clean
from goals.records import Call
from store.evidence import terms_in_force
from store.refresh import refresh_goals
from wording.changes import Names, changes_text
from wording.goals import goal_title
from work.call_goals import DecisionError, decided

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.model import Client
    from store.contract import Reader, Writer
    from wording.words import Words
    from work.agreements import By
    from work.call_goals import GoalDecision, Said


class Kept(NamedTuple):
    """A call as it is stored, and the goals that its decisions changed."""

    call: Call
    goals: list[GoalDecision]


def keep_call(
    writer: Writer,
    client: Client,
    said: Sequence[Said],
    by: By,
    *,
    day: date,
    today: date,
    notes: str = "",
    agreed_by: str | None = None,
) -> Kept:
    """Keep a call of `day`; `agreed_by` said yes (None: whoever agreed the goal before, else the approver).

    Raises:
        DecisionError: something cannot be kept as it was said; then nothing is.
        ConflictError: somebody changed a goal meanwhile; then nothing is kept.
    """
    approver = _approver(writer, client)
    with writer.together():
        found = decided(by.words, writer, client, said, today, by=agreed_by, approver=approver, on=day)
        call = Call(
            0,
            client.id,
            day,
            by.now,
            by.author,
            clean(notes, TEXT_LIMIT),
            _texts(by.words, said, found, today),
        )
        call = replace(call, id=writer.add_call(call))
        for each in found:
            why = clean(each.why) or by.words.text("the client said yes")
            writer.update_goal(each.after, author=by.author, now=by.now, why=why, agreed_on=day)
        live = [writer.goal(each.after.id) for each in found if not each.after.dropped]
        refresh_goals(writer, live, by.now)
    return Kept(call, found)


def _approver(reader: Reader, client: Client) -> str:
    """Who says yes for the client, as agreed, else the client himself."""
    terms = terms_in_force(reader, client.id)
    agreed = terms.client.approver if terms else ""
    return clean(agreed) or client.name


def _texts(words: Words, said: Sequence[Said], found: Sequence[GoalDecision], today: date) -> tuple[str, ...]:
    """The decisions in words; a goal that no words were said about is a decision by itself."""
    texts = [clean(each.text, TEXT_LIMIT) for each in said if not each.is_goal]
    if any(not any(char.isalnum() for char in text) for text in texts):
        raise DecisionError(words.text("What was decided?"), words.text("Say it in words: --decision TEXT"))
    return *texts, *(f"{each.after.id}. {change_text(words, each, today)}" for each in found if not each.why)


def change_text(words: Words, each: GoalDecision, today: date) -> str:
    """What was decided about a goal, from what to what: «ВК: +300 подписчиков: число: 300 → 200»."""
    before, after = each.before, each.after
    changed = {
        name: (_plain(getattr(before, name)), _plain(getattr(after, name)))
        for name in ("amount", "deadline", "dropped")
        if getattr(before, name) != getattr(after, name)
    }
    told = changes_text(words, changed, today, Names())
    return f"{goal_title(words, before)}: {told or words.text('the client said yes')}"


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
