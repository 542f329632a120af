"""How fresh the figures of an account or a goal are, in words."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from goals.metrics import METRICS, Source
from goals.model import GoalStatus

if TYPE_CHECKING:
    from goals.board import GoalRow
    from goals.model import Account
    from wording.words import Words


def read_phrase(
    words: Words,
    account: Account,
    read_at: datetime | None,
    now: datetime,
    *,
    imported: date | None = None,
    today: date,
) -> str:
    """When an account was read: «5 мин назад», «5 мин назад, не всё», «из файла, по 23.11», «ещё не читали».

    Args:
        words: the language.
        account: whose figures they are.
        read_at: when it was last read from its network, be it in part (`Reader.last_reads`).
        now: the moment from which is counted.
        imported: the newest day of what a file brought, for an account that no sync has read.
        today: the client's local day.
    """
    if read_at is None:
        if imported is None:
            return words.text("never read")
        return words.text("from a file, up to {day}", day=words.day(imported, today))
    ago = words.ago(read_at, now)
    whole = account.last_ok_at is not None and account.last_ok_at >= read_at
    return ago if whole else words.text("{ago}, not all of it", ago=ago)


def file_phrase(words: Words, as_of: int, today: date, zone: tzinfo) -> str:
    """Up to which day figures of a file go: «данные до 18.11, из файла»; `as_of` is in Unix seconds."""
    return words.text("data up to {day}, from a file", day=_day(words, as_of, today, zone))


def unjudged_sentence(words: Words, row: GoalRow, today: date, zone: tzinfo, *, from_file: bool) -> str:
    """Why a goal cannot be judged: it has no figure, or an old one; with what brings new ones.

    Args:
        words: the language.
        row: the goal, stale or of unknown outcome.
        today: the day in `zone`, where the client is.
        zone: the client's.
        from_file: whether all its figures came by files.
    """
    text, by_hand = words.text, METRICS[row.metric].source is Source.MANUAL
    if row.status == GoalStatus.UNKNOWN and by_hand:
        return text(
            "Outcome unknown: no data. Log the figure: smm log {metric} AMOUNT --client C --day {day}",
            metric=row.metric,
            day=date.fromordinal(row.deadline or today.toordinal()).isoformat(),
        )
    if row.status == GoalStatus.UNKNOWN and row.current is not None and row.as_of is not None:
        return text(
            "Outcome unknown: figures only up to {day}. Collect newer ones: smm sync, or bring them:"
            " smm import FILE",
            day=_day(words, row.as_of, today, zone),
        )
    if row.status == GoalStatus.UNKNOWN:
        return text("Outcome unknown: no data. Collect them: smm sync, or bring them: smm import FILE")
    if row.as_of is None and by_hand:
        return text(
            "No data yet: log the first figure: smm log {metric} AMOUNT --client C", metric=row.metric
        )
    if row.as_of is None:
        return text("No data yet: collect them with smm sync, or bring them with smm import FILE")
    since = _day(words, row.as_of, today, zone)
    if from_file:
        return text("Data up to {day}, from a file. Bring newer ones: smm import FILE", day=since)
    return text("No fresh data since {day}: neither good nor bad", day=since)


def _day(words: Words, as_of: int, today: date, zone: tzinfo) -> str:
    return words.day(datetime.fromtimestamp(as_of, zone).date(), today)
