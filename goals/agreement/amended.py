"""What the client decided about goals since the agreement was written: goals and lines must not disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from goals.agreement.goals import TOPIC_SHARE, goals_of
from goals.agreement.lines import term_of
from goals.model import Period
from goals.pace import period_of

if TYPE_CHECKING:
    from goals.agreement.terms import Terms
    from goals.model import Goal, GoalId
    from goals.revision import Revision

_DECIDED = frozenset({"amount", "deadline", "dropped"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """What was decided with the client's yes of the day `on` about the goal of a line.

    `amount` and `deadline` are what holds and what the line says, None where it is the same. `partial` says
    that the goal has only a part of a month and so its share of the line's amount. `until` is the last day of
    the amount where the line goes on with its own in the next month. `dropped` says that the goal is not
    pursued any more, `by_call` that a call was on that day.
    """

    term: str
    goal: Goal
    on: date
    by_call: bool
    amount: tuple[float, float] | None = None
    deadline: tuple[date, date] | None = None
    dropped: bool = False
    partial: bool = False
    until: date | None = None


def amendments(
    terms: Terms,
    goals: Iterable[Goal],
    revisions: Mapping[GoalId, Sequence[Revision]],
    calls: Collection[date],
) -> dict[str, Amendment]:
    """What holds otherwise than the lines say, by term; a newer goal for the same days counts.

    Args:
        terms: what is agreed.
        goals: the client's goals, dropped ones too.
        revisions: their changes.
        calls: the days of the client's calls.
    """
    found: dict[str, Amendment] = {}
    for goal in sorted(goals, key=lambda each: each.id):
        if goal.term is None:
            continue
        decided = decisions(revisions.get(goal.id, ()))
        amendment = _amendment(terms, goal.term, goal, decided, calls)
        if amendment is not None:
            found[goal.term] = amendment
        elif goal.term in found and not goal.dropped and share_days(found[goal.term].goal, goal):
            del found[goal.term]
    return found


def share_days(one: Goal, other: Goal) -> bool:
    """Whether there is a day that both goals have."""
    starts_in_time = other.deadline is None or one.start <= other.deadline
    return starts_in_time and (one.deadline is None or other.start <= one.deadline)


def decisions(revisions: Sequence[Revision]) -> list[Revision]:
    """The changes of a goal that the client said yes to and that stand, oldest first."""
    undone = {revision.undoes for revision in revisions}
    return [
        revision
        for revision in revisions
        if revision.agreed_on is not None
        and revision.undoes is None
        and revision.number not in undone
        and _DECIDED & revision.changes.keys()
    ]


def _amendment(
    terms: Terms, term: str, goal: Goal, decided: Sequence[Revision], calls: Collection[date]
) -> Amendment | None:
    found = Amendment(term, goal, date.min, by_call=False)
    if not decided:
        return None
    day = max(goal.start, terms.dates.start or goal.start)
    first, last = period_of(Period.MONTH, day)
    month = goals_of(terms, day, start=first, deadline=last)
    asked = next((each for each in month if each.term == term), None)
    for revision in decided:
        on, new = revision.agreed_on or date.min, {name: pair[1] for name, pair in revision.changes.items()}
        if new.get("dropped") == "True" and goal.dropped:
            found = replace(found, dropped=True, on=on)
        if asked is None:
            continue
        amount, deadline = new.get("amount"), new.get("deadline")
        if amount is not None and asked.amount is not None:
            partial = asked.monthly and goal.start > first
            was = _share(decided) if partial else asked.amount
            told = None if was is None or float(amount) == was else (float(amount), was)
            recurs = asked.monthly or asked.period is not None or asked.metric == TOPIC_SHARE
            until = goal.deadline if recurs else None
            found = replace(found, amount=told, on=on, partial=partial, until=until)
        if deadline is not None and asked.deadline is not None:
            until = date.fromisoformat(deadline)
            found = replace(
                found, deadline=None if until == asked.deadline else (until, asked.deadline), on=on
            )
    if not (found.dropped or found.amount or found.deadline):
        return None
    return replace(found, by_call=found.on in calls)


def _share(decided: Sequence[Revision]) -> float | None:
    """What a goal of a part of a month asked for before anything was decided about it."""
    known = next((each.changes["amount"][0] for each in decided if "amount" in each.changes), None)
    return None if known is None else float(known)


def with_amounts(terms: Terms, amended: Mapping[str, Amendment]) -> Terms:
    """The terms with the amounts decided for all the days of a line taken into it; the others stay.

    What was decided about a month is of that month: in the months after it the line holds.
    """
    amounts = {
        term: each.amount[0]
        for term, each in amended.items()
        if each.amount and each.until is None and not (each.dropped or each.partial)
    }
    return replace(
        terms,
        topics=tuple(_with_amount(line, amounts) for line in terms.topics),
        content=tuple(_with_amount(line, amounts) for line in terms.content),
        kpis=tuple(_with_amount(line, amounts) for line in terms.kpis),
    )


def _with_amount(line: Any, amounts: Mapping[str, float]) -> Any:  # noqa: ANN401 - any line with an amount
    amount = amounts.get(term_of(line))
    if amount is None:
        return line
    return replace(line, amount=round(amount) if isinstance(line.amount, int) else amount)
