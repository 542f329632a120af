"""The month of one's work as it is drawn: income, hours against the agreed ones, RUB an hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from goals.model import ClientKind, GoalKind
from goals.pace import periods_kept, streak_of
from store.days import today_of
from tui.drawing import bar
from tui.drawing.cells import cell, fit, fit_right
from tui.widgets.block import Row
from wording.goals import goal_title
from wording.rhythm import WARN_SHARE, hours_cell, kept_text, money_cell, rate_text
from work.hours import total_of, work_rows

if TYPE_CHECKING:
    from datetime import date, datetime

    from goals.model import Client, ClientId, Goal
    from store.contract import Reader
    from tui.widgets.line import Span
    from wording.words import Words
    from work.hours import WorkRow

#: The widths of the columns after the client's name.
_INCOME, _HOURS, _BAR, _SHARE, _RATE = 11, 7, 8, 14, 11
_LEAST_NAME = 14


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A client's month, or all of them together (`client_id` None)."""

    key: int
    client_id: ClientId | None
    name: str
    income: float | None
    hours: float | None
    agreed: float | None
    rate: float | None
    is_head: bool = False


class Own(NamedTuple):
    """What the screen shows beside the goals: the specialist (None: there is none yet), the month, streaks.

    `kept` are the goals with a rate: number, title, how it was kept, and how many periods running.
    """

    me: Client | None
    lines: tuple[WorkLine, ...]
    kept: tuple[tuple[int, str, str, int], ...]
    clients: tuple[Client, ...]


def read_own(words: Words, reader: Reader, first: date, last: date, now: datetime) -> Own:
    """The month from `first` to `last` of all clients, and the streaks of one's own goals at `now`."""
    clients = reader.clients(archived=True)
    live = tuple(client for client in clients if not client.archived)
    me = next((client for client in live if client.kind is ClientKind.SELF), None)
    rows = work_rows(reader, clients, first, last)
    goals = reader.goals(me.id) if me is not None else []
    today = today_of(me, now) if me is not None else last
    kept = [(int(goal.id), goal_title(words, goal), *_kept(words, reader, goal, today)) for goal in goals]
    return Own(me, tuple(_lines(words, rows)), tuple(each for each in kept if each[2]), live)


def _kept(words: Words, reader: Reader, goal: Goal, today: date) -> tuple[str, int]:
    """How many periods of a rate were kept, and how many in a row by now."""
    if goal.kind is not GoalKind.KEEP_RATE or goal.period is None:
        return "", 0
    facts = reader.facts(goal, goal.start, today)
    kept = periods_kept(goal, facts, reader.calendar(goal.client_id), today)
    streak = streak_of(kept)
    return (kept_text(words, sum(kept), len(kept), streak, goal.period) if kept else ""), streak


def _lines(words: Words, rows: list[WorkRow]) -> list[WorkLine]:
    lines = [
        WorkLine(
            int(row.client.id),
            row.client.id,
            cell(row.client.name),
            row.income,
            row.hours,
            row.agreed_hours,
            row.rate,
        )
        for row in rows
    ]
    if len(rows) > 1:
        income, hours, rate = total_of(rows)
        lines.append(WorkLine(0, None, words.text("in all"), income, hours, None, rate, is_head=True))
    return lines


class WorkPainter:
    """Draws the month's lines and the names of their columns."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def titles(self, width: int) -> list[Span]:
        """The names of the columns."""
        text = self.words.text
        name, has_bar = _name_width(width)
        used = [(fit(text("of the agreed"), _BAR + _SHARE + 1), "")] if has_bar else []
        return [
            (fit(text("client"), name), ""),
            (fit_right(text("income"), _INCOME), ""),
            (fit_right(text("hours"), _HOURS) + "  ", ""),
            *used,
            (fit_right(text("RUB an hour"), _RATE), ""),
        ]

    def draw(self, line: WorkLine, width: int) -> list[Span]:
        """One line in so many cells; what is not known is a dash."""
        words = self.words
        name, has_bar = _name_width(width)
        ink = "strong" if line.is_head else ""
        return [
            (fit(line.name, name), ink),
            (fit_right(money_cell(words, line.income), _INCOME), ink or _quiet(line.income)),
            (fit_right(hours_cell(words, line.hours), _HOURS) + "  ", ink or _quiet(line.hours)),
            *(self._used(line) if has_bar else []),
            (fit_right(rate_text(words, line.rate), _RATE), ink or _quiet(line.rate)),
        ]

    def _used(self, line: WorkLine) -> list[Span]:
        """The hours against the agreed ones: a bar, the share, and a sign where it is nearly used up."""
        if not line.agreed:
            return [(" " * (_BAR + _SHARE + 1), "")]
        if line.hours is None:
            said = self.words.text("agreed {n}", n=self.words.number(line.agreed))
            return [(" " * _BAR + " " + fit(said, _SHARE), "dim")]
        share = line.hours / line.agreed
        ink = "bad" if share > 1 else "behind" if share >= WARN_SHARE else "good"
        names = {bar.Role.DONE: ink, bar.Role.MARK: "mark", bar.Role.REST: "rest"}
        pieces: list[Span] = [(piece.text, names[piece.role]) for piece in bar.draw(share, None, _BAR)]
        sign = "⚠" if share >= WARN_SHARE else " "
        of = self.words.text("of {total}", total=self.words.number(line.agreed))
        return [*pieces, (" " + fit(f"{sign}{self.words.percent(share)} {of}", _SHARE), ink)]


def _quiet(value: float | None) -> str:
    return "dim" if value is None else ""


def _name_width(width: int) -> tuple[int, bool]:
    """The cells of the name, and whether there is room for the agreed hours."""
    room = width - _INCOME - _HOURS - _RATE - 2
    with_bar = room - _BAR - _SHARE - 1
    return (with_bar, True) if with_bar >= _LEAST_NAME else (max(1, room), False)


def kept_rows(own: Own, width: int) -> list[Row]:
    """How each rate was kept: «Telegram: 3 поста в неделю — выдержано 6 из 8, 3 недели подряд»."""
    rows = []
    for number, title, said, streak in own.kept:
        name = fit(cell(title), max(8, width - cell_len(said) - 2)).rstrip()
        rows.append(Row(((name, ""), (f"  {said}", "good" if streak else "behind")), number))
    return rows
