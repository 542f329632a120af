"""A warning: what a rule found, how grave it is, and what to do next; facts and codes, never sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.board import GoalRow
    from goals.model import AccountId, ClientId

Fact = str | int | float | bool | date | None | tuple[tuple[str | int | None, ...], ...]


class Severity(StrEnum):
    """How grave a warning is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Step(StrEnum):
    """What to do next."""

    PLAN_TOPIC = "plan_topic"  # plan content about a topic
    PLAN_CONTENT = "plan_content"  # plan content
    ADD_GOAL = "add_goal"  # set a goal for a priority
    RENEW = "renew"  # set the goals of a month by the agreement
    SET_GOALS = "set_goals"  # set goals of a month that no agreement asks for
    CATCH_UP = "catch_up"  # publish what is due
    RENEGOTIATE = "renegotiate"  # talk to the client about amount or deadline
    LOOK_AT_PACE = "look_at_pace"
    COLLECT_STORIES = "collect_stories"
    CHECK_AUDIENCE = "check_audience"  # where the new people come from
    CONFIRM_JUMP = "confirm_jump"  # whether so many new people are real
    KEEP_PEOPLE = "keep_people"  # why people leave
    REPLACE_TOKEN = "replace_token"  # noqa: S105 - a code
    SYNC = "sync"
    ADD_ACCOUNT = "add_account"
    IMPORT = "import"
    LOG = "log"  # put in a figure by hand
    COMPLETE_GOAL = "complete_goal"
    AGREE_HOURS = "agree_hours"
    AGREE_WORK = "agree_work"
    RAISE_GOALS = "raise_goals"
    REMIND_CLIENT = "remind_client"
    ASK_YES = "ask_yes"  # get the client's yes to a change
    TALK = "talk"  # speak about what worries


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the word of the trade
    """One finding of one rule.

    `key` stays the same as long as the same thing is wrong. `client_id` is None for what is about no
    single client (a token). `goal` is the goal that it is about. `facts` are what its sentence tells.
    """

    rule: str
    severity: Severity
    key: str
    client_id: ClientId | None
    step: Step
    goal: GoalRow | None = None
    account_id: AccountId | None = None
    topic: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
