"""What the next version of an agreement means, for the client's yes: off, on, goals touched, hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from goals.agreement.amended import with_amounts
from goals.agreement.diff import change_draft
from goals.agreement.plain import in_force
from goals.agreement.shift import hours_a_piece, shifted
from goals.agreement.terms import Terms
from goals.model import PostState
from store.days import today_of
from work.agreements import amended_of, decided_texts, follow, follow_unaccepted, open_goals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from goals.agreement.diff import ChangeDraft
    from goals.agreement.shift import Shift
    from goals.agreement.terms import Agreement
    from goals.model import Client, Goal
    from store.contract import Reader
    from wording.words import Words
    from work.agreements import By

#: Hours for a piece of content are reckoned from what was logged and published in so many days.
_LATELY = timedelta(days=28)
#: Fewer pieces say nothing of the hours for one.
_LEAST_PIECES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """The terms in force (None before the first version) and the new ones, with what lies between them.

    `each` is hours of work for a piece of content, None where nothing tells it. `decided` is what was
    decided about lines since and still counts then, in words by term. `goals` are the client's goals, each
    with what it becomes.
    """

    old: Terms | None
    new: Terms
    draft: ChangeDraft
    decided: dict[str, str]
    shift: Shift | None = None
    each: float | None = None
    goals: tuple[tuple[Goal, Goal], ...] = ()


def change_of(
    by: By,
    reader: Reader,
    client: Client,
    agreements: Sequence[Agreement],
    terms: Terms,
    shift: Shift | None = None,
) -> Change:
    """What it means to go over from the version in force to `terms`; nothing moves where that is the same."""
    today = today_of(client, by.now)
    old = in_force(agreements).terms if agreements else None
    goals = open_goals(reader, client, today)
    draft = change_draft(old or Terms(), terms, goals, today)
    each = _hours_each(reader, client, old or terms, today)
    if old is None:
        return Change(None, terms, draft, {}, shift, each)
    amended, calendar = amended_of(reader, client, old, today), reader.calendar(client.id)
    decided = decided_texts(by.words, amended, old, terms, today)
    if any(agreement.acceptance for agreement in agreements):
        followed = follow(old, terms, goals, today, calendar, amended)
    else:
        followed = follow_unaccepted(old, terms, goals, today, calendar)
    return Change(old, terms, draft, decided, None if terms == old else shift, each, tuple(followed))


def shift_of(
    by: By, reader: Reader, client: Client, agreements: Sequence[Agreement], order: Sequence[int]
) -> Shift:
    """The newest terms with their priorities in another order, and the content that goes over with them.

    What the client decided about all the days of a line is taken into it; about a month, it stays of that
    month. Where the newest version is itself such a proposal that nobody accepted, it is made anew from the
    terms in force: swapping back undoes it.
    """
    today = today_of(client, by.now)
    goals = open_goals(reader, client, today)
    holding, newest = in_force(agreements).terms, agreements[-1].terms
    amended = amended_of(reader, client, holding, today)
    base = with_amounts(holding, amended)
    current = {row.goal_id: row.current for row in reader.board_rows([client.id])}
    done = {goal.id: made for goal in goals if (made := current.get(goal.id)) is not None}
    if set(newest.priorities) == set(holding.priorities):
        between = [holding.priorities.index(each) + 1 for each in newest.priorities]
        if shifted(base, between, goals, done, today).terms == newest:
            return shifted(base, [between[place - 1] for place in order], goals, done, today)
    return shifted(with_amounts(newest, amended), order, goals, done, today)


def _hours_each(reader: Reader, client: Client, terms: Terms, today: date) -> float | None:
    """Hours for a piece of content: as logged lately, else as agreed."""
    from store.values import Filter

    since = today - _LATELY + timedelta(days=1)
    hours = next((row.hours for row in reader.hourly(since, today) if row.client_id == client.id), None)
    posts = reader.posts(Filter(client_id=client.id, since=since, until=today))
    made = sum(row.post.state is PostState.PUBLISHED for row in posts)
    if hours and made >= _LEAST_PIECES:
        return hours / made
    return hours_a_piece(terms)


def change_text(words: Words, change: Change) -> str:
    """The draft for the client's yes."""
    from wording.agreements.draft import draft_text

    return draft_text(
        words,
        change.draft,
        change.old or Terms(),
        change.new,
        shift=change.shift,
        each=change.each,
        decided=change.decided,
        goals=change.goals,
    ).rstrip("\n")
