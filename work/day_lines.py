"""What there is to do today, in sentences."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from wording.rhythm import hours_text, near_day, waiting_text

if TYPE_CHECKING:
    from work.day_values import Day, Task


def task_line(day: Day, task: Task) -> str:
    """The task in a sentence, with the command that does it where there is one."""
    words, text = day.words, day.words.text
    if task.kind == "log":
        return _log_line(day, task)
    if task.kind == "token":
        return text("Token: {what}", what=task.what)
    if task.kind == "check_in":
        goals = words.plural("{n} goal needs an answer", "{n} goals need an answer", task.amount or 0)
        return text("Check in: {goals} (smm checkin)", goals=goals)
    if task.kind in {"renew", "set_goals"}:
        return _month_line(day, task)
    if task.kind in {"publish", "shoot", "prepare"}:
        return _content_line(day, task)
    if task.kind == "materials":
        return _material_line(day, task)
    return _talk_line(day, task)


def _log_line(day: Day, task: Task) -> str:
    metric = next(row.metric for row in day.rows if row.goal_id == task.goal_id)
    return day.words.text(
        'Log: {what}: smm log {metric} AMOUNT --client "{client}"',
        what=task.what,
        metric=metric,
        client=task.client.replace('"', ""),
    )


def _month_line(day: Day, task: Task) -> str:
    text, client = day.words.text, task.client.replace('"', "")
    if task.kind == "set_goals":
        return text(
            'Set the goals for {month}: smm goal add "…" --client "{client}"', month=task.what, client=client
        )
    return text(
        'Set the goals for {month}: smm renew "{client}" --period {period}',
        month=task.what,
        client=client,
        period=f"{task.deadline:%Y-%m}",
    )


def _content_line(day: Day, task: Task) -> str:
    words, text = day.words, day.words.text
    if task.goal_id is not None or task.planned == 0:
        until = text("until {day}", day=words.day(task.deadline, day.today)) if task.deadline else ""
        due = text("Publish {n}, in the plan {planned}", n=task.amount, planned=task.planned)
        return " · ".join(part for part in (due, task.what, until) if part)
    when = near_day(words, task.deadline or day.today, day.today)
    if task.kind == "shoot":
        return text("Shoot for {day}: {what}", day=when, what=task.what)
    if task.kind == "prepare":
        return text("Prepare for {day}: {what}", day=when, what=task.what)
    return text("In the plan: {what}", what=task.what)


def _material_line(day: Day, task: Task) -> str:
    words, text = day.words, day.words.text
    if task.waiting_days is not None:
        waiting = waiting_text(words, task.waiting_days)
        line = text("Remind of materials: {what}, {waiting}", what=task.what, waiting=waiting)
    elif task.deadline is not None and task.deadline < day.today:
        late = words.day(task.deadline, day.today)
        line = text("Ask for materials: {what}, they were due on {day}", what=task.what, day=late)
    else:
        when = near_day(words, task.deadline or day.today, day.today)
        line = text("Ask for materials: {what}, by {day}", what=task.what, day=when)
    return _with_hours(day, task, line)


def _talk_line(day: Day, task: Task) -> str:
    """An answer, a report or a call."""
    words, text = day.words, day.words.text
    if task.kind == "answer":
        who = f" ({task.what})" if task.what else ""
        line = text("Answer people within {n} min{who}", n=task.amount, who=who)
        return _with_hours(day, task, line)
    when = near_day(words, task.deadline or day.today, day.today)
    if task.kind == "report":
        line = text("Report {day}", day=when)
        return f"{line} · {task.what}" if task.what else line
    line = text('Call {day}: smm call "{client}"', day=when, client=task.client)
    return _with_hours(day, task, line)


def _with_hours(day: Day, task: Task, line: str) -> str:
    start, end = (
        None if each is None else time.fromisoformat(each) for each in (task.start_time, task.end_time)
    )
    hours = hours_text(day.words, start, end)
    return f"{line} · {hours}" if hours else line
