"""A month without goals: the one that runs, or the next one shortly before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.goals import window_of
from goals.agreement.lines import content_term, topic_term
from goals.agreement.share import goals_since
from goals.evaluate import is_complete
from goals.model import ClientKind, Goal, GoalKind, Period
from goals.pace import period_of
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade

if TYPE_CHECKING:
    from goals.agreement.terms import Terms
    from goals.warnings.situation import Situation
    from goals.workcalendar import WorkCalendar

#: So many working days before a month begins it is asked for.
AHEAD = 3
#: What lasts longer is no goal of a month; what lasts at least as long as the other is one of a whole month.
_LONGEST, _WHOLE = timedelta(days=31), timedelta(days=27)


class Month(NamedTuple):
    """The first and the last day of a month."""

    first: date
    last: date


class UnsetMonth(NamedTuple):
    """A month without goals: how many lines of the agreement ask for one, how many goals ran before it."""

    month: Month
    asked: int
    before: int


def month_to_set(today: date, calendar: WorkCalendar) -> Month:
    """The month whose goals ought to be there: the one that runs, or the next one AHEAD days before."""
    first, last = period_of(Period.MONTH, today)
    following = last + timedelta(days=1)
    if calendar.count(today, following) > AHEAD:
        return Month(first, last)
    return Month(*period_of(Period.MONTH, following))


def has_goals(goals: Iterable[Goal], month: Month) -> bool:
    """Whether somebody has set goals of a month; dropped ones are his word too."""
    return any(is_complete(goal) and _is_of(goal, month) for goal in goals)


def unset_month(at: Situation) -> UnsetMonth | None:
    """The month that ought to have goals and has none; None where all is well, and for what has ended."""
    if at.client.kind is ClientKind.SELF or at.client.archived or at.is_over:
        return None
    month = month_to_set(at.today, at.calendar)
    goals = [state.goal for state in at.goals]
    if has_goals((*goals, *at.dropped), month):
        return None
    before = Month(*period_of(Period.MONTH, month.first - timedelta(days=1)))
    ends = any(is_complete(goal) and _ends_in(goal, month) for goal in goals)
    ran = 0 if ends else sum(is_complete(goal) and _is_of_whole(goal, before) for goal in goals)
    if at.terms is None:
        return UnsetMonth(month, 0, ran) if ran else None
    if window_of(at.terms, at.today, start=month.first, deadline=month.last) is None:
        return None
    settled = {goal.term for goal in (*goals, *at.dropped) if _has_days_of(goal, month)}
    asked = _proposed(at, at.terms, month) - settled
    if not (ran or asked & _monthly_terms(at.terms)):
        return None
    return UnsetMonth(month, len(asked), ran)


def _proposed(at: Situation, terms: Terms, month: Month) -> set[str]:
    """The lines that bring a goal in the month; the rest of a month may be less than one piece."""
    first, last = month
    proposed = goals_since(terms, at.today, at.since, at.calendar, start=first, deadline=last)
    return {asked.term for asked in proposed if asked.amount != 0}


def month_without_goals(at: Situation) -> Iterator[Warning]:
    """Nobody has set the goals of the month that runs, or of the next one shortly before it begins."""
    found = unset_month(at)
    if found is None:
        return
    first = found.month.first
    runs = first <= at.today
    facts: dict[str, Fact] = {"month": first, "runs": runs, "asked": found.asked, "before": found.before}
    yield Warning(
        rule="month_without_goals",
        severity=Severity.MEDIUM if runs else Severity.LOW,
        key=f"month_without_goals:{at.client.id}:{first:%Y-%m}",
        client_id=at.client.id,
        step=Step.RENEW if found.asked else Step.SET_GOALS,
        facts=facts,
    )


def _monthly_terms(terms: Terms) -> set[str]:
    """The lines about content and topics that count by periods: each month asks for goals anew."""
    topics = {topic_term(line) for line in terms.topics if line.period is not None or line.share}
    return topics | {content_term(line) for line in terms.content if line.period is not None}


def _is_of(goal: Goal, month: Month) -> bool:
    """Whether a goal is one of the month: a rate that goes on through it, or what mostly lies in it."""
    goes_on = goal.deadline is None or goal.deadline >= month.last
    if goal.kind is GoalKind.KEEP_RATE and goal.start <= month.last and goes_on:
        return True
    if goal.deadline is None or goal.deadline - goal.start > _LONGEST:
        return False
    inside = (min(goal.deadline, month.last) - max(goal.start, month.first)).days + 1
    return inside * 2 >= (goal.deadline - goal.start).days + 1


def _has_days_of(goal: Goal, month: Month) -> bool:
    return goal.start <= month.last and (goal.deadline is None or goal.deadline >= month.first)


def _ends_in(goal: Goal, month: Month) -> bool:
    """Whether a goal is to be reached in the month, whenever it began: enough where nothing is agreed."""
    return goal.deadline is not None and month.first <= goal.deadline <= month.last


def _is_of_whole(goal: Goal, month: Month) -> bool:
    """Whether a goal was one of the whole month, and not of a campaign in it."""
    if goal.deadline is None or not _is_of(goal, month):
        return False
    return goal.deadline == month.last or goal.deadline - goal.start >= _WHOLE
