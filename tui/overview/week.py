"""What came out in the last seven days over all clients, as a few bars for the headline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goals.metrics import METRICS, Nature
from goals.model import PostState
from store.values import Filter
from wording.words import mark

if TYPE_CHECKING:
    from goals.model import Account, ClientId
    from store.contract import Reader
    from wording.words import Words

_DAYS = 7
_NOTHING, _BARS = "▁", "▂▃▄▅▆▇█"
#: A day of which it is not known that nothing came out.
_UNREAD = "·"
_BY_HAND = "manual"
_CONTENT = frozenset(metric.name for metric in METRICS.values() if metric.nature is Nature.CONTENT)
_WEEK = mark("week")


@dataclass(frozen=True, slots=True)
class Week:
    """Published pieces by day, oldest first, today last; None is a day that was not read to its end."""

    days: tuple[int | None, ...] = ()


def read_week(reader: Reader, today: date) -> Week:
    """Count what came out over all clients on each of the last seven days; empty without an account.

    A day on which nothing is known to have come out counts as 0 only where every account was read
    after it (today: on it), and no content of it is known to be missing.
    """
    zones = {client.id: ZoneInfo(client.timezone) for client in reader.clients()}
    accounts = [account for account in reader.accounts() if account.client_id in zones]
    if not accounts:
        return Week()
    first = today - timedelta(days=_DAYS - 1)
    current = {account.id for account in accounts}
    rows = reader.posts(Filter(since=first, until=today))
    counts = Counter(
        row.post.day
        for row in rows
        if row.post.state is PostState.PUBLISHED and row.post.account_id in current
    )
    days = [first + timedelta(days=number) for number in range(_DAYS)]
    empty = [day for day in days if not counts[day]]
    read = _days_read(reader, accounts, zones, empty, today) if empty else set()
    return Week(tuple(counts[day] if counts[day] or day in read else None for day in days))


def _days_read(
    reader: Reader, accounts: list[Account], zones: dict[ClientId, ZoneInfo], days: list[date], today: date
) -> set[date]:
    """Those of the days of which all content of all accounts is known."""
    networks = [account for account in accounts if account.network != _BY_HAND]
    reads = reader.last_reads()
    read = set(days)
    for account in networks:
        moment = reads.get(account.id)
        last = moment.astimezone(zones[account.client_id]).date() if moment else date.min
        read = {day for day in read if day < last or day == last == today}
        if not read:
            break
        for gap in reader.gaps(account.id):
            if gap.metric in _CONTENT:
                read = {day for day in read if not gap.first <= day <= gap.last}
    return read


def week_text(words: Words, week: Week) -> str:
    """The week as bars: «неделя ▂·▅█▁▃▂»; empty where there is nothing to tell of."""
    known = [count for count in week.days if count is not None]
    if not known:
        return ""
    most = max(known)
    return f"{words.text(_WEEK)} " + "".join(_bar(count, most) for count in week.days)


def _bar(count: int | None, most: int) -> str:
    if count is None:
        return _UNREAD
    return _BARS[ceil(count / most * len(_BARS)) - 1] if count else _NOTHING
