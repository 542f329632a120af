"""What each rule of dates gives for its match: one function a rule, `match` and `today` to a window."""

from __future__ import annotations

import re
from datetime import date, timedelta

from goals.phrase import calendar
from goals.phrase.calendar import Window


def year_of(match: re.Match[str]) -> int | None:
    """The year that a match has in figures, None where it has none."""
    written = match.groupdict().get("y")
    return None if not written else int(written) if len(written) == 4 else 2000 + int(written)


def _dated(today: date, day: int, month: int, year: int | None) -> Window | None:
    found = calendar.make_day(year, month, day) if year else calendar.next_day(today, month, day)
    return Window(found) if found else None


def iso(match: re.Match[str], today: date) -> Window | None:  # noqa: ARG001 - the shape of a rule
    """«2026-12-31»."""
    found = calendar.make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return Window(found) if found else None


def in_figures(match: re.Match[str], today: date) -> Window | None:
    """«15.12», «31/12/2026»; month first only where it can be nothing else."""
    day, month = int(match["d"]), int(match["m"])
    if month > 12 >= day and "/" in match.group():
        day, month = month, day
    return _dated(today, day, month, year_of(match)) if 1 <= month <= 12 else None


def day_of_month(match: re.Match[str], today: date) -> Window | None:
    """«15 декабря», "December 16"."""
    return _dated(today, int(match["d"]), int(match["m"]), year_of(match))


def span(match: re.Match[str], today: date) -> Window | None:
    """«С 1 по 15 декабря»."""
    last = _dated(today, int(match["d"]), int(match["m"]), year_of(match))
    if last is None or last.deadline is None:
        return None
    month = int(match["m0"] or match["m"])
    for year in (last.deadline.year, last.deadline.year - 1):
        first = calendar.make_day(year, month, int(match["d0"]))
        if first is not None and first <= last.deadline:
            return Window(last.deadline, first)
    return last


def from_day(match: re.Match[str], today: date) -> Window | None:
    """«С 1 декабря»: a start without an end."""
    found = _dated(today, int(match["d"]), int(match["m"]), year_of(match))
    return Window(None, found.deadline) if found else None


def monthday(match: re.Match[str], today: date) -> Window | None:
    """«До 30-го», "by the 15th"."""
    found = calendar.next_monthday(today, int(match["d"]))
    return Window(found) if found else None


def part_of_month(match: re.Match[str], today: date) -> Window | None:
    """«К началу марта», «в середине декабря»."""
    window = calendar.month_window(today, int(match["m"]), year_of(match))
    if window.start is None:
        return window
    if match["part"].startswith(("сер", "mid")):
        middle = window.start.replace(day=15)
        if middle < today and year_of(match) is None:
            middle = calendar.add_months(middle, 12) or middle
        return Window(middle)
    first = window.start if match["part"].endswith("у") else window.start.replace(day=10)
    if first < today:
        first = calendar.add_months(first, 12) or first
    return Window(first)


def end_of_month(match: re.Match[str], today: date) -> Window | None:
    """«К концу января»."""
    return Window(calendar.month_window(today, int(match["m"]), year_of(match)).deadline)


def end_of_unit(match: re.Match[str], today: date) -> Window | None:
    """«До конца квартала», "by the end of next month"."""
    window = calendar.unit_window(today, match["unit"], 1 if match["next"] else 0)
    return Window(window.deadline) if window else None


def middle_of_unit(match: re.Match[str], today: date) -> Window | None:
    """«К середине месяца»."""
    for ahead in (1,) if match["next"] else (0, 1):
        window = calendar.unit_window(today, match["unit"], ahead)
        if window is None or window.start is None or window.deadline is None:
            return None
        middle = window.start + (window.deadline - window.start) // 2
        if middle >= today:
            return Window(middle)
    return None


def short_end(match: re.Match[str], today: date) -> Window | None:
    """EOY, EOM, EOQ, EOW: the last day of the unit."""
    unit = {"y": "Uyear", "m": "Umonth", "q": "Uquarter", "w": "Uweek"}[match["short"]]
    window = calendar.unit_window(today, unit)
    return Window(window.deadline) if window else None


def part_of_year(match: re.Match[str], today: date) -> Window | None:
    """«В первом квартале», "end of Q1", «во втором полугодии»."""
    months = 6 if match["half"] else 3
    number = int(match["part"] or match["part2"])
    window = calendar.part_of_year(today, number, months, year_of(match))
    return window if window is None or not match["end"] else Window(window.deadline)


def by_month(match: re.Match[str], today: date) -> Window | None:
    """«К февралю»: its first day; its end and the day before are honest too."""
    month, year = int(match["m"]), year_of(match)
    first = calendar.make_day(year, month, 1) if year else calendar.next_day(today, month, 1)
    if first is None:
        return None
    return Window(first, None, (calendar.month_end(first), first - calendar.DAY))


def in_month(match: re.Match[str], today: date) -> Window | None:
    """«В декабре», «за декабрь»: the whole month."""
    return calendar.month_window(today, int(match["m"]), year_of(match))


def from_month(match: re.Match[str], today: date) -> Window | None:
    """«С декабря»: a start without an end."""
    return Window(None, calendar.month_window(today, int(match["m"]), year_of(match)).start)


def by_season(match: re.Match[str], today: date) -> Window | None:
    """«К лету»: the day before it begins; its first day is honest too."""
    first = calendar.season_start(today, match["season"])
    return Window(first - calendar.DAY if first > today else first, None, (first,))


def in_season(match: re.Match[str], today: date) -> Window | None:
    """«Летом», «за зиму»."""
    return calendar.season_window(today, match["season"])


def end_of_season(match: re.Match[str], today: date) -> Window | None:
    """«До конца лета»."""
    return Window(calendar.season_window(today, match["season"]).deadline)


def new_year(match: re.Match[str], today: date) -> Window | None:  # noqa: ARG001 - the shape of a rule
    """«К Новому году»: 31 December; 1 January is honest too."""
    found = calendar.feast(today, "Hnewyear")
    return Window(found, None, (found + calendar.DAY,)) if found and found.year < 9999 else None


def feast(match: re.Match[str], today: date) -> Window | None:
    """«До Чёрной пятницы», "before Christmas"; the eve is honest too."""
    written = match["feast"]
    name = written if written[0] == "H" else ""
    if not name:
        name = (
            "Hmothersday"
            if "mother" in written
            else "Hcyber"
            if "cyber" in written or "кибер" in written
            else ""
        )
        name = name or ("Hmaterei" if "мат" in written else "Hblack")
    if name == "Hrozhdestvo" and "католич" in match.group():
        name = "Hxmas"
    found = calendar.feast(today, name)
    if found is None:
        return None
    eve = (found - calendar.DAY,) if found > today else ()
    return Window(found, None, eve)


def weekday(match: re.Match[str], today: date) -> Window | None:
    """«К пятнице», "by next Friday"."""
    if match["day"] == "Wend":
        return Window(calendar.weekday(today, 7), None, (calendar.weekday(today, 5),))
    found = calendar.weekday(today, int(match["day"][1:]))
    if not match["next"]:
        return Window(found)
    week = calendar.unit_window(today, "Uweek", 1)
    later = week.start + timedelta(days=int(match["day"][1:]) - 1) if week and week.start else found
    return Window(later, None, (found,) if found != later else ())


def by_weekend(match: re.Match[str], today: date) -> Window | None:  # noqa: ARG001 - the shape of a rule
    """«К выходным»: Friday; Saturday is honest too."""
    return Window(calendar.weekday(today, 5), None, (calendar.weekday(today, 6),))


def relative(match: re.Match[str], today: date) -> Window | None:
    """«За 2 недели», «через полтора месяца», "within 90 days"."""
    amount = float((match["n"] or "1").replace(",", ".")) * (0.5 if match["half"] else 1)
    found = calendar.after(today, amount, match["unit"])
    if found is None:
        return None
    others: tuple[date, ...] = ()
    if match["unit"] == "Uquarter" and amount == 1:
        quarter = calendar.unit_window(today, "Uquarter")
        others = (quarter.deadline,) if quarter and quarter.deadline else ()
    return Window(found, None, others)


def working_days(match: re.Match[str], today: date) -> Window | None:
    """«За 10 рабочих дней», "within 5 working days"."""
    found = calendar.working_days_after(today, int(match["n"]))
    return Window(found) if found else None


def this_unit(match: re.Match[str], today: date) -> Window | None:
    """«На этой неделе», "this quarter"."""
    return calendar.unit_window(today, match["unit"])


def next_unit(match: re.Match[str], today: date) -> Window | None:
    """«В следующем месяце», "next week"."""
    return calendar.unit_window(today, match["unit"], 1)


def by_unit(match: re.Match[str], today: date) -> Window | None:
    """«К следующему месяцу»: the day before it begins."""
    window = calendar.unit_window(today, match["unit"])
    return Window(window.deadline) if window else None


def year_window(match: re.Match[str], today: date) -> Window | None:  # noqa: ARG001 - the shape of a rule
    """«В 2027 году»."""
    year = int(match["y"])
    return Window(date(year, 12, 31), date(year, 1, 1))


def by_year(match: re.Match[str], today: date) -> Window | None:  # noqa: ARG001 - the shape of a rule
    """«К 2027 году»: the last day before it."""
    return Window(date(int(match["y"]) - 1, 12, 31))


def near(match: re.Match[str], today: date) -> Window | None:
    """«Завтра», "today"."""
    days = {"сегодня": 0, "today": 0, "tonight": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2}
    return Window(today + timedelta(days=days[match["near"]]))
