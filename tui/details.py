"""What the client and the goal screen show beside the board; read in one go, in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.metrics import METRICS, Source
from goals.model import PostState
from store.errors import NotFoundError
from store.values import Filter, UnitStatus
from tui.road import LEAD_DAYS, Road, road_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.board import GoalRow
    from goals.model import Account, AccountId, Client, ClientId, DayOff, Goal, GoalId, Post, Revision
    from store.contract import Reader
    from store.values import UnitRecord

#: How many posts a screen lists.
MOST_POSTS = 60
_PLANNED_DAYS = 14


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal with all that is known about it. `posts` are those that count, the newest first."""

    goal: Goal
    row: GoalRow
    client: Client
    account: Account | None
    road: Road
    revisions: tuple[Revision, ...]
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """A client's accounts with their last unit, what is planned, and days off to come.

    `imported` is the newest day of what a file brought, for accounts that no sync has read.
    """

    client: Client
    accounts: tuple[Account, ...]
    units: Mapping[AccountId, UnitRecord]
    imported: Mapping[AccountId, date]
    planned: tuple[Post, ...]
    days_off: tuple[DayOff, ...]


def read_goal(reader: Reader, goal_id: GoalId, today: date) -> GoalDetail:
    """Everything about a goal. Raises NotFoundError, also for one that was dropped."""
    goal = reader.goal(goal_id)
    row = next((row for row in reader.board_rows([goal.client_id]) if row.goal_id == goal_id), None)
    if row is None:
        raise NotFoundError(f"goal {goal_id} was dropped")
    facts = reader.facts(goal, goal.start - timedelta(days=LEAD_DAYS + 1), today)
    clients = {client.id: client for client in reader.clients(archived=True)}
    accounts = {account.id: account for account in reader.accounts(goal.client_id, archived=True)}
    return GoalDetail(
        goal=goal,
        row=row,
        client=clients[goal.client_id],
        account=accounts.get(goal.account_id) if goal.account_id is not None else None,
        road=road_of(goal, row, facts, today, reader.bands(goal.client_id).get(goal_id)),
        revisions=tuple(reversed(reader.revisions(goal_id))),
        posts=_posts(reader, goal),
    )


def _posts(reader: Reader, goal: Goal) -> tuple[Post, ...]:
    """The posts in the goal's scope, the newest first; none for what is not about posts."""
    metric = METRICS[goal.metric]
    if metric.source is not Source.POSTS:
        return ()
    which = Filter(
        client_id=goal.client_id,
        network=goal.network,
        account_id=goal.account_id,
        since=goal.start,
        until=goal.deadline,
    )
    topic = goal.topic.casefold() if goal.topic else None
    found = [
        row.post
        for row in reader.posts(which)
        if row.post.state is not PostState.DELETED
        and (not metric.post_kinds or row.post.kind in metric.post_kinds)
        and (topic is None or topic in {name.casefold() for name in row.post.topics})
    ]
    found.sort(key=_newest_first)
    return tuple(found[:MOST_POSTS])


def _newest_first(post: Post) -> tuple[int, float, int]:
    """By day, then by the hour where the network tells it, then by what was stored last."""
    moment = post.published_at.timestamp() if post.published_at else 0.0
    return -post.day.toordinal(), -moment, -post.id


def read_client(reader: Reader, client_id: ClientId, today: date) -> ClientDetail:
    """Everything about a client but its goals. Raises NotFoundError.."""
    client = next((c for c in reader.clients(archived=True) if c.id == client_id), None)
    if client is None:
        raise NotFoundError(f"client {client_id}")
    accounts = tuple(reader.accounts(client_id))
    mine = {account.id for account in accounts}
    until = today + timedelta(days=_PLANNED_DAYS)
    posts = reader.posts(Filter(client_id=client_id, since=today, until=until))
    return ClientDetail(
        client=client,
        accounts=accounts,
        units={unit.account_id: unit for unit in reader.last_units() if unit.account_id in mine},
        imported={
            account.id: day
            for account in accounts
            if account.last_ok_at is None and (day := _newest_day(reader, account.id, today)) is not None
        },
        planned=tuple(row.post for row in posts if row.post.state is PostState.PLANNED),
        days_off=tuple(
            off for off in reader.days_off() if off.last >= today and off.client_id in {None, client_id}
        ),
    )


def _newest_day(reader: Reader, account_id: AccountId, today: date) -> date | None:
    """The newest day up to today of which the account has a figure or a post."""
    which = Filter(account_id=account_id, until=today)
    days = [row.day for row in reader.readings(which)]
    days += [row.post.day for row in reader.posts(which)]
    return max(days, default=None)


def count_unread(reader: Reader) -> int:
    """How many accounts could not be read the last time."""
    current = {account.id for account in reader.accounts()}
    return sum(unit.status is UnitStatus.FAILED for unit in reader.last_units() if unit.account_id in current)
