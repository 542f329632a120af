"""For how long an answer asks to wait before the next call: the headers that say so."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The longest pause that a network may ask for and be believed, seconds.
RETRY_AFTER_CAP = 900.0

#: A smaller number of seconds is a pause and no moment since 1970.
_LEAST_EPOCH = 10**9


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """For how many seconds `Retry-After` asks to wait: a number or an HTTP date.

    A date counts from the answer's own `Date`, else from `now`. Returns None without the header
    or for junk; never negative, never over `RETRY_AFTER_CAP`.
    """
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        until = _http_date(value)
        if until is None:
            return None
        seconds = (until - (_http_date(headers.get("date", "")) or now)).total_seconds()
    return None if math.isnan(seconds) else min(max(seconds, 0.0), RETRY_AFTER_CAP)


def reset_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """In how many seconds `RateLimit-Reset` or `X-RateLimit-Reset` says that calls are allowed again.

    Networks write a moment in ISO form, the seconds since 1970, or the seconds to wait. A moment counts
    from the answer's own `Date`, else from `now`. Returns None without the header or for junk; never
    negative, never over `RETRY_AFTER_CAP`.
    """
    value = (headers.get("ratelimit-reset") or headers.get("x-ratelimit-reset") or "").strip()
    start = (_http_date(headers.get("date", "")) or now).timestamp()
    try:
        told = float(value)
        seconds = told if told < _LEAST_EPOCH else told - start
    except ValueError:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return None
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - start
    return min(max(seconds, 0.0), RETRY_AFTER_CAP) if math.isfinite(seconds) else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
