"""From the options of `smm goal add` and `edit` to a goal that can be judged, or a sentence why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.amounts import read_amount, read_choice, read_day, read_metric
from cli.exits import Exit, UserError
from goals.evaluate import is_measurable
from goals.metrics import METRICS, Metric, Source
from goals.model import Goal, GoalId, GoalKind, Period
from goals.pace import period_of

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Account, Client
    from store.contract import Reader
    from wording.words import Words


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
    kind = GoalKind(read_choice(words, args.kind, GoalKind, words.text("The kind of goal")))
    start = read_day(words, args.start, today) if args.start else today
    period = _period(words, args.period)
    deadline = read_day(words, args.deadline, max(start, today), ahead=True) if args.deadline else None
    if deadline is None and period is not None and kind is not GoalKind.KEEP_RATE:
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
        topic=known_topic(reader, client, args.topic),
        period=(period or Period.WEEK) if kind is GoalKind.KEEP_RATE else None,
        deadline=deadline,
        baseline=None if args.baseline is None else read_amount(words, args.baseline, metric),
        title=(args.title or "").strip(),
    )
    check(words, goal, today)
    return goal


def edited_goal(
    ctx: Context, reader: Reader, args: argparse.Namespace, goal: Goal, client: Client, today: date
) -> Goal:
    """The goal with what the options of `goal edit` change. Raises UserError with the next step."""
    words, metric = ctx.words, METRICS[goal.metric]
    changes: dict[str, object] = {}
    if args.amount is not None:
        changes["amount"] = read_amount(words, args.amount, metric, goal.kind)
    if args.baseline is not None:
        changes["baseline"] = read_amount(words, args.baseline, metric)
    if args.start is not None:
        changes["start"] = read_day(words, args.start, today)
    if args.deadline is not None:
        changes["deadline"] = read_day(words, args.deadline, today, ahead=True) if args.deadline else None
    if args.period is not None:
        if goal.kind is not GoalKind.KEEP_RATE:
            raise UserError(
                words.text("Only a goal of kind keep_rate has a period"),
                words.text("Change its deadline instead: --deadline"),
                Exit.USAGE,
            )
        changes["period"] = _period(words, args.period)
    if args.topic is not None:
        changes["topic"] = known_topic(reader, client, args.topic)
    if args.title is not None:
        changes["title"] = args.title.strip()
    if args.agreed is not None:
        changes["agreed_on"] = read_day(words, args.agreed, today)
    if not changes:
        raise UserError(
            words.text("Nothing to change was named"),
            words.text("For example: --amount 350, --deadline 31.12 or --agreed today"),
            Exit.USAGE,
        )
    edited = replace(goal, **changes)  # type: ignore[arg-type]
    check(words, edited, today, moved="deadline" in changes)
    return edited


def check(words: Words, goal: Goal, today: date, *, moved: bool = True) -> None:
    """Refuse a goal that says nonsense (exit code 2).

    Args:
        words: the language of the sentence.
        goal: what is to be saved.
        today: the client's local day.
        moved: the deadline is new, so it must not lie in the past already.
    """
    from wording.goals import metric_name

    name = metric_name(words, goal.metric)
    if not is_measurable(goal):
        raise _refused(
            words.text("«{metric}» does not add up over days, so it has no total", metric=name),
            words.text("Take a mean (--kind average), a gain (--kind gain) or a level (--kind reach_level)"),
        )
    may_fall = METRICS[goal.metric].less_is_better and goal.kind in {GoalKind.GAIN, GoalKind.GAIN_PERCENT}
    if not goal.amount or (goal.amount < 0 and not may_fall):
        raise _refused(
            words.text("The amount must be more than 0"),
            words.text("For fewer of something, name the level to come down to: --kind reach_level"),
        )
    if goal.deadline is None and goal.kind is not GoalKind.KEEP_RATE:
        raise _refused(
            words.text("A goal needs a deadline"), words.text("Name the last day: --deadline 30.11.2026")
        )
    if goal.deadline is not None and goal.deadline < goal.start:
        raise _refused(
            words.text(
                "The deadline {deadline} is before the start {start}",
                deadline=goal.deadline.isoformat(),
                start=goal.start.isoformat(),
            ),
            words.text("Name a later deadline, or an earlier start with --start"),
        )
    if moved and goal.deadline is not None and goal.deadline < today and goal.start >= today:
        raise _refused(
            words.text("The deadline {deadline} has passed", deadline=goal.deadline.isoformat()),
            words.text("Name a day from today on"),
        )
    if goal.topic and METRICS[goal.metric].source is not Source.POSTS:
        raise _refused(
            words.text("«{metric}» is not of posts, so it has no topic", metric=name),
            words.text("Leave out --topic, or count posts: --metric posts"),
        )


def warnings(ctx: Context, goal: Goal, account: Account | None) -> list[str]:
    """What is worth saying about a goal that is saved all the same."""
    from wording.goals import metric_name, network_name

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


def known_topic(reader: Reader, client: Client, name: str | None) -> str | None:
    """The topic by its name as the client has it (any case), or as it was typed where it is new."""
    from connectors.clean import clean

    wanted = clean(name or "")
    if not wanted:
        return None
    for topic in reader.topics(client.id):
        if topic.name.casefold() == wanted.casefold():
            return topic.name
    return wanted


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


def known_network(words: Words, reader: Reader, network: str | None) -> str | None:
    """The network of this name, None for none. Raises UserError for one that nobody knows."""
    if network is None:
        return None
    from wording.goals import NETWORKS

    used = {account.network for account in reader.accounts()}
    return read_choice(words, network, sorted({*NETWORKS, *used} - {"manual"}), words.text("The network"))


def _period(words: Words, text: str | None) -> Period | None:
    return None if text is None else Period(read_choice(words, text, Period, words.text("The period")))


def _refused(message: str, next_step: str) -> UserError:
    return UserError(message, next_step, Exit.USAGE)
