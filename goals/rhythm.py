"""The rhythm between two calls: who is asked at a check-in, and what today asks beside the goals' pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from goals.agreement.lines import folded
from goals.model import GoalStatus, Period
from goals.pace import period_of
from goals.records import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goals.agreement.terms import MaterialLine, Replies, Report, Terms
    from goals.records import CheckIn, Hourly, Material
    from goals.revision import Revision
    from goals.workcalendar import WorkCalendar

#: A check-in is a weekly habit; within a week only what changed is asked about.
CHECK_IN_EVERY = timedelta(days=7)
#: Materials are asked for so many days before the day by which they are agreed (ours).
ASK_AHEAD = timedelta(days=3)
#: What was asked for so many days before an agreed day was asked for that day (ours).
_ASKED_FOR = timedelta(days=14)
#: A calendar without a working day for so long has none.
_LONGEST_REST = 31

#: The least sure first.
_SURENESS = (Confidence.OFF, Confidence.RISK, Confidence.ON_TRACK)
#: What has no verdict to be sure or unsure of: it is not asked for unless it was changed.
_UNJUDGED = frozenset({GoalStatus.DRAFT, GoalStatus.EARLY})
#: What a revision may touch without changing what the goal asks for.
_BESIDE = frozenset({"agreed_on", "agreed_by", "title", "wish", "term", "priority"})
_SUGGESTED = {GoalStatus.ON_TRACK: Confidence.ON_TRACK, GoalStatus.UNLIKELY: Confidence.OFF}


class AskedFor(StrEnum):
    """Why a check-in asks about a goal."""

    NOT_GREEN = "not_green"
    EDITED = "edited"
    RECOVERED = "recovered"  # it is green again; the last word on it was risk or off


class CheckInNeed(StrEnum):
    """What a check-in does with a goal."""

    ASK = "ask"
    CONFIRM = "confirm"  # on track, by rule
    ANSWERED = "answered"  # somebody said it today
    NONE = "none"  # decided, or too early to tell


def reasons_to_ask(
    status: GoalStatus, last: CheckIn | None, revisions: Iterable[Revision] = ()
) -> tuple[AskedFor, ...]:
    """Why a goal is to be asked about: it is not green, or it changed since the last check-in.

    Args:
        status: where the goal stands today.
        last: its newest check-in, None before the first.
        revisions: its changes; without a check-in none counts, for the goal itself is new.
    """
    if status.is_over:
        return ()
    found = []
    if status not in _UNJUDGED | {GoalStatus.ON_TRACK}:
        found.append(AskedFor.NOT_GREEN)
    if last is not None and any(_changed_after(revision, last) for revision in revisions):
        found.append(AskedFor.EDITED)
    if last is not None and status is GoalStatus.ON_TRACK and last.confidence is not Confidence.ON_TRACK:
        found.append(AskedFor.RECOVERED)
    return tuple(found)


def _changed_after(revision: Revision, last: CheckIn) -> bool:
    """Whether the goal asks for something else since the check-in; that the client agreed is no change."""
    return revision.made_at > last.made_at and bool(revision.changes.keys() - _BESIDE)


def need_of(
    status: GoalStatus, last: CheckIn | None, reasons: Sequence[AskedFor], today: date
) -> CheckInNeed:
    """What a check-in on `today` (the client's local day) does with a goal; a person's word holds all day.

    A goal that was edited after today's word is asked about once more.
    """
    said_today = last is not None and last.day == today and not last.by_rule
    if said_today and AskedFor.EDITED not in reasons:
        return CheckInNeed.ANSWERED
    if reasons:
        return CheckInNeed.ASK
    return CheckInNeed.CONFIRM if status is GoalStatus.ON_TRACK else CheckInNeed.NONE


def is_due(last: CheckIn | None, reasons: Sequence[AskedFor], today: date) -> bool:
    """Whether today is the day to check in on a goal: it changed, or nobody was asked for a week."""
    if not reasons:
        return False
    changed = AskedFor.EDITED in reasons or AskedFor.RECOVERED in reasons
    return last is None or last.by_rule or changed or today - last.day >= CHECK_IN_EVERY


def suggested(status: GoalStatus, last: CheckIn | None) -> Confidence:
    """The answer to offer: what the verdict says; without one, the last answer or a risk."""
    if status in _SUGGESTED:
        return _SUGGESTED[status]
    if status is GoalStatus.BEHIND or last is None:
        return Confidence.RISK
    return last.confidence


def fell_twice(check_ins: Iterable[CheckIn]) -> bool:
    """Whether confidence fell at the last two check-ins running, whoever or whatever made them."""
    newest = sorted(check_ins, key=lambda check_in: check_in.day)[-3:]
    ranks = [_SURENESS.index(check_in.confidence) for check_in in newest]
    return len(ranks) == 3 and ranks[0] > ranks[1] > ranks[2]


class AwaitedMaterial(NamedTuple):
    """What to ask the client for: by an agreed day (`due`), or asked already and awaited (`material`).

    `days` is how long it has been awaited, None where it was not asked for yet.
    """

    what: str
    who: str = ""
    due: date | None = None
    material: Material | None = None
    days: int | None = None


def materials_to_ask(terms: Terms | None, known: Iterable[Material], today: date) -> list[AwaitedMaterial]:
    """The agreed materials whose day is near or past, and the awaited ones; what waits longest first.

    Args:
        terms: what is agreed with the client (None: nothing).
        known: all that was asked of him, received or not.
        today: the client's local day.
    """
    records = list(known)
    waiting = [
        AwaitedMaterial(each.what, material=each, days=(today - each.asked_on).days)
        for each in records
        if each.received_on is None and each.asked_on < today
    ]
    waiting.sort(key=lambda each: -(each.days or 0))
    return waiting + list(_agreed_materials(terms, records, today))


def _agreed_materials(
    terms: Terms | None, records: Sequence[Material], today: date
) -> Iterator[AwaitedMaterial]:
    for line in terms.materials if terms else ():
        due = _material_day(line, terms.dates.start if terms else None, today)
        if due is not None and not any(_answers(each, line, due) for each in records):
            yield AwaitedMaterial(line.what, line.who, due)


def _answers(material: Material, line: MaterialLine, due: date) -> bool:
    """Whether the line was asked for already: for this day, or so that it is still awaited."""
    if folded(material.what) != folded(line.what):
        return False
    return material.received_on is None or material.asked_on >= due - _ASKED_FOR


def _material_day(line: MaterialLine, start: date | None, today: date) -> date | None:
    """The agreed day that is to be thought of now: the newest one that is past or near."""
    if line.by_day is None:
        return None
    month = today.replace(day=1)
    months = (month - timedelta(days=1), month, month + timedelta(days=31))
    days = [day_of_month(each, line.by_day) for each in months]
    near = [day for day in days if day - ASK_AHEAD <= today and (start is None or day >= start)]
    return max(near, default=None)


def day_of_month(month: date, number: int) -> date:
    """The day of this number in the month of `month`; in a shorter month its last day."""
    first, last = period_of(Period.MONTH, month)
    return min(first + timedelta(days=number - 1), last)


def next_working_day(calendar: WorkCalendar, today: date) -> date:
    """The first working day after `today`; tomorrow where none is near."""
    days = (today + timedelta(days=step) for step in range(1, _LONGEST_REST + 1))
    return next((day for day in days if calendar.is_working(day)), today + timedelta(days=1))


def report_days(report: Report, today: date, until: date) -> Iterator[tuple[str, date]]:
    """The days of the report and of the call (`report`, `call`) from `today` to `until`, both included."""
    for kind, number in (("report", report.day), ("call", report.call_day)):
        if kind == "call" and report.next_call is not None and report.next_call >= today:
            if report.next_call <= until:
                yield kind, report.next_call
        elif number is not None:
            for month in dict.fromkeys((today.replace(day=1), until.replace(day=1))):
                day = day_of_month(month, number)
                if today <= day <= until:
                    yield kind, day


def contact_hours(terms: Terms | None) -> tuple[time | None, time | None]:
    """From when to when the specialist and the client agreed to be in touch, local time."""
    return (terms.hours.start_time, terms.hours.end_time) if terms else (None, None)


def answering_hours(
    replies: Replies, contact: tuple[time | None, time | None]
) -> tuple[time | None, time | None]:
    """From when to when people are answered: the agreed hours of answers, else those of contact."""
    return replies.start_time or contact[0], replies.end_time or contact[1]


def is_past(end: time | None, clock: time) -> bool:
    """Whether the hours that end at `end` are over at `clock`; open ones never are."""
    return end is not None and clock >= end


def rouble_rate(row: Hourly) -> float | None:
    """RUB an hour; None where income or hours were not logged."""
    return row.income / row.hours if row.income is not None and row.hours else None
