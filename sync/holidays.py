"""Public holidays and moved working days, looked up in good time and kept in the store."""

from __future__ import annotations

from datetime import date, timedelta

from goals.model import Client
from store.contract import Writer

#: Holidays are looked up anew when they are known for less than this.
KNOWN_AHEAD = timedelta(days=183)
#: How many years after this one are looked up; last year's serve goals that began then.
YEARS_AHEAD = 2

_DEFAULT_COUNTRY = "RU"
_COUNTRIES = {
    "Europe/Minsk": "BY",
    "Asia/Almaty": "KZ",
    "Asia/Aqtau": "KZ",
    "Asia/Aqtobe": "KZ",
    "Asia/Atyrau": "KZ",
    "Asia/Oral": "KZ",
    "Asia/Qostanay": "KZ",
    "Asia/Qyzylorda": "KZ",
}


def country_of(timezone: str) -> str:
    """Whose public holidays a client in this time zone has: Belarus, Kazakhstan, else Russia."""
    return _COUNTRIES.get(timezone, _DEFAULT_COUNTRY)


def ensure_holidays(store: Writer, client: Client, today: date) -> bool:
    """Look a client's holidays up where they are known for less than half a year from `today`.

    Returns:
        Whether they were looked up.
    """
    known = store.holidays_until(client.id)
    if known is not None and known >= today + KNOWN_AHEAD:
        return False
    free, working = _looked_up(country_of(client.timezone), today.year)
    store.set_holidays(client.id, free=free, working=working, until=date(today.year + YEARS_AHEAD, 12, 31))
    return True


def _looked_up(country: str, year: int) -> tuple[list[date], list[date]]:
    """Days without work, and days at weekends that are worked instead of moved ones."""
    from holidays import country_holidays

    found = country_holidays(country, years=range(year - 1, year + YEARS_AHEAD + 1))
    return sorted(found), sorted(found.weekend_workdays)
