"""`smm agreement accept`: the client's yes to a version, and with it to the goals on its lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cli.agreements import follow, line_texts, needed_agreements, open_goals, says_the_same, version_of
from cli.exits import Exit, UserError
from connectors.clean import clean
from goals.agreement.goals import goals_of
from goals.agreement.plain import in_force
from goals.agreement.terms import lacking
from goals.evaluate import is_complete
from goals.model import Goal

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.agreement.terms import Agreement, Terms
    from goals.model import Client
    from store.contract import Writer


@dataclass(frozen=True, slots=True)
class Yes:
    """What the client's yes did to his goals: agreed, and not because of what they say or lack.

    `waiting` are the lines that have no goal yet.
    """

    agreed: list[Goal] = field(default_factory=list)
    otherwise: list[Goal] = field(default_factory=list)
    open: list[Goal] = field(default_factory=list)
    without_line: list[Goal] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def run_accept(ctx: Context, args: argparse.Namespace) -> int:
    """Note the yes and agree the goals on the lines. Raises UserError, StoreError."""
    from cli.pick import pick_client
    from store.days import today_of
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_of(client, ctx.now())
        by, on = _said(ctx, args, today)
        with writer.together():
            agreements = needed_agreements(ctx, writer, client)
            agreement = version_of(ctx, agreements, args.version, client)
            _refuse_again(ctx, agreements, agreement, today)
            before = in_force(agreements).terms
            writer.accept_agreement(
                client.id, agreement.version, by=by, on=on, author=ctx.author, now=ctx.now()
            )
            found = _agree(ctx, writer, client, agreement, before, by, on)
            refresh_goals(writer, writer.goals(client.id), ctx.now())
    _tell(ctx, client, agreement, found, by, on, today)
    return Exit.OK


def _said(ctx: Context, args: argparse.Namespace, today: date) -> tuple[str, date]:
    """Who said yes on which day. Raises UserError for nobody and for a day to come."""
    from cli.amounts import read_day

    text = ctx.words.text
    by, on = clean(args.by), read_day(ctx.words, args.on, today)
    if not any(char.isalnum() for char in by):
        raise UserError(text("Who said yes?"), text("Name the person: --by NAME"), Exit.USAGE)
    if on > today:
        day = ctx.words.day(on, today)
        step = text("Name the day of the client's yes: --on")
        raise UserError(text("{agreed} has not come yet", agreed=day), step, Exit.USAGE)
    return by, on


def _refuse_again(ctx: Context, agreements: list[Agreement], agreement: Agreement, today: date) -> None:
    """Refuse a yes to what was accepted already, or to what a newer accepted version has replaced."""
    text = ctx.words.text
    step = text("See the versions: smm agreement history")
    yes = agreement.acceptance
    if yes is not None:
        raise UserError(
            text(
                "Version {n} was agreed already: {name}, {day}",
                n=agreement.version,
                name=clean(yes.by),
                day=ctx.words.day(yes.on, today),
            ),
            step,
        )
    newer = [each.version for each in agreements if each.acceptance and each.version > agreement.version]
    if newer:
        raise UserError(text("Version {n}, which is newer, was agreed already", n=newer[-1]), step)


def _agree(
    ctx: Context, writer: Writer, client: Client, agreement: Agreement, before: Terms, by: str, on: date
) -> Yes:
    """Let the open goals follow the new terms, and agree those that say what their line does."""
    from store.days import today_of

    today, terms = today_of(client, ctx.now()), agreement.terms
    lines = line_texts(ctx.words, terms)
    asked = {each.term: each for each in goals_of(terms, today)}
    goals = open_goals(writer, client, today)
    found = Yes(waiting=[term for term in asked if term not in {goal.term for goal in goals}])
    for goal, followed in follow(before, terms, goals, today):
        edited = followed
        line = asked.get(goal.term or "")
        if goal.term is not None and goal.term not in lines:
            found.without_line.append(goal)
        elif goal.term is not None and not is_complete(edited):
            found.open.append(goal)
        elif line is not None and not says_the_same(edited, line):
            found.otherwise.append(goal)
        elif goal.term is not None and (edited != goal or goal.agreed_on is None):
            edited = replace(edited, agreed_by=by, agreed_on=on)
            found.agreed.append(edited)
        if edited != goal:
            why = ctx.words.text("version {n} of the agreement", n=agreement.version)
            writer.update_goal(edited, author=ctx.author, now=ctx.now(), why=why, agreed_on=on)
    return found


def _tell(
    ctx: Context, client: Client, agreement: Agreement, found: Yes, by: str, on: date, today: date
) -> None:
    text = ctx.words.text
    ctx.say(
        text(
            "Agreed: version {n} with «{client}», {name}, {day}",
            n=agreement.version,
            client=client.name,
            name=by,
            day=ctx.words.day(on, today),
        )
    )
    parts = (
        (text("Agreed with it"), found.agreed, ""),
        (text("Say otherwise than their line, so not agreed"), found.otherwise, "smm goal edit {id}"),
        (text("Drafts: not all is said yet, so not agreed"), found.open, "smm goal edit {id}"),
        (text("Their line is gone"), found.without_line, "smm goal drop {id}"),
    )
    for head, goals, step in parts:
        if goals:
            lines = [_goal_line(ctx, goal, today, step) for goal in goals]
            ctx.write("\n".join([f"{head}:", *lines]))
    if lacking(agreement.terms):
        ctx.say(text("It still lacks something: smm agreement show"))
    if found.waiting:
        ctx.say("→ " + text('Make goals of its lines: smm agreement goals "{client}"', client=client.name))


def _goal_line(ctx: Context, goal: Goal, today: date, step: str) -> str:
    """«4. ВК: 21 история в месяц · до 31.12 → smm goal edit 4»."""
    from cli.goals import goal_title

    until = ctx.words.text("until {day}", day=ctx.words.day(goal.deadline, today)) if goal.deadline else ""
    line = " · ".join(part for part in (f"{goal.id}. {goal_title(ctx, goal)}", until) if part)
    return f"{line} → {step.format(id=goal.id)}" if step else line
