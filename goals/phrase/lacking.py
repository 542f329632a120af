"""Which letters of SMART the words alone lack (rules of docs/phrases.md)."""

from __future__ import annotations

import re
from datetime import date

from goals.draft import ASKING_ORDER, Draft, Letter
from goals.model import GoalKind
from goals.phrase.naming import HOURLY
from goals.phrase.vocabulary import CONTENT

#: People that a gain in 30 days may not plausibly pass.
ABSURD_GAIN = 10_000
#: People that a level to reach within 30 days may not plausibly pass.
ABSURD_LEVEL = 100_000
#: Views or people reached in 30 days that are not plausible.
ABSURD_VIEWS = 1_000_000
#: Percent of growth that is not plausible within `ABSURD_PERCENT_DAYS`.
ABSURD_PERCENT = 200
ABSURD_PERCENT_DAYS = 31
#: So many of anything, or more, is a slip of the keyboard.
ABSURD_AMOUNT = 1_000_000_000
#: Pieces of content in 30 days that nobody makes, and the hours that there are.
ABSURD_PIECES = 3_000
ABSURD_HOURS = 24 * 30
#: Percent of a share or a rate past which there is nothing.
WHOLE = 100
#: The thresholds above are for this many days; a goal's own pace is brought to it.
PACE_DAYS = 30
#: Metrics that cannot be seen as said: a wish about them is not yet specific.
VAGUE_METRICS = frozenset({"awareness"})
#: A calendar month of any length is the thresholds' month.
_MONTH_LENGTHS = (28, 29, 30, 31)
#: Figures of the trade that no metric counts.
_UNCOUNTED = re.compile(
    r"\b(?:конверси\w+|conversion(?: rate)?|ctr|ctor|cpc|cpm|romi|roi|roas|drr|дрр|ltv|retention|удержани\w+"
    r"|open rate|открываемост\w+|бартер\w*|barter\w*|коллаб\w*|collabs?)\b"
)
_PERIOD_DAYS = {"day": 1, "week": 7, "month": 30}


def uncounted(said: str) -> str | None:
    """The figure of the trade that a line names and no metric counts; None where it names none."""
    match = _UNCOUNTED.search(said)
    if match is None and HOURLY.search(said):
        return "hourly rate" if said.isascii() else "цена часа"
    return match.group() if match else None


def is_absurd(draft: Draft, today: date) -> bool:
    """Whether the amount asked by the deadline, or in each period, is past what anyone reaches."""
    if draft.amount is None:
        return False
    if _is_beyond(draft):
        return True
    days = max(1, (draft.deadline - today).days) if draft.deadline else None
    if draft.kind is GoalKind.GAIN_PERCENT:
        return days is not None and days <= ABSURD_PERCENT_DAYS and draft.amount >= ABSURD_PERCENT
    if draft.period is not None:
        days = _PERIOD_DAYS[draft.period.value]
    elif days in _MONTH_LENGTHS:
        days = PACE_DAYS
    if days is None:
        return False
    pace = draft.amount * PACE_DAYS / days
    if draft.metric in CONTENT or draft.metric == "hours":
        return pace > (ABSURD_HOURS if draft.metric == "hours" else ABSURD_PIECES)
    if draft.metric == "audience":
        return pace >= (ABSURD_LEVEL if draft.kind is GoalKind.REACH_LEVEL else ABSURD_GAIN)
    counted = draft.metric in {"views", "reach"} and draft.kind is not GoalKind.AVERAGE
    return counted and pace >= ABSURD_VIEWS


def _is_beyond(draft: Draft) -> bool:
    """Whether no time would do for the amount: a billion, a share over the whole, a fall past 0."""
    amount = draft.amount or 0.0
    if draft.kind is GoalKind.GAIN_PERCENT:
        return amount <= -WHOLE or amount >= ABSURD_AMOUNT
    if draft.metric in {"engagement_rate", "topic_share"}:
        return amount > WHOLE
    return amount >= ABSURD_AMOUNT


def missing(draft: Draft, today: date, *, viral: bool, bought: bool, as_rivals: bool) -> tuple[Letter, ...]:
    """The letters that the words lack, in the order of asking.

    `viral`, `bought` and `as_rivals` tell that the words ask to go viral, to buy followers, to be as others.
    """
    found: set[Letter] = set()
    vague = draft.metric is None or draft.metric in VAGUE_METRICS
    if vague or (draft.metric == "engagement" and draft.amount is None):
        found.add(Letter.SPECIFIC)
    if draft.amount is None:
        found.add(Letter.MEASURABLE)
    if draft.deadline is None and draft.period is None and draft.metric != "reply_time":
        found.add(Letter.TIMED)
    if bought or as_rivals or (draft.metric == "likes" and draft.purpose is None):
        found.add(Letter.RELEVANT)
    if viral or is_absurd(draft, today):
        found.add(Letter.ATTAINABLE)
    return tuple(letter for letter in ASKING_ORDER if letter in found)
