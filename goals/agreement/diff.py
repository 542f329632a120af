"""What changes between two sets of terms, and what that does to the goals: data for the client's yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from goals.agreement.goals import ProposedGoal, goals_of, window_of
from goals.agreement.lines import HOURS_TERM, folded, term_of
from goals.agreement.plain import Plain, table_to_plain
from goals.agreement.schema import SECTIONS, Section
from goals.agreement.terms import Terms
from goals.model import Goal


@dataclass(frozen=True, slots=True)
class Change:
    """One changed line. `line` is a term of a list's line, or a path such as `hours.month`.

    `old` and `new` are plain values (a table for a list's line), None for what was not there. In them
    a `priority` is named by its text, and a priority carries its `rank`.
    """

    section: str
    line: str
    old: Any
    new: Any


class Why(StrEnum):
    """Why a goal is touched by new terms."""

    REMOVED = "removed"  # its line is gone
    CHANGED = "changed"  # its line asks for something else
    PRIORITY = "priority"  # what it serves moved up or down, or is no priority any more
    TOPIC = "topic"  # the agreed lines about its topic changed, and it is none of them itself


@dataclass(frozen=True, slots=True)
class Affected:
    """A goal touched by new terms; `priority` is its rank in them, None where it serves none."""

    goal: Goal
    why: tuple[Why, ...]
    priority: int | None


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """What new terms take off, add and change, the goals they touch, and hours a month before and after.

    `changed` holds (before, after) of the goals that lines ask for; None hours were not agreed.
    """

    changes: tuple[Change, ...]
    removed: tuple[ProposedGoal, ...]
    added: tuple[ProposedGoal, ...]
    changed: tuple[tuple[ProposedGoal, ProposedGoal], ...]
    affected: tuple[Affected, ...]
    hours_before: float | None
    hours_after: float | None


def swap_priorities(terms: Terms, order: Sequence[int]) -> Terms:
    """The terms with priorities in another order; lines go on serving the same ones.

    Args:
        terms: the terms as they are.
        order: the old ranks in the new order: (2, 1) puts the second first.

    Raises:
        ValueError: `order` does not name each rank once.
    """
    if sorted(order) != list(range(1, len(terms.priorities) + 1)):
        raise ValueError(f"the ranks 1-{len(terms.priorities)} once each are expected, not {list(order)}")
    new_rank: dict[int | None, int] = {old: new for new, old in enumerate(order, 1)}
    return replace(
        terms,
        priorities=tuple(terms.priorities[old - 1] for old in order),
        topics=tuple(replace(line, priority=new_rank.get(line.priority)) for line in terms.topics),
        content=tuple(replace(line, priority=new_rank.get(line.priority)) for line in terms.content),
        kpis=tuple(replace(line, priority=new_rank.get(line.priority)) for line in terms.kpis),
    )


def completed(order: Sequence[int], count: int) -> list[int]:
    """An order of `count` priorities of which only the first are named: the others follow as they stand."""
    return [*order, *(rank for rank in range(1, count + 1) if rank not in order)]


def diff(old: Terms, new: Terms) -> tuple[Change, ...]:
    """What changed, line by line, in the order of the template; lines that only moved did not change."""
    return tuple(
        Change(section.name, line, before.get(line), after.get(line))
        for section in SECTIONS
        for before, after in [(_lines(section, old), _lines(section, new))]
        for line in {**before, **after}
        if before.get(line) != after.get(line)
    )


def _lines(section: Section, terms: Terms) -> dict[str, Any]:
    value = getattr(terms, section.name)
    if not section.many:
        plain = table_to_plain(section, value)
        return {f"{section.name}.{key}": plain[key] for key in section.keys if key in plain}
    found: dict[str, Plain] = {}
    for rank, line in enumerate(value, 1):
        plain = table_to_plain(section, line)
        if section.name == "priorities":
            plain["rank"] = rank
        elif "priority" in plain:
            plain["priority"] = terms.priorities[plain["priority"] - 1].text
        found[term_of(line)] = plain
    return found


def change_draft(old: Terms, new: Terms, goals: Iterable[Goal], today: date) -> ChangeDraft:
    """What it means to go over from one set of terms to another.

    Args:
        old: the terms in force.
        new: the terms that are proposed.
        goals: the client's goals that are not over.
        today: the client's local day; what lines ask for is compared for its month.
    """
    before, after = _asked(old, new, today)
    removed = tuple(goal for term, goal in before.items() if term not in after)
    added = tuple(goal for term, goal in after.items() if term not in before)
    ranks = _new_ranks(old, new)
    changed = tuple(
        (goal, after[term])
        for term, goal in before.items()
        if term in after and _moved(goal, ranks) != after[term]
    )
    changes = diff(old, new)
    return ChangeDraft(
        changes=changes,
        removed=removed,
        added=added,
        changed=changed,
        affected=tuple(_affected(goals, changes, ranks)),
        hours_before=old.hours.month,
        hours_after=new.hours.month,
    )


def _asked(old: Terms, new: Terms, today: date) -> tuple[dict[str, ProposedGoal], dict[str, ProposedGoal]]:
    """What both ask for in the same month, by term."""
    window = window_of(new, today) or window_of(old, today)
    if window is None:
        return {}, {}
    found = (goals_of(terms, today, start=window.first, deadline=window.last) for terms in (old, new))
    before, after = ({goal.term: goal for goal in goals} for goals in found)
    return before, after


def _new_ranks(old: Terms, new: Terms) -> dict[int | None, int]:
    """The new rank of each old one; what is no priority any more is left out."""
    now = {folded(priority.text): rank for rank, priority in enumerate(new.priorities, 1)}
    names = (folded(priority.text) for priority in old.priorities)
    return {rank: now[name] for rank, name in enumerate(names, 1) if name in now}


def _moved(goal: ProposedGoal, ranks: Mapping[int | None, int]) -> ProposedGoal:
    return replace(goal, priority=ranks.get(goal.priority))


def _affected(
    goals: Iterable[Goal],
    changes: Iterable[Change],
    ranks: Mapping[int | None, int],
) -> Iterable[Affected]:
    touched = {change.line: change for change in changes}
    topics = {
        folded(table["topic"])
        for change in touched.values()
        if change.section == "topics"
        for table in (change.old, change.new)
        if table is not None
    }
    for goal in goals:
        why: list[Why] = []
        change = touched.get("hours.month" if goal.term == HOURS_TERM else goal.term or "")
        if change is not None:
            why.append(Why.REMOVED if change.new is None else Why.CHANGED)
        elif goal.term is None and goal.topic is not None and folded(goal.topic) in topics:
            why.append(Why.TOPIC)
        if ranks.get(goal.priority) != goal.priority:
            why.append(Why.PRIORITY)
        if why:
            yield Affected(goal, tuple(why), ranks.get(goal.priority))
