"""What has been done for a client today already: ticked off, or known to the store by what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.metrics import METRICS
from goals.model import PostState
from goals.records import DoneMark
from store.values import Filter, PostRow
from wording.goals import logged, metric_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from store.contract import Reader
    from work.day_values import Day, Ranked

#: Only a tick tells that these are done: nothing else is written of them.
TICKED = frozenset({"answer", "prepare", "report", "shoot"})


class Made(NamedTuple):
    """One thing that is done: publish, log, materials, received, check_in or call; `what` names it.

    `about` is the record of what came out; `key` tells it from the others of its kind.
    """

    kind: str
    key: str
    what: str
    about: PostRow | None = None


def done_of(reader: Reader, day: Day) -> Iterator[Made]:
    """What came out today, what was logged, asked for, received and said."""
    for row in reader.posts(Filter(client_id=day.client.id, since=day.today, until=day.today)):
        if row.post.state is PostState.PUBLISHED:
            yield Made("publish", str(row.post.id), "", row)
    for entry in reader.entries(day.client.id):
        if entry.day == day.today and entry.metric in METRICS:
            name = metric_name(day.words, entry.metric)
            figure = f"{name}, {logged(day.words, entry.metric, entry.amount)}"
            yield Made("log", str(entry.id), figure)
    for material in reader.materials(day.client.id, received=True):
        if material.received_on == day.today:
            yield Made("received", str(material.id), material.what)
        elif material.received_on is None and material.asked_on == day.today:
            yield Made("materials", str(material.id), material.what)
    said = [each for each in reader.check_ins(day.client.id, day.today) if not each.by_rule]
    if said:
        goals = day.words.plural("{n} goal is answered for", "{n} goals are answered for", len(said))
        yield Made("check_in", "", goals)
    for call in reader.calls(day.client.id):
        if call.day == day.today:
            yield Made("call", str(call.id), call.notes)


def with_ticks(reader: Reader, day: Day, tasks: Iterable[Ranked]) -> list[Ranked]:
    """The tasks, each that is ticked off with its tick."""
    ticks = {(tick.day, tick.kind, tick.about): tick for tick in reader.done_marks(day.client.id, day.today)}
    return [each._replace(done=ticks.get(_key(day, each))) for each in tasks]


def tick_of(day: Day, ranked: Ranked, *, author: str, now: datetime) -> DoneMark:
    """What ticks the task off; one of TICKED.

    A report or a piece that is made ahead is ticked for its own day, so that it is not asked for again
    when that has come; anything else for today.
    """
    return DoneMark(day.client.id, *_key(day, ranked), author, now)


def _key(day: Day, ranked: Ranked) -> tuple[date, str, str]:
    """Which tick is the task's: the day that it is for, its kind, the piece of content that it is about."""
    task, about = ranked.task, ranked.about
    piece = f"post:{about.post.id}" if isinstance(about, PostRow) else ""
    return task.deadline or day.today, task.kind, piece
