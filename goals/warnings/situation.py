"""What is known of one client on one day: the facts that the rules of warnings look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded
from goals.evaluate import STALE_AFTER
from goals.metrics import METRICS, Nature, Source
from goals.model import Gap, GoalStatus, Period, PostKind, PostState
from goals.pace import period_of
from goals.workcalendar import EVERYDAY, WorkCalendar

if TYPE_CHECKING:
    from goals.agreement.terms import Priority, Terms
    from goals.board import GoalRow
    from goals.facts import DayValue
    from goals.model import Account, AccountId, Client, Goal, Topic
    from goals.records import CheckIn, Material, Verdict
    from goals.revision import Revision
    from goals.warnings.held import Amounts

#: What «lately» is: four weeks, so that weekdays cancel out.
LATELY = timedelta(days=28)

#: The format that a piece of content counts as: an article is a post.
_FORMATS = {
    kind: metric.post_kinds[0]
    for metric in METRICS.values()
    if metric.nature is Nature.CONTENT
    for kind in metric.post_kinds
}


class Piece(NamedTuple):
    """One piece of content. `topics` are folded names; a figure that is not known is None."""

    day: date
    kind: PostKind
    state: PostState
    network: str
    account_id: AccountId
    topics: frozenset[str] = frozenset()
    engagement: float | None = None
    views: float | None = None

    @property
    def format(self) -> str:
        """The format as an agreement names it: an article counts as a post."""
        return _FORMATS[self.kind]


class UnitTrouble(NamedTuple):
    """Why the newest reading of an account failed in whole or in part."""

    kind: str
    code: str
    detail: str = ""
    facts: Mapping[str, str] = {}

    @property
    def token(self) -> str | None:
        """The token that is refused or cannot be had."""
        return self.facts.get("token") if self.kind == "auth" or self.code.startswith("token.") else None


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account with its series by metric (days oldest first), its gaps and its newest trouble.

    `told_at` is when its newest figure was taken, wherever it came from.
    """

    account: Account
    series: Mapping[str, tuple[DayValue, ...]] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    trouble: UnitTrouble | None = None
    told_at: datetime | None = None

    @property
    def figures_of(self) -> datetime | None:
        """When it was last read whole; where it never was, when a part or a file brought something."""
        return self.account.last_ok_at or self.told_at

    def values(self, metric: str, first: date, last: date) -> list[DayValue]:
        """The figures of a metric in these days, both included."""
        return [point for point in self.series.get(metric, ()) if first <= point.day <= last]


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal that was not dropped, with its newest verdict and its history, each oldest first."""

    goal: Goal
    row: GoalRow
    verdicts: tuple[Verdict, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def status(self) -> GoalStatus:
        """Where it stands."""
        return GoalStatus(self.row.status)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached, with or without all that it needs."""
        return not self.status.is_over

    @property
    def is_content(self) -> bool:
        """Whether it counts pieces of content."""
        return METRICS[self.goal.metric].nature is Nature.CONTENT

    def counts(self, piece: Piece) -> bool:
        """Whether the goal counts a piece of content."""
        goal = self.goal
        kinds = METRICS[goal.metric].post_kinds
        return (
            (not kinds or piece.kind.value in kinds)
            and goal.network in {None, piece.network}
            and goal.account_id in {None, piece.account_id}
            and (goal.topic is None or folded(goal.topic) in piece.topics)
        )

    def covers(self, account: Account) -> bool:
        """Whether the account's figures are the goal's."""
        if METRICS[self.goal.metric].source is Source.MANUAL:
            return False
        return self.goal.account_id in {None, account.id} and self.goal.network in {None, account.network}


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts about one client on its local day `today`.

    `terms` are what is agreed (None: nothing, or nothing any more where the agreement `is_over`), `since`
    tells from which day on a line of it holds, by its term, and `amounts` which amounts it had since.
    `dropped` are goals that were given up. `content` reaches back two times LATELY and to all that is
    planned. `hours` are those of this month, None where none were logged.
    """

    client: Client
    today: date
    now: datetime
    calendar: WorkCalendar = EVERYDAY
    terms: Terms | None = None
    is_over: bool = False
    since: Mapping[str, date] = field(default_factory=dict)
    amounts: Mapping[str, Amounts] = field(default_factory=dict)
    goals: tuple[GoalState, ...] = ()
    dropped: tuple[Goal, ...] = ()
    accounts: tuple[AccountState, ...] = ()
    topics: tuple[Topic, ...] = ()
    content: tuple[Piece, ...] = ()
    hours: float | None = None
    materials: tuple[Material, ...] = ()

    def published(self, first: date, last: date) -> list[Piece]:
        """What came out in these days, both included."""
        return [p for p in self.content if p.state is PostState.PUBLISHED and first <= p.day <= last]

    def planned(self, first: date) -> list[Piece]:
        """What stands in the plan from a day on."""
        return [p for p in self.content if p.state is PostState.PLANNED and p.day >= first]

    @property
    def content_is_fresh(self) -> bool:
        """Whether it can be told what came out this week: without fresh data, none is not known."""
        read = (state.account.last_ok_at for state in self.accounts)
        if any(moment is not None and self.now - moment <= STALE_AFTER for moment in read):
            return True
        return bool(self.published(self.today - timedelta(days=6), self.today))

    @property
    def agreed_formats(self) -> frozenset[tuple[str | None, str | None]]:
        """The pairs of network and format that the agreement names; None is any."""
        if self.terms is None:
            return frozenset()
        named = {(line.network, line.format) for line in self.terms.topics}
        return frozenset(named | {(line.network, line.format) for line in self.terms.content})

    @property
    def next_call(self) -> date | None:
        """The next call with the client: the day agreed, else the day of the month for calls or reports."""
        if self.terms is None:
            return None
        report = self.terms.report
        if report.next_call is not None and report.next_call >= self.today:
            return report.next_call
        number = report.call_day or report.day
        return None if number is None else _next_day_of_month(self.today, number)

    def priorities(self) -> Iterator[tuple[int, Priority]]:
        """The client's reasons with their ranks, without those whose season it is not."""
        for rank, priority in enumerate(self.terms.priorities if self.terms else (), 1):
            begun = priority.season_start is None or priority.season_start <= self.today
            if begun and (priority.season_end is None or priority.season_end >= self.today):
                yield rank, priority


def _next_day_of_month(today: date, number: int) -> date:
    """The next day of this number; in a shorter month its last day."""
    first, last = today.replace(day=1), _last_of_month(today)
    day = min(first + timedelta(days=number - 1), last)
    if day >= today:
        return day
    following = last + timedelta(days=1)
    return min(following + timedelta(days=number - 1), _last_of_month(following))


def _last_of_month(day: date) -> date:
    return period_of(Period.MONTH, day)[1]
