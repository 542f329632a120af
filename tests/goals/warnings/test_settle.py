"""What becomes of warnings: told once, again after they come back or grow, hidden as long as asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goals.model import ClientId
from goals.records import WarningState
from goals.warnings.finding import Severity, Step, Warning  # noqa: A004
from goals.warnings.settle import SEEN_EVERY, settle, told, worth_storing
from tests.goals.build import TODAY
from tests.goals.warnings.build import NOW

DAY = timedelta(days=1)


def warning(key: str = "behind:goal:1", severity: Severity = Severity.MEDIUM) -> Warning:
    return Warning("behind", severity, key, ClientId(7), Step.CATCH_UP)


class Store:
    """States as they are kept from look to look, told each time."""

    def __init__(self) -> None:
        self.states: dict[str, WarningState] = {}

    def look(self, *found: Warning, days: int = 0) -> list[str]:
        """What is told on that day."""
        now, today = self.at(days)
        settled = settle(found, self.states.values(), now, today)
        self.states |= {state.key: state for state in settled.states}
        keys = {one.key for one in settled.tell}
        self.states |= {s.key: s for s in told((self.states[key] for key in keys), now)}
        return [one.key for one in settled.tell]

    def shown(self, *found: Warning, days: int = 0) -> list[str]:
        now, today = self.at(days)
        return [one.key for one in settle(found, self.states.values(), now, today).shown]

    def say(self, key: str, **words: object) -> None:
        self.states[key] = replace(self.states[key], **words)  # type: ignore[arg-type]

    @staticmethod
    def at(days: int) -> tuple[datetime, date]:
        return NOW + days * DAY, TODAY + days * DAY


def test_a_warning_is_told_once_and_again_after_recovery_and_relapse() -> None:
    store, one = Store(), warning()
    assert store.look(one) == [one.key]
    assert store.look(one, days=1) == []
    assert store.look(days=2) == []
    assert store.states[one.key].gone_at == NOW + 2 * DAY
    assert store.look(one, days=3) == [one.key]
    assert store.states[one.key].first_seen == NOW + 3 * DAY


def test_an_acknowledged_one_is_quiet_until_it_grows() -> None:
    store, one = Store(), warning()
    store.look(one)
    store.say(one.key, acknowledged_by="Ольга", acknowledged_at=NOW)
    assert store.shown(one, days=1) == []
    graver = warning(severity=Severity.HIGH)
    assert store.look(graver, days=2) == [one.key]
    assert store.states[one.key].acknowledged_by is None
    assert store.states[one.key].first_seen == NOW


def test_an_acknowledged_one_is_quiet_until_it_returns() -> None:
    store, one = Store(), warning()
    store.look(one)
    store.say(one.key, acknowledged_by="Ольга", acknowledged_at=NOW)
    store.look(days=1)
    assert store.look(one, days=2) == [one.key]


def test_one_that_becomes_less_grave_stays_told_and_acknowledged() -> None:
    store = Store()
    store.look(warning(severity=Severity.HIGH))
    store.say("behind:goal:1", acknowledged_by="Ольга", acknowledged_at=NOW)
    assert store.look(warning(), days=1) == []
    assert store.shown(warning(), days=1) == []
    assert store.states["behind:goal:1"].severity == "medium"


def test_a_snoozed_one_comes_back_on_its_day_and_is_told_once_more() -> None:
    store, one = Store(), warning()
    store.look(one)
    store.say(one.key, snoozed_by="Ольга", snoozed_until=TODAY + 3 * DAY)
    assert store.shown(one, days=2) == []
    assert store.look(one, days=3) == [one.key]
    assert store.look(one, days=4) == []


def test_what_is_merely_seen_again_need_not_be_stored() -> None:
    store, one = Store(), warning()
    store.look(one)
    known = list(store.states.values())
    soon = settle([one], known, NOW + SEEN_EVERY / 2, TODAY).states
    late = settle([one], known, NOW + SEEN_EVERY, TODAY).states
    assert worth_storing(soon, known) == []
    assert worth_storing(late, known) == list(late)
    assert worth_storing(settle([], known, NOW, TODAY).states, known)


keys = st.sampled_from(["a", "b", "c"])
looks = st.lists(st.dictionaries(keys, st.sampled_from(list(Severity))), max_size=8)


@given(looks)
def test_told_exactly_when_new_back_or_graver(days: list[dict[str, Severity]]) -> None:
    store = Store()
    before: dict[str, Severity] = {}
    for number, found in enumerate(days):
        tell = store.look(*(warning(key, severity) for key, severity in found.items()), days=number)
        due = [key for key, grave in found.items() if key not in before or grave.rank < before[key].rank]
        assert tell == due
        assert {key for key, state in store.states.items() if state.gone_at is None} == set(found)
        before = found


@given(looks, st.data())
def test_nothing_hidden_is_shown_and_nothing_else_is_hidden(
    days: list[dict[str, Severity]], data: st.DataObject
) -> None:
    store = Store()
    for number, found in enumerate(days):
        warnings = [warning(key, severity) for key, severity in found.items()]
        store.look(*warnings, days=number)
        for key in found:
            until = data.draw(st.none() | st.integers(-2, 2), label="snooze")
            store.say(key, snoozed_until=None if until is None else TODAY + (number + until) * DAY)
        hidden = {key for key in found if (store.states[key].snoozed_until or TODAY) > TODAY + number * DAY}
        assert set(store.shown(*warnings, days=number)) == set(found) - hidden
