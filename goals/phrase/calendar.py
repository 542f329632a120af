"""The calendar that words of dates stand on: ends of units, seasons, feasts; pure functions of `today`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from goals.draft import NoSuchDay

DAY = timedelta(days=1)
#: A window longer than this is a slip of the keyboard, not a goal.
MOST_DAYS = 365 * 20
#: A day that is over for no longer was hardly meant for the next year.
PASSED_LATELY = timedelta(days=90)
_SEASON_STARTS = {"Swinter": 12, "Sspring": 3, "Ssummer": 6, "Sautumn": 9}
_FIXED_FEASTS = {
    "Hxmas": (12, 25),
    "Hrozhdestvo": (1, 7),
    "Hvalentine": (2, 14),
    "Hhalloween": (10, 31),
    "Hmay": (5, 1),
    "Hnewyear": (12, 31),
}


@dataclass(frozen=True, slots=True)
class Window:
    """What words of time name: the first day where they name one, the last day, other honest last days.

    `passed` is the day that the words name and that is over this year, `no_day` one that no calendar has,
    `far` one that nobody can mean (see `goals.reach`).
    `place` is the first token of the words in their line. `either` says that the line itself names several
    last days («к 1 или 15 декабря»): the others are the further ones of these.
    """

    deadline: date | None
    start: date | None = None
    others: tuple[date, ...] = ()
    place: int = 0
    passed: date | None = None
    no_day: NoSuchDay | None = None
    either: bool = False
    far: date | None = None


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def no_such_day(day: int, month: int, year: int | None, today: date) -> NoSuchDay | None:
    """What is wrong with a day that `make_day` has not got; None where the month is none either.

    Without a `year` the month is the next one of its name, this one included.
    """
    meant = year or (today.year if month >= today.month else min(today.year + 1, 9999))
    if not 1 <= month <= 12 or not 1 <= meant <= 9999:
        return None
    days = monthrange(meant, month)[1]
    return NoSuchDay(day, month, days) if day > days else None


def passed_lately(day: date, today: date) -> date | None:
    """The same day a year before, where that was over only lately."""
    before = make_day(day.year - 1, day.month, day.day)
    return before if before is not None and before < today <= before + PASSED_LATELY else None


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def working_days_after(today: date, days: int) -> date | None:
    """`today` and so many days from Monday to Friday more; None past twenty years."""
    if days * 7 / 5 > MOST_DAYS:
        return None
    weeks, rest = divmod(days, 5)
    found = today + timedelta(days=7 * weeks)
    while rest:
        found += DAY
        rest -= found.isoweekday() <= 5
    return found


def add_months(day: date, months: int) -> date | None:
    """The same day some months later, or the last of that month; None past the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(today: date, amount: float, unit: str) -> date | None:
    """`today` and so many units more; parts of months count as thirtieths; None past twenty years."""
    months = {"Umonth": 1, "Uquarter": 3, "Uhalf": 6, "Uyear": 12}.get(unit)
    days = {"Uday": 1, "Uweek": 7, "Uhour": 1 / 24, "Umin": 1 / 1440}.get(unit, 30 * (months or 0))
    if amount * days > MOST_DAYS:
        return None
    if months is None:
        return today + timedelta(days=round(amount * days))
    whole = int(amount * months)
    moved = add_months(today, whole)
    return None if moved is None else moved + timedelta(days=round((amount * months - whole) * 30))


def next_day(today: date, month: int, day: int) -> date | None:
    """The next such day of the year, today itself included; None where no year has it."""
    for year in range(today.year, min(today.year + 5, 9999)):
        found = make_day(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def next_monthday(today: date, day: int) -> date | None:
    """The next day of a month with this number, today itself included."""
    for months in range(3):
        first = add_months(today.replace(day=1), months)
        found = make_day(first.year, first.month, day) if first else None
        if found is not None and found >= today:
            return found
    return None


def month_window(today: date, month: int, year: int | None = None) -> Window:
    """The named month: this year's if it is not over, else next year's."""
    chosen = year or (today.year if month >= today.month else today.year + 1)
    first = date(min(chosen, 9999), month, 1)
    return Window(month_end(first), first)


def weekday(today: date, number: int) -> date:
    """The next such weekday after today (1 is Monday)."""
    return today + timedelta(days=(number - today.isoweekday() - 1) % 7 + 1)


def unit_window(today: date, unit: str, ahead: int = 0) -> Window | None:
    """The week, month, quarter, half-year or year that `today` is in, or one `ahead`."""
    if unit == "Uweek":
        first = today - timedelta(days=today.isoweekday() - 1) + timedelta(days=7 * ahead)
        return Window(first + timedelta(days=6), first)
    months = {"Umonth": 1, "Uquarter": 3, "Uhalf": 6, "Uyear": 12}.get(unit)
    if months is None:
        day = today + timedelta(days=ahead)
        return Window(day, day)
    start = add_months(today.replace(month=(today.month - 1) // months * months + 1, day=1), months * ahead)
    last = add_months(start, months) if start else None
    return Window(last - DAY, start) if last else None


def part_of_year(today: date, number: int, months: int, year: int | None = None) -> Window | None:
    """Quarter (3 months) or half (6) number N: this year's if it is not over, else next year's."""
    if not 1 <= number <= 12 // months:
        return None
    last_month = number * months
    chosen = year or (today.year if last_month >= today.month else today.year + 1)
    if not 1 <= chosen <= 9998:
        return None
    return Window(month_end(date(chosen, last_month, 1)), date(chosen, last_month - months + 1, 1))


def season_window(today: date, season: str) -> Window:
    """The season that is on or comes next."""
    month = _SEASON_STARTS[season]
    for year in (today.year - 1, today.year, today.year + 1):
        first = date(max(year, 1), month, 1)
        last = (add_months(first, 3) or first) - DAY
        if last >= today:
            break
    return Window(last, first)


def season_start(today: date, season: str) -> date:
    """The next first day of the season."""
    return next_day(today, _SEASON_STARTS[season], 1) or today


def nth_weekday(year: int, month: int, number: int, nth: int) -> date:
    """The nth weekday (1 is Monday) of a month; the last one where nth is -1."""
    first = date(year, month, 1)
    day = first + timedelta(days=(number - first.isoweekday()) % 7 + 7 * (max(nth, 1) - 1))
    if nth == -1:
        last = month_end(first)
        day = last - timedelta(days=(last.isoweekday() - number) % 7)
    return day


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus (Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + shift - 7 * ((a + 11 * h + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


def paskha(year: int) -> date:
    """Orthodox Easter Sunday (Meeus's Julian computus), 13 days later by our calendar in 1900-2099."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _moving_feast(name: str, year: int) -> date:
    if name == "Heaster":
        return easter(year)
    if name == "Hpaskha":
        return paskha(year)
    thanksgiving = nth_weekday(year, 11, 4, 4)
    shift = {"Hthanks": 0, "Hblack": 1, "Hcyber": 4}
    if name in shift:
        return thanksgiving + timedelta(days=shift[name])
    return nth_weekday(year, 5, 7, 2) if name == "Hmothersday" else nth_weekday(year, 11, 7, -1)


def feast(today: date, name: str) -> date | None:
    """The next such feast, today itself included; None past the calendar."""
    if name in _FIXED_FEASTS:
        return next_day(today, *_FIXED_FEASTS[name])
    if today.year >= 9990:
        return None
    this = _moving_feast(name, today.year)
    return this if this >= today else _moving_feast(name, today.year + 1)
