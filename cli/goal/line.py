"""A goal as one says it: `smm goal add "LINE"` and `smm goal check "LINE"`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from cli.goal.offers import offers_of
from cli.goal.said import Said
from connectors.clean import clean
from goals.draft import OTHER_MONEY, Draft, Letter, Wish
from goals.drafting import goal_of
from goals.metrics import METRICS, UNNAMED, Nature, Source
from goals.phrase import read
from goals.smart import Evidence, check, is_hidden, next_question, weighed
from goals.third import with_rate
from store.evidence import evidence_of
from wording.smart import STATE_GLYPHS, letter_name, question_text, reading_text, targets_text, why_text
from work.goal_letters import account_of, distinct, known_of

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from goals.model import Account, Client, Goal
    from store.contract import Reader, Writer
    from wording.words import Words

_LETTER_WIDTH = 10


def read_line(ctx: Context, reader: Reader, args: argparse.Namespace, client: Client | None) -> list[Said]:
    """The goals of the line in `args`, with what its options add. Raises UserError."""
    from cli.goal.fill import already_said

    words, today = ctx.words, today_for(ctx, client)
    line = clean(args.line)
    if not line:
        raise UserError(
            words.text("The line is empty"),
            words.text('For example: smm goal check "+300 followers in VK by 30.11"'),
            Exit.USAGE,
        )
    wishes = [_shown(reader, wish, args, client) for wish in read(line, today)]
    needless = set.intersection(*(set(already_said(words, wish, args)) for wish in wishes))
    if needless:
        raise UserError(
            words.text("The line says it itself: {options}", options=", ".join(sorted(needless))),
            words.text("Put it into the line, or leave the line out and use options alone"),
            Exit.USAGE,
        )
    if client is None:
        if args.priority is not None:
            raise UserError(
                words.text("Whose priority is it?"), words.text("Name the client: --client NAME"), Exit.USAGE
            )
        return [_by_words(words, reader, wish, args, today) for wish in wishes]
    return [_said(ctx, reader, wish, args, client, today) for wish in wishes]


def _shown(reader: Reader, wish: Wish, args: argparse.Namespace, client: Client | None) -> Wish:
    """The wish with the note whether the client's networks hide its figure, so that another may be named."""
    metric = METRICS.get(wish.draft.metric or "")
    if args.metric is None or client is None or metric is None:
        return wish
    if metric.source is Source.MANUAL or metric.nature is Nature.CONTENT or metric.needs_topic:
        return wish
    said = wish.draft.network or args.network
    networks = [said] if said else [account.network for account in reader.accounts(client.id)]
    return replace(wish, hidden=is_hidden(metric.name, offers_of(networks) if networks else None))


def today_for(ctx: Context, client: Client | None) -> date:
    """The client's local day, without one the day of the settings."""
    if client is None:
        return ctx.now().astimezone(ctx.zone).date()
    from store.days import today_of

    return today_of(client, ctx.now())


def _by_words(words: Words, reader: Reader, wish: Wish, args: argparse.Namespace, today: date) -> Said:
    """A wish of nobody in particular, judged by what is said alone."""
    from cli.goal.fill import chosen, filled, per_week, still_missing

    wish = filled(words, reader, wish, args, today)
    wish = chosen(words, with_rate(wish, per_week(words, args.per_week), today), args.reading)
    wish = still_missing(wish, args, today)
    return Said(wish, None, check(wish, Evidence(today)), None)


def _said(
    ctx: Context,
    reader: Reader,
    wish: Wish,
    args: argparse.Namespace,
    client: Client,
    today: date,
) -> Said:
    from cli.goal.fields import read_priority, with_given, with_purpose
    from cli.goal.fill import chosen, filled, per_week, still_missing

    priority = None if args.priority is None else read_priority(ctx, reader, client, args.priority)
    wish = filled(ctx.words, reader, wish, args, today)
    named = _account(ctx, reader, args, client)
    places = [named] if named is not None else reader.accounts(client.id)
    wish = _in_scope(reader, wish, named or account_of(wish.draft, places), client)
    line = wish.text
    if wish.draft.purpose and args.purpose:
        line = with_purpose(line, wish.draft.purpose, today)
    if wish.draft.given and args.given:
        line = with_given(line, wish.draft.given, today)

    def meant(draft: Draft) -> Goal:
        account = named or account_of(draft, places)
        goal = goal_of(draft, client.id, today, account=account, wish=line, priority=priority)
        return replace(goal, title=clean(args.title)) if args.title else goal

    def baseline_of(draft: Draft) -> float | None:
        return evidence_of(reader, client, meant(draft), today).baseline

    rate, likely = per_week(ctx.words, args.per_week), baseline_of(wish.draft)
    wish = distinct(with_rate(weighed(wish, baseline_of), rate, today, likely), meant)
    was_open = bool(wish.alternatives)
    wish = still_missing(chosen(ctx.words, wish, args.reading), args, today)
    goal = meant(wish.draft)
    evidence = known_of(reader, client, goal, today, priority=priority, offers=offers_of)
    found = evidence.attainability
    amounts = found.amounts if found and wish.draft.unit not in OTHER_MONEY else None
    choice = args.reading if was_open else None
    return Said(wish, goal, check(_kept(wish, goal), evidence), amounts, choice)


def _kept(wish: Wish, goal: Goal) -> Wish:
    """The wish as its goal is kept: an income «in a month» is a rate of each month."""
    if goal.metric == UNNAMED:
        return wish
    return replace(wish, draft=replace(wish.draft, kind=goal.kind if wish.draft.kind else None))


def _in_scope(reader: Reader, wish: Wish, account: Account | None, client: Client) -> Wish:
    """The wish with the network of its account, and the client's own name of its topic."""
    topic = wish.draft.topic
    if topic is not None:
        from cli.topic.names import topic_named

        topic = topic_named(reader, client.id, topic)
    network = account.network if account is not None and wish.draft.network is None else None

    def placed(draft: Draft) -> Draft:
        return replace(draft, network=network or draft.network, topic=topic or draft.topic)

    return replace(
        wish, draft=placed(wish.draft), alternatives=tuple(placed(other) for other in wish.alternatives)
    )


def _account(ctx: Context, reader: Reader, args: argparse.Namespace, client: Client) -> Account | None:
    """The account that was named."""
    if not args.account:
        return None
    from cli.pick import pick_account

    return pick_account(reader, args.account, ctx.words, client=client.id)


def letters_text(ctx: Context, said: Said, today: date, command: str | None = None) -> str:
    """The letters under what was understood, with the next question and the command that answers it."""
    words = ctx.words
    head = reading_text(words, said.wish.draft, today) if said.wish.draft.metric else said.wish.text
    return "\n".join([head, *letter_lines(words, said, today), *question_lines(words, said, today, command)])


def letter_lines(words: Words, said: Said, today: date) -> list[str]:
    """The five letters as the dashboard draws them, with targets and readings to choose from."""
    lines = []
    for letter, finding in said.findings.items():
        name = letter_name(words, letter).ljust(_LETTER_WIDTH)
        lines.append(f"{letter} {STATE_GLYPHS[finding.state]} {name}  {why_text(words, finding, today)}")
        if letter is Letter.ATTAINABLE and said.targets is not None and said.wish.draft.metric:
            offered = targets_text(words, said.targets, said.wish.draft.metric, said.wish.draft.kind)
            lines.append(" " * (_LETTER_WIDTH + 6) + offered)
    return lines + _readings(words, said, today)


def question_lines(words: Words, said: Said, today: date, command: str | None) -> list[str]:
    """The one question to ask next, and under it the command that answers it."""
    asked = next_question(said.findings)
    if asked is None:
        return []
    question = f"→ {question_text(words, asked, today)}"
    return [question, f"  {command}"] if command else [question]


def _readings(words: Words, said: Said, today: date) -> list[str]:
    if not said.wish.alternatives:
        return []
    readings = (said.wish.draft, *said.wish.alternatives)
    return [
        words.text("--reading {n}: {reading}", n=number, reading=reading_text(words, reading, today))
        for number, reading in enumerate(readings, 1)
    ]


def check_record(ctx: Context, said: Said, today: date) -> dict[str, object]:
    """A checked wish as other programs read it."""
    return {
        "draft": _draft_record(said.wish.draft) | {"missing": [str(letter) for letter in said.wish.missing]},
        "letters": {
            str(letter): {
                "state": str(finding.state),
                "why": why_text(ctx.words, finding, today),
                "question": question_text(ctx.words, finding, today),
            }
            for letter, finding in said.findings.items()
        },
        "targets": said.targets._asdict() if said.targets else None,
        "alternatives": [_draft_record(draft) for draft in said.wish.alternatives],
    }


def _draft_record(draft: Draft) -> dict[str, object]:
    return {
        "network": draft.network,
        "metric": draft.metric,
        "kind": draft.kind,
        "amount": draft.amount,
        "unit": draft.unit,
        "topic": draft.topic,
        "period": draft.period,
        "deadline": draft.deadline,
    }


def run_check(ctx: Context, args: argparse.Namespace) -> int:
    """Print the five letters of a line; 3 where something is missing."""
    from cli.goal.answer import command_for_line

    with ctx.reader() as reader:
        client = None
        if args.client:
            from cli.pick import pick_client

            client = pick_client(reader, args.client, ctx.words)
        goals = read_line(ctx, reader, args, client)
    today = today_for(ctx, client)
    if args.json:
        first, *also = [check_record(ctx, said, today) for said in goals]
        ctx.write_json(first | ({"also": also} if also else {}))
    else:
        told = [
            letters_text(ctx, said, today, command_for_line(ctx.words, said, args, client, today))
            for said in goals
        ]
        ctx.write("\n\n".join(told))
    return Exit.OK if all(said.is_complete for said in goals) else Exit.INCOMPLETE


def run_add(ctx: Context, args: argparse.Namespace) -> int:
    """Keep the goals of a line; what lacks something is kept as a draft with its question."""
    from cli.goal.answer import command_for_goal
    from cli.goal.listing import full_record, row_of
    from cli.goal.twins import without_twins
    from cli.pick import pick_client
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        today = today_for(ctx, client)
        goals = read_line(ctx, writer, args, client)
        new = [said.goal for said in goals if said.goal is not None]
        kept = without_twins(ctx, writer, new, today, anyway=args.anyway)
        if not kept:
            return Exit.OK
        goals = [said for said in goals if said.goal in kept]
        with writer.together():
            saved = [_added(ctx, writer, said) for said in goals if said.goal is not None]
            refresh_goals(writer, saved, ctx.now())
        if args.json:
            ctx.write_json([full_record(ctx, writer, row_of(writer, goal)) for goal in saved])
            return Exit.OK
        told = [
            f"{goal.id}. {client.name} · "
            + letters_text(ctx, said, today, command_for_goal(ctx.words, said, goal, client, today))
            for goal, said in zip(saved, goals, strict=True)
        ]
    ctx.write("\n\n".join(told))
    return Exit.OK


def _added(ctx: Context, writer: Writer, said: Said) -> Goal:
    """The goal as it was added; a reading that was chosen of several is noted in its history."""
    if said.goal is None:
        raise ValueError("nobody's wish is no goal")
    goal = writer.goal(writer.add_goal(said.goal, author=ctx.author, now=ctx.now()))
    if said.choice is None:
        return goal
    why = ctx.words.text("reading {n} was chosen", n=said.choice)
    return writer.update_goal(goal, author=ctx.author, now=ctx.now(), why=why)
