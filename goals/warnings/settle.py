"""What becomes of warnings from one look to the next: new, told, grown, hidden, gone, back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from goals.records import WarningState
from goals.warnings.finding import Severity

if TYPE_CHECKING:
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade

#: That a warning was seen again is written down no more often than this.
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a look brought, each in the order of what was found.

    `states` are to be stored: of all that was found, and of what is gone now. `shown` is what nobody
    has acknowledged or snoozed, `tell` is what of that was not told yet.
    """

    states: tuple[WarningState, ...]
    shown: tuple[Warning, ...]
    tell: tuple[Warning, ...]


def settle(found: Sequence[Warning], states: Iterable[WarningState], now: datetime, today: date) -> Settled:
    """Bring what was known of warnings together with what the rules find now.

    One that is found again after it was gone is a new one. One that grew graver is told again, and
    what was said of it before no longer hides it; one that became less grave stays as it was. A snoozed
    one is hidden until its day, and told again then.

    Args:
        found: all that the rules find within the scope of `states`, each key once.
        states: what is stored within that scope (all clients, or one).
        now: the moment of the look.
        today: the day of the look, for what is snoozed.
    """
    known = {state.key: state for state in states}
    settled = {warning.key: _state(warning, known.get(warning.key), now) for warning in found}
    gone = [
        replace(state, gone_at=now)
        for key, state in known.items()
        if key not in settled and state.gone_at is None
    ]
    shown = tuple(warning for warning in found if not is_hidden(settled[warning.key], today))
    tell = tuple(warning for warning in shown if _is_untold(settled[warning.key], today))
    return Settled((*settled.values(), *gone), shown, tell)


def told(states: Iterable[WarningState], now: datetime) -> list[WarningState]:
    """The states of warnings that were told just now."""
    return [replace(state, told_at=now) for state in states]


def worth_storing(states: Iterable[WarningState], known: Iterable[WarningState]) -> list[WarningState]:
    """The states that differ from the known ones by more than having been seen again within the hour."""
    before = {state.key: state for state in known}
    return [state for state in states if not _is_as_before(state, before.get(state.key))]


def is_hidden(state: WarningState, today: date) -> bool:
    """Whether a warning is quiet: somebody knows of it, or wants to see it later."""
    snoozed = state.snoozed_until is not None and today < state.snoozed_until
    return snoozed or state.acknowledged_at is not None


def _state(warning: Warning, known: WarningState | None, now: datetime) -> WarningState:
    severity = warning.severity
    if known is None or known.gone_at is not None:
        return WarningState(warning.key, warning.client_id, now, now, severity.value)
    if severity.rank < Severity(known.severity).rank:
        return WarningState(warning.key, warning.client_id, known.first_seen, now, severity.value)
    return replace(known, client_id=warning.client_id, last_seen=now, severity=severity.value)


def _is_as_before(state: WarningState, known: WarningState | None) -> bool:
    if known is None or replace(state, last_seen=known.last_seen) != known:
        return False
    return state.last_seen - known.last_seen < SEEN_EVERY


def _is_untold(state: WarningState, today: date) -> bool:
    """Whether it was never told, or not since the day until which it was snoozed."""
    if state.told_at is None:
        return True
    woken = state.snoozed_until is not None and state.snoozed_until <= today
    return woken and state.told_at.date() < (state.snoozed_until or today)
