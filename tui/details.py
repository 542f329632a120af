"""What the client and the goal screen show beside the board; read in one go, in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.measure import FLOW_DAYS
from goals.metrics import METRICS, Source
from goals.model import PostState
from store.errors import NotFoundError
from store.values import Filter, UnitStatus
from tui.road import LEAD_DAYS, Road, road_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from goals.board import GoalRow
    from goals.gaps import Days
    from goals.model import Account, AccountId, Client, Goal, GoalId, Post
    from goals.records import DayOff, Revision
    from store.contract import Reader
    from store.values import UnitRecord
    from wording.changes import Names
    from wording.words import Words

#: How many posts a screen lists.
MOST_POSTS = 60
_PLANNED_DAYS = 14


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal with all that is known about it.

    `today` is the client's local day, `names` are those that its revisions speak of, `posts` are those that
    count, the newest first; `missing` are stretches of days that were not collected for a count.
    """

    goal: Goal
    row: GoalRow
    client: Client
    today: date
    account: Account | None
    road: Road
    names: Names
    revisions: tuple[Revision, ...]
    posts: tuple[Post, ...]
    missing: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """A client's accounts with their last unit, what is planned, and days off to come.

    `today` is its local day, `read_at` when an account was last read, be it in part, `imported` the newest
    day of what a file brought, for accounts that no sync has read.
    """

    today: date
    accounts: tuple[Account, ...]
    units: Mapping[AccountId, UnitRecord]
    read_at: Mapping[AccountId, datetime]
    imported: Mapping[AccountId, date]
    planned: tuple[Post, ...]
    days_off: tuple[DayOff, ...]


def read_goal(words: Words, reader: Reader, goal_id: GoalId, now: datetime) -> GoalDetail:
    """Everything about a goal at `now`. Raises NotFoundError, also for one that was dropped."""
    from store.days import today_of
    from store.gaps import missing_of
    from wording.changes import Names

    goal = reader.goal(goal_id)
    row = next((row for row in reader.board_rows([goal.client_id]) if row.goal_id == goal_id), None)
    if row is None:
        raise NotFoundError(f"goal {goal_id} was dropped")
    clients = {client.id: client for client in reader.clients(archived=True)}
    client = clients[goal.client_id]
    today = today_of(client, now)
    facts = reader.facts(goal, goal.start - timedelta(days=LEAD_DAYS + FLOW_DAYS), today)
    accounts = {account.id: account for account in reader.accounts(archived=True)}
    return GoalDetail(
        goal=goal,
        row=row,
        client=client,
        today=today,
        account=accounts.get(goal.account_id) if goal.account_id is not None else None,
        road=road_of(goal, row, facts, today, reader.bands(goal.client_id).get(goal_id)),
        names=Names.of(words, clients.values(), accounts.values()),
        revisions=tuple(reversed(reader.revisions(goal_id))),
        posts=_posts(reader, goal),
        missing=tuple(missing_of(reader, goal, today)),
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


def read_client(reader: Reader, client: Client, now: datetime) -> ClientDetail:
    """Everything about a client at `now` but its goals."""
    from store.days import today_of

    today = today_of(client, now)
    accounts = tuple(reader.accounts(client.id))
    mine = {account.id for account in accounts}
    read_at = reader.last_reads()
    until = today + timedelta(days=_PLANNED_DAYS)
    posts = reader.posts(Filter(client_id=client.id, since=today, until=until))
    return ClientDetail(
        today=today,
        accounts=accounts,
        units={unit.account_id: unit for unit in reader.last_units() if unit.account_id in mine},
        read_at=read_at,
        imported={
            account.id: day
            for account in accounts
            if account.id not in read_at and (day := _newest_day(reader, account.id, today)) is not None
        },
        planned=tuple(row.post for row in posts if row.post.state is PostState.PLANNED),
        days_off=tuple(
            off for off in reader.days_off() if off.last >= today and off.client_id in {None, client.id}
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
