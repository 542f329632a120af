"""What the client screen shows beside the board; read in one go, in a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.goals import window_of
from goals.agreement.lines import folded
from goals.agreement.share import goals_since
from goals.model import Account, AccountId, Client, Goal, Period, Post, PostKind, PostState
from goals.pace import period_of
from goals.rhythm import AwaitedMaterial, materials_to_ask
from goals.warnings.coverage import coverages
from goals.warnings.settle import is_hidden
from goals.warnings.situation import LATELY, Piece, Situation
from store.values import Filter
from tui.client.month import MonthPlan, month_of
from tui.client.promises import Card, card_of, would_be_goal

if TYPE_CHECKING:
    from datetime import datetime

    from goals.agreement.terms import Terms
    from goals.records import DayOff, Hourly
    from goals.warnings.coverage import Coverage
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from store.contract import Reader
    from store.values import PostRow, UnitRecord
    from wording.words import Words

_PLANNED_DAYS = 14
#: Content counts towards what began so long before a month, at most.
_LONGEST = timedelta(days=400)


class TopicShare(NamedTuple):
    """How much of the content of the last four weeks is about a topic, beside what was agreed."""

    name: str
    pieces: int
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """All about a client but its goals.

    `today` is its local day, `read_at` when an account was last read, be it in part, `imported` the newest
    day of what a file brought, for accounts that no sync has read. `pieces` is all content of the last four
    weeks, `unmarked` what of it is about no topic. `hourly` is what was logged this month (None: nothing).
    """

    today: date
    accounts: tuple[Account, ...]
    units: Mapping[AccountId, UnitRecord]
    read_at: Mapping[AccountId, datetime]
    imported: Mapping[AccountId, date]
    planned: tuple[Post, ...]
    warnings: tuple[Warning, ...]
    card: Card | None
    month: ClientMonth
    topics: tuple[TopicShare, ...]
    pieces: int
    unmarked: int
    hourly: Hourly | None
    materials: tuple[AwaitedMaterial, ...]


@dataclass(frozen=True, slots=True)
class ClientMonth:
    """A month of the client's content: the plan, and the posts by day."""

    plan: MonthPlan
    posts: Mapping[date, tuple[Post, ...]]


def read_client(
    words: Words, reader: Reader, client: Client, now: datetime, month: date | None = None
) -> ClientDetail:
    """Everything about a client at `now` but its goals; `month` is the day whose month the calendar shows."""
    from store.situation import situation_of

    at = situation_of(reader, client, now)
    today, read_at = at.today, reader.last_reads()
    accounts = tuple(state.account for state in at.accounts)
    until = today + timedelta(days=_PLANNED_DAYS)
    posts = reader.posts(Filter(client_id=client.id, since=today, until=until))
    lately = at.published(today - LATELY + timedelta(days=1), today)
    return ClientDetail(
        today=today,
        accounts=accounts,
        units={unit.account_id: unit for unit in reader.last_units()},
        read_at=read_at,
        imported={
            account.id: day
            for account in accounts
            if account.id not in read_at and (day := _newest_day(reader, account.id, today)) is not None
        },
        planned=tuple(row.post for row in posts if row.post.state is PostState.PLANNED),
        warnings=_warnings(reader, at),
        card=card_of(words, reader, at),
        month=read_month(reader, at, month or today),
        topics=_topics(at, lately),
        pieces=len(lately),
        unmarked=sum(not piece.topics for piece in lately),
        hourly=_hourly(reader, at),
        materials=tuple(materials_to_ask(at.terms, reader.materials(client.id, received=True), today)),
    )


def _newest_day(reader: Reader, account_id: AccountId, today: date) -> date | None:
    """The newest day up to today of which the account has a figure or a post."""
    which = Filter(account_id=account_id, until=today)
    days = [row.day for row in reader.readings(which)]
    days += [row.post.day for row in reader.posts(which)]
    return max(days, default=None)


def _warnings(reader: Reader, at: Situation) -> tuple[Warning, ...]:
    """What the rules find, without what somebody acknowledged or snoozed."""
    from goals.warnings.rules import warnings_in

    quiet = {state.key for state in reader.warning_states() if is_hidden(state, at.today)}
    return tuple(warning for warning in warnings_in(at) if warning.key not in quiet)


def _topics(at: Situation, lately: Sequence[Piece]) -> tuple[TopicShare, ...]:
    """The client's topics, and those that were agreed and that he has not got yet; the most content first."""
    agreed: dict[str, Coverage] = {}
    for coverage in coverages(at):
        agreed.setdefault(folded(coverage.topic), coverage)
    names = {folded(topic.name): topic.name for topic in at.topics}
    names |= {key: coverage.topic for key, coverage in agreed.items() if key not in names}
    found = [
        TopicShare(name, sum(key in piece.topics for piece in lately), agreed.get(key))
        for key, name in names.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.pieces, each.name)))


def _hourly(reader: Reader, at: Situation) -> Hourly | None:
    month = period_of(Period.MONTH, at.today)
    return next((row for row in reader.hourly(*month) if row.client_id == at.client.id), None)


def read_month(reader: Reader, at: Situation, month: date) -> ClientMonth:
    """The month of the day `month`, as it stands today."""
    first, last = period_of(Period.MONTH, month)
    goals = _promising(at, first, last)
    since = max(min([first, *(goal.start for goal in goals)]), first - _LONGEST)
    rows = [
        row
        for row in reader.posts(Filter(client_id=at.client.id, since=since, until=last))
        if row.post.state is not PostState.DELETED
    ]
    plan = month_of(
        first,
        goals=goals,
        content=[_piece(row) for row in rows],
        calendar=at.calendar,
        days_off=_days_off(reader, at.client),
        today=at.today,
    )
    posts: dict[date, tuple[Post, ...]] = {}
    for row in rows:
        if row.post.day >= first:
            posts[row.post.day] = (*posts.get(row.post.day, ()), row.post)
    return ClientMonth(plan, posts)


def _days_off(reader: Reader, client: Client) -> list[DayOff]:
    return [off for off in reader.days_off() if off.client_id in {None, client.id}]


def _piece(row: PostRow) -> Piece:
    post = row.post
    topics = frozenset(folded(topic) for topic in post.topics)
    return Piece(post.day, PostKind(post.kind), post.state, row.network, post.account_id, topics)


def _promising(at: Situation, first: date, last: date) -> list[Goal]:
    """The goals that promise something for these days, and would-be ones for agreed lines without one."""
    live = [
        state.goal
        for state in at.goals
        if state.goal.start <= last and (state.goal.deadline is None or state.goal.deadline >= first)
    ]
    terms = {goal.term for goal in live}
    return [*live, *(goal for goal in _would_be(at, at.terms, first, last) if goal.term not in terms)]


def _would_be(at: Situation, terms: Terms | None, first: date, last: date) -> list[Goal]:
    """The goals that the lines ask for in these days, from the day on which each line holds."""
    if terms is None or window_of(terms, at.today, start=first, deadline=last) is None:
        return []
    found = []
    for asked in goals_since(terms, at.today, at.since, at.calendar, start=first, deadline=last):
        since = at.since.get(asked.term, first)
        if since <= last:
            found.append(replace(would_be_goal(at, asked), start=max(asked.start, since)))
    return found
