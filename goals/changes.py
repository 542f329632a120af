"""Changes of a goal that the client did not say yes to: of what he agreed to, and those that ease it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from goals.model import Goal, GoalKind, Period
from goals.pace import is_ceiling, is_falling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goals.revision import Revision

#: How many days a period has, for comparing rates: 10 a month is less than 3 a week.
_DAYS = {Period.DAY: 1.0, Period.WEEK: 7.0, Period.MONTH: 365.25 / 12}
#: What a yes is said to; a change of anything else leaves it standing.
ASKED = frozenset(
    {"metric", "kind", "amount", "period", "topic", "start", "deadline", "network", "account_id"}
)


class _Asked(NamedTuple):
    """What a goal asked for before or after a revision."""

    amount: float | None
    deadline: date | None
    period: Period | None


def changed_without_yes(goal: Goal, revisions: Iterable[Revision]) -> list[Revision]:
    """The changes of what the client agreed to that came after his last yes and stand, oldest first.

    While there is one, the yes does not hold for what `goal` asks for now. None where nobody said yes to
    the goal, and where it asks again for what was agreed. The specialist's own goals have no client to
    ask: leave them out.

    Args:
        goal: the goal as it stands now.
        revisions: all of its revisions, in any order.
    """
    if goal.agreed_on is None:
        return []
    known = sorted(revisions, key=lambda revision: revision.number)
    undone = {revision.undoes for revision in known}
    last_yes = max((each.number for each in known if _is_yes(each) and each.number not in undone), default=0)
    later = [each for each in known if each.number > last_yes]
    agreed: dict[str, str | None] = {}
    now: dict[str, str | None] = {}
    for revision in later:
        for name in ASKED & revision.changes.keys():
            old, new = revision.changes[name]
            agreed.setdefault(name, old)
            now[name] = new
    differs = {name for name, value in now.items() if value != agreed[name]}
    return [
        each
        for each in later
        if each.undoes is None and each.number not in undone and differs & each.changes.keys()
    ]


def _is_yes(revision: Revision) -> bool:
    """Whether a revision notes the client's yes."""
    said = revision.agreed_on is not None or "agreed_on" in revision.changes
    return said and revision.undoes is None


def eased_without_yes(goal: Goal, revisions: Iterable[Revision]) -> list[Revision]:
    """The revisions that made `goal` easier and name no day on which the client agreed, oldest first.

    Easier is less to do or more time for it; for what must come down to its amount or stay below it, a
    larger amount; for a rate, also fewer a day or an earlier end; for a total that must not be exceeded,
    an earlier end. What was lacking and was filled in is no easing. A later change that makes the goal as
    hard as before does not take an easing off the list, only undoing it does. Nor is it one to settle, before
    any yes, which of its readings the goal's own unclear line meant. The specialist's own goals have no
    client to ask: leave them out.

    Args:
        goal: the goal as it stands now.
        revisions: all of its revisions, in any order.
    """
    newest_first = sorted(revisions, key=lambda revision: revision.number, reverse=True)
    undone = {revision.undoes for revision in newest_first}
    after = _Asked(goal.amount, goal.deadline, goal.period)
    found: list[Revision] = []
    for revision in newest_first:
        before = _before(after, revision)
        counts = revision.agreed_on is None and revision.undoes is None and revision.number not in undone
        if counts and _is_easier(goal, before, after):
            is_new = not _has_yes_before(goal, revision, newest_first)
            if not (is_new and _is_reading(goal, revision, after)):
                found.append(revision)
        after = before
    return found[::-1]


def _has_yes_before(goal: Goal, revision: Revision, newest_first: list[Revision]) -> bool:
    """Whether the client had said yes to anything of the goal when a revision was made."""
    agreed_on = None if goal.agreed_on is None else str(goal.agreed_on)
    for each in newest_first:
        if each.number < revision.number and _is_yes(each):
            return True
        if each.number >= revision.number and "agreed_on" in each.changes:
            agreed_on = each.changes["agreed_on"][0]
    return agreed_on is not None


def _is_reading(goal: Goal, revision: Revision, after: _Asked) -> bool:
    """Whether a revision gave the goal what one of several readings of its own line says."""
    # Every list of goals imports this module, and the reader of phrases costs a third of such a start.
    from goals.phrase.parse import read

    said_on = min(goal.start, revision.made_at.date())
    wishes = read(goal.wish, said_on) if goal.wish else ()
    names = revision.changes.keys() & {"amount", "deadline", "period"}
    return any(
        all(getattr(reading, name) == getattr(after, name) for name in names)
        for wish in wishes
        if wish.alternatives
        for reading in (wish.draft, *wish.alternatives)
    )


def _before(after: _Asked, revision: Revision) -> _Asked:
    """What was asked before the revision."""
    old = {name: pair[0] for name, pair in revision.changes.items()}
    if "amount" in old:
        after = after._replace(amount=None if old["amount"] is None else float(old["amount"]))
    if "deadline" in old:
        text = old["deadline"]
        after = after._replace(deadline=None if text is None else date.fromisoformat(text))
    if "period" in old:
        after = after._replace(period=None if old["period"] is None else Period(old["period"]))
    return after


def _is_easier(goal: Goal, before: _Asked, after: _Asked) -> bool:
    return _asks_less(goal, before, after) or _has_easier_end(goal, before.deadline, after.deadline)


def _asks_less(goal: Goal, before: _Asked, after: _Asked) -> bool:
    was, now = before.amount, after.amount
    if was is None:
        return False
    if now is None:
        return True
    if goal.kind is GoalKind.KEEP_RATE and before.period and after.period:
        was, now = was / _DAYS[before.period], now / _DAYS[after.period]
    return now > was if is_falling(goal) else now < was


def _has_easier_end(goal: Goal, was: date | None, now: date | None) -> bool:
    """Whether the end was moved in favour of whoever does the work; a rate may have none."""
    if was == now:
        return False
    if goal.kind is GoalKind.KEEP_RATE:
        return now is not None and (was is None or now < was)
    if was is None:
        return False
    if now is None:
        return True
    runs_up = is_ceiling(goal) and goal.kind is GoalKind.TOTAL_IN_PERIOD
    return now < was if runs_up else now > was
