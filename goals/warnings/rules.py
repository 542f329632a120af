"""All rules, and what they find in a situation; and the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from goals.warnings.data_rules import stale, stories_missed, suspect, token, token_idle
from goals.warnings.goal_rules import all_green, all_red, confidence, eased, unfinished
from goals.warnings.month_rules import month_without_goals
from goals.warnings.pace_rules import behind, falls_off, nothing_tomorrow, regularity, unlikely
from goals.warnings.people_rules import bought_audience, leaving
from goals.warnings.topic_rules import priority_without_goal, topic_behind, wrong_work
from goals.warnings.work_rules import hours, materials, outside

if TYPE_CHECKING:
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from goals.warnings.situation import Situation

Rule = Callable[["Situation"], Iterable["Warning"]]

#: A new warning is one function here, and the id that it gives its warnings in ORDER.
RULES: tuple[Rule, ...] = (
    wrong_work,
    token,
    token_idle,
    stale,
    suspect,
    unlikely,
    behind,
    topic_behind,
    month_without_goals,
    priority_without_goal,
    eased,
    falls_off,
    materials,
    hours,
    stories_missed,
    regularity,
    confidence,
    all_red,
    bought_audience,
    leaving,
    outside,
    unfinished,
    nothing_tomorrow,
    all_green,
)


#: Of equally grave warnings the ones of the earlier rule come first, over all clients.
ORDER = (
    "wrong_work",
    "token",
    "token_idle",
    "stale",
    "suspect",
    "unlikely",
    "behind",
    "topic_behind",
    "month_without_goals",
    "priority_without_goal",
    "eased",
    "falls_off",
    "materials",
    "hours",
    "not_logged",
    "no_figures",
    "stories_missed",
    "regularity",
    "confidence",
    "all_red",
    "jump",
    "bought_audience",
    "leaving",
    "outside",
    "unfinished",
    "nothing_tomorrow",
    "all_green",
)


def warnings_in(at: Situation) -> list[Warning]:
    """Everything that the rules find, the most urgent first; of one key only the first."""
    found: dict[str, Warning] = {}
    for rule in RULES:
        for warning in rule(at):
            found.setdefault(warning.key, warning)
    return sorted(found.values(), key=urgency)


def urgency(warning: Warning) -> tuple[int, int, int]:
    """What warnings are sorted by, the smallest first: how grave, by which rule, how urgent the goal is."""
    goal = 0 if warning.goal is None else -warning.goal.urgency
    return warning.severity.rank, ORDER.index(warning.rule), goal
