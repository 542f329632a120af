"""The cells and sentences of the list, whole or shortened to the width there is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from goals.model import GoalStatus
from tui.commands.everywhere import EditGoal
from tui.drawing.cells import cell
from tui.overview.columns import DONE_NARROW, DONE_WIDE
from tui.overview.lines import OTHER_PHRASES, TROUBLE_PHRASES
from wording.goals import (
    GLYPHS,
    chance_cell,
    counted,
    done_cell,
    lacks_start,
    needed_phrase,
    reserve_cell,
    row_title,
    standing_word,
    status_word,
    today_cell,
)
from wording.pace import pace_sentence
from wording.words import mark

if TYPE_CHECKING:
    from datetime import tzinfo

    from goals.board import Board, GoalRow
    from tui.overview.lines import ClientLine, ManagerLine
    from wording.words import Words

_SHORT_STATUS = {
    GoalStatus.EARLY: mark("early"),
    GoalStatus.STALE: mark("old data"),
    GoalStatus.MET: mark("reached"),
    GoalStatus.MISSED: mark("not met"),
    GoalStatus.UNKNOWN: mark("unknown"),
    GoalStatus.DRAFT: mark("draft"),
    GoalStatus.DROPPED: mark("dropped"),
}
_WEEKDAYS = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip
_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"),
    mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip
_MONTHS_OF_YEAR = (
    mark("Jan’{year}"), mark("Feb’{year}"), mark("Mar’{year}"), mark("Apr’{year}"), mark("May’{year}"),
    mark("Jun’{year}"), mark("Jul’{year}"), mark("Aug’{year}"), mark("Sep’{year}"), mark("Oct’{year}"),
    mark("Nov’{year}"), mark("Dec’{year}"),
)  # fmt: skip
#: Statuses with a place on the road, of which days ahead or behind can be told.
_ON_THE_ROAD = frozenset({GoalStatus.ON_TRACK, GoalStatus.BEHIND, GoalStatus.UNLIKELY})


class GoalCells(NamedTuple):
    """The texts of one goal's line."""

    glyph: str
    title: str
    deadline: str
    done: str
    reserve: str
    chance: str
    today: str


def goal_cells(words: Words, row: GoalRow, today: date, *, wide: bool) -> GoalCells:
    """The texts of a goal's line, whole phrases where there is room."""
    done = done_cell(words, row)
    if cell_len(done) > (DONE_WIDE if wide else DONE_NARROW):
        done = done_cell(words, row, compact=True)
    return GoalCells(
        glyph=GLYPHS[GoalStatus(row.status)],
        title=cell(row_title(words, row)),
        deadline=_deadline(words, row, today, wide=wide),
        done=done,
        reserve=_reserve(words, row, wide=wide),
        chance=chance_cell(words, row, compact=not wide),
        today=_today(words, row, wide=wide),
    )


def _deadline(words: Words, row: GoalRow, today: date, *, wide: bool) -> str:
    if row.deadline is None:
        return "—"
    deadline = date.fromordinal(row.deadline)
    this_year = deadline.year == today.year
    if wide:
        day = words.day(deadline, today) if this_year or words.lang == "ru" else deadline.strftime("%b %Y")
        return words.text("by {day}", day=day)
    if this_year:
        return words.day(deadline, today)
    return words.text(_MONTHS_OF_YEAR[deadline.month - 1], year=f"{deadline.year % 100:02}")


def _reserve(words: Words, row: GoalRow, *, wide: bool) -> str:
    status = GoalStatus(row.status)
    if status not in _ON_THE_ROAD:
        if wide:
            return standing_word(words, row)
        if status is GoalStatus.DRAFT and lacks_start(row):
            return words.text("baseline?")
        if status is GoalStatus.STALE and row.as_of is None:
            return words.text("no data")
        return words.text(_SHORT_STATUS[status])
    if row.safe_days is None or (row.safe_days == 0 and status is not GoalStatus.ON_TRACK):
        return status_word(words, row.status)
    if wide or row.safe_days == 0:
        return reserve_cell(words, row)
    if row.safe_days < 0:
        return words.plural("−{n} day", "−{n} days", -row.safe_days)
    return words.plural("+{n} day", "+{n} days", row.safe_days)


def _today(words: Words, row: GoalRow, *, wide: bool) -> str:
    status = GoalStatus(row.status)
    if status.is_over or status is GoalStatus.DRAFT:
        return ""
    if row.due_today is None and not row.needed_per_day:
        return ""
    if wide:
        return today_cell(words, row)
    if row.due_today:
        return words.text("{n}, planned {m}", n=row.due_today, m=row.planned_today)
    if row.due_today == 0:
        return words.text("nothing")
    return needed_phrase(words, row, short=True)


def client_summary(words: Words, line: ClientLine) -> str:
    """A client's goals in a few words: «4 цели · всё по плану», «5 целей · 2 отстают», «показана 1 из 5»."""
    if not line.goals:
        return words.text("no goals yet")
    total = words.plural("{n} goal", "{n} goals", line.goals)
    if line.hidden:
        everything = words.number(line.goals + line.hidden)
        total = words.plural(
            "{n} of {total} is shown", "{n} of {total} are shown", line.goals, total=everything
        )
    parts = _counted_by_status(words, line)
    if not parts and not line.hidden:
        parts = [words.text("all on track")]
    return " · ".join([total, *parts])


def _counted_by_status(words: Words, line: ClientLine | ManagerLine) -> list[str]:
    parts = [words.plural(*TROUBLE_PHRASES[status], count) for status, count in line.counts]
    return parts + [words.plural(*OTHER_PHRASES[status], count) for status, count in line.others]


def manager_name(words: Words, line: ManagerLine) -> str:
    """Whose clients stand under the line: «Мария», «Без менеджера»."""
    return cell(line.manager) if line.manager else words.text("Without a manager")


def manager_summary(words: Words, line: ManagerLine) -> str:
    """A manager's clients and goals in a few words: «3 клиента · 12 целей · 2 отстают»."""
    clients = words.plural("{n} client", "{n} clients", line.clients)
    total = words.plural("{n} goal", "{n} goals", line.goals)
    return " · ".join([clients, total, *_counted_by_status(words, line)])


def goal_sentence(
    words: Words,
    row: GoalRow,
    today: date,
    zone: tzinfo,
    *,
    edit_key: str = EditGoal.keys[0],
    from_file: bool = False,
) -> str:
    """All that the line of a goal says, in one sentence; what today asks comes first.

    `today` is the day in `zone`, where the client is; `edit_key` opens the form of the goal.
    `from_file` says that the figures came from files alone.
    """
    if lacks_start(row):
        return words.text(
            "No figure to start from: fill it in ({key}, «{field}»)",
            key=edit_key,
            field=words.text("baseline"),
        )
    pace = pace_sentence(words, row, today, zone, from_file=from_file)
    if not row.due_today:
        return pace
    count = counted(words, row.metric, row.due_today)
    if row.planned_today:
        due = words.text("Today: {due}, planned {n}", due=count, n=row.planned_today)
    else:
        due = words.text("Today: {due}, nothing planned yet", due=count)
    return f"{due} · {pace[:1].lower()}{pace[1:]}"


def zone_of(board: Board, client_id: int) -> tzinfo:
    """Where a client of the board is."""
    return ZoneInfo(next(client.timezone for client in board.clients if client.id == client_id))


def day_in_words(words: Words, day: date) -> str:
    """A day in words: «пн 23 ноября 2026», "Mon 23 November 2026"."""
    return words.text(
        "{weekday} {day} {month} {year}",
        weekday=words.text(_WEEKDAYS[day.weekday()]),
        day=day.day,
        month=words.text(_MONTHS[day.month - 1]),
        year=day.year,
    )


def freshness(words: Words, board: Board) -> str:
    """How old the figures are."""
    if board.data_as_of is None:
        return words.text("no figures yet")
    return words.text("data: {ago}", ago=words.ago(board.data_as_of, board.now))
