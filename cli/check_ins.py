"""A check-in: the goals that take part, what becomes of each, and the questions at a terminal."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.model import GoalId, GoalStatus
from goals.records import CheckIn, Confidence
from goals.rhythm import CheckInNeed, fell_twice, need_of, reasons_to_ask, suggested

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cli.context import Context
    from goals.board import GoalRow
    from goals.model import Client
    from goals.rhythm import AskedFor
    from store.contract import Reader

#: What was said longer ago is forgotten.
_MEMORY = timedelta(days=120)
_LATER = "0"


class GoalCheck(NamedTuple):
    """A goal at a check-in; `history` is what was said of it lately, oldest first."""

    client: Client
    today: date
    row: GoalRow
    need: CheckInNeed
    reasons: tuple[AskedFor, ...]
    history: tuple[CheckIn, ...]

    @property
    def last(self) -> CheckIn | None:
        """Its newest check-in."""
        return self.history[-1] if self.history else None

    @property
    def suggested(self) -> Confidence:
        """The answer to offer."""
        return suggested(GoalStatus(self.row.status), self.last)

    def falls_again(self, said: CheckIn) -> bool:
        """Whether with this answer confidence falls for the second time running."""
        return fell_twice([*(each for each in self.history if each.day != said.day), said])


def goal_checks(ctx: Context, reader: Reader, clients: Iterable[Client]) -> Iterator[GoalCheck]:
    """The goals that are not decided yet, client by client, the most urgent first."""
    from cli.goals import live_rows
    from store.days import today_of

    chosen = {int(client.id): client for client in clients}
    only = next(iter(chosen.values())).id if len(chosen) == 1 else None
    history: dict[GoalId, list[CheckIn]] = {}
    for check_in in reader.check_ins(only, ctx.now().date() - _MEMORY):
        history.setdefault(check_in.goal_id, []).append(check_in)
    for row in live_rows(reader, only):
        client = chosen.get(row.client_id)
        status = GoalStatus(row.status)
        if client is None or status.is_over:
            continue
        goal_id = GoalId(row.goal_id)
        known = tuple(history.get(goal_id, ()))
        last = known[-1] if known else None
        reasons = reasons_to_ask(status, last, reader.revisions(goal_id) if last else ())
        today = today_of(client, ctx.now())
        yield GoalCheck(client, today, row, need_of(status, last, reasons, today), reasons, known)


def said_of(ctx: Context, goal: GoalCheck, confidence: Confidence, why: str) -> CheckIn:
    """What a person says of a goal today."""
    return CheckIn(0, GoalId(goal.row.goal_id), goal.today, ctx.now(), ctx.author, confidence, why)


def confirmed(ctx: Context, goal: GoalCheck) -> CheckIn:
    """That a goal is on track, for which nobody has to be asked."""
    goal_id, sure = GoalId(goal.row.goal_id), Confidence.ON_TRACK
    return CheckIn(0, goal_id, goal.today, ctx.now(), ctx.author, sure, by_rule=True)


def still_open(goals: Iterable[GoalCheck], said: Iterable[CheckIn]) -> list[GoalCheck]:
    """The goals that still need an answer."""
    answered = {check_in.goal_id for check_in in said}
    return [goal for goal in goals if goal.need is CheckInNeed.ASK and goal.row.goal_id not in answered]


def ask(ctx: Context, goals: Sequence[GoalCheck]) -> Iterator[CheckIn]:
    """Ask for one goal after another and give each answer at once; an ended input ends it."""
    for number, goal in enumerate(goals, 1):
        ctx.say(f"[{number}/{len(goals)}] {check_line(ctx, goal)}")
        confidence = _confidence(ctx, goal)
        if confidence is None:
            return
        if confidence == _LATER:
            continue
        why = _why(ctx, goal, Confidence(confidence))
        if why is None:
            return
        yield said_of(ctx, goal, Confidence(confidence), why)


def _confidence(ctx: Context, goal: GoalCheck) -> str | None:
    """How sure one is, or that one will say it later; None where the input ended."""
    from wording.rhythm import confidence_word, read_confidence

    question = ctx.words.text("1 on track · 2 at risk · 3 off track · 0 later")
    offered = confidence_word(ctx.words, goal.suggested)
    while True:
        typed = _typed(ctx, f"  {question} [{offered}]: ")
        if typed is None or typed == _LATER:
            return typed
        found = read_confidence(typed) if typed else goal.suggested
        if found is not None:
            return found


def _why(ctx: Context, goal: GoalCheck, confidence: Confidence) -> str | None:
    """One line why; what was said last time is the default. None where the input ended."""
    from connectors.clean import clean

    before = goal.last.why if goal.last is not None and goal.last.confidence is confidence else ""
    question = ctx.words.text("Why?")
    while True:
        typed = _typed(ctx, f"  {question} [{before}]: " if before else f"  {question} ")
        if typed is None:
            return None
        why = clean(typed) or before
        if why or confidence is Confidence.ON_TRACK:
            return why


def _typed(ctx: Context, question: str) -> str | None:
    """What was typed, None where the input ended."""
    ctx.stderr.write(question)
    ctx.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        ctx.say("")
        return None
    return line.strip()


def goal_head(ctx: Context, goal: GoalCheck) -> str:
    """«3. Кофейня «Зерно» · ВК: +300 подписчиков»."""
    from wording.goals import row_title

    return f"{goal.row.goal_id}. {goal.client.name} · {row_title(ctx.words, goal.row)}"


def check_line(ctx: Context, goal: GoalCheck) -> str:
    """The goal with why it is asked about, its pace, and what a person said last time."""
    from wording.goals import today_cell
    from wording.rhythm import asked_for_text, check_in_text

    words = ctx.words
    pace, reasons = today_cell(words, goal.row), asked_for_text(words, goal.row, goal.reasons)
    parts = [goal_head(ctx, goal), reasons]
    if pace != reasons:
        parts.append(pace)
    if goal.last is not None and not goal.last.by_rule:
        parts.append(words.text("last time {said}", said=check_in_text(words, goal.last, goal.today)))
    return " · ".join(part for part in parts if part)
