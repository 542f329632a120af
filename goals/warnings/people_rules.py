"""Rules about the audience: grown without reach, and more people who leave than who join."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING

from goals.model import GoalKind
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.warnings.situation import AccountState, GoalState, Situation

#: An audience that grew by this share in four weeks, while reach or ER fell by the other (ours, not measured:
#: the dilution of ER by new people alone stays well below it).
GROWN = 0.05
FALLEN = 0.15
#: Means of fewer days or posts are chance.
LEAST_DAYS = 7
LEAST_POSTS = 5
#: Joins and leaves are compared over four weeks of which so many days are known.
LEAST_FLOW_DAYS = 14


def bought_audience(at: Situation) -> Iterator[Warning]:
    """The audience grew while reach or ER fell: people who were bought, or who are not interested."""
    for state in at.accounts:
        grown = _growth(at, state)
        reach, rate = _reach_change(at, state), _rate_change(at, state)
        fallen = min((change for change in (reach, rate) if change is not None), default=0.0)
        if grown is None or grown < GROWN or fallen > -FALLEN:
            continue
        facts: dict[str, Fact] = {"gain_share": grown, "reach_share": reach, "rate_share": rate}
        yield _warning(at, "bought_audience", state, Step.CHECK_AUDIENCE, facts)


def leaving(at: Situation) -> Iterator[Warning]:
    """More people leave than join; a goal needs as many joins as its target and the usual leaving together.

    joins needed = target - audience + leaves a day lately x days left.
    """
    for state in at.accounts:
        first = at.today - LATELY
        joined = {point.day: point.value for point in state.values("joins", first, at.today)}
        left = {point.day: point.value for point in state.values("leaves", first, at.today)}
        days = joined.keys() & left.keys()
        joins, leaves = (sum(series[day] for day in days) for series in (joined, left))
        if len(days) < LEAST_FLOW_DAYS or leaves <= joins:
            continue
        facts: dict[str, Fact] = {"joins": joins, "leaves": leaves, "days": len(days)}
        goal = next((s for s in at.goals if _is_growth_of(s, state)), None)
        if goal is not None and goal.goal.deadline is not None:
            rest = (goal.row.target or 0.0) - (goal.row.current or 0.0)
            until = (goal.goal.deadline - at.today).days + 1
            facts |= {"needed": ceil(rest + leaves / len(days) * until), "until": goal.goal.deadline}
        yield _warning(at, "leaving", state, Step.KEEP_PEOPLE, facts)


def _is_growth_of(goal: GoalState, state: AccountState) -> bool:
    return (
        goal.goal.metric == "audience"
        and goal.goal.kind is not GoalKind.KEEP_RATE
        and goal.is_open
        and goal.covers(state.account)
        and goal.row.target is not None
        and goal.row.current is not None
        and goal.row.target > goal.row.current
    )


def _growth(at: Situation, state: AccountState) -> float | None:
    known = state.values("audience", at.today - LATELY, at.today)
    if not known or known[-1].day - known[0].day < timedelta(days=LEAST_DAYS) or not known[0].value:
        return None
    return known[-1].value / known[0].value - 1.0


def _halves(at: Situation) -> tuple[tuple[date, date], tuple[date, date]]:
    """The four weeks before the last four, and those up to yesterday, which are whole days."""
    last = at.today - timedelta(days=1)
    middle = last - LATELY
    return (middle - LATELY + timedelta(days=1), middle), (middle + timedelta(days=1), last)


def _reach_change(at: Situation, state: AccountState) -> float | None:
    """How the mean reach of a day changed from the four weeks before."""
    before, now = ([p.value for p in state.values("reach", *span)] for span in _halves(at))
    return _change(before, now, LEAST_DAYS)


def _rate_change(at: Situation, state: AccountState) -> float | None:
    """How the mean engagement rate (engagement / views) of posts changed from the four weeks before."""
    before, now = (
        [
            piece.engagement / piece.views
            for piece in at.published(*span)
            if piece.account_id == state.account.id and piece.engagement is not None and piece.views
        ]
        for span in _halves(at)
    )
    return _change(before, now, LEAST_POSTS)


def _change(before: list[float], now: list[float], least: int) -> float | None:
    if min(len(before), len(now)) < least or not fmean(before):
        return None
    return fmean(now) / fmean(before) - 1.0


def _warning(at: Situation, rule: str, state: AccountState, step: Step, facts: dict[str, Fact]) -> Warning:
    account = state.account
    return Warning(
        rule=rule,
        severity=Severity.MEDIUM,
        key=f"{rule}:account:{account.id}",
        client_id=at.client.id,
        step=step,
        account_id=account.id,
        facts=facts | {"network": account.network, "account": account.handle},
    )
