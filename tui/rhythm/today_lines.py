"""The lines of the list of today: what there is to do and what is done, client by client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from goals.board import GoalRow
from goals.model import ClientId
from goals.rhythm import contact_hours
from store.values import PostRow
from tui.drawing.cells import cell
from wording.content import post_kind_word
from wording.goals import network_name, row_title, today_cell
from wording.rhythm import hours_text, near_day, waiting_text
from wording.words import mark
from work.day import days_of, todo_of
from work.day_done import Made, done_of
from work.day_values import Rank, Ranked
from work.paces import passed_limits, slow_goals

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from store.contract import Reader
    from wording.words import Words
    from work.day_values import Day, Task
    from work.paces import Pace

#: What is to be done, in a word.
VERBS = {
    "publish": mark("publish"),
    "planned": mark("in the plan"),
    "shoot": mark("shoot"),
    "prepare": mark("prepare"),
    "materials": mark("ask for"),
    "remind": mark("remind of"),
    "check_in": mark("check in"),
    "report": mark("report"),
    "call": mark("call"),
    "answer": mark("answer people"),
    "log": mark("log"),
    "token": mark("new token"),
    "renew": mark("set goals for"),
    "set_goals": mark("set goals for"),
}
#: What is about a month: its deadline is the month's first day.
MONTHLY = frozenset({"renew", "set_goals"})
#: What is done, in a word.
MADE = {
    "publish": mark("published"),
    "log": mark("logged"),
    "materials": mark("asked for"),
    "received": mark("received"),
    "check_in": mark("checked in"),
    "call": mark("called"),
    "shoot": mark("shot"),
    "prepare": mark("prepared"),
    "report": mark("reported"),
    "answer": mark("answered"),
}


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A client's head, a task, or what is done. `right` is a deadline or the hours for it."""

    key: tuple[object, ...]
    client_id: ClientId
    what: str
    right: str = ""
    glyph: str = ""
    ink: str = ""
    verb: str = ""
    note: str = ""
    is_head: bool = False
    is_done: bool = False


class Todo(NamedTuple):
    """A task with its client's day."""

    day: Day
    ranked: Ranked


class Today(NamedTuple):
    """Everything that the screen shows: `left` tasks of `total`, and what needs more pace.

    `todo` and `ticked` are the tasks by the key of their line: to be done, and ticked off.
    """

    lines: tuple[TodayLine, ...]
    todo: Mapping[tuple[object, ...], Todo]
    ticked: Mapping[tuple[object, ...], Todo]
    left: int
    total: int
    paces: tuple[Pace, ...]
    passed: tuple[Pace, ...]


def read_today(words: Words, reader: Reader, now: datetime, zone: tzinfo) -> Today:
    """The day of all clients at `now`, the most urgent first; `zone` is where the specialist is."""
    days = days_of(words, reader, reader.clients(), now)
    asking = {int(day.client.id): tasks for day, tasks in todo_of(words, reader, days)}
    days = sorted(days, key=lambda day: _urgency(asking.get(int(day.client.id), ())))
    lines: list[TodayLine] = []
    todo: dict[tuple[object, ...], Todo] = {}
    ticked: dict[tuple[object, ...], Todo] = {}
    total = 0
    for day in days:
        tasks = [Todo(day, each) for each in asking.get(int(day.client.id), ())]
        made = [_made_line(words, day, each) for each in done_of(reader, day)]
        if not tasks and not made:
            continue
        own = {_key(each): each for each in tasks if each.ranked.done is None}
        done = {("done", *_key(each)): each for each in tasks if each.ranked.done is not None}
        todo |= own
        ticked |= done
        total += len(own) + len(done) + len(made)
        lines.append(_head(words, day, now, zone, len(own)))
        lines += [_task_line(words, key, each) for key, each in own.items()]
        lines += [_ticked_line(words, key, each) for key, each in done.items()]
        lines += made
    return Today(
        tuple(lines),
        todo,
        ticked,
        len(todo),
        total,
        tuple(slow_goals(words, days)),
        tuple(passed_limits(words, days)),
    )


def _urgency(tasks: Sequence[Ranked]) -> int:
    """The rank of the first task that is not ticked off; clients without one come last."""
    return min((each.rank for each in tasks if each.done is None), default=len(Rank))


def _key(todo: Todo) -> tuple[object, ...]:
    task, about = todo.ranked.task, todo.ranked.about
    own = about.post.id if isinstance(about, PostRow) else task.what
    return int(todo.day.client.id), task.kind, task.goal_id, own, task.deadline


def _head(words: Words, day: Day, now: datetime, zone: tzinfo, left: int) -> TodayLine:
    """The client with the agreed hours, and the time that it is there if it is another."""
    parts = []
    hours = hours_text(words, *contact_hours(day.terms))
    if hours:
        parts.append(hours)
    moment = now.astimezone(zone)
    if moment.utcoffset() != moment.astimezone(ZoneInfo(day.client.timezone)).utcoffset():
        parts.append(words.text("{clock} there", clock=f"{day.clock:%H:%M}"))
    if not day.works:
        parts.append(words.text("day off"))
    right = words.plural("{n} task", "{n} tasks", left) if left else words.text("all done")
    head = (int(day.client.id),)
    return TodayLine(head, day.client.id, cell(day.client.name), right, note=" · ".join(parts), is_head=True)


def _task_line(words: Words, key: tuple[object, ...], todo: Todo) -> TodayLine:
    day, task = todo.day, todo.ranked.task
    late = todo.ranked.rank == Rank.LATE or _is_overdue(day, task)
    glyph = "▲" if late else "☐"
    ink = "behind" if late or task.kind == "token" else "calm"
    return TodayLine(
        key, day.client.id, cell(what_text(words, todo)), _right(words, day, task), glyph, ink,
        words.text(VERBS[verb_of(todo.ranked)]),
    )  # fmt: skip


def _ticked_line(words: Words, key: tuple[object, ...], todo: Todo) -> TodayLine:
    what, verb = cell(what_text(words, todo)), words.text(MADE[todo.ranked.task.kind])
    return TodayLine(key, todo.day.client.id, what, "", "✓", "good", verb, is_done=True)


def verb_of(ranked: Ranked) -> str:
    """Which of VERBS the task is."""
    if ranked.task.kind == "publish" and isinstance(ranked.about, PostRow):
        return "planned"
    return "remind" if ranked.task.waiting_days is not None else ranked.task.kind


def what_text(words: Words, todo: Todo) -> str:
    """What the task is about: «2 поста, план 0 · Старая партия: 12 постов»."""
    task, about = todo.ranked.task, todo.ranked.about
    if isinstance(about, GoalRow):
        return f"{today_cell(words, about)} · {row_title(words, about)}" if about.due_today else task.what
    if isinstance(about, PostRow):
        return piece_text(words, about)
    if task.kind == "check_in":
        return words.plural("{n} goal needs an answer", "{n} goals need an answer", task.amount or 0)
    if task.kind == "answer":
        return words.text("within {n} min", n=task.amount) + (f" · {task.what}" if task.what else "")
    if task.kind == "call":
        return words.text("{n} min", n=task.amount) if task.amount else ""
    if task.waiting_days is not None:
        return f"{task.what} · {waiting_text(words, task.waiting_days)}"
    return task.what


def piece_text(words: Words, row: PostRow) -> str:
    """A piece of content: «пост · ВК · Старая партия»."""
    about = ", ".join(row.post.topics)
    parts = (post_kind_word(words, row.post.kind), network_name(words, row.network), about, row.post.text)
    return " · ".join(part for part in parts if part)


def _right(words: Words, day: Day, task: Task) -> str:
    """Until when, or in which hours."""
    start, end = (
        None if each is None else time.fromisoformat(each) for each in (task.start_time, task.end_time)
    )
    hours = hours_text(words, start, end) if task.kind in {"answer", "call"} else ""
    if hours and task.kind == "answer":
        return hours
    if task.deadline is None or task.kind in MONTHLY or (task.kind == "publish" and task.goal_id is None):
        return hours
    when = near_day(words, task.deadline, day.today)
    if task.kind in {"report", "call", "shoot", "prepare"}:
        return f"{when} {hours}".rstrip()
    if _is_overdue(day, task):
        return words.text("due since {day}", day=words.day(task.deadline, day.today))
    return words.text("until {day}", day=words.day(task.deadline, day.today))


def _is_overdue(day: Day, task: Task) -> bool:
    """Whether it is past the day by which the client was to be asked."""
    return task.kind == "materials" and task.deadline is not None and task.deadline < day.today


def _made_line(words: Words, day: Day, made: Made) -> TodayLine:
    what = piece_text(words, made.about) if made.about is not None else made.what
    key = (int(day.client.id), "done", made.kind, made.key)
    verb = words.text(MADE[made.kind])
    return TodayLine(key, day.client.id, cell(what), "", "✓", "good", verb, is_done=True)
