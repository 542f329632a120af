"""A check-in: the goals that take part, and what becomes of each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.model import GoalId, GoalStatus
from goals.records import CheckIn, Confidence
from goals.rhythm import CheckInNeed, fell_twice, need_of, reasons_to_ask, suggested
from store.days import today_of
from wording.goals import row_title, today_cell
from wording.rhythm import asked_for_text, check_in_text
from work.goals import live_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from goals.board import GoalRow
    from goals.model import Client
    from goals.rhythm import AskedFor
    from store.contract import Reader
    from wording.words import Words

#: What was said longer ago is forgotten.
_MEMORY = timedelta(days=120)


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


def goal_checks(reader: Reader, clients: Iterable[Client], now: datetime) -> Iterator[GoalCheck]:
    """The goals that are not decided yet, client by client, the most urgent first."""
    chosen = {int(client.id): client for client in clients}
    only = next(iter(chosen.values())).id if len(chosen) == 1 else None
    history: dict[GoalId, list[CheckIn]] = {}
    for check_in in reader.check_ins(only, now.date() - _MEMORY):
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
        today = today_of(client, now)
        yield GoalCheck(client, today, row, need_of(status, last, reasons, today), reasons, known)


def said_of(goal: GoalCheck, confidence: Confidence, why: str, *, author: str, now: datetime) -> CheckIn:
    """What a person says of a goal today."""
    return CheckIn(0, GoalId(goal.row.goal_id), goal.today, now, author, confidence, why)


def confirmed(goal: GoalCheck, *, author: str, now: datetime) -> CheckIn:
    """That a goal is on track, for which nobody has to be asked."""
    goal_id, sure = GoalId(goal.row.goal_id), Confidence.ON_TRACK
    return CheckIn(0, goal_id, goal.today, now, author, sure, by_rule=True)


def still_open(goals: Iterable[GoalCheck], said: Iterable[CheckIn]) -> list[GoalCheck]:
    """The goals that still need an answer."""
    answered = {check_in.goal_id for check_in in said}
    return [goal for goal in goals if goal.need is CheckInNeed.ASK and goal.row.goal_id not in answered]


def goal_head(words: Words, goal: GoalCheck) -> str:
    """«3. Кофейня «Зерно» · ВК: +300 подписчиков»."""
    return f"{goal.row.goal_id}. {goal.client.name} · {row_title(words, goal.row)}"


def check_line(words: Words, goal: GoalCheck) -> str:
    """The goal with why it is asked about, its pace, and what a person said last time."""
    pace, reasons = today_cell(words, goal.row), asked_for_text(words, goal.row, goal.reasons)
    parts = [goal_head(words, goal), reasons]
    if pace != reasons:
        parts.append(pace)
    if goal.last is not None and not goal.last.by_rule:
        parts.append(words.text("last time {said}", said=check_in_text(words, goal.last, goal.today)))
    return " · ".join(part for part in parts if part)
