"""A goal as one says it: `smm goal add "LINE"` and `smm goal check "LINE"`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from connectors.clean import clean
from goals.draft import Draft, Letter, Wish
from goals.drafting import goal_of
from goals.phrase import read, read_number
from goals.smart import Evidence, Finding, check, is_complete, next_question, weighed, with_third
from store.evidence import evidence_of
from wording.smart import STATE_GLYPHS, letter_name, question_text, reading_text, targets_text, why_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import date

    from cli.context import Context
    from goals.forecast import Targets
    from goals.model import Account, Client, Goal
    from store.contract import Reader
    from wording.words import Words

_LETTER_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Said:
    """One goal of a line: the wish, the goal that it would be, and how its letters stand."""

    wish: Wish
    goal: Goal | None
    findings: Mapping[Letter, Finding]
    targets: Targets | None

    @property
    def is_complete(self) -> bool:
        """Whether no letter is missing."""
        return is_complete(self.findings)


def read_line(ctx: Context, reader: Reader, args: argparse.Namespace, client: Client | None) -> list[Said]:
    """The goals of the line in `args`, with what its options add. Raises UserError."""
    today = _today(ctx, client)
    line = clean(args.line)
    if not line:
        raise UserError(
            ctx.words.text("The line is empty"),
            ctx.words.text('For example: smm goal check "+300 followers in VK by 30.11"'),
            Exit.USAGE,
        )
    wishes = [_with_options(ctx, wish, args, today) for wish in read(line, today)]
    return [_said(ctx, reader, wish, args, client, today) for wish in wishes]


def _today(ctx: Context, client: Client | None) -> date:
    if client is None:
        return ctx.now().astimezone(ctx.zone).date()
    from store.days import today_of

    return today_of(client, ctx.now())


def _with_options(ctx: Context, wish: Wish, args: argparse.Namespace, today: date) -> Wish:
    """The wish under the reading that was chosen, with a weekly rate as its third."""
    if args.reading is not None:
        readings = (wish.draft, *wish.alternatives)
        if not 1 <= args.reading <= len(readings):
            raise UserError(
                ctx.words.text("The line has no reading {n}", n=args.reading),
                ctx.words.text('See the readings: smm goal check "{line}"', line=wish.text),
                Exit.USAGE,
            )
        wish = replace(wish, draft=readings[args.reading - 1], alternatives=())
    if args.per_week is None:
        return wish
    draft = with_third(wish.draft, _per_week(ctx.words, args.per_week), today)
    closed = {Letter.MEASURABLE} if draft.amount is not None else set()
    closed |= {Letter.TIMED} if draft.deadline is not None else set()
    return replace(wish, draft=draft, missing=tuple(m for m in wish.missing if m not in closed))


def _per_week(words: Words, text: str) -> float:
    found = read_number(text)
    if found is None or found <= 0:
        raise UserError(
            words.text("«{text}» is no amount", text=text),
            words.text("Write it like 300, 10k, 1.5M or 4.5"),
            Exit.USAGE,
        )
    return found


def _said(
    ctx: Context,
    reader: Reader,
    wish: Wish,
    args: argparse.Namespace,
    client: Client | None,
    today: date,
) -> Said:
    if client is None:
        return Said(wish, None, check(wish, Evidence(today)), None)
    account = _account(ctx, reader, wish.draft, args, client)
    known: dict[str, object] = {}
    if account is not None and wish.draft.network is None:
        known["network"] = account.network
    if wish.draft.topic is not None:
        from cli.topic_names import topic_named

        known["topic"] = topic_named(reader, client.id, wish.draft.topic)
    wish = replace(
        wish,
        draft=replace(wish.draft, **known),  # type: ignore[arg-type]
        alternatives=tuple(replace(other, **known) for other in wish.alternatives),  # type: ignore[arg-type]
    )

    def meant(draft: Draft) -> Goal:
        return goal_of(draft, client.id, today, account=account, wish=wish.text, priority=args.priority)

    goal = meant(wish.draft)
    evidence = evidence_of(reader, client, goal, today, priority=args.priority)
    likely = weighed(wish, evidence.baseline)
    if likely != wish:
        wish, goal = likely, meant(likely.draft)
        evidence = evidence_of(reader, client, goal, today, priority=args.priority)
    if args.priority is not None and args.priority > len(evidence.priorities):
        raise UserError(
            ctx.words.text("The client has no priority {n}", n=args.priority),
            ctx.words.text(
                "Write the priorities down: smm agreement edit {client}", client=f'"{client.name}"'
            ),
            Exit.USAGE,
        )
    found = evidence.attainability
    return Said(wish, goal, check(wish, evidence), found.amounts if found else None)


def _account(
    ctx: Context, reader: Reader, draft: Draft, args: argparse.Namespace, client: Client
) -> Account | None:
    """The account that was named, or the only one that can be meant."""
    if args.account:
        from cli.pick import pick_account

        return pick_account(reader, args.account, ctx.words, client=client.id)
    accounts = [a for a in reader.accounts(client.id) if draft.network in {None, a.network}]
    return accounts[0] if len(accounts) == 1 else None


def letters_text(ctx: Context, said: Said, today: date) -> str:
    """The five letters as the dashboard draws them, with targets and readings to choose from."""
    words = ctx.words
    lines = [reading_text(words, said.wish.draft, today) if said.wish.draft.metric else said.wish.text]
    for letter, finding in said.findings.items():
        name = letter_name(words, letter).ljust(_LETTER_WIDTH)
        lines.append(f"{letter} {STATE_GLYPHS[finding.state]} {name}  {why_text(words, finding, today)}")
        if letter is Letter.ATTAINABLE and said.targets is not None and said.wish.draft.metric:
            offered = targets_text(words, said.targets, said.wish.draft.metric, said.wish.draft.kind)
            lines.append(" " * (_LETTER_WIDTH + 6) + offered)
    lines += _readings(words, said, today)
    asked = next_question(said.findings)
    if asked is not None:
        lines.append(f"→ {question_text(words, asked, today)}")
    return "\n".join(lines)


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
    with ctx.reader() as reader:
        client = None
        if args.client:
            from cli.pick import pick_client

            client = pick_client(reader, args.client, ctx.words)
        goals = read_line(ctx, reader, args, client)
    today = _today(ctx, client)
    if args.json:
        first, *also = [check_record(ctx, said, today) for said in goals]
        ctx.write_json(first | ({"also": also} if also else {}))
    else:
        ctx.write("\n\n".join(letters_text(ctx, said, today) for said in goals))
    return Exit.OK if all(said.is_complete for said in goals) else Exit.INCOMPLETE


def run_add(ctx: Context, args: argparse.Namespace) -> int:
    """Keep the goals of a line; what lacks something is kept as a draft with its question."""
    from cli.goals import goal_records, row_of
    from cli.pick import pick_client
    from store.refresh import refresh_goals

    with ctx.writer() as writer:
        client = pick_client(writer, args.client, ctx.words)
        goals = read_line(ctx, writer, args, client)
        with writer.together():
            ids = [
                writer.add_goal(said.goal, author=ctx.author, now=ctx.now())
                for said in goals
                if said.goal is not None
            ]
            saved = [writer.goal(goal_id) for goal_id in ids]
            refresh_goals(writer, saved, ctx.now())
        if args.json:
            ctx.write_json(goal_records(ctx, writer, [row_of(writer, goal) for goal in saved]))
            return Exit.OK
    today = _today(ctx, client)
    told = [
        f"{goal.id}. {client.name} · {letters_text(ctx, said, today)}"
        for goal, said in zip(saved, goals, strict=True)
    ]
    ctx.write("\n\n".join(told))
    return Exit.OK
