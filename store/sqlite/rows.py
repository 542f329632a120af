"""Domain values from rows and back: days are ordinals, moments Unix seconds, lists of ids JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from goals.model import (
    Account,
    AccountId,
    Client,
    ClientId,
    ClientKind,
    Exactness,
    Goal,
    GoalId,
    GoalKind,
    Period,
    Post,
    PostId,
    PostKind,
    PostState,
)

#: The code of an exactness is its place here; most figures are exact, and SQLite stores 0 in no bytes.
EXACTNESS = (Exactness.EXACT, Exactness.ROUNDED, Exactness.PARTIAL)
EXACTNESS_CODE = {exactness: code for code, exactness in enumerate(EXACTNESS)}

CLIENT = "id, name, kind, timezone, manager, archived, version, author"
ACCOUNT = (
    "id, client_id, network, handle, network_id, title, url, tokens, archived, last_ok_at, version, author"
)
GOAL = (
    "id, client_id, metric, kind, amount, start, network, account_id, topic, period, deadline,"
    " baseline, priority, title, agreed_by, agreed_on, dropped, wish, term, version,"
    " author"
)
#: Of a post `p`, with the names of what it is about and its newest figures.
POST = """p.id, p.network_id, p.kind, p.state, p.day, p.published_at, p.url, p.text,
        (SELECT json_group_array(name) FROM (SELECT t.name FROM post_topic x JOIN topic t ON t.id = x.topic_id
            WHERE x.post_id = p.id AND x.mark = 1 ORDER BY t.folded)),
        (SELECT json_group_object(m.name, l.value) FROM post_latest l JOIN metric m ON m.id = l.metric_id
            WHERE l.post_id = p.id)"""


def day_of(ordinal: int) -> date:
    """The day of an ordinal."""
    return date.fromordinal(ordinal)


def day_or_none(ordinal: int | None) -> date | None:
    """The day of an ordinal that may be absent."""
    return None if ordinal is None else date.fromordinal(ordinal)


def ordinal_or_none(day: date | None) -> int | None:
    """The ordinal of a day that may be absent."""
    return None if day is None else day.toordinal()


def seconds_of(moment: datetime) -> int:
    """Unix seconds, fractions dropped."""
    return int(moment.timestamp())


def seconds_or_none(moment: datetime | None) -> int | None:
    """Unix seconds of a moment that may be absent."""
    return None if moment is None else int(moment.timestamp())


def moment_of(seconds: int) -> datetime:
    """The moment of Unix seconds, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: int | None) -> datetime | None:
    """The moment of Unix seconds that may be absent, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def ids_json(values: Iterable[int | str]) -> str:
    """Values for `IN (SELECT value FROM json_each(?))`: any number of them in one parameter."""
    return json.dumps(list(values), ensure_ascii=False)


#: A look-up costs a third of a call of the enum, and the dashboard reads all clients after each commit.
_KINDS = {kind.value: kind for kind in ClientKind}


def client_of(row: tuple[Any, ...]) -> Client:
    """A client from the columns `CLIENT`."""
    number, name, kind, timezone, manager, archived, version, author = row
    return Client(ClientId(number), name, _KINDS[kind], timezone, manager, bool(archived), version, author)


def account_of(row: tuple[Any, ...]) -> Account:
    """An account from the columns `ACCOUNT`."""
    number, client, network, handle, network_id, title, url, tokens, archived, ok_at, version, author = row
    return Account(
        id=AccountId(number),
        client_id=ClientId(client),
        network=network,
        handle=handle,
        network_id=network_id,
        title=title,
        url=url,
        tokens=tuple(json.loads(tokens)),
        archived=bool(archived),
        last_ok_at=moment_or_none(ok_at),
        version=version,
        author=author,
    )


def goal_of(row: tuple[Any, ...]) -> Goal:
    """A goal from the columns `GOAL`."""
    return Goal(
        id=GoalId(row[0]),
        client_id=ClientId(row[1]),
        metric=row[2],
        kind=GoalKind(row[3]),
        amount=row[4],
        start=day_of(row[5]),
        network=row[6],
        account_id=None if row[7] is None else AccountId(row[7]),
        topic=row[8],
        period=None if row[9] is None else Period(row[9]),
        deadline=day_or_none(row[10]),
        baseline=row[11],
        priority=row[12],
        title=row[13],
        agreed_by=row[14],
        agreed_on=day_or_none(row[15]),
        dropped=bool(row[16]),
        wish=row[17],
        term=row[18],
        version=row[19],
        author=row[20],
    )


def post_of(account_id: AccountId, row: Sequence[Any]) -> Post:
    """A post from the columns `POST`."""
    number, network_id, kind, state, day, published_at, url, text, topics, figures = row
    return Post(
        id=PostId(number),
        account_id=account_id,
        network_id=network_id,
        kind=PostKind(kind),
        state=PostState(state),
        day=day_of(day),
        published_at=moment_or_none(published_at),
        url=url,
        text=text,
        topics=tuple(json.loads(topics)),
        figures=json.loads(figures),
    )
