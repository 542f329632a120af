"""From the options of `smm goal add` and `edit` to a goal that can be judged, or a sentence why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cli.amounts import read_amount, read_baseline, read_choice, read_day, read_metric
from cli.exits import Exit, UserError
from cli.goal.fields import (
    known_network,
    read_deadline,
    read_given,
    read_priority,
    read_purpose,
    read_scope,
    with_given,
    with_purpose,
)
from cli.goal.fill import usual_kind
from connectors.clean import clean
from goals.drafting import named
from goals.metrics import METRICS, UNNAMED, Metric, Source
from goals.model import Goal, GoalId, GoalKind, Period
from goals.pace import period_of
from goals.validity import problems_of
from wording.goals import metric_name
from wording.typed import number_text

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Account, Client
    from store.contract import Reader
    from wording.words import Words

#: Fields of a goal, and what they become.
_Changes = dict[str, Any]


def new_goal(
    ctx: Context,
    reader: Reader,
    args: argparse.Namespace,
    client: Client,
    account: Account | None,
    today: date,
) -> Goal:
    """The goal that the options of `goal add` describe. Raises UserError with the next step."""
    words = ctx.words
    metric = read_metric(words, args.metric)
    kind = _kind(words, args.kind)
    start = read_day(words, args.start, today) if args.start else today
    period = _period(words, args.period)
    deadline = read_deadline(words, args.deadline, today, start) if args.deadline else None
    if period is not None and kind is not GoalKind.KEEP_RATE:
        if deadline is not None:
            raise _no_period(words)
        deadline = period_of(period, start)[1]
    goal = Goal(
        id=GoalId(0),
        client_id=client.id,
        metric=metric.name,
        kind=kind,
        amount=read_amount(words, args.amount, metric, kind),
        start=start,
        network=account.network if account else known_network(words, reader, args.network),
        account_id=account.id if account else None,
        topic=_topic(reader, client, args.topic),
        period=(period or Period.WEEK) if kind is GoalKind.KEEP_RATE else None,
        deadline=deadline,
        baseline=None if args.baseline is None else read_baseline(words, args.baseline, metric),
        title=clean(args.title or ""),
        priority=None if args.priority is None else read_priority(ctx, reader, client, args.priority),
        wish=_with_clauses(words, args, "", today),
    )
    _check(words, goal, today)
    return goal


def edited_goal(
    ctx: Context, reader: Reader, args: argparse.Namespace, goal: Goal, client: Client, today: date
) -> Goal:
    """The goal with what the options of `goal edit` change. Raises UserError with the next step."""
    words, start = ctx.words, goal.start
    changes = _reading(ctx, reader, args, goal, client, today)
    changes |= _measure(words, args, goal)
    metric, kind = METRICS[str(changes.get("metric", goal.metric))], changes.get("kind", goal.kind)
    changes |= _scope(ctx, reader, args, client, metric)
    if args.baseline is not None:
        changes["baseline"] = read_baseline(words, args.baseline, metric)
    if args.start is not None:
        start = read_day(words, args.start, today)
        changes["start"] = start
    if args.deadline is not None:
        deadline = read_deadline(words, args.deadline, today, start) if args.deadline else None
        changes["deadline"] = deadline
    if args.period is not None:
        if kind is not GoalKind.KEEP_RATE:
            raise _no_period(words)
        changes["period"] = _period(words, args.period)
    if args.topic is not None:
        changes["topic"] = _topic(reader, client, args.topic)
    if args.title is not None:
        changes["title"] = clean(args.title)
    if args.agreed is not None:
        changes["agreed_on"] = read_day(words, args.agreed, today)
    changes |= _reasons(ctx, reader, args, goal, client, today)
    if not changes:
        raise UserError(
            words.text("Nothing to change was named"),
            words.text("For example: --amount 350, --deadline 31.12 or --agreed today"),
            Exit.USAGE,
        )
    edited = named(replace(goal, **changes))
    _check(words, edited, today, before=goal)
    return edited


def only_fills(before: Goal, after: Goal) -> bool:
    """Whether an edit only says what was open: then nobody has to ask why it was made."""
    if before.metric == UNNAMED:
        return True
    if before.baseline is not None and after.baseline is None:
        after = replace(after, baseline=before.baseline)  # it is read anew
    return all(
        getattr(before, name) in {None, "", getattr(after, name)}
        for name in (
            "metric", "kind", "amount", "period", "topic", "start", "deadline", "baseline", "network",
            "account_id", "priority", "title", "agreed_on",
        )
    )  # fmt: skip


def _reading(
    ctx: Context, reader: Reader, args: argparse.Namespace, goal: Goal, client: Client, today: date
) -> _Changes:
    """What the reading of the goal's own line decides that was chosen."""
    if args.reading is None:
        return {}
    from work.goal_letters import PLACE, READ, read_as, readings_of

    readings = readings_of(reader, client, goal, today)
    if not 1 <= args.reading <= len(readings):
        raise UserError(
            ctx.words.text("The line has no reading {n}", n=args.reading),
            ctx.words.text("See what is open: smm goal show {id}", id=goal.id),
            Exit.USAGE,
        )
    said_on = min(goal.start, today)
    places = reader.accounts(client.id)
    meant = read_as(goal, readings[args.reading - 1], said_on, places)
    others = [read_as(goal, each, said_on, places) for each in readings]

    def is_answered(name: str) -> bool:
        """Whether the reading leaves open what was answered since, which no reading says."""
        own = getattr(goal, name)
        return getattr(meant, name) is None and own not in {getattr(each, name) for each in others}

    found = {name: getattr(meant, name) for name in READ if not is_answered(name)}
    if any(getattr(meant, name) != getattr(goal, name) for name in PLACE):
        found |= {name: getattr(meant, name) for name in (*PLACE, "topic", "baseline")}
    return found


def _scope(
    ctx: Context, reader: Reader, args: argparse.Namespace, client: Client, metric: Metric
) -> _Changes:
    """The network and account, with the figure to start from to be read anew."""
    found = read_scope(ctx, reader, client, args)
    if not found:
        return {}
    if metric.source is Source.MANUAL:
        name = metric_name(ctx.words, metric.name)
        raise UserError(
            ctx.words.text("«{metric}» is logged by hand, for the client as a whole", metric=name),
            ctx.words.text("Leave out --network and --account"),
            Exit.USAGE,
        )
    return {**found, "baseline": None}


def _reasons(
    ctx: Context, reader: Reader, args: argparse.Namespace, goal: Goal, client: Client, today: date
) -> _Changes:
    """What the goal is for: one of the client's priorities, or a clause that says it."""
    changes: _Changes = {}
    if args.priority is not None:
        changes["priority"] = read_priority(ctx, reader, client, args.priority)
    wish = _with_clauses(ctx.words, args, goal.wish, min(goal.start, today))
    if wish != goal.wish:
        changes["wish"] = wish
        if goal.title and goal.title == goal.wish:
            changes["title"] = wish
    return changes


def _with_clauses(words: Words, args: argparse.Namespace, line: str, said_on: date) -> str:
    """The line of a goal with the clauses that say what it is for and what is given for it."""
    if args.purpose is not None:
        line = with_purpose(line, read_purpose(words, args.purpose, said_on), said_on)
    if args.given is not None:
        line = with_given(line, read_given(words, args.given, said_on), said_on)
    return line


def _measure(words: Words, args: argparse.Namespace, goal: Goal) -> _Changes:
    """What `goal edit` changes of what is measured, of how the amount is meant, and of the amount."""
    changes: _Changes = {}
    metric, kind = METRICS[goal.metric], goal.kind
    if args.metric is not None:
        metric = read_metric(words, args.metric)
        changes["metric"] = metric.name
        if metric.name != goal.metric:
            changes["baseline"] = None
        if metric.source is Source.MANUAL:
            changes |= {"network": None, "account_id": None}
    if args.kind is not None or (goal.metric == UNNAMED and metric.name != UNNAMED):
        kind = usual_kind(metric) if args.kind is None else _kind(words, args.kind)
        changes["kind"] = kind
        if kind is not GoalKind.KEEP_RATE:
            changes["period"] = None
    amount = args.amount
    if amount is None and changes and goal.amount is not None:
        amount = number_text(words, goal.amount)
    if amount is not None:
        changes["amount"] = read_amount(words, amount, metric, kind)
    return changes


def _kind(words: Words, text: str) -> GoalKind:
    return GoalKind(read_choice(words, text, GoalKind, words.text("The kind of goal")))


def _no_period(words: Words) -> UserError:
    return UserError(
        words.text("Only a goal of kind keep_rate has a period"),
        words.text("Take --kind keep_rate for so many each time, or leave out --period"),
        Exit.USAGE,
    )


def _check(words: Words, goal: Goal, today: date, *, before: Goal | None = None) -> None:
    """Refuse a goal that says nonsense (exit code 2)."""
    from wording.validity import flaw_sentence

    for problem in problems_of(goal, today, before=before):
        sentence = flaw_sentence(words, problem.flaw, goal, today)
        raise UserError(sentence.message, sentence.next_step, Exit.USAGE)


def warnings(ctx: Context, goal: Goal, account: Account | None) -> list[str]:
    """What is worth saying about a goal that is saved all the same."""
    from wording.goals import network_name

    words, metric = ctx.words, METRICS[goal.metric]
    name = metric_name(words, goal.metric)
    network = account.network if account else goal.network
    if network is None:
        return []
    shown = network_name(words, network)
    if metric.source is Source.MANUAL:
        return [
            words.text(
                "«{metric}» is logged by hand for the whole client: smm log {id} N",
                metric=name,
                id=goal.metric,
            )
        ]
    if not _is_given(network, metric):
        return [
            words.text(
                "{network} does not give «{metric}»: bring the figures with smm import",
                network=shown,
                metric=name,
            )
        ]
    return []


def _topic(reader: Reader, client: Client, name: str | None) -> str | None:
    """The topic by its name as the client has it, or as it was typed where it is new."""
    from wording.typed import read_topic

    return read_topic(name, (topic.name for topic in reader.topics(client.id)))


def _is_given(network: str, metric: Metric) -> bool:
    """Whether the network's connector gives the metric; one that nobody serves gives what is imported."""
    if metric.source is not Source.READING:
        return True
    from connectors.base import ConnectorError
    from connectors.registry import connector_class

    try:
        return metric.name in connector_class(network).metrics
    except ConnectorError:
        return True


def _period(words: Words, text: str | None) -> Period | None:
    return None if text is None else Period(read_choice(words, text, Period, words.text("The period")))
