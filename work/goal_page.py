"""All that is known of one goal, read in one go: what `smm goal show` prints and the goal screen draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.clean import clean
from goals.agreement.plain import agreement_of, in_force
from goals.changes import changed_without_yes, eased_without_yes
from goals.metrics import METRICS, Source
from goals.model import ClientKind, GoalKind, GoalStatus, PostState
from goals.pace import periods_kept, streak_of
from goals.warnings.pace_rules import fall_of
from store.days import today_of
from store.evidence import terms_in_force
from store.gaps import missing_of
from store.situation import situation_of
from store.values import Filter
from wording.agreements.lists import line_texts
from wording.names import folded
from wording.rhythm import kept_text
from work.goal_letters import letters_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from goals.board import GoalRow
    from goals.gaps import Days
    from goals.model import Client, ClientId, Goal
    from goals.records import CheckIn
    from goals.revision import Revision
    from goals.warnings.situation import Situation
    from store.contract import Reader
    from store.values import PostRow
    from wording.words import Words
    from work.goal_letters import Letters, Offers


@dataclass(frozen=True, slots=True)
class Page:
    """A goal with all that is known of it.

    `today` is the client's local day. `priority` is the client's priority in words (None: there is none of
    that number), `line` the line of the agreement that the goal carries out. `falls_on` is the day on which
    it leaves its road, `letters` how its letters stand; both are None once it is over. `kept` tells how a
    rate was kept. `posts` are those that count or stand in the plan, and `check_ins` what was said: both
    the newest first. `revisions` are its changes, oldest first; `eased` are those that made it easier
    without the client's yes, `changed` those of what he had agreed to, after which his yes does not hold.
    """

    goal: Goal
    row: GoalRow
    client: Client
    today: date
    priority: str | None
    line: str | None
    band: tuple[float, float] | None
    falls_on: date | None
    letters: Letters | None
    kept: str
    missing: Sequence[Days]
    posts: Sequence[PostRow]
    check_ins: Sequence[CheckIn]
    revisions: Sequence[Revision]
    eased: Sequence[Revision]
    changed: Sequence[Revision]


def read_page(
    words: Words,
    reader: Reader,
    goal: Goal,
    row: GoalRow,
    now: datetime,
    *,
    offers: Offers | None = None,
    situation: Situation | None = None,
) -> Page:
    """Everything about a goal at `now`.

    Args:
        words: the language.
        reader: where the goal is.
        goal: the goal.
        row: its stored verdict.
        now: the moment.
        offers: the figures that networks show (see `letters_of`).
        situation: what is known of the client, where it was read already.
    """
    client = owner_of(reader, goal)
    today = today_of(client, now)
    over = GoalStatus(row.status).is_over
    revisions = reader.revisions(goal.id)
    check_ins = [one for one in reader.check_ins(client.id, goal.start) if one.goal_id == goal.id]
    names = [] if goal.priority is None else priority_names(reader, client.id)
    own = client.kind is ClientKind.SELF
    return Page(
        goal=goal,
        row=row,
        client=client,
        today=today,
        priority=names[goal.priority - 1] if goal.priority and goal.priority <= len(names) else None,
        line=agreed_line(words, reader, goal),
        band=reader.bands(client.id).get(int(goal.id)),
        falls_on=None if over else _falls_on(reader, goal, row, client, now, situation),
        letters=None if over else letters_of(reader, client, goal, today, offers),
        kept=kept_of(words, reader, goal, today),
        missing=missing_of(reader, goal, today),
        posts=posts_of(reader, goal),
        check_ins=check_ins[::-1],
        revisions=revisions,
        eased=() if own else eased_without_yes(goal, revisions),
        changed=() if own else changed_without_yes(goal, revisions),
    )


def owner_of(reader: Reader, goal: Goal) -> Client:
    """The client whose goal it is."""
    return next(client for client in reader.clients(archived=True) if client.id == goal.client_id)


def priority_names(reader: Reader, client_id: ClientId) -> list[str]:
    """The client's priorities in words, the first one first; none where nothing is agreed."""
    versions = reader.agreements(client_id)
    if not versions:
        return []
    return [clean(line.text) for line in agreement_of(in_force(versions)).terms.priorities]


def agreed_line(words: Words, reader: Reader, goal: Goal) -> str | None:
    """The line of the agreement that the goal carries out, in words; its key where the line is gone."""
    if goal.term is None:
        return None
    terms = terms_in_force(reader, goal.client_id)
    found = line_texts(words, terms).get(goal.term) if terms else None
    return found or words.text("the line is gone from the agreement ({term})", term=goal.term)


def kept_of(words: Words, reader: Reader, goal: Goal, today: date) -> str:
    """How many periods of a rate were kept, and how many in a row by now; empty for what is no rate."""
    if goal.kind is not GoalKind.KEEP_RATE or goal.period is None:
        return ""
    facts = reader.facts(goal, goal.start, today)
    kept = periods_kept(goal, facts, reader.calendar(goal.client_id), today)
    return kept_text(words, sum(kept), len(kept), streak_of(kept), goal.period) if kept else ""


def posts_of(reader: Reader, goal: Goal) -> list[PostRow]:
    """The content that counts or stands in the plan for the goal, the newest first."""
    metric = METRICS[goal.metric]
    if metric.source is not Source.POSTS:
        return []
    topic = None if goal.topic is None or metric.needs_topic else folded(goal.topic)
    which = Filter(goal.client_id, goal.network, goal.account_id, since=goal.start, until=goal.deadline)
    found = [
        row
        for row in reader.posts(which)
        if row.post.state is not PostState.DELETED
        and (not metric.post_kinds or row.post.kind in metric.post_kinds)
        and (topic is None or topic in map(folded, row.post.topics))
    ]
    return sorted(found, key=_by_time, reverse=True)


def _by_time(row: PostRow) -> tuple[int, float, int]:
    """By day, then by the hour where the network tells it, then by what was stored last."""
    post = row.post
    return post.day.toordinal(), post.published_at.timestamp() if post.published_at else 0.0, post.id


def _falls_on(
    reader: Reader, goal: Goal, row: GoalRow, client: Client, now: datetime, situation: Situation | None
) -> date | None:
    """The day on which an open goal leaves its road at its pace of late."""
    if row.status != GoalStatus.ON_TRACK or goal.deadline is None:
        return None
    at = situation or situation_of(reader, client, now)
    state = next((one for one in at.goals if one.goal.id == goal.id), None)
    return None if state is None else fall_of(at, state, goal.deadline)
