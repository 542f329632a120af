"""The check-in as it is shown: the goals that wait for an answer, and the card of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from goals.records import Confidence
from goals.rhythm import CheckInNeed
from tui.drawing.cells import cell, fit
from tui.widgets.block import Row, folded
from wording.goals import done_cell, row_title, standing_word, today_cell
from wording.rhythm import asked_for_text, check_in_text, confidence_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.records import CheckIn
    from tui.widgets.line import Span
    from wording.words import Words
    from work.check_ins import GoalCheck

INKS = {Confidence.ON_TRACK: "good", Confidence.RISK: "behind", Confidence.OFF: "bad"}
_SIGNS = {Confidence.ON_TRACK: "✓", Confidence.RISK: "△", Confidence.OFF: "▲"}
#: So many earlier answers are told.
_REMEMBERED = 3
_LEAST_TITLE = 20


class AnswerKeys(NamedTuple):
    """The keys of the answers, and of leaving the goal for later, as this user has them."""

    answers: Mapping[Confidence, str]
    later: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A goal of the check-in: `right` is why it is asked about, or the answer of today."""

    key: int
    title: str
    client: str
    right: str
    sign: str
    ink: str
    is_head: bool = False


def said_today(goal: GoalCheck) -> CheckIn | None:
    """What a person said of the goal today, unless it has to be said anew."""
    last = goal.last
    return last if last is not None and goal.need is CheckInNeed.ANSWERED else None


def is_asked(goal: GoalCheck) -> bool:
    """Whether the goal takes part in today's questions, answered or not."""
    return goal.need in {CheckInNeed.ASK, CheckInNeed.ANSWERED}


def to_confirm(goals: Iterable[GoalCheck]) -> list[GoalCheck]:
    """The goals that are on track, for which one key is enough; not those that were confirmed today."""
    return [
        goal
        for goal in goals
        if goal.need is CheckInNeed.CONFIRM and (goal.last is None or goal.last.day != goal.today)
    ]


def line_of(words: Words, goal: GoalCheck) -> CheckLine:
    """The goal's line."""
    said = said_today(goal)
    title, client = cell(row_title(words, goal.row)), cell(goal.client.name)
    if said is None:
        right = asked_for_text(words, goal.row, goal.reasons)
        return CheckLine(goal.row.goal_id, title, client, right, "○", "dim")
    word = confidence_word(words, said.confidence)
    if goal.falls_again(said):
        word = f"⚠ {word}"
    return CheckLine(goal.row.goal_id, title, client, word, _SIGNS[said.confidence], INKS[said.confidence])


def draw(line: CheckLine, width: int) -> list[Span]:
    """One line in so many cells: client, goal, and what is said of it."""
    right = line.right if width - cell_len(line.right) - 3 >= _LEAST_TITLE else ""
    room = width - 2 - (cell_len(right) + 1 if right else 0)
    client = fit(f"{line.client} · ", min(cell_len(line.client) + 3, room // 2))
    return [
        (f"{line.sign} ", line.ink),
        (client, "dim"),
        (fit(line.title, room - cell_len(client)), ""),
        (f" {right}" if right else "", "dim" if line.sign == "○" else line.ink),
    ]


def card_rows(
    words: Words, goal: GoalCheck, chosen: Confidence | None, keys: AnswerKeys, width: int
) -> list[Row]:
    """The goal large, why it is asked about, what was said before, and the answers."""
    row = goal.row
    until = None if row.deadline is None else date.fromordinal(row.deadline)
    due = words.text("until {day}", day=words.day(until, goal.today)) if until else ""
    who = [cell(goal.client.name), *([cell(goal.client.manager)] if goal.client.manager else [])]
    reasons, standing = asked_for_text(words, row, goal.reasons), standing_word(words, row)
    facts = [
        reasons or standing,
        *_done(words, goal),
        *([] if today_cell(words, row) in {"", reasons, standing} else [today_cell(words, row)]),
        due,
    ]
    rows = [
        Row(((fit(" · ".join(who), width).rstrip(), "dim"),)),
        *(Row(((part, "strong"),)) for part in folded(cell(row_title(words, row)), width)),
        *(Row(((part, ""),)) for part in folded(" · ".join(fact for fact in facts if fact), width)),
        *_before(words, goal, width),
        Row(()),
    ]
    return [*rows, Row(tuple(_answers(words, goal, chosen, keys)))]


def _done(words: Words, goal: GoalCheck) -> list[str]:
    done = done_cell(words, goal.row)
    return [words.text("done {done}", done=done)] if goal.row.current is not None and done else []


def _before(words: Words, goal: GoalCheck, width: int) -> list[Row]:
    """What was said at the last check-ins, the newest first."""
    earlier = [said for said in goal.history if said.day != goal.today][-_REMEMBERED:]
    return [
        Row(
            (
                (f"{_SIGNS[said.confidence]} ", INKS[said.confidence]),
                (fit(_told(words, goal, said), width - 2), "dim"),
            )
        )
        for said in reversed(earlier)
    ]


def _told(words: Words, goal: GoalCheck, said: CheckIn) -> str:
    told = check_in_text(words, said, goal.today)
    return f"{told} ({words.text('by rule')})" if said.by_rule else told


def _answers(words: Words, goal: GoalCheck, chosen: Confidence | None, keys: AnswerKeys) -> list[Span]:
    """«o по плану  r под угрозой  b срывается  l позже»; the one that is offered, or chosen, stands out."""
    marked = chosen or (said.confidence if (said := said_today(goal)) else goal.suggested)
    spans: list[Span] = []
    for confidence, key in keys.answers.items():
        is_marked = confidence is marked
        sign = "▸" if is_marked else " "
        spans += [
            (f"{sign}{key} ", "key"),
            (confidence_word(words, confidence), INKS[confidence] if is_marked else ""),
        ]
        spans.append(("  ", ""))
    return [*spans, (f" {keys.later} ", "key"), (words.text("later"), "dim")]
