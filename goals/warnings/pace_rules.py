"""Rules about goals on their way: behind, unlikely, about to fall off, nothing planned, slipping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from math import floor
from typing import TYPE_CHECKING

from goals.evaluate import UNLIKELY_CHANCE
from goals.metrics import METRICS
from goals.model import GoalKind, GoalStatus, Period
from goals.pace import PROGRESS, Span, even_share, is_ceiling, period_of, span_of, start_of
from goals.road import falls_off_on
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.records import Verdict
    from goals.warnings.situation import GoalState, Situation

#: The chance has to be low in so many verdicts running (against flicker; not measured).
TWICE = 2
#: A goal that needs so many times the pace it was set with is far behind (ours).
FAR_BEHIND = 2.0
#: The pace of lately is told from verdicts so far back, at the least and at the most.
PACE_LEAST, PACE_MOST = timedelta(days=3), timedelta(days=14)
#: One wants to know of a fall early enough, but not of one that is further off than this (ours).
AHEAD = timedelta(days=31)
#: So many whole periods back regularity is looked at.
_MOST_PERIODS = {Period.DAY: 7, Period.WEEK: 4, Period.MONTH: 2}

_BEHIND = frozenset({GoalStatus.BEHIND, GoalStatus.UNLIKELY})


def behind(at: Situation) -> Iterator[Warning]:
    """A goal is behind its road, below its mean, or over its ceiling; hours have a rule of their own."""
    for state in at.goals:
        if state.status not in _BEHIND or state.goal.metric == "hours" or _is_unlikely(state):
            continue
        over = state.goal.kind is GoalKind.TOTAL_IN_PERIOD and is_ceiling(state.goal)
        over = over and state.status is GoalStatus.UNLIKELY
        if state.status is GoalStatus.UNLIKELY and not over and not _lags(state):
            continue
        step = Step.CATCH_UP if state.is_content else Step.LOOK_AT_PACE
        severity = Severity.HIGH if over or _is_far_behind(at, state) else Severity.MEDIUM
        missed_last = state.goal.kind is GoalKind.KEEP_RATE and state.row.safe_days == 0
        facts: dict[str, Fact] = {"over": over, "missed_last": missed_last}
        yield of_goal("behind", severity, state, step, facts)


def _lags(state: GoalState) -> bool:
    """Whether a goal lags by its own figure, whatever its chance: by days, or as a mean that is not kept."""
    row = state.row
    if state.goal.kind is GoalKind.AVERAGE:
        return row.progress is not None and row.progress < 1
    return (row.safe_days or 0) < 0


def unlikely(at: Situation) -> Iterator[Warning]:
    """The chance was below 0.4 on the two newest days with a verdict."""
    for state in at.goals:
        if state.status is GoalStatus.UNLIKELY and _is_unlikely(state):
            since = _unlikely_since(state)
            facts: dict[str, Fact] = {
                "chance": state.row.chance,
                "limit": UNLIKELY_CHANCE,
                "since": since,
                "days": (state.verdicts[-1].day - since).days + 1,
            }
            yield of_goal("unlikely", Severity.HIGH, state, Step.RENEGOTIATE, facts)


def falls_off(at: Situation) -> Iterator[Warning]:
    """A goal that is on its road falls off it before the next call, at its pace of lately."""
    call = at.next_call
    if call is None or call > at.today + AHEAD:
        return
    for state in at.goals:
        day = None if state.status is not GoalStatus.ON_TRACK else fall_of(at, state, call)
        if day is not None:
            facts: dict[str, Fact] = {"day": day, "call": call}
            step = Step.PLAN_CONTENT if state.is_content else Step.LOOK_AT_PACE
            yield of_goal("falls_off", Severity.MEDIUM, state, step, facts)


def nothing_tomorrow(at: Situation) -> Iterator[Warning]:
    """By tomorrow evening more content is due than came out and stands in the plan.

    Goals that count the same are told by the one that lacks most.
    """
    short: dict[tuple[str, str | None], tuple[int, int]] = {}
    for state in at.goals:
        need = _tomorrow(at, state) if state.is_content and state.is_open else None
        if need is not None:
            scope = (state.goal.metric, state.goal.topic)
            short[scope] = max(short.get(scope, need), need, key=lambda one: one[0] - one[1])
    if short:
        due = tuple((*scope, *need) for scope, need in short.items())
        yield Warning(
            rule="nothing_tomorrow",
            severity=Severity.LOW,
            key=f"nothing_tomorrow:{at.client.id}",
            client_id=at.client.id,
            step=Step.PLAN_CONTENT,
            facts={"day": at.today + timedelta(days=1), "due": due},
        )


def of_goal(
    rule: str, severity: Severity, state: GoalState, step: Step, facts: dict[str, Fact] | None = None
) -> Warning:
    """A warning about a goal: its facts are where the goal stands, and what the rule adds."""
    return Warning(
        rule=rule,
        severity=severity,
        key=f"{rule}:goal:{state.goal.id}",
        client_id=state.goal.client_id,
        step=step,
        goal=state.row,
        topic=state.goal.topic,
        facts=_standing(state) | (facts or {}),
    )


def _standing(state: GoalState) -> dict[str, Fact]:
    """The goal and its newest verdict, called as in the lists of goals; `unit` is that of the figures."""
    goal, row = state.goal, state.row
    return {
        "metric": goal.metric,
        "kind": goal.kind.value,
        "amount": goal.amount,
        "unit": METRICS[goal.metric].unit.value,
        "period": row.period,
        "start": goal.start,
        "deadline": goal.deadline,
        "baseline": goal.baseline,
        "status": row.status,
        "current": row.current,
        "target": row.target,
        "progress": row.progress,
        "expected": row.expected,
        "safe_days": row.safe_days,
        "needed_per_day": row.needed_per_day,
        "due_today": row.due_today,
        "planned_today": row.planned_today,
    }


def fall_of(at: Situation, state: GoalState, until: date) -> date | None:
    """The day by `until` on which a goal falls off its road; None where it stays or its pace is not known."""
    goal, row = state.goal, state.row
    if not PROGRESS[goal.kind].by_road or is_ceiling(goal) or row.progress is None or not row.target:
        return None
    span = span_of(goal, at.today, at.calendar)
    per_day = _pace_lately(at, state, span)
    if per_day is None:
        return None
    start = start_of(goal)
    planned: dict[date, float] = {}
    if state.is_content and start is not None and row.target > start:
        for piece in filter(state.counts, at.planned(at.today)):
            planned[piece.day] = planned.get(piece.day, 0.0) + 1.0 / (row.target - start)
    return falls_off_on(span, row.progress, per_day=per_day, planned=planned, until=until)


def _pace_lately(at: Situation, state: GoalState, span: Span) -> float | None:
    """The share of the way that a pacing day brought lately, by the verdicts of other days."""
    oldest, newest = at.today - PACE_MOST, at.today - PACE_LEAST
    for verdict in state.verdicts:
        if oldest <= verdict.day <= newest and verdict.progress is not None:
            days = span.days(verdict.day, at.today)
            return ((state.row.progress or 0.0) - verdict.progress) / days if days else None
    return None


def _is_unlikely(state: GoalState) -> bool:
    newest = state.verdicts[-TWICE:]
    return len(newest) == TWICE and all(map(_is_low, newest))


def _unlikely_since(state: GoalState) -> date:
    """The first day of the verdicts with a low chance that run up to the newest one."""
    return list(takewhile(_is_low, reversed(state.verdicts)))[-1].day


def _is_low(verdict: Verdict) -> bool:
    return verdict.chance is not None and verdict.chance < UNLIKELY_CHANCE


def _is_far_behind(at: Situation, state: GoalState) -> bool:
    """Whether the pace needed is many times the one that the goal was set with."""
    row, start = state.row, start_of(state.goal)
    if not PROGRESS[state.goal.kind].by_road or None in {row.needed_per_day, row.target, start}:
        return False
    total = span_of(state.goal, at.today, at.calendar).total
    meant = abs((row.target or 0.0) - (start or 0.0)) / total
    return meant > 0 and abs(row.needed_per_day or 0.0) >= FAR_BEHIND * meant


def _tomorrow(at: Situation, state: GoalState) -> tuple[int, int] | None:
    """How many pieces tomorrow asks for and how many are planned, where the plan falls short of the road.

    What tomorrow asks for is told as today's is: an even share of what is left, once what today asks for
    and has planned is done. None where the plan will do, where the goal does not count tomorrow, or where
    that is a day off.
    """
    goal, row = state.goal, state.row
    tomorrow = at.today + timedelta(days=1)
    beyond = tomorrow < goal.start or (goal.deadline is not None and tomorrow > goal.deadline)
    if row.target is None or row.current is None or beyond or not at.calendar.is_working(tomorrow):
        return None
    if goal.kind is not GoalKind.KEEP_RATE and not PROGRESS[goal.kind].by_road:
        return None
    span = span_of(goal, tomorrow, at.calendar)
    same = goal.period is None or period_of(goal.period, tomorrow) == period_of(goal.period, at.today)
    days = [piece.day for piece in at.planned(at.today) if state.counts(piece)]
    planned = days.count(tomorrow)
    done = row.current + max(days.count(at.today), row.due_today or 0) if same else 0.0
    expected = row.target * span.days(span.first, tomorrow + timedelta(days=1)) / span.total
    due = even_share(row.target - done, span.left)
    lacks = floor(round(expected, 9)) > done + planned and planned < due
    return (due, planned) if lacks else None


def rate_periods(at: Situation, state: GoalState) -> list[tuple[date, date]]:
    """The whole periods of a rate goal that are over and that the content read reaches back to."""
    goal = state.goal
    if goal.period is None:
        return []
    oldest = min((piece.day for piece in at.content), default=at.today)
    first, last = period_of(goal.period, at.today - timedelta(days=1))
    if last >= at.today:
        first, last = period_of(goal.period, first - timedelta(days=1))
    found: list[tuple[date, date]] = []
    while first >= max(goal.start, oldest) and len(found) < _MOST_PERIODS[goal.period]:
        found.append((first, last))
        first, last = period_of(goal.period, first - timedelta(days=1))
    return found


def regularity(at: Situation) -> Iterator[Warning]:
    """A rate was missed in the last two whole periods running; with the longest silence of four weeks."""
    if not at.content_is_fresh:
        return
    for state in at.goals:
        goal = state.goal
        if not (state.is_content and state.is_open and goal.kind is GoalKind.KEEP_RATE and goal.amount):
            continue
        made = [
            sum(map(state.counts, at.published(first, last))) >= goal.amount
            for first, last in rate_periods(at, state)
            if at.calendar.count(first, last + timedelta(days=1))
        ]
        if len(made) >= TWICE and not any(made[:TWICE]):
            silence = longest_silence(at, state)
            facts: dict[str, Fact] = {
                "kept": sum(made),
                "periods": len(made),
                "period": str(goal.period),
                "silent_days": None if silence is None else (silence[1] - silence[0]).days + 1,
                "silent_from": silence and silence[0],
                "silent_to": silence and silence[1],
            }
            yield of_goal("regularity", Severity.MEDIUM, state, Step.PLAN_CONTENT, facts)


def longest_silence(at: Situation, state: GoalState) -> tuple[date, date] | None:
    """The longest stretch of days of lately in which nothing came that the goal counts."""
    first = max(state.goal.start, at.today - LATELY)
    days = sorted({p.day for p in at.published(first, at.today) if state.counts(p)} | {at.today})
    longest, begun = None, first
    for day in days:
        if day > begun and (longest is None or day - begun > longest[1] - longest[0] + timedelta(days=1)):
            longest = (begun, day - timedelta(days=1))
        begun = day + timedelta(days=1)
    return longest
