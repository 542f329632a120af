"""Rules about the work itself: hours used up, work that nobody agreed to, materials that do not come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goals.agreement.lines import folded
from goals.model import ClientKind, Period
from goals.pace import period_of
from goals.warnings.finding import Fact, Severity, Step, Warning  # noqa: A004 - the word of the trade
from goals.warnings.situation import LATELY

if TYPE_CHECKING:
    from goals.warnings.situation import Situation

#: From this share of the agreed hours on (the trade's own rule).
HOURS_SHARE = 0.8
#: One piece more than agreed is a kindness, several are work (ours).
LEAST_OUTSIDE = 3
#: Materials are late after the time agreed for answers, or after so many working days (ours).
REPLY_DAYS = 3
#: From so many days on a delay endangers the month (ours).
LONG_DELAY = timedelta(days=14)


def hours(at: Situation) -> Iterator[Warning]:
    """80 % of the month's hours are used, and more of them than of its working days; or all of them."""
    agreed = at.terms.hours.month if at.terms else None
    if not agreed or at.hours is None or at.client.kind is ClientKind.SELF:
        return
    first, last = period_of(Period.MONTH, at.today)
    total = max(1, at.calendar.count(first, last + timedelta(days=1)))
    used, passed = at.hours / agreed, at.calendar.count(first, at.today) / total
    if used < HOURS_SHARE or (used < 1.0 and used <= passed):
        return
    left = at.calendar.count(at.today, last + timedelta(days=1))
    yield Warning(
        rule="hours",
        severity=Severity.HIGH if used >= 1.0 else Severity.MEDIUM,
        key=f"hours:{at.client.id}",
        client_id=at.client.id,
        step=Step.AGREE_HOURS,
        facts={"used": at.hours, "agreed": agreed, "share": used, "days_left": left},
    )


def outside(at: Situation) -> Iterator[Warning]:
    """Content came out in a network or format that the agreement does not name."""
    if at.terms is None or not at.terms.content:
        return
    agreed = at.agreed_formats
    first = max(at.today - LATELY + timedelta(days=1), _agreed_since(at))
    made = Counter((piece.network, piece.format) for piece in at.published(first, at.today))
    for (network, form), count in sorted(made.items()):
        fits = {(None, None), (None, form), (network, None), (network, form)}
        if count >= LEAST_OUTSIDE and not fits & agreed:
            yield Warning(
                rule="outside",
                severity=Severity.LOW,
                key=f"outside:{at.client.id}:{network}:{form}",
                client_id=at.client.id,
                step=Step.AGREE_WORK,
                facts={"n": count, "network": network, "format": form, "first": first},
            )


def materials(at: Situation) -> Iterator[Warning]:
    """Something was asked of the client and has not come within the agreed time."""
    agreed = at.terms.approval.reply_days if at.terms else None
    patience = REPLY_DAYS if agreed is None else agreed
    for material in at.materials:
        if material.received_on is not None:
            continue
        if at.calendar.count(material.asked_on, at.today) <= patience:
            continue
        waited = at.today - material.asked_on
        facts: dict[str, Fact] = {
            "what": material.what,
            "days": waited.days,
            "asked_on": material.asked_on,
            "material": material.id,
        }
        if at.client.kind is ClientKind.SELF:
            facts["own"] = True
        yield Warning(
            rule="materials",
            severity=Severity.HIGH if waited >= LONG_DELAY else Severity.MEDIUM,
            key=f"materials:{at.client.id}:{folded(material.what)}:{material.id}",
            client_id=at.client.id,
            step=Step.REMIND_CLIENT,
            facts=facts,
        )


def _agreed_since(at: Situation) -> date:
    return min(at.since.values(), default=date.min)
