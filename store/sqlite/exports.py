"""Readings and posts with the names that an export shows, account by account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goals.model import AccountId
from store.sqlite.base import Part
from store.sqlite.rows import EXACTNESS, POST, day_of, moment_of, ordinal_or_none, post_of
from store.values import Filter, PostRow, ReadingRow

_POSTS_AT_ONCE = 1000
_SINCE_EVER, _FOR_EVER = 0, 10_000_000
_POSTS = f"""SELECT {POST}
    FROM post p
    WHERE p.account_id = ? AND (p.day, p.id) > (?, ?) AND p.day <= ?
    ORDER BY p.day, p.id LIMIT ?"""


class ExportReader(Part):
    """Reads rows for exports, a part at a time, so that no read stands open while they are written out."""

    def readings(self, which: Filter) -> Iterator[ReadingRow]:
        """Readings by client, account, metric and day."""
        metrics = self._db.rows(
            "SELECT id, name FROM metric WHERE ? IS NULL OR name = ? ORDER BY name",
            (which.metric, which.metric),
        )
        first, last = _days(which)
        for client, network, handle, network_id, account_id in self._accounts(which):
            for metric_id, metric in metrics:
                rows = self._db.rows(
                    "SELECT day, value, exactness, taken_at FROM reading"
                    " WHERE account_id = ? AND metric_id = ? AND day BETWEEN ? AND ? ORDER BY day",
                    (account_id, metric_id, first, last),
                )
                for day, value, exactness, taken_at in rows:
                    yield ReadingRow(
                        client=client,
                        network=network,
                        account=handle,
                        account_id=network_id,
                        metric=metric,
                        day=day_of(day),
                        value=value,
                        exactness=EXACTNESS[exactness],
                        taken_at=moment_of(taken_at),
                    )

    def posts(self, which: Filter) -> Iterator[PostRow]:
        """Posts by client, account and day, newest last."""
        first, last = _days(which)
        for client, network, handle, network_id, account_id in self._accounts(which):
            after = (first, -1)
            while rows := self._db.rows(_POSTS, (account_id, *after, last, _POSTS_AT_ONCE)):
                for row in rows:
                    yield PostRow(client, network, handle, network_id, post_of(AccountId(account_id), row))
                after = (rows[-1][4], rows[-1][0])

    def _accounts(self, which: Filter) -> list[Any]:
        return self._db.rows(
            "SELECT c.name, a.network, a.handle, a.network_id, a.id FROM account a"
            " JOIN client c ON c.id = a.client_id"
            " WHERE (?1 IS NULL OR a.client_id = ?1) AND (?2 IS NULL OR a.network = ?2)"
            " AND (?3 IS NULL OR a.id = ?3) ORDER BY c.folded, a.network, a.folded, a.id",
            (which.client_id, which.network, which.account_id),
        )


def _days(which: Filter) -> tuple[int, int]:
    return ordinal_or_none(which.since) or _SINCE_EVER, ordinal_or_none(which.until) or _FOR_EVER
