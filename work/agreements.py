"""Agreements: their versions, the goals on their lines, what was decided since, and saving a new version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from connectors.clean import clean
from goals.agreement.amended import amendments
from goals.agreement.diff import Why, change_draft
from goals.agreement.goals import goals_of
from goals.agreement.lines import folded
from goals.agreement.plain import agreement_of, in_force, to_stored
from goals.agreement.share import forms_of
from wording.agreements.amended import amendment_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime

    from goals.agreement.amended import Amendment
    from goals.agreement.diff import Affected
    from goals.agreement.goals import ProposedGoal
    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client, Goal
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader, Writer
    from wording.words import Words

    #: Looks the posts through for topics that are new, and says how many.
    Match = Callable[[Writer], int]

#: What a line and its goal both say.
_ASKED = ("kind", "amount", "period")


class By(NamedTuple):
    """Who makes a change, when, and in which language its reasons are written."""

    words: Words
    author: str
    now: datetime


def agreements_of(reader: Reader, client: Client) -> list[Agreement]:
    """The versions of a client's agreement, oldest first; none where nothing was agreed yet."""
    return [agreement_of(version) for version in reader.agreements(client.id)]


def written_first(agreements: Sequence[Agreement], client: Client, today: date) -> date:
    """The client's local day on which the first version was written; today where there is none yet."""
    if not agreements:
        return today
    return agreements[0].made_at.astimezone(ZoneInfo(client.timezone)).date()


def open_goals(reader: Reader, client: Client, today: date) -> list[Goal]:
    """The client's goals whose last day has not passed."""
    return [goal for goal in reader.goals(client.id) if goal.deadline is None or goal.deadline >= today]


def amended_of(reader: Reader, client: Client, terms: Terms, today: date) -> dict[str, Amendment]:
    """What was decided about the lines' goals since and holds today or later, by term."""
    goals = [
        goal
        for goal in reader.goals(client.id, dropped=True)
        if goal.term is not None and (goal.deadline is None or goal.deadline >= today)
    ]
    revisions = {goal.id: reader.revisions(goal.id) for goal in goals}
    return amendments(terms, goals, revisions, {call.day for call in reader.calls(client.id)})


def decided_texts(
    words: Words, amended: Mapping[str, Amendment], holding: Terms, terms: Terms, today: date
) -> dict[str, str]:
    """What was decided about lines of `holding` and still counts beside `terms`, in words by term.

    An amount does not count beside a line that asks for another one than the line it was decided about:
    with a yes to that line its goal follows the line.
    """
    before, asked = ({each.term: each for each in goals_of(of, today)} for of in (holding, terms))
    still = {}
    for term, each in amended.items():
        was, now = before.get(term), asked.get(term)
        is_newer = was is not None and now is not None and asks_otherwise(was, now)
        kept = replace(each, amount=None) if is_newer else each
        if kept.dropped or kept.deadline or kept.amount:
            still[term] = kept
    return amendment_texts(words, still, today)


def decided_since(
    words: Words, reader: Reader, client: Client, agreements: Sequence[Agreement], today: date
) -> dict[str, str]:
    """What the client decided since about lines of the newest version, in words by term."""
    if not agreements:
        return {}
    holding = in_force(agreements).terms
    amended = amended_of(reader, client, holding, today)
    return decided_texts(words, amended, holding, agreements[-1].terms, today)


def new_topics(reader: Reader, client: Client, terms: Terms) -> list[str]:
    """The topics of the agreement that the client has not got yet."""
    known = {folded(topic.name) for topic in reader.topics(client.id)}
    names = {folded(line.topic): clean(line.topic) for line in reversed(terms.topics)}
    return [names[key] for key in reversed(names) if key not in known]


def make_topics(by: By, writer: Writer, client: Client, names: Sequence[str]) -> None:
    """Make topics, each told by its name."""
    for name in names:
        number = writer.topic(client.id, name)
        topic = next(each for each in writer.topics(client.id) if each.id == number)
        writer.update_topic(replace(topic, words=(name,)), author=by.author, now=by.now)


def save_terms(
    by: By,
    writer: Writer,
    client: Client,
    terms: Terms,
    *,
    reason: str,
    based_on: Sequence[Agreement],
    match: Match | None = None,
) -> int:
    """Save the terms as the next version of the versions they were made from, and give its number.

    As long as the client has accepted none, the newest version holds, and open goals follow it; what he
    said yes to himself stays. The topics that it names are made then, and posts are looked through for them
    by `match`. Raises ConflictError where somebody saved a newer version meanwhile.
    """
    from store.days import today_of
    from store.refresh import refresh_goals

    before = in_force(based_on).terms if based_on else None
    holds = not any(agreement.acceptance for agreement in based_on)
    today, calendar = today_of(client, by.now), writer.calendar(client.id)
    topics = new_topics(writer, client, terms) if holds and is_running(terms, today) else []
    with writer.together():
        number = writer.add_agreement(
            client.id,
            to_stored(terms),
            reason=reason,
            based_on=based_on[-1].version if based_on else 0,
            author=by.author,
            now=by.now,
        )
        if holds and before is not None:
            why = reason or by.words.text("version {n} of the agreement", n=number)
            goals = open_goals(writer, client, today)
            for goal, edited in follow_unaccepted(before, terms, goals, today, calendar):
                if edited != goal:
                    writer.update_goal(edited, author=by.author, now=by.now, why=why)
        make_topics(by, writer, client, topics)
        refresh_goals(writer, writer.goals(client.id), by.now)
    if topics and match is not None:
        match(writer)
    return number


def is_running(terms: Terms, today: date) -> bool:
    """Whether the agreement has not ended yet."""
    dates = terms.dates
    return dates.end is None or bool(dates.renews) or dates.end >= today


def follow(
    old: Terms,
    new: Terms,
    goals: Sequence[Goal],
    today: date,
    calendar: WorkCalendar,
    amended: Collection[str] = (),
) -> list[tuple[Goal, Goal]]:
    """Each goal with what it becomes when new terms take the place of the old ones.

    A goal goes on serving its priority under the new rank. What it asks for follows its line where it
    said what the line did; one that was set otherwise by hand stays as it is. One that the client decided
    about since (its line is among `amended`) follows where the line itself is another one now: that is his
    newer word.
    """
    touched = {each.goal.id: each for each in change_draft(old, new, goals, today).affected}
    before = {asked.term: asked for asked in goals_of(old, today)}
    after = {asked.term: asked for asked in goals_of(new, today)}
    found = []
    for goal in goals:
        edited, each = goal, touched.get(goal.id)
        if each is not None and Why.PRIORITY in each.why:
            edited = replace(edited, priority=_rank(old, new, each))
        was, now = before.get(goal.term or ""), after.get(goal.term or "")
        if was is not None and now is not None:
            newer = goal.term in amended and asks_otherwise(was, now)
            edited = _as_asked(edited, was, now, calendar, always=newer)
        found.append((goal, edited))
    return found


def follow_unaccepted(
    old: Terms, new: Terms, goals: Sequence[Goal], today: date, calendar: WorkCalendar
) -> list[tuple[Goal, Goal]]:
    """The same where the client has accepted no version: of what he said yes to only the rank follows."""
    return [
        (goal, followed if goal.agreed_on is None else replace(goal, priority=followed.priority))
        for goal, followed in follow(old, new, goals, today, calendar)
    ]


def asks_otherwise(was: ProposedGoal, now: ProposedGoal) -> bool:
    """Whether a line asks for something else than before."""
    return any(getattr(was, name) != getattr(now, name) for name in _ASKED)


def _rank(old: Terms, new: Terms, each: Affected) -> int | None:
    """The new rank of what a goal serves; a text that took the place of a vanished one says the same anew."""
    rank = each.goal.priority
    if each.priority is not None or rank is None or rank > len(new.priorities):
        return each.priority
    known = {folded(priority.text) for priority in old.priorities}
    return None if folded(new.priorities[rank - 1].text) in known else rank


def _as_asked(
    goal: Goal, was: ProposedGoal, now: ProposedGoal, calendar: WorkCalendar, *, always: bool
) -> Goal:
    forms = forms_of(goal, now, calendar)
    pairs = zip(forms_of(goal, was, calendar), forms, strict=True)
    said = next((after for before, after in pairs if _asks(goal, before)), forms[1] if always else None)
    if said is not None and not says_the_same(goal, now, calendar):
        goal = replace(goal, kind=said.kind, amount=said.amount, period=said.period)
    if goal.deadline == was.deadline and was.deadline != now.deadline:
        goal = replace(goal, deadline=now.deadline)
    return goal


def says_the_same(goal: Goal, asked: ProposedGoal, calendar: WorkCalendar) -> bool:
    """Whether a goal asks for as much as its line, or for the share of it that its days bring."""
    return any(_asks(goal, form) for form in forms_of(goal, asked, calendar))


def _asks(goal: Goal, asked: ProposedGoal) -> bool:
    return all(getattr(goal, name) == getattr(asked, name) for name in _ASKED)


def goals_text(words: Words, ids: Sequence[int]) -> str:
    """The numbers of goals in words: «цель 3», «цели 3, 4», «цели нет»."""
    if not ids:
        return words.text("no goal")
    told = ", ".join(map(str, ids))
    return words.text("goals {ids}", ids=told) if len(ids) > 1 else words.text("goal {ids}", ids=told)
