"""The pace of a goal in one sentence."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING

from goals.metrics import METRICS, UNNAMED
from goals.model import GoalKind, GoalStatus
from wording.freshness import file_phrase, unjudged_sentence
from wording.goals import chance_cell, lacks_start, needed_phrase, reserve_cell, status_word
from wording.limits import exceeded
from wording.words import mark

if TYPE_CHECKING:
    from goals.board import GoalRow
    from wording.words import Words


_AMOUNT, _DEADLINE, _PERIOD, _TOPIC, _START = (
    mark("an amount"), mark("a deadline"), mark("a period"), mark("a topic"), mark("a figure to start from"),
)  # fmt: skip


def pace_sentence(words: Words, row: GoalRow, today: date, zone: tzinfo, *, from_file: bool = False) -> str:
    """The pace in one sentence; `today` is the day in `zone`, where the client is.

    A next step is one of the command line. Of figures that came `from_file` alone it is told up to which
    day they go.
    """
    status = GoalStatus(row.status)
    if row.start > today.toordinal():
        return words.text("Starts on {day}", day=words.day(date.fromordinal(row.start), today))
    if row.metric == UNNAMED:
        return words.text("It is not said yet what is measured")
    if lacks_start(row):
        return words.text("No figure to start from: smm goal edit {id} --baseline X", id=row.goal_id)
    if status in {GoalStatus.STALE, GoalStatus.UNKNOWN}:
        return unjudged_sentence(words, row, today, zone, from_file=from_file)
    if status is GoalStatus.DRAFT:
        return words.text("A draft: it lacks {parts}", parts=_lacks(words, row))
    on_road = row.safe_days and status in {GoalStatus.ON_TRACK, GoalStatus.BEHIND}
    standing = reserve_cell(words, row) if on_road else status_word(words, row.status)
    parts = [exceeded(words, row) or standing]
    if row.needed_per_day and row.deadline is not None and not status.is_over:
        days = row.deadline - today.toordinal() + 1
        left = words.plural("{n} day left, today included", "{n} days left, today included", days)
        parts += [needed_phrase(words, row), left]
    if row.chance is not None and not status.is_over:
        parts.append(words.text("chance {p}", p=chance_cell(words, row)))
    if from_file and row.as_of is not None and not status.is_over:
        parts.append(file_phrase(words, row.as_of, today, zone))
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _lacks(words: Words, row: GoalRow) -> str:
    """What a draft lacks: all that is not said, or else the figure that it starts from."""
    repeats = row.kind == GoalKind.KEEP_RATE
    lacking = {
        _AMOUNT: row.amount is None,
        _TOPIC: METRICS[row.metric].needs_topic and not row.topic,
        _PERIOD: repeats and row.period is None,
        _DEADLINE: not repeats and row.deadline is None,
    }
    parts = [words.text(name) for name, is_lacking in lacking.items() if is_lacking]
    return words.text(" and ").join(parts or [words.text(_START)])
