"""Agreements as commands use them: their versions, the goals on their lines, and what a new one changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import UserError
from connectors.clean import TEXT_LIMIT, clean
from goals.agreement.diff import Why, change_draft
from goals.agreement.goals import goals_of
from goals.agreement.lines import HOURS_TERM, folded, term_of
from goals.agreement.plain import agreement_of, in_force, to_stored
from store.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cli.context import Context
    from goals.agreement.diff import Affected
    from goals.agreement.goals import ProposedGoal
    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client, Goal
    from store.contract import Reader, Writer
    from wording.words import Words

#: What a line and its goal both say.
_ASKED = ("kind", "amount", "period")


def agreements_of(reader: Reader, client: Client) -> list[Agreement]:
    """The versions of a client's agreement, oldest first; none where nothing was agreed yet."""
    return [agreement_of(version) for version in reader.agreements(client.id)]


def needed_agreements(ctx: Context, reader: Reader, client: Client) -> list[Agreement]:
    """The versions of a client's agreement, oldest first. Raises UserError where there is none."""
    found = agreements_of(reader, client)
    if not found:
        raise UserError(
            ctx.words.text("There is no agreement with «{client}» yet", client=client.name),
            ctx.words.text('Write it down: smm agreement edit "{client}"', client=client.name),
        )
    return found


def version_of(
    ctx: Context, agreements: Sequence[Agreement], number: int | None, client: Client
) -> Agreement:
    """The version of this number, the newest one where none is named. Raises UserError."""
    if number is None:
        return agreements[-1]
    found = next((each for each in agreements if each.version == number), None)
    if found is None:
        raise UserError(
            ctx.words.text("The agreement has no version {n}", n=number),
            ctx.words.text('See the versions: smm agreement history "{client}"', client=client.name),
        )
    return found


def open_goals(reader: Reader, client: Client, today: date) -> list[Goal]:
    """The client's goals whose last day has not passed."""
    return [goal for goal in reader.goals(client.id) if goal.deadline is None or goal.deadline >= today]


def line_texts(words: Words, terms: Terms) -> dict[str, str]:
    """Every line that a goal may stand on, in words, by its term."""
    from wording.agreements.lists import content_line, kpi_line, topic_line
    from wording.agreements.phrases import cleaned
    from wording.goals import counted

    shown = cleaned(terms)
    topics = zip(terms.topics, shown.topics, strict=True)
    content = zip(terms.content, shown.content, strict=True)
    kpis = zip(terms.kpis, shown.kpis, strict=True)
    texts = {term_of(line): topic_line(words, safe) for line, safe in topics}
    texts |= {term_of(line): content_line(words, safe) for line, safe in content}
    texts |= {term_of(line): kpi_line(words, safe) for line, safe in kpis}
    if terms.hours.month is not None:
        texts[HOURS_TERM] = counted(words, "hours", terms.hours.month) + " " + words.text("a month")
    return texts


def read_reason(typed: str | None) -> str:
    """Why something changes, on one line."""
    return clean(typed or "", TEXT_LIMIT)


def save_terms(
    ctx: Context, writer: Writer, client: Client, terms: Terms, *, reason: str, based_on: Sequence[Agreement]
) -> int:
    """Save the terms as the next version of the versions they were made from, and give its number.

    As long as the client has accepted none, the newest version holds, and open goals follow it; what he
    said yes to himself stays.

    Raises:
        UserError: somebody saved a newer version meanwhile.
    """
    from store.days import today_of
    from store.refresh import refresh_goals

    before = in_force(based_on).terms if based_on else None
    holds = not any(agreement.acceptance for agreement in based_on)
    today = today_of(client, ctx.now())
    try:
        with writer.together():
            number = writer.add_agreement(
                client.id,
                to_stored(terms),
                reason=reason,
                based_on=based_on[-1].version if based_on else 0,
                author=ctx.author,
                now=ctx.now(),
            )
            if holds and before is not None:
                why = reason or ctx.words.text("version {n} of the agreement", n=number)
                for goal, followed in follow(before, terms, open_goals(writer, client, today), today):
                    is_agreed = goal.agreed_on is not None
                    edited = replace(goal, priority=followed.priority) if is_agreed else followed
                    if edited != goal:
                        writer.update_goal(edited, author=ctx.author, now=ctx.now(), why=why)
            refresh_goals(writer, writer.goals(client.id), ctx.now())
    except ConflictError as error:
        raise UserError(
            ctx.words.text(
                "{author} has saved a newer version of this agreement meanwhile; nothing was written",
                author=error.author,
            ),
            ctx.words.text('See it: smm agreement show "{client}"', client=client.name),
        ) from error
    return number


def follow(old: Terms, new: Terms, goals: Sequence[Goal], today: date) -> list[tuple[Goal, Goal]]:
    """Each goal with what it becomes when new terms take the place of the old ones.

    A goal goes on serving its priority under the new rank. What it asks for follows its line where it
    said what the line did; one that was set otherwise by hand stays as it is.
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
            edited = _as_asked(edited, was, now)
        found.append((goal, edited))
    return found


def _rank(old: Terms, new: Terms, each: Affected) -> int | None:
    """The new rank of what a goal serves; a text that took the place of a vanished one says the same anew."""
    rank = each.goal.priority
    if each.priority is not None or rank is None or rank > len(new.priorities):
        return each.priority
    known = {folded(priority.text) for priority in old.priorities}
    return None if folded(new.priorities[rank - 1].text) in known else rank


def _as_asked(goal: Goal, was: ProposedGoal, now: ProposedGoal) -> Goal:
    if says_the_same(goal, was) and not says_the_same(goal, now):
        goal = replace(goal, kind=now.kind, amount=now.amount, period=now.period)
    if goal.deadline == was.deadline and was.deadline != now.deadline:
        goal = replace(goal, deadline=now.deadline)
    return goal


def says_the_same(goal: Goal, asked: ProposedGoal) -> bool:
    """Whether a goal asks for as much as its line."""
    return all(getattr(goal, name) == getattr(asked, name) for name in _ASKED)


def say_standing(ctx: Context, agreement: Agreement, client: Client, *, newer: bool) -> None:
    """Say by which version the goals are, and what its client's yes is worth."""
    text = ctx.words.text
    if agreement.acceptance is None:
        ctx.say(
            text("The client has not said yes to version {n} yet: its goals wait for it", n=agreement.version)
        )
        say_accept_step(ctx, client)
    elif newer:
        ctx.say(
            text("Version {n} holds: the client has not said yes to the newer one yet", n=agreement.version)
        )


def say_accept_step(ctx: Context, client: Client) -> None:
    """Say how the client's yes is noted."""
    step = ctx.words.text(
        'When the client says yes: smm agreement accept "{client}" --by NAME --on DAY', client=client.name
    )
    ctx.say(f"→ {step}")
