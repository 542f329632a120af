"""What the goal screen shows beside the board; read in one go, in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goals.measure import FLOW_DAYS
from store.errors import NotFoundError
from store.values import UnitStatus
from tui.goal.road import LEAD_DAYS, Road, road_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from goals.board import GoalRow
    from goals.model import Account, GoalId
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from store.contract import Reader
    from wording.changes import Names
    from wording.words import Words
    from work.check_ins import GoalCheck
    from work.goal_letters import Offers
    from work.goal_page import Page

#: A chance is judged by the last 90 daily changes, a mean by as many days before its start as it is long.
_HISTORY = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal's page with what only the dashboard draws.

    `account` is the one that the goal is about, `names` are those that its revisions speak of, `warnings`
    those about this goal, the most urgent first. `check` is the goal at a check-in, None once it is over.
    `priorities` are the client's. `from_file` says that its figures came from files alone.
    """

    page: Page
    account: Account | None
    road: Road
    names: Names
    warnings: tuple[Warning, ...]
    check: GoalCheck | None
    priorities: tuple[str, ...]
    from_file: bool

    @property
    def row(self) -> GoalRow:
        """The goal's verdict."""
        return self.page.row

    @property
    def today(self) -> date:
        """The client's local day."""
        return self.page.today


def read_goal(
    words: Words, reader: Reader, goal_id: GoalId, now: datetime, offers: Offers | None = None
) -> GoalDetail:
    """Everything about a goal at `now`; `offers` as for `work.goal_letters.letters_of`.

    Raises NotFoundError, also for one that was dropped.
    """
    from goals.warnings.rules import warnings_in
    from store.freshness import is_from_file
    from store.situation import situation_of
    from wording.changes import Names
    from work.check_ins import goal_checks
    from work.goal_page import owner_of, priority_names, read_page

    goal = reader.goal(goal_id)
    row = next((row for row in reader.board_rows([goal.client_id]) if row.goal_id == goal_id), None)
    if row is None:
        raise NotFoundError(f"goal {goal_id} was dropped")
    client = owner_of(reader, goal)
    at = situation_of(reader, client, now)
    page = read_page(words, reader, goal, row, now, offers=offers, situation=at)
    before = timedelta(days=LEAD_DAYS + FLOW_DAYS)
    facts = reader.facts(goal, min(goal.start - before, at.today - _HISTORY), at.today)
    accounts = {account.id: account for account in reader.accounts(archived=True)}
    checks = (each for each in goal_checks(reader, [client], now) if each.row.goal_id == goal_id)
    return GoalDetail(
        page=page,
        account=accounts.get(goal.account_id) if goal.account_id is not None else None,
        road=road_of(
            goal,
            row,
            facts,
            at.today,
            calendar=at.calendar,
            revisions=page.revisions,
            zone=ZoneInfo(client.timezone),
        ),
        names=Names.of(words, reader.clients(archived=True), accounts.values()),
        warnings=tuple(each for each in warnings_in(at) if each.goal and each.goal.goal_id == goal_id),
        check=next(checks, None),
        priorities=tuple(priority_names(reader, client.id)),
        from_file=is_from_file(reader, goal),
    )


def count_unread(reader: Reader) -> int:
    """How many accounts could not be read the last time."""
    current = {account.id for account in reader.accounts()}
    return sum(unit.status is UnitStatus.FAILED for unit in reader.last_units() if unit.account_id in current)
