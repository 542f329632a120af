"""The verdict on one goal for one moment: pace, chance, status and urgency in one value."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from goals.measure import content_count
from goals.metrics import METRICS, UNNAMED, Source
from goals.model import Goal, GoalId, GoalKind, GoalStatus
from goals.outlook import Outlook, outlook
from goals.pace import Pace, is_ceiling, pace_of, period_of, periods_kept, span_of

if TYPE_CHECKING:
    from goals.facts import Facts
    from goals.workcalendar import WorkCalendar

#: No verdict in the first part of a goal's period.
EARLY_SHARE = 0.2
#: Below this chance a goal is unlikely.
UNLIKELY_CHANCE = 0.4
#: Data older than this are no base for a verdict; a person brings figures or a file less often.
STALE_AFTER = timedelta(days=3)
STALE_AFTER_BY_HAND = timedelta(days=7)

_URGENCY = {
    GoalStatus.UNLIKELY: 3,
    GoalStatus.BEHIND: 3,
    GoalStatus.STALE: 2,
    GoalStatus.EARLY: 1,
    GoalStatus.ON_TRACK: 1,
    GoalStatus.DRAFT: 0,
    GoalStatus.UNKNOWN: 0,
    GoalStatus.MET: -1,
    GoalStatus.MISSED: -1,
    GoalStatus.DROPPED: -2,
}
_URGENCY_STEP = 1000


class Evaluation(NamedTuple):
    """What is known of a goal on `judged_on` (the client's local day).

    `progress`, `expected` and `chance` are fractions, `band_*` is the 80 % band of the value on the
    deadline, `as_of` is when the newest figure was taken; None where there is no answer. A higher
    `urgency` comes first.
    """

    goal_id: GoalId
    judged_on: date
    status: GoalStatus
    current: float | None
    target: float | None
    progress: float | None
    expected: float | None
    safe_days: int | None
    needed_per_day: float | None
    due_today: int | None
    planned_today: int
    chance: float | None
    band_low: float | None
    band_high: float | None
    as_of: datetime | None
    urgency: int


def is_complete(goal: Goal) -> bool:
    """Whether the goal says enough to be judged: a measure, an amount, a deadline or recurring period.

    A share of content also has to say of which topic.
    """
    if goal.amount is None or goal.metric == UNNAMED:
        return False
    if METRICS[goal.metric].needs_topic and not goal.topic:
        return False
    return goal.period is not None if goal.kind is GoalKind.KEEP_RATE else goal.deadline is not None


def evaluate(goal: Goal, facts: Facts, calendar: WorkCalendar, now: datetime, today: date) -> Evaluation:
    """Judge `goal` at `now`, on the client's local day `today`."""
    if not is_complete(goal) or goal.dropped:
        fixed = GoalStatus.DROPPED if goal.dropped else GoalStatus.DRAFT
        nothing = Pace(None, None, None, None, None, None, None, 0)
        return _verdict(goal, nothing, fixed, Outlook(), facts, today)
    pace = pace_of(goal, facts, calendar, today)
    status = GoalStatus.EARLY if today < goal.start else _decided(goal, facts, pace, now, today)
    ahead = Outlook()
    if status is None:
        ahead = outlook(goal, facts, today)
        status = _status(goal, facts, calendar, pace, ahead.chance, now, today)
    return _verdict(goal, pace, status, ahead, facts, today)


def _verdict(
    goal: Goal,
    pace: Pace,
    status: GoalStatus,
    ahead: Outlook,
    facts: Facts,
    today: date,
) -> Evaluation:
    low, high = ahead.band or (None, None)
    return Evaluation(
        goal_id=goal.id,
        judged_on=today,
        status=status,
        chance=ahead.chance,
        band_low=low,
        band_high=high,
        as_of=facts.as_of,
        urgency=_urgency(status, pace),
        **pace._asdict(),
    )


def _urgency(status: GoalStatus, pace: Pace) -> int:
    safe = 0 if pace.safe_days is None else max(-400, min(400, pace.safe_days))
    due = 1 if pace.due_today else 0
    return _URGENCY[status] * _URGENCY_STEP - safe + due


def _decided(goal: Goal, facts: Facts, pace: Pace, now: datetime, today: date) -> GoalStatus | None:
    """Met, missed, or unknown for want of a figure; None while the goal is open.

    Before its deadline a goal is met as long as it stands at its target; the deadline decides, as soon as
    figures reach to it: earlier ones tell only of a sum that it is reached. One past it that only lacks a
    figure to start from is a draft: that figure may still be given.
    """
    stands, over = _stands(goal, pace), goal.deadline is not None and today > goal.deadline
    if stands and (not over or METRICS[goal.metric].adds_up or _reaches_the_end(goal, facts, now, today)):
        return GoalStatus.MET
    if not over:
        return None
    if pace.target is not None and not _reaches_the_end(goal, facts, now, today):
        return GoalStatus.UNKNOWN
    if pace.target is None:
        return GoalStatus.UNKNOWN if pace.current is None else GoalStatus.DRAFT
    if pace.progress is None:
        return GoalStatus.UNKNOWN if pace.current is None else GoalStatus.MISSED
    kept = pace.progress <= 1 if _is_budget(goal) else pace.progress >= 1
    return GoalStatus.MET if kept else GoalStatus.MISSED


def _stands(goal: Goal, pace: Pace) -> bool:
    """Whether a goal that one day can decide is at its target."""
    decides_at_once = goal.kind not in {GoalKind.AVERAGE, GoalKind.KEEP_RATE} and not is_ceiling(goal)
    return decides_at_once and pace.progress is not None and pace.progress >= 1


def _reaches_the_end(goal: Goal, facts: Facts, now: datetime, today: date) -> bool:
    """Whether the newest figure is so near the deadline, or after it, that it can decide the goal.

    A file may be awaited for a week, but what a week may hold is not to be called missed.
    """
    if facts.as_of is None or goal.deadline is None:
        return facts.as_of is None
    limit = STALE_AFTER_BY_HAND if METRICS[goal.metric].source is Source.MANUAL else STALE_AFTER
    return now - facts.as_of <= limit + (today - goal.deadline)


def _is_budget(goal: Goal) -> bool:
    """Whether progress is the share used of what must not be exceeded."""
    return is_ceiling(goal) and goal.kind is GoalKind.TOTAL_IN_PERIOD


def _status(
    goal: Goal,
    facts: Facts,
    calendar: WorkCalendar,
    pace: Pace,
    chance: float | None,
    now: datetime,
    today: date,
) -> GoalStatus:
    untold = _without_figures(goal, facts, calendar, pace, now, today)
    if untold is not None:
        return untold
    if _is_budget(goal) and (pace.progress or 0.0) > 1:
        return GoalStatus.UNLIKELY
    if _is_early(goal, calendar, today):
        return GoalStatus.EARLY
    if _is_budget(goal):
        return GoalStatus.ON_TRACK if (pace.safe_days or 0) >= 0 else GoalStatus.BEHIND
    if chance is not None and chance < UNLIKELY_CHANCE:
        return GoalStatus.UNLIKELY
    if goal.kind is GoalKind.KEEP_RATE:
        is_late = _misses_its_rate(goal, facts, calendar, pace, today)
        return _late(facts, now) if is_late else GoalStatus.ON_TRACK
    kept = pace.progress is not None and pace.expected is not None and pace.progress >= pace.expected
    return GoalStatus.ON_TRACK if kept else _late(facts, now)


def _late(facts: Facts, now: datetime) -> GoalStatus:
    """Behind; but what a file of some days ago lacks may have come since, so that is not told of it."""
    is_old = facts.from_file and facts.as_of is not None and now - facts.as_of > STALE_AFTER
    return GoalStatus.STALE if is_old else GoalStatus.BEHIND


def _without_figures(
    goal: Goal, facts: Facts, calendar: WorkCalendar, pace: Pace, now: datetime, today: date
) -> GoalStatus | None:
    """The status of a goal whose figures are old, missing or lack one to start from; None for any other."""
    if _is_stale(goal, facts, now):
        return GoalStatus.STALE
    if pace.current is None and (goal.kind is not GoalKind.KEEP_RATE or pace.progress is None):
        return GoalStatus.EARLY if _nothing_yet(goal, facts, calendar, today) else GoalStatus.STALE
    return GoalStatus.DRAFT if pace.target is None else None


def _nothing_yet(goal: Goal, facts: Facts, calendar: WorkCalendar, today: date) -> bool:
    """Whether an open goal has no figure only because its days have brought nothing to measure so far."""
    if facts.unread:
        return _is_early(goal, calendar, today)
    if facts.as_of is None:
        return False
    return not content_count(facts, span_of(goal, today, calendar).first, today)


def _misses_its_rate(goal: Goal, facts: Facts, calendar: WorkCalendar, pace: Pace, today: date) -> bool:
    """A rate is behind in its running period, or after a missed one until the running one is ahead.

    One that is not to be exceeded is kept until it is: that much of it is used early says nothing.
    """
    if is_ceiling(goal):
        return pace.current is not None and pace.target is not None and pace.current > pace.target
    safe = pace.safe_days or 0
    kept = periods_kept(goal, facts, calendar, today)
    missed_last = bool(kept) and not kept[-1]
    return safe < 0 or (safe == 0 and missed_last)


def _is_stale(goal: Goal, facts: Facts, now: datetime) -> bool:
    if facts.as_of is None:
        return not facts.by_hand
    by_hand = facts.from_file or METRICS[goal.metric].source is Source.MANUAL
    return now - facts.as_of > (STALE_AFTER_BY_HAND if by_hand else STALE_AFTER)


def _is_early(goal: Goal, calendar: WorkCalendar, today: date) -> bool:
    """Whether the goal is in the first part of its days; a rate also in a period that it covers in part."""
    if goal.kind is GoalKind.KEEP_RATE and goal.period is not None:
        first, last = period_of(goal.period, today)
        if first < goal.start and (goal.deadline is None or last < goal.deadline):
            return True
        if goal.start < first:
            return False
    span = span_of(goal, today, calendar)
    return span.elapsed / span.total < EARLY_SHARE
