"""`smm agreement accept`: the client's yes to a version, and with it to the goals on its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.agreement.common import matcher, needed_agreements, version_of
from cli.exits import Exit, UserError
from connectors.clean import clean
from goals.agreement.terms import lacking
from work.agreement_accept import accept, agreed_already, too_early, written_on
from work.agreements import By

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.agreement.terms import Agreement
    from goals.model import Client, Goal
    from work.agreement_accept import Yes


def run_accept(ctx: Context, args: argparse.Namespace) -> int:
    """Note the yes and agree the goals on the lines. Raises UserError, StoreError."""
    from cli.pick import pick_client
    from store.days import today_of

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_of(client, ctx.now())
        by, on = _said(ctx, args, today)
        with writer.together():
            agreements = needed_agreements(ctx, writer, client)
            agreement = version_of(ctx, agreements, args.version, client)
            _refuse_again(ctx, agreements, agreement, today)
            _refuse_early(ctx, client, agreement, on, today)
            found = accept(
                By(ctx.words, ctx.author, ctx.now()),
                writer,
                client,
                agreements,
                agreement,
                who=by,
                on=on,
                match=matcher(ctx),
            )
    if args.json:
        ctx.write_json(_record(client, agreement, found, by, on))
    else:
        _tell(ctx, client, agreement, found, by, on, today)
    return Exit.OK


def _record(client: Client, agreement: Agreement, found: Yes, by: str, on: date) -> dict[str, object]:
    """What was noted, for another program: the numbers of the goals by what became of them."""
    parts = {
        "agreed": found.agreed,
        "decided_since": found.decided,
        "otherwise": found.otherwise,
        "drafts": found.open,
        "without_line": found.without_line,
    }
    return {
        "client": client.name,
        "version": agreement.version,
        "accepted": {"by": by, "on": on},
        "goals": {name: [goal.id for goal in goals] for name, goals in parts.items()},
        "lines_without_goal": found.waiting,
        "topics": found.topics,
        "lacking": lacking(agreement.terms),
    }


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
    newer = agreed_already(agreements, agreement)
    if newer is not None:
        raise UserError(text("Version {n}, which is newer, was agreed already", n=newer.version), step)


def _refuse_early(ctx: Context, client: Client, agreement: Agreement, on: date, today: date) -> None:
    """Refuse a yes of a day on which the version was not there yet."""
    problem = too_early(ctx.words, agreement.version, written_on(client, agreement), on, today)
    if problem:
        raise UserError(problem, ctx.words.text("Name the day of the client's yes: --on"), Exit.USAGE)


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
    if on < written_on(client, agreement):
        written = ctx.words.day(written_on(client, agreement), today)
        ctx.say(text("The yes is older than the text, which was written on {day}", day=written))
    parts = (
        (text("Agreed with it"), found.agreed, ""),
        (text("Stay as the client decided since, not as their line says"), found.decided, ""),
        (text("Say otherwise than their line, so not agreed"), found.otherwise, "smm goal edit {id}"),
        (text("Drafts: not all is said yet, so not agreed"), found.open, "smm goal edit {id}"),
        (text("Their line is gone"), found.without_line, "smm goal drop {id}"),
    )
    for head, goals, step in parts:
        if goals:
            lines = [_goal_line(ctx, goal, today, step) for goal in goals]
            ctx.write("\n".join([f"{head}:", *lines]))
    if found.topics:
        ctx.say(ctx.words.text("Topics made: {names}", names=", ".join(found.topics)))
    if lacking(agreement.terms):
        ctx.say(text("It still lacks something: smm agreement show"))
    if found.waiting:
        ctx.say("→ " + text('Make goals of its lines: smm agreement goals "{client}"', client=client.name))


def _goal_line(ctx: Context, goal: Goal, today: date, step: str) -> str:
    """«4. ВК: 21 история в месяц · до 31.12 → smm goal edit 4»."""
    from cli.goal.listing import goal_title

    until = ctx.words.text("until {day}", day=ctx.words.day(goal.deadline, today)) if goal.deadline else ""
    line = " · ".join(part for part in (f"{goal.id}. {goal_title(ctx, goal)}", until) if part)
    return f"{line} → {step.format(id=goal.id)}" if step else line
