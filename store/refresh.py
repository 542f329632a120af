"""Judging goals and storing the verdicts, over the store's contract only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from goals.evaluate import Evaluation, evaluate
from goals.measure import baseline_of
from goals.model import AccountId, ClientId, Goal
from goals.workcalendar import WorkCalendar
from store.contract import Writer
from store.days import today_of

#: The chance is judged by the last 90 daily changes; a few days more stand in for missing ones.
_HISTORY = timedelta(days=100)


def refresh_goals(store: Writer, goals: Iterable[Goal], now: datetime) -> list[Evaluation]:
    """Judge the goals at `now`, each on its client's local day, and store the verdicts.

    A baseline that was not known when a goal was set is filled in as soon as there are figures.
    """
    clients = {client.id: client for client in store.clients(archived=True)}
    calendars: dict[ClientId, WorkCalendar] = {}
    verdicts = []
    for goal in goals:
        client = clients[goal.client_id]
        if client.id not in calendars:
            calendars[client.id] = store.calendar(client.id)
        verdicts.append(_judge(store, goal, calendars[client.id], now, today_of(client, now)))
    store.put_evaluations(verdicts)
    return verdicts


def refresh_accounts(store: Writer, account_ids: Iterable[AccountId], now: datetime) -> list[Evaluation]:
    """Judge the goals whose scope holds one of the accounts."""
    return refresh_goals(store, store.goals_touched(account_ids), now)


def refresh_stale_days(store: Writer, now: datetime) -> list[Evaluation]:
    """Judge the goals whose verdict is of another day than today, or that have none."""
    days = {client.id: today_of(client, now) for client in store.clients(archived=True)}
    return refresh_goals(store, store.not_judged_on(days), now)


def refresh_all(store: Writer, now: datetime) -> list[Evaluation]:
    """Judge every goal that is not dropped."""
    return refresh_goals(store, store.goals(), now)


def _judge(store: Writer, goal: Goal, calendar: WorkCalendar, now: datetime, today: date) -> Evaluation:
    facts = store.facts(goal, history_since(goal, today), today)
    if goal.baseline is None:
        baseline = baseline_of(goal, facts, today)
        if baseline is not None and today >= goal.start:
            store.set_baseline(goal.id, baseline)
            goal = replace(goal, baseline=baseline)
    return evaluate(goal, facts, calendar, now, today)


def history_since(goal: Goal, today: date) -> date:
    """The first day whose figures matter; a mean's baseline looks back as far as the goal is long."""
    first = goal.start - timedelta(days=1)
    if goal.baseline is None and goal.deadline is not None:
        first -= goal.deadline - goal.start
    return min(first, today - _HISTORY)
