"""What one can do today for a client: publish, prepare, ask, answer, check in, report."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from connectors.clean import clean
from goals.agreement.lines import folded
from goals.metrics import METRICS, Source
from goals.model import GoalId, GoalStatus, PostKind, PostState
from goals.rhythm import (
    answering_hours,
    contact_hours,
    is_due,
    is_past,
    materials_to_ask,
    reasons_to_ask,
    report_days,
)
from store.values import Filter
from work.day_done import with_ticks
from work.day_values import Day, Rank, Ranked, Task
from work.goals import live_rows
from work.missed import missed_topics
from work.month import month_without_goals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import time

    from goals.board import GoalRow
    from goals.model import Client, Post
    from store.contract import Reader
    from store.values import PostRow
    from wording.words import Words

_SHOWN_TEXT = 60
_LATE = frozenset({GoalStatus.BEHIND, GoalStatus.UNLIKELY})


def day_of_client(
    words: Words, reader: Reader, client: Client, rows: Sequence[GoalRow], now: datetime
) -> Day:
    """The client's day at this moment."""
    from store.evidence import terms_in_force

    local = now.astimezone(ZoneInfo(client.timezone))
    terms = terms_in_force(reader, client.id)
    return Day(words, client, local.date(), local.time(), reader.calendar(client.id), terms, rows)


def tasks_of(reader: Reader, day: Day) -> list[Ranked]:
    """What there is to do, and what of it is ticked off, the most urgent first."""
    found = [*_of_goals(day), *_of_content(reader, day), *_dates(day)]
    if day.works:
        found += [
            *_of_topics(reader, day),
            *_of_month(reader, day),
            *_materials(reader, day),
            *_check_in(reader, day),
            *_answers(day),
        ]
    return with_ticks(reader, day, sorted(found, key=lambda each: each.rank))


def _of_goals(day: Day) -> Iterator[Ranked]:
    """Content that is due today, and figures that only a person knows and nobody has logged for long."""
    from wording.goals import metric_name, row_title

    for row in day.rows:
        metric = METRICS[row.metric]
        until = None if row.deadline is None else date.fromordinal(row.deadline)
        status = GoalStatus(row.status)
        if row.due_today and not status.is_over:
            yield Ranked(
                Rank.LATE if status in _LATE else Rank.DUE,
                Task(
                    day.client.name,
                    row.goal_id,
                    "publish",
                    row_title(day.words, row),
                    row.due_today,
                    metric.unit.value,
                    row.planned_today,
                    until,
                ),
                row,
            )
        elif _waits_for_a_figure(row) and day.works:
            name = metric_name(day.words, row.metric)
            task = Task(day.client.name, row.goal_id, "log", name, unit=metric.unit.value, deadline=until)
            yield Ranked(Rank.DATA, task, row)


def _of_content(reader: Reader, day: Day) -> Iterator[Ranked]:
    """The pieces that stand in the plan for today, and those to be made for the next working day."""
    from wording.rhythm import is_shot

    which = Filter(client_id=day.client.id, since=day.today, until=day.ahead)
    for row in reader.posts(which):
        post = row.post
        if post.state is not PostState.PLANNED:
            continue
        kind, rank = "publish", Rank.DUE
        if post.day > day.today:
            kind, rank = "shoot" if is_shot(post.kind) else "prepare", Rank.AHEAD
        what = _piece(day.words, row)
        yield Ranked(rank, Task(day.client.name, None, kind, what, 1, "count", 1, post.day), row)


def _of_topics(reader: Reader, day: Day) -> Iterator[Ranked]:
    """What the client named and gets too little of, where no goal asks for it."""
    from wording.content import post_kind_word
    from wording.warnings.told import about_topic

    if day.terms is None or not (day.terms.topics or day.terms.priorities):
        return
    counted = {folded(row.topic) for row in day.rows if row.topic and row.due_today is not None}
    for missed in missed_topics(reader, day.client, day.now, counted=counted):
        topic, form = missed.coverage.topic, missed.coverage.format
        what = about_topic(day.words, topic)
        if form is not None:
            what = f"{post_kind_word(day.words, PostKind(form))} {what}"
        task = Task(day.client.name, None, "publish", what, missed.pieces, "count", 0)
        yield Ranked(Rank.LATE if missed.coverage.is_short else Rank.DUE, task)


def _of_month(reader: Reader, day: Day) -> Iterator[Ranked]:
    """The goals of the month that runs or is about to begin, where nobody has set them."""
    from wording.rhythm import month_name

    found = month_without_goals(reader, day.client, day.calendar, day.today, day.now)
    if found is not None:
        first, _ = found.month
        kind, what = "renew" if found.asked else "set_goals", month_name(day.words, first, day.today)
        task = Task(day.client.name, None, kind, what, found.asked or None, "count", deadline=first)
        yield Ranked(Rank.DATED if first <= day.today else Rank.SOON, task)


def _piece(words: Words, row: PostRow) -> str:
    from wording.content import post_kind_word

    what = f"{post_kind_word(words, row.post.kind)} · {row.network}:{row.account}"
    about = _about(row.post)
    return f"{what} · {about}" if about else what


def _about(post: Post) -> str:
    return ", ".join(post.topics) or _short(post.text)


def _short(text: str) -> str:
    return clean(text, _SHOWN_TEXT)


def _dates(day: Day) -> Iterator[Ranked]:
    """The report and the call of today and of the next working day."""
    if day.terms is None:
        return
    report = day.terms.report
    start, end = contact_hours(day.terms)
    for kind, when in report_days(report, day.today, day.ahead):
        task = Task(day.client.name, None, "report", _short(report.form), deadline=when)
        if kind == "call":
            hours = (_clock(start), _clock(end))
            minutes = report.call_minutes
            unit = None if minutes is None else "minutes"
            task = Task(day.client.name, None, "call", "", minutes, unit, None, when, None, *hours)
        yield Ranked(Rank.DATED if when == day.today else Rank.SOON, task)


def _materials(reader: Reader, day: Day) -> Iterator[Ranked]:
    """What to ask the client for or remind him of, while he can be reached."""
    start, end = contact_hours(day.terms)
    if is_past(end, day.clock):
        return
    known = reader.materials(day.client.id, received=True)
    for each in materials_to_ask(day.terms, known, day.today):
        what = _short(each.what)
        if each.who:
            what += f" ({_short(each.who)})"
        task = Task(
            day.client.name,
            None,
            "materials",
            what,
            deadline=each.due,
            waiting_days=each.days,
            start_time=_clock(start),
            end_time=_clock(end),
        )
        yield Ranked(Rank.MATERIALS, task, each)


def _check_in(reader: Reader, day: Day) -> Iterator[Ranked]:
    """One task for all goals of the client that need an answer; a figure to log is asked for by itself."""
    rows = [row for row in day.rows if not _waits_for_a_figure(row)]
    last = reader.last_check_ins([GoalId(row.goal_id) for row in rows])
    due = 0
    for row in rows:
        goal_id = GoalId(row.goal_id)
        said = last[goal_id][0] if goal_id in last else None
        revisions = reader.revisions(goal_id) if said else []
        due += is_due(said, reasons_to_ask(GoalStatus(row.status), said, revisions), day.today)
    if due:
        yield Ranked(Rank.CHECK_IN, Task(day.client.name, None, "check_in", "", due, "count"))


def _waits_for_a_figure(row: GoalRow) -> bool:
    """Whether the goal is kept by hand and nobody has logged a figure for long."""
    return METRICS[row.metric].source is Source.MANUAL and row.status == GoalStatus.STALE


def _answers(day: Day) -> Iterator[Ranked]:
    """The agreed time for answering people, as a reminder while the agreed hours last."""
    if day.terms is None or day.terms.replies.minutes is None:
        return
    replies = day.terms.replies
    start, end = answering_hours(replies, contact_hours(day.terms))
    if is_past(end, day.clock):
        return
    hours = (_clock(start), _clock(end))
    task = Task(
        day.client.name,
        None,
        "answer",
        _short(replies.who),
        replies.minutes,
        "minutes",
        None,
        None,
        None,
        *hours,
    )
    yield Ranked(Rank.ANSWERS, task)


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


def token_tasks(words: Words, reader: Reader) -> list[tuple[int, Ranked]]:
    """The accounts that could not be read for want of a token, with their clients."""
    from wording.troubles import trouble_sentence

    accounts = {account.id: account for account in reader.accounts()}
    names = {client.id: client.name for client in reader.clients()}
    tasks = []
    for unit in reader.last_units():
        account, trouble = accounts.get(unit.account_id), unit.trouble
        if account is None or account.client_id not in names or trouble is None or trouble.kind != "auth":
            continue
        sentence = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        what = f"{account.network}:{account.handle}: {sentence.message} → {sentence.next_step}"
        task = Task(names[account.client_id], None, "token", what)
        tasks.append((int(account.client_id), Ranked(Rank.DATA, task)))
    return tasks


def days_of(words: Words, reader: Reader, clients: Sequence[Client], now: datetime) -> list[Day]:
    """The day of each client at `now`."""
    rows: dict[int, list[GoalRow]] = {}
    for row in live_rows(reader, clients[0].id if len(clients) == 1 else None):
        rows.setdefault(row.client_id, []).append(row)
    return [day_of_client(words, reader, client, rows.get(int(client.id), []), now) for client in clients]


def todo_of(words: Words, reader: Reader, days: Iterable[Day]) -> list[tuple[Day, list[Ranked]]]:
    """The clients that ask for something today, the most urgent first, each with its tasks.

    A tick changes no task's place: what is ticked off by its place in the list shifts nothing.
    """
    tokens = token_tasks(words, reader)
    found = []
    for day in days:
        own = [ranked for owner, ranked in tokens if owner == int(day.client.id)]
        tasks = sorted([*tasks_of(reader, day), *own], key=lambda each: each.rank)
        if tasks:
            found.append((day, tasks))
    return sorted(found, key=lambda each: each[1][0].rank)
