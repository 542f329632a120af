"""How fresh the figures of an account are, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
